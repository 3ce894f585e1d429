// The page: three views, the choice of the model, and whether the server is there.
import { ask, repeat, watchServer } from "./api.js";
import { setUpDraw } from "./draw.js";
import { setUpResults } from "./results.js";
import { offerRecipes, setUpTrain } from "./train.js";

const element = (id) => document.getElementById(id);
const views = ["draw", "train", "results"];

function complain(sentence) {
  element("trouble").textContent = sentence;
  element("trouble").hidden = sentence === "";
}

function showView() {
  const chosen = views.includes(location.hash.slice(1)) ? location.hash.slice(1) : "draw";
  for (const view of views) element(view).hidden = view !== chosen;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${chosen}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  complain("");
}

function offerModels(status) {
  const choice = element("model"), now = JSON.stringify(status.models);
  if (choice.dataset.models !== now) {
    choice.dataset.models = now;
    choice.replaceChildren(...status.models.map(({ id, name }) => new Option(name, id)));
  }
  choice.value = status.model;
}

const draw = setUpDraw(complain);
let shown = "";  // which model the page shows

async function update() {
  const status = await ask("/api/status");
  offerModels(status);
  offerRecipes(status);
  if (shown !== status.model) {
    await draw.refresh();
    shown = status.model;
  }
}

async function useModel(id) {
  await ask("/api/model", { id });
  shown = "";
  await update();
  location.hash = "#draw";
}

setUpTrain(complain, useModel);
setUpResults(complain);
element("model").addEventListener("change", () => {
  useModel(element("model").value).catch((error) => complain(error.gone ? "" : error.message));
});
watchServer((here) => {
  element("gone").hidden = here;
  if (here) shown = "";
});
addEventListener("hashchange", showView);
showView();
repeat(update, 2000);
