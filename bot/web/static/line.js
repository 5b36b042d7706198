// One line of the talk as elements, the same as templates/line.html (tests/browser holds the two together). Text is only ever set as text.

const LINK = /https?:\/\/[^\s，。；）]+|\/privacy\b|[0-9][0-9-]*[0-9]/g;
const COUNTED = "元块天个人年月日";
const SILENCE = 5 * 60 * 1000;
const numbers = new Set(document.body.dataset.numbers.split(" "));

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function address(word, following) {
  if (word.startsWith("http") || word.startsWith("/")) return word;
  return numbers.has(word) && !(following && COUNTED.includes(following)) ? "tel:" + word : "";
}

function linked(element, text) {
  let from = 0;
  text.replace(LINK, (word, at) => {
    const href = address(word, text.charAt(at + word.length));
    if (!href) return;
    element.append(text.slice(from, at));
    const link = make("a", "", word);
    link.setAttribute("href", href);
    if (href === word) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    element.append(link);
    from = at + word.length;
  });
  element.append(text.slice(from));
  return element;
}

function cards(list) {
  const shown = make("ul", "cards");
  for (const card of list) {
    const item = make("li");
    item.append(make("h2", "", card.title));
    for (const fact of card.lines) item.append(linked(make("p"), fact));
    if (card.note) item.append(make("p", "note", card.note));
    if (card.phone) {
      const call = make("a", "call", "打电话 " + card.phone);
      call.setAttribute("href", "tel:" + card.phone);
      item.append(call);
    }
    shown.append(item);
  }
  return shown;
}

function buttons(list) {
  const row = make("div", "buttons");
  for (const offered of list) {
    const button = make("button", "", offered.title);
    button.setAttribute("form", "say");
    button.name = "payload";
    button.value = offered.payload;
    button.formNoValidate = true;
    row.append(button);
  }
  return row;
}

function tools(said) {
  const row = make("div", "tools");
  const speak = make("button", "speak", "读给我听");
  speak.type = "button";
  row.append(speak);
  if (!said.source || said.progress) return row;
  for (const [useful, title] of [[true, "有用"], [false, "没用"]]) {
    const vote = make("button", "vote", title);
    vote.type = "button";
    vote.dataset.useful = useful;
    vote.setAttribute("aria-pressed", String(said.useful === useful));
    row.append(vote);
  }
  return row;
}

function progress(words) {
  const shown = [make("p", "progress", words)];
  const steps = /([0-9]+)[^0-9]+([0-9]+)/.exec(words);
  if (steps) {
    const bar = make("progress");
    bar.setAttribute("value", steps[1]);
    bar.setAttribute("max", steps[2]);
    bar.setAttribute("aria-hidden", "true");
    shown.push(bar);
  }
  return shown;
}

// The time as it stands in `at`, whatever zone the phone is in: 2月15日 周二 09:05.
function dateLine(at) {
  const [, year, month, day, clock] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(at);
  const weekday = "日一二三四五六".charAt(new Date(Date.UTC(+year, +month - 1, +day)).getUTCDay());
  const time = make("time", "", `${+month}月${+day}日 周${weekday} ${clock}`);
  time.setAttribute("datetime", at);
  const line = make("li", "date");
  line.append(time);
  return line;
}

// Adds a line to the talk and returns its element; `said` is a line of GET /api/messages.
export function addLine(talk, said) {
  const dated = talk.querySelectorAll(":scope > [data-at]");
  const before = dated.length && dated[dated.length - 1].dataset.at;
  if (!before || Date.parse(said.at) - Date.parse(before) >= SILENCE) talk.append(dateLine(said.at));
  const line = make("li", said.who);
  line.dataset.at = said.at;
  if (said.id && said.who !== "person") line.dataset.id = said.id;
  if (said.client_id) line.dataset.client = said.client_id;
  if (said.who === "person") line.append(make("span", "unseen", "您说："));
  if (said.who === "clerk") line.append(make("p", "clerk-name", "工作人员"));
  if (said.progress) line.append(...progress(said.progress));
  line.append(linked(make("p", "words"), said.lead || said.text));
  if (said.cards && said.cards.length) line.append(cards(said.cards));
  if (said.source) line.append(linked(make("p", "source", "来源："), said.source));
  if (said.buttons && said.buttons.length) line.append(buttons(said.buttons));
  if (said.who !== "person" && said.id) line.append(tools(said));
  talk.append(line);
  return line;
}
