"""Every block of code in README and docs is compiled or run.

code_test.py BUILD_FOLDER ANTLER    where antler has been built, and the command

C++ with a main() is a program, built and run; other C++ is what stands in a function that is given tensors x, y, labels and
test. Shell is run in a folder of small files. CMake builds its page's program, and so does shell that calls the compiler. What is
no code is called text. What cannot be run here says why, in a comment above it.
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from pages import PROJECT, all_blocks, blocks, PAGES, prose
from sample_folder import SampleFolder

ANTLER = Path(sys.argv.pop(2)).resolve()
BUILD = Path(sys.argv.pop(1)).resolve()
SANITY = ["-std=c++20", "-Wall", "-Wextra", "-Wno-unused"]


def must_run(*words, **options):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def is_program(block):
    return block.language == "cpp" and "int main(" in block.text


def calls_compiler(block):
    return block.language == "sh" and block.text.startswith("c++ ")


class Code(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.prefix = cls.folder / "prefix"
        must_run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.environment = {"PKG_CONFIG_PATH": str(next(cls.prefix.rglob("pkgconfig"))), "PATH": "/usr/bin:/bin"}
        cls.flags = must_run("pkg-config", "--cflags", "--libs", "antler", env=cls.environment).split()

    def test_says_its_language(self):
        for block in all_blocks():
            self.assertIn(block.language, {"cpp", "sh", "cmake", "text"}, str(block))

    def test_is_fenced(self):
        for page in PAGES:
            indented = re.search(r"(?<!\n)\n\n    \S.*", re.sub(r"^[-*1] (.|\n)*?\n(?=\S)", "", prose(page), flags=re.M))
            self.assertIsNone(indented, f"{page.name}: {indented and indented[0]!r} is indented; expected ```")

    def test_has_few_exceptions(self):
        exceptions = [block for block in all_blocks() if block.not_run]
        self.assertLessEqual(len(exceptions), 8)

    def test_is_more_than_a_little(self):
        languages = [block.language for block in all_blocks()]
        self.assertGreater(languages.count("cpp"), 10)
        self.assertGreater(languages.count("sh"), 4)

    def test_compiles_as_parts_of_functions(self):
        parts = ["#include <antler/antler.h>\n"]
        given = "const antler::Tensor& x, const antler::Tensor& y, const antler::Tensor& labels, const antler::Tensor& test"
        for number, block in enumerate(each for each in all_blocks() if each.language == "cpp" and not is_program(each)):
            body = re.sub(r"^#include .*$", "", block.text, flags=re.MULTILINE)
            using = "using namespace antler; using namespace antler::layers;"
            place = f'#line {block.line + 1} "{block.page.relative_to(PROJECT)}"'
            parts.append(f"void part_{number}({given}) {{ {using}\n{{\n{place}\n{body}}}\n}}\n")
        source = self.folder / "parts.cpp"
        source.write_text("".join(parts))
        must_run("c++", *SANITY, "-Wno-shadow", "-fsyntax-only", *self.flags, source)

    def test_builds_as_programs_that_run(self):
        for page in PAGES:
            programs = [block for block in blocks(page) if is_program(block)]
            projects = [block for block in blocks(page) if block.language == "cmake"]
            commands = [block for block in blocks(page) if calls_compiler(block)]
            self.assertLessEqual(len(programs), 1, f"{page}: has several programs")
            for program in programs:
                self.build_and_run(program, projects, commands)

    def build_and_run(self, program, projects, commands):
        folder = self.folder / program.page.stem
        folder.mkdir()
        if not projects and not commands:
            (folder / "program.cpp").write_text(program.text)
            must_run("c++", *SANITY, "program.cpp", *self.flags, "-o", "program", cwd=folder)
            must_run(folder / "program", cwd=folder)
        for command in commands:
            source, name = re.search(r" (\w+\.cpp) .* -o (\w+)", command.text).groups()
            (folder / source).write_text(program.text)
            must_run("bash", "-euc", command.text, cwd=folder, env=self.environment)
            must_run(folder / name, cwd=folder)
        for project in projects:
            name, source = re.search(r"add_executable\((\w+) (\w+\.cpp)\)", project.text).groups()
            (folder / source).write_text(program.text)
            (folder / "CMakeLists.txt").write_text(project.text)
            must_run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")
            must_run("cmake", "--build", folder / "build")
            must_run(folder / "build" / name, cwd=folder)

    def test_runs_as_commands(self):
        folder = SampleFolder(ANTLER)
        self.addCleanup(folder.close)
        for block in all_blocks():
            if block.language != "sh" or block.not_run or calls_compiler(block):
                continue
            with self.subTest(str(block)):
                done = folder.run(block.text)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
