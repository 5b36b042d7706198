// The desk: one screen, keyboard first. Nothing is recorded but by the clerk's key.

import { act, count, inCall, isSecondPress, path, step, tell } from "./desk_call.js";
import { forget, keep, restore } from "./desk_draft.js";
import { chooseByKey, isEndOpen, openEnd, whenEnded } from "./desk_end.js";
import { askConsentAgain, complete, empty, fill, isOpen, know, openForm, showKind } from "./desk_form.js";
import { post } from "./post.js";
import { age } from "./staff.js";

const desk = document.getElementById("desk");
const begin = document.getElementById("begin");
const ask = document.getElementById("ask");
const said = document.getElementById("said");
const record = document.getElementById("record");
const card = document.getElementById("card");
const register = document.getElementById("register");
const topics = document.getElementById("topics");
const since = document.getElementById("since");
const waiting = document.getElementById("waiting").innerHTML;
const nobody = "<p class=\"hint\">接起以后，认识的人会出现在这里。</p>";

function say(html) {
  said.innerHTML = html;
  said.scrollTop = 0;
}

function showCall(id, begun) {
  desk.dataset.call = id;
  document.getElementById("hang-up").disabled = !id;
  document.getElementById("take").firstChild.textContent = id ? "改号码 " : "接起 ";
  since.hidden = !id;
  if (begun) since.firstElementChild.dataset.since = begun;
  age();
}

function showCaller(content) {
  card.innerHTML = content.card;
  know(content.known);
  tell("", false);
  keep();
}

async function takeCall() {
  const content = await post("/desk/calls", { phone: begin.phone.value });
  showCall(content.call, content.since);
  showCaller(content);
}

// Services that were given and wait for their key, the first one chosen.
let given = [];

function offer(services) {
  given = services.map((service) => `${service.kind}|${service.topic}`);
  const known = Array.from(record.service.options, (option) => option.value);
  services.forEach((service, place) => {
    if (!known.includes(given[place])) record.service.add(new Option(service.name, given[place]));
  });
  record.service.value = given[0] || "";
}

function recordService() {
  return step(async () => {
    const done = record.service.value;
    if (!inCall()) return tell("先接起电话，再记服务。", true);
    if (!done) {
      record.service.focus();
      return tell("选一下记成什么服务，再按 F2。", true);
    }
    const [kind, topic] = done.split("|");
    const content = await post(path("service"), { kind, topic });
    given = given.filter((one) => one !== done);
    if (given.length) record.service.value = given[0];
    count(content.today);
    return tell(content.said, false);
  });
}

// What the chat would do by itself, the clerk does on the page: the form, the search, the end of the call.
function open(what) {
  if (what === "find") begin.phone.select();
  else if (what === "end") openEnd();
  else openForm(what, begin.phone.value);
}

function look(fields) {
  tell("正在找……", false);
  return step(async () => {
    if (!inCall()) await takeCall();
    const content = await post(path("ask"), fields);
    const isTyping = ask.text.value !== (fields.text ?? "") && ask.text.value !== "";
    if (!isTyping) ask.reset();
    showTopics("");
    say(content.html);
    offer(content.service ? [content.service] : []);
    const filled = fill(content.fill);
    tell(filled.length ? `听出来的，填进了表：${filled.join("，")}` : "", false);
    if (content.open && !isTyping) open(content.open);
    else if (!isOpen()) ask.text.focus();
    keep();
  });
}

function save() {
  return step(async () => {
    if (!inCall()) await takeCall();
    try {
      const content = await post(path("register"), new FormData(register));
      say(content.html);
      card.innerHTML = content.card;
      offer(content.services);
      count(content.today);
      empty(content.draft);
      know(content.known);
      tell(content.said, false);
      ask.text.focus();
      keep();
    } catch (problem) {
      tell(problem.message, true);
      complete(problem);
    }
  });
}

function changeCaller(fields) {
  return step(async () => {
    let content = await post(path("caller"), fields);
    if (content.sure && !window.confirm(content.sure)) {
      begin.phone.value = content.phone;
      return tell("换了人，先按 F8 结束这个电话。", true);
    }
    if (content.sure) content = await post(path("caller"), { ...fields, sure: "yes" });
    showCaller(content);
    return askConsentAgain();
  });
}

function takeBack({ do: what, registration, sure }) {
  if (!window.confirm(sure)) return;
  step(async () => {
    const content = await post(path(what), { registration });
    showCaller(content);
    tell(content.said, false);
  });
}

// Letters that are being typed show their topics; the key shows all of them.
function showTopics(typed, isAll) {
  const isCode = /^[a-z]{1,2}$/i.test(typed);
  let matches = 0;
  for (const button of topics.querySelectorAll("button")) {
    button.parentElement.hidden = isCode && !button.dataset.letters.startsWith(typed.toLowerCase());
    matches += button.parentElement.hidden ? 0 : 1;
  }
  topics.hidden = !(isAll || (isCode && matches));
  document.getElementById("all-topics").setAttribute("aria-expanded", String(!topics.hidden));
}

function afresh(content) {
  for (const form of [begin, ask, record]) form.reset();
  begin.phone.value = "";
  offer([]);
  empty();
  showCall("");
  say(waiting);
  card.innerHTML = nobody;
  count(content.today);
  tell(content.said, false);
  forget();
  begin.phone.focus();
}

begin.addEventListener("submit", async (event) => {
  event.preventDefault();
  const isDone = await (inCall() ? changeCaller({ phone: begin.phone.value }) : step(takeCall));
  if (isDone) ask.text.focus();
});

ask.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!ask.text.value.trim()) return;
  look({ text: ask.text.value });
  ask.text.select(); // what is typed next, also before the answer is there, takes its place
});

record.addEventListener("submit", (event) => {
  event.preventDefault();
  recordService();
});

register.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

ask.text.addEventListener("input", () => showTopics(ask.text.value.trim()));
desk.addEventListener("input", keep);
desk.addEventListener("change", keep);
document.getElementById("hang-up").addEventListener("click", openEnd);
document.getElementById("all-topics").addEventListener("click", () => showTopics("", topics.hidden));
whenEnded(afresh);

desk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.payload) look({ payload: button.dataset.payload });
  if (button.dataset.letters) {
    ask.reset();
    look({ text: button.dataset.letters });
  }
  if (button.dataset.open) open(button.dataset.open);
  if (button.dataset.person) changeCaller({ person: button.dataset.person });
  if (button.dataset.do) takeBack(button.dataset);
});

const KEYS = {
  F1: () => showTopics("", topics.hidden),
  F2: recordService,
  F4: () => openForm("", begin.phone.value),
  F8: openEnd,
  F9: () => ask.text.focus(),
};

document.addEventListener("keydown", (event) => {
  if (document.getElementById("sign-in-again").open) return;
  if (isSecondPress(event)) event.preventDefault();
  else if (isEndOpen()) chooseByKey(event);
  else if (KEYS[event.key]) {
    event.preventDefault();
    if (event.key === "F2") act(event);
    KEYS[event.key]();
  } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    const next = said.querySelectorAll(".next button")[Number(event.code.slice(-1)) - 1];
    if (next) {
      event.preventDefault();
      next.click();
    }
  }
});

restore();
know(JSON.parse(register.dataset.known));
showKind();
showCall(desk.dataset.call);
if (!said.innerHTML) say(waiting);
keep();
