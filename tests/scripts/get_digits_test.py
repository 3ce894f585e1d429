"""scripts/get_digits.py, on small files served from this machine."""

import contextlib
import csv
import functools
import gzip
import hashlib
import http.server
import io
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

import get_digits  # noqa: E402


def idx(extents, content):
    header = b"\0\0\x08" + bytes([len(extents)]) + b"".join(extent.to_bytes(4, "big") for extent in extents)
    return gzip.compress(header + content)


def image(number):
    """Digit `number` of the made-up set: its number in every pixel but the first, which is 255."""
    return bytes([255]) + bytes([number]) * (get_digits.PIXELS - 1)


def mnist(train, test):
    """MNIST's four files for digits 0 to `train` - 1, and `test` more; the label of digit n is n modulo 10."""
    files = {}
    for part, numbers in (("train", range(train)), ("t10k", range(train, train + test))):
        files[f"{part}-images-idx3-ubyte.gz"] = idx([len(numbers), 28, 28], b"".join(map(image, numbers)))
        files[f"{part}-labels-idx1-ubyte.gz"] = idx([len(numbers)], bytes(n % 10 for n in numbers))
    return files


def sums(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def rows(path):
    with gzip.open(path, "rt", newline="") as file:
        return list(csv.reader(file))


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class FetchMnist(unittest.TestCase):
    def setUp(self):
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder = self.root / "digits"
        (self.root / "mirror").mkdir()
        handler = functools.partial(QuietHandler, directory=self.root / "mirror")
        server = self.enterContext(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        self.mirror = f"http://127.0.0.1:{server.server_port}/"

    def serve(self, files):
        for name, content in files.items():
            (self.root / "mirror" / name).write_bytes(content)

    def fetch(self, expected, mirrors=None):
        get_digits.fetch_mnist(self.folder, mirrors or [self.mirror], expected, train_rows=6)

    def test_lays_digits_out_as_kaggle_does(self):
        files = mnist(train=7, test=3)
        self.serve(files)
        self.fetch(sums(files))

        pixels = [f"pixel{i}" for i in range(784)]
        header, *train = rows(self.folder / "train.csv.gz")
        self.assertEqual(header, ["label", *pixels])
        self.assertEqual(len(train), 6)
        for label, first, *others in train:
            self.assertEqual(first, "255")
            self.assertEqual(others, [others[0]] * 783)
            self.assertEqual(int(label), int(others[0]) % 10)
        header, *test = rows(self.folder / "test.csv.gz")
        self.assertEqual(header, pixels)
        numbers = [int(row[2]) for row in train] + [int(row[1]) for row in test]
        self.assertEqual(sorted(numbers), list(range(10)))
        self.assertNotEqual(numbers, list(range(10)), "the digits are not shuffled")

    def test_writes_the_same_bytes_every_time(self):
        files = mnist(train=7, test=3)
        self.serve(files)
        contents = []
        for name in ("first", "second"):
            self.folder = self.root / name
            self.fetch(sums(files))
            contents.append([path.read_bytes() for path in sorted(self.folder.iterdir())])
        self.assertEqual(contents[0], contents[1])

    def test_asks_the_next_mirror_for_what_one_does_not_have(self):
        files = mnist(train=7, test=3)
        self.serve(files)
        self.fetch(sums(files), [self.mirror + "nothing-here/", self.mirror])
        self.assertTrue(get_digits.has_digits(self.folder))

    def test_refuses_a_file_with_another_check_sum(self):
        files = mnist(train=7, test=3)
        self.serve(mnist(train=8, test=3))
        with self.assertRaisesRegex(get_digits.DigitsError, "SHA-256 .* expected"):
            self.fetch(sums(files))
        self.assertFalse(self.folder.exists())

    def test_refuses_a_file_shorter_than_its_header_says(self):
        files = mnist(train=7, test=3)
        files["train-labels-idx1-ubyte.gz"] = idx([7], bytes(6))
        self.serve(files)
        with self.assertRaisesRegex(get_digits.DigitsError, "train-labels.* has 14 bytes; its header says 15"):
            self.fetch(sums(files))

    def test_refuses_images_without_labels(self):
        files = mnist(train=7, test=3)
        files["train-labels-idx1-ubyte.gz"] = idx([6], bytes(6))
        self.serve(files)
        with self.assertRaisesRegex(get_digits.DigitsError, "7 images, but 6 labels"):
            self.fetch(sums(files))


class PackageDigits(unittest.TestCase):
    def test_have_the_label_behind_the_pixels(self):
        line = ",".join(["7"] * 784 + ["3"])
        digits = list(get_digits.read_package_digits(gzip.compress(f"{line}\n".encode())))
        self.assertEqual(digits, [(bytes([7]) * 784, 3)])


class FindDigits(unittest.TestCase):
    def setUp(self):
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.spoken = self.enterContext(contextlib.redirect_stderr(io.StringIO()))

    def test_prefers_the_users_own_files(self):
        (self.root / "train.csv.gz").touch()
        (self.root / "test.csv").touch()
        found = get_digits.find_digits(self.root / "cache", {"DIGITS_DIR": str(self.root)})
        self.assertEqual(found, self.root)
        self.assertIn(str(self.root), self.spoken.getvalue())

    def test_refuses_a_named_folder_without_the_files(self):
        (self.root / "train.csv").touch()
        with self.assertRaisesRegex(get_digits.DigitsError, "does not hold train.csv and test.csv"):
            get_digits.find_digits(self.root / "cache", {"DIGITS_DIR": str(self.root)})


if __name__ == "__main__":
    unittest.main()
