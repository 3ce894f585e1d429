"""The machine that measures: what it is, and what it can do at best."""
import datetime
import json
import os
import pathlib
import subprocess


def processor_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "an unknown processor"


def vector_units():
    flags = next((line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")), "")
    names = {"avx512f": "AVX-512", "avx2": "AVX2", "sse4_2": "SSE4"}
    return next((name for flag, name in names.items() if f" {flag} " in f"{flags} "), "")


def processors():
    return len(os.sched_getaffinity(0))


def description():
    """The day, and what machine this is."""
    return f"{datetime.date.today().isoformat()}, {processor_name()}, {vector_units()}, {processors()} processors"


def kernel_figures(kernels, only="."):
    """What Google Benchmark measured, by name."""
    output = subprocess.run([kernels, "--benchmark_format=json", f"--benchmark_filter={only}", "--benchmark_min_time=0.2"],
                            check=True, capture_output=True, text=True).stdout
    return {each["name"].removesuffix("/real_time"): each for each in json.loads(output)["benchmarks"]}


class Machine:
    """Its name, processors and peaks, measured anew by each run of the bench."""

    def __init__(self, kernels):
        figures = kernel_figures(kernels, "peak of|bandwidth")
        self.processors = processors()
        self.peak_flops = figures["peak of fused multiply-adds"]["flops"]
        self.bandwidth = figures["memory bandwidth"]["bytes_per_second"]
        self.load = os.getloadavg()[0]

    def __str__(self):
        return (f"*{description()}: {self.peak_flops / 1e9:.0f} GFLOP/s of fused multiply-adds, {self.bandwidth / 1e9:.0f} GB/s "
                f"of memory; load before the run {self.load:.1f}.*")
