"""Model files that are broken or hostile, hundreds of each format: antler says what is wrong in one sentence, or reads them.

mutations_test.py ANTLER    where ANTLER is the command; a build with sanitizers finds most
"""
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

import h5py
import numpy as np

from mutations import Mutation, archive, configuration, hdf5, raw

HERE = pathlib.Path(__file__).resolve().parent
ANTLER = sys.argv.pop(1)
SECONDS = 60  # no file may take longer
MEGABYTES = 512  # nor more memory; a gigabyte of zeros would show. Sanitizers need some of it for themselves.
AT_A_TIME = 2
SEED = 2028
# Of the mutations of a part that are tried in full by themselves, a file that holds the part is tried with every so many:
# a build with sanitizers takes a quarter of a second to start.
EVERY = 3
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1",
               "ASAN_OPTIONS": "exitcode=99:allocator_may_return_null=0:detect_leaks=1:quarantine_size_mb=16",
               "UBSAN_OPTIONS": "exitcode=98:print_stacktrace=1"}


class Outcome:
    """How the command took a file."""

    def __init__(self, command):
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=ENVIRONMENT)
            alarm = threading.Timer(SECONDS, process.kill)
            alarm.start()
            _, status, usage = os.wait4(process.pid, 0)
            self.in_time = alarm.is_alive()
            alarm.cancel()
            process.returncode = self.code = os.waitstatus_to_exitcode(status)
            self.megabytes = usage.ru_maxrss // 1024
            errors.seek(0)
            self.complaint = errors.read().decode(errors="replace")

    def faults(self, must_fail):
        """What may not be, in words; empty when all is as it should be."""
        if not self.in_time:
            return f"took more than {SECONDS} seconds"
        if self.code not in (0, 1):
            return f"exit {self.code}: {self.complaint[:2000]}"
        if self.megabytes > MEGABYTES:
            return f"took {self.megabytes} MB of memory"
        lines = self.complaint.splitlines()
        if self.code == 1 and (len(lines) != 1 or not lines[0].startswith("antler: ")):
            return f"no sentence: {self.complaint[:2000]!r}"
        if must_fail and self.code == 0:
            return "was read; expected an error"
        return ""


class Mutations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = pathlib.Path(cls.scratch.name)
        # In a process of its own: what starts with as much memory as TensorFlow's would seem to have taken that much.
        subprocess.run([sys.executable, HERE / "mutations" / "sound_files.py", cls.folder], check=True, stderr=subprocess.DEVNULL)
        with h5py.File(cls.folder / "another.h5", "w") as file:  # what no link of a mutation may lead to
            file["secret"] = np.ones((3, 3, 1, 2), "float32")

    def content(self, name):
        return (self.folder / name).read_bytes()

    def command(self, file, out):
        """How antler is made to read a file of each kind."""
        if file.name.endswith(".weights.h5"):
            return [ANTLER, "convert", self.folder / "keras3.keras", out, "--weights", file]
        return [ANTLER, "convert", file, out]

    def outcome(self, name, content):
        """Of the content in a file called `name`, alone in a folder beside another.h5."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            folder = pathlib.Path(folder)
            shutil.copyfile(self.folder / "another.h5", folder / "another.h5")
            (folder / name).write_bytes(content)
            outcome = Outcome(self.command(folder / name, folder / "out.keras"))
            there = {path.name for path in folder.iterdir()} - {"another.h5", name, "out.keras"}
            self.assertEqual(set(), there, "files that were left behind")
            self.assertEqual(outcome.code == 0, (folder / "out.keras").exists(), "an output exactly where all went well")
            return outcome

    def hold(self, name, mutations):
        """The sound file is read; none of at least a hundred mutations does harm."""
        sound = self.outcome(name, self.content(name))
        self.assertEqual(0, sound.code, f"the sound file: {sound.complaint}")
        mutations = list(mutations)
        self.assertGreaterEqual(len(mutations), 100)
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as workers:
            outcomes = workers.map(lambda each: self.outcome(name, each.content), mutations)
            for mutation, outcome in zip(mutations, outcomes):
                with self.subTest(f"{name}: {mutation.name}"):
                    self.assertEqual("", outcome.faults(mutation.invalid))
        self.assertFalse(pathlib.Path("/tmp/evil.txt").exists())

    def scratch_file(self):
        return self.folder / "scratch.h5"

    def lambdas(self, name):
        return [Mutation("a Lambda of the real Keras", self.content(name), True)]

    def test_json_configuration_of_keras_3(self):
        content, r = self.content("keras3.json"), random.Random(SEED)
        self.hold("keras3.json", [*raw.mutations(content, r), *configuration.mutations(content, r),
                                  *configuration.cyclic_mutations(self.content("chain.json").decode()),
                                  *self.lambdas("lambda3.json")])

    def test_json_configuration_of_keras_2(self):
        content, r = self.content("keras2.json"), random.Random(SEED)
        self.hold("keras2.json", [*raw.mutations(content, r), *configuration.mutations(content, r),
                                  *self.lambdas("lambda2.json")])

    def model_mutations(self, version):
        content, r = self.content(f"keras{version}.h5"), random.Random(SEED)
        configurations = list(configuration.mutations(self.content(f"keras{version}.json"), r))
        return [*raw.mutations(content, r), *hdf5.model_mutations(content, self.scratch_file(), configurations[::EVERY]),
                *self.lambdas(f"lambda{version}.h5")]

    def test_h5_models_of_keras_3(self):
        self.hold("keras3.h5", self.model_mutations(3))

    def test_h5_models_of_keras_2(self):
        self.hold("keras2.h5", self.model_mutations(2))

    def test_weights_h5(self):
        content, r = self.content("keras3.weights.h5"), random.Random(SEED)
        self.hold("keras3.weights.h5", [*raw.mutations(content, r), *hdf5.mutations(content, self.scratch_file())])

    def test_keras_archives(self):
        content, r = self.content("keras3.keras"), random.Random(SEED)
        members = archive.members_of(content)
        configurations = list(configuration.mutations(members[archive.CONFIG], r))
        weights = list(hdf5.mutations(members[archive.WEIGHTS], self.scratch_file()))
        self.hold("keras3.keras", [*raw.mutations(content, r), *archive.mutations(content, configurations[::EVERY], weights[::EVERY]),
                                   *self.lambdas("lambda3.keras")])


if __name__ == "__main__":
    unittest.main()
