"""Predicts with the lesson's network, as often as it is asked to: all images, or ONE of them at a time.

predict.py onnxruntime|openvino|pytorch MODEL.onnx X.npy ONE    prints what asked.serve() says

At batch size 1 the first ONE images are predicted, at others all.
"""
import sys

import numpy
from asked import serve

library, model_path, x_path, one = sys.argv[1:]
images = numpy.load(x_path).reshape(-1, 1, 28, 28)


def onnxruntime():
    import onnxruntime as runtime
    session = runtime.InferenceSession(model_path, providers=["CPUExecutionProvider"])
    return lambda batch: session.run(None, {"x": batch})[0]


def openvino():
    import openvino as runtime
    request = runtime.Core().compile_model(model_path, "CPU").create_infer_request()
    return lambda batch: request.infer({"x": batch}, share_inputs=True)


def pytorch():
    import torch
    from torch_networks import lesson
    network = torch.nn.Sequential(lesson(32, 28), torch.nn.Softmax(1)).eval().to(memory_format=torch.channels_last)
    network = torch.jit.optimize_for_inference(torch.jit.trace(network, torch.zeros(32, 1, 28, 28)))

    def predict(batch):
        with torch.inference_mode():
            return network(torch.from_numpy(batch)).numpy()
    return predict


predict = {"onnxruntime": onnxruntime, "openvino": openvino, "pytorch": pytorch}[library]()


def work(batch_size):
    for first in range(0, min(int(one), len(images)) if batch_size == 1 else len(images), batch_size):
        predict(images[first:first + batch_size])


serve(lambda batch_size: [predict(images[:batch_size]) for _ in range(50)], work)
