// The second view: start a training run, watch it, stop it, keep what it learned.
import { ask, repeat } from "./api.js";
import { setUpCharts } from "./charts.js";
import { showDigits } from "./digit.js";

const element = (id) => document.getElementById(id);
const underWay = (run) => ["preparing", "running", "stopping"].includes(run.state);

function duration(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

function lineOf(run) {
  const last = run.history?.at(-1);
  const score = last?.val_accuracy === undefined ? "" : ` Validation accuracy ${last.val_accuracy.toFixed(4)}.`;
  switch (run.state) {
    case "none": return "No training yet.";
    case "preparing": return "Reading the digits …";
    case "stopping": return "Stopping: the model is validated and kept …";
    case "failed": return `The training failed: ${run.error}`;
    case "finished": return `Finished after ${duration(run.seconds)}; the model is kept.${score}`;
    case "stopped": return `Stopped in epoch ${run.epoch} of ${run.epochs}; the model is kept.${score}`;
    default: return `Epoch ${run.epoch} of ${run.epochs}, batch ${run.batch} of ${run.batches}` +
      (run.left_seconds === null ? "" : ` · ${duration(run.left_seconds)} left`);
  }
}

function showWrong(wrong) {
  if (!wrong) return showDigits(element("wrong"), []);
  element("wrong-line").textContent = `${wrong.count} of ${wrong.of} digits that it is not trained on; looked at every few seconds.`;
  showDigits(element("wrong"), wrong.digits);
}

function showRun(run, showCurves) {
  element("run-line").textContent = lineOf(run);
  element("begin").disabled = underWay(run);
  element("stop").disabled = !underWay(run) || run.state === "stopping";
  element("load").hidden = !["finished", "stopped"].includes(run.state);
  if (run.state === "none") return;
  const inEpoch = run.batches > 0 ? run.batch / run.batches : 0;
  element("epoch-progress").value = inEpoch;
  element("run-progress").value = run.epoch > 0 ? (run.epoch - 1 + inEpoch) / run.epochs : 0;
  showCurves(run);
  showWrong(run.wrong);
}

/** Sets the view up; complain(sentence) says what went wrong, useModel("kept") is called to draw with the kept model. */
export function setUpTrain(complain, useModel) {
  const showCurves = setUpCharts(element("loss-chart"), element("accuracy-chart"));
  let seen = "";
  const show = (run) => {
    const now = JSON.stringify(run);
    if (now === seen) return;
    seen = now;
    showRun(run, showCurves);
  };
  const attempt = (work) => async (event) => {
    event.preventDefault();
    complain("");
    try {
      await work();
    } catch (error) {
      if (!error.gone) complain(error.message);
    }
  };
  element("start").addEventListener("submit", attempt(async () => {
    show(await ask("/api/training", { recipe: element("recipe").value, epochs: element("epochs").valueAsNumber }));
  }));
  element("stop").addEventListener("click", attempt(async () => show(await ask("/api/training/stop", {}))));
  element("load").addEventListener("click", attempt(() => useModel("kept")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { seen = ""; });
  repeat(async () => show(await ask("/api/training")), 500, () => !element("train").hidden);
}

/** Offers the recipes that there are. Without labelled digits there is nothing to train on. */
export function offerRecipes(status) {
  const names = [...element("recipe").options].map((option) => option.value);
  if (names.join() !== status.recipes.join()) element("recipe").replaceChildren(...status.recipes.map((name) => new Option(name)));
  element("start").title = status.data ? "" : "Start the server with --data train.csv to train";
}
