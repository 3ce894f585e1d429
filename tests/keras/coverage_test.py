"""docs/keras-api.md is what its program writes, and says of nothing that is promised that it is not there.

coverage_test.py ANTLER    where ANTLER is the command
"""
import json
import operator
import pathlib
import re
import sys
import unittest

import harness
from harness import antler

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT / "scripts"))
import keras_coverage  # noqa: E402

# What antler promises to have, by Keras's modules.
PROMISED = {
    "layers": """InputLayer Dense Conv1D Conv2D DepthwiseConv2D SeparableConv2D Conv2DTranspose MaxPooling1D MaxPooling2D
        AveragePooling1D AveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D GlobalAveragePooling1D GlobalAveragePooling2D
        BatchNormalization LayerNormalization GroupNormalization UnitNormalization Rescaling Normalization Flatten Reshape Permute
        RepeatVector ZeroPadding1D ZeroPadding2D Cropping1D Cropping2D UpSampling1D UpSampling2D Dropout SpatialDropout1D
        SpatialDropout2D GaussianNoise GaussianDropout AlphaDropout Add Subtract Multiply Average Maximum Minimum Concatenate Dot
        Activation LeakyReLU PReLU ELU ReLU ThresholdedReLU Softmax RandomFlip RandomRotation RandomTranslation RandomZoom
        RandomContrast RandomBrightness RandomShear RandomErasing RandomElasticTransform RandomCrop""",
    "optimizers": "SGD RMSprop Adam AdamW Adamax Nadam Adagrad Adadelta Lion Ftrl",
    "optimizers.schedules": """CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay
        PolynomialDecay""",
    "losses": """BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalHinge
        CosineSimilarity Hinge Huber KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError
        MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge""",
    "metrics": """AUC Accuracy BinaryAccuracy BinaryCrossentropy CategoricalAccuracy CategoricalCrossentropy CategoricalHinge
        CosineSimilarity F1Score FalseNegatives FalsePositives Hinge KLDivergence LogCoshError MeanAbsoluteError
        MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson Precision Recall RootMeanSquaredError
        SparseCategoricalAccuracy SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SquaredHinge TopKCategoricalAccuracy
        TrueNegatives TruePositives""",
    "callbacks": """EarlyStopping ModelCheckpoint ReduceLROnPlateau LearningRateScheduler CSVLogger TensorBoard TerminateOnNaN
        BackupAndRestore LambdaCallback""",
    "initializers": """Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones Orthogonal
        RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros""",
    "regularizers": "L1 L2 L1L2",
    "constraints": "MaxNorm MinMaxNorm NonNeg UnitNorm",
    "activations": """elu exponential gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid silu softmax
        softplus softsign swish tanh""",
}


class Coverage(unittest.TestCase):
    def test_the_page_is_what_the_program_writes(self):
        written = (PROJECT / "docs" / "keras-api.md").read_text()
        self.assertEqual(written.splitlines(), keras_coverage.page(harness.ANTLER).splitlines(),
                         "run scripts/keras_coverage.py")

    def test_nothing_that_is_promised_is_missing(self):
        known = keras_coverage.antler_names(harness.ANTLER)
        for module, names in PROMISED.items():
            with self.subTest(module):
                self.assertEqual(set(), set(names.split()) - known.get(module, set()))

    def test_a_reason_is_given_for_whatever_is_not_there(self):
        page = keras_coverage.page(harness.ANTLER)
        self.assertEqual([], re.findall(rf"^\| (.*) \|  \| {keras_coverage.NOT_YET} \|$", page, re.MULTILINE))

    def test_the_command_lists_names_of_keras_alone(self):
        for module, names in json.loads(antler("classes", "--json")).items():
            in_keras = {name for library in harness.BOTH.values() for name in dir(operator.attrgetter(module)(library))}
            with self.subTest(module):
                self.assertEqual(set(), set(names) - in_keras)

    def test_the_command_lists_names_for_people_too(self):
        known = json.loads(antler("classes", "--json"))
        self.assertIn("layers: " + ", ".join(known["layers"]), antler("classes"))


if __name__ == "__main__":
    harness.main()
