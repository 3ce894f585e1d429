#!/usr/bin/env python3
"""Random models of the real Keras, and the antler command held against them.

For each seed and each Keras, make_cases.py writes cases and check_cases.py judges them. Two seeds are at work at a time.
Without --seeds, fresh ones are drawn; they are printed, and with --seeds give the same cases again.

A training that rounding alone decides, as Keras itself shows (second_opinion.py), is undetermined: neither passed nor
failed. More than three such cases in a hundred are a failure all the same: rounding is not as common as that.

  parity.py ANTLER [--seeds 1 2 3] [--keras3 100] [--keras2 50] [--keep DIR]
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import second_opinion

HERE = pathlib.Path(__file__).resolve().parent
AT_A_TIME = 2
UNDETERMINED_IN_A_HUNDRED = 3
LAST_LINE = re.compile(r"(\d+) passed, (\d+) failed")  # of check_cases.py

# oneDNN cannot do every small gradient: on some processors TensorFlow dies of it, "invalid fastbin entry".
ENVIRONMENT = {**os.environ, "TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def run(script, *words):
    """What the script says, both streams in one, and whether it was content."""
    command = [sys.executable, HERE / script, *map(str, words)]
    done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout, done.returncode == 0


def count(lines, well):
    """How many checks passed, failed and are undetermined, and in how many cases the last are.

    `lines` are those of check_cases.py after the second opinion, and `well` is whether it was content.
    """
    last = next(filter(None, map(LAST_LINE.fullmatch, reversed(lines))), None)
    passed, failed_at_first = map(int, last.groups()) if last else (0, 0)
    undetermined = [line for line in lines if line.startswith("UNDETERMINED ")]
    failed = sum(line.startswith("FAIL ") for line in lines)
    if not well and not failed_at_first:  # it stopped before its end, or had nothing to check
        failed += 1
    cases = {re.search(r" ([^/ ]+)/", line)[1] for line in undetermined}
    return collections.Counter({"passed": passed, "failed": failed, "undetermined": len(undetermined),
                                "undetermined cases": len(cases)})


def in_words(counts):
    return ", ".join(f"{counts[word]} {word}" for word in ("passed", "failed", "undetermined"))


def judge(antler, version, seed, cases, folder):
    """The report on `cases` cases of one Keras and one seed, and the counts of its checks."""
    at = folder / f"keras{version}-{seed}"
    words = ["--seed", seed, "--count", cases, "--out", at, *(["--keras2"] if version == 2 else [])]
    made, well = run("make_cases.py", *words)
    if not well:
        return f"make_cases.py failed:\n{made}", collections.Counter(failed=1)
    report, well = run("check_cases.py", "--antler", antler, "--cases", at)
    lines = second_opinion.judge(report.splitlines(), at)
    counts = count(lines, well) + collections.Counter(cases=cases)
    return "\n".join([*(line for line in lines if not LAST_LINE.fullmatch(line)), in_words(counts)]), counts


def is_well(counts):
    """Whether nothing failed, and what is undetermined is as rare as rounding makes it."""
    allowed = UNDETERMINED_IN_A_HUNDRED * counts["cases"] / 100
    return counts["failed"] == 0 and counts["undetermined cases"] <= allowed


def judge_all(options, folder):
    cases = {3: options.keras3, 2: options.keras2}
    jobs = [(version, seed) for seed in options.seeds for version in cases if cases[version]]
    total = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as workers:
        reports = workers.map(lambda job: judge(options.antler, *job, cases[job[0]], folder), jobs)
        for (version, seed), (report, counts) in zip(jobs, reports):
            print(f"Keras {version}, seed {seed}, {cases[version]} cases\n{report}", flush=True)
            total += counts
    print(f"in all {in_words(total)}; {total['undetermined cases']} of {total['cases']} cases are undetermined,",
          f"{UNDETERMINED_IN_A_HUNDRED} in a hundred may be")
    return is_well(total)


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
