"use strict";

// The chat page: sends what is typed or tapped, shows what comes back. Text is only ever set as text.

const talk = document.getElementById("talk");
const state = document.getElementById("state");
const form = document.getElementById("say");
const input = document.getElementById("text");

const LINK = /https?:\/\/[^\s，。；）]+/g;

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tell(text) {
  state.textContent = text;
  state.hidden = !text;
  if (text) state.scrollIntoView({ block: "end" });
}

function paragraph(text) {
  const shown = document.createElement("p");
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    shown.append(text.slice(from, match.index));
    const link = document.createElement("a");
    link.href = match[0];
    link.textContent = match[0];
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    shown.append(link);
    from = match.index + match[0].length;
  }
  shown.append(text.slice(from));
  return shown;
}

function add(who, content) {
  const line = document.createElement("li");
  line.className = who;
  line.append(paragraph(content.text));
  if (content.source) {
    const source = document.createElement("p");
    source.className = "source";
    source.textContent = "来源：" + content.source;
    line.append(source);
  }
  if (content.buttons && content.buttons.length) {
    const row = document.createElement("div");
    row.className = "buttons";
    for (const offered of content.buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = offered.title;
      button.addEventListener("click", () => send({ payload: offered.payload }, offered.title));
      row.append(button);
    }
    line.append(row);
  }
  talk.append(line);
  return line;
}

async function post(message) {
  const answer = await fetch("/api/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  const content = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(content.error), { refused: true });
  return content.replies;
}

// A long answer is read from its beginning: the question goes to the top, the answer stands below it.
async function deliver(message, line) {
  tell("正在回答……");
  try {
    const replies = await post(message);
    line.classList.remove("unsent");
    tell("");
    for (const reply of replies) add("assistant", reply);
    line.scrollIntoView({ block: "start" });
  } catch (problem) {
    line.classList.add("unsent");
    tell(problem.refused ? problem.message : "");
    if (!problem.refused) offerAgain(message, line);
  }
}

// The same id goes out again, so that the message counts once however often it is sent.
function offerAgain(message, line) {
  tell("没有发出去。");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "再发一次";
  again.addEventListener("click", () => {
    again.remove();
    deliver(message, line);
  });
  line.after(again);
}

function send(content, shownText) {
  const line = add("person", { text: shownText });
  line.scrollIntoView({ block: "end" });
  deliver({ id: newId(), ...content }, line);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  send({ text }, text);
});

for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => send({ text: button.dataset.say }, button.dataset.say));
}

fetch("/api/messages")
  .then((answer) => answer.json())
  .then((content) => content.messages.map((line) => add(line.who, line)).pop())
  .then((last) => last && last.scrollIntoView({ block: "end" }))
  .catch(() => tell("暂时连不上，请稍后再试。"));
