"""read_csv.py LIBRARY FILE.csv: prints {"read_s": ...}, from the file to a float32 array of its numbers."""
import json
import sys
import time

import numpy


def pandas(path):
    import pandas as library
    return lambda: library.read_csv(path).to_numpy(dtype="float32")


def polars(path):
    import polars as library
    return lambda: library.read_csv(path).to_numpy().astype("float32")


def pyarrow(path):
    from pyarrow import csv as library
    return lambda: numpy.column_stack([column.to_numpy() for column in library.read_csv(path)]).astype("float32")


read = {"pandas": pandas, "polars": polars, "pyarrow": pyarrow}[sys.argv[1]](sys.argv[2])
read()  # once for the file cache
start = time.perf_counter()
read()
print(json.dumps({"read_s": time.perf_counter() - start}))
