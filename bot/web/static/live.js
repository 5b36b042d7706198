// New lines as they come, over server-sent events. A page out of sight does not listen; it catches up when seen.

const AGAIN = 5000;
const PATIENCE = 3000;

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
    if (!this.timers.length) this.timers.push(setTimeout(() => this.told.broken(), PATIENCE));
    if (this.source.readyState !== EventSource.CLOSED) return;
    this.source = null;
    this.check();
    this.timers.push(setTimeout(() => this.listen(), AGAIN));
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
