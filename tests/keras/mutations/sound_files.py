"""Writes the sound files that mutations start from, with the real Keras.

sound_files.py FOLDER
"""
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tf_keras  # noqa: E402


def network(library):
    """Of the layers that configuration.py knows how to break."""
    layers = library.layers
    model = library.Sequential([library.Input((5, 5, 1)), layers.Conv2D(2, 3, activation="relu"), layers.BatchNormalization(),
                                layers.Flatten(), layers.Dense(3, activation="softmax")])
    model.compile(optimizer=library.optimizers.Adam(), loss=library.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    model.fit(np.ones((2, 5, 5, 1), "float32"), np.eye(3, dtype="float32")[:2], verbose=0)
    return model


def chain(library):
    """A functional model whose middle layer is to be led in circles."""
    inputs = library.Input((4,), name="start")
    first = library.layers.Dense(4, name="first")(inputs)
    second = library.layers.Dense(4, name="second")(first)
    return library.Model(inputs, library.layers.Dense(4, name="third")(second))


def with_lambda(library):
    return library.Sequential([library.Input((4,)), library.layers.Lambda(lambda x: x * 2), library.layers.Dense(2)])


def write(folder):
    for version, library, endings in ((3, keras, (".keras", ".h5")), (2, tf_keras, (".h5",))):
        for name, make in (("keras", network), ("lambda", with_lambda)):
            model = make(library)
            (folder / f"{name}{version}.json").write_text(model.to_json())
            if version == 3 and name == "keras":
                model.save_weights(folder / "keras3.weights.h5")
            for ending in endings:
                model.save(folder / f"{name}{version}{ending}")
    (folder / "chain.json").write_text(chain(keras).to_json())


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]))
