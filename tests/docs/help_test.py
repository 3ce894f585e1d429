"""Every subcommand's --help has an example, and each runs; shells complete all of them, and the manual page has them all.

help_test.py ANTLER    where ANTLER is the command
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

from sample_folder import SampleFolder
from shells import HERE, Bash, Fish, Zsh

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


class Completion:
    """What each shell has to offer."""

    shell = None

    @classmethod
    def setUpClass(cls):
        cls.here = cls.shell(ANTLER)
        cls.addClassCleanup(cls.here.close)

    def offers(self, line):
        return self.here.offers(line)

    def test_offers_every_command(self):
        for command in all_commands():
            for i, word in enumerate(command):
                self.assertIn(word, self.offers(" ".join(["antler", *command[:i], word[:3]])))

    def test_offers_every_option(self):
        for command in all_commands():
            offered = self.offers(" ".join(["antler", *command, "-"]))
            for option in re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_of(command), re.MULTILINE):
                self.assertIn(option, offered, command)

    def test_offers_what_an_option_may_be(self):
        self.assertEqual(set(self.offers("antler plot model.h5 --rankdir ")), {"TB", "LR"})
        self.assertEqual(self.offers("antler plot model.h5 --rankdir L"), ["LR"])
        self.assertIn("ensemble", self.offers("antler digits train --recipe "))
        self.assertEqual(set(self.offers("antler completion ")), {"bash", "fish", "zsh"})

    def test_offers_files(self):
        for line in ("antler summary ", "antler fit model.h5 -o ", "antler digits predict ", "antler digits serve -m "):
            self.assertEqual(self.offers(line), [HERE], line)

    def test_offers_nothing_for_a_number(self):
        self.assertEqual(self.offers("antler fit model.h5 --epochs "), [])


class BashCompletion(Completion, unittest.TestCase):
    shell = Bash


class FishCompletion(Completion, unittest.TestCase):
    shell = Fish


class ZshCompletion(Completion, unittest.TestCase):
    shell = Zsh


class Manual(unittest.TestCase):
    """antler(1), as man shows it."""

    @classmethod
    def setUpClass(cls):
        page = subprocess.run([ANTLER, "manual"], capture_output=True, check=True).stdout
        done = subprocess.run(["groff", "-man", "-Tascii", "-P-cbou", "-rLL=200n", "-ww"], input=page, capture_output=True, check=True)
        cls.complaints = done.stderr.decode()
        cls.text = done.stdout.decode()

    def test_is_a_page_without_complaints(self):
        self.assertEqual(self.complaints, "")
        self.assertIn("antler - Keras for C++", self.text)

    def test_has_all_that_the_help_has(self):
        words = " ".join(self.text.split())
        for command in all_commands():
            self.assertIn(" ".join(["antler", *command]), words)
            for line in help_of(command).splitlines():
                with self.subTest(f"{command}: {line}"):
                    if not line.startswith("Usage:") and line not in ("Positionals:", "Options:"):
                        self.assertIn(" ".join(line.split()), words)


if __name__ == "__main__":
    unittest.main()
