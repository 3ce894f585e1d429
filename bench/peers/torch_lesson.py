"""The lesson's model in PyTorch, channels last, on the digits in NumPy files.

torch_lesson.py train X.npy Y.npy EPOCHS    prints {"epoch_s": [...]}: seconds of each epoch with its validation
torch_lesson.py export MODEL.onnx           writes the model for ONNX Runtime
"""
import json
import sys
import time

import numpy
import torch
from torch import nn


class RowNorm(nn.Module):
    """Keras's BatchNormalization(axis=1) on channels-last data: statistics for each image row."""

    def __init__(self, rows):
        super().__init__()
        self.norm = nn.BatchNorm2d(rows, eps=1e-6, momentum=0.01)

    def forward(self, images):
        return self.norm(images.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def lesson():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), RowNorm(26), nn.MaxPool2d(2), nn.ZeroPad2d(1),
        nn.Conv2d(32, 48, 3), nn.ReLU(), RowNorm(13), nn.MaxPool2d(2), nn.ZeroPad2d(1),
        nn.Conv2d(48, 64, 2), nn.ReLU(), RowNorm(7), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
        nn.Linear(576, 3168), nn.ReLU(), nn.Linear(3168, 10))


def train_epoch(model, optimizer, images, labels, count):
    model.train()
    for rows in torch.randperm(count).split(64):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(model(images[rows]), labels[rows]).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        return sum(int((model(x).argmax(1) == y).sum())
                   for x, y in zip(images[count:].split(64), labels[count:].split(64)))


def train(x_path, y_path, epochs):
    images = torch.tensor(numpy.load(x_path).reshape(-1, 1, 28, 28)).contiguous(memory_format=torch.channels_last)
    labels = torch.tensor(numpy.load(y_path).astype("int64").reshape(-1))
    model = lesson().to(memory_format=torch.channels_last)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3, alpha=0.9, eps=1e-7, foreach=True)
    seconds = []
    for _ in range(int(epochs)):
        start = time.perf_counter()
        train_epoch(model, optimizer, images, labels, len(images) * 4 // 5)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"epoch_s": seconds}))


def export(path):
    model = nn.Sequential(lesson(), nn.Softmax(1)).eval()
    torch.onnx.export(model, torch.zeros(32, 1, 28, 28), path, input_names=["x"], dynamic_axes={"x": {0: "n"}},
                      dynamo=False)


{"train": train, "export": export}[sys.argv[1]](*sys.argv[2:])
