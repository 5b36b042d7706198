// Half-written answers, kept in this tab until they are sent, their matter is over, or somebody signs out.

const PREFIX = "answer ";
const key = (entry) => `${PREFIX}${entry} ${document.body.dataset.login}`;

export function keepDraft(field, entry) {
  field.value = field.value || sessionStorage.getItem(key(entry)) || "";
  field.addEventListener("input", () => sessionStorage.setItem(key(entry), field.value));
}

export function forgetDraft(entry) {
  sessionStorage.removeItem(key(entry));
}

// All but those of the entries that are still open.
export function forgetDrafts(open) {
  const kept = open.map(key);
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && !kept.includes(name)) sessionStorage.removeItem(name);
  }
}
