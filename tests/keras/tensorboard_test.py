"""TensorBoard itself reads the event files of the TensorBoard callback, under Keras's tags.

tensorboard_test.py PROGRAM    where PROGRAM is tensorboard_run
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

PROGRAM = sys.argv.pop(1)
LOSSES = ["loss", "mae"]


def read(folder):
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0})
    events.Reload()
    return events


def values(events, tag):
    """(step, value) of each event."""
    return [(event.step, tensor_util.make_ndarray(event.tensor_proto)) for event in events.Tensors(tag)]


class EventFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        run = subprocess.run([PROGRAM, folder.name], capture_output=True, text=True, timeout=60, check=True)
        cls.history = json.loads(run.stdout)
        cls.train, cls.validation = (read(pathlib.Path(folder.name) / name) for name in ("train", "validation"))

    def assert_scalars(self, events, tag, steps, expected=None):
        found = values(events, tag)
        self.assertEqual([step for step, _ in found], steps, tag)
        self.assertEqual(events.SummaryMetadata(tag).plugin_data.plugin_name, "scalars")
        if expected is not None:
            np.testing.assert_array_equal([value for _, value in found], np.float32(expected), tag)

    def test_have_the_tags_of_keras(self):
        self.assertEqual(sorted(self.train.Tags()["tensors"]),
                         ["batch_loss", "batch_mae", "dense/bias/histogram", "dense/kernel/histogram",
                          "epoch_learning_rate", "epoch_loss", "epoch_mae"])
        self.assertEqual(sorted(self.validation.Tags()["tensors"]),
                         ["epoch_loss", "epoch_mae", "evaluation_loss_vs_iterations", "evaluation_mae_vs_iterations"])

    def test_have_the_history_by_epoch(self):
        for name in LOSSES:
            self.assert_scalars(self.train, f"epoch_{name}", [0, 1, 2], self.history[name])
            self.assert_scalars(self.validation, f"epoch_{name}", [0, 1, 2], self.history[f"val_{name}"])
        self.assert_scalars(self.train, "epoch_learning_rate", [0, 1, 2], [0.01] * 3)

    def test_have_every_other_batch(self):
        for name in LOSSES:
            self.assert_scalars(self.train, f"batch_{name}", [2, 4, 6, 8, 10, 12])

    def test_have_evaluations_by_updates(self):
        for name in LOSSES:
            self.assert_scalars(self.validation, f"evaluation_{name}_vs_iterations", [4, 8, 12],
                                self.history[f"val_{name}"])

    def test_have_histograms_of_all_weights(self):
        self.assertEqual(self.train.SummaryMetadata("dense/kernel/histogram").plugin_data.plugin_name, "histograms")
        for step, ranges in values(self.train, "dense/kernel/histogram"):
            self.assertEqual(ranges.shape, (30, 3))
            self.assertEqual(ranges[:, 2].sum(), 2)
            np.testing.assert_allclose(ranges[1:, 0], ranges[:-1, 1])


if __name__ == "__main__":
    unittest.main()
