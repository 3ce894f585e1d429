// Talking to the server, and noticing when it is gone.
const watchers = new Set();
let here = true;

/** Calls watcher(true) when the server is back, watcher(false) when it is gone. */
export function watchServer(watcher) {
  watchers.add(watcher);
}

function noteServer(now) {
  if (now === here) return;
  here = now;
  for (const watcher of watchers) watcher(now);
}

/** The answer of `path`; with `body`, of a POST. Throws an Error of one sentence; .gone is true where nobody answered. */
export async function ask(path, body) {
  const how = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  let response, answer;
  try {
    response = await fetch(path, { ...how, signal: AbortSignal.timeout(10000) });
    answer = await response.json();
  } catch (cause) {
    noteServer(false);
    throw Object.assign(new Error("The server is gone.", { cause }), { gone: true });
  }
  noteServer(true);
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

const note = (error) => error.gone || console.error(error);

/** Calls `work` now and then again `pause` milliseconds after each end, while `wanted()`. */
export function repeat(work, pause, wanted = () => true) {
  const turn = async () => {
    if (wanted() && !document.hidden) await work().catch(note);
    setTimeout(turn, pause);
  };
  turn();
}

/** A function that runs `work` as often as it can while it is called, one at a time, and always once after the last call. */
export function latest(work) {
  let busy = false, again = false;
  return async function run() {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await work().catch(note);
    }
    busy = false;
  };
}
