#!/usr/bin/env python3
"""Draws digits of a test.csv with what was predicted for them: draw_predictions.py TEST_CSV PREDICTIONS_CSV OUT.svg

The picture in README.md was made from what `make run` leaves.
"""
import base64
import csv
import gzip
import struct
import sys
import zlib

COLUMNS, ROWS, CELL = 16, 4, 44


def rows_of(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield row


def png(pixels):
    """A grey picture of 28x28 pixels, white on black turned to black on white."""
    lines = b"".join(b"\0" + bytes(255 - int(pixel) for pixel in pixels[row * 28:row * 28 + 28]) for row in range(28))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 28, 28, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def cell(index, pixels, label):
    x, y = index % COLUMNS * CELL, index // COLUMNS * (CELL + 18)
    data = base64.b64encode(png(pixels)).decode()
    return (f'<image x="{x + 4}" y="{y + 4}" width="{CELL - 8}" height="{CELL - 8}" href="data:image/png;base64,{data}"/>'
            f'<text x="{x + CELL / 2}" y="{y + CELL + 8}">{label}</text>')


def main(test, predictions, out):
    labels = (row[1] for row in rows_of(predictions))
    cells = [cell(index, pixels, label)
             for index, pixels, label in zip(range(COLUMNS * ROWS), rows_of(test), labels)]
    width, height = COLUMNS * CELL, ROWS * (CELL + 18)
    with open(out, "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
                   f'height="{height}" font-family="sans-serif" font-size="14" text-anchor="middle">\n'
                   f'<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(cells) + "\n</svg>\n")


main(*sys.argv[1:])
