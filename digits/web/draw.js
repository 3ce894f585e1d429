// The first view: draw, and see what the network makes of it.
import { ask, latest } from "./api.js";
import { paint, percent } from "./digit.js";
import { showLayers } from "./layers.js";
import { Pad } from "./pad.js";
import { decode, takePictures } from "./picture.js";

const element = (id) => document.getElementById(id);
const rest = 120;  // milliseconds without a stroke before the layers are asked for: they are a lot to send

function makeBars() {
  for (let digit = 0; digit < 10; ++digit) {
    const row = document.createElement("li");
    row.innerHTML = '<span></span><div class="track"><div class="bar"></div></div><span class="share"></span>';
    row.firstChild.textContent = digit;
    element("bars").append(row);
  }
}

function showReading(reading) {
  element("digit").textContent = reading ? reading.digit : "–";
  [...element("bars").children].forEach((row, digit) => {
    const share = reading ? reading.probabilities[digit] : 0;
    row.classList.toggle("best", Boolean(reading) && digit === reading.digit);
    row.querySelector(".bar").style.transform = `scaleX(${share})`;
    row.querySelector(".share").textContent = reading ? percent(share) : "";
  });
  paint(element("seen"), reading ? reading.pixels : new Array(784).fill(0), 28, 28);
}

async function showModel() {
  const model = await ask("/api/model");
  const several = model.networks > 1 ? `${model.networks} networks that read together, each with ` : "";
  element("network-line").textContent = `${model.name}: ${several}${model.parameters.toLocaleString("en")} parameters`;
  element("summary").textContent = model.summary;
  element("diagram").src = `/api/model/diagram.svg?${Date.now()}`;
}

/** Sets the view up; complain(sentence) says what went wrong. Gives {refresh} for when the model is another. */
export function setUpDraw(complain) {
  let resting;
  const read = latest(async () => {
    if (pad.empty) return showReading(null);
    try {
      const reading = await ask("/api/predict", pad.picture());
      if (!pad.empty) showReading(reading);
    } catch (error) {
      showReading(null);
      return error.gone || complain(error.message);
    }
    clearTimeout(resting);
    resting = setTimeout(readLayers, rest);
  });
  const readLayers = latest(async () => {
    element("layers").hidden = pad.empty;
    element("layers-hint").hidden = !pad.empty;
    if (pad.empty) return;
    showLayers(element("layers"), (await ask("/api/layers", pad.picture())).layers);
  });
  const changed = () => {
    complain("");
    read();
    if (pad.empty) readLayers();
  };
  const pad = new Pad(element("pad"), changed);
  makeBars();
  showReading(null);
  element("clear").addEventListener("click", () => pad.clear());
  takePictures(document.body, element("file"), (file) => {
    location.hash = "#draw";
    decode(file).then((picture) => pad.show(picture), (error) => complain(error.message));
  });
  const refresh = async () => {
    await showModel();
    pad.repaint();
    read();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  return { refresh };
}
