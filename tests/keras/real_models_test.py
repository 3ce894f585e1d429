"""Networks of the wild, built in the real Keras: antler predicts, evaluates and trains them on as Keras does.

real_models_test.py ANTLER    where ANTLER is the command
"""
import numpy as np

import harness
import real_models
from harness import BOTH

SAMPLES = 8


def classes(generator, count=3):
    return np.eye(count, dtype="float32")[generator.integers(0, count, SAMPLES)]


def reals(generator, *shape):
    return generator.normal(0, 1, (SAMPLES, *shape)).astype("float32")


def bits(generator, *shape):
    return generator.integers(0, 2, (SAMPLES, *shape)).astype("float32")


def stir(model, generator):
    """Statistics and biases of a trained model are not 0 and 1."""
    for weight in model.weights:
        value = np.asarray(weight)
        if value.ndim == 1 and value.dtype == np.float32:
            weight.assign(np.abs(value + generator.normal(0, 0.1, value.shape)).astype("float32"))


class RealModels(harness.KerasTest):
    def hold(self, build, data, epochs=2):
        for name, library in BOTH.items():
            with self.subTest(name):
                library.utils.set_random_seed(12)
                generator = np.random.default_rng(12)
                model = build(library)
                stir(model, generator)
                x, y = data(generator)
                model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0)  # the optimizer's state is not fresh
                self.hold_against(library, model, x, y, 4, epochs)
            library.backend.clear_session()

    def test_resnet_20(self):
        self.hold(real_models.resnet20, lambda g: (reals(g, 32, 32, 3), classes(g, 10)))

    def test_separable_network_with_relu6(self):
        self.hold(real_models.mobilenet, lambda g: (255 * g.random((SAMPLES, 32, 32, 3), "float32"), classes(g, 5)))

    def test_unet_with_transposed_convolution(self):
        self.hold(lambda k: real_models.unet(k, True), lambda g: (reals(g, 16, 16, 1), bits(g, 16, 16, 1)))

    def test_unet_with_upsampling(self):
        self.hold(lambda k: real_models.unet(k, False), lambda g: (reals(g, 16, 16, 1), bits(g, 16, 16, 1)))

    def test_models_in_models(self):
        self.hold(real_models.nested, lambda g: (reals(g, 8, 8, 2), classes(g)))

    def test_shared_encoder(self):
        self.hold(real_models.siamese, lambda g: ([reals(g, 6, 6, 1), reals(g, 6, 6, 1)], bits(g, 1)))

    def test_layer_called_three_times(self):
        self.hold(real_models.shared_layer, lambda g: (reals(g, 5), reals(g, 2)))

    def test_model_with_two_outputs_as_a_layer(self):
        self.hold(real_models.nested_with_two_outputs, lambda g: (reals(g, 6), classes(g)))

    def test_two_inputs_and_two_outputs(self):
        self.hold(real_models.two_in_two_out, lambda g: ([reals(g, 6, 6, 1), reals(g, 3)], [classes(g), reals(g, 1)]))

    def test_frozen_base_below_a_new_head(self):
        self.hold(real_models.transfer, lambda g: (reals(g, 8, 8, 1), classes(g)))

    def test_base_frozen_in_part(self):
        self.hold(real_models.partly_frozen, lambda g: (reals(g, 8, 8, 1), classes(g)))


if __name__ == "__main__":
    harness.main()
