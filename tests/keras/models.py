"""Models of the real Keras for antler to be held against. `keras` is Keras 3 or tf_keras (Keras 2)."""
import random

import numpy as np

ACTIVATIONS = ["relu", "selu", "elu", "tanh", "sigmoid", "softplus", "softsign", "swish", "gelu", "exponential", "linear"]


def lesson(keras, dropout=0.25):
    """The lesson's 20 layers."""
    layers = keras.layers
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, (3, 3)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(48, (3, 3)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(64, (2, 2)), layers.Activation("relu"),
        layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2)),
        layers.Dropout(dropout), layers.Flatten(), layers.Dense(3168), layers.Activation("relu"),
        layers.Dense(10), layers.Activation("softmax")])


def is_keras_2(keras):
    return keras.__version__.startswith("2.")


def convolution(keras, r, large, channels):
    """A random Conv2D; groups, strides and dilation one at a time, as TensorFlow can differentiate them on a CPU."""
    kind = r.choice(["plain", "groups", "strides", "dilation"])
    return keras.layers.Conv2D(
        r.choice([4, 6]), (r.randint(1, 3), r.randint(1, 3)), padding=r.choice(["valid", "same"]) if large else "same",
        strides=r.choice([2, (1, 2)]) if kind == "strides" and large else 1,
        dilation_rate=2 if kind == "dilation" and large else 1,
        groups=2 if kind == "groups" and channels % 2 == 0 else 1,
        use_bias=r.random() > 0.2, activation=r.choice([None, *ACTIVATIONS]))


def advanced_activation(keras, r):
    layers = keras.layers
    slope = {"alpha" if is_keras_2(keras) else "negative_slope": round(r.uniform(0.05, 0.4), 3)}
    return r.choice([layers.LeakyReLU(**slope), layers.PReLU(shared_axes=r.choice([None, [1, 2]])),
                     layers.ELU(round(r.uniform(0.5, 1.5), 2)), layers.Softmax(axis=-1),
                     layers.ReLU(max_value=r.choice([None, 4.0]), threshold=r.choice([0.0, 0.1]))])


def image_layer(keras, r, shape):
    """A random layer that takes images of shape (height, width, channels)."""
    layers = keras.layers
    large = min(shape[:2]) >= 6
    makers = [
        lambda: convolution(keras, r, large, shape[2]),
        lambda: layers.Activation(r.choice(ACTIVATIONS)),
        lambda: advanced_activation(keras, r),
        lambda: layers.BatchNormalization(axis=r.choice([-1, 1, 2, 3]), epsilon=r.choice([1e-3, 1e-6]),
                                          momentum=r.choice([0.99, 0.9]), center=r.random() > 0.2,
                                          scale=r.random() > 0.2),
        lambda: layers.ZeroPadding2D(r.choice([1, (1, 2), ((0, 1), (2, 0))])),
    ]
    if large:
        makers += [
            lambda: layers.MaxPooling2D(r.choice([2, 3, (2, 3)]), strides=r.choice([None, 2]),
                                        padding=r.choice(["same", "valid"])),
            lambda: layers.AveragePooling2D(r.choice([2, (3, 2)]), strides=r.choice([None, 1]),
                                            padding=r.choice(["same", "valid"]))]
    return r.choice(makers)()


def random_classifier(keras, r):
    """A random small image classifier without randomness in training, its number of classes, and its loss."""
    shape = (r.randint(8, 16), r.randint(8, 16), r.choice([1, 2, 3]))
    classes = r.choice([1, 3, 10])
    inputs = keras.Input(shape)
    x, layers = inputs, []

    def add(layer):
        nonlocal x
        x = layer(x)
        layers.append(layer)

    for _ in range(r.randint(2, 6)):
        add(image_layer(keras, r, tuple(x.shape)[1:]))
    if r.random() < 0.3:
        add(keras.layers.Reshape((-1, x.shape[-1])))
    add(keras.layers.Flatten())
    if r.random() < 0.5:
        add(keras.layers.Dense(8, activation=r.choice(ACTIVATIONS)))
    final = "sigmoid" if classes == 1 else "softmax"
    if r.random() < 0.5:
        add(keras.layers.Dense(classes, activation=final))
    else:
        add(keras.layers.Dense(classes))
        add(keras.layers.Activation(final))
    losses = (["binary_crossentropy", "mean_squared_error", "hinge", "log_cosh"] if classes == 1 else
              ["categorical_crossentropy", "sparse_categorical_crossentropy", "kl_divergence", "mean_absolute_error"])
    return keras.Sequential([inputs, *layers]), classes, r.choice(losses)


def random_optimizer(keras, r):
    optimizers = keras.optimizers
    return r.choice([lambda: optimizers.RMSprop(1e-3), lambda: optimizers.RMSprop(1e-2, rho=0.8, momentum=0.5, centered=True),
                     lambda: optimizers.SGD(1e-2), lambda: optimizers.SGD(1e-2, momentum=0.9),
                     lambda: optimizers.SGD(1e-2, momentum=0.9, nesterov=True), lambda: optimizers.Adam(1e-3),
                     lambda: optimizers.Adam(1e-2, amsgrad=True)])()


def stir(model, generator):
    """Gives biases, gammas and moving statistics other values than 0 and 1, so that confusing them shows."""
    for weight in model.weights:
        value = np.asarray(weight)
        if value.ndim == 1 and value.dtype == np.float32:
            weight.assign(np.abs(value + generator.normal(0, 0.1, value.shape)).astype("float32"))


def random_case(keras, seed):
    """A compiled model that was trained for two steps, with data for it: (model, x, y, batch size)."""
    r = random.Random(f"{keras.__version__}/{seed}")
    generator = np.random.default_rng(r.randrange(2**32))
    keras.utils.set_random_seed(r.randrange(2**31))
    model, classes, loss = random_classifier(keras, r)
    stir(model, generator)
    count, batch = r.choice([7, 16, 23]), r.choice([4, 5, 8])
    x = generator.normal(0, 1, (count, *model.input_shape[1:])).astype("float32")
    labels = generator.integers(0, max(classes, 2), count)
    sparse = loss.startswith("sparse") or classes == 1
    y = labels.reshape(-1, 1).astype("float32") if sparse else np.eye(classes, dtype="float32")[labels]
    model.compile(optimizer=random_optimizer(keras, r), loss=loss, metrics=["accuracy"])
    model.fit(x[:batch], y[:batch], batch_size=batch, epochs=2, shuffle=False, verbose=0)
    return model, x, y, batch
