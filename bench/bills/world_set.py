"""The bills of ``world`` by set, as they come and as scans."""

import io
import random
import zlib
from collections.abc import Iterator

import numpy
import pypdfium2
from PIL import Image

from . import world, world_central, world_english, world_north, world_south

FIRST = (world_central, world_south, world_north, world_english)
LOOKED_AT = tuple(world.FAMILIES)

from . import world_apart  # noqa: E402 - its families come after those that were looked at

MODULES = (*FIRST, world_apart)
KEPT_APART = tuple(name for name in world.FAMILIES if name not in LOOKED_AT)
#: drawn again as scans: OCR takes its time
SCANNED = (*LOOKED_AT[::4], *KEPT_APART[::3])


def files(names: tuple[str, ...], each: int) -> Iterator[tuple[str, str, bytes, dict]]:
    """Yield (family, file name, PDF, truth)."""
    yield from world.documents(each, names)


def scans(names: tuple[str, ...], each: int) -> Iterator[tuple[str, str, bytes, dict]]:
    """Yield the same bills as pictures: 200 dpi, a little turned, grainy."""
    for name, file, content, truth in world.documents(each, names):
        yield name, file, scanned(content, zlib.crc32(f"{name}{file}".encode())), truth


def scanned(content: bytes, seed: int) -> bytes:
    """Return a PDF of the pages as pictures."""
    rng = random.Random(seed)
    noise = numpy.random.default_rng(seed)
    document = pypdfium2.PdfDocument(content)
    pages = []
    for page in document:
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(rng.uniform(-0.8, 0.8), fillcolor=255, resample=Image.BICUBIC)
        grey = numpy.asarray(picture, dtype=numpy.float32) * 0.92 + 10
        grey += noise.normal(0, 9, grey.shape)
        pages.append(Image.fromarray(grey.clip(0, 255).astype(numpy.uint8)))
    target = io.BytesIO()
    pages[0].save(target, "PDF", resolution=200, save_all=True, append_images=pages[1:], quality=70)
    return target.getvalue()
