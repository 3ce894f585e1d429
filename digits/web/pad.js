// The drawing area: strokes by mouse, finger, pen or keyboard; or a picture.
const penWidth = 0.075;  // of the pad's width: what MNIST's writers used, once scaled
const sentSide = 112;    // pixels of what is sent; the network sees 28
const keyStep = 0.03;
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Pad {
  #canvas; #context; #changed; #strokes = []; #picture = null; #cursor = null;

  /** Calls changed() whenever something else is to be seen. */
  constructor(canvas, changed) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#changed = changed;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("blur", () => { this.#cursor = null; this.repaint(); });
  }

  get empty() { return this.#strokes.length === 0 && !this.#picture; }

  clear() {
    this.#strokes = [];
    this.#picture = null;
    if (this.#cursor) this.#cursor.down = false;
    this.#update();
  }

  /** Shows a picture, a canvas, instead of what was drawn. */
  show(picture) {
    this.#strokes = [];
    this.#picture = picture;
    this.#update();
  }

  /** What the server is sent: {width, height, pixels}. */
  picture() {
    const small = document.createElement("canvas");
    const scale = this.#picture ? sentSide / Math.max(this.#picture.width, this.#picture.height, sentSide) : 1;
    small.width = this.#picture ? Math.max(Math.round(this.#picture.width * scale), 1) : sentSide;
    small.height = this.#picture ? Math.max(Math.round(this.#picture.height * scale), 1) : sentSide;
    const context = small.getContext("2d", { willReadFrequently: true });
    context.fillStyle = this.#picture ? "white" : "black";
    context.fillRect(0, 0, small.width, small.height);
    if (this.#picture) context.drawImage(this.#picture, 0, 0, small.width, small.height);
    else this.#drawStrokes(context, sentSide, "white");
    const { data } = context.getImageData(0, 0, small.width, small.height);
    const pixels = [];
    for (let i = 0; i < data.length; i += 4) pixels.push(Math.round(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]));
    return { width: small.width, height: small.height, pixels };
  }

  repaint() {
    const side = this.#canvas.width, context = this.#context;
    context.clearRect(0, 0, side, side);
    if (this.#picture) {
      const scale = side / Math.max(this.#picture.width, this.#picture.height);
      const [width, height] = [this.#picture.width * scale, this.#picture.height * scale];
      context.drawImage(this.#picture, (side - width) / 2, (side - height) / 2, width, height);
    }
    this.#drawStrokes(context, side, getComputedStyle(this.#canvas).color);
    if (this.#cursor) this.#drawCursor(context, side);
  }

  #drawStrokes(context, side, colour) {
    context.strokeStyle = colour;
    context.lineWidth = penWidth * side;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of this.#strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0] * side, stroke[0][1] * side);
      for (const [x, y] of stroke) context.lineTo(x * side + 0.01, y * side);  // a line without length would be no dot
      context.stroke();
    }
  }

  #drawCursor(context, side) {
    context.strokeStyle = getComputedStyle(this.#canvas).getPropertyValue("--accent");
    context.lineWidth = this.#cursor.down ? 4 : 1.5;
    context.beginPath();
    context.arc(this.#cursor.x * side, this.#cursor.y * side, penWidth * side, 0, 2 * Math.PI);
    context.stroke();
  }

  #update() {
    this.repaint();
    this.#changed();
  }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#canvas.focus({ preventScroll: true });
    this.#cursor = null;
    this.#picture = null;
    this.#strokes.push([this.#at(event)]);
    this.#update();
  }

  #move(event) {
    if (!this.#canvas.hasPointerCapture(event.pointerId) || this.#strokes.length === 0) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) this.#strokes.at(-1).push(this.#at(each));
    this.#update();
  }

  #key(event) {
    if (event.key === "Escape" || event.key === "Delete") return this.clear();
    if (!(event.key in moves) && event.key !== " ") return;
    event.preventDefault();
    this.#cursor ??= { x: 0.5, y: 0.3, down: false };
    if (event.key === " ") {
      this.#cursor.down = !this.#cursor.down;
      if (!this.#cursor.down) return this.repaint();
      this.#picture = null;
      this.#strokes.push([[this.#cursor.x, this.#cursor.y]]);
      return this.#update();
    }
    const [right, down] = moves[event.key];
    this.#cursor.x = Math.min(Math.max(this.#cursor.x + right * keyStep, 0), 1);
    this.#cursor.y = Math.min(Math.max(this.#cursor.y + down * keyStep, 0), 1);
    if (!this.#cursor.down) return this.repaint();
    this.#strokes.at(-1).push([this.#cursor.x, this.#cursor.y]);
    this.#update();
  }
}
