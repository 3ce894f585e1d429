"""Model files that a stranger might hand over: each module changes one kind of content into many that are broken or hostile.

Each gives Mutations of a sound file's content. `invalid` says that no reader may take the content; others may be read or
refused, as long as nothing worse happens.
"""
from collections import namedtuple

Mutation = namedtuple("Mutation", "name content invalid")
