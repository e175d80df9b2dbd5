"""The bills of ``world``: which families were looked at while the reader was made better."""

from collections.abc import Iterator

from . import world, world_central, world_english, world_north, world_south

MODULES = (world_central, world_south, world_north, world_english)
#: every other family, by order of writing: the reader was never corrected by these
KEPT_APART = tuple(list(world.FAMILIES)[1::2])
LOOKED_AT = tuple(name for name in world.FAMILIES if name not in KEPT_APART)


def files(names: tuple[str, ...], each: int) -> Iterator[tuple[str, str, bytes, dict]]:
    """Yield (family, file name, PDF, truth)."""
    yield from world.documents(each, names)
