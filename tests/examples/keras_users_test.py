"""examples/keras_users.cpp runs, and docs/keras-users.md shows no line of C++ that is not in it.

keras_users_test.py KERAS_USERS    where KERAS_USERS is the program
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = sys.argv.pop(1)
PROJECT = Path(__file__).resolve().parent.parent.parent


def without_blanks(text):
    return re.sub(r"\s+", "", text)


class KerasUsers(unittest.TestCase):
    def test_leaves_a_model_in_each_format_and_what_callbacks_write(self):
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run([PROGRAM], cwd=folder, capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn("the same predictions: yes", run.stdout)
            self.assertIn("2 weights to train", run.stdout)
            files = {path.name for path in Path(folder).iterdir()}
            self.assertLessEqual(
                {"model.keras", "model.h5", "model.weights.h5", "model.svg", "best.keras", "log.csv"}, files
            )

    def test_the_page_shows_code_of_the_program_alone(self):
        program = without_blanks((PROJECT / "examples/keras_users.cpp").read_text())
        page = (PROJECT / "docs/keras-users.md").read_text()
        shown = [row.split(" | ")[1] for row in page.splitlines() if row.startswith("| `") and " | `" in row]
        code = [piece for cell in shown for piece in re.findall(r"`([^`]+)`", cell)]
        self.assertGreater(len(code), 20)
        for piece in code:
            self.assertIn(without_blanks(piece), program)

    def test_the_page_names_tests_that_there_are(self):
        page = (PROJECT / "docs/keras-users.md").read_text()
        sources = "".join(path.read_text() for path in (PROJECT / "tests").rglob("*_test.*"))
        names = re.findall(r"`([A-Za-z0-9]+\.[A-Z][A-Za-z0-9]+)` *\|", page)
        self.assertGreater(len(names), 5)
        for suite, name in (each.split(".") for each in names):
            self.assertRegex(sources, rf"TEST\({suite}, {name}\)")


if __name__ == "__main__":
    unittest.main()
