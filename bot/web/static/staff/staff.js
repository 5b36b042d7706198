// What all staff pages share: forms that keep what was typed, and times that grow older.

import { post } from "./post.js";

function problemOf(form) {
  let shown = form.querySelector(".problem");
  if (!shown) {
    shown = document.createElement("p");
    shown.className = "problem";
    shown.setAttribute("role", "alert");
    form.append(shown);
  }
  return shown;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.sure && !window.confirm(form.dataset.sure)) return;
  if (form.matches(".me")) sessionStorage.clear(); // who signs out leaves nothing typed for the next at this screen
  const button = event.submitter;
  const fields = new FormData(form);
  if (button && button.name) fields.append(button.name, button.value);
  if (button) button.disabled = true;
  try {
    const content = await post(form.action, fields);
    if (content.go) window.location.assign(content.go);
    else form.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: content }));
  } catch (wrong) {
    const shown = problemOf(form);
    shown.textContent = wrong.message;
    shown.hidden = false;
  } finally {
    if (button) button.disabled = false;
  }
});

const opened = performance.now();

export function age() {
  const now = Number(document.body.dataset.now) + (performance.now() - opened) / 1000;
  for (const shown of document.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((now - Number(shown.dataset.since)) / 60));
    shown.textContent = minutes < 1 ? "刚刚" : minutes < 60 ? `${minutes}分钟` : minutes < 1440 ? `${Math.floor(minutes / 60)}小时${minutes % 60}分` : `${Math.floor(minutes / 1440)}天`;
  }
}

age();
setInterval(age, 10000);
