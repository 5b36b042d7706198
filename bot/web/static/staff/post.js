// Sending forms without leaving the page: what is typed stays, also when the session has ended.

const dialog = document.getElementById("sign-in-again");

export function token() {
  return document.body.dataset.csrf;
}

async function answerOf(response) {
  const content = await response.json().catch(() => ({}));
  return response.ok ? content : Promise.reject(Object.assign(new Error(content.error || "系统出了点问题，请稍后再试。"), content));
}

function ask(url, fields) {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRF-Token": token(), Accept: "application/json" },
    body: fields instanceof Blob ? fields : new URLSearchParams(fields),
  }).catch(() => Promise.reject(new Error("网络不通，没有发出去；写的东西还在，请再试一次。")));
}

// The same clerk signs in again over the page; another one would get the first one's typing.
function signInAgain() {
  const form = dialog.querySelector("form");
  const problem = form.querySelector(".problem");
  if (!dialog.open) {
    form.password.value = "";
    problem.hidden = true;
    dialog.showModal();
    form.password.focus();
  }
  return new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        const content = await answerOf(await ask("/staff/login", { login: document.body.dataset.login, password: form.password.value }));
        take(content.csrf);
        dialog.close();
        resolve();
      } catch (wrong) {
        problem.textContent = wrong.message;
        problem.hidden = false;
        form.password.select();
      }
    };
    dialog.oncancel = (event) => event.preventDefault();
  });
}

function take(csrf) {
  document.body.dataset.csrf = csrf;
  for (const field of document.querySelectorAll("input[name=csrf]")) field.value = csrf;
}

// The same clerk has signed in again in another window: this one's token is old, what was typed here is not.
async function isRenewed() {
  const response = await fetch("/staff/session", { headers: { Accept: "application/json" } });
  const session = await response.json().catch(() => ({}));
  if (!response.ok || session.login !== document.body.dataset.login || session.csrf === token()) return false;
  take(session.csrf);
  return true;
}

export async function post(url, fields) {
  for (;;) {
    const response = await ask(url, fields);
    if (response.status === 401) await signInAgain();
    else if (response.status !== 403 || !(await isRenewed())) return answerOf(response);
  }
}

// What a page that looks for news tells when it could not.
export function troubleOf(problem) {
  return problem.signed_out ? "登录过期了，看不到新的；刷新这一页重新登录。" : "连不上，看不到新的；正在再试……";
}

// Looks for news; nobody is at the keyboard, so it neither lengthens the session nor asks for a password.
export async function look(url, etag) {
  const headers = { "X-Background": "1", Accept: "application/json" };
  if (etag) headers["If-None-Match"] = etag;
  const response = await fetch(url, { headers });
  if (response.status === 304) return null;
  return { etag: response.headers.get("ETag"), content: await answerOf(response) };
}
