"""What is computed on: the digits, and random images of a fixed seed, as files in a folder."""
import gzip
import pathlib
import shutil

import numpy
import pandas

CLASSES = 10


class Data(type(pathlib.Path())):
    """A folder with x.npy, (rows, height, width, channels), and y.npy, (rows, 10)."""

    @property
    def rows(self):
        return len(numpy.load(self / "y.npy", mmap_mode="r"))

    @property
    def test_rows(self):
        return len(numpy.load(self / "test.npy", mmap_mode="r"))


def write(folder, images, labels):
    folder.mkdir(parents=True)
    numpy.save(folder / "x.npy", images)
    numpy.save(folder / "y.npy", numpy.eye(CLASSES, dtype="float32")[labels])


def images(folder, count, size, channels):
    """Random images and labels: what a step takes does not depend on what they show."""
    data = Data(folder / f"images-{count}-{size}-{channels}")
    if not data.exists():
        random = numpy.random.default_rng(1)
        write(data, random.random((count, size, size, channels), dtype="float32"), random.integers(0, CLASSES, count))
    return data


def both_forms(source, name, to):
    """Puts a CSV file as it is and gzipped into a folder."""
    plain, packed = to / name, to / f"{name}.gz"
    if (source / name).exists():
        shutil.copyfile(source / name, plain)
    else:
        with gzip.open(source / packed.name) as file, open(plain, "wb") as out:
            shutil.copyfileobj(file, out)
    if (source / packed.name).exists():
        shutil.copyfile(source / packed.name, packed)
    else:
        with open(plain, "rb") as file, gzip.open(packed, "wb", compresslevel=6) as out:
            shutil.copyfileobj(file, out)


def digits(source, folder):
    """The digits as arrays, test.npy among them, and as train.csv and test.csv, each plain and gzipped."""
    data = Data(folder / "digits")
    if not data.exists():
        table = pandas.read_csv(next(path for path in (source / "train.csv", source / "train.csv.gz") if path.exists()))
        pixels = table.to_numpy(dtype="float32")
        write(data, pixels[:, 1:].reshape(-1, 28, 28, 1) / 255, pixels[:, 0].astype(int))
        for name in ("train.csv", "test.csv"):
            both_forms(source, name, data)
        test = pandas.read_csv(data / "test.csv").to_numpy(dtype="float32")
        numpy.save(data / "test.npy", test.reshape(-1, 28, 28, 1) / 255)
    return data
