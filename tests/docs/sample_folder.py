"""A folder with the files that examples of the help and of the docs speak of, small, and a way to run commands in it."""

import json
import os
import random
import re
import select
import signal
import struct
import subprocess
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PIXELS = [f"pixel{i}" for i in range(784)]
SECONDS = 300  # more than any example may take


def digit(label, numbers):
    """An image with a bright band whose place tells the label, under some noise."""
    return [200 + numbers.randrange(56) if i // 28 // 2 == label else numbers.randrange(30) for i in range(784)]


def write_csv(path, header, rows):
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in [header, *rows]))


def write_npy(path, shape, values):
    """A NumPy array of float32, version 1.0 of the format."""
    header = str({"descr": "<f4", "fortran_order": False, "shape": tuple(shape)}).encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
    path.write_bytes(start + struct.pack(f"<{len(values)}f", *values))


def dense_model():
    """A Sequential of one softmax layer on digits, compiled, as Keras writes it as JSON."""
    input_layer = {"class_name": "InputLayer", "config": {"batch_shape": [None, 28, 28, 1], "name": "input"}}
    flatten = {"class_name": "Flatten", "config": {"name": "flatten"}}
    dense = {"class_name": "Dense", "config": {"name": "dense", "units": 10, "activation": "softmax"}}
    layers = [{"module": "keras.layers", **layer} for layer in (input_layer, flatten, dense)]
    training = {"optimizer": "rmsprop", "loss": "categorical_crossentropy", "metrics": ["accuracy"]}
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "sequential", "layers": layers},
        "compile_config": training,
    }


def shortened(script):
    """The script, training for a moment where it says how long to."""
    return re.sub(r"--minutes \S+", "--minutes 0.5", re.sub(r"--members \S+", "--members 2", script))


class SampleFolder:
    """Made anew; `path` is gone after close()."""

    def __init__(self, antler):
        self._temporary = tempfile.TemporaryDirectory()
        self.path = Path(self._temporary.name)
        (self.path / "bin").mkdir()
        (self.path / "bin/antler").symlink_to(Path(antler).resolve())
        (self.path / "build").symlink_to("bin")
        self._write_digits()
        self._write_models()

    def close(self):
        self._temporary.cleanup()

    def _write_digits(self):
        numbers = random.Random(7)
        digits = [digit(i % 10, numbers) for i in range(60)]
        write_csv(self.path / "train.csv", ["label", *PIXELS], [[i % 10, *row] for i, row in enumerate(digits)])
        write_csv(self.path / "test.csv", PIXELS, digits[:20])
        subprocess.run(["gzip", "-k", "train.csv", "test.csv"], cwd=self.path, check=True)
        write_npy(self.path / "x.npy", (60, 28, 28, 1), [pixel / 255 for row in digits for pixel in row])
        write_npy(self.path / "y.npy", (60, 10), [float(i % 10 == j) for i in range(60) for j in range(10)])

    def _write_models(self):
        (self.path / "model.json").write_text(json.dumps(dense_model()))
        self.must_run("antler convert model.json model.h5")
        self.must_run("antler fit model.h5 --x x.npy --y y.npy --epochs 2 -o model.keras --history history.json")
        self.must_run("antler convert model.keras model.weights.h5")
        for name in ("cnn_net_model.h5", "one.h5", "two.h5", "trained.h5"):
            self.must_run(f"antler convert model.keras {name}")

    def run(self, script):
        """What became of a bash script that stops at its first failure. A server is asked to end once it speaks."""
        environment = {**os.environ, "PATH": f"{self.path}/bin:{os.environ['PATH']}"}
        words = ["bash", "-euo", "pipefail", "-c", shortened(script)]
        if " serve" in script:
            return self._serve(words, environment)
        return subprocess.run(
            words, cwd=self.path, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def _serve(self, words, environment):
        words[-1] = "exec " + words[-1].strip()
        server = subprocess.Popen(
            words, cwd=self.path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        speaks, _, _ = select.select([server.stdout], [], [], 30)
        first = server.stdout.readline() if speaks else ""
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=SECONDS)
        code = 0 if server.returncode == 130 else server.returncode
        return subprocess.CompletedProcess(words, code, first + out, err)

    def must_run(self, script):
        done = self.run(script)
        if done.returncode != 0:
            raise AssertionError(f"{script}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout
