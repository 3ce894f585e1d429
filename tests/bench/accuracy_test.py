"""bench/accuracy.py: with a stand-in for the command, that answers at once, and with the command itself on a few digits.

accuracy_test.py ANTLER    where ANTLER is the command
"""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ANTLER = Path(sys.argv.pop(1)).resolve()
PROJECT = Path(__file__).resolve().parent.parent.parent
PARTS = ("shipped", "written", "fast", "lesson", "best", "ensemble", "fashion")

# Notes what it is asked, leaves what it is asked for, fails where the file "fails" has the word for it, and adds the file "meanwhile"
# to the page.
STAND_IN = """#!/usr/bin/env bash
here=$(dirname "$0")
echo "$*" >> "$here/asked"
if [[ -s $here/fails && "$*" == *$(cat "$here/fails")* ]]; then echo failed >&2; exit 1; fi
[[ ! -e $here/meanwhile ]] || { cat "$here/meanwhile" >> "$here/docs/accuracy.md"; rm "$here/meanwhile"; }
previous=
for word in "$@"; do
  case $previous in
  -o) [[ $* == *ensemble* && $2 == train ]] && mkdir "$word" && touch "$word"/member-0{1,2}.keras || echo made > "$word" ;;
  --history) echo '{"val_accuracy": [0.9, 0.92], "val_accuracy_together": [0.9, 0.95]}' > "$word" ;;
  esac
  previous=$word
done
row='[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]'
five="$row, $row, $row, $row, $row"
[[ $2 != evaluate ]] || echo "{\\"accuracy\\": 0.5, \\"loss\\": 1.0, \\"confusion\\": [$five, $five]}"
"""


def page_of(parts):
    return "".join(f"Words.\n\n<!-- measured: {part} -->\n\nOld.\n\n<!-- end of {part} -->\n" for part in parts)


class Accuracy(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.antler = self.folder / "antler"
        self.antler.write_text(STAND_IN)
        self.antler.chmod(0o755)
        (self.folder / "train.csv").write_text("label\n")
        self.page = self.folder / "docs" / "accuracy.md"
        self.page.parent.mkdir()
        self.page.write_text(page_of(PARTS))

    def run_script(self, *words, antler=None):
        return subprocess.run(
            [sys.executable, PROJECT / "bench/accuracy.py", "--antler", antler or self.antler, "--digits", self.folder,
             "--runs", self.folder / "runs", "--page", self.page, *words],
            capture_output=True, text=True, check=False)

    def asked(self):
        file = self.folder / "asked"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def test_writes_every_part(self):
        done = self.run_script()
        self.assertEqual(done.returncode, 0, done.stderr)
        text = self.page.read_text()
        self.assertNotIn("Old.", text)
        self.assertEqual(text.count("Words."), len(PARTS))
        self.assertIn("| `fast` | 10 | 50.00 % | 0.000 % |", text)
        self.assertIn("| `best` | 5 | 50.00 % | 0.000 % |", text)
        self.assertIn("| `best`, read with `--moved` | 5 | 50.00 % | 0.000 % |", text)
        self.assertIn("1004: 50.00, 1005: 50.00.", text)
        self.assertIn("| 2 | 92.00 % | 95.00 % |", text)
        self.assertIn("(images/wrong-digits.png)", text)
        self.assertTrue((self.page.parent / "images/wrong-digits.png").exists())

    def test_runs_nothing_twice(self):
        self.run_script("fast")
        self.assertEqual(len([line for line in self.asked() if line.startswith("digits train")]), 10)
        self.assertEqual(self.run_script("fast").returncode, 0)
        self.assertEqual(self.asked(), [])

    def test_goes_on_where_it_was_cut_and_writes_no_part_before_its_end(self):
        (self.folder / "fails").write_text("--seed 2004")
        self.assertNotEqual(self.run_script("fast", "best").returncode, 0)
        self.assertEqual(self.page.read_text(), page_of(PARTS))
        self.asked()
        (self.folder / "fails").write_text("")
        self.assertEqual(self.run_script("fast").returncode, 0)
        trained = [line for line in self.asked() if line.startswith("digits train")]
        self.assertEqual([line.split("--seed ")[1].split()[0] for line in trained], [str(seed) for seed in range(2004, 2011)])

    def test_begins_anew_for_another_build(self):
        self.run_script("fast")
        self.asked()
        self.antler.write_text(STAND_IN + "# another\n")
        self.run_script("fast")
        self.assertEqual(len([line for line in self.asked() if line.startswith("digits train")]), 10)

    def test_begins_an_ensemble_that_was_cut_anew(self):
        (self.folder / "fails").write_text("evaluate")
        self.assertNotEqual(self.run_script("ensemble").returncode, 0)
        kept = next((self.folder / "runs").glob("*/ensemble.json"))
        kept.unlink()  # as if the training itself had been cut
        (self.folder / "fails").write_text("")
        done = self.run_script("ensemble")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_keeps_what_is_written_by_hand_while_it_measures(self):
        (self.folder / "meanwhile").write_text("Later words.\n")
        self.run_script("fast")
        self.assertTrue(self.page.read_text().endswith("Later words.\n"))
        self.assertIn("| `fast` |", self.page.read_text())

    def test_misses_its_page_before_it_measures(self):
        self.page.unlink()
        self.assertIn("there is no page", self.run_script("fast").stderr)
        self.assertEqual(self.asked(), [])

    def test_knows_its_parts(self):
        self.assertIn("expected some of", self.run_script("cake").stderr)

    def test_tries_with_the_command_itself(self):
        shutil.rmtree(self.folder / "runs", ignore_errors=True)
        subprocess.run([ANTLER, "digits", "write", "--count", "400", "--seed", "9", "-o", self.folder / "train.csv"], check=True,
                       stdout=subprocess.DEVNULL)
        done = self.run_script("--trial", "shipped", "written", "fast", antler=ANTLER)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("of 5 times 500 written digits", done.stdout)
        self.assertIn("| `fast` | 1 |", done.stdout)
        self.assertEqual(self.page.read_text(), page_of(PARTS))


if __name__ == "__main__":
    unittest.main()
