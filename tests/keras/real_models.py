"""Networks as they are built in the wild, small enough to be compared number by number. `library` is Keras 3 or 2."""


def compiled(library, model, loss, metrics=("accuracy",), optimizer=None):
    model.compile(optimizer=optimizer or library.optimizers.Adam(1e-3), loss=loss, metrics=list(metrics))
    return model


def resnet20(library):
    """He et al. 2015, for CIFAR: 3 stages of 3 blocks, identity shortcuts, 1x1 convolutions where the size changes."""
    layers = library.layers
    l2 = library.regularizers.L2(1e-4)

    def convolution(x, filters, size=3, strides=1):
        return layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False, kernel_initializer="he_normal",
                             kernel_regularizer=l2)(x)

    def block(x, filters, strides):
        y = layers.ReLU()(layers.BatchNormalization()(convolution(x, filters, strides=strides)))
        y = layers.BatchNormalization()(convolution(y, filters))
        if strides != 1:
            x = layers.BatchNormalization()(convolution(x, filters, 1, strides))
        return layers.Activation("relu")(layers.Add()([x, y]))

    inputs = library.Input((32, 32, 3))
    x = layers.ReLU()(layers.BatchNormalization()(convolution(inputs, 16)))
    for filters, first_strides in ((16, 1), (32, 2), (64, 2)):
        for strides in (first_strides, 1, 1):
            x = block(x, filters, strides)
    x = layers.GlobalAveragePooling2D()(x)
    model = library.Model(inputs, layers.Dense(10, activation="softmax")(x), name="resnet20")
    return compiled(library, model, library.losses.CategoricalCrossentropy(),
                    optimizer=library.optimizers.SGD(0.01, momentum=0.9, nesterov=True))


def mobilenet(library):
    """In the manner of Howard et al. 2017: depthwise and pointwise convolutions, relu6, and separable ones at the end."""
    layers = library.layers

    def normalized(x):
        return layers.ReLU(max_value=6.0)(layers.BatchNormalization(momentum=0.9)(x))

    inputs = library.Input((32, 32, 3))
    x = layers.Rescaling(1 / 127.5, offset=-1.0)(inputs)
    x = normalized(layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(x))
    for filters, strides in ((16, 1), (24, 2), (24, 1), (32, 2)):
        if strides == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
        x = layers.DepthwiseConv2D(3, strides=strides, padding="valid" if strides == 2 else "same", use_bias=False)(x)
        x = normalized(normalized(x) if filters == 24 else x)
        x = normalized(layers.Conv2D(filters, 1, use_bias=False)(x))
    x = layers.SeparableConv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Conv2D(5, 1)(x)
    outputs = layers.Activation("softmax")(layers.Reshape((5,))(x))
    return compiled(library, library.Model(inputs, outputs, name="mobilenet"), library.losses.CategoricalCrossentropy(),
                    optimizer=library.optimizers.RMSprop(1e-3))


def unet(library, transposed):
    """Ronneberger et al. 2015, two levels; going up by transposed convolution, or by upsampling."""
    layers = library.layers

    def twice(x, filters):
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer="he_normal")(x)
        return x

    def up(x, filters):
        if transposed:
            return layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        return layers.Conv2D(filters, 2, padding="same")(layers.UpSampling2D(2, interpolation="bilinear")(x))

    inputs = library.Input((16, 16, 1))
    first = twice(inputs, 4)
    second = twice(layers.MaxPooling2D()(first), 8)
    bottom = twice(layers.MaxPooling2D()(second), 16)
    x = twice(layers.concatenate([up(bottom, 8), second]), 8)
    x = twice(layers.concatenate([up(x, 4), first]), 4)
    outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)
    return compiled(library, library.Model(inputs, outputs, name="unet"), library.losses.BinaryCrossentropy())


def nested(library):
    """A Sequential in a functional model in a Sequential."""
    layers = library.layers
    stem = library.Sequential([library.Input((8, 8, 2)), layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization()], name="stem")
    inputs = library.Input((8, 8, 2), name="image")
    x = stem(inputs)
    body = library.Model(inputs, layers.Add()([x, layers.Conv2D(4, 1)(x)]), name="body")
    model = library.Sequential([library.Input((8, 8, 2)), body, layers.Flatten(), layers.Dense(3, activation="softmax")], name="outer")
    return compiled(library, model, library.losses.CategoricalCrossentropy())


def siamese(library):
    """Two inputs through one encoder, and so through one set of weights."""
    layers = library.layers
    encoder = library.Sequential([library.Input((6, 6, 1)), layers.Conv2D(3, 3, activation="relu"), layers.Flatten(), layers.Dense(4)], name="encoder")
    left, right = library.Input((6, 6, 1), name="left"), library.Input((6, 6, 1), name="right")
    distance = layers.Subtract()([encoder(left), encoder(right)])
    distance = layers.Multiply()([distance, distance])
    outputs = layers.Dense(1, activation="sigmoid")(distance)
    return compiled(library, library.Model([left, right], outputs, name="siamese"), library.losses.BinaryCrossentropy())


def shared_layer(library):
    """One Dense layer called three times, on tensors of one another."""
    layers = library.layers
    inputs = library.Input((5,))
    dense = layers.Dense(5, activation="tanh", name="shared")
    outputs = layers.Dense(2)(layers.Average()([dense(inputs), dense(dense(inputs))]))
    return compiled(library, library.Model(inputs, outputs), library.losses.MeanSquaredError(), ["mae"])


def nested_with_two_outputs(library):
    layers = library.layers
    inner_inputs = library.Input((6,), name="features")
    inner = library.Model(inner_inputs, [layers.Dense(4, activation="relu", name="wide")(inner_inputs),
                                         layers.Dense(2, name="narrow")(inner_inputs)], name="split")
    inputs = library.Input((6,))
    wide, narrow = inner(inputs)
    outputs = layers.Dense(3, activation="softmax")(layers.Concatenate()([narrow, wide]))
    return compiled(library, library.Model(inputs, outputs), library.losses.CategoricalCrossentropy())


def two_in_two_out(library):
    """An image and numbers in; a class and a number out, each with its own loss, weight and metric."""
    layers = library.layers
    image, numbers = library.Input((6, 6, 1), name="image"), library.Input((3,), name="numbers")
    x = layers.Flatten()(layers.Conv2D(2, 3, activation="relu")(image))
    x = layers.Concatenate()([x, layers.Dense(4, activation="relu")(numbers)])
    outputs = [layers.Dense(3, activation="softmax", name="kind")(x), layers.Dense(1, name="price")(x)]
    model = library.Model([image, numbers], outputs, name="two_in_two_out")
    model.compile(optimizer=library.optimizers.Adam(1e-3), loss_weights={"kind": 1.0, "price": 0.5},
                  loss={"kind": library.losses.CategoricalCrossentropy(), "price": library.losses.MeanSquaredError()},
                  metrics={"kind": ["accuracy"], "price": ["mae"]})
    return model


def transfer(library):
    """A frozen base, its normalisation included, below a new head."""
    layers = library.layers
    base = library.Sequential([library.Input((8, 8, 1)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()], name="base")
    base.trainable = False
    model = library.Sequential([library.Input((8, 8, 1)), base, layers.GlobalAveragePooling2D(), layers.Dense(3, activation="softmax")])
    return compiled(library, model, library.losses.CategoricalCrossentropy())


def partly_frozen(library):
    """Some layers of a nested base frozen, others not."""
    layers = library.layers
    base = library.Sequential([library.Input((8, 8, 1)), layers.Conv2D(4, 3, name="low"), layers.BatchNormalization(name="norm"),
                               layers.Conv2D(4, 3, name="high")], name="base")
    base.get_layer("low").trainable = False
    base.get_layer("norm").trainable = False
    inputs = library.Input((8, 8, 1))
    x = layers.GlobalMaxPooling2D()(base(inputs, training=False))
    model = library.Model(inputs, layers.Dense(3, activation="softmax")(x))
    return compiled(library, model, library.losses.CategoricalCrossentropy())
