#!/usr/bin/env python3
"""The real Keras on a training that antler did not repeat: would Keras?

About one case in a hundred is decided by rounding alone. The gradient of a bias in front of a BatchNormalization,
say, is zero but for rounding, and Adam makes a whole step of that. So Keras trains the same file again, as usual and
with other rounding. Where it keeps to its record as usual, but with other rounding leaves it by at least half of what
antler is allowed, the check is undetermined. A record that Keras misses as usual too is no matter of rounding: the
check stays failed. Another number of cores is other rounding too: ask on as many as the case was made on.

  second_opinion.py CASE FILE ROUNDING    how far Keras is from the record of the folder CASE after training its FILE
"""

import functools
import importlib
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import typing

USUAL, XLA, ONEDNN = "as usual", "with XLA", "with oneDNN"
SECONDS = 600  # XLA compiles some of the models for half a minute

# What check_cases.py calls its checks of training, and which of Keras's own gaps belongs to each. No other check is a
# matter of rounding: a prediction or an evaluation with the same weights has hardly any.
GAPS = {"fit history": "history", "fit predictions": "predictions",
        "Keras trains on from antler's file": "one more epoch"}
# NaN, other shapes, and a line that check_cases.py cut off at 300 characters do not match: those stay failures.
FAILURE = re.compile(
    rf"FAIL ({'|'.join(GAPS)}) ([^/ ]+)/(\S+) \[.*\] differs by (\d\.\d\de[+-]\d\d), limit (\de-\d\d)")
UNTRAINED = re.compile(r"FAIL (?:predict|evaluate) (\S+) .*")


class Failure(typing.NamedTuple):
    """A check of training that failed: by how much, and how much was allowed."""

    check: str
    case: str
    file: str
    gap: float
    limit: float


def read_failure(line):
    """What a line of check_cases.py says, or None where it is not of a training."""
    found = FAILURE.fullmatch(line)
    return Failure(*found.groups()[:3], *map(float, found.groups()[3:])) if found else None


def is_undetermined(limit, own):
    """Whether Keras, whose gaps with each rounding are `own`, keeps to its record with the usual one only."""
    others = [gap for rounding, gap in own.items() if rounding != USUAL and math.isfinite(gap)]
    return own.get(USUAL, math.inf) < limit / 2 <= max(others, default=0.0)


@functools.cache
def ask(folder, file, rounding):
    """Keras's gaps, from a process of its own: oneDNN is chosen at import, and TensorFlow at times dies of it.

    Then there are none.
    """
    command = [sys.executable, __file__, folder, file, rounding]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=SECONDS,
                              check=False)
    except subprocess.TimeoutExpired:
        return {}
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}


def judge(lines, cases):
    """The lines of check_cases.py, those of trainings with Keras's own gaps, and some no longer FAIL but UNDETERMINED.

    Not where the file's predictions or scores are wrong before any training: then it is not the training that failed.
    """
    wrong_before = {found[1] for found in map(UNTRAINED.fullmatch, lines) if found}
    failures = [(line, read_failure(line)) for line in lines]
    return [judge_training(line, failure, cases) if failure and f"{failure.case}/{failure.file}" not in wrong_before
            else line for line, failure in failures]


def judge_training(line, failure, cases):
    answers = {rounding: ask(cases / failure.case, failure.file, rounding) for rounding in (USUAL, XLA, ONEDNN)}
    own = {rounding: gaps[GAPS[failure.check]] for rounding, gaps in answers.items() if gaps}
    words = ", ".join(f"{gap:.2e} {rounding}" for rounding, gap in own.items()) or "no answer"
    verdict = "UNDETERMINED" if is_undetermined(failure.limit, own) else "FAIL"
    return f"{verdict}{line.removeprefix('FAIL')}; Keras itself: {words}"


def gap_between(found, expected):
    """As check_cases.py measures: the largest difference, relative to the larger of 1 and the value."""
    found, expected = found.astype("float64").ravel(), expected.astype("float64").ravel()
    return float((abs(found - expected) / abs(expected).clip(1.0)).max())


def train(folder, file, rounding):
    """Keras's gaps after it trained as the case says. TensorFlow must not have been imported before."""
    os.environ.update(TF_ENABLE_ONEDNN_OPTS=str(int(rounding == ONEDNN)), TF_CPP_MIN_LOG_LEVEL="3",
                      CUDA_VISIBLE_DEVICES="")
    case = json.loads((folder / "case.json").read_text())
    keras = importlib.import_module("tf_keras" if case["format"] == "keras2" else "keras")
    np = importlib.import_module("numpy")
    x, y, trained = (np.load(folder / f"{name}.npy") for name in ("x", "y", "trained"))
    model = keras.models.load_model(str(folder / file))
    if rounding == XLA:
        model.jit_compile = True

    def losses(epochs):
        batch = case["fit"]["batch_size"]
        return np.array(model.fit(x, y, batch_size=batch, epochs=epochs, shuffle=False, verbose=0).history["loss"])

    return {"history": gap_between(losses(case["fit"]["epochs"]), np.array(case["history"]["loss"])),
            "predictions": gap_between(model.predict(x, verbose=0), trained),
            "one more epoch": gap_between(losses(1), np.array(case["loss_of_one_more_epoch"]))}


if __name__ == "__main__":
    print(json.dumps(train(pathlib.Path(sys.argv[1]), *sys.argv[2:])))
