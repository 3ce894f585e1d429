"""examples/lesson05.cpp runs on made-up digits, from both CSV files to the submission.

lesson05_test.py LESSON05    where LESSON05 is the program
"""

import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LESSON05 = sys.argv.pop(1)
PIXELS = [f"pixel{i}" for i in range(784)]


def write_csv(path, header, rows):
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in [header, *rows]))


def digit(label, numbers):
    """An image with a bright band whose place tells the label, under some noise."""
    return [200 + numbers.randrange(56) if i // 28 // 2 == label else numbers.randrange(30) for i in range(784)]


class Lesson05(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        numbers = random.Random(5)
        train = [[i % 10, *digit(i % 10, numbers)] for i in range(80)]
        write_csv(self.folder / "train.csv", ["label", *PIXELS], train)
        write_csv(self.folder / "test.csv", PIXELS, [digit(i, numbers) for i in range(7)])

    def run_lesson(self, *words):
        return subprocess.run([LESSON05, *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def test_leaves_a_model_and_a_submission(self):
        run = self.run_lesson("train.csv", "test.csv", "1")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("1,886,354", run.stdout, "the summary counts other parameters than the lesson's")
        self.assertEqual((self.folder / "cnn_net_model.h5").read_bytes()[:8], b"\x89HDF\r\n\x1a\n")
        header, *rows = (self.folder / "mnist_output.csv").read_text().splitlines()
        self.assertEqual(header, "ImageId,Label")
        self.assertEqual([row.split(",")[0] for row in rows], [str(i) for i in range(1, 8)])
        self.assertLessEqual({row.split(",")[1] for row in rows}, set("0123456789"))

    def test_says_in_one_line_which_file_is_missing(self):
        run = self.run_lesson("nowhere.csv")
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"^lesson05: .*nowhere\.csv.*\n$")


if __name__ == "__main__":
    unittest.main()
