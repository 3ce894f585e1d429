"""Operations one by one, under Google Benchmark."""
from machine import kernel_figures
from report import seconds, table


def run(bench):
    rows = []
    for name, each in kernel_figures(bench.kernels, "-peak of|bandwidth").items():
        flops, bandwidth = each.get("flops"), each.get("bytes_per_second")
        rate, share = "", ""
        if flops:
            rate, share = f"{flops / 1e9:.0f} GFLOP/s", f"{flops / bench.machine.peak_flops:.0%}"
        elif bandwidth:
            rate = f"{bandwidth / 1e9:.0f} GB/s"  # from caches, where the weights fit into them: no share of memory's
        rows.append([name, seconds(each["real_time"] / 1e3), rate, share])
    return table(["operation, batch of 64", "time", "rate", "of the peak"], rows)
