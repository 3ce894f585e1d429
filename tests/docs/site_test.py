"""The links and the spelling of the pages, and the site that is built of them."""

import html
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from pages import PAGES, PROJECT, prose

SOURCES = ["antler", "bench", "cli", "cmake", "digits", "docs", "examples", "scripts", "tests", "README.md"]
SOURCES += ["CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "CMakeLists.txt"]
# Names and terms that codespell takes for something else.
WORDS = "nd,mape"


def anchor(heading):
    """As GitHub and Python's Markdown name a heading."""
    text = re.sub(r"[`*]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(page):
    return {anchor(title) for title in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)}


def links(page):
    """What [text](target) and ![text](target) point to."""
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page)))


class Links(unittest.TestCase):
    def test_lead_to_files_and_headings_that_there_are(self):
        broken = []
        for page in PAGES:
            for link in links(page):
                if re.match(r"https?://", link):
                    continue
                name, _, heading = link.partition("#")
                target = (page.parent / name).resolve() if name else page
                there = target.exists() and (not heading or heading in anchors(target))
                if not there or PROJECT not in target.parents:
                    broken.append(f"{page.relative_to(PROJECT)}: {link}")
        self.assertEqual([], broken)

    def test_elsewhere_are_encrypted(self):
        for page in PAGES:
            for link in links(page):
                self.assertFalse(link.startswith("http://"), f"{page.name}: {link}")

    def test_reach_every_page(self):
        reached = {(page.parent / link.partition("#")[0]).resolve() for page in PAGES for link in links(page)}
        navigation = (PROJECT / "docs/mkdocs.yml").read_text()
        for page in PAGES[1:]:
            name = str(page.relative_to(PROJECT))
            self.assertTrue(page in reached or name in navigation, f"no link leads to {name}")
            self.assertIn(name, navigation)


class Spelling(unittest.TestCase):
    def test_has_no_common_mistakes(self):
        words = ["codespell", "--ignore-words-list", WORDS, *SOURCES]
        done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
        self.assertEqual("", done.stdout + done.stderr)


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        words = [PROJECT / "scripts/build-docs.sh", cls.folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        cls.site = cls.folder / "site"

    def test_has_every_page(self):
        for page in PAGES[1:]:
            self.assertTrue((self.site / page.relative_to(PROJECT)).with_suffix(".html").exists(), page)
        self.assertTrue((self.site / "api/classantler_1_1Model.html").exists())

    def test_links_to_what_there_is(self):
        broken = []
        for page in [*self.site.glob("*.html"), *self.site.glob("docs/**/*.html")]:
            text = page.read_text()
            for link in re.findall(r'(?:href|src)="([^"#?]+)', text):
                if page.name == "404.html" or re.match(r"(https?|data|javascript|mailto):", link):
                    continue
                if not (page.parent / html.unescape(link)).exists():
                    broken.append(f"{page.relative_to(self.site)}: {link}")
        self.assertEqual([], broken)

    def test_takes_nothing_from_elsewhere(self):
        for page in self.site.glob("**/*.html"):
            fetched = re.findall(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="(https?:[^"]+)', page.read_text())
            self.assertEqual([], fetched, page)


if __name__ == "__main__":
    unittest.main()
