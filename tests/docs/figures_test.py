"""The figures of the docs are those that the program in docs/figures draws.

figures_test.py FIGURES    where FIGURES is the program

Numbers may differ in the last digits between processors; what is drawn, and the words, may not.
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

FIGURES = Path(sys.argv.pop(1)).resolve()
PROJECT = Path(__file__).resolve().parent.parent.parent


def words(svg):
    """The text of an SVG file, without the numbers at its axes."""
    return [text for text in re.findall(r">([^<\n]+)</", svg) if not re.fullmatch(r"[-+0-9.e]+", text)]


def curves(svg):
    return re.findall(r'class="curve"[^>]* d="([^"]+)"', svg)


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        subprocess.run([FIGURES, cls.folder], check=True)
        cls.drawn = {path.name: path.read_text() for path in cls.folder.glob("*.svg")}

    def test_are_those_of_the_pages(self):
        self.assertEqual(len(self.drawn), 6)
        for name, svg in self.drawn.items():
            kept = (PROJECT / "docs/images" / name).read_text()
            self.assertEqual(words(svg), words(kept), name)
            self.assertEqual(len(curves(svg)), len(curves(kept)), name)

    def test_stand_on_a_page_each(self):
        pages = "".join(path.read_text() for path in (PROJECT / "docs/theory").glob("*.md"))
        for name in self.drawn:
            self.assertIn(f"../images/{name})", pages)


if __name__ == "__main__":
    unittest.main()
