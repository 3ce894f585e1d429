"""onnx_predict.py MODEL.onnx X.npy: prints {"predict_s": ...}, all rows in batches of 32 in ONNX Runtime."""
import json
import sys
import time

import numpy
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
images = numpy.load(sys.argv[2]).reshape(-1, 1, 28, 28)
start = time.perf_counter()
for first in range(0, len(images), 32):
    session.run(None, {"x": images[first:first + 32]})
print(json.dumps({"predict_s": time.perf_counter() - start}))
