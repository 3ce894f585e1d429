"""Files of antler in the real Keras, and Keras's in antler: .keras, .weights.h5, JSON, and what is lost where.

formats_test.py ANTLER    where ANTLER is the command
"""
import json

import numpy as np

import harness
from harness import KerasTest, antler, keras, tf_keras

LOSS = "mean_squared_error"


def branched():
    """Two inputs and outputs, a layer applied twice, models that serve as layers, and what is frozen."""
    layers = keras.layers
    inner_input = keras.Input((4,))
    frozen = layers.Dense(3, trainable=False, name="frozen")
    inner = keras.Model(inner_input, layers.Dense(3, name="open")(frozen(inner_input)), name="inner")
    stack = keras.Sequential([keras.Input((4,)), layers.Dense(3, kernel_regularizer="l2"), layers.Dropout(0.5)], name="stack")
    asleep = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="asleep")
    asleep.trainable = False
    shared = layers.Dense(3, name="shared", activity_regularizer="l1")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    total = layers.Add()([inner(a), inner(b), stack(b), asleep(a), shared(a), shared(b)])
    outputs = [inner(layers.Dense(4, name="first")(total)), layers.Dense(1, name="second", kernel_constraint="max_norm")(total)]
    return keras.Model([a, b], outputs, name="branched")


def layer_configs(model):
    """The configuration of every layer, those of nested models included."""
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from layer_configs(layer)
        else:
            yield layer.get_config()


def one_epoch(model, x, y):
    """The loss of one more epoch in Keras."""
    return model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0).history["loss"][0]


class Formats(KerasTest):
    def setUp(self):
        super().setUp()
        keras.utils.set_random_seed(3)
        self.addCleanup(keras.backend.clear_session)

    def dense(self, library=keras, optimizer="adam"):
        """A small model, trained a little, with data for it."""
        model = library.Sequential([library.Input((4,)), library.layers.Dense(5, "tanh"), library.layers.BatchNormalization(),
                                    library.layers.Dense(2)])
        model.compile(optimizer, LOSS)
        x = np.random.default_rng(1).normal(size=(12, 4)).astype("float32")
        y = x[:, :2] * x[:, 2:]
        one_epoch(model, x, y)
        return model, x, y

    def antlers_epoch(self, file, x, y):
        """The loss of one more epoch in antler, which leaves trained.keras."""
        return self.fit(file, x, y, 4, 1, self.folder / "trained.keras")["loss"][0]

    def converted(self, model, *formats):
        """The model, saved by Keras in the first format, after antler has converted it to each of the others."""
        path = self.folder / f"model.{formats[0]}"
        model.save(path)
        for number, ending in enumerate(formats[1:]):
            following = self.folder / f"converted{number}.{ending}"
            antler("convert", path, following)
            path = following
        return path

    def assert_same(self, found, expected):
        self.assertEqual(len(found), len(expected))
        for one, other in zip(found, expected):
            np.testing.assert_array_equal(np.asarray(one), np.asarray(other))

    def assert_same_model(self, found, expected):
        self.assertEqual(list(layer_configs(found)), list(layer_configs(expected)))
        self.assert_same(found.weights, expected.weights)
        self.assertEqual([w.trainable for w in found.weights], [w.trainable for w in expected.weights])
        self.assertEqual(found.optimizer.get_config(), expected.optimizer.get_config())
        self.assert_same(found.optimizer.variables, expected.optimizer.variables)

    def test_keras_reads_from_antlers_keras_file_all_that_it_has_written(self):
        model, x, y = self.dense()
        again = keras.models.load_model(self.converted(model, "keras", "keras"))
        self.assert_same_model(again, model)
        self.assertEqual(json.dumps(again.get_config()), json.dumps(model.get_config()))
        self.assertEqual(one_epoch(again, x, y), one_epoch(model, x, y))

    def test_branches_and_nested_models_come_back_whole(self):
        model = branched()
        model.compile(keras.optimizers.SGD(0.1, momentum=0.9), [LOSS, LOSS])
        x = list(np.random.default_rng(1).normal(size=(2, 8, 4)).astype("float32"))
        one_epoch(model, x, [np.ones((8, 3)), np.ones((8, 1))])
        for formats in (("keras", "keras"), ("keras", "h5", "keras"), ("h5", "keras")):
            with self.subTest(formats):
                again = keras.models.load_model(self.converted(model, *formats))
                self.assert_same_model(again, model)
                self.assert_same(again.predict(x, verbose=0), model.predict(x, verbose=0))
        legacy = keras.models.load_model(self.converted(model, "keras", "h5"))
        self.assert_same(legacy.predict(x, verbose=0), model.predict(x, verbose=0))

    def test_to_json_is_that_of_keras(self):
        for model in (self.dense()[0], branched()):
            file = self.converted(model, "keras", "json")
            again = keras.models.model_from_json(file.read_text())
            self.assertEqual(list(layer_configs(again)), list(layer_configs(model)))

    def test_json_and_weights_of_keras_make_a_model(self):
        model, x, _ = self.dense()
        (self.folder / "model.json").write_text(model.to_json())
        model.save_weights(self.folder / "w.weights.h5")
        out = self.folder / "out.keras"
        antler("convert", self.folder / "model.json", out, "--weights", self.folder / "w.weights.h5")
        self.assert_same(keras.models.load_model(out).weights, model.weights)

    def test_json_and_weights_of_keras_2_make_a_model(self):
        model, x, _ = self.dense(tf_keras)
        (self.folder / "model.json").write_text(model.to_json())
        model.save_weights(self.folder / "w.h5")
        out = self.folder / "out.keras"
        antler("convert", self.folder / "model.json", out, "--weights", self.folder / "w.h5")
        again = keras.models.load_model(out)
        np.testing.assert_allclose(again.predict(x, verbose=0), model.predict(x, verbose=0), atol=2e-6)

    def test_keras_reads_antlers_weights_file(self):
        model, x, y = self.dense()
        file = self.converted(model, "keras", "weights.h5")
        other, _, _ = self.dense()
        one_epoch(other, x, y)
        other.load_weights(file)
        self.assert_same(other.weights, model.weights)
        self.assert_same(other.optimizer.variables, model.optimizer.variables)

    # Keras's legacy writer takes the optimizer out of what a later .keras file says about compile().
    def test_a_legacy_file_converted_to_keras_keeps_its_optimizer(self):
        model, _, _ = self.dense()
        again = keras.models.load_model(self.converted(model, "h5", "keras"))
        self.assert_same(again.optimizer.variables, model.optimizer.variables)

    # Keras 3 itself: "Unknown variable ... This optimizer can only be called for the variables it was originally built with".
    def test_antler_trains_on_from_a_legacy_file_of_keras_3_where_keras_cannot(self):
        model, x, y = self.dense()
        file = self.converted(model, "h5")
        with self.assertRaises(Exception):
            one_epoch(keras.models.load_model(file), x, y)
        self.assertAlmostEqual(self.antlers_epoch(file, x, y), one_epoch(model, x, y), places=5)

    # Keras 3 itself: "Could not deserialize 'keras.metrics.mse' because it is not a KerasSaveable subclass".
    def test_antler_loads_a_legacy_file_with_the_short_name_of_a_loss_where_keras_cannot(self):
        model, x, y = self.dense()
        model.compile("sgd", "mse")
        file = self.converted(model, "h5")
        with self.assertRaises(Exception):
            keras.models.load_model(file)
        self.assertAlmostEqual(self.antlers_epoch(file, x, y), one_epoch(model, x, y), places=5)
        keras.models.load_model(self.converted(model, "h5", "h5"))

    def test_a_run_that_keras_began_goes_on_in_antler_and_again_in_keras(self):
        model, x, y = self.dense()
        self.assertAlmostEqual(self.antlers_epoch(self.converted(model, "keras"), x, y), one_epoch(model, x, y), places=5)
        again = keras.models.load_model(self.folder / "trained.keras")
        self.assertAlmostEqual(one_epoch(again, x, y), one_epoch(model, x, y), places=5)

    def test_a_model_of_keras_2_becomes_one_of_keras_3_with_its_optimizer(self):
        model, x, y = self.dense(tf_keras, tf_keras.optimizers.SGD(0.05, momentum=0.9))
        again = keras.models.load_model(self.converted(model, "h5", "keras"))
        np.testing.assert_allclose(again.predict(x, verbose=0), model.predict(x, verbose=0), atol=2e-6)
        self.assertAlmostEqual(one_epoch(again, x, y), one_epoch(model, x, y), places=5)

    def test_thresholded_relu_of_keras_2_is_a_relu_in_keras_3(self):
        model = tf_keras.Sequential([tf_keras.Input((6,)), tf_keras.layers.ThresholdedReLU(0.5)])
        x = np.linspace(-1, 2, 12, dtype="float32").reshape(2, 6)
        for ending in ("keras", "h5"):
            again = keras.models.load_model(self.converted(model, "h5", ending))
            self.assert_same([again.predict(x, verbose=0)], [model.predict(x, verbose=0)])

    def test_the_hard_sigmoid_of_keras_2_stays_in_keras_2(self):
        model = tf_keras.Sequential([tf_keras.Input((6,)), tf_keras.layers.Activation("hard_sigmoid")])
        x = np.linspace(-4, 4, 12, dtype="float32").reshape(2, 6)
        again = tf_keras.models.load_model(self.converted(model, "h5", "h5"))
        self.assert_same([again.predict(x, verbose=0)], [model.predict(x, verbose=0)])
        with self.assertRaisesRegex(AssertionError, "hard sigmoid of Keras 2"):
            self.converted(model, "h5", "keras")


if __name__ == "__main__":
    harness.main()
