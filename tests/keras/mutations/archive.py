"""Mutations of a .keras file: a zip of config.json, metadata.json and model.weights.h5."""
import io
import struct
import zipfile

from . import Mutation

BOMB = 1 << 30
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(members, method=zipfile.ZIP_STORED):
    """A zip of (name, content) pairs, or of a dict."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as file:
        for name, content in members.items() if isinstance(members, dict) else members:
            file.writestr(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, content)
    return out.getvalue()


def bomb(members, name):
    """`name` holds a gigabyte of zeros, or of spaces where JSON is expected; the file is a megabyte."""
    filler = b" " * (1 << 20) if name.endswith(".json") else bytes(1 << 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for other, content in members.items():
            if other != name:
                file.writestr(other, content)
        with file.open(name, "w") as member:
            for _ in range(BOMB >> 20):
                member.write(filler)
    return out.getvalue()


def headers_of(content, name, signature):
    """Where the name's record of a kind begins. A central record has its name at 46, a local one at 30."""
    name_at = 46 if signature == CENTRAL else 30
    place = content.find(signature)
    while place >= 0:
        if content[place + name_at:place + name_at + len(name)] == name.encode():
            return place
        place = content.find(signature, place + 4)
    raise AssertionError(f"no record of {name}")


def patched(content, place, layout, value):
    changed = bytearray(content)
    struct.pack_into("<" + layout, changed, place, value)
    return bytes(changed)


def in_both(content, name, central, local, layout, value):
    """The same field of the central and of the local record."""
    content = patched(content, headers_of(content, name, CENTRAL) + central, layout, value)
    return patched(content, headers_of(content, name, LOCAL) + local, layout, value)


def field_mutations(content):
    """The fields of the records, each a lie."""
    for name in (CONFIG, WEIGHTS):
        central = headers_of(content, name, CENTRAL)
        size = struct.unpack_from("<I", content, central + 24)[0]
        yield f"{name}: another CRC", in_both(content, name, 16, 14, "I", 0x12345678), True
        yield f"{name}: another CRC in the directory", patched(content, central + 16, "I", 0x12345678), True
        yield f"{name}: encrypted", in_both(content, name, 8, 6, "H", 1), True
        for method in (8, 9, 12, 14, 93, 99):
            yield f"{name}: stored, but method {method} claimed", in_both(content, name, 10, 8, "H", method), True
        for lie in (0, 1, size - 1, size + 1, 2**31, 2**32 - 2):
            yield f"{name}: size {lie}", in_both(content, name, 24, 22, "I", lie), True
            yield f"{name}: packed size {lie}", in_both(content, name, 20, 18, "I", lie), True
        yield f"{name}: of a zip64 without its field", patched(content, central + 24, "I", 2**32 - 1), True
        for lie in (len(content), 2**31, 2**32 - 2):
            yield f"{name}: begins at {lie}", patched(content, central + 42, "I", lie), True
        yield f"{name}: a name of 65,535 bytes", patched(content, central + 28, "H", 65535), True
        yield f"{name}: an extra field of 65,535 bytes", patched(content, central + 30, "H", 65535), True
    other = headers_of(content, WEIGHTS, LOCAL)
    yield "the configuration lies where the weights do", patched(
        content, headers_of(content, CONFIG, CENTRAL) + 42, "I", other), True
    end = content.rfind(END)
    for lie in (0, 1, 65534):
        yield f"a directory of {lie} entries", patched(patched(content, end + 8, "H", lie), end + 10, "H", lie), True
    for lie in (0, 2**31, 2**32 - 2, len(content)):
        yield f"the directory begins at {lie}", patched(content, end + 16, "I", lie), True
        yield f"the directory has {lie} bytes", patched(content, end + 12, "I", lie), False  # its entries are counted
    yield "parts on other disks", patched(content, end + 4, "H", 3), True
    yield "a comment of 65,535 bytes", patched(content, end + 20, "H", 65535), True
    yield "two ends", content + content[end:], False
    yield "something before it", b"#!/bin/sh\n" + content, False


def member_mutations(members):
    for name in (CONFIG, WEIGHTS):
        without = {key: value for key, value in members.items() if key != name}
        yield f"without {name}", packed(without), True
        yield f"{name} is empty", packed({**members, name: b""}), True
        yield f"{name} is in a folder above", packed({**without, f"../{name}": members[name]}), True
        yield f"{name} is at the root", packed({**without, f"/{name}": members[name]}), True
        yield f"{name} is a folder", packed({**without, f"{name}/": b""}), True
        yield f"{name} in capitals", packed({**without, name.upper(): members[name]}), True
        yield f"{name} is a packed gigabyte", bomb(members, name), True
        yield f"{name} is a zip", packed({**members, name: packed(members)}), True
        yield f"{name} twice", packed([*members.items(), (name, members[name])]), False
    yield "without metadata.json", packed({key: value for key, value in members.items() if key != METADATA}), False
    yield "metadata.json is no JSON", packed({**members, METADATA: b"{"}), False
    yield "metadata.json is a packed gigabyte", bomb(members, METADATA), False
    yield "a packed gigabyte beside it", bomb({**members, "aside": b""}, "aside"), False
    yield "deflated", packed(members, zipfile.ZIP_DEFLATED), False
    yield "bzip2", packed(members, zipfile.ZIP_BZIP2), True
    yield "lzma", packed(members, zipfile.ZIP_LZMA), True
    yield "10,000 members", packed({**members, **{f"m{i}": b"" for i in range(10_000)}}), False
    yield "no members", packed({}), True
    yield "a member above the folder", packed({**members, "../../evil.txt": b"evil"}), False
    yield "a member with an absolute path", packed({**members, "/tmp/evil.txt": b"evil"}), False


def mutations(content, configurations, weights):
    """`configurations` and `weights` are mutations of the members."""
    members = members_of(content)
    for name, changed, invalid in [*field_mutations(content), *member_mutations(members)]:
        yield Mutation(name, changed, invalid)
    for each in configurations:
        yield each._replace(content=packed({**members, CONFIG: each.content}))
    for each in weights:
        yield each._replace(content=packed({**members, WEIGHTS: each.content}))
