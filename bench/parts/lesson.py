"""An epoch of the lesson, with its validation, on the digits."""
from contestants import medians
from parts.fitting import Network, race
from report import best_peer, times_table

BATCH_SIZE = 64
# Multiply-adds of the lesson's network for an image: forward, and forward and backward without the gradient of the input.
PREDICT_FLOPS, TRAIN_FLOPS = 9.98e6, 29.5e6


def run(bench):
    data = bench.digits()
    times = race(Network(bench, "lesson", 32, 28, data, validation=0.2), [BATCH_SIZE], bench.rounds)[BATCH_SIZE]
    middle = medians(times)
    best = best_peer(middle)
    floor = data.rows * (0.8 * TRAIN_FLOPS + 0.2 * PREDICT_FLOPS) / bench.machine.peak_flops
    keras = middle["Keras on TensorFlow"] / middle["antler"]
    return (f"**{middle[best] / middle['antler']:.2f} times as fast as the best of them ({best}), {keras:.2f} times as fast as "
            f"Keras on TensorFlow.** {data.rows:,} images, a fifth of them to validate on. Direct convolution at the "
            f"machine's peak would take {floor:.2f} s: antler's share of that roofline is {floor / middle['antler']:.2f}.\n\n"
            + times_table(times, "an epoch with validation"))
