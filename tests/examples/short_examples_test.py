"""The short programs of examples/ run, and do what they say.

short_examples_test.py FOLDER ANTLER    where FOLDER has the programs, and ANTLER is the command
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "docs"))

from sample_folder import SampleFolder  # noqa: E402

ANTLER = Path(sys.argv.pop(2)).resolve()
PROGRAMS = Path(sys.argv.pop(1)).resolve()


class ShortExamples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = SampleFolder(ANTLER)
        cls.addClassCleanup(cls.folder.close)

    def run_example(self, name, *words):
        run = subprocess.run(
            [PROGRAMS / name, *words], cwd=self.folder.path, capture_output=True, text=True, check=False
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_load_and_predict_gives_what_the_command_gives(self):
        rows = self.run_example("load_and_predict", "model.keras", "x.npy").splitlines()
        self.assertEqual(len(rows), 60)
        likeliest = [max(range(10), key=lambda i, row=row: float(row.split()[i])) for row in rows]
        self.folder.must_run("antler predict model.keras --x x.npy --classes -o classes.npy")
        stored = (self.folder.path / "classes.npy").read_bytes()[-60 * 4 :]
        classes = memoryview(stored).cast("f").tolist()
        self.assertEqual(likeliest, [int(number) for number in classes])

    def test_fine_tune_gives_back_a_model_with_the_new_layer(self):
        out = self.run_example("fine_tune", "model.keras", "x.npy", "y.npy", "tuned.keras")
        self.assertEqual(out.count("Epoch 5/5"), 2)
        summary = self.folder.must_run("antler summary tuned.keras")
        self.assertIn("new_classes", summary)
        self.assertRegex(summary, r"Non-trainable params: +0 ")

    def test_branches_trains_both_outputs(self):
        out = self.run_example("branches")
        losses = [float(value) for value in re.findall(r" loss: ([0-9.e+-]+)", out)]
        self.assertLess(losses[-1], losses[0])
        self.assertIn("digit_accuracy", out)
        self.assertIn("(Concatenate)", (self.folder.path / "branches.svg").read_text())

    def test_custom_callback_stops_at_its_goal(self):
        out = self.run_example("custom_callback")
        epochs = int(re.search(r"below the goal after (\d+) epochs", out)[1])
        self.assertLess(epochs, 1000)
        self.assertEqual(len(out.splitlines()), epochs + 1)

    def test_streaming_learns_what_it_is_shown(self):
        accuracy = float(re.search(r"accuracy ([0-9.]+) after 4 epochs", self.run_example("streaming"))[1])
        self.assertGreater(accuracy, 0.9)

    def test_fashion_mnist_tells_clothes_apart(self):
        debian = "/usr/share/datasets/fashion-mnist"
        out = self.run_example("fashion_mnist", debian, "3", "6000")
        accuracy = float(re.search(r"test accuracy: ([0-9.]+)", out)[1])
        self.assertGreater(accuracy, 0.6)  # guessing gives a tenth
        self.assertIn("(None, 10)", self.folder.must_run("antler summary fashion_mnist.keras"))


if __name__ == "__main__":
    unittest.main()
