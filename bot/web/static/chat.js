// The chat page: takes over from the plain forms, which work without it.

import { speak } from "./comfort.js";
import { Live, Outbox } from "./connection.js";
import { addLine } from "./line.js";
import { openRating, prepareRating, vote } from "./opinion.js";

const talk = document.getElementById("talk");
const state = document.getElementById("state");
const connection = document.getElementById("connection");
const form = document.getElementById("say");
const input = document.getElementById("text");
const room = document.getElementById("room");
const more = document.getElementById("more");
const rating = document.getElementById("rating");

const SOME_TIME = 6000;
const TWO_TAPS = 600;
const FINGER = 24;
const FEW_LEFT = 50;

// The server's clock, which a demonstration sets to another day.
const clockOffset = Date.parse(document.body.dataset.now) - Date.now();

function now() {
  const beijing = new Date(Date.now() + clockOffset + 8 * 3600 * 1000);
  return beijing.toISOString().slice(0, 19) + "+08:00";
}

function tell(text, isBusy) {
  state.textContent = text;
  state.classList.toggle("busy", Boolean(isBusy));
}

function lineOf(item) {
  const found = talk.querySelector(`[data-client="${item.id}"]`);
  return found || addLine(talk, { who: "person", at: now(), client_id: item.id, text: item.shown });
}

function rowsShown() {
  return Array.from(talk.querySelectorAll("[data-id]"), (line) => Number(line.dataset.id));
}

function show(said) {
  if (said.id && talk.querySelector(`[data-id="${said.id}"]`)) return;
  addLine(talk, { at: now(), who: "assistant", ...said });
  if (said.rate) openRating(rating);
}

function failure(line) {
  const next = line.nextElementSibling;
  return next && next.classList.contains("fate") ? next : null;
}

let patience = 0;

const outbox = new Outbox({
  sending(item) {
    const line = lineOf(item);
    const fate = failure(line);
    if (fate) fate.remove();
    line.classList.remove("unsent");
    rating.hidden = true;
    tell("正在回答", true);
    clearTimeout(patience);
    patience = setTimeout(() => tell("还在查，请稍等", true), SOME_TIME);
    state.scrollIntoView({ block: "nearest" });
  },

  // A long answer is read from its beginning: the question goes to the top, the answer stands below it.
  answered(item, replies) {
    settle();
    connected();
    const isOver = replies.some((reply) => reply.session === "new");
    if (isOver) forget();
    for (const reply of replies) show(isOver ? { ...reply, id: null } : reply);
    const line = talk.querySelector(`[data-client="${item.id}"]`);
    (line || talk.lastElementChild).scrollIntoView({ block: "start" });
    live.listen();
  },

  refused(item, reason) {
    settle(reason);
    connected();
    lineOf(item).classList.add("unsent");
    if (item.text && !input.value) write(item.text);
  },

  failed(item, seconds) {
    settle();
    const line = lineOf(item);
    line.classList.add("unsent");
    const fate = document.createElement("li");
    fate.className = "fate";
    fate.append(seconds ? `发得太快了，过${seconds}秒自动再发` : "没发出去");
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "再发一次";
    again.addEventListener("click", () => outbox.again());
    fate.append(again);
    line.after(fate);
    if (!seconds) disconnected();
    fate.scrollIntoView({ block: "nearest" });
  },
});

const live = new Live(() => Math.max(0, ...rowsShown()), {
  line(said) {
    const isShown = said.who === "person" && talk.querySelector(`[data-client="${said.client_id}"]`);
    if (!isShown) show(said);
  },
  broken: disconnected,
  over: () => location.reload(),
  open() {
    connected();
    outbox.again();
  },
});

function settle(reason) {
  clearTimeout(patience);
  tell(reason || "");
}

function connected() {
  connection.textContent = "";
}

function disconnected() {
  connection.textContent = "网断了。您的话都还在，连上网就自动发出。";
}

// The next person on this phone sees nothing of the last one.
function forget() {
  outbox.forget();
  live.close();
  for (const line of talk.querySelectorAll(":scope > :not(#welcome)")) line.remove();
  for (const chosen of rating.querySelectorAll("[aria-pressed=true]")) chosen.setAttribute("aria-pressed", "false");
  rating.querySelector("[role=status]").textContent = "";
  rating.hidden = true;
  write("");
}

function send(content, shown) {
  more.open = false;
  lineOf(outbox.put(content, shown));
}

function write(text) {
  input.value = text;
  fit();
}

function fit() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
  const left = input.maxLength - input.value.length;
  room.textContent = left <= FEW_LEFT ? `还能写${left}字` : "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  write("");
  send({ text }, text);
});

// Enter sends, as on the keyboard of a phone; while a word is being composed it only ends the word.
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.querySelector("[type=submit]").click();
});
input.addEventListener("input", fit);

let lastTap = { timeStamp: -Infinity };

// A second tap of a double click: on the same button, or on what an answer has just moved under the finger.
function isSecondTap(tap) {
  if (tap.timeStamp - lastTap.timeStamp > TWO_TAPS) return false;
  const distance = Math.hypot(tap.clientX - lastTap.clientX, tap.clientY - lastTap.clientY);
  return tap.target === lastTap.target || (tap.detail > 0 && distance < FINGER);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("vote")) vote(button, tell);
  if (button.classList.contains("speak")) speak(button);
  if (button.name !== "say" && button.name !== "payload") return;
  event.preventDefault();
  if (isSecondTap(event)) return;
  lastTap = event;
  if (button.name === "say") send({ text: button.value }, button.value);
  else send({ payload: button.value }, button.textContent);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !more.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (more.open && !more.contains(event.target)) more.open = false;
});

prepareRating(rating);
document.getElementById("open-rating").addEventListener("click", () => {
  more.open = false;
  openRating(rating);
  rating.querySelector("h2").focus();
});

addEventListener("offline", disconnected);
addEventListener("online", () => outbox.again());
// A page out of the browser's memory may show what the server no longer would.
addEventListener("pageshow", (event) => event.persisted && location.reload());

const latest = document.getElementById("latest");
if (latest) latest.scrollIntoView({ block: "start" });
document.documentElement.classList.add("scripted");
outbox.items.forEach(lineOf);
outbox.run();
live.listen();
