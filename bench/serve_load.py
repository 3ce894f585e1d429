"""Many visitors of `antler digits serve` at a time: does each get an answer, how soon, and does the server grow?

serve_load.py ANTLER MODEL [--clients 200] [--seconds 60] [--every 0.5] [--alone 200]
Starts the server, first lets one visitor draw alone, then many at a time, each sending a drawing every so many seconds on a
connection that stays open; for so many seconds, and on a slow machine until each has had ANSWERS. Fails when a request fails,
when the median of the server's memory, from when each visitor had a few answers, a quarter of the time at least, grows by more
than a tenth and WARM_UP from the first quarter to the last, or when the median of the one who draws alone is 50 ms or more."""

import argparse
import asyncio
import json
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

SIDE = 112


def drawing(seed):
    """What the page sends: a crooked stroke on a black square."""
    random.seed(seed)
    pixels = [0] * (SIDE * SIDE)
    x = random.uniform(35, 75)
    for y in range(15, 95):
        x = min(max(x + random.uniform(-1.5, 1.5), 10), SIDE - 10)
        for column in range(int(x) - 4, int(x) + 5):
            pixels[y * SIDE + column] = 255
    body = json.dumps({"width": SIDE, "height": SIDE, "pixels": pixels}, separators=(",", ":"))
    return (f"POST /api/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


async def ask(reader, writer, request):
    """Sends a drawing, waits for the answer; gives the seconds it took."""
    start = time.perf_counter()
    writer.write(request)
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length:"))
    answer = json.loads(await reader.readexactly(length))
    took = time.perf_counter() - start
    if not head.startswith("HTTP/1.1 200") or abs(sum(answer["probabilities"]) - 1) > 1e-3:
        raise RuntimeError(f"{head.splitlines()[0]} {answer}")
    return took


async def visit(port, number, goes_on, every, times, errors):
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = drawing(number)
        await asyncio.sleep(every * random.random())
        while goes_on():
            times.append(await ask(reader, writer, request))
            await asyncio.sleep(every)
        writer.close()
    except (OSError, asyncio.IncompleteReadError, RuntimeError, ValueError) as error:
        errors.append(f"visitor {number}: {error!r}")


WARM_UP = 16 * 1024  # kilobytes, until batches of every size have been seen
FEW_ANSWERS = 8  # by then a visitor's connection holds all the memory that it needs
ANSWERS = 16  # of each visitor, until memory has had the time to grow
LONGEST = 10  # times the seconds asked for


def memory(process):
    """Kilobytes of the server's that are in memory."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise RuntimeError("the server is gone")


async def run(port, process, given):
    alone, times, errors, memories = [], [], [], []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for turn in range(given.alone):
        alone.append(await ask(reader, writer, drawing(turn)))
    writer.close()
    start = time.perf_counter()

    def goes_on():
        passed = time.perf_counter() - start
        few = len(times) < ANSWERS * given.clients and not errors
        return passed < given.seconds or (few and passed < LONGEST * given.seconds)

    visitors = [asyncio.create_task(visit(port, number, goes_on, given.every, times, errors)) for number in range(given.clients)]
    while goes_on():
        await asyncio.sleep(given.seconds / 16)
        memories.append((len(times), memory(process)))
    await asyncio.gather(*visitors)
    return alone, times, errors, memories


def report(alone, times, errors, memories, given):
    median = statistics.median(alone) * 1000
    print(f"one visitor: median {median:.1f} ms of {len(alone)} drawings")
    together = sorted(times)
    print(f"{given.clients} visitors: {len(times)} answers, {len(errors)} errors, "
          f"median {statistics.median(together) * 1000:.1f} ms, 99th percentile {together[len(together) * 99 // 100] * 1000:.1f} ms")
    warm = [size for answers, size in memories[len(memories) // 4:] if answers >= FEW_ANSWERS * given.clients]
    quarter = len(warm) // 4
    if quarter == 0:
        print(f"memory: {len(times)} answers are too few to see whether it grows")
        before = after = 0
    else:
        before, after = (statistics.median(sizes) for sizes in (warm[:quarter], warm[-quarter:]))
        print(f"memory: {before / 1024:.1f} MB once all was warm, {after / 1024:.1f} MB at the end")
    print(*errors[:10], sep="\n")
    return not errors and median < 50 and after <= 1.1 * before + WARM_UP


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("antler")
    parser.add_argument("model")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=0.5)
    parser.add_argument("--alone", type=int, default=200)
    given = parser.parse_args()
    process = subprocess.Popen([given.antler, "digits", "serve", "-m", given.model, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r"http://\S+:(\d+)", process.stdout.readline())[1])
        good = report(*asyncio.run(run(port, process, given)), given)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=30)
    sys.exit(0 if good and code == 0 else 1)


if __name__ == "__main__":
    main()
