"""Every layer that antler has, with each setting of its constructor at least once: a line a case.

A line is (class, shape of a sample, settings), and the Kerases that have it. A setting that is an object of Keras is a
function of the library: `L2`. A merging layer takes a list of samples' shapes. All are channels last: antler refuses
other data formats.
"""
from collections import namedtuple

VECTOR, SEQUENCE, IMAGE = (6,), (8, 4), (9, 8, 4)

Case = namedtuple("Case", "class_name shape settings kerases")


def both(class_name, shape, **settings):
    return Case(class_name, shape, settings, (2, 3))


def keras_2(class_name, shape, **settings):
    return Case(class_name, shape, settings, (2,))


def keras_3(class_name, shape, **settings):
    return Case(class_name, shape, settings, (3,))


def made(module, class_name, **settings):
    """A function of the library that makes an object: made("regularizers", "L2", l2=0.1)."""
    return lambda library: getattr(getattr(library, module), class_name)(**settings)


def resolved(settings, library):
    return {name: value(library) if callable(value) else value for name, value in settings.items()}


def said(settings):
    """Of a test's name: the settings, without those that are objects."""
    return ", ".join(f"{key}={'...' if callable(value) else repr(value)}" for key, value in settings.items())


def layer(case, library, name):
    return getattr(library.layers, case.class_name)(name=name, **resolved(case.settings, library))


L1, L2 = made("regularizers", "L1", l1=0.002), made("regularizers", "L2", l2=0.02)
L1L2 = made("regularizers", "L1L2", l1=0.001, l2=0.01)
MAX_NORM = made("constraints", "MaxNorm", max_value=1.5, axis=0)
UNIT_NORM, NON_NEG = made("constraints", "UnitNorm", axis=0), made("constraints", "NonNeg")
CONSTANT = made("initializers", "Constant", value=0.3)
RANDOM = made("initializers", "RandomUniform", minval=-0.2, maxval=0.3, seed=4)

# What a layer with a kernel and a bias can be told about them.
KERNEL = {"kernel_initializer": "he_normal", "kernel_regularizer": L1L2, "kernel_constraint": MAX_NORM}
BIAS = {"bias_initializer": CONSTANT, "bias_regularizer": L1, "bias_constraint": NON_NEG}
DEPTHWISE = {"depthwise_initializer": "he_uniform", "depthwise_regularizer": L2, "depthwise_constraint": MAX_NORM}
POINTWISE = {"pointwise_initializer": "lecun_normal", "pointwise_regularizer": L1, "pointwise_constraint": UNIT_NORM}
AFFINE = {"beta_initializer": CONSTANT, "gamma_initializer": RANDOM, "beta_regularizer": L2, "gamma_regularizer": L1,
          "beta_constraint": NON_NEG, "gamma_constraint": MAX_NORM}

LAYERS = [
    both("Dense", VECTOR, units=5, activation="relu", **KERNEL, **BIAS),
    both("Dense", VECTOR, units=3, use_bias=False),
    both("Dense", SEQUENCE, units=3, activation="tanh", activity_regularizer=L2),
    both("Conv1D", SEQUENCE, filters=4, kernel_size=3, strides=2, padding="same", activation="relu", **KERNEL, **BIAS),
    both("Conv1D", SEQUENCE, filters=4, kernel_size=3, dilation_rate=2, padding="causal", use_bias=False),
    both("Conv1D", SEQUENCE, filters=4, kernel_size=2, groups=2, activity_regularizer=L1),
    both("Conv2D", IMAGE, filters=4, kernel_size=(3, 2), strides=(2, 1), padding="same", activation="relu", **KERNEL, **BIAS),
    both("Conv2D", IMAGE, filters=4, kernel_size=3, dilation_rate=(2, 1), use_bias=False),
    both("Conv2D", IMAGE, filters=4, kernel_size=2, groups=2, activity_regularizer=L2),
    both("DepthwiseConv2D", IMAGE, kernel_size=3, strides=2, padding="same", depth_multiplier=2, activation="relu",
         **DEPTHWISE, **BIAS),
    both("DepthwiseConv2D", IMAGE, kernel_size=(2, 3), dilation_rate=2, use_bias=False, activity_regularizer=L2),
    both("SeparableConv2D", IMAGE, filters=5, kernel_size=3, strides=2, padding="same", depth_multiplier=2,
         activation="relu", **DEPTHWISE, **POINTWISE, **BIAS),
    both("SeparableConv2D", IMAGE, filters=3, kernel_size=2, dilation_rate=2, use_bias=False, activity_regularizer=L1),
    both("Conv2DTranspose", IMAGE, filters=3, kernel_size=3, strides=2, padding="same", activation="relu", **KERNEL, **BIAS),
    both("Conv2DTranspose", IMAGE, filters=3, kernel_size=(3, 2), strides=(2, 1), use_bias=False, activity_regularizer=L2),
    both("Conv2DTranspose", IMAGE, filters=3, kernel_size=3, strides=2, padding="same", output_padding=1),
    both("Conv1DTranspose", SEQUENCE, filters=3, kernel_size=3, strides=2, padding="same", activation="relu", **KERNEL, **BIAS),
    both("DepthwiseConv1D", SEQUENCE, kernel_size=3, strides=2, padding="same", depth_multiplier=2, activation="relu"),
    both("SeparableConv1D", SEQUENCE, filters=5, kernel_size=3, strides=2, padding="same", depth_multiplier=2, use_bias=False),
    both("MaxPooling1D", SEQUENCE, pool_size=3, strides=2, padding="same"),
    both("AveragePooling1D", SEQUENCE, pool_size=2, strides=1, padding="valid"),
    both("MaxPooling2D", IMAGE, pool_size=(3, 2), strides=(2, 1), padding="same"),
    both("AveragePooling2D", IMAGE, pool_size=(2, 3), strides=2, padding="valid"),
    both("AveragePooling2D", IMAGE, pool_size=2, padding="same"),
    both("GlobalMaxPooling1D", SEQUENCE, keepdims=True),
    both("GlobalAveragePooling1D", SEQUENCE, keepdims=False),
    both("GlobalMaxPooling2D", IMAGE, keepdims=True),
    both("GlobalAveragePooling2D", IMAGE, keepdims=True),
    both("BatchNormalization", IMAGE, axis=1, momentum=0.8, epsilon=1e-5, **AFFINE,
         moving_mean_initializer=CONSTANT, moving_variance_initializer="ones"),
    both("BatchNormalization", VECTOR, center=False),
    both("BatchNormalization", SEQUENCE, axis=2, scale=False),
    both("LayerNormalization", IMAGE, axis=[-2, -1], epsilon=1e-4, **AFFINE),
    both("LayerNormalization", VECTOR, center=False),
    both("LayerNormalization", SEQUENCE, scale=False),
    both("GroupNormalization", IMAGE, groups=2, axis=-1, epsilon=1e-4, **AFFINE),
    both("GroupNormalization", SEQUENCE, groups=-1, center=False),
    both("GroupNormalization", IMAGE, groups=1, scale=False),
    keras_3("RMSNormalization", SEQUENCE, axis=-1, epsilon=1e-4),
    both("UnitNormalization", IMAGE, axis=[1, 2]),
    both("UnitNormalization", VECTOR, axis=-1),
    both("Rescaling", IMAGE, scale=0.25, offset=-0.5),
    both("Normalization", IMAGE, axis=None, mean=0.4, variance=2.0),
    both("Normalization", VECTOR, axis=-1, mean=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6], variance=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
    both("Normalization", VECTOR, axis=None, mean=1.0, variance=4.0, invert=True),
    both("Flatten", IMAGE),
    both("Reshape", IMAGE, target_shape=(8, -1, 3)),
    both("Permute", IMAGE, dims=(3, 1, 2)),
    both("RepeatVector", VECTOR, n=3),
    both("ZeroPadding1D", SEQUENCE, padding=(1, 2)),
    both("ZeroPadding2D", IMAGE, padding=((1, 0), (2, 1))),
    both("ZeroPadding2D", IMAGE, padding=(1, 2)),
    both("Cropping1D", SEQUENCE, cropping=(1, 2)),
    both("Cropping2D", IMAGE, cropping=((1, 0), (2, 1))),
    both("Cropping2D", IMAGE, cropping=(1, 1)),
    both("UpSampling1D", SEQUENCE, size=3),
    both("UpSampling2D", IMAGE, size=(2, 3), interpolation="nearest"),
    both("UpSampling2D", IMAGE, size=(3, 2), interpolation="bilinear"),
    both("CenterCrop", IMAGE, height=6, width=4),
    both("Resizing", IMAGE, height=5, width=7, interpolation="nearest"),
    both("Resizing", IMAGE, height=12, width=11),
    both("Identity", VECTOR),
    both("ActivityRegularization", VECTOR, l1=0.1, l2=0.2),
    both("Activation", VECTOR, activation="relu"),
    keras_2("LeakyReLU", IMAGE, alpha=0.15),
    keras_3("LeakyReLU", IMAGE, negative_slope=0.15),
    both("PReLU", IMAGE, alpha_initializer=RANDOM, alpha_regularizer=L2, alpha_constraint=NON_NEG, shared_axes=[1, 2]),
    both("PReLU", VECTOR, alpha_initializer=CONSTANT),
    both("ELU", VECTOR, alpha=0.7),
    both("ReLU", IMAGE, max_value=1.5, negative_slope=0.1, threshold=0.2),
    both("ReLU", VECTOR),
    keras_2("ThresholdedReLU", VECTOR, theta=0.4),
    both("Softmax", IMAGE, axis=1),
    both("Softmax", VECTOR),
    # Not asked of antler's predictions in training: these act in training alone.
    both("Dropout", VECTOR, rate=0.3, seed=7),
    both("Dropout", IMAGE, rate=0.3, noise_shape=(None, 1, 1, 4)),
    both("SpatialDropout1D", SEQUENCE, rate=0.3),
    both("SpatialDropout2D", IMAGE, rate=0.3),
    both("GaussianNoise", VECTOR, stddev=0.2, seed=8),
    both("GaussianDropout", VECTOR, rate=0.2, seed=9),
    both("AlphaDropout", VECTOR, rate=0.2, seed=10),
    both("RandomFlip", IMAGE, mode="horizontal", seed=1),
    both("RandomFlip", IMAGE, mode="vertical"),
    both("RandomRotation", IMAGE, factor=(-0.1, 0.2), fill_mode="constant", interpolation="nearest", seed=2, fill_value=0.5),
    both("RandomRotation", IMAGE, factor=(-0.1, 0.1), fill_mode="wrap"),
    both("RandomTranslation", IMAGE, height_factor=(-0.2, 0.3), width_factor=0.1, fill_mode="nearest",
         interpolation="bilinear", seed=3),
    both("RandomTranslation", IMAGE, height_factor=0.2, width_factor=(-0.1, 0.0), fill_mode="constant", fill_value=0.5),
    both("RandomZoom", IMAGE, height_factor=(-0.2, 0.3), width_factor=(-0.1, 0.1), fill_mode="reflect",
         interpolation="nearest", seed=4),
    both("RandomZoom", IMAGE, height_factor=0.2, fill_mode="constant", fill_value=0.5),
    keras_3("RandomShear", IMAGE, x_factor=(0.1, 0.3), y_factor=(0.0, 0.2), fill_mode="wrap", interpolation="nearest", seed=11,
            fill_value=0.5),
    keras_3("RandomErasing", IMAGE, factor=0.5, scale=(0.1, 0.3), fill_value=0.5, value_range=(0, 1), seed=12),
    keras_3("RandomErasing", IMAGE, factor=(0.2, 0.5)),
    keras_3("RandomElasticTransform", IMAGE, factor=0.5, scale=(0.3, 0.6), interpolation="nearest", fill_mode="constant",
            fill_value=0.5, value_range=(0, 1), seed=13),
    keras_2("RandomCrop", IMAGE, height=6, width=5, seed=14),
    # Keras 3.15.1 leaves images as they are in inference, at another size than it says.
    keras_3("RandomCrop", IMAGE, height=IMAGE[0], width=IMAGE[1], seed=15),
    both("RandomBrightness", IMAGE, factor=(-0.1, 0.2), value_range=(0, 1), seed=6),
    both("RandomContrast", IMAGE, factor=(0.2, 0.3), seed=5),
    keras_3("RandomContrast", IMAGE, factor=0.2, value_range=(0, 1)),
    both("Add", [VECTOR] * 3),
    both("Subtract", [IMAGE] * 2),
    both("Multiply", [IMAGE] * 3),
    both("Average", [VECTOR] * 3),
    both("Maximum", [SEQUENCE] * 2),
    both("Minimum", [SEQUENCE] * 3),
    both("Concatenate", [IMAGE] * 2, axis=2),
    both("Concatenate", [VECTOR] * 3),
    both("Dot", [VECTOR] * 2, axes=1, normalize=True),
    both("Dot", [SEQUENCE] * 2, axes=(2, 2)),
    both("Dot", [SEQUENCE] * 2, axes=1),
]

# No two trainings of these are alike, so that only predictions can be compared.
RANDOM_IN_TRAINING = {"Dropout", "SpatialDropout1D", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout",
                      "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomBrightness",
                      "RandomContrast", "RandomShear", "RandomErasing", "RandomElasticTransform", "RandomCrop"}

ACTIVATIONS = ["elu", "exponential", "gelu", "hard_sigmoid", "linear", "mish", "relu", "relu6", "selu", "sigmoid", "silu",
               "softmax", "softplus", "softsign", "swish", "tanh", "leaky_relu", "log_softmax"]
ACTIVATIONS_OF_KERAS_2 = [name for name in ACTIVATIONS if name not in {"leaky_relu", "relu6", "log_softmax", "silu"}]
# Without glu, of whose result Keras 3 takes the shape to be that of its input.
ACTIVATIONS_OF_KERAS_3 = ACTIVATIONS + ["celu", "hard_shrink", "hard_silu", "hard_swish", "hard_tanh", "log_sigmoid",
                                        "soft_shrink", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus",
                                        "tanh_shrink"]
LAYERS += [keras_2("Dense", VECTOR, units=4, activation=name) for name in ACTIVATIONS_OF_KERAS_2]
LAYERS += [keras_3("Dense", VECTOR, units=4, activation=name) for name in ACTIVATIONS_OF_KERAS_3]
LAYERS += [keras_3("Activation", SEQUENCE, activation=name) for name in ACTIVATIONS_OF_KERAS_3]

INITIALIZERS = [("Zeros", {}), ("Ones", {}), ("Constant", {"value": 0.4}), ("RandomUniform", {"minval": -0.1, "maxval": 0.2, "seed": 1}),
                ("RandomNormal", {"mean": 0.1, "stddev": 0.2, "seed": 2}), ("TruncatedNormal", {"mean": 0.1, "stddev": 0.3}),
                ("VarianceScaling", {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform", "seed": 3}),
                ("VarianceScaling", {"scale": 0.5, "mode": "fan_out", "distribution": "untruncated_normal"}),
                ("GlorotUniform", {"seed": 4}), ("GlorotNormal", {}), ("HeUniform", {}), ("HeNormal", {"seed": 5}),
                ("LecunUniform", {}), ("LecunNormal", {}), ("Orthogonal", {"gain": 1.5, "seed": 6}), ("Identity", {"gain": 0.8})]
REGULARIZERS = [("L1", {"l1": 0.03}), ("L2", {"l2": 0.04}), ("L1L2", {"l1": 0.01, "l2": 0.02}),
                ("OrthogonalRegularizer", {"factor": 0.02, "mode": "rows"}),
                ("OrthogonalRegularizer", {"factor": 0.02, "mode": "columns"})]
CONSTRAINTS = [("MaxNorm", {"max_value": 0.6, "axis": 0}), ("NonNeg", {}), ("UnitNorm", {"axis": [0, 1]}),
               ("MinMaxNorm", {"min_value": 0.3, "max_value": 0.7, "rate": 0.6, "axis": 1})]
LAYERS += [both("Dense", VECTOR, units=6, kernel_initializer=made("initializers", name, **settings))
           for name, settings in INITIALIZERS]
LAYERS += [both("Dense", VECTOR, units=4, kernel_regularizer=made("regularizers", name, **settings))
           for name, settings in REGULARIZERS]
LAYERS += [both("Dense", VECTOR, units=4, kernel_constraint=made("constraints", name, **settings))
           for name, settings in CONSTRAINTS]
