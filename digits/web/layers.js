// The feature maps of each layer.
import { paintGrid } from "./digit.js";

function gridOf(layer) {
  if (layer.maps > 1 || layer.height > 1) return { ...layer, columns: Math.min(layer.maps, layer.width > 9 ? 8 : 16) };
  // Units in a row, without an order of their own: a block of them.
  const columns = layer.width <= 10 ? layer.width : Math.ceil(Math.sqrt(layer.width * 2));
  return { ...layer, maps: layer.width, width: 1, height: 1, columns };
}

function figureOf(layer) {
  const figure = document.createElement("figure"), caption = document.createElement("figcaption");
  const name = document.createElement("b"), canvas = document.createElement("canvas");
  name.textContent = layer.class;
  caption.append(name, ` ${layer.name} · ${layer.shape.join(" × ")}`);
  figure.append(caption, canvas);
  if (layer.maps === 1 && layer.height > 1) figure.className = "single";
  return figure;
}

const signature = (layers) => layers.map((layer) => `${layer.name} ${layer.shape}`).join();

/** Shows what GET /api/layers gave, in figures that stay while the network does. */
export function showLayers(box, layers) {
  if (box.dataset.network !== signature(layers)) {
    box.dataset.network = signature(layers);
    box.replaceChildren(...layers.map(figureOf));
  }
  const canvases = box.querySelectorAll("canvas");
  layers.map(gridOf).forEach((layer, i) => {
    paintGrid(canvases[i], layer.pixels, layer.width, layer.height, layer.maps, layer.columns);
  });
}
