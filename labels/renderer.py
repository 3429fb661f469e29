"""Draws labels and tags as PDF and reads them back: what the workflow calls a label renderer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import assert_never

from labels import readback
from labels.arrange import arrange
from labels.layout import NAME, Kind, Layout, layout, stocks
from labels.pdf import draw
from labels.phrase import undrawable
from labels.sheet import Misfit, Sheet
from labels.symbols import SymbolRefused, code128, datamatrix, resolutions
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.label import Content, LabelContent, ReadBack, TagContent
from pharmacy_app.domain.quantity import plain
from pharmacy_app.workflow.ports import Picture, RenderedDocument

_TENTH = Decimal("0.1")


class PdfLabelRenderer:
    """Labels and tags as PDF on the stocks that have a layout for them."""

    @property
    def stocks(self) -> tuple[str, ...]:
        """The stocks that have a layout, such as `4x3`."""
        return stocks("label")

    @property
    def tag_stocks(self) -> tuple[str, ...]:
        """The stocks that have a layout for in-process tags, such as `3x2`."""
        return stocks("tag")

    def draw(self, content: Content, *, stock: str, dpi: int) -> RenderedDocument:
        """The label or tag as PDF, or a stop for each item that does not fit or cannot be drawn.

        Raises:
            ValueError: there is no such stock or resolution.
        """
        kind = _kind(content)
        if stock not in stocks(kind) or dpi not in resolutions():
            message = f"given {stock} at {dpi} dpi, expected one of {stocks(kind)} at {resolutions()}"
            raise ValueError(message)
        chosen = layout(stock, kind)
        undrawable_stops = tuple(_undrawable_stops(content, chosen))
        code_stops = tuple(_code_stops(content, dpi))
        if code_stops:  # without both codes nobody knows what room is left
            return RenderedDocument(b"", (*undrawable_stops, *code_stops))
        sheet = arrange(content, chosen, dpi=dpi)
        found = (*undrawable_stops, *_misfit_stops(content, chosen, sheet, dpi=dpi))
        if found:
            return RenderedDocument(b"", found)
        return RenderedDocument(draw(sheet, chosen, title=content.serial, dpi=dpi), ())

    def read_back(self, pdf: bytes, *, dpi: int) -> ReadBack:
        """What stands on the rendered label, decoded and taken out again."""
        return readback.read_back(pdf, dpi=dpi)

    def picture(self, pdf: bytes, *, dpi: int) -> Picture:
        """The label as the printer draws it: whole dots, black on white."""
        return readback.picture(pdf, dpi=dpi)


def _kind(content: Content) -> Kind:
    match content:
        case LabelContent():
            return "label"
        case TagContent():
            return "tag"
        case _:
            assert_never(content)


def _label_stop(code: str, **values: str) -> Finding:
    return finding(f"label-stop.{code}", Severity.STOP, "REQ-LBL-003", Mark.DERIVED, **values)


def _undrawable_stops(content: Content, chosen: Layout) -> Iterator[Finding]:
    for each in undrawable(content, chosen):
        code = "cannot-draw-name" if each.item == NAME else "cannot-draw"
        yield _label_stop(code, characters=_quoted(each.characters), text=_text(content, each.item))


def _code_stops(content: Content, dpi: int) -> Iterator[Finding]:
    try:
        code128(content.code128, dpi=dpi, height=1)
    except SymbolRefused:
        yield _label_stop("code128", content=content.code128)
    try:
        datamatrix(content.datamatrix, dpi=dpi)
    except SymbolRefused:
        yield _label_stop("datamatrix", content=content.datamatrix)


def _misfit_stops(content: Content, chosen: Layout, sheet: Sheet, *, dpi: int) -> Iterator[Finding]:
    if not sheet.misfits:
        return
    larger = _larger_stock(content, chosen, dpi=dpi)
    for misfit in {(each.item, each.kind): each for each in sheet.misfits}.values():
        code, values = _misfit(misfit)
        if larger:
            code, values["larger"] = f"{code}-use", larger
        if misfit.item != NAME:
            values["text"] = _text(content, misfit.item)
        yield _label_stop(code, stock=chosen.title, **values)


def _misfit(misfit: Misfit) -> tuple[str, dict[str, str]]:
    """The sentence's code, and how much is too much."""
    size = plain(Decimal(str(misfit.size)))
    if misfit.kind == "tall":
        return "no-room", {}
    if misfit.lines > 1 and misfit.item != NAME:
        return "too-many-lines", {"lines": str(misfit.lines), "size": size}
    excess = Decimal(misfit.excess).quantize(_TENTH, ROUND_CEILING)
    code = "name-too-wide" if misfit.item == NAME else "too-wide"
    return code, {"excess": plain(max(excess, _TENTH)), "size": size}


def _larger_stock(content: Content, chosen: Layout, *, dpi: int) -> str:
    """The smallest larger stock that holds everything; empty: there is none."""
    larger = [
        each
        for each in (layout(stock, chosen.kind) for stock in stocks(chosen.kind))
        if each.width >= chosen.width and each.height >= chosen.height and each.stock != chosen.stock
    ]
    for each in sorted(larger, key=lambda one: one.width * one.height):
        if not arrange(content, each, dpi=dpi).misfits:
            return each.title
    return ""


def _text(content: Content, item: str) -> str:
    value: str | tuple[str, ...] = getattr(content, item)
    return value if isinstance(value, str) else " ".join(each for each in value if each)


def _quoted(characters: str) -> str:
    return ", ".join(f"“{each}” (U+{ord(each):04X})" for each in characters)
