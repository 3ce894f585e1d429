"""Pictures for docs/performance.md: SVG, the same bytes for the same figures."""
import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "antler", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10,
                            "axes.spines.top": False, "axes.spines.right": False})
from matplotlib import pyplot, ticker  # noqa: E402

COLOURS = ("#2a6f97", "#d1803a", "#6a994e", "#8d5a97")


def save(figure, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.patch.set_facecolor("white")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def bars(path, title, label, groups):
    """`groups`, {name: {x: value}}: bars side by side for each x, with a line at 1."""
    figure, axes = pyplot.subplots(figsize=(7, 3.2))
    places = list(next(iter(groups.values())))
    width = 0.8 / len(groups)
    for number, (name, values) in enumerate(groups.items()):
        at = [place + (number - (len(groups) - 1) / 2) * width for place in range(len(places))]
        drawn = axes.bar(at, values.values(), width * 0.92, label=name, color=COLOURS[number])
        axes.bar_label(drawn, fmt="%.2f", fontsize=8)
    axes.axhline(1, color="black", linewidth=0.8)
    axes.set_xticks(range(len(places)), places)
    axes.set(title=title, xlabel=label)
    axes.legend(frameon=False, ncols=len(groups), loc="upper center", bbox_to_anchor=(0.5, -0.2))
    save(figure, path)


def curves(path, panels):
    """`panels`, {label of x: {name: {x: value}}}: a double logarithmic drawing for each, four to a picture."""
    figure, all_axes = pyplot.subplots(2, 2, figsize=(8, 6))
    for axes, (label, lines) in zip(all_axes.flat, panels.items()):
        for number, (name, points) in enumerate(lines.items()):
            axes.plot(list(points), list(points.values()), "o-", label=name, color=COLOURS[number], markersize=4)
        axes.set(xscale="log", yscale="log", xlabel=label, ylabel="ms an image")
        axes.set_xticks(list(next(iter(lines.values()))))
        axes.xaxis.set_major_formatter(ticker.ScalarFormatter())
        axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
        axes.minorticks_off()
        axes.grid(alpha=0.3)
    all_axes.flat[0].legend(frameon=False)
    save(figure, path)
