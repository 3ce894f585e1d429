"""The networks of the bench in PyTorch: the same as in keras_networks.py."""
import torch
from torch import nn


class RowNorm(nn.Module):
    """Keras's BatchNormalization(axis=1) on channels-last data: statistics for each image row."""

    def __init__(self, rows):
        super().__init__()
        self.norm = nn.BatchNorm2d(rows, eps=1e-6, momentum=0.01)

    def forward(self, images):
        return self.norm(images.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def lesson(width, size):
    first = size - 2
    second = first // 2
    third = second // 2 + 1
    return nn.Sequential(
        nn.Conv2d(1, width, 3), nn.ReLU(), RowNorm(first), nn.MaxPool2d(2), nn.ZeroPad2d(1),
        nn.Conv2d(width, width * 3 // 2, 3), nn.ReLU(), RowNorm(second), nn.MaxPool2d(2), nn.ZeroPad2d(1),
        nn.Conv2d(width * 3 // 2, width * 2, 2), nn.ReLU(), RowNorm(third), nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Flatten(), nn.Linear(width * 2 * (third // 2) ** 2, 3168), nn.ReLU(), nn.Linear(3168, 10))


def lenet(width, size):
    deep, side = width * 16 // 6, (size // 2 - 4) // 2
    return nn.Sequential(
        nn.Conv2d(1, width, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(width, deep, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(deep * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def vgg(width, size):
    stack, channels = [], 3
    for filters in (width, 2 * width, 4 * width):
        stack += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(),
                  nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels = filters
    return nn.Sequential(*stack, nn.Flatten(), nn.Linear(channels * (size // 8) ** 2, 256), nn.ReLU(),
                         nn.Linear(256, 10))


def normalized(channels, filters, kernel, stride):
    return nn.Sequential(nn.Conv2d(channels, filters, kernel, stride, kernel // 2, bias=False),
                         nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01))


class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.first = normalized(channels, filters, 3, stride)
        self.second = normalized(filters, filters, 3, 1)
        self.shortcut = normalized(channels, filters, 1, stride) if stride == 2 else nn.Identity()

    def forward(self, x):
        return torch.relu(self.shortcut(x) + self.second(torch.relu(self.first(x))))


def resnet(width, size):
    blocks = [Block(max(width << level >> (block == 0), width), width << level, 2 if level > 0 and block == 0 else 1)
              for level in range(3) for block in range(3)]
    return nn.Sequential(normalized(3, width, 3, 1), nn.ReLU(), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                         nn.Linear(width << 2, 10))


NETWORKS = {"lesson": lesson, "lenet": lenet, "vgg": vgg, "resnet": resnet}
