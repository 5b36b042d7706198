// The desk: one screen, keyboard first. Nothing is recorded but by the clerk's key.

import { post } from "./post.js";

const desk = document.getElementById("desk");
const begin = document.getElementById("begin");
const ask = document.getElementById("ask");
const said = document.getElementById("said");
const record = document.getElementById("record");
const card = document.getElementById("card");
const register = document.getElementById("register");
const end = document.getElementById("end");
const ending = end.querySelector("form");
const hangUp = document.getElementById("hang-up");
const message = document.getElementById("message");
const waiting = said.innerHTML;
const nobody = "<p class=\"hint\">接起以后，认识的人会出现在这里。</p>";

function tell(text, isProblem) {
  message.textContent = text;
  message.className = isProblem ? "problem" : "good";
  message.hidden = !text;
}

// Every step says in one place what went wrong; what was typed stays where it is.
async function step(work) {
  try {
    await work();
  } catch (problem) {
    tell(problem.message, true);
  }
}

function path(rest) {
  return `/desk/calls/${desk.dataset.call}/${rest}`;
}

function count(today) {
  document.getElementById("calls").textContent = today.calls;
  document.getElementById("done").textContent = today.services;
}

function showCall(id) {
  desk.dataset.call = id;
  hangUp.disabled = !id;
  document.getElementById("take").firstChild.textContent = id ? "改号码 " : "接起 ";
}

async function takeCall() {
  const content = await post("/desk/calls", { phone: begin.phone.value });
  showCall(content.call);
  card.innerHTML = content.card;
  if (!register.phone.value) register.phone.value = begin.phone.value;
  tell("", false);
}

function showService(service) {
  const value = service ? `${service.kind}|${service.topic}` : "";
  if (service && !Array.from(record.service.options).some((option) => option.value === value)) {
    record.service.add(new Option(service.name, value));
  }
  record.service.value = value;
}

function fill(suggested) {
  for (const [name, value] of Object.entries(suggested)) {
    if (register[name] && !register[name].value) register[name].value = value;
  }
}

function look(fields) {
  return step(async () => {
    if (!desk.dataset.call) await takeCall();
    const content = await post(path("ask"), fields);
    said.innerHTML = content.html;
    showService(content.service);
    fill(content.fill);
    ask.reset();
    ask.text.focus();
    tell("", false);
  });
}

function recordService() {
  return step(async () => {
    const [kind, topic] = record.service.value.split("|");
    if (!desk.dataset.call) return tell("先接起电话，再记服务。", true);
    if (!topic) {
      record.service.focus();
      return tell("选一下记成什么服务，再按 F2。", true);
    }
    const content = await post(path("service"), { kind, topic });
    count(content.today);
    return tell(content.said, false);
  });
}

// What the chat would fill in step by step stands in the form here, every field open.
function follow(payload) {
  const kind = { register_job_intention: "job_intention", request_help: "help_request", post_vacancy: "vacancy" }[payload.match(/^\/(\w+)/)[1]];
  if (!kind) return look({ payload });
  register.kind.value = kind;
  showKind();
  return openForm();
}

function showKind() {
  for (const part of register.querySelectorAll("[data-kind]")) {
    part.hidden = !part.dataset.kind.split(" ").includes(register.kind.value);
  }
}

function openForm() {
  if (register.contains(document.activeElement)) {
    register.kind.selectedIndex = (register.kind.selectedIndex + 1) % register.kind.options.length;
    showKind();
  }
  if (!register.phone.value) register.phone.value = begin.phone.value;
  (register.phone.value ? register.consent : register.phone).focus();
  register.scrollIntoView({ block: "nearest" });
}

function save() {
  return step(async () => {
    if (!desk.dataset.call) await takeCall();
    const content = await post(path("register"), new FormData(register));
    said.innerHTML = content.html;
    card.innerHTML = content.card;
    count(content.today);
    register.reset();
    register.draft.value = content.draft;
    showKind();
    tell(content.said, false);
    ask.text.focus();
  });
}

function chooseEnding(outcome) {
  ending.dataset.outcome = outcome;
  for (const part of ending.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(outcome);
  const first = ending.querySelector(`div[data-for="${outcome}"] input`);
  if (first) first.focus();
  else finish();
}

async function finish() {
  const problem = ending.querySelector(".problem");
  try {
    const { department, due, note } = ending;
    const fields = { outcome: ending.dataset.outcome, department: department.value, due: due.value, note: note.value };
    const content = await post(path("end"), fields);
    end.close();
    count(content.today);
    afresh();
    tell(content.said, false);
  } catch (wrong) {
    problem.textContent = wrong.message;
    problem.hidden = false;
  }
}

function afresh() {
  const draft = register.draft.value;
  for (const form of [begin, ask, record, register, ending]) form.reset();
  register.draft.value = draft;
  showKind();
  showCall("");
  said.innerHTML = waiting;
  card.innerHTML = nobody;
  begin.phone.focus();
}

function openEnd() {
  if (!desk.dataset.call) return tell("现在没有电话。", true);
  ending.reset();
  ending.querySelector(".problem").hidden = true;
  for (const part of ending.querySelectorAll("[data-for]")) part.hidden = true;
  end.showModal();
  return ending.querySelector("[data-outcome]").focus();
}

begin.addEventListener("submit", (event) => {
  event.preventDefault();
  step(async () => {
    if (desk.dataset.call) {
      const content = await post(path("caller"), { phone: begin.phone.value });
      card.innerHTML = content.card;
      tell("", false);
    } else await takeCall();
    ask.text.focus();
  });
});

ask.addEventListener("submit", (event) => {
  event.preventDefault();
  look({ text: ask.text.value });
});

record.addEventListener("submit", (event) => {
  event.preventDefault();
  recordService();
});

register.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

ending.addEventListener("submit", (event) => {
  event.preventDefault();
  finish();
});

register.kind.addEventListener("change", showKind);
hangUp.addEventListener("click", openEnd);
document.getElementById("go-on").addEventListener("click", () => end.close());

desk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.payload) follow(button.dataset.payload);
  if (button.dataset.letters) look({ text: button.dataset.letters });
  if (button.dataset.outcome) chooseEnding(button.dataset.outcome);
  if (button.dataset.person) {
    step(async () => {
      const content = await post(path("caller"), { person: button.dataset.person });
      card.innerHTML = content.card;
    });
  }
});

const KEYS = { F2: recordService, F4: openForm, F8: openEnd, F9: () => ask.text.focus() };

document.addEventListener("keydown", (event) => {
  if (document.getElementById("sign-in-again").open) return;
  if (end.open) {
    const choices = ending.querySelectorAll("[data-outcome]");
    if (/^[1-9]$/.test(event.key) && choices[event.key - 1] && event.target.tagName !== "INPUT") {
      event.preventDefault();
      chooseEnding(choices[event.key - 1].dataset.outcome);
    }
    return;
  }
  if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    const next = said.querySelectorAll("[data-payload]")[Number(event.code.slice(-1)) - 1];
    if (next) {
      event.preventDefault();
      next.click();
    }
  }
});

showKind();
showCall(desk.dataset.call);
