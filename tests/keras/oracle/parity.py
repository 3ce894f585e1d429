#!/usr/bin/env python3
"""Random models of the real Keras, and the antler command held against them.

For each seed and each Keras, make_cases.py writes cases and check_cases.py judges them. Two seeds are at work at a time.
Without --seeds, fresh ones are drawn; they are printed, and with --seeds give the same cases again.

  parity.py ANTLER [--seeds 1 2 3] [--keras3 100] [--keras2 50] [--keep DIR]
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
AT_A_TIME = 2

# oneDNN cannot do every small gradient: on some processors TensorFlow dies of it, "invalid fastbin entry".
ENVIRONMENT = {**os.environ, "TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def run(script, *words):
    """What the script says, both streams in one, and whether it was content."""
    command = [sys.executable, HERE / script, *map(str, words)]
    done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout, done.returncode == 0


def judge(antler, version, seed, count, folder):
    """The report on `count` cases of one Keras and one seed, and whether all is well."""
    cases = folder / f"keras{version}-{seed}"
    made, well = run("make_cases.py", "--seed", seed, "--count", count, "--out", cases, *(["--keras2"] if version == 2 else []))
    if not well:
        return f"make_cases.py failed:\n{made}", False
    return run("check_cases.py", "--antler", antler, "--cases", cases)


def judge_all(options, folder):
    counts = {3: options.keras3, 2: options.keras2}
    jobs = [(version, seed) for seed in options.seeds for version, count in counts.items() if count]
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as workers:
        reports = workers.map(lambda job: judge(options.antler, *job, counts[job[0]], folder), jobs)
        well = True
        for (version, seed), (report, good) in zip(jobs, reports):
            print(f"Keras {version}, seed {seed}, {counts[version]} cases\n{report.rstrip()}", flush=True)
            well = well and good
    return well


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("antler", help="the antler command")
    parser.add_argument("--seeds", nargs="*", type=int, help="three fresh ones by default")
    parser.add_argument("--keras3", type=int, default=100, metavar="COUNT", help="cases of Keras 3 a seed")
    parser.add_argument("--keras2", type=int, default=50, metavar="COUNT", help="cases of Keras 2 a seed")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="leave the cases in DIR")
    options = parser.parse_args()
    options.antler = os.path.abspath(options.antler)
    options.seeds = options.seeds or random.sample(range(1_000_000), 3)
    print("seeds:", *options.seeds, flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        return judge_all(options, options.keep or pathlib.Path(temporary))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
