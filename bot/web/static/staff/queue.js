// The queue, looked at every few seconds; the same rows are not sent again.

import { forgetDrafts } from "./drafts.js";
import { look, troubleOf } from "./post.js";
import { age } from "./staff.js";

const EVERY = 3000;
const queue = document.getElementById("queue");
const trouble = document.getElementById("trouble");
const title = document.title;
let etag = queue.dataset.etag;

function forgetWhatIsOver() {
  forgetDrafts([...queue.querySelectorAll("[data-entry]")].map((row) => row.dataset.entry));
}

function show(content) {
  const focused = document.activeElement && document.activeElement.id;
  queue.innerHTML = content.html;
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  document.title = content.waiting ? `(${content.waiting}) ${title}` : title;
  forgetWhatIsOver();
  age();
}

async function refresh() {
  try {
    const news = await look("/staff/queue/rows", etag);
    trouble.hidden = true;
    if (news) {
      etag = news.etag;
      show(news.content);
    }
  } catch (problem) {
    trouble.textContent = troubleOf(problem);
    trouble.hidden = false;
  }
  setTimeout(refresh, EVERY);
}

forgetWhatIsOver();
setTimeout(refresh, EVERY);
