// The curves of a training run, by Chart.js.

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function curve(label, name, points, dashed) {
  return { label, data: points, borderColor: colour(name), backgroundColor: colour(name), borderWidth: 2,
    borderDash: dashed ? [6, 4] : [], pointRadius: dashed ? 3 : 0, tension: 0 };
}

const axis = (title, more = {}) => ({
  type: "linear", title: { display: Boolean(title), text: title, color: colour("--soft") }, grid: { color: colour("--line") },
  ticks: { color: colour("--soft"), precision: title ? 0 : undefined }, ...more,
});

class Curves {
  #chart; #canvas; #name;

  constructor(canvas, name) {
    this.#canvas = canvas;
    this.#name = name;
  }

  show(run) {
    const column = this.#name === "loss" ? 1 : 2;
    const training = run.points.map((point) => ({ x: point[0], y: point[column] }));
    const validation = run.history.map((row) => ({ x: row.epoch, y: row[`val_${this.#name}`] ?? null }));
    const datasets = [curve("training", "--accent", training, false), curve("validation", "--second", validation, true)];
    if (!this.#chart) this.#chart = new Chart(this.#canvas, this.#settings());
    this.#chart.data.datasets = datasets;
    this.#chart.options.scales = { x: axis("epochs", { min: 0, max: run.epochs }), y: axis("") };
    this.#chart.options.plugins.legend.labels.color = colour("--soft");
    this.#chart.update("none");
  }

  #settings() {
    return { type: "line", data: { datasets: [] }, options: { animation: false, responsive: true, maintainAspectRatio: false,
      parsing: false, normalized: true, interaction: { mode: "nearest", intersect: false },
      plugins: { legend: { position: "top", align: "end", labels: { usePointStyle: true, pointStyle: "line" } } } } };
  }
}

/** Gives show(run), for the state of a run: see GET /api/training. */
export function setUpCharts(lossCanvas, accuracyCanvas) {
  const all = [new Curves(lossCanvas, "loss"), new Curves(accuracyCanvas, "accuracy")];
  return (run) => all.forEach((curves) => curves.show(run));
}
