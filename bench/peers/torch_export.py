"""torch_export.py MODEL.onnx: writes the lesson's network, with its softmax, for the runtimes that read ONNX."""
import sys

import torch
from torch import nn
from torch_networks import lesson

model = nn.Sequential(lesson(32, 28), nn.Softmax(1)).eval()
torch.onnx.export(model, torch.zeros(32, 1, 28, 28), sys.argv[1], input_names=["x"], dynamic_axes={"x": {0: "n"}},
                  dynamo=False)
