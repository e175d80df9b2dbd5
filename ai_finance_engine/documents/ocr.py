"""Words of a picture, read by Tesseract, upright and at a size it reads well."""

import io
import os
import warnings

import numpy
import pytesseract
from PIL import Image, ImageFilter, ImageOps

from . import limits
from .layout import Box, Page, Word, page_of

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # threads of Tesseract cost more than they give
NARROW = 1400  # pixels a receipt is upscaled to
TALLEST = 3400
BORDER = 16  # letters at the very edge are not read
CROP_FROM = 1600  # pixels; narrower pictures are not scans of a whole page
WANTED_LANGUAGES = ("eng", "deu", "fra", "nld", "spa", "ita")
WAYS = ("plain", "clean", "soft")
LEAST_CONFIDENCE = 15


def open_picture(content: bytes) -> Image.Image:
    """Return the picture in grey, upright by its own note; refuse bombs before decoding."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(content))
        except Image.DecompressionBombError as error:
            raise limits.UnreadableDocument("too_many_pixels", str(error)) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise limits.UnreadableDocument("broken_file", str(error)) from error
        if picture.width * picture.height > limits.MAX_PIXELS:
            raise limits.UnreadableDocument("too_many_pixels", f"{picture.width}x{picture.height}")
        try:
            picture.draft("L", (picture.width // 2, picture.height // 2))
            if picture.mode in ("RGBA", "LA", "P", "PA"):
                picture = picture.convert("RGBA")
                white = Image.new("RGBA", picture.size, "white")
                picture = Image.alpha_composite(white, picture)
            return ImageOps.exif_transpose(picture).convert("L")
        except (OSError, ValueError, SyntaxError) as error:
            raise limits.UnreadableDocument("broken_file", str(error)) from error


def crop_to_ink(picture: Image.Image) -> Image.Image:
    """Cut empty margins away: a receipt on the glass of a scanner is a small part of the page."""
    if picture.width < CROP_FROM:
        return picture  # a photo of the receipt alone
    small = picture.resize((max(picture.width // 8, 1), max(picture.height // 8, 1)))
    grey = numpy.asarray(small, dtype=numpy.int16)
    dark = grey < int(numpy.percentile(grey, 90)) - 40
    rows = numpy.flatnonzero(dark.sum(axis=1) >= 2)
    columns = numpy.flatnonzero(dark.sum(axis=0) >= 2)
    if len(rows) < 10 or len(columns) < 10:
        return picture
    edges = (columns[0] * 8 - 24, rows[0] * 8 - 24, columns[-1] * 8 + 32, rows[-1] * 8 + 32)
    limit = (0, 0, picture.width, picture.height)
    low = [max(int(edge), bound) for edge, bound in zip(edges[:2], limit[:2], strict=True)]
    high = [min(int(edge), bound) for edge, bound in zip(edges[2:], limit[2:], strict=True)]
    return picture.crop((*low, *high))


def sized(picture: Image.Image) -> Image.Image:
    """Scale to a size Tesseract reads well."""
    scale = max(NARROW / picture.width, 1.0)
    scale = min(scale, max(TALLEST / picture.height, 1.0 if picture.height < 5000 else 0.0))
    if picture.height * scale > TALLEST * 1.5:
        scale = TALLEST * 1.5 / picture.height
    if abs(scale - 1) >= 0.05:
        size = (round(picture.width * scale), round(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return ImageOps.expand(picture, BORDER, fill=int(numpy.percentile(numpy.asarray(picture), 80)))


def prepared(picture: Image.Image, way: str) -> Image.Image:
    """Return the picture prepared in one of ``WAYS``, each of which errs differently."""
    if way == "plain":
        return picture
    if way == "clean":
        blurred = picture.filter(ImageFilter.BoxBlur(max(picture.width // 60, 12)))
        grey = numpy.asarray(picture, dtype=numpy.int16)
        ground = numpy.asarray(blurred, dtype=numpy.int16)
        return Image.fromarray(numpy.where(grey < ground - 14, 0, 255).astype(numpy.uint8))
    return ImageOps.autocontrast(picture.filter(ImageFilter.GaussianBlur(1.2)), cutoff=2)


def upright(picture: Image.Image) -> Image.Image:
    """Turn a page that was scanned sideways or upside down; leave it when in doubt."""
    try:
        found = pytesseract.image_to_osd(
            picture, output_type=pytesseract.Output.DICT, timeout=limits.OCR_SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError):
        return picture  # too little text to tell
    turn = int(found.get("rotate", 0))
    if turn and float(found.get("orientation_conf", 0)) >= 1.5:
        return picture.rotate(-turn, expand=True, fillcolor=255)
    return picture


def read_picture(
    picture: Image.Image, number: int = 1, way: str = "plain", segmentation: int = 6
) -> Page:
    """Return the page's words by OCR.

    :param picture: grey, upright, sized
    :param way: one of ``WAYS``
    :param segmentation: Tesseract's page segmentation mode (4 columns, 6 block, 11 sparse)
    :raises UnreadableDocument: ``ocr_missing`` or ``ocr_timeout``
    """
    try:
        data = pytesseract.image_to_data(
            prepared(picture, way),
            lang=_languages(),
            config=f"--psm {segmentation} -c preserve_interword_spaces=1",
            output_type=pytesseract.Output.DICT,
            timeout=limits.OCR_SECONDS,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise limits.UnreadableDocument("ocr_missing") from error
    except (RuntimeError, pytesseract.TesseractError) as error:
        raise limits.UnreadableDocument("ocr_failed", str(error)) from error
    words = []
    for index, text in enumerate(data["text"]):
        sure = float(data["conf"][index])
        if text.strip() and sure >= LEAST_CONFIDENCE and len(words) < limits.MAX_WORDS:
            x0, top = data["left"][index], data["top"][index]
            x1, bottom = x0 + data["width"][index], top + data["height"][index]
            if bottom - top < picture.height / 6:
                words.append(Word(text.strip(), x0, top, x1, bottom, sure / 100))
    return page_of(number, picture.width, picture.height, words)


def read_line(picture: Image.Image, box: Box, scale: float, way: str) -> str:
    """Return the text of one line of the picture, read again by itself and larger.

    :param box: the line, as shares of the picture
    """
    high = (box.bottom - box.top) * picture.height
    edges = (
        box.x0 * picture.width - 20, box.top * picture.height - 0.35 * high,
        box.x1 * picture.width + 20, box.bottom * picture.height + 0.35 * high,
    )  # fmt: skip
    part = picture.crop(tuple(round(edge) for edge in edges))
    if not 0 < part.width * part.height * scale * scale < limits.RENDER_PIXELS:
        return ""
    size = (max(round(part.width * scale), 8), max(round(part.height * scale), 8))
    part = ImageOps.autocontrast(part.resize(size, Image.Resampling.LANCZOS), cutoff=1)
    part = ImageOps.expand(part, 20, fill=255)
    try:
        return pytesseract.image_to_string(
            prepared(part, way), lang="eng", config="--psm 7", timeout=limits.OCR_SECONDS
        ).strip()
    except (RuntimeError, pytesseract.TesseractError):
        return ""


_known_languages: list[str] = []


def _languages() -> str:
    """Return the installed ones of the languages that bills come in."""
    if not _known_languages:
        installed = set(pytesseract.get_languages())
        _known_languages.extend(name for name in WANTED_LANGUAGES if name in installed)
    return "+".join(_known_languages) or "eng"
