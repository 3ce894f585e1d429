"""The lesson's model in real Keras on TensorFlow, on the digits in NumPy files.

keras_lesson.py X.npy Y.npy EPOCHS    prints {"epoch_s": [...]}: seconds of each epoch with its validation
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy  # noqa: E402

layers = keras.layers


class Clock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.start)


def block():
    return [layers.Activation("relu"), layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2))]


def lesson():
    model = keras.Sequential([
        layers.Input((28, 28, 1)), layers.Conv2D(32, (3, 3)), *block(),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(48, (3, 3)), *block(),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(64, (2, 2)), *block(),
        layers.Dropout(0.25), layers.Flatten(), layers.Dense(3168), layers.Activation("relu"),
        layers.Dense(10), layers.Activation("softmax")])
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.RMSprop(), metrics=["accuracy"])
    return model


images = numpy.load(sys.argv[1]).reshape(-1, 28, 28, 1)
labels = keras.utils.to_categorical(numpy.load(sys.argv[2]), 10)
clock = Clock()
lesson().fit(images, labels, batch_size=64, epochs=int(sys.argv[3]), verbose=0, validation_split=0.2, callbacks=[clock])
print(json.dumps({"epoch_s": clock.seconds[1:]}))  # the first one traces
