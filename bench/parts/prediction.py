"""The lesson's network predicts: test.csv in batches of 32, and single images."""
import contextlib
import subprocess
import sys

from contestants import PEERS, Contestant, in_turns, medians, peer
from parts.fitting import Network
from report import best_peer, times_table

LIBRARIES = {"ONNX Runtime": "onnxruntime", "OpenVINO": "openvino", "PyTorch, traced": "pytorch"}
ONE = 1000


def run(bench):
    data = bench.digits()
    onnx = data / "model.onnx"
    subprocess.run([sys.executable, str(PEERS / "torch_export.py"), str(onnx)], check=True, capture_output=True)
    model = Network(bench, "lesson", 32, 28, data).model
    with contextlib.ExitStack() as stack:
        contestants = {"antler": stack.enter_context(Contestant(bench.kernels, "--predict", model, data / "test.npy", ONE))}
        for name, library in LIBRARIES.items():
            contestants[name] = stack.enter_context(peer("predict.py", library, onnx, data / "test.npy", ONE))
        many, one = (in_turns(rounds, contestants, size) for size, rounds in ((32, bench.rounds), (1, bench.rounds + 2)))
    ones = min(ONE, data.test_rows)
    (best_many, lead_many), (best_one, lead_one) = (lead(medians(times)) for times in (many, one))
    return (f"**{lead_many:.2f} times as fast as the best of them ({best_many}) in batches of 32, {lead_one:.2f} times "
            f"({best_one}) for one image.**\n\n"
            + times_table(many, f"{data.test_rows:,} images, batches of 32") + "\n\n"
            + times_table(one, f"one image, the mean of {ones:,}", 1 / ones))


def lead(middle):
    best = best_peer(middle)
    return best, middle[best] / middle["antler"]
