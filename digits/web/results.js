// The third view: how the model does on labelled digits.
import { ask, repeat } from "./api.js";
import { showDigits } from "./digit.js";

const element = (id) => document.getElementById(id);

function cell(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

function showConfusion(counts) {
  const table = element("confusion"), head = document.createElement("tr");
  head.append(cell("th", ""), ...counts.map((_, digit) => cell("th", digit)));
  const rows = counts.map((row, label) => {
    const line = document.createElement("tr"), total = Math.max(row.reduce((sum, count) => sum + count, 0), 1);
    const worst = Math.max(...counts.flatMap((other, i) => other.filter((_, j) => i !== j)), 1);
    line.append(cell("th", label), ...row.map((count, digit) => {
      const made = cell("td", count === 0 && label !== digit ? "·" : count);
      const right = label === digit;
      const strength = right ? 0.12 + 0.5 * (count / total) ** 2 : 0.75 * Math.sqrt(count / worst);
      made.style.background = `color-mix(in srgb, var(--${right ? "accent" : "second"}) ${Math.round(100 * strength)}%, transparent)`;
      made.title = `${count} times a ${label} was read as ${digit}`;
      return made;
    }));
    return line;
  });
  table.replaceChildren(cell("caption", "A row for each digit written, a column for each digit read."), head, ...rows);
}

function showDone(results) {
  element("accuracy").textContent = `${(100 * results.accuracy).toFixed(2)} %`;
  element("loss").textContent = results.loss.toFixed(4);
  element("wrong-count").textContent = `${results.wrong.toLocaleString("en")} of ${results.digits.toLocaleString("en")}`;
  showConfusion(results.confusion);
  element("no-mistakes").hidden = results.wrong > 0;
  showDigits(element("mistakes"), results.mistakes);
  showDigits(element("uncertain"), results.least_certain);
}

function lineOf(results) {
  switch (results.state) {
    case "running": return results.digits > 0
      ? `${results.model}: ${results.done.toLocaleString("en")} of ${results.digits.toLocaleString("en")} digits`
      : "Reading the file …";
    case "done": return `${results.model}, on all digits of the file, perhaps with those it was trained on`;
    case "failed": return `${results.model} could not be judged: ${results.error}`;
    default: return "Not done yet.";
  }
}

function show(results) {
  element("judge-line").textContent = lineOf(results);
  element("judge").disabled = results.state === "running";
  element("judge-progress").hidden = results.state !== "running";
  element("judge-progress").value = results.digits > 0 ? (results.done ?? results.digits) / results.digits : 0;
  element("verdict").hidden = results.state !== "done";
  if (results.state === "done") showDone(results);
}

/** Sets the view up; complain(sentence) says what went wrong. */
export function setUpResults(complain) {
  let state = "";  // results that are done do not change until they are asked for again
  const update = (results) => {
    state = results.state;
    show(results);
  };
  element("judge").addEventListener("click", async () => {
    complain("");
    try {
      update(await ask("/api/results", {}));
    } catch (error) {
      if (!error.gone) complain(error.message);
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { state = ""; });
  repeat(async () => update(await ask("/api/results")), 400, () => !element("results").hidden && state !== "done");
}
