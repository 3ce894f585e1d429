"""Every subcommand's --help has an example, and each runs; bash completes all of them.

help_test.py ANTLER    where ANTLER is the command
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

from sample_folder import SampleFolder

ANTLER = Path(sys.argv.pop(1)).resolve()


def help_of(words):
    done = subprocess.run([ANTLER, *words, "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def subcommands(text):
    below = text.split("\nSubcommands:\n")
    return re.findall(r"^  (\w\S*)", below[1].split("\n\n")[0], re.MULTILINE) if len(below) == 2 else []


def all_commands(words=()):
    """The commands that do something: ["summary"], ["digits", "train"], ..."""
    below = subcommands(help_of(words))
    if not below:
        return [list(words)]
    return [command for name in below for command in all_commands((*words, name))]


def examples(words):
    behind = re.split(r"^Examples?:\n", help_of(words), flags=re.MULTILINE)
    return [line.strip() for line in behind[1].splitlines() if line.strip()] if len(behind) == 2 else []


class Help(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = all_commands()
        cls.folder = SampleFolder(ANTLER)
        cls.addClassCleanup(cls.folder.close)

    def test_lists_the_commands(self):
        self.assertIn(["digits", "train"], self.commands)
        self.assertIn(["convert"], self.commands)
        self.assertGreater(len(self.commands), 10)

    def test_shows_an_example_of_every_command(self):
        for command in self.commands:
            with self.subTest(" ".join(command)):
                shown = examples(command)
                self.assertTrue(shown, "no example")
                for line in shown:
                    self.assertIn(" ".join(["antler", *command]), line)

    def test_shows_examples_that_run(self):
        for command in self.commands:
            for line in examples(command):
                with self.subTest(line):
                    done = self.folder.run(line)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        script = subprocess.run([ANTLER, "completion", "bash"], capture_output=True, text=True, check=True)
        cls.script = script.stdout

    def complete(self, line):
        """What bash offers at the end of a line."""
        words = line.split(" ")
        quoted = " ".join(f"'{word}'" for word in words)
        ask = f'\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _antler; echo "${{COMPREPLY[@]}}"'
        done = subprocess.run(["bash", "-c", self.script + ask], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_offers_every_command(self):
        for command in all_commands():
            for i, word in enumerate(command):
                self.assertIn(word, self.complete(" ".join(["antler", *command[:i], word[:3]])))

    def test_offers_every_option(self):
        for command in all_commands():
            offered = self.complete(" ".join(["antler", *command, "-"]))
            for option in re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_of(command), re.MULTILINE):
                self.assertIn(option, offered, command)

    def test_offers_what_an_option_may_be(self):
        self.assertEqual(self.complete("antler plot model.h5 --rankdir "), ["TB", "LR"])
        self.assertEqual(self.complete("antler plot model.h5 --rankdir L"), ["LR"])
        self.assertEqual(self.complete("antler completion "), ["bash"])

    def test_leaves_files_to_bash(self):
        for line in ("antler summary ", "antler fit model.h5 -o ", "antler digits predict "):
            self.assertEqual(self.complete(line), [])

    def test_offers_nothing_for_a_number(self):
        self.assertEqual(self.complete("antler fit model.h5 --epochs "), [])


if __name__ == "__main__":
    unittest.main()
