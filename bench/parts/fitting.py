"""Trains one network in antler, PyTorch and Keras, all from the same data and, but for PyTorch, the same model file."""
import contextlib
import json
import subprocess

from contestants import PEERS, AntlerFit, in_turns, peer

TORCH_MODES = {"PyTorch, eager": "eager", "PyTorch, channels last": "channels_last", "PyTorch, compiled": "compiled"}


class Network:
    """A network of peers/keras_networks.py with the rows x.npy and y.npy in `data` to train it on."""

    def __init__(self, bench, name, width, size, data, validation=0.0):
        self.bench, self.name, self.width, self.size, self.data = bench, name, width, size, data
        self.validation = validation
        self.model = data / f"{name}-{width}-{size}.keras"
        words = [bench.keras_python, PEERS / "keras_networks.py", name, width, size, self.model]
        written = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
        self.weights = json.loads(written.stdout.strip().splitlines()[-1])["weights"]

    def antler(self, threads=None):
        return AntlerFit(self.bench.antler, self.model, self.data, self.validation, threads)

    def torch(self, mode, threads=None):
        contestant = peer("torch_fit.py", self.name, self.width, self.size, self.data / "x.npy", self.data / "y.npy",
                          self.validation, threads or self.bench.machine.processors, mode)
        weights = contestant.hear()["weights"]
        if weights != self.weights:
            raise ValueError(f"{self.name} has {weights} weights in PyTorch; expected Keras's {self.weights}")
        return contestant

    def keras(self):
        return peer("keras_fit.py", self.model, self.data / "x.npy", self.data / "y.npy", self.validation,
                    python=self.bench.keras_python)


def race(network, batch_sizes, rounds):
    """{batch size: what in_turns() gives} of an epoch."""
    with contextlib.ExitStack() as stack:
        contestants = {"antler": network.antler()}
        for name, mode in TORCH_MODES.items():
            contestants[name] = stack.enter_context(network.torch(mode))
        contestants["Keras on TensorFlow"] = stack.enter_context(network.keras())
        return {size: in_turns(rounds, contestants, size, heats=[list(TORCH_MODES)]) for size in batch_sizes}
