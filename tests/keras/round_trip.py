"""Keras -> antler -> Keras -> antler: what must come back equal, for the tests of every class."""
import re

import numpy as np

import harness
from harness import antler, formats, is_keras_2

# What compile() was told; the rest of a compile configuration (jit_compile, ...) is about Keras's own engine.
COMPILED = ["optimizer", "loss", "loss_weights", "metrics", "weighted_metrics"]
# A path that a configuration took: said of a class's place in Keras, not of its settings.
NOT_A_SETTING = {"module", "registered_name", "build_config", "shared_object_id"}
# Of those schedules of Keras 3 whose usual name is not that of the class.
SCHEDULE_NAMES = {"CosineDecayRestarts": "SGDRDecay", "PiecewiseConstantDecay": "PiecewiseConstant"}


def says_nothing(shape):
    """Keras 2 tells only the rank of what a layer was adapted to, which building it tells again."""
    return shape is not None and all(extent is None for extent in shape)


def plain(value):
    """A configuration of lists, texts and numbers alone; tuples and lists are alike in JSON, and so here."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()
                if key not in NOT_A_SETTING and not (key == "batch_input_shape" and says_nothing(each))}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (np.ndarray, np.generic)) or hasattr(value, "numpy"):
        return plain(np.asarray(value).tolist())
    if hasattr(value, "get_config"):
        return {"class_name": type(value).__name__, "config": plain(value.get_config())}
    if callable(value):
        return value.__name__
    return value


def in_one_way(value):
    """A plain compile configuration in which what Keras says in several ways is said in one."""
    if isinstance(value, list):
        only_list = len(value) == 1 and isinstance(value[0], list)  # Keras 2's metrics of the only output
        return [in_one_way(each) for each in (value[0] if only_list else value)]
    if not isinstance(value, dict):
        return "sum_over_batch_size" if value == "auto" else value  # Keras 2's default, outside of a tf.distribute.Strategy
    value = {key: in_one_way(each) for key, each in value.items()}
    if value.get("class_name") == "function":
        return value["config"]
    if value.get("class_name") == "MeanMetricWrapper":  # what Keras 2 makes of a metric that was given by name
        function = value["config"].pop("fn")
        value["class_name"] = "".join(word.title() for word in function.split("_"))
    return value


def with_usual_names(optimizer):
    """The same optimizer, without the number that Keras 3 adds to the name that a class gives its objects, and with a name
    for a schedule: Keras 2 has none by default, Keras 3 always one."""
    if isinstance(optimizer, str):
        return optimizer
    config = dict(optimizer["config"])
    if re.fullmatch(rf"{optimizer['class_name']}(_\d+)?", config["name"], re.IGNORECASE):
        config["name"] = optimizer["class_name"]
    rate = config["learning_rate"]
    if isinstance(rate, dict) and rate["config"]["name"] is None:
        usual = SCHEDULE_NAMES.get(rate["class_name"], rate["class_name"])
        config["learning_rate"] = {**rate, "config": {**rate["config"], "name": usual}}
    return {**optimizer, "config": config}


def remembers_nothing(optimizer):
    """Keras 2's SGD keeps its last update, which without momentum it never uses."""
    return isinstance(optimizer, dict) and optimizer["class_name"] == "SGD" and not optimizer["config"]["momentum"]


def differences(found, expected, where=""):
    """A line for each place at which two plain configurations differ."""
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = [*expected, *(key for key in found if key not in expected)]
        absent = "(absent)"
        return [line for key in keys for line in
                differences(found.get(key, absent), expected.get(key, absent), f"{where}/{key}")]
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [line for i, pair in enumerate(zip(found, expected)) for line in differences(*pair, f"{where}[{i}]")]
    if isinstance(found, (int, float)) and isinstance(expected, (int, float)) and type(found) is not bool:
        equal = found == expected or abs(found - expected) <= 1e-7 * abs(expected)  # a learning rate is a float32
    else:
        equal = found == expected
    return [] if equal else [f"{where}: {found!r}; expected {expected!r}"]


def array_differences(found, expected, what):
    if len(found) != len(expected):
        return [f"{len(found)} {what}; expected {len(expected)}"]
    return [f"{what} [{i}] of shape {np.shape(b)} differ" for i, (a, b) in enumerate(zip(found, expected))
            if not np.array_equal(np.asarray(a), np.asarray(b), equal_nan=True)]


class Description:
    """All of a model that a file is to keep."""

    def __init__(self, model, library):
        self.config = plain(model.get_config())
        self.weights = model.get_weights()
        compiled = model.get_compile_config() if getattr(model, "optimizer", None) is not None else None
        self.compiled = in_one_way(plain({key: compiled.get(key) for key in COMPILED})) if compiled else None
        if compiled:
            self.compiled["optimizer"] = with_usual_names(self.compiled["optimizer"])
        self.iterations = int(model.optimizer.iterations) if compiled else 0
        variables = model.optimizer.variables if compiled else []
        self.optimizer = [np.array(each) for each in (variables() if callable(variables) else variables)]

    def was_trained(self):
        return self.iterations > 0

    def differences(self, expected):
        lines = differences(self.config, expected.config, "config")
        lines += array_differences(self.weights, expected.weights, "weights")
        lines += differences(self.compiled, expected.compiled, "compile")
        return lines


def described(file, library):
    model = library.models.load_model(file)
    description = Description(model, library)
    return model, description


def in_keras(library, files):
    """What Keras makes of each of its own files, by ending; those that it cannot read are left out."""
    descriptions = {}
    for file in files:
        try:
            descriptions[file.suffix] = described(file, library)[1]
        except Exception:  # whatever stops Keras: no more is asked of antler
            continue
    return descriptions


def keeps_optimizer(library, ending):
    """Keras 3 cannot restore an optimizer from any .h5."""
    return is_keras_2(library) or ending == ".keras"


class RoundTripTest(harness.KerasTest):
    def assert_comes_back(self, model, library):
        """Through every pair of formats: Keras's file -> antler -> Keras -> antler."""
        original = Description(model, library)
        files = self.save(model, library, "keras")
        readable = in_keras(library, files)
        for file in files:
            for ending in readable:
                # A format says less than another at places: the model as it was, and what Keras makes of either of the
                # two that take part, may each be the measure.
                measures = [original, *(readable[each] for each in (file.suffix, ending) if each in readable)]
                self.assert_converts(file, ending, library, measures)

    def assert_converts(self, file, ending, library, measures):
        what = f"{file.suffix} -> {ending}"
        ours, again = self.folder / f"ours{ending}", self.folder / f"again{ending}"
        antler("convert", file, ours)
        antler("convert", ours, again)
        self.assertEqual(ours.read_bytes(), again.read_bytes(), f"{what}: antler's file, converted, is another")
        model, found = described(ours, library)
        self.assert_same(found, measures, keeps_optimizer(library, ending), what)

        back, twice = self.folder / f"back{ending}", self.folder / f"twice{ending}"
        if not harness.could_save(model, back):
            return
        antler("convert", back, twice)
        self.assert_same(described(twice, library)[1], measures, keeps_optimizer(library, ending), f"{what} -> Keras -> antler")

    def assert_same(self, found, measures, with_optimizer, what):
        lines = min((found.differences(each) for each in measures), key=len)
        original = measures[0]
        # Kerases differ in when they make the variables.
        if with_optimizer and original.was_trained() and not remembers_nothing(original.compiled["optimizer"]):
            lines += array_differences(found.optimizer, original.optimizer, "optimizer variables")
        self.assertEqual("", "".join("\n  " + line for line in lines[:20]), what)
