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

const sentence = (text) => text[0].toUpperCase() + text.slice(1);

function lineOf(run) {
  const last = run.history?.at(-1);
  const several = run.members > 1, accuracy = several ? run.together : last?.val_accuracy;
  const score = accuracy === undefined || accuracy === null ? "" :
    ` Validation accuracy${several ? " of the finished members together" : ""} ${accuracy.toFixed(4)}.`;
  const member = several ? `member ${run.member} of ${run.members}, ` : "";
  switch (run.state) {
    case "none": return "No training yet.";
    case "preparing": return "Reading the digits …";
    case "stopping": return "Stopping: the model is validated and kept …";
    case "failed": return `The training failed: ${run.error}`;
    case "finished": return `Finished after ${duration(run.seconds)}; the model is kept.${score}`;
    case "stopped": return `Stopped in ${member}epoch ${run.epoch} of ${run.epochs}; the model is kept.${score}`;
    default: return sentence(`${member}epoch ${run.epoch} of ${run.epochs}, batch ${run.batch} of ${run.batches}`) +
      (run.left_seconds === null ? "" : ` · ${duration(run.left_seconds)} left`) + (several && score ? ` ·${score}` : "");
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
  const inMember = run.epoch > 0 ? (run.epoch - 1 + inEpoch) / run.epochs : 0;
  element("run-progress").value = run.member > 0 ? (run.member - 1 + inMember) / run.members : 0;
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
  const offerMembers = () => { element("members-choice").hidden = element("recipe").value !== "ensemble"; };
  element("recipe").addEventListener("change", offerMembers);
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
    show(await ask("/api/training", {
      recipe: element("recipe").value, epochs: element("epochs").valueAsNumber, members: element("members").valueAsNumber,
    }));
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
