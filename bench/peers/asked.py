"""What the peers have in common: they stay, and work whenever a line on standard input asks them to."""
import json
import resource
import sys
import time


def answer(**values):
    print(json.dumps(values), flush=True)


def timed(work):
    """The seconds that work() takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def serve(warm_up, work):
    """For each batch size that a line asks for: warm_up(batch_size), the first time, then {"seconds": ...} of
    work(batch_size) and the process's greatest memory so far, {"peak_bytes": ...}."""
    seen = set()
    for line in sys.stdin:
        batch_size = int(line)
        if batch_size not in seen:
            seen.add(batch_size)
            warm_up(batch_size)
        seconds = timed(lambda: work(batch_size))
        answer(seconds=seconds, peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
