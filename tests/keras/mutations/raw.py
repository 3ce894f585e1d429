"""Mutations of any file: cut, flipped, overwritten."""
from . import Mutation

CUTS, FLIPS, SPANS = 20, 30, 15


def mutations(content, r):
    yield Mutation("empty", b"", True)
    yield Mutation("random bytes", r.randbytes(len(content)), True)
    yield Mutation("zeros", bytes(len(content)), True)
    for place in sorted(r.sample(range(1, len(content)), CUTS)):
        yield Mutation(f"cut at {place}", content[:place], True)
    for _ in range(FLIPS):
        place, bit = r.randrange(len(content)), r.randrange(8)
        changed = bytearray(content)
        changed[place] ^= 1 << bit
        yield Mutation(f"bit {bit} of byte {place} flipped", bytes(changed), False)
    for _ in range(SPANS):
        place, value = r.randrange(len(content) - 8), r.choice([0x00, 0x7F, 0xFF])
        changed = bytearray(content)
        changed[place:place + 8] = bytes([value]) * 8
        yield Mutation(f"8 bytes from {place} are {value:#x}", bytes(changed), False)
