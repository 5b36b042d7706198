// The end of a call: how it ended, by one key. It ends once, however often the key is hit.

import { act, acts, inCall, path, step, tell } from "./desk_call.js";
import { isUnsaved } from "./desk_form.js";
import { post } from "./post.js";

const end = document.getElementById("end");
const ending = end.querySelector("form");
const problem = ending.querySelector(".problem");
let afterwards = () => {};
let isEnding = false;
let isWarned = false;

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
  isWarned = false;
  showPartsFor("");
  end.showModal();
  ending.querySelector("[data-outcome]").focus();
}

function tellProblem(text) {
  problem.textContent = text;
  problem.hidden = false;
}

// Asked behind the steps before: a form that is just being saved needs no warning.
function mustWarn() {
  if (isWarned || !isUnsaved()) return false;
  isWarned = true;
  tellProblem("登记表还没有保存。要保存，按 Esc，再按回车；不要了，再选一次结果。");
  return true;
}

async function sendEnd() {
  try {
    if (mustWarn()) return;
    const { department, due, note } = ending;
    const fields = { outcome: ending.dataset.outcome, department: department.value, due: due.value, note: note.value };
    const content = await post(path("end"), fields);
    acts();
    isWarned = false;
    end.close();
    afterwards(content);
  } catch (wrong) {
    tellProblem(wrong.message);
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

end.addEventListener("close", () => {
  if (isWarned) document.querySelector("#register button").focus();
});

document.getElementById("go-on").addEventListener("click", () => end.close());
