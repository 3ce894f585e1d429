"""What is installed can be built against and installed on Debian.

package_test.py BUILD_FOLDER    where antler has been built
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD = Path(sys.argv.pop(1)).resolve()
HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
VERSION = re.search(r"project\(antler VERSION ([0-9.]+)", (PROJECT / "CMakeLists.txt").read_text())[1]


def run(*words, **options):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


class Installation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        shutil.copy(HERE / "ten_lines.cpp", cls.folder)

    def configure(self, version):
        text = (HERE / "CMakeLists.txt.in").read_text().replace("@VERSION@", version)
        (self.folder / "CMakeLists.txt").write_text(text)
        build = self.folder / f"build-{version}"
        run("cmake", "-S", self.folder, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        return build

    def test_find_package_finds_the_library(self):
        build = self.configure(VERSION)
        run("cmake", "--build", build)
        self.assertEqual(run(build / "ten_lines", cwd=self.folder), "(2, 1)\n")

    def test_find_package_refuses_another_version(self):
        for version in ("0.0", "99.0"):
            with self.assertRaisesRegex(AssertionError, r"compatible\s+with requested version"):
                self.configure(version)

    def test_pkg_config_finds_the_library(self):
        folders = self.prefix.rglob("pkgconfig")
        environment = {"PKG_CONFIG_PATH": str(next(folders)), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        self.assertEqual(run("pkg-config", "--modversion", "antler", env=environment).strip(), VERSION)
        flags = run("pkg-config", "--cflags", "--libs", "antler", env=environment).split()
        run("c++", "-std=c++20", "ten_lines.cpp", *flags, "-o", "by_pkg_config", cwd=self.folder)
        self.assertEqual(run(self.folder / "by_pkg_config", cwd=self.folder), "(2, 1)\n")

    def test_shells_and_man_find_what_they_know_of_the_command(self):
        share = self.prefix / "share"
        for file, line in (("bash-completion/completions/antler", "complete "), ("fish/vendor_completions.d/antler.fish", "complete "),
                           ("zsh/site-functions/_antler", "#compdef antler")):
            self.assertIn(line, (share / file).read_text())
        page = gzip.decompress((share / "man/man1/antler.1.gz").read_bytes()).decode()
        self.assertTrue({f".SS antler {command}" for command in ("summary", "convert", "digits train")} <= set(page.splitlines()))

    def test_the_command_runs_from_where_it_is_installed(self):
        self.assertEqual(run(self.prefix / "bin/antler", "--version"), f"antler {VERSION}\n")


class DebianPackages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        cls.packages = {path.name.split("_")[0]: path for path in cls.folder.glob("*.deb")}

    def test_there_is_one_of_the_command_and_one_of_the_library(self):
        self.assertEqual(set(self.packages), {"antler", "libantler-dev"})

    def test_they_bring_what_they_need(self):
        needed = {
            "antler": ["libc6", "libstdc++6", "libfmt9", "libhdf5-103-1", "libhwy1", "libisal2", "librsvg2-2"],
            "libantler-dev": ["libfmt-dev", "libhdf5-dev", "libhwy-dev", "libisal-dev", "nlohmann-json3-dev"],
        }
        for name, path in self.packages.items():
            depends = re.findall(r"([a-z0-9.+-]+)(?: \([^)]*\))?(?:, |$)", run("dpkg-deb", "-f", path, "Depends"))
            self.assertLessEqual(set(needed[name]), set(depends))

    def test_apt_would_install_them(self):
        plan = run("apt-get", "install", "--simulate", *self.packages.values())
        self.assertIn("Inst antler", plan)
        self.assertIn("Inst libantler-dev", plan)

    def test_the_command_runs_from_its_package(self):
        run("dpkg-deb", "-x", self.packages["antler"], self.folder / "root")
        self.assertEqual(run(self.folder / "root/usr/bin/antler", "--version"), f"antler {VERSION}\n")


    def test_the_command_brings_completion_and_its_manual_page(self):
        files = run("dpkg-deb", "-c", self.packages["antler"])
        for path in ("bash-completion/completions/antler", "zsh/vendor-completions/_antler", "fish/vendor_completions.d/antler.fish",
                     "man/man1/antler.1.gz"):
            self.assertIn(f" ./usr/share/{path}\n", files)

    def test_they_name_who_made_them(self):
        for path in self.packages.values():
            self.assertRegex(run("dpkg-deb", "-f", path, "Maintainer"), r"^antler maintainers <\S+@\S+>$")


class VcpkgManifest(unittest.TestCase):
    manifest = json.loads((PROJECT / "vcpkg.json").read_text())

    def test_has_the_version_of_the_project(self):
        self.assertEqual(self.manifest["version"], VERSION)

    def test_names_every_library_that_is_looked_for(self):
        port_of = {"HDF5": "hdf5", "HWY": "highway", "ISAL": "isal", "RSVG": "librsvg", "CLI11": "cli11",
                   "HTTPLIB": "cpp-httplib"}
        port_of |= {"nlohmann_json": "nlohmann-json"}
        sources = [PROJECT / part for part in ("cmake/AntlerDependencies.cmake", "cli/CMakeLists.txt",
                                               "digits/server/CMakeLists.txt")]
        text = "".join(path.read_text() for path in sources)
        found = re.findall(r"^(?:find_package|pkg_check_modules)\((\w+)", text, re.MULTILINE)
        looked_for = set(found) - {"Threads", "PkgConfig"}
        ports = {port if isinstance(port, str) else port["name"] for port in self.manifest["dependencies"]}
        self.assertEqual({port_of.get(name, name) for name in looked_for}, ports)


if __name__ == "__main__":
    unittest.main()
