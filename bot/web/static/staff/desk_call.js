// What the parts of the desk share: the call, its steps one after the other, and where problems are told.

const desk = document.getElementById("desk");
const message = document.getElementById("message");

export function inCall() {
  return Boolean(desk.dataset.call);
}

export function path(rest) {
  return `/desk/calls/${desk.dataset.call}/${rest}`;
}

export function tell(text, isProblem) {
  message.textContent = text;
  message.className = isProblem ? "problem" : "good";
  message.hidden = !text;
}

export function count(today) {
  document.getElementById("calls").textContent = today.calls;
  document.getElementById("done").textContent = today.services;
}

// A key pressed before the last answer is there waits for it: F2 right behind a topic records that topic.
let last = Promise.resolve();

// Gives whether it went well.
export function step(work) {
  last = last.then(work).then(() => true, (problem) => {
    tell(problem.message, true);
    return false;
  });
  return last;
}

// A key hit twice in a hurry, or held down, means once: the second press would go to whatever comes up next.
// With another key between, it is meant.
const HURRY = 600;
const NOTHING = { key: "", at: 0 };
let acted = NOTHING;

export function isSecondPress(event) {
  if (event.key !== acted.key) acted = NOTHING;
  return acted !== NOTHING && (event.repeat || event.timeStamp - acted.at < HURRY);
}

export function act(event) {
  acted = { key: event.key, at: event.timeStamp };
}

// What the key asked for took its time: the hurry lasts until a moment after it is done.
export function acts() {
  if (acted !== NOTHING) acted.at = performance.now();
}
