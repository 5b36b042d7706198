// A sheet is sent as it is; what became of its rows is told beside the field.

import { post } from "./post.js";

const form = document.getElementById("import");
const told = document.getElementById("imported");

function line(text, kind) {
  const shown = document.createElement("p");
  shown.textContent = text;
  shown.className = kind;
  return shown;
}

function again() {
  const link = document.createElement("a");
  link.href = window.location.pathname;
  link.textContent = "看导入的记录";
  const shown = document.createElement("p");
  shown.append(link);
  return shown;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  told.hidden = false;
  told.replaceChildren(line("正在导入……", "hint"));
  try {
    const content = await post(form.action, form.sheet.files[0]);
    const lines = content.rejected.map((text) => line(text, "problem"));
    told.replaceChildren(line(content.summary, content.took ? "good" : "problem"), ...lines, ...(content.took ? [again()] : []));
    form.reset();
  } catch (wrong) {
    told.replaceChildren(line(wrong.message, "problem"));
  } finally {
    button.disabled = false;
  }
});
