"""Every layer, initializer, regularizer, constraint and activation: Keras -> antler -> Keras -> antler.

layer_classes_test.py ANTLER    where ANTLER is the command
"""
import itertools
import json

import numpy as np

import harness
import layer_table
from harness import BOTH, antler, is_keras_2, tf
from round_trip import RoundTripTest

tf.config.run_functions_eagerly(True)  # many small models: tracing each would take longer than running it
AT_A_TIME = 12  # layers in one model
SAMPLES = 6


def named(case, number):
    return f"{case.class_name.lower()}_{number}"


def cases_of(library):
    """(name, case) of each line of the table that a Keras has."""
    version = 2 if is_keras_2(library) else 3
    return [(named(case, i), case) for i, case in enumerate(layer_table.LAYERS) if version in case.kerases]


def only_predicts(case):
    """Random in training, or with groups, whose gradient TensorFlow cannot compute eagerly on a CPU."""
    in_groups = case.class_name.startswith("Conv") and "groups" in case.settings
    return in_groups or case.class_name in layer_table.RANDOM_IN_TRAINING


def batches(cases):
    """Lists of cases that one model can hold: those that can be trained and others apart."""
    for untrained in (False, True):
        chosen = [each for each in cases if only_predicts(each[1]) == untrained]
        for i in range(0, len(chosen), AT_A_TIME):
            yield chosen[i:i + AT_A_TIME]


def model_of(batch, library):
    """Each layer on inputs of its own; the outputs side by side, so that a wrong column tells which layer is wrong."""
    layers = library.layers
    inputs, outputs = [], []
    for name, case in batch:
        shapes = case.shape if isinstance(case.shape, list) else [case.shape]
        own = [library.Input(shape, name=f"{name}_x{i}") for i, shape in enumerate(shapes)]
        result = layer_table.layer(case, library, name)(own if len(own) > 1 else own[0])
        inputs += own
        outputs.append(layers.Flatten(name=f"{name}_flat")(result))
    joined = layers.Concatenate(name="joined")(outputs) if len(outputs) > 1 else outputs[0]
    # Keras writes a list of one input as a list; antler knows a model of one input in one way.
    model = library.Model(inputs if len(inputs) > 1 else inputs[0], joined, name="classes")
    model.compile(optimizer=library.optimizers.SGD(0.01), loss=library.losses.MeanSquaredError())
    return model, [output.shape[-1] for output in outputs]


def stir(model, generator):
    """Other values than the initial zeros and ones, so that confusing weights shows; none negative: some are variances."""
    for weight in model.weights:
        value = np.asarray(weight)
        if value.dtype == np.float32 and "normalization" not in weight.name:
            weight.assign(np.abs(value + generator.normal(0, 0.1, value.shape)).astype("float32"))


class Layers(RoundTripTest):
    def hold(self, batch, library):
        """One model of many layers; where anything about it is wrong, a model of each, to say which it is."""
        try:
            self.hold_together(batch, library)
        except Exception:  # Keras's own, where it cannot read what antler wrote
            if len(batch) == 1:
                raise
            wrong = list(batch)
            for each in batch:
                with self.subTest(f"{library.__name__}: {each[0]} {layer_table.said(each[1].settings)}"):
                    self.hold_together([each], library)
                    wrong.remove(each)
            if not wrong:
                raise

    def hold_together(self, batch, library):
        library.utils.set_random_seed(3)
        generator = np.random.default_rng(3)
        model, widths = model_of(batch, library)
        stir(model, generator)
        x = [generator.normal(0, 1, (SAMPLES, *each.shape[1:])).astype("float32") for each in model.inputs]
        y = generator.normal(0, 1, (SAMPLES, sum(widths))).astype("float32")
        columns = [name for (name, _), width in zip(batch, widths) for _ in range(width)]
        self.assert_comes_back(model, library)
        self.assert_predicts(model, library, x, columns)
        if not any(only_predicts(case) for _, case in batch):
            self.assert_trains(model, library, x, y)

    def assert_predicts(self, model, library, x, columns):
        expected = model.predict(x, verbose=0)
        for file in self.save(model, library):
            found = self.predict(file, x)
            self.assertEqual(found.shape, expected.shape)
            wrong = np.abs(found - expected) > 2e-5 * np.maximum(1, np.abs(expected))
            names = sorted({columns[i] for i in np.flatnonzero(wrong.any(axis=0))})
            self.assertEqual([], names, f"{file.suffix}: layers with other predictions than Keras's")

    def assert_trains(self, model, library, x, y):
        model.compile(optimizer=library.optimizers.SGD(0.01), loss=library.losses.MeanSquaredError())
        files = self.save(model, library)
        model.compile(optimizer=library.optimizers.SGD(0.01), loss=library.losses.MeanSquaredError())
        score = model.evaluate(x, y, batch_size=4, verbose=0)
        losses = model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0).history["loss"]
        trained = model.predict(x, verbose=0)
        for file in files:
            out = self.folder / f"trained{file.suffix}"
            self.assert_close(self.evaluate(file, x, y, 4)["loss"], score, 1e-4, f"{file.suffix}: loss")
            self.assert_close(self.fit(file, x, y, 4, 2, out)["loss"], losses, 1e-3, f"{file.suffix}: losses of training")
            self.assert_close(self.predict(out, x), trained, 1e-3, f"{file.suffix}: predictions after training")

    def test_every_layer_comes_back_equal_and_computes_the_same(self):
        for name, library in BOTH.items():
            for batch in batches(cases_of(library)):
                with self.subTest(f"{name}: {', '.join(each for each, _ in batch)}"):
                    self.hold(batch, library)
                library.backend.clear_session()

    def test_a_layer_that_is_not_trainable_stays_so(self):
        for name, library in BOTH.items():
            with self.subTest(name):
                base = library.layers.Dense(4, trainable=False, name="frozen")
                model = library.Sequential([library.Input((6,)), base, library.layers.BatchNormalization(name="norm"),
                                            library.layers.Dense(2, name="head")])
                model.layers[1].trainable = False
                model.compile(optimizer=library.optimizers.Adam(0.01), loss=library.losses.MeanSquaredError())
                generator = np.random.default_rng(4)
                x, y = generator.normal(0, 1, (8, 6)).astype("float32"), generator.normal(0, 1, (8, 2)).astype("float32")
                model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0)
                self.assert_comes_back(model, library)
                self.hold_against(library, compiled_again(model, library), x, y)

    def test_what_a_normalization_learned_by_adapt_comes_back(self):
        for name, library in BOTH.items():
            with self.subTest(name):
                layer = library.layers.Normalization(axis=-1, name="adapted")
                data = np.random.default_rng(5).normal(3, 2, (50, 6)).astype("float32")
                layer.adapt(data)
                model = library.Sequential([library.Input((6,)), layer, library.layers.Dense(2)])
                model.compile(optimizer=library.optimizers.SGD(0.01), loss=library.losses.MeanSquaredError())
                self.assert_comes_back(model, library)
                self.assert_predicts(model, library, data, ["adapted"] * 2)

    def test_every_layer_of_antler_is_in_the_table(self):
        known = set(json.loads(antler("classes", "--json"))["layers"])
        tried = {case.class_name for case in layer_table.LAYERS} | {"InputLayer"}
        self.assertEqual(known, tried, "what antler has; what layer_table.py has a line for")


def compiled_again(model, library):
    model.compile(optimizer=library.optimizers.Adam(0.01), loss=library.losses.MeanSquaredError())
    return model


if __name__ == "__main__":
    harness.main()
