// Pictures that are dropped on the pad, or opened.

const mostPixels = 224;  // on the longer side; the server takes 256

/** The picture in a file, as a small canvas. Throws an Error of one sentence. */
export async function decode(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (cause) {
    throw new Error(`${file.name} is no picture that this browser can show.`, { cause });
  }
  const scale = Math.min(mostPixels / Math.max(bitmap.width, bitmap.height), 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(Math.round(bitmap.width * scale), 1);
  canvas.height = Math.max(Math.round(bitmap.height * scale), 1);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/** Calls take(file) for what is dropped on `target` or chosen in `input`. */
export function takePictures(target, input, take) {
  const over = (on) => (event) => {
    event.preventDefault();
    target.classList.toggle("dropping", on);
  };
  target.addEventListener("dragover", over(true));
  target.addEventListener("dragleave", over(false));
  target.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
  });
  input.addEventListener("change", () => {
    if (input.files.length > 0) take(input.files[0]);
    input.value = "";
  });
}
