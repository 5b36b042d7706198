// How the page suits its reader: 大字版, reading aloud, and the frame on another site.

const root = document.documentElement;
const form = document.getElementById("view");

if (window.parent !== window) {
  root.classList.add("framed");
  document.getElementById("apart").hidden = keepsCookies();
}

// Some browsers give a frame on another site no cookies; without one every message would be a stranger's.
function keepsCookies() {
  const probe = "chunfeng_probe=1; path=/; max-age=60";
  document.cookie = location.protocol === "https:" ? probe + "; SameSite=None; Secure; Partitioned" : probe;
  return document.cookie.includes("chunfeng_probe");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const large = root.classList.toggle("large");
  const wanted = new URLSearchParams({ large: large ? "1" : "0" });
  button.setAttribute("aria-pressed", String(large));
  button.value = large ? "0" : "1";
  fetch("/view", { method: "POST", body: wanted, redirect: "manual" }).catch(() => {});
});

// The site around the frame only learns that the window is to be closed.
function fold() {
  if (root.classList.contains("framed")) window.parent.postMessage("chunfeng:fold", "*");
}

document.getElementById("fold").addEventListener("click", fold);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.getElementById("more").open) fold();
});

// Reading aloud takes the browser's own voice; where there is none, the buttons stay hidden.

const VOICE = "speechSynthesis" in window;
const ADDRESS = /https?:\/\/[^\s，。；）]+/g;

if (VOICE) {
  root.classList.add("speaks");
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
