"""The shipped fonts: which one can draw a text, and how wide it is.

A font is loaded when it is first needed and kept for the life of the process. Widths are in thousandths
of the type size. The label font is Atkinson Hyperlegible; a text that it lacks a glyph for may be drawn
whole in DejaVu Sans, never glyph by glyph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

Family = Literal["label", "second"]

_FILES: dict[tuple[Family, bool], str] = {
    ("label", False): "AtkinsonHyperlegible-Regular",
    ("label", True): "AtkinsonHyperlegible-Bold",
    ("second", False): "DejaVuSans",
    ("second", True): "DejaVuSans-Bold",
}
_NO_BREAK_SPACE = "\u00a0"
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}


@dataclass(frozen=True, slots=True)
class Face:
    """One font as the documents use it. `glyphs` holds the code points that it can draw."""

    name: str
    glyphs: frozenset[int]
    widths: Mapping[int, int]


@cache
def face(family: Family, *, bold: bool) -> Face:
    """Load a font, or return the one loaded before."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = _FILES[family, bold]
    data = files("pharmacy_app.fonts").joinpath(f"{name}.ttf").read_bytes()
    font = TTFont(name, BytesIO(data))
    pdfmetrics.registerFont(font)
    glyphs = frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph)
    return Face(name, glyphs, font.face.charWidths)


def as_drawn(text: str) -> str:
    """The text with plain spaces: a no-break space holds words together, and looks like any other."""
    return text.replace(_NO_BREAK_SPACE, " ")


@lru_cache(maxsize=4096)
def width(text: str, family: Family, bold: bool) -> int:
    """How wide a text is, in thousandths of its size. Every character must have a glyph."""
    widths = face(family, bold=bold).widths
    return round(sum(widths[ord(each)] for each in as_drawn(text)))


@lru_cache(maxsize=4096)
def cannot_draw(text: str, family: Family) -> str:
    """The characters that this font has no glyph for, or that need a shaping which is not done here.

    Both weights must have them. Each character is listed once, in the order of the text.
    """
    regular, bold = face(family, bold=False), face(family, bold=True)
    lacking = [
        each
        for each in as_drawn(text)
        if ord(each) not in regular.glyphs or ord(each) not in bold.glyphs or _needs_shaping(each)
    ]
    return "".join(dict.fromkeys(lacking))


@lru_cache(maxsize=4096)
def _needs_shaping(character: str) -> bool:
    """Right-to-left scripts, combining marks, invisible controls, and what text cannot be taken out again.

    The last are the characters above U+FFFF: the PDF's way back from glyph to text would name another.
    """
    return (
        ord(character) > 0xFFFF
        or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
        or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf", "Cc", "Cs", "Zl", "Zp"}
    )
