"""What antler weighs: how soon it starts, how much memory a training takes, how large it is with what it loads."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

from parts.fitting import Network
from report import megabytes, seconds, table



def start_seconds(runs, *command):
    """The median wall time of a command."""
    def once():
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(runs))


def peak_bytes(command):
    """The most memory that a command had at a time."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss * 1024


def loaded_files(binary):
    """The binary and all shared libraries that the loader finds for it."""
    listing = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True).stdout
    return {pathlib.Path(name).resolve() for name in [str(binary), *re.findall(r"(/\S+) \(0x", listing)]}


def size_of(files):
    return sum(file.stat().st_size for file in files)


def package_bytes(python, *names):
    """Of packages in the environment of a Python, all of them where none is named; without what Python compiles anew."""
    packages = next((pathlib.Path(python).parent.parent / "lib").glob("python3*/site-packages"))
    folders = [packages / name for name in names] or [packages]
    return size_of(file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")


def fitting_peak(contestant):
    with contestant as process:
        process.seconds(64)
        return process.peak_bytes


def run(bench):
    data = bench.digits()
    network = Network(bench, "lesson", 32, 28, data, validation=0.2)
    train = peak_bytes([bench.antler, "digits", "train", data / "train.csv", "-o", data / "model.h5", "--recipe", "lesson",
                        "--epochs", 1, "--verbose", 0])
    torch, keras = (fitting_peak(each) for each in (network.torch("channels_last"), network.keras()))
    files = loaded_files(bench.antler)
    own = pathlib.Path(bench.antler).stat().st_size
    starts = [start_seconds(21, bench.antler, "--version"), start_seconds(3, sys.executable, "-c", "import torch"),
              start_seconds(3, bench.keras_python, "-c", "import keras")]
    return table(["", "antler", "PyTorch", "Keras on TensorFlow"], [
        ["to start: `antler --version`, `import torch`, `import keras`", *map(seconds, starts)],
        ["peak memory, an epoch of the lesson", megabytes(train), megabytes(torch), megabytes(keras)],
        ["on disk", f"{megabytes(size_of(files))}: {megabytes(own)}, and {len(files) - 1} shared libraries",
         megabytes(package_bytes(sys.executable, "torch")), megabytes(package_bytes(bench.keras_python))]])
