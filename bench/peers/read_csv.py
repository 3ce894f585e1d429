"""Reads a table of numbers, as often as it is asked to: from the file, gzipped or not, to a float32 array.

read_csv.py pandas|polars|pyarrow|zlib FILE    prints what asked.serve() says; zlib only unpacks the file
"""
import sys

import numpy
from asked import serve

library, path = sys.argv[1:]


def pandas():
    import pandas as library
    return lambda: library.read_csv(path).to_numpy(dtype="float32")


def polars():
    import polars as library
    return lambda: library.read_csv(path).to_numpy().astype("float32")


def pyarrow():
    from pyarrow import csv as library
    return lambda: numpy.column_stack([column.to_numpy() for column in library.read_csv(path)]).astype("float32")


def zlib():
    import zlib as library
    return lambda: library.decompress(open(path, "rb").read(), wbits=31)


read = {"pandas": pandas, "polars": polars, "pyarrow": pyarrow, "zlib": zlib}[library]()
serve(lambda _: read(), lambda _: read())
