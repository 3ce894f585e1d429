"""What is written about measurements: tables of Markdown, and the page that they are put into."""
import math
import pathlib
import re
import statistics


def table(header, rows):
    cells = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in cells)


def seconds(value):
    """In the unit that suits, three digits."""
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if value * factor >= 1:
            return f"{three_digits(value * factor)} {unit}"
    return f"{three_digits(value * 1e9)} ns"


def three_digits(value):
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}" if value else "0"


def megabytes(count):
    return f"{three_digits(count / 1e6)} MB"


def times_table(times, what="", scale=1.0):
    """A row for each contestant of in_turns(): its median, both ends and how many times antler's time it is.
    `scale` turns the seconds measured into those that are shown."""
    antler = statistics.median(times["antler"])
    rows = []
    for name, measured in times.items():
        shown = [seconds(value * scale) for value in (statistics.median(measured), min(measured), max(measured))]
        rows.append([name, *shown, len(measured), f"{statistics.median(measured) / antler:.2f}"])
    return table([what, "median", "fastest", "slowest", "runs", "antler = 1"], rows)


def best_peer(medians):
    """The name of the fastest that is not antler."""
    return min((name for name in medians if name != "antler"), key=medians.get)


def geometric_mean(ratios):
    return statistics.geometric_mean(ratios)


def parse_for_page(parser, page, parts):
    """The arguments of a program that writes some parts of a page, which is `page` unless another one is named."""
    parser.add_argument("--page", type=pathlib.Path, default=page)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(parts))
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.parts) - set(parts))
    if unknown:
        parser.error(f"there is no part {unknown[0]}; expected some of {', '.join(parts)}")
    if not arguments.page.is_file():  # to be told now, and not when all is measured
        parser.error(f"there is no page {arguments.page}; expected one with places for what is measured")
    return arguments


class Page:
    """A page whose prose is written by hand, and whose measured parts lie between two comments:
    <!-- measured: NAME --> and <!-- end of NAME -->."""

    def __init__(self, path):
        self.path = path

    def put(self, name, measured):
        begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
        place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        text = self.path.read_text()  # as it is now: measuring takes long, and somebody may have written meanwhile
        if not place.search(text):
            raise ValueError(f"{self.path} has no place for {name}; expected {begin} and {end}")
        text = place.sub(lambda _: f"{begin}\n\n{measured.strip()}\n\n{end}", text)
        partial = self.path.with_suffix(".partial")
        partial.write_text(text)
        partial.replace(self.path)
