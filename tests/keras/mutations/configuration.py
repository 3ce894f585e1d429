"""Mutations of a model's JSON configuration, wherever it is kept: a .json file, config.json of a .keras, an attribute of a .h5."""
import copy
import json

from . import Mutation

RANDOM = 40
LEAVES = [None, -1, 0, 1e308, 2**62, -(2**63), 0.5, "text", "", [], {}, [[]], float("nan"), float("inf"), True, [1, 2, 3, 4, 5, 6, 7]]
DEEP = 10_000


def layers_of(config):
    return config["config"]["layers"]


def of_class(config, class_name):
    return next(layer for layer in layers_of(config) if layer["class_name"] == class_name)


def shape_key(config):
    settings = layers_of(config)[0]["config"]
    return "batch_shape" if "batch_shape" in settings else "batch_input_shape"


def settings(class_name, key, value):
    def change(config):
        of_class(config, class_name)["config"][key] = value
    return change


def input_shape(value):
    def change(config):
        layers_of(config)[0]["config"][shape_key(config)] = value
    return change


def unknown_class(config):
    of_class(config, "Dense")["class_name"] = "EvilLayer"


def class_from_a_module(config):
    of_class(config, "Dense").update(module="os", class_name="system", registered_name="os>system", config={"command": "true"})


def no_class(config):
    del of_class(config, "Dense")["class_name"]


def no_config(config):
    del of_class(config, "Dense")["config"]


def class_is_a_number(config):
    of_class(config, "Dense")["class_name"] = 7


def no_layers(config):
    config["config"]["layers"] = []


def layers_are_no_list(config):
    config["config"]["layers"] = {"a": 1}


def model_of_an_unknown_class(config):
    config["class_name"] = "Evil"


def two_of_one_name(config):
    for layer in layers_of(config):
        layer["config"]["name"] = layer["name"] = "same"


def repeated(count):
    def change(config):
        dense = of_class(config, "Dense")
        for i in range(count):
            again = copy.deepcopy(dense)
            again["config"]["name"] = again["name"] = f"again_{i}"
            layers_of(config).append(again)
    return change


def inserted(class_name, **config_of_it):
    def change(config):
        layer = {"class_name": class_name, "module": "keras.layers", "config": {"name": "inserted", **config_of_it}}
        layers_of(config).insert(1, layer)
    return change


def model_in_itself(depth):
    def change(config):
        for i in range(depth):
            inner = copy.copy(config)
            inner["config"] = dict(config["config"], name=f"inner_{i}")
            config["config"] = {"name": f"outer_{i}", "layers": [inner]}
    return change


CERTAIN = {
    "a class that is not there": unknown_class,
    "a function of a module as class": class_from_a_module,
    "a layer without class": no_class,
    "a layer without config": no_config,
    "a number for a class": class_is_a_number,
    "layers that are no list": layers_are_no_list,
    "a model of an unknown class": model_of_an_unknown_class,
    "layers that share a name": two_of_one_name,
    "units 2^60": settings("Dense", "units", 2**60),
    "units 10^12": settings("Dense", "units", 10**12),
    "units -1": settings("Dense", "units", -1),
    "units 0": settings("Dense", "units", 0),
    "units a text": settings("Dense", "units", "many"),
    "units 10^30": settings("Dense", "units", 10**30),
    "filters 10^9": settings("Conv2D", "filters", 10**9),
    "a kernel of 10^6 x 10^6": settings("Conv2D", "kernel_size", [10**6, 10**6]),
    "a kernel of three extents": settings("Conv2D", "kernel_size", [3, 3, 3]),
    "a kernel of 0 x 0": settings("Conv2D", "kernel_size", [0, 0]),
    "strides 0": settings("Conv2D", "strides", [0, 0]),
    "dilation -2^31": settings("Conv2D", "dilation_rate", [-(2**31), 1]),
    "groups 0": settings("Conv2D", "groups", 0),
    "padding unknown": settings("Conv2D", "padding", "round"),
    "an unknown activation": settings("Dense", "activation", "evil"),
    "an unknown initializer": settings("Dense", "kernel_initializer", {"class_name": "Evil", "config": {}}),
    "an unknown regularizer": settings("Dense", "kernel_regularizer", {"class_name": "Evil", "config": {}}),
    "an unknown constraint": settings("Dense", "kernel_constraint", {"class_name": "Evil", "config": {}}),
    "an axis of 100": settings("BatchNormalization", "axis", 100),
    "an axis of 2^62": settings("BatchNormalization", "axis", 2**62),
    "images of 10^6 x 10^6": input_shape([None, 10**6, 10**6, 1]),
    "images of 2^62 x 2^62": input_shape([None, 2**62, 2**62, 1]),
    "images of -5 x 5": input_shape([None, -5, 5, 1]),
    "images of rank 1": input_shape([None, 5]),
    "images of rank 1,000": input_shape([None] + [1] * 1000),
    "a shape that is a text": input_shape("big"),
    "repeated 10^15 times": inserted("RepeatVector", n=10**15),
    "padded by 10^15": inserted("ZeroPadding2D", padding=[[10**15, 10**15], [10**15, 10**15]]),
    "upsampled by 10^9": inserted("UpSampling2D", size=[10**9, 10**9]),
    "reshaped to 2^62 x 4": inserted("Reshape", target_shape=[2**62, 4]),
    "cropped to nothing": inserted("Cropping2D", cropping=[[10**9, 10**9], [0, 0]]),
    "pooled by 0": inserted("MaxPooling2D", pool_size=[0, 0]),
    "a Lambda in words": inserted("Lambda", function=["4wEAAAA=", None, None], function_type="lambda"),
    "a Lambda of a module": inserted("Lambda", function="os.system", module="os", function_type="function"),
}
POSSIBLE = {
    "no layers": no_layers,
    "a hundred more layers": repeated(100),
    "a model 10 deep in models": model_in_itself(10),
    "a model 1,000 deep in models": model_in_itself(60),
}


def places_of(value, path=()):
    """The paths of all leaves of a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        return [path]
    return [place for key, each in items for place in places_of(each, (*path, key))]


def replaced(config, path, leaf):
    config = copy.deepcopy(config)
    at = config
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = leaf
    return config


def written_texts(config):
    """Texts that json.dumps would not write."""
    text = json.dumps(config)
    yield "10,000 lists in each other", "[" * DEEP + "]" * DEEP, True
    yield "10,000 objects in each other", '{"a":' * DEEP + "1" + "}" * DEEP, True
    yield "10,000 open brackets", "[" * DEEP, True
    yield "a setting 10,000 deep", text.replace('"units": ', '"units": ' + "[" * DEEP + "]" * DEEP + ', "_": ', 1), True
    yield "a layer 10,000 deep", text.replace('"layers": [', '"layers": [' + "[" * DEEP + "]" * DEEP + ", ", 1), True
    yield "a text without end", text.replace('"Dense"', '"Dense', 1), True
    yield "bytes that are no UTF-8", text.replace("Dense", "De\udcffnse", 1), True
    yield "half a surrogate", text.replace('"Dense"', '"De\\ud800nse"', 1), True
    yield "a number of 100,000 digits", text.replace('"units": ', '"units": ' + "9" * 100_000 + ', "_": ', 1), True
    yield "1e999", text.replace('"units": ', '"units": 1e999, "_": ', 1), True
    yield "a comma too many", text.replace("{", "{,", 1), True
    yield "two values", text + text, True
    yield "a zero byte in a name", text.replace('"name": "', '"name": "\\u0000', 1), False
    yield "a key twice", text.replace('"units": ', '"units": 3, "units": ', 1), False
    yield "a name of a million letters", text.replace('"name": "', '"name": "' + "n" * 1_000_000, 1), False
    yield "null", "null", True
    yield "a number", "17", True
    yield "a list", "[]", True
    yield "an empty object", "{}", True


def mutations(text, r):
    """Of the configuration of a Sequential with a Conv2D, a BatchNormalization and a Dense layer, as JSON."""
    config = json.loads(text)
    for invalid, changes in ((True, CERTAIN), (False, POSSIBLE)):
        for name, change in changes.items():
            changed = copy.deepcopy(config)
            change(changed)
            yield Mutation(name, json.dumps(changed).encode(), invalid)
    for name, changed_text, invalid in written_texts(config):
        yield Mutation(name, changed_text.encode(errors="surrogateescape"), invalid)
    places = places_of(config)
    for _ in range(RANDOM):
        path, leaf = r.choice(places), r.choice(LEAVES)
        changed = json.dumps(replaced(config, path, leaf)).encode()
        yield Mutation(f"{'/'.join(map(str, path))} is {leaf!r}", changed, False)


def cyclic_mutations(text):
    """Of the configuration of a functional model of Keras 3: circles, and inputs that are not there."""
    def rename(text, new):  # what the last layer takes is what it gives
        return text.replace('"keras_history": ["first"', f'"keras_history": ["{new}"')
    yield Mutation("a layer that takes its own output", rename(text, "second").encode(), True)
    yield Mutation("a layer in a circle of three", rename(text, "third").encode(), True)
    yield Mutation("an input from nowhere", rename(text, "nowhere").encode(), True)
    yield Mutation("the 10^9th call of a layer", text.replace('["first", 0, 0]', '["first", 1000000000, 0]').encode(), True)
    yield Mutation("the 10^9th output of a layer", text.replace('["first", 0, 0]', '["first", 0, 1000000000]').encode(), True)
    yield Mutation("a call of -1", text.replace('["first", 0, 0]', '["first", -1, -1]').encode(), True)
    yield Mutation("an output that is no layer", text.replace('"output_layers": [["', '"output_layers": [["no_', 1)
                   .replace('"output_layers": ["', '"output_layers": ["no_', 1).encode(), True)
