"""Mutations of an HDF5 file that holds weights: a whole model (.h5), or .weights.h5."""
import zlib

import h5py
import numpy as np

from . import Mutation

BOMB = 1 << 30  # bytes of zeros


def datasets_of(file):
    """The paths of all weights that are not the optimizer's."""
    paths = []
    file.visititems(lambda name, item: paths.append(name) if isinstance(item, h5py.Dataset) and "optimizer" not in name
                    and item.ndim > 0 else None)
    return paths


def replacing(make):
    """A change that puts make(group, name, values) in the place of the first weight."""
    def change(file):
        path = datasets_of(file)[0]
        group, name, values = file[path].parent, path.rsplit("/", 1)[-1], file[path][()]
        del group[name]
        make(group, name, values)
    return change


def stored(**how):
    return replacing(lambda group, name, values: group.create_dataset(name, data=values, **how))


def as_type(dtype):
    return replacing(lambda group, name, values: group.create_dataset(name, data=values.astype(dtype)))


def claiming(*shape, **how):
    """A dataset of that shape of which nothing is stored."""
    return replacing(lambda group, name, values: group.create_dataset(name, shape, "float32", **how))


def of_zeros(group, name, values):
    """A gigabyte of zeros, packed: one chunk, again and again."""
    chunk = 1 << 22
    dataset = group.create_dataset(name, (BOMB // 4,), "float32", chunks=(chunk,), compression="gzip")
    packed = zlib.compress(bytes(4 * chunk))
    for start in range(0, BOMB // 4, chunk):
        dataset.id.write_direct_chunk((start,), packed)


def soft_link(group, name, values):
    group["aside"] = values
    group[name] = h5py.SoftLink("aside")


def dangling_link(group, name, values):
    group[name] = h5py.SoftLink("/nowhere")


def circular_link(group, name, values):
    group[name] = h5py.SoftLink(f"{group.name}/{name}")


def external_link(group, name, values):
    group[name] = h5py.ExternalLink("another.h5", "/secret")


def external_storage(group, name, values):
    group.create_dataset(name, values.shape, "float32", external=[("/etc/passwd", 0, 4 * values.size)])


def virtual(group, name, values):
    layout = h5py.VirtualLayout(shape=values.shape, dtype="float32")
    layout[...] = h5py.VirtualSource("another.h5", "secret", shape=values.shape)
    group.create_virtual_dataset(name, layout)


def references(group, name, values):
    dataset = group.create_dataset(name, values.shape, h5py.ref_dtype)
    dataset[...] = group.ref


def texts(group, name, values):
    group.create_dataset(name, data=np.full(values.shape, "evil", object), dtype=h5py.string_dtype())


def lists_of_any_length(group, name, values):
    group.create_dataset(name, values.shape, h5py.vlen_dtype("float32"))


def records(group, name, values):
    group.create_dataset(name, data=np.zeros(values.shape, [("a", "f4"), ("b", "f4")]))


def a_group(group, name, values):
    group.create_group(name)


def a_type(group, name, values):
    group[name] = np.dtype("float32")


def nothing(group, name, values):
    group.create_dataset(name, data=h5py.Empty("float32"))


def group_in_itself(file):
    group = file[datasets_of(file)[0]].parent
    group["loop"] = group
    group["root"] = file["/"]


def many_groups(file):
    group = file.create_group("deep")
    for _ in range(2000):
        group = group.create_group("g")


def many_names(file):
    group = file.create_group("wide")
    for i in range(5000):
        group.create_group(f"g{i}")


CERTAIN = {
    "a weight is missing": replacing(lambda group, name, values: None),
    "a weight has an axis more": replacing(lambda group, name, values: group.create_dataset(name, data=values[None])),
    "a weight is flat": replacing(lambda group, name, values: group.create_dataset(name, data=np.append(values, 0.0))),
    "a weight is one number": replacing(lambda group, name, values: group.create_dataset(name, data=1.0)),
    "a weight has no numbers": replacing(lambda group, name, values: group.create_dataset(name, data=values[:0])),
    "a weight is empty": replacing(nothing),
    "a weight is a group": replacing(a_group),
    "a weight is a type": replacing(a_type),
    "a weight claims 2^40 numbers": claiming(2**40, chunks=(1024,)),
    "a weight claims 2^62 numbers": claiming(2**61, chunks=(1024,)),
    "a weight claims 2^40 numbers in chunks of 2^27": claiming(2**40, chunks=(2**27,)),
    "a weight claims 2^20 x 2^20 numbers, packed": claiming(2**20, 2**20, chunks=(1024, 1024), compression="gzip"),
    "a weight claims 32 axes": claiming(*[2] * 32, chunks=tuple([1] * 32)),
    "a weight is a packed gigabyte of zeros": replacing(of_zeros),
    "a soft link": replacing(soft_link),
    "a soft link to nowhere": replacing(dangling_link),
    "a soft link to itself": replacing(circular_link),
    "an external link": replacing(external_link),
    "external storage": replacing(external_storage),
    "a virtual dataset": replacing(virtual),
    "references for numbers": replacing(references),
    "texts for numbers": replacing(texts),
    "lists for numbers": replacing(lists_of_any_length),
    "records for numbers": replacing(records),
    "complex numbers": as_type("complex64"),
    "the lzf filter": stored(compression="lzf"),
    "the scale-offset filter": stored(chunks=True, scaleoffset=3),
}
POSSIBLE = {
    "float64": as_type("float64"),
    "float16": as_type("float16"),
    "other bytes first": as_type(">f4"),
    "whole numbers": as_type("int32"),
    "truths": as_type("bool"),
    "chunks": stored(chunks=True),
    "chunks of one number": replacing(lambda group, name, values: group.create_dataset(name, data=values, chunks=(1,) * values.ndim)),
    "packed": stored(compression="gzip", shuffle=True, fletcher32=True),
    "could grow without end": replacing(lambda group, name, values: group.create_dataset(
        name, data=values, maxshape=(None,) * values.ndim)),
    "not a number": replacing(lambda group, name, values: group.create_dataset(name, data=np.full_like(values, np.nan))),
    "a group in itself": group_in_itself,
    "2,000 groups in each other": many_groups,
    "5,000 groups": many_names,
}


def changed_file(content, change, scratch):
    """The content of the file after change(h5py.File)."""
    scratch.write_bytes(content)
    with h5py.File(scratch, "r+") as file:
        change(file)
    return scratch.read_bytes()


def mutations(content, scratch):
    for invalid, changes in ((True, CERTAIN), (False, POSSIBLE)):
        for name, change in changes.items():
            yield Mutation(name, changed_file(content, change, scratch), invalid)


def attribute(path, name, value):
    def change(file):
        if value is None:
            del file[path].attrs[name]
        else:
            file[path].attrs[name] = value
    return change


def external_model_weights(file):
    del file["model_weights"]
    file["model_weights"] = h5py.ExternalLink("another.h5", "/model_weights")


def linked_model_weights(file):
    file.move("model_weights", "aside")
    file["model_weights"] = h5py.SoftLink("/aside")


def renaming(rename):
    """A change of the list of a layer's weights."""
    def change(file):
        group = next(group for group in file["model_weights"].values() if len(group.attrs["weight_names"]))
        names = [str(name, "ascii") if isinstance(name, bytes) else name for name in group.attrs["weight_names"]]
        group.attrs["weight_names"] = np.array(rename(names), "S")
    return change


def numbers_for_names(file):
    group = next(group for group in file["model_weights"].values() if len(group.attrs["weight_names"]))
    group.attrs["weight_names"] = [1.0, 2.0]


def configuration(text):
    return attribute("/", "model_config", np.bytes_(text) if b"\0" not in text else text)


MODEL_CERTAIN = {
    "no configuration": attribute("/", "model_config", None),
    "a number for a configuration": attribute("/", "model_config", 5.0),
    "texts for a configuration": attribute("/", "model_config", np.array(["{}", "{}"], "S")),
    "an empty configuration": attribute("/", "model_config", ""),
    "model_weights in another file": external_model_weights,
    "model_weights behind a link": linked_model_weights,
    "no model_weights": lambda file: file.pop("model_weights"),
    "a weight is named that is not there": renaming(lambda names: [*names[:-1], "nowhere/kernel:0"]),
    "weights are named 200 times": renaming(lambda names: names * 200),
    "numbers for weights' names": numbers_for_names,
}
MODEL_POSSIBLE = {
    "layers' names that are not there": attribute("model_weights", "layer_names", np.array(["one", "two"], "S")),
    "a number for layers' names": attribute("model_weights", "layer_names", 3),
    "training_config is no JSON": attribute("/", "training_config", "{"),
    "training_config is deep": attribute("/", "training_config", "[" * 10_000),
    "training_config is a number": attribute("/", "training_config", 1),
    "an unknown loss": attribute("/", "training_config", '{"loss": "evil", "metrics": [], "optimizer_config": {}}'),
    "keras_version is a number": attribute("/", "keras_version", 3),
    "keras_version is long": attribute("/", "keras_version", "9" * 60_000),
    "no keras_version": attribute("/", "keras_version", None),
}


def model_mutations(content, scratch, configurations):
    """Of a whole model: what mutations() does, and its configuration replaced by each of `configurations`."""
    yield from mutations(content, scratch)
    for invalid, changes in ((True, MODEL_CERTAIN), (False, MODEL_POSSIBLE)):
        for name, change in changes.items():
            yield Mutation(name, changed_file(content, change, scratch), invalid)
    for each in configurations:
        if len(each.content) < 60_000:  # an attribute holds no more
            yield each._replace(content=changed_file(content, configuration(each.content), scratch))
