"""The examples that take a Keras model from Python and give one back, with the real Keras at both ends.

examples_test.py FOLDER    where FOLDER has the programs
"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402
import numpy as np  # noqa: E402

PROGRAMS = Path(sys.argv.pop(1)).resolve()


class Examples(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        keras.utils.set_random_seed(3)
        layers = keras.layers
        convolution = layers.Conv2D(4, 3, activation="relu")
        self.model = keras.Sequential(
            [layers.Input((8, 8, 1)), convolution, layers.Flatten(), layers.Dense(5, activation="softmax")]
        )
        self.model.compile("adam", "categorical_crossentropy")
        self.model.save(self.folder / "model.keras")
        numbers = np.random.default_rng(3)
        self.x = numbers.random((24, 8, 8, 1), dtype=np.float32)
        np.save(self.folder / "x.npy", self.x)

    def run_example(self, name, *words):
        run = subprocess.run(
            [PROGRAMS / name, *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_load_and_predict_agrees_with_keras(self):
        rows = self.run_example("load_and_predict", "model.keras", "x.npy").splitlines()
        found = np.array([[float(value) for value in row.split()] for row in rows])
        np.testing.assert_allclose(found, self.model.predict(self.x, verbose=0), atol=6e-5)

    def test_fine_tune_gives_back_what_keras_loads_and_trains(self):
        y = keras.utils.to_categorical(np.arange(24) % 3, 3)
        np.save(self.folder / "y.npy", y.astype(np.float32))
        self.run_example("fine_tune", "model.keras", "x.npy", "y.npy", "tuned.keras")
        tuned = keras.models.load_model(self.folder / "tuned.keras")
        self.assertEqual([layer.name for layer in tuned.layers][-1], "new_classes")
        self.assertEqual(tuned.predict(self.x, verbose=0).shape, (24, 3))
        tuned.fit(self.x, y, epochs=1, verbose=0)


if __name__ == "__main__":
    unittest.main()
