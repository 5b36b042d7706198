// The form at the desk: every field open for direct entry, its question in large print, and how far it is.

const register = document.getElementById("register");
const prompt = document.getElementById("prompt");
const sensitive = document.getElementById("sensitive");
const questions = JSON.parse(register.dataset.questions);
let sensitiveText = "";

function shown() {
  return Array.from(register.elements).filter((field) => field.closest("label") && !field.disabled);
}

function isEmpty(field) {
  return field.type === "checkbox" ? !field.checked : !field.value.trim();
}

function labelOf(field) {
  const label = field.closest("label");
  return field.name === "consent" ? "同意" : label.firstChild.textContent.trim();
}

function entries() {
  return shown().filter((field) => field.type !== "checkbox");
}

export function showProgress() {
  const all = entries();
  const lacking = shown().filter((field) => "needed" in field.dataset && isEmpty(field)).map(labelOf);
  const rest = lacking.length ? `还差：${lacking.join("、")}` : "可以保存了";
  document.getElementById("progress").textContent = `已填 ${all.filter((field) => !isEmpty(field)).length}/${all.length}，${rest}`;
}

// Consent comes first: until it is given, it is what stands to be read out, whatever field is open.
function ask(field) {
  const mine = questions[register.kind.value];
  const text = field.name === "sensitive" ? sensitiveText : register.consent.checked ? mine[field.name] : mine.consent;
  prompt.hidden = !text;
  prompt.querySelector(".say").textContent = text || "";
}

export function showKind(kind) {
  if (kind) register.kind.value = kind;
  for (const part of register.querySelectorAll("[data-kind]")) {
    part.hidden = !part.dataset.kind.split(" ").includes(register.kind.value);
    part.querySelector("input, select, textarea").disabled = part.hidden;
  }
  showProgress();
}

function next() {
  return entries().find(isEmpty) || register.querySelector("button");
}

// Each kind of form, and each caller, has a consent of its own: what was read out before is not what is asked now.
export function askConsentAgain() {
  register.consent.checked = register.sensitive.checked = false;
  sensitive.hidden = true;
  showProgress();
}

function changeKind(kind) {
  if (register.kind.value === kind) return;
  askConsentAgain();
  showKind(kind);
}

export function isOpen() {
  return register.contains(document.activeElement);
}

// The caller agreed to something that was not saved yet.
export function isUnsaved() {
  return register.consent.checked;
}

// Opened by its key or by the caller's words; the key again goes to the next kind of form.
export function openForm(kind, phone) {
  const { options, selectedIndex } = register.kind;
  const following = options[(selectedIndex + (isOpen() ? 1 : 0)) % options.length].value;
  changeKind(kind || following);
  if (!register.phone.value) register.phone.value = phone;
  showProgress();
  const field = register.consent.checked ? next() : register.consent;
  if (document.activeElement === field) ask(field);
  field.focus();
}

// Fills what is still empty; gives what it filled, for the clerk to see.
export function fill(suggested) {
  const filled = [];
  for (const [name, value] of Object.entries(suggested)) {
    const field = register.elements[name];
    if (!field || !isEmpty(field)) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    if (!field.disabled) filled.push(field.type === "checkbox" ? labelOf(field) : `${labelOf(field)} ${field.selectedOptions ? field.selectedOptions[0].text : value}`);
  }
  showProgress();
  return filled;
}

// Who the caller is known to be stands in the form; when it is somebody else, what was only known goes again.
let known = {};

export function know(person) {
  for (const [name, value] of Object.entries(person)) {
    const field = register.elements[name];
    if (field && (isEmpty(field) || field.value === known[name])) field.value = value;
  }
  known = person;
  showProgress();
}

// The form cannot be saved yet: the clerk comes to the field that lacks, and to what is read out for it.
export function complete(problem) {
  if (problem.field === "sensitive") {
    sensitiveText = problem.read_out;
    sensitive.hidden = false;
  }
  const field = register.elements[problem.field];
  if (!field) return;
  field.focus();
  ask(field);
}

export function empty(draft) {
  register.reset();
  if (draft) register.draft.value = draft;
  known = {};
  sensitive.hidden = true;
  sensitiveText = "";
  prompt.hidden = true;
  showKind();
}

register.kind.addEventListener("change", () => {
  askConsentAgain();
  showKind();
  ask(register.kind);
});

register.addEventListener("input", showProgress);
register.consent.addEventListener("change", () => {
  showProgress();
  if (register.consent.checked) next().focus();
  else ask(register.consent);
});
register.sensitive.addEventListener("change", () => {
  if (register.sensitive.checked) register.querySelector("button").focus();
});

document.addEventListener("focusin", (event) => {
  if (!register.contains(event.target)) prompt.hidden = true;
  else if (event.target.closest("label") || event.target === register.kind) ask(event.target);
});

// Enter saves from every field, also from those where a browser does something else with it.
register.addEventListener("keydown", (event) => {
  const isMine = ["SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !isMine) return;
  event.preventDefault();
  register.requestSubmit();
});
