"""The networks of the bench in real Keras, written to a file that both Keras and antler train.

keras_networks.py NAME WIDTH SIZE MODEL.keras    prints {"weights": ...}, how many of them are trained

WIDTH is the number of filters of the first convolution, SIZE the height and width of an image.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
from keras import layers  # noqa: E402


def row_block():
    return [layers.Activation("relu"), layers.BatchNormalization(epsilon=1e-6, axis=1), layers.MaxPool2D((2, 2))]


def lesson(width, size):
    """The network of examples/lesson05.cpp, which normalises the rows of its images."""
    return keras.Sequential([
        layers.Input((size, size, 1)), layers.Conv2D(width, (3, 3)), *row_block(),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(width * 3 // 2, (3, 3)), *row_block(),
        layers.ZeroPadding2D((1, 1)), layers.Conv2D(width * 2, (2, 2)), *row_block(),
        layers.Dropout(0.25), layers.Flatten(), layers.Dense(3168), layers.Activation("relu"),
        layers.Dense(10), layers.Activation("softmax")])


def lenet(width, size):
    """LeNet-5 with today's relu and max pooling."""
    return keras.Sequential([
        layers.Input((size, size, 1)),
        layers.Conv2D(width, 5, padding="same", activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(width * 16 // 6, 5, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(120, activation="relu"), layers.Dense(84, activation="relu"),
        layers.Dense(10, activation="softmax")])


def vgg(width, size):
    """Three pairs of 3x3 convolutions, twice as wide after each pooling."""
    pairs = [[layers.Conv2D(width << level, 3, padding="same", activation="relu"),
              layers.Conv2D(width << level, 3, padding="same", activation="relu"), layers.MaxPooling2D()]
             for level in range(3)]
    return keras.Sequential([
        layers.Input((size, size, 3)), *sum(pairs, []),
        layers.Flatten(), layers.Dense(256, activation="relu"), layers.Dense(10, activation="softmax")])


def normalized(x, width, kernel, strides):
    x = layers.Conv2D(width, kernel, strides=strides, padding="same", use_bias=False)(x)
    return layers.BatchNormalization()(x)


def resnet(width, size):
    """ResNet-20 of He et al. 2015, section 4.2, with 1x1 convolutions where a shortcut changes shape."""
    x = inputs = layers.Input((size, size, 3))
    x = layers.Activation("relu")(normalized(x, width, 3, 1))
    for level in range(3):
        for block in range(3):
            strides = 2 if level > 0 and block == 0 else 1
            y = layers.Activation("relu")(normalized(x, width << level, 3, strides))
            y = normalized(y, width << level, 3, 1)
            shortcut = normalized(x, width << level, 1, strides) if strides == 2 else x
            x = layers.Activation("relu")(layers.Add()([shortcut, y]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


if __name__ == "__main__":
    name, width, size, path = sys.argv[1:]
    keras.utils.set_random_seed(1)
    network = {"lesson": lesson, "lenet": lenet, "vgg": vgg, "resnet": resnet}[name]
    model = network(int(width), int(size))
    optimizer = keras.optimizers.RMSprop() if name == "lesson" else keras.optimizers.Adam()
    model.compile(loss="categorical_crossentropy", optimizer=optimizer, metrics=["accuracy"])
    model.save(path)
    print(json.dumps({"weights": sum(int(weight.shape.num_elements()) for weight in model.trainable_weights)}))
