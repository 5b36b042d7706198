// One matter, live: what the person writes appears by itself, and the open page shows that its clerk is there.

import { forgetDraft, keepDraft } from "./drafts.js";
import { look, troubleOf } from "./post.js";

const EVERY = 2000;
const { entry, holder } = document.getElementById("entry").dataset;
const isOver = "over" in document.getElementById("entry").dataset;
const talk = document.getElementById("talk");
const answer = document.getElementById("answer");
const trouble = document.getElementById("trouble");
let isLeaving = false;

// One look after the other: two at once would show a line twice.
let looking = Promise.resolve();

function refresh() {
  looking = looking.then(lookOnce);
  return looking;
}

async function lookOnce() {
  try {
    const { content } = await look(`/staff/queue/${entry}/lines?after=${talk ? talk.dataset.last : 0}`);
    trouble.hidden = true;
    if (talk && Number(content.last) > Number(talk.dataset.last)) {
      talk.dataset.last = content.last;
      talk.insertAdjacentHTML("beforeend", content.html);
      talk.scrollTop = talk.scrollHeight;
    }
    // What was erased must not stay on the screen, and what a colleague closed is not written into any more.
    // Nor is it where the clerk was away so long that the matter waits again, or a colleague has it.
    const isNew = (content.is_over && !isOver) || content.holder !== holder;
    if (isNew && !isLeaving) window.location.reload();
  } catch (problem) {
    trouble.textContent = troubleOf(problem);
    trouble.hidden = false;
  }
}

async function keepLooking() {
  await refresh();
  setTimeout(keepLooking, EVERY);
}

if (talk) talk.scrollTop = talk.scrollHeight;
if (isOver) forgetDraft(entry);
else setTimeout(keepLooking, EVERY);

// Who ends the matter here goes on to the queue.
document.addEventListener("submit", (event) => {
  isLeaving = event.target !== answer;
});

if (answer) {
  keepDraft(answer.text, entry);
  answer.addEventListener("taken", () => {
    answer.reset();
    forgetDraft(entry);
    answer.text.focus();
    refresh();
  });
  answer.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) answer.requestSubmit();
  });
}
