// Reading an answer aloud with the browser's own voice; where there is none, the buttons stay hidden.

const VOICE = "speechSynthesis" in window;
const ADDRESS = /https?:\/\/[^\s，。；）]+/g;

if (VOICE) {
  document.documentElement.classList.add("speaks");
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

let reading = null;

function stop() {
  speechSynthesis.cancel();
  if (reading) reading.textContent = "读给我听";
  reading = null;
}

function wordsOf(line) {
  const parts = line.querySelectorAll(".words, .cards h2, .cards p");
  return Array.from(parts, (part) => part.textContent.replace(ADDRESS, "网址见屏幕")).join("。");
}

export function speak(button) {
  const wasReading = reading === button;
  stop();
  if (wasReading) return;
  const speech = new SpeechSynthesisUtterance(wordsOf(button.closest("li[data-id]")));
  speech.lang = "zh-CN";
  speech.rate = 0.9;
  speech.onend = speech.onerror = () => reading === button && stop();
  reading = button;
  button.textContent = "停下";
  speechSynthesis.speak(speech);
}
