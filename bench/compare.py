"""Times antler against what its users would run instead, in turns (A B A B), and writes it into docs/performance.md.

compare.py --antler build/antler --kernels build/antler_bench --digits FOLDER --keras-python PYTHON [--rounds 3] [PART ...]

FOLDER holds train.csv and test.csv, or their .gz. Without a PART all are measured; what is not measured stays on the page as it
was. Absolute seconds mean little: machines differ and are shared. Ratios of medians of one run are what counts; the machine's
measured peaks stand beside them.
"""
import argparse
import importlib
import pathlib
import sys
import tempfile
import time

import workloads
from machine import Machine
from report import Page, parse_for_page

PARTS = ("kernels", "lesson", "networks", "prediction", "reading", "footprint", "growth")
DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"


class Bench:
    """What the parts share: whom to time, on which machine and on what, how often, and where pictures go."""

    def __init__(self, arguments, folder):
        self.antler, self.kernels, self.keras_python = arguments.antler, arguments.kernels, arguments.keras_python
        self.rounds = arguments.rounds
        self.pictures = arguments.page.parent / "images"
        self.machine = Machine(arguments.kernels)
        self.digits_folder, self.folder = arguments.digits, folder

    def digits(self):
        return workloads.digits(self.digits_folder, self.folder)

    def images(self, count, size, channels):
        return workloads.images(self.folder, count, size, channels)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--antler", required=True, type=pathlib.Path)
    parser.add_argument("--kernels", required=True, type=pathlib.Path)
    parser.add_argument("--digits", required=True, type=pathlib.Path)
    parser.add_argument("--keras-python", required=True, help="a Python with Keras and TensorFlow")
    parser.add_argument("--rounds", type=int, default=3)
    return parse_for_page(parser, DOCS / "performance.md", PARTS)


def main():
    arguments = parse()
    page = Page(arguments.page)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        print(bench.machine, flush=True)
        for part in arguments.parts or PARTS:
            start = time.perf_counter()
            measured = importlib.import_module(f"parts.{part}").run(bench)
            print(f"\n## {part}\n\n{measured}", flush=True)
            print(f"({part}: {time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)
            page.put(part, f"{bench.machine}\n\n{measured}")
    print(f"\nWritten to {arguments.page}")


if __name__ == "__main__":
    main()
