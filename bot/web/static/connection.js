// The line to the server: what goes out, and what comes in by itself.

// What still has to be sent: one after the other, each under its own id until the server has it.
// Kept for this tab only (sessionStorage), so that a reload loses nothing and nothing stays behind.

const KEY = "chunfeng-unsent";
const TIMEOUT = 60000;
const LONGEST_PAUSE = 30;

class Refused extends Error {}

class Later extends Error {
  constructor(seconds) {
    super();
    this.seconds = seconds;
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
}

async function post(message) {
  const control = window.AbortController ? new AbortController() : { abort() {} };
  const patience = setTimeout(() => control.abort(), TIMEOUT);
  try {
    const answer = await fetch("/api/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      signal: control.signal,
    });
    if (answer.status === 429) throw new Later(Number(answer.headers.get("Retry-After")) || 5);
    if (answer.status >= 500) throw new Error(answer.status);
    const content = await answer.json();
    if (!answer.ok) throw new Refused(content.error);
    return content.replies;
  } finally {
    clearTimeout(patience);
  }
}

// `told` has sending(item), answered(item, replies), refused(item, reason) and failed(item, seconds): seconds
// is a number when the server asked to wait, else null. Items are {id, text or payload, shown}.
export class Outbox {
  constructor(told) {
    this.told = told;
    this.items = this.load();
    this.isRunning = false;
    this.tries = 0;
    this.timer = 0;
  }

  load() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || [];
    } catch (_) {
      return [];
    }
  }

  save() {
    try {
      if (this.items.length) sessionStorage.setItem(KEY, JSON.stringify(this.items));
      else sessionStorage.removeItem(KEY);
    } catch (_) {
      // A browser that keeps nothing still sends.
    }
  }

  put(content, shown) {
    const item = { id: newId(), shown, ...content };
    this.items.push(item);
    this.save();
    this.run();
    return item;
  }

  forget() {
    this.items = [];
    this.save();
  }

  again() {
    clearTimeout(this.timer);
    this.run();
  }

  async run() {
    if (this.isRunning) return;
    this.isRunning = true;
    while (this.items.length && (await this.sendFirst()));
    this.isRunning = false;
  }

  async sendFirst() {
    const item = this.items[0];
    const { shown, ...message } = item;
    this.told.sending(item);
    try {
      const replies = await post(message);
      this.done(item);
      this.told.answered(item, replies);
    } catch (problem) {
      if (!(problem instanceof Refused)) return this.wait(item, problem);
      this.done(item);
      this.told.refused(item, problem.message);
    }
    return true;
  }

  done(item) {
    this.tries = 0;
    this.items = this.items.filter((other) => other !== item);
    this.save();
  }

  wait(item, problem) {
    const asked = problem instanceof Later ? problem.seconds : null;
    this.tries += 1;
    this.timer = setTimeout(() => this.run(), 1000 * (asked || Math.min(LONGEST_PAUSE, 2 ** this.tries)));
    this.told.failed(item, asked);
    return false;
  }
}

// New lines as they come, over server-sent events. A page out of sight does not listen; it catches up when seen.

const LISTEN_AGAIN = 5000;
const SHORT_BREAK = 3000;

// `last()` is the row of the last line shown, 0 for none; `told` has line(said), broken(), open(), and over() when
// the talk that is shown is no longer this session's.
export class Live {
  constructor(last, told) {
    this.last = last;
    this.told = told;
    this.source = null;
    this.timers = [];
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.listen()));
  }

  listen() {
    if (this.source || document.hidden || !this.last() || !window.EventSource) return;
    this.source = new EventSource("/api/events?after=" + this.last());
    this.source.onopen = () => {
      this.calm();
      this.told.open();
    };
    this.source.onmessage = (event) => this.told.line(JSON.parse(event.data));
    this.source.onerror = () => this.trouble();
  }

  // A browser tries again by itself unless the answer was an error; a short break is not worth a word.
  trouble() {
    if (!this.timers.length) this.timers.push(setTimeout(() => this.told.broken(), SHORT_BREAK));
    if (this.source.readyState !== EventSource.CLOSED) return;
    this.source = null;
    this.check();
    this.timers.push(setTimeout(() => this.listen(), LISTEN_AGAIN));
  }

  async check() {
    try {
      const answer = await fetch("/api/messages");
      const lines = answer.ok && (await answer.json()).messages;
      if (lines && !lines.some((line) => line.id === this.last())) this.told.over();
    } catch (_) {
      // Not reached: it is tried again anyway.
    }
  }

  calm() {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  close() {
    this.calm();
    if (this.source) this.source.close();
    this.source = null;
  }
}
