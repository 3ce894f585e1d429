"""Every optimizer, schedule, loss and metric that antler has, with each setting at least once: a line a case.

As in layer_table.py, a setting that is an object of Keras is a function of the library.
"""
from collections import namedtuple

from layer_table import made

Case = namedtuple("Case", "class_name settings kerases data", defaults=((2, 3), "probabilities"))


def optimizer(class_name, kerases=(2, 3), **settings):
    return Case(class_name, settings, kerases)


def schedule(class_name, kerases=(2, 3), **settings):
    return Case("SGD", {"learning_rate": lambda library: getattr(library.optimizers.schedules, class_name)(**settings)}, kerases)


OPTIMIZERS = [
    optimizer("SGD", learning_rate=0.05),
    optimizer("SGD", learning_rate=0.02, momentum=0.8),
    optimizer("SGD", learning_rate=0.02, momentum=0.8, nesterov=True),
    optimizer("RMSprop", learning_rate=0.002),
    optimizer("RMSprop", learning_rate=0.002, rho=0.8, momentum=0.5, epsilon=1e-5, centered=True),
    optimizer("Adam", learning_rate=0.002, beta_1=0.8, beta_2=0.99, epsilon=1e-5),
    optimizer("Adam", learning_rate=0.002, amsgrad=True),
    optimizer("AdamW", learning_rate=0.002, weight_decay=0.02, beta_1=0.8, beta_2=0.99, epsilon=1e-5, amsgrad=True),
    optimizer("Adamax", learning_rate=0.002, beta_1=0.8, beta_2=0.99, epsilon=1e-5),
    optimizer("Nadam", learning_rate=0.002, beta_1=0.8, beta_2=0.99, epsilon=1e-5),
    optimizer("Adagrad", learning_rate=0.02, initial_accumulator_value=0.2, epsilon=1e-5),
    optimizer("Adadelta", learning_rate=0.5, rho=0.9, epsilon=1e-5),
    optimizer("Lion", learning_rate=0.002, beta_1=0.8, beta_2=0.95),
    optimizer("Ftrl", learning_rate=0.02, learning_rate_power=-0.4, initial_accumulator_value=0.2,
              l1_regularization_strength=0.01, l2_regularization_strength=0.02, l2_shrinkage_regularization_strength=0.03,
              beta=0.1),
    # what all of them can be told
    optimizer("SGD", learning_rate=0.05, weight_decay=0.01, name="my_optimizer"),
    optimizer("SGD", learning_rate=0.05, clipnorm=0.1),
    optimizer("SGD", learning_rate=0.05, global_clipnorm=0.1),
    optimizer("Adam", learning_rate=0.05, clipvalue=0.01),
    optimizer("SGD", learning_rate=0.05, use_ema=True, ema_momentum=0.7),
    optimizer("Adam", learning_rate=0.05, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=3),
    optimizer("SGD", (3,), learning_rate=0.05, loss_scale_factor=8.0),
    optimizer("SGD", (3,), learning_rate=0.05, gradient_accumulation_steps=2),
    schedule("ExponentialDecay", initial_learning_rate=0.1, decay_steps=3, decay_rate=0.7, staircase=True),
    schedule("ExponentialDecay", initial_learning_rate=0.1, decay_steps=3, decay_rate=0.7, name="slower"),
    schedule("InverseTimeDecay", initial_learning_rate=0.1, decay_steps=3, decay_rate=0.7, staircase=True),
    schedule("InverseTimeDecay", initial_learning_rate=0.1, decay_steps=3, decay_rate=0.7),
    schedule("PolynomialDecay", initial_learning_rate=0.1, decay_steps=5, end_learning_rate=0.02, power=2.0, cycle=True),
    schedule("PolynomialDecay", initial_learning_rate=0.1, decay_steps=5),
    schedule("PiecewiseConstantDecay", boundaries=[2, 5], values=[0.1, 0.05, 0.02]),
    schedule("CosineDecay", initial_learning_rate=0.01, decay_steps=6, alpha=0.1, warmup_target=0.1, warmup_steps=3),
    schedule("CosineDecay", initial_learning_rate=0.1, decay_steps=6),
    schedule("CosineDecayRestarts", initial_learning_rate=0.1, first_decay_steps=3, t_mul=1.5, m_mul=0.8, alpha=0.1),
]


def loss(class_name, data, kerases=(2, 3), **settings):
    return Case(class_name, settings, kerases, data)


# `data` says what the model's predictions and the targets are: see Data in compile_classes_test.py.
LOSSES = [
    loss("BinaryCrossentropy", "binary", label_smoothing=0.1, name="my_loss"),
    loss("BinaryCrossentropy", "logits", from_logits=True),
    loss("BinaryFocalCrossentropy", "binary", gamma=1.5, alpha=0.3, apply_class_balancing=True, label_smoothing=0.1),
    loss("BinaryFocalCrossentropy", "logits", from_logits=True),
    loss("CategoricalCrossentropy", "probabilities", label_smoothing=0.1),
    loss("CategoricalCrossentropy", "logits", from_logits=True),
    loss("CategoricalFocalCrossentropy", "probabilities", alpha=0.3, gamma=1.5, label_smoothing=0.1),
    loss("CategoricalFocalCrossentropy", "logits", from_logits=True),
    loss("CategoricalGeneralizedCrossEntropy", "labels", (3,), q=0.6),
    loss("SparseCategoricalCrossentropy", "sparse"),
    loss("SparseCategoricalCrossentropy", "sparse logits", from_logits=True),
    loss("SparseCategoricalCrossentropy", "sparse", ignore_class=0),  # some of each batch counts: else Keras 2 gives NaN
    loss("MeanSquaredError", "real", reduction="sum"),
    loss("MeanAbsoluteError", "real"),
    loss("MeanAbsolutePercentageError", "positive"),
    loss("MeanSquaredLogarithmicError", "positive"),
    loss("Huber", "real", (2,), delta=0.5),
    loss("Huber", "real", (3,)),  # whose delta Keras 3 does not save
    loss("LogCosh", "real"),
    loss("Hinge", "signs"),
    loss("SquaredHinge", "signs"),
    loss("CategoricalHinge", "probabilities"),
    loss("KLDivergence", "probabilities"),
    loss("Poisson", "positive"),
    loss("CosineSimilarity", "real", axis=-1),
    loss("Dice", "binary", (3,)),
    loss("Tversky", "binary", (3,), alpha=0.3, beta=0.6),
    loss("Circle", "sparse embeddings", (3,), gamma=40.0, margin=0.3),
]


def metric(class_name, data, kerases=(2, 3), **settings):
    return Case(class_name, settings, kerases, data)


METRICS = [
    metric("BinaryAccuracy", "binary", threshold=0.4, name="my_metric"),
    metric("Accuracy", "signs"),
    metric("CategoricalAccuracy", "probabilities"),
    metric("SparseCategoricalAccuracy", "sparse"),
    metric("TopKCategoricalAccuracy", "probabilities", k=2),
    metric("SparseTopKCategoricalAccuracy", "sparse", k=2),
    metric("BinaryCrossentropy", "binary", label_smoothing=0.1),
    metric("CategoricalCrossentropy", "probabilities", label_smoothing=0.1),
    metric("SparseCategoricalCrossentropy", "sparse"),
    metric("KLDivergence", "probabilities"),
    metric("Poisson", "positive"),
    metric("Hinge", "signs"),
    metric("SquaredHinge", "signs"),
    metric("CategoricalHinge", "probabilities"),
    metric("MeanSquaredError", "real"),
    metric("RootMeanSquaredError", "real"),
    metric("MeanAbsoluteError", "real"),
    metric("MeanAbsolutePercentageError", "positive"),
    metric("MeanSquaredLogarithmicError", "positive"),
    metric("LogCoshError", "real"),
    metric("CosineSimilarity", "real", axis=-1),
    metric("R2Score", "real", class_aggregation="variance_weighted_average"),
    metric("R2Score", "real", num_regressors=1),
    metric("AUC", "binary", num_thresholds=50, curve="ROC", summation_method="interpolation"),
    metric("AUC", "binary", num_thresholds=50, curve="PR", summation_method="minoring"),
    metric("AUC", "probabilities", num_thresholds=20, multi_label=True, num_labels=3),
    metric("AUC", "logits", num_thresholds=50, from_logits=True),
    metric("Precision", "binary", thresholds=0.4),
    metric("Precision", "probabilities", top_k=2),
    metric("Precision", "probabilities", class_id=1),
    metric("Recall", "binary", thresholds=0.4),
    metric("Recall", "probabilities", top_k=2),
    metric("Recall", "probabilities", class_id=1),
    metric("TruePositives", "binary", thresholds=0.4),
    metric("TrueNegatives", "binary", thresholds=0.4),
    metric("FalsePositives", "binary", thresholds=0.4),
    metric("FalseNegatives", "binary", thresholds=0.4),
    metric("SensitivityAtSpecificity", "binary", specificity=0.4, num_thresholds=50),
    metric("SpecificityAtSensitivity", "binary", sensitivity=0.4, num_thresholds=50),
    metric("PrecisionAtRecall", "binary", recall=0.4, num_thresholds=50),
    metric("RecallAtPrecision", "binary", precision=0.4, num_thresholds=50),
    metric("F1Score", "probabilities", average="macro", threshold=0.4),
    metric("F1Score", "probabilities", average="weighted"),
    metric("FBetaScore", "probabilities", beta=0.5, average="micro", threshold=0.3),
    metric("IoU", "sparse", num_classes=3, target_class_ids=[0, 2], sparse_y_pred=False),
    metric("MeanIoU", "sparse", num_classes=3, sparse_y_pred=False),
    metric("OneHotIoU", "probabilities", num_classes=3, target_class_ids=[0, 2]),
    metric("OneHotMeanIoU", "probabilities", num_classes=3),
    metric("BinaryIoU", "binary", target_class_ids=[0, 1], threshold=0.4),
    metric("PearsonCorrelation", "real", (3,), axis=-1),
    metric("ConcordanceCorrelation", "real", (3,), axis=-1),
]

# Counts of what is handed to them: not for compile().
METRICS_OF_VALUES = {"Mean", "Sum"}
