"""Every optimizer, schedule, loss and metric: Keras -> antler -> Keras -> antler, and what they compute.

compile_classes_test.py ANTLER    where ANTLER is the command
"""
import json

import numpy as np

import compile_table
import harness
from harness import BOTH, antler, is_keras_2, tf
from layer_table import resolved, said
from round_trip import RoundTripTest, keeps_optimizer

tf.config.run_functions_eagerly(True)  # many small models: tracing each would take longer than running it
BATCH = 4
SAMPLES = 12


def data_of(kind, generator):
    """(activation of the model's last layer, its width, targets) for a kind of the tables."""
    labels = generator.integers(0, 3, SAMPLES)
    one_hot = np.eye(3, dtype="float32")[labels]
    real = generator.normal(0, 1, (SAMPLES, 3)).astype("float32")
    bits = (real > 0).astype("float32")
    return {
        "probabilities": ("softmax", 3, one_hot),
        "sparse": ("softmax", 3, labels.reshape(-1, 1).astype("float32")),
        "labels": ("softmax", 3, labels.astype("float32")),
        "sparse logits": (None, 3, labels.reshape(-1, 1).astype("float32")),
        "sparse embeddings": (None, 3, labels.reshape(-1, 1).astype("float32")),
        "binary": ("sigmoid", 3, bits),
        "logits": (None, 3, one_hot),
        "real": (None, 3, real),
        "positive": ("softplus", 3, np.abs(real) + 0.1),
        "signs": ("tanh", 3, np.sign(real)),
    }[kind]


def model_of(kind, library):
    """A small network without randomness, samples and targets for it."""
    library.utils.set_random_seed(6)
    generator = np.random.default_rng(6)
    activation, width, y = data_of(kind, generator)
    model = library.Sequential([library.Input((4,)), library.layers.Dense(5, activation="tanh", name="hidden"),
                                library.layers.Dense(width, activation=activation, name="head")], name="small")
    return model, generator.normal(0, 1, (SAMPLES, 4)).astype("float32"), y


def cases_of(table, library):
    return [case for case in table if (2 if is_keras_2(library) else 3) in case.kerases]


def made_of(case, module, library):
    return getattr(module, case.class_name)(**resolved(case.settings, library))


def trained_on(model, x, y):
    """The losses and then the predictions of a model that is trained for three epochs more."""
    losses = model.fit(x, y, batch_size=BATCH, epochs=3, shuffle=False, verbose=0).history["loss"]
    return losses, model.predict(x, verbose=0)


class CompileClasses(RoundTripTest):
    def hold_each(self, table, hold):
        """Calls hold(library, case) for each line, in a subtest of its own."""
        for name, library in BOTH.items():
            for case in cases_of(table, library):
                with self.subTest(f"{name}: {case.class_name}({said(case.settings)})"):
                    hold(library, case)
                library.backend.clear_session()

    def assert_scores(self, model, library, x, y):
        expected = model.evaluate(x, y, batch_size=BATCH, verbose=0, return_dict=True)
        for file in self.save(model, library):
            found = self.evaluate(file, x, y, BATCH)
            self.assertEqual(sorted(found), sorted(expected), file.suffix)
            for name, score in expected.items():
                self.assert_close(found[name], score, 1e-4, f"{file.suffix}: {name}")

    def assert_trains_on(self, files, library, model, x, y):
        """Files of a model, not yet trained on, give what Keras's model gives that goes on from memory or from its file."""
        in_memory = trained_on(model, x, y)
        for file in files:
            out = self.folder / f"trained{file.suffix}"
            losses, predictions = self.fit(file, x, y, BATCH, 3, out)["loss"], self.predict(out, x)
            try:
                self.assert_trained(losses, predictions, in_memory, file.suffix)
            except AssertionError:
                if not keeps_optimizer(library, file.suffix):
                    raise
                # Keras 2's Nadam (tf_keras/src/optimizers/nadam.py) keeps the product of its momenta beside its variables, and
                # so in no file: from its file, it goes on otherwise than from memory.
                from_file = trained_on(library.models.load_model(file), x, y)
                self.assert_trained(losses, predictions, from_file, file.suffix)

    def assert_trained(self, losses, predictions, expected, what):
        self.assert_close(losses, expected[0], 1e-3, f"{what}: losses of training on")
        self.assert_close(predictions, expected[1], 1e-3, f"{what}: predictions after training on")

    def hold_optimizer(self, library, case):
        model, x, y = model_of("probabilities", library)
        optimizer = made_of(case, library.optimizers, library)
        model.compile(optimizer=optimizer, loss=library.losses.CategoricalCrossentropy())
        model.fit(x, y, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
        self.assert_comes_back(model, library)
        self.assert_trains_on([self.folder / f"keras{ending}" for ending in harness.formats(library)], library, model, x, y)

    def test_every_optimizer_and_schedule_comes_back_equal_and_trains_on(self):
        self.hold_each(compile_table.OPTIMIZERS, self.hold_optimizer)

    def hold_loss(self, library, case):
        model, x, y = model_of(case.data, library)

        def compile_model():  # again after each saving: Keras 3 takes the optimizer from a model that it writes as .h5
            model.compile(optimizer=library.optimizers.SGD(0.01), loss=made_of(case, library.losses, library))

        compile_model()
        self.assert_comes_back(model, library)
        compile_model()
        self.assert_scores(model, library, x, y)
        compile_model()
        files = self.save(model, library, "begun")
        compile_model()
        self.assert_trains_on(files, library, model, x, y)

    def test_every_loss_comes_back_equal_and_is_computed_and_made_small_as_in_keras(self):
        self.hold_each(compile_table.LOSSES, self.hold_loss)

    def hold_metric(self, library, case):
        model, x, y = model_of(case.data, library)
        sparse = case.data.startswith("sparse")
        loss = library.losses.SparseCategoricalCrossentropy() if sparse else library.losses.MeanSquaredError()

        def compile_model():
            metrics = [made_of(case, library.metrics, library)]
            model.compile(optimizer=library.optimizers.SGD(0.01), loss=loss, metrics=metrics)
            model.evaluate(x, y, verbose=0)  # metrics are built by it

        compile_model()
        self.assert_comes_back(model, library)
        compile_model()
        self.assert_scores(model, library, x, y)

    def test_every_metric_comes_back_equal_and_is_computed_as_in_keras(self):
        self.hold_each(compile_table.METRICS, self.hold_metric)

    def test_losses_and_metrics_by_name_come_back_equal(self):
        for name, library in BOTH.items():
            for kind, loss in {"probabilities": "categorical_crossentropy", "binary": "binary_crossentropy", "real": "mse"}.items():
                with self.subTest(f"{name}: {loss}"):
                    model, x, y = model_of(kind, library)
                    model.compile(optimizer="adam", loss=loss, metrics=["accuracy", "mae"], weighted_metrics=["mse"])
                    model.fit(x, y, batch_size=BATCH, verbose=0)
                    self.assert_comes_back(model, library)

    def test_every_class_of_antler_is_in_a_table(self):
        known = json.loads(antler("classes", "--json"))
        tables = {"losses": compile_table.LOSSES, "metrics": compile_table.METRICS, "optimizers": compile_table.OPTIMIZERS}
        for kind, table in tables.items():
            with self.subTest(kind):
                self.assertEqual(set(known[kind]) - compile_table.METRICS_OF_VALUES, {case.class_name for case in table})


if __name__ == "__main__":
    harness.main()
