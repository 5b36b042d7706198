// What was typed stays when the page is loaded again: in this tab, for this clerk and this call, and until it ends.

const NAME = "desk-draft";
const FORMS = ["begin", "ask", "record", "register"];
const desk = document.getElementById("desk");

function fields() {
  return FORMS.flatMap((form) => Array.from(document.getElementById(form).elements)
    .filter((field) => field.name)
    .map((field) => [`${form}.${field.name}`, field]));
}

export function keep() {
  const typed = fields().map(([name, field]) => [name, field.type === "checkbox" ? field.checked : field.value]);
  const draft = { login: document.body.dataset.login, call: desk.dataset.call, typed: Object.fromEntries(typed) };
  sessionStorage.setItem(NAME, JSON.stringify(draft));
}

export function forget() {
  sessionStorage.removeItem(NAME);
}

// Another clerk's typing, or that of a call that is over, is nobody's business any more.
export function restore() {
  const draft = JSON.parse(sessionStorage.getItem(NAME) || "null");
  if (!draft) return;
  const isMine = draft.login === document.body.dataset.login && (!draft.call || draft.call === desk.dataset.call);
  if (!isMine) {
    forget();
    return;
  }
  for (const [name, field] of fields()) {
    const value = draft.typed[name];
    if (field.type === "checkbox") field.checked = value === true;
    else if (value) field.value = value;
  }
}
