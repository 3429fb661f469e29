"""The two codes as whole printer dots, with their quiet zones.

A symbol is a grid of dots, origin at its upper left corner, quiet zone included. Sources: ISO/IEC 15417
(Code 128, ten modules of quiet zone), ISO/IEC 16022 (DataMatrix, at least one module; two are kept).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

POINTS_PER_INCH = 72
_DOTS_PER_INCH = {203: Fraction("203.2"), 300: Fraction(300)}  # a "203 dpi" head has exactly 8 dots/mm
_LINEAR_DOTS = {203: 3, 300: 4}
_MATRIX_DOTS = {203: 4, 300: 6}
_LINEAR_QUIET = 10
_MATRIX_QUIET = 2
_MATRIX_LARGEST = 26


class SymbolRefused(ValueError):
    """The content cannot be written as this symbol. The message is the encoder's, for the log."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A black rectangle, in dots from the symbol's upper left corner."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """Black rectangles on a white ground of `width` × `height` dots. They touch, but do not overlap."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def resolutions() -> tuple[int, ...]:
    """The nominal resolutions, in dots per inch, that symbols can be drawn for."""
    return tuple(_DOTS_PER_INCH)


def dots_per_inch(dpi: int) -> Fraction:
    """The exact resolution behind its nominal name: 203 means 203.2."""
    return _DOTS_PER_INCH[dpi]


@cache
def dot_pt(dpi: int) -> float:
    """The width of one printer dot in points."""
    return float(POINTS_PER_INCH / _DOTS_PER_INCH[dpi])


@lru_cache(maxsize=64)
def code128(digits: str, *, dpi: int, height: int) -> Symbol:
    """Code 128 in subset C: an even count of digits, two to a character. `height` is in dots.

    Twelve digits take 101 modules with start, check and stop, and 121 with the quiet zones.
    """
    if not re.fullmatch(r"([0-9]{2})+", digits):
        message = f"given {digits!r}, expected an even count of ASCII digits"
        raise SymbolRefused(message)
    modules = _linear_modules(digits)
    dots = _LINEAR_DOTS[dpi]
    bars = tuple(
        Bar((_LINEAR_QUIET + run.start()) * dots, 0, len(run.group()) * dots, height)
        for run in re.finditer("1+", modules)
    )
    return Symbol((len(modules) + 2 * _LINEAR_QUIET) * dots, height, bars)


@lru_cache(maxsize=64)
def _linear_modules(digits: str) -> str:
    """They are the same at every height and resolution."""
    import barcode

    modules: str = barcode.get_barcode_class("code128")(digits).build()[0]
    if len(modules) != 35 + 11 * len(digits) // 2:
        message = f"{len(modules)} modules for {len(digits)} digits: the encoder left subset C"
        raise SymbolRefused(message)
    return modules


@lru_cache(maxsize=64)
def datamatrix(elements: str, *, dpi: int) -> Symbol:
    """A square GS1 DataMatrix of the element string in parentheses, such as `(90)2610260317(91)01`."""
    dots = _MATRIX_DOTS[dpi]
    rows = matrix(elements)
    if len(rows) > _MATRIX_LARGEST:
        message = f"{len(rows)} modules, at most {_MATRIX_LARGEST} have room"
        raise SymbolRefused(message)
    side = (len(rows) + 2 * _MATRIX_QUIET) * dots
    return Symbol(side, side, tuple(_merged(rows, dots)))


def matrix(elements: str) -> tuple[str, ...]:
    """The modules of the DataMatrix row by row, `1` black, without a quiet zone."""
    import zxingcpp

    try:
        written = zxingcpp.create_barcode(
            elements, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, force_square=True
        )
    except ValueError as error:
        raise SymbolRefused(str(error)) from error
    if written.symbology_identifier != "]d2":
        message = f"written as {written.symbology_identifier}, expected ]d2"
        raise SymbolRefused(message)
    picture = written.to_image(scale=1, add_quiet_zones=False)
    side = picture.shape[0]
    dots = "".join("0" if dot else "1" for dot in bytes(picture))  # type: ignore[call-overload] # it is a buffer
    return tuple(dots[start : start + side] for start in range(0, side * side, side))


def datamatrix_room(dpi: int) -> int:
    """The side, in dots, that is kept for a DataMatrix: the largest one with its quiet zones."""
    return (_MATRIX_LARGEST + 2 * _MATRIX_QUIET) * _MATRIX_DOTS[dpi]


def _merged(rows: tuple[str, ...], dots: int) -> list[Bar]:
    """Runs of black modules; runs that are alike in rows below one another are one rectangle."""
    done: list[Bar] = []
    open_runs: dict[tuple[int, int], int] = {}
    for number, row in enumerate((*rows, "")):
        runs = {(run.start(), run.end()) for run in re.finditer("1+", row)}
        ended = sorted(set(open_runs) - runs)
        done += [_rectangle(run, open_runs.pop(run), number, dots) for run in ended]
        for run in runs:
            open_runs.setdefault(run, number)
    return done


def _rectangle(run: tuple[int, int], first_row: int, end_row: int, dots: int) -> Bar:
    left, end = run
    return Bar(
        (_MATRIX_QUIET + left) * dots,
        (_MATRIX_QUIET + first_row) * dots,
        (end - left) * dots,
        (end_row - first_row) * dots,
    )
