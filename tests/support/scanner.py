"""A scanner for tests: finds the codes on a picture of a page, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp

from pharmacy_app.workflow.ports import Picture


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """One code: what it says, byte by byte, its symbology, and its edges in dots from the upper left."""

    text: str
    symbology: str
    left: int
    top: int
    right: int
    bottom: int


def scan(picture: Picture) -> dict[str, ScannedCode]:
    """Every code on the picture, of whatever kind, by symbology."""
    image = memoryview(picture.data).cast("B", shape=(picture.height, picture.width))
    found = [_scanned(each) for each in zxingcpp.read_barcodes(image)]
    assert len({each.symbology for each in found}) == len(found)
    return {each.symbology: each for each in found}


def _scanned(code: zxingcpp.Barcode) -> ScannedCode:
    at = code.position
    corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
    return ScannedCode(
        text=code.bytes.decode("ascii"),
        symbology=code.symbology_identifier,
        left=min(each.x for each in corners),
        top=min(each.y for each in corners),
        right=max(each.x for each in corners),
        bottom=max(each.y for each in corners),
    )


def black_runs(picture: Picture, *, row: int, left: int, right: int) -> list[int]:
    """Lengths in dots of what is black on one row between two columns."""
    dots = picture.data[row * picture.width + left : row * picture.width + right]
    return [len(run) for run in dots.replace(b"\xff", b" ").split()] if b"\x00" in dots else []
