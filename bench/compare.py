"""Times the antler command against what its users would run instead, in turns (A B A B), and prints the medians and ratios.

compare.py --antler build/antler --kernels build/antler_bench --digits FOLDER [--rounds 3] [--keras-python PYTHON]

FOLDER holds train.csv and test.csv, or their .gz. Absolute seconds mean little: machines differ and are shared. Ratios of
medians of one run are what counts; the machine's measured peak stands beside them.
"""
import argparse
import gzip
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import numpy
import pandas

PEERS = pathlib.Path(__file__).parent / "peers"


def run_json(*command):
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return json.loads(output.strip().splitlines()[-1])


def peer(script, *words, python=sys.executable):
    return run_json(python, PEERS / script, *words)


def plain_csv(folder, name, to):
    """A copy of a CSV file that is not compressed."""
    copy = to / name
    if (folder / name).exists():
        shutil.copyfile(folder / name, copy)
    else:
        with gzip.open(folder / f"{name}.gz") as packed, open(copy, "wb") as out:
            shutil.copyfileobj(packed, out)
    return copy


def in_turns(rounds, contestants):
    """{name: [seconds, ...]}, each contestant once a round."""
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            times[name].extend(run())
    return times


def report(title, times):
    print(f"\n### {title}\n\n| | median s | fastest | slowest | against antler |\n| --- | --- | --- | --- | --- |")
    antler = statistics.median(times["antler"])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"| {name} | {median:.3f} | {min(seconds):.3f} | {max(seconds):.3f} | {median / antler:.2f} |")
    sys.stdout.flush()


def kernel_figures(kernels):
    """What Google Benchmark measured, by name."""
    output = subprocess.run([kernels, "--benchmark_format=json"], check=True, capture_output=True, text=True).stdout
    return {each["name"].removesuffix("/real_time"): each for each in json.loads(output)["benchmarks"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--antler", required=True)
    parser.add_argument("--kernels", required=True)
    parser.add_argument("--digits", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keras-python", help="a Python with Keras and TensorFlow; without it they are left out")
    args = parser.parse_args()

    figures = kernel_figures(args.kernels)
    print("### Kernels, all threads\n\n| | GFLOP/s or GB/s | ms |\n| --- | --- | --- |")
    for name, each in figures.items():
        rates = [f"{each[key] / 1e9:.0f}" for key in ("flops", "bytes_per_second") if key in each]
        print(f"| {name} | {' '.join(rates)} | {each['real_time']:.3f} |")

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train, test = (plain_csv(args.digits, each, folder) for each in ("train.csv", "test.csv"))
        digits = pandas.read_csv(train).to_numpy(dtype="float32")
        numpy.save(folder / "x.npy", digits[:, 1:] / 255)
        numpy.save(folder / "y.npy", digits[:, 0])
        numpy.save(folder / "test.npy", pandas.read_csv(test).to_numpy(dtype="float32") / 255)
        model, onnx, history = folder / "model.h5", folder / "model.onnx", folder / "history.json"
        subprocess.run([sys.executable, PEERS / "torch_lesson.py", "export", onnx], check=True, capture_output=True)

        def antler_epochs():
            subprocess.run([args.antler, "digits", "train", train, "-o", model, "--recipe", "lesson", "--epochs", "2",
                            "--history", history], check=True, capture_output=True)
            return json.loads(history.read_text())["seconds"]

        def antler_predict():
            return [run_json(args.antler, "digits", "predict", test, "-m", model, "-o", folder / "out.csv",
                             "--json")["predict_s"]]

        learners = {"antler": antler_epochs,
                    "PyTorch, channels last": lambda: peer("torch_lesson.py", "train", folder / "x.npy",
                                                           folder / "y.npy", 2)["epoch_s"]}
        if args.keras_python:
            learners["Keras on TensorFlow"] = lambda: peer("keras_lesson.py", folder / "x.npy", folder / "y.npy", 3,
                                                           python=args.keras_python)["epoch_s"]
        report("An epoch of the lesson, with validation", in_turns(args.rounds, learners))
        report("Predicting test.csv, batches of 32", in_turns(args.rounds, {
            "antler": antler_predict,
            "ONNX Runtime": lambda: [peer("onnx_predict.py", onnx, folder / "test.npy")["predict_s"]]}))
        report("train.csv to an array", in_turns(args.rounds, {
            "antler": lambda: [run_json(args.kernels, "--read-csv", train)["read_s"]],
            **{library: lambda library=library: [peer("read_csv.py", library, train)["read_s"]]
               for library in ("pandas", "polars", "pyarrow")}}))


main()
