"""The lesson's network in antler and in the real Keras, 3 and 2: the same files, predictions, losses, both ways.

lesson_test.py ANTLER    where ANTLER is the command
"""
import shutil

import h5py
import numpy as np

import harness
from harness import BOTH, keras, tf_keras


def network(library, dropout):
    """The lesson's 20 layers."""
    layers = library.layers
    return library.Sequential([
        library.Input((28, 28, 1)),
        layers.Conv2D(32, (3, 3)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(48, (3, 3)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(64, (2, 2)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.Dropout(dropout), layers.Flatten(), layers.Dense(3168), layers.Activation("relu"),
        layers.Dense(10), layers.Activation("softmax")])


class Lesson(harness.KerasTest):
    def digits(self, count):
        """Blurred random strokes: not digits, but pixels distributed as theirs are."""
        generator = np.random.default_rng(11)
        x = np.clip(generator.normal(-1, 1, (count, 28, 28, 1)), 0, 1).astype("float32")
        return x, np.eye(10, dtype="float32")[generator.integers(0, 10, count)]

    def compiled(self, library, learning_rate=0.001):
        library.utils.set_random_seed(5)
        model = network(library, dropout=0.0)
        model.compile(loss="categorical_crossentropy", optimizer=library.optimizers.RMSprop(learning_rate),
                      metrics=["accuracy"])
        return model

    def losses_step_by_step(self, model, x, y, steps):
        """Of Keras's model, which is saved first, and of antler's that starts from that file."""
        file = self.folder / "step.h5"
        model.save(file)
        expected, found = [], []
        for step in range(steps):
            rows = slice(64 * step, 64 * step + 64)
            expected.append(float(model.train_on_batch(x[rows], y[rows], return_dict=True)["loss"]))
            model.reset_metrics()
            found += self.fit(file, x[rows], y[rows], 64, 1, file)["loss"]
        return found, expected

    # RMSprop's first steps are the largest it ever makes, so that a difference in the last bit grows: two Kerases on one
    # machine are 0.1 apart after ten steps of the usual 0.001. Smaller steps can be compared over all twenty.
    def test_the_first_twenty_steps_have_the_losses_of_keras(self):
        x, y = self.digits(20 * 64)
        for name, library in BOTH.items():
            with self.subTest(name):
                found, expected = self.losses_step_by_step(self.compiled(library, 2e-5), x, y, 20)
                self.assert_close(found, expected, 1e-3, "losses step by step")

    def losses_in_double_precision(self, weights, x, y, steps):
        set_precision = (keras.config.set_floatx, keras.config.set_dtype_policy)
        try:
            for each in set_precision:
                each("float64")
            model = self.compiled(keras)
            model.set_weights([weight.astype("float64") for weight in weights])
            losses = []
            for step in range(steps):
                rows = slice(64 * step, 64 * step + 64)
                batch_x, batch_y = x[rows].astype("float64"), y[rows].astype("float64")
                losses.append(float(model.train_on_batch(batch_x, batch_y, return_dict=True)["loss"]))
                model.reset_metrics()
            return losses
        finally:
            for each in set_precision:
                each("float32")

    # From some step on a window's largest pixel is another one, by the last bit: which step, the processor decides.
    def test_at_the_usual_rate_the_first_steps_have_the_losses_of_keras_in_double_precision(self):
        x, y = self.digits(10 * 64)
        model = self.compiled(keras)
        exact = np.array(self.losses_in_double_precision(model.get_weights(), x, y, 10))
        found, of_keras = self.losses_step_by_step(model, x, y, 10)
        self.assert_close(found[:4], exact[:4], 1e-3, "losses step by step")
        self.assertLess(np.abs(found - exact).max(), np.abs(of_keras - exact).max(), "antler is further off than Keras in float32")

    def begun_in(self, name, x, y):
        """A file that Keras began and antler trained on, and its predictions."""
        begun, trained = self.folder / "begun.h5", self.folder / "cnn_net_model.h5"
        self.compiled(BOTH[name]).save(begun)
        self.fit(begun, x, y, 64, 2, trained)
        return trained, self.predict(trained, x)

    def losses_in(self, library, file, x, y):
        return library.models.load_model(file).fit(x, y, batch_size=64, epochs=1, shuffle=False, verbose=0).history["loss"]

    def test_keras_2_trains_on_from_its_file_with_the_optimizer_as_it_was(self):
        x, y = self.digits(640)
        file, predictions = self.begun_in("Keras 2", x, y)
        for name, library in BOTH.items():
            self.assert_close(library.models.load_model(file).predict(x, verbose=0), predictions, 2e-5, name)
        unbroken = self.fit(file, x, y, 64, 1, self.folder / "more.h5")["loss"]
        self.assert_close(self.losses_in(tf_keras, file, x, y), unbroken, 1e-3, "losses of training on")

    def test_both_train_on_from_a_file_of_keras_3_with_the_same_loss(self):
        x, y = self.digits(640)
        file, predictions = self.begun_in("Keras 3", x, y)
        for name, library in BOTH.items():
            self.assert_close(library.models.load_model(file).predict(x, verbose=0), predictions, 2e-5, name)
        # Keras 3 cannot restore an optimizer from any .h5 (docs/formats.md): both begin it anew, and so must antler here. The
        # first steps of a new RMSprop are large: the loss is 1.7 times that of an unbroken run, so 0.02 tells them apart.
        fresh = self.folder / "fresh.h5"
        shutil.copyfile(file, fresh)
        with h5py.File(fresh, "a") as opened:
            del opened["antler_optimizer_weights"]
        ours = self.fit(fresh, x, y, 64, 1, self.folder / "more.h5")["loss"]
        for name, library in BOTH.items():
            self.assert_close(self.losses_in(library, file, x, y), ours, 2e-2, f"losses of training on in {name}")


if __name__ == "__main__":
    harness.main()
