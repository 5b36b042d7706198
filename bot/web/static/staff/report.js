// Charts of the report page, drawn with uPlot from the tables below them: the numbers stand in the page itself.

const { uPlot } = window;

const GREEN = "#0a7d4b";
const PALE = "#9fd0b6";
const QUIET = "#5b6068";
const FONT = "12px system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const ROW = 26;
const WIDEST_LABEL = 130;
// Half of a landscape A4 page.
const PRINTED = 470;

// A table's body: the first cell of each line as text; of the others, what they say or else their data-value.
function read(table) {
  const lines = Array.from(table.tBodies[0].rows, (row) => Array.from(row.cells));
  const number = (cell) => parseFloat(cell.dataset.value ?? cell.textContent) || 0;
  return { labels: lines.map((line) => line[0].textContent.trim()), numbers: lines.map((line) => line.slice(1).map(number)) };
}

function axis(more) {
  return { stroke: QUIET, font: FONT, grid: { stroke: "#e6e8eb", width: 1 }, ticks: { show: false }, ...more };
}

const whole = { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6] };
const upward = (u, least, most) => [0, Math.max(most * 1.08, 1)];

// What came new as bars, all so far as a line; each with its own scale.
function growth({ labels, numbers }, width) {
  const places = labels.map((_, place) => place);
  return {
    options: {
      width,
      height: 220,
      cursor: { y: false },
      scales: { x: { time: false, range: [-0.6, labels.length - 0.4] }, y: { range: upward }, total: { range: upward } },
      axes: [
        axis({ grid: { show: false }, incrs: [1, 2, 7, 14, 28], values: (u, at) => at.map((place) => labels[place] ?? "") }),
        axis({ ...whole, size: 48 }),
        axis({ ...whole, size: 56, side: 1, scale: "total", grid: { show: false } }),
      ],
      series: [
        { label: "到", value: (u, place) => labels[place] ?? "—" },
        { label: "新增", fill: PALE, stroke: PALE, paths: uPlot.paths.bars({ size: [0.7, 36] }), points: { show: false } },
        { label: "累计", scale: "total", stroke: GREEN, width: 2, points: { show: labels.length < 12, size: 6 } },
      ],
    },
    data: [places, numbers.map((line) => line[0]), numbers.map((line) => line[1])],
  };
}

// One bar a line of the table, from left to right; of its first number, or of that which the figure names.
function share({ labels, numbers }, width, figure) {
  const which = Number(figure.dataset.number ?? 0);
  const places = labels.map((_, place) => place);
  const widest = Math.max(...labels.map((label) => label.length)) * 13 + 16;
  return {
    options: {
      width,
      height: labels.length * ROW + 50,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, ori: 1, dir: -1, range: [-0.6, labels.length - 0.4] }, y: { ori: 0, range: upward } },
      axes: [
        axis({ side: 3, size: Math.min(widest, WIDEST_LABEL), grid: { show: false }, splits: () => places, values: () => labels }),
        axis({ ...whole, side: 2, space: 60 }),
      ],
      series: [{}, { fill: PALE, stroke: GREEN, width: 1, paths: uPlot.paths.bars({ size: [0.65, 18] }), points: { show: false } }],
    },
    data: [places, numbers.map((line) => line[which])],
  };
}

const KINDS = { growth, share };
const charts = [];

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const place = figure.querySelector(".chart");
  const table = figure.querySelector("table");
  if (!place || !table || !table.tBodies[0].rows.length) continue;
  const { options, data } = KINDS[figure.dataset.chart](read(table), place.clientWidth, figure);
  const chart = new uPlot(options, data, place);
  const fit = (width) => {
    if (width && width !== chart.width) chart.setSize({ width, height: options.height });
  };
  charts.push({ fit, place });
  new ResizeObserver(() => fit(place.clientWidth)).observe(place);
}

window.addEventListener("beforeprint", () => charts.forEach(({ fit }) => fit(PRINTED)));
window.addEventListener("afterprint", () => charts.forEach(({ fit, place }) => fit(place.clientWidth)));

const text = document.querySelector("#progress textarea");
text.style.height = `${text.scrollHeight + 4}px`;

// Away from https there is no clipboard to write to: the text is selected, and the browser's own copying is asked.
document.getElementById("copy").addEventListener("click", async () => {
  const said = document.getElementById("copied");
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = "复制好了。";
  } catch {
    said.textContent = document.execCommand("copy") ? "复制好了。" : "已选中，请按 Ctrl+C 复制。";
  }
});
