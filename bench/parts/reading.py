"""From a CSV file to an array of float32."""
import contextlib
import subprocess
import time

from contestants import Contestant, in_turns, medians, peer
from report import best_peer, megabytes, times_table

LIBRARIES = ("pandas", "polars", "pyarrow")


class Gzip:
    """`gzip -dc`, which only unpacks."""

    def __init__(self, path):
        self.command = ["gzip", "-dc", str(path)]

    def seconds(self, _):
        start = time.perf_counter()
        subprocess.run(self.command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


def race(bench, path, unpackers=()):
    with contextlib.ExitStack() as stack:
        contestants = {"antler": stack.enter_context(Contestant(bench.kernels, "--read-csv", path))}
        for library in (*LIBRARIES, *unpackers):
            contestants[library] = stack.enter_context(peer("read_csv.py", library, path))
        if unpackers:
            contestants["gzip -dc"] = Gzip(path)
        return in_turns(bench.rounds + 2, contestants, 1)


def run(bench):
    data = bench.digits()
    plain, packed = data / "train.csv", data / "train.csv.gz"
    plain_times, packed_times = race(bench, plain), race(bench, packed, ["zlib"])
    middle, packed_middle = medians(plain_times), medians(packed_times)
    best = best_peer(middle)
    rate = plain.stat().st_size / middle["antler"]
    return (f"**{middle[best] / middle['antler']:.1f} times as fast as the best of them ({best}); gzipped, "
            f"{packed_middle['zlib'] / packed_middle['antler']:.2f} times as fast as zlib unpacks the file without reading a "
            f"number.** {megabytes(plain.stat().st_size)} at {rate / 1e9:.2f} GB/s.\n\n"
            + times_table(plain_times, "train.csv") + "\n\n" + times_table(packed_times, "train.csv.gz"))
