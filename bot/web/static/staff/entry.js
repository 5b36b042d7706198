// One chat, live: what the person writes appears by itself.

import { forgetDraft, keepDraft } from "./drafts.js";
import { look } from "./post.js";

const EVERY = 2000;
const talk = document.getElementById("talk");
const answer = document.getElementById("answer");
const isOver = Boolean(talk) && "over" in talk.dataset;
let isLeaving = false;

// One look after the other: two at once would show a line twice.
let looking = Promise.resolve();

function refresh() {
  looking = looking.then(lookOnce);
  return looking;
}

async function lookOnce() {
  try {
    const news = await look(`/staff/queue/${talk.dataset.entry}/lines?after=${talk.dataset.last}`);
    if (Number(news.content.last) > Number(talk.dataset.last)) {
      talk.dataset.last = news.content.last;
      talk.insertAdjacentHTML("beforeend", news.content.html);
      talk.scrollTop = talk.scrollHeight;
    }
    // What was erased must not stay on the screen, and what a colleague closed is not written into any more.
    if (news.content.is_over && !isOver && !isLeaving) window.location.reload();
  } catch {
    return; // the next look may succeed; who was signed out is asked for the password when they write
  }
}

async function keepLooking() {
  await refresh();
  setTimeout(keepLooking, EVERY);
}

if (talk) {
  talk.scrollTop = talk.scrollHeight;
  setTimeout(keepLooking, EVERY);
}

if (isOver) forgetDraft(talk.dataset.entry);

// Who ends the matter here goes on to the queue.
document.addEventListener("submit", (event) => {
  isLeaving = event.target !== answer;
});

if (answer) {
  keepDraft(answer.text, talk.dataset.entry);
  answer.addEventListener("taken", () => {
    answer.reset();
    forgetDraft(talk.dataset.entry);
    answer.text.focus();
    refresh();
  });
  answer.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) answer.requestSubmit();
  });
}
