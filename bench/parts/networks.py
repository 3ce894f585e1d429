"""Other networks than the lesson's, at four batch sizes."""
from contestants import medians
from parts.fitting import Network, race
from pictures import bars
from report import best_peer, geometric_mean, seconds, table

BATCH_SIZES = (16, 64, 256, 1024)
# Name: title, width, size, channels, images an epoch.
NETWORKS = {"lenet": ("LeNet-5", 6, 28, 1, 8192), "vgg": ("VGG-style", 32, 32, 3, 2048), "resnet": ("ResNet-20", 16, 32, 3, 2048)}


def fastest(middle, family):
    """The name in `middle` of the fastest of a family: PyTorch has several ways."""
    return min((name for name in middle if name.startswith(family)), key=middle.get)


def run(bench):
    rows, leads, by_network = [], {}, {}
    for name, (title, width, size, channels, count) in NETWORKS.items():
        network = Network(bench, name, width, size, bench.images(count, size, channels))
        for batch_size, times in race(network, BATCH_SIZES, bench.rounds).items():
            middle = medians(times)
            torch, keras = fastest(middle, "PyTorch"), "Keras on TensorFlow"
            lead = middle[best_peer(middle)] / middle["antler"]
            leads.setdefault(title, {})[batch_size] = lead
            by_network.setdefault(title, []).append(lead)
            step = batch_size / network.data.rows
            rows.append([title, batch_size, seconds(middle["antler"] * step), f"{seconds(middle[torch] * step)}, {torch.split(', ')[1]}",
                         seconds(middle[keras] * step), f"{lead:.2f}"])
    bars(bench.pictures / "networks.svg", "Times as fast as the better of PyTorch and Keras", "batch size", leads)
    means = ", ".join(f"{title} {geometric_mean(ratios):.2f}" for title, ratios in by_network.items())
    overall = geometric_mean([ratio for ratios in by_network.values() for ratio in ratios])
    return (f"**{overall:.2f} times as fast as the better of the two, by the geometric mean of all rows** ({means}).\n\n"
            + table(["network", "batch size", "antler, a step", "PyTorch, its best", "Keras on TensorFlow", "lead"], rows)
            + "\n\n![The lead for each network and batch size](images/networks.svg)")
