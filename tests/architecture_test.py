"""The rules of the house (docs/architecture.md): a room includes only rooms above it, every room has its tests."""

import re
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BESIDE_THE_ROOMS = {"keras"}


def read_rooms():
    """The rooms from the top, as the root CMakeLists.txt builds them: "antler/core", ..., "digits", "cli"."""
    text = (PROJECT / "CMakeLists.txt").read_text()
    library = re.search(r"foreach\(room ([a-z ]+)\)", text)[1].split()
    return [f"antler/{room}" for room in library] + ["digits", "cli"]


def room_of(path, rooms):
    """The room a file is in; None for antler/antler.h and for what is not in the house (examples, tests)."""
    return next((room for room in rooms if str(path).startswith(room + "/")), None)


def sources(*folders):
    """Headers and sources below `folders`, by their paths from the root of the project."""
    for folder in folders:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path.relative_to(PROJECT)


def includes(path):
    """(line number, name) of each #include "name" of a file."""
    for number, line in enumerate((PROJECT / path).read_text().splitlines(), start=1):
        if match := re.match(r'\s*#\s*include\s+"([^"]+)"', line):
            yield number, match[1]


class Architecture(unittest.TestCase):
    rooms = read_rooms()

    def test_a_room_includes_only_rooms_above_it(self):
        wrong = []
        for path in sources("antler", "digits", "cli"):
            room = room_of(path, self.rooms)
            if room is None:
                continue
            for number, name in includes(path):
                included = room_of(name, self.rooms)
                if included and self.rooms.index(included) > self.rooms.index(room):
                    wrong.append(f"{path}:{number}: {room} includes {name}, from a room below it")
        self.assertEqual([], wrong, "\n" + "\n".join(wrong))

    def test_only_users_of_the_library_include_the_umbrella_header(self):
        wrong = [
            f"{path}:{number}"
            for path in sources("antler")
            for number, name in includes(path)
            if name == "antler/antler.h"
        ]
        self.assertEqual([], wrong, "a room includes antler/antler.h, and so every room")

    def test_quoted_includes_are_paths_from_the_root(self):
        wrong = [
            f'{path}:{number}: "{name}" is no file of the project by its path from the root'
            for path in sources("antler", "digits", "cli", "examples", "bench", "tests")
            for number, name in includes(path)
            if ".." in Path(name).parts or not (PROJECT / name).is_file()
        ]
        self.assertEqual([], wrong, "\n" + "\n".join(wrong))

    def test_every_room_has_a_folder_of_tests(self):
        folders = {path.parent.name for path in (PROJECT / "tests").glob("*/CMakeLists.txt")} - BESIDE_THE_ROOMS
        self.assertEqual({Path(room).name for room in self.rooms}, folders)

    def test_every_source_lives_in_a_room(self):
        strays = {str(path) for path in sources("antler") if room_of(path, self.rooms) is None}
        self.assertEqual({"antler/antler.h"}, strays)


if __name__ == "__main__":
    unittest.main()
