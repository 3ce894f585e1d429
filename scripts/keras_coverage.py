#!/usr/bin/env python3
"""Writes docs/keras-api.md: every public class of Keras, whether antler has it, and why not where it has not.

Keras's side is read from the Keras of this Python, antler's from `antler classes --json` and from its headers.

  keras_coverage.py ANTLER [-o FILE]
"""

import argparse
import inspect
import json
import os
import re
import subprocess
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402

PROJECT = Path(__file__).resolve().parent.parent
NOT_YET = "not yet"

RECURRENT = "recurrent: antler has networks without loops in time"
ATTENTION = "attention: antler has vision and dense networks"
THREE_AXES = "3-D: antler has 1-D and 2-D"
TEXT = "text and categories: prepare them before"
SOUND = "sound: prepare it before"
AUGMENTATION = "augmentation; flip, rotation, translation, zoom, shear, crop, erasing, elastic distortion, contrast and brightness are there"
MIXTURE = "needs the labels, which no layer of a model sees: `augment::{}`, a stage of a dataset"
BASE = "a base class to derive from in Python"
WRAPPER = "a wrapper around any layer"
PYTHON = "part of Keras's Python machinery"
FOREIGN = "runs code of another library"

# Of each module: what is left out, and why. The first expression that matches a whole name counts.
REASONS = {
    "layers": [
        ("Lambda", "refused on purpose: it is Python code inside a model file"),
        ("Layer|InputSpec", BASE),
        ("Wrapper|Bidirectional|TimeDistributed|SpectralNormalization", WRAPPER),
        (".*(LSTM|GRU|RNN).*", RECURRENT),
        (".*Attention.*", ATTENTION),
        (".*3D.*", THREE_AXES),
        (".*Embedding|TextVectorization|.*Lookup|Hash.*|CategoryEncoding|Discretization", TEXT),
        (".*Spectrogram", SOUND),
        ("(Flax|Jax|TFSM|TorchModule).*", FOREIGN),
        ("Masking", "marks steps of a sequence to leave out; antler has no masks"),
        ("MaxNumBoundingBoxes", "for the boxes of detection: prepare them before"),
        ("Pipeline", "a list of preprocessing layers; Sequential is one too"),
        ("MixUp", MIXTURE.format("mixup")),
        ("CutMix", MIXTURE.format("cutmix")),
        ("Random.*|RandAugment|.*Mix|AutoContrast|Equalization|Contrast.*|Solarization", AUGMENTATION),
        ("Adaptive.*", "pools to a given size, in windows of unequal extents; antler's windows are all of one"),
        ("EinsumDense", "products along any axes; Dense, Dot and Permute are there"),
    ],
    "optimizers": [
        ("Optimizer|OptimizerMap", BASE),
        ("LossScaleOptimizer", "for float16; antler computes in float32"),
        ("MultiOptimizer", "several optimizers for one model; antler has one for all weights"),
        ("Adafactor", "saves the memory of Adam's second moments; Adam is there"),
        ("Lamb", "Adam for very large batches"),
        ("Muon", "for the hidden matrices of a model, with AdamW for its other weights; AdamW is there"),
        ("ScheduleFreeAdamW", "AdamW without a schedule; both are there"),
    ],
    "optimizers.schedules": [("LearningRateSchedule", BASE)],
    "losses": [("Loss", BASE), ("CTC", "serves recurrent networks")],
    "metrics": [
        ("Metric|MeanMetricWrapper", BASE),
    ],
    "callbacks": [
        ("CallbackList", PYTHON),
        ("RemoteMonitor", "sends what it sees over a network"),
        ("OrbaxCheckpoint", "writes the files of another library"),
    ],
    "initializers": [("Initializer", BASE), ("STFT", SOUND)],
    "regularizers": [("Regularizer", BASE)],
    "constraints": [("Constraint", BASE)],
    "activations": [("threshold", "has no default for its two arguments: a name alone does not say what it does")],
    "Model and Sequential": [
        (".*_step|make_.*|stateless_.*|.*_state_tree|symbolic_call|call|build.*|compute_.*|add_(loss|metric|variable|weight)|.*_own_variables"
         "|.*quantiz.*|rematerialized_call|.*_from_config|from_config|get_build_config|.*_compile_config|get_metrics_result|compiled_(loss|metrics)", PYTHON),
        ("export", "writes the files of TensorFlow's own server"),
        ("get_config", "`to_json` gives it as text"),
        ("reset_metrics", "each call of `fit`, `evaluate` and `train_on_batch` begins to count anew"),
    ],
    "saving": [(".*custom_object.*|CustomObjectScope|register_.*|get_registered_.*|(de)?serialize_.*", PYTHON),
               ("KerasFileEditor", "a tool to explore a file; `antler summary` shows what is in one"),
               ("save_model", "`save` of the model does it")],
    "utils": [(".*(dataset_from_directory|_from_array)|(array|img)_to_.*|(load|save)_img|get_file|FeatureSpace|pad_sequences|bounding_boxes",
               "data is read by antler's data room, or before"),
              ("model_to_dot", "`antler plot` draws the model"),
              ("normalize", "`UnitNormalization` does it"),
              (".*", PYTHON)],
}

# antler's own words for what Keras has under another name.
ELSEWHERE = {
    "History": "what `fit` returns",
    "ProgbarLogger": "`verbose`, on by default",
    "Callback": "the base class of all of them",
    "Input": "",
    "plot_model": "`antler plot`",
    "to_json": "`model_to_json`",
    "set_random_seed": "the `seed` of `compile` and `fit`",
}


def canonical(name, item):
    """Keras exports some classes under several names."""
    return item.__name__ if inspect.isclass(item) else name


def keras_classes(module):
    """{name: other names of the same} of the public classes of a module; of keras.activations, the functions."""
    wanted = inspect.isfunction if module.__name__.endswith("activations") else inspect.isclass
    names = {}
    for name, item in inspect.getmembers(module, wanted):
        if name.startswith("_") or name in ("get", "serialize", "deserialize"):
            continue
        names.setdefault(item.__name__, set()).add(name)
    return {name: sorted(others - {name}) for name, others in sorted(names.items())}


def keras_methods():
    """What a user may call of a model: methods alone, without those every Layer has for its own use."""
    of_model = {name for name in dir(keras.Sequential) if callable(getattr(keras.Sequential, name, None))}
    return {name: [] for name in sorted(of_model) if not name.startswith("_")}


def keras_functions(module):
    return {name: [] for name, item in inspect.getmembers(module, callable) if not name.startswith("_")}


def headers(*folders):
    return "\n".join(path.read_text() for folder in folders for path in sorted((PROJECT / "antler" / folder).glob("*.h")))


def declared_classes(*folders):
    return set(re.findall(r"^(?:class|struct) (\w+)[^;]*\{", headers(*folders), re.MULTILINE))


def functions_of(*files):
    """What the headers declare: a type comes before its name, and no comment counts."""
    text = "\n".join(re.sub(r"//.*", "", (PROJECT / file).read_text()) for file in files)
    return set(re.findall(r"[\w>&*] (\w+)\(", text))


def declared_functions(*folders):
    files = [path.relative_to(PROJECT) for folder in folders for path in sorted((PROJECT / "antler" / folder).glob("*.h"))]
    return functions_of(*files)


def antler_names(command):
    """By Keras's modules: the names that antler has."""
    names = {module: set(known) for module, known in json.loads(
        subprocess.run([command, "classes", "--json"], check=True, capture_output=True, text=True).stdout).items()}
    names["callbacks"] = declared_classes("callbacks") | {"History", "ProgbarLogger"}
    names["Model and Sequential"] = functions_of("antler/models/model.h", "antler/models/sequential.h") | {"to_json"}
    functions = declared_functions("saving", "data", "models") | {"plot_model", "set_random_seed"}
    names["saving"] = names["utils"] = functions
    return names


def keras_names():
    """By section of the page: {name: other names}."""
    modules = ["layers", "optimizers", "optimizers.schedules", "losses", "metrics", "callbacks", "initializers", "regularizers",
               "constraints", "activations"]
    names = {}
    for each in modules:
        module = keras
        for part in each.split("."):
            module = getattr(module, part)
        names[each] = keras_classes(module)
    names["Model and Sequential"] = keras_methods()
    names["saving"] = keras_functions(keras.saving)
    names["utils"] = keras_functions(keras.utils)
    return names


def reason(section, name):
    for expression, why in REASONS.get(section, []):
        if re.fullmatch(expression, name):
            return why
    return NOT_YET


def row(section, name, others, known):
    """(whether antler has it, the line of the table)"""
    there = any(each in known for each in (name, *others))
    shown = f"`{name}`" + "".join(f", `{other}`" for other in others)
    remark = ELSEWHERE.get(name, "") if there else reason(section, name)
    return there, f"| {shown} | {'yes' if there else ''} | {remark} |"


def section_text(section, names, known):
    rows = [row(section, name, others, known) for name, others in names.items()]
    count = sum(there for there, _ in rows)
    title = section if " " in section else f"keras.{section}"
    return "\n".join([f"## {title}", "", f"{count} of {len(rows)}.", "", "| Keras | antler | |", "| --- | --- | --- |",
                      *(line for _, line in rows), ""])


def page(command):
    known = antler_names(command)
    # What Keras 2 had, and Keras 3 no longer has.
    head = f"""# Keras's API in antler

Every public class of Keras {keras.__version__}, and whether antler has it. Written by `scripts/keras_coverage.py`, from Keras itself
and from `antler classes`; a test holds that it is up to date. Names after the first are Keras's other names of the same.
Beside these, antler has of Keras 2 what Keras 3 no longer has: `ThresholdedReLU`.
"""
    return head + "\n" + "\n".join(section_text(section, names, known.get(section, set())) for section, names in keras_names().items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("antler", help="the antler command")
    parser.add_argument("-o", "--output", type=Path, default=PROJECT / "docs" / "keras-api.md")
    options = parser.parse_args()
    options.output.write_text(page(os.path.abspath(options.antler)))


if __name__ == "__main__":
    main()
