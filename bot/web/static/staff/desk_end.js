// The end of a call: how it ended, by one key. It ends once, however often the key is hit.

import { act, acts, inCall, path, step, tell } from "./desk_call.js";
import { post } from "./post.js";

const end = document.getElementById("end");
const ending = end.querySelector("form");
const problem = ending.querySelector(".problem");
let afterwards = () => {};
let isEnding = false;

export function whenEnded(work) {
  afterwards = work;
}

export function isEndOpen() {
  return end.open;
}

function showPartsFor(outcome) {
  for (const part of ending.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(outcome);
}

export function openEnd() {
  if (!inCall()) {
    tell("现在没有电话。", true);
    return;
  }
  ending.reset();
  problem.hidden = true;
  showPartsFor("");
  end.showModal();
  ending.querySelector("[data-outcome]").focus();
}

async function sendEnd() {
  try {
    const { department, due, note } = ending;
    const fields = { outcome: ending.dataset.outcome, department: department.value, due: due.value, note: note.value };
    const content = await post(path("end"), fields);
    acts();
    end.close();
    afterwards(content);
  } catch (wrong) {
    problem.textContent = wrong.message;
    problem.hidden = false;
  } finally {
    isEnding = false;
  }
}

function finish() {
  if (isEnding) return;
  isEnding = true;
  step(sendEnd);
}

function choose(outcome) {
  if (isEnding) return;
  ending.dataset.outcome = outcome;
  showPartsFor(outcome);
  const first = ending.querySelector(`div[data-for="${outcome}"] input`);
  if (first) first.focus();
  else finish();
}

// The digits choose, unless something is being typed.
export function chooseByKey(event) {
  if (event.key === "Enter") act(event);
  const button = /^[1-9]$/.test(event.key) && ending.querySelectorAll("[data-outcome]")[event.key - 1];
  if (!button || event.target.tagName === "INPUT") return;
  event.preventDefault();
  act(event);
  choose(button.dataset.outcome);
}

end.addEventListener("click", (event) => {
  const button = event.target.closest("[data-outcome]");
  if (button) choose(button.dataset.outcome);
});

ending.addEventListener("submit", (event) => {
  event.preventDefault();
  finish();
});

document.getElementById("go-on").addEventListener("click", () => end.close());
