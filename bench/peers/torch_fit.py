"""Trains a network of the bench in PyTorch, as often as it is asked to.

torch_fit.py NAME WIDTH SIZE X.npy Y.npy VALIDATION THREADS eager|channels_last|compiled

VALIDATION is the share of the rows, the last ones, that each epoch is validated on. Prints {"weights": ...}, then what
asked.serve() says.
"""
import sys

import numpy
import torch
from asked import answer, serve
from torch import nn
from torch_networks import NETWORKS

name, width, size, x_path, y_path, validation, threads, mode = sys.argv[1:]
torch.set_num_threads(int(threads))
images = torch.tensor(numpy.load(x_path)).permute(0, 3, 1, 2)  # Keras's order of axes to PyTorch's
labels = torch.tensor(numpy.load(y_path)).argmax(1)
model = NETWORKS[name](int(width), int(size))
layout = torch.contiguous_format if mode == "eager" else torch.channels_last
images, model = images.contiguous(memory_format=layout), model.to(memory_format=layout)
if name == "lesson":
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3, alpha=0.9, eps=1e-7, foreach=True)
else:
    optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, fused=True)
answer(weights=sum(weight.numel() for weight in model.parameters()))
network = torch.compile(model) if mode == "compiled" else model


def right(outputs, targets):
    return (outputs.argmax(1) == targets).sum()


def fit(train, validate, batch_size):
    """An epoch on the rows `train`, with the loss and the accuracy that Keras reports too, and its validation."""
    losses, hits = torch.zeros(()), torch.zeros((), dtype=torch.int64)
    model.train()
    for rows in train[torch.randperm(len(train))].split(batch_size):
        optimizer.zero_grad(set_to_none=True)
        outputs, targets = network(images[rows]), labels[rows]
        loss = nn.functional.cross_entropy(outputs, targets)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            losses += loss
            hits += right(outputs, targets)
    if len(validate) == 0:
        return
    model.eval()
    with torch.no_grad():
        for rows in validate.split(batch_size):
            hits += right(network(images[rows[0]:rows[-1] + 1]), labels[rows])


validated = int(len(images) * float(validation))
train, validate = torch.arange(len(images)).split([len(images) - validated, validated])
serve(lambda batch_size: fit(train[:2 * batch_size], validate[:2 * batch_size], batch_size),
      lambda batch_size: fit(train, validate, batch_size))
