"""How training grows with the batch size, the width, the image size and the threads: the VGG-style network."""
import contextlib

from contestants import in_turns, medians
from parts.fitting import Network
from pictures import curves
from report import table

BATCH_SIZE, WIDTH, SIZE = 64, 32, 32
BATCH_SIZES, WIDTHS, SIZES = (4, 16, 64, 256, 1024), (8, 16, 32, 64, 96), (16, 32, 48, 64, 96)
IMAGES = 1024
PEER = "PyTorch, channels last"


def count_for(width, size):
    """Images an epoch, a whole number of batches: fewer where one costs more, so that each point takes a second or two."""
    cost = (width / WIDTH) ** 1.5 * (size / SIZE) ** 2
    return BATCH_SIZE * max(2, round(min(IMAGES / cost, 4 * IMAGES) / BATCH_SIZE))


def measured(bench, network, batch_sizes, threads=None):
    """{batch size: {name: milliseconds an image}}."""
    with contextlib.ExitStack() as stack:
        contestants = {"antler": network.antler(threads),
                       PEER: stack.enter_context(network.torch("channels_last", threads))}
        return {size: {name: seconds / network.data.rows * 1e3
                       for name, seconds in medians(in_turns(bench.rounds, contestants, size)).items()}
                for size in batch_sizes}


def panels(bench):
    """{what grows: {its value: {name: milliseconds an image}}}."""
    def network(width, size, count=None):
        return Network(bench, "vgg", width, size, bench.images(count or count_for(width, size), size, 3))

    middle = network(WIDTH, SIZE, max(IMAGES, BATCH_SIZES[-1]))
    by_batch = measured(bench, middle, BATCH_SIZES)
    processors = bench.machine.processors
    threads = sorted({1 << power for power in range(processors.bit_length())} | {processors})
    return {
        "batch size": by_batch,
        "filters of the first convolution": {width: measured(bench, network(width, SIZE), [BATCH_SIZE])[BATCH_SIZE]
                                             for width in WIDTHS},
        "height and width of an image": {size: measured(bench, network(WIDTH, size), [BATCH_SIZE])[BATCH_SIZE]
                                         for size in SIZES},
        "threads": {count: measured(bench, middle, [BATCH_SIZE], count)[BATCH_SIZE] for count in threads}}


def run(bench):
    grown = panels(bench)
    lines = {what: {name: {x: values[name] for x, values in points.items()} for name in ("antler", PEER)}
             for what, points in grown.items()}
    curves(bench.pictures / "growth.svg", lines)
    rows = [[what, x, f"{values['antler']:.3f}", f"{values[PEER]:.3f}", f"{values[PEER] / values['antler']:.2f}"]
            for what, points in grown.items() for x, values in points.items()]
    return ("![Milliseconds an image against what grows](images/growth.svg)\n\n"
            + table(["what grows", "", "antler, ms an image", f"{PEER}", "lead"], rows))
