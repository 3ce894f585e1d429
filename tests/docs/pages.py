"""The pages of the project, and the code in them."""

import re
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "CHANGELOG.md"]
PAGES += sorted((PROJECT / "docs").rglob("*.md"))


@dataclass
class Block:
    """Code between lines of ```, the language behind the first; `not_run` is the reason in a comment above it."""

    page: Path
    line: int
    language: str
    text: str
    not_run: str

    def __str__(self):
        return f"{self.page.relative_to(PROJECT)}:{self.line}"


def blocks(page):
    lines = page.read_text().splitlines()
    begin = None
    for number, line in enumerate(lines):
        if begin is None and line.startswith("```"):
            begin = number
        elif line == "```":
            reason = re.fullmatch(r"<!-- not run: (.+) -->", lines[begin - 1]) if begin else None
            text = "\n".join(lines[begin + 1 : number]) + "\n"
            yield Block(page, begin + 1, lines[begin][3:], text, reason[1] if reason else "")
            begin = None
    if begin is not None:
        raise AssertionError(f"{page}:{begin + 1}: a block of code has no end")


def prose(page):
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def all_blocks():
    return [block for page in PAGES for block in blocks(page)]
