"""What the tests against the real Keras share: both Kerases, the antler command, and how the two are compared.

A test program is called with the antler command as its first argument, and ends with harness.main().
"""
import json
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # oneDNN cannot do every small gradient, nor the same twice

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402

# TensorFlow 2.21 folds a normalisation over another axis than the last into the convolution before it, wrongly: predict()
# and a plain call of the same model then differ. antler agrees with the plain call.
tf.config.optimizer.set_experimental_options({"remapping": False})

logging.getLogger("absl").setLevel(logging.ERROR)  # Keras 3 warns of each .h5 that it is legacy
tf.get_logger().setLevel(logging.ERROR)

BOTH = {"Keras 3": keras, "Keras 2": tf_keras}
ANTLER = None


def main():
    global ANTLER
    ANTLER = sys.argv.pop(1)
    unittest.main(module="__main__")


def is_keras_2(library):
    return library is tf_keras


def formats(library):
    """The endings of the files that a Keras writes and antler reads."""
    return [".h5"] if is_keras_2(library) else [".keras", ".h5"]


def antler(*words):
    run = subprocess.run([ANTLER, *map(str, words)], capture_output=True, text=True, timeout=300, check=False)
    if run.returncode != 0:
        raise AssertionError(f"antler {' '.join(map(str, words))}: exit {run.returncode}: {run.stderr.strip()}")
    return run.stdout


def listed(arrays):
    return list(arrays) if isinstance(arrays, (list, tuple)) else [arrays]


def could_save(model, file):
    """Saves it; False where that is an .h5 file of layers of augmentation, some of which Keras 3 cannot write."""
    try:
        model.save(file)
    except TypeError as error:
        if "cannot pickle" not in str(error):
            raise
        return False
    return True


class KerasTest(unittest.TestCase):
    """A test with a folder of its own. Arrays may be one, or a list where a model has several inputs or outputs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_close(self, found, expected, limit, what):
        found, expected = np.asarray(found, "float64"), np.asarray(expected, "float64")
        self.assertEqual(found.shape, expected.shape, what)
        gap = np.max(np.abs(found - expected) / np.maximum(1.0, np.abs(expected)), initial=0.0)
        self.assertLessEqual(gap, limit, what)

    def assert_all_close(self, found, expected, limit, what):
        self.assertEqual(len(listed(found)), len(listed(expected)), what)
        for each_found, each_expected in zip(listed(found), listed(expected)):
            self.assert_close(each_found, each_expected, limit, what)

    def save_arrays(self, option, arrays):
        """["--x", FILE, "--x", FILE]: one for each array."""
        words = []
        for i, array in enumerate(listed(arrays)):
            file = self.folder / f"{option.strip('-')}{i}.npy"
            np.save(file, np.asarray(array, "float32"))
            words += [option, file]
        return words

    def predict(self, model, x, outputs=1):
        files = [self.folder / f"p{i}.npy" for i in range(outputs)]
        antler("predict", model, *self.save_arrays("--x", x), *[word for file in files for word in ("-o", file)])
        predictions = [np.load(file) for file in files]
        return predictions if outputs > 1 else predictions[0]

    def evaluate(self, model, x, y, batch):
        data = [*self.save_arrays("--x", x), *self.save_arrays("--y", y)]
        return json.loads(antler("evaluate", model, *data, "--batch-size", batch, "--json"))

    def fit(self, model, x, y, batch, epochs, out):
        """The history of training `model` on, unshuffled; leaves the trained one in `out`."""
        history = self.folder / "history.json"
        data = [*self.save_arrays("--x", x), *self.save_arrays("--y", y)]
        antler("fit", model, *data, "--batch-size", batch, "--epochs", epochs, "--no-shuffle", "-o", out, "--history", history)
        return json.loads(history.read_text())

    def save(self, model, library, name="model"):
        """The model's files, one for each format. Keras 3 takes the optimizer from a model that it writes as .h5: that last."""
        files = [self.folder / (name + ending) for ending in formats(library)]
        return [file for file in files if could_save(model, file)]

    def hold_against(self, library, model, x, y, batch=4, epochs=3):
        """antler predicts, evaluates and trains on from every file of a compiled model as Keras does, and gives it back."""
        files = self.save(model, library)
        outputs = len(model.outputs)
        predictions = model.predict(x, verbose=0)
        scores = model.evaluate(x, y, batch_size=batch, verbose=0, return_dict=True)
        history = model.fit(x, y, batch_size=batch, epochs=epochs, shuffle=False, verbose=0).history
        trained_predictions = model.predict(x, verbose=0)
        for file in files:
            with self.subTest(file.suffix):
                trained = self.folder / f"trained{file.suffix}"
                self.assert_all_close(self.predict(file, x, outputs), predictions, 2e-5, "predictions")
                found = self.evaluate(file, x, y, batch)
                self.assertEqual(sorted(found), sorted(scores))
                for name, score in scores.items():
                    self.assert_close(found[name], score, 1e-4, f"evaluation: {name}")
                ours = self.fit(file, x, y, batch, epochs, trained)
                for name in history:
                    self.assert_close(ours[name], history[name], 2e-3, f"training on: {name}")
                ours_trained = self.predict(trained, x, outputs)
                self.assert_all_close(ours_trained, trained_predictions, 5e-3, "predictions after training on")
                again = library.models.load_model(trained).predict(x, verbose=0)
                self.assert_all_close(again, ours_trained, 2e-5, "what Keras predicts from antler's file")
