// Small pictures made of numbers from 0 to 255.
const rgb = (canvas) => getComputedStyle(canvas).color.match(/[\d.]+/g).slice(0, 3).map(Number);

/** Paints `pixels`, row by row, in the canvas's own colour: 0 is clear. `left` and `top` say where. */
export function paint(canvas, pixels, width, height, left = 0, top = 0, colour = rgb(canvas)) {
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; ++i) image.data.set([...colour, pixels[i]], 4 * i);
  canvas.getContext("2d").putImageData(image, left, top);
}

/** Paints `count` pictures, one behind the other in `pixels`, as a grid of `columns`. */
export function paintGrid(canvas, pixels, width, height, count, columns) {
  canvas.width = columns * (width + 1) - 1;
  canvas.height = Math.ceil(count / columns) * (height + 1) - 1;
  const colour = rgb(canvas), size = width * height;
  for (let i = 0; i < count; ++i) {
    const at = [(i % columns) * (width + 1), Math.floor(i / columns) * (height + 1)];
    paint(canvas, pixels.slice(i * size, (i + 1) * size), width, height, ...at, colour);
  }
}

/** "93 %", with a decimal where it matters: "0.4 %", "99.7 %". */
export function percent(share) {
  const coarse = (share >= 0.1 && share < 0.99) || share >= 0.9995;
  return `${(100 * share).toFixed(coarse ? 0 : 1)} %`;
}

function bars(digit) {
  const row = document.createElement("div");
  row.className = "bars";
  row.title = digit.probabilities.map((share, i) => `${i}: ${percent(share)}`).join("\n");
  digit.probabilities.forEach((share, i) => {
    const bar = document.createElement("i");
    bar.style.height = `${100 * share}%`;
    bar.className = i === digit.label ? "label" : "";
    row.append(bar);
  });
  return row;
}

function card(digit) {
  const figure = document.createElement("figure"), canvas = document.createElement("canvas");
  const caption = document.createElement("figcaption"), read = document.createElement("b");
  canvas.width = canvas.height = 28;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `a ${digit.label}`);
  read.textContent = digit.digit;
  caption.append(`${digit.label} read as `, read, `, ${percent(digit.probabilities[digit.digit])}`);
  figure.append(canvas, caption, bars(digit));
  return figure;
}

/** Fills `box` with labelled digits, their probabilities below. */
export function showDigits(box, digits) {
  box.replaceChildren(...digits.map(card));
  const painted = box.querySelectorAll("canvas");
  digits.forEach((digit, i) => paint(painted[i], digit.pixels, 28, 28));
}
