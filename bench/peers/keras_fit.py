"""Trains a model file in real Keras on TensorFlow, as often as it is asked to.

keras_fit.py MODEL.keras X.npy Y.npy VALIDATION

VALIDATION is the share of the rows, the last ones, that each epoch is validated on. Prints what asked.serve() says.
TensorFlow's graphs are executed without XLA, Keras's own choice: XLA's code for convolutions on a CPU is slower, and it
takes minutes to make for each batch size.
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy  # noqa: E402
from asked import serve  # noqa: E402

path, x_path, y_path, validation = sys.argv[1:]
images, labels = numpy.load(x_path), numpy.load(y_path)
model = keras.saving.load_model(path)
model.compile(loss=model.loss, optimizer=model.optimizer, metrics=["accuracy"], jit_compile=False)


def fit(rows, batch_size):
    model.fit(images[:rows], labels[:rows], batch_size=batch_size, epochs=1, verbose=0,
              validation_split=float(validation))


serve(lambda batch_size: fit(min(3 * batch_size, len(images)), batch_size),
      lambda batch_size: fit(len(images), batch_size))
