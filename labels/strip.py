"""Set boxed cells side by side: a caption above its value, all values on one base line."""

from __future__ import annotations

from labels.layout import Cell, Strip
from labels.rows import Fitted, Setting, fit
from labels.sheet import ROOM_ABOVE, ROOM_BELOW, Misfit, PlacedText, Shape, Sheet

_UNDER_VALUE = 0.22  # in ems: digits and units reach hardly below their base line


def set_strip(
    sheet: Sheet, strip: Strip, *, setting: Setting, left: float, top: float, bottom: float
) -> float:
    """Set a strip from `top` down; returns where it ends. Past `bottom` its values have no place."""
    upper = top + strip.space * setting.looseness
    fitted = [_fit_cell(sheet, cell, setting, room=cell.width - 2 * strip.indent) for cell in strip.cells]
    if not any(fitted):
        return top
    caption_size = max((pair[0].size for pair in fitted if pair), default=0.0)
    value_size = max((pair[1].size for pair in fitted if pair), default=0.0)
    pad = setting.padding(strip.pad)
    caption_base = upper + pad + ROOM_ABOVE * caption_size
    value_base = caption_base + ROOM_BELOW * caption_size + ROOM_ABOVE * value_size
    lower = value_base + _UNDER_VALUE * value_size + pad
    x = left
    sheet.shapes.append(
        Shape(left, upper, left + sum(each.width for each in strip.cells), lower, strip.frame)
    )
    for cell, pair in zip(strip.cells, fitted, strict=True):
        if x > left:
            sheet.shapes.append(Shape(x, upper, x + strip.frame, lower))
        for one, base in zip(pair, (caption_base, value_base), strict=False):
            _place(sheet, one, x=x + strip.indent, base=base)
        x += cell.width
    if lower > bottom:
        sheet.misfits += [Misfit(cell.value.item, "tall", value_size) for cell in strip.cells]
    return lower


def _fit_cell(sheet: Sheet, cell: Cell, setting: Setting, *, room: float) -> tuple[Fitted, ...]:
    """Caption and value; empty when either is missing or does not fit."""
    fitted = []
    for run in (cell.caption, cell.value):
        for phrase in setting.phrases[run.item]:
            found = fit(phrase, setting, room)
            if isinstance(found, Misfit):
                sheet.misfits.append(found)
            else:
                fitted.append(found)
    return tuple(fitted) if len(fitted) == 2 else ()


def _place(sheet: Sheet, fitted: Fitted, *, x: float, base: float) -> None:
    for placed in fitted.rows[0]:
        sheet.texts.append(PlacedText(fitted.phrase.run.item, placed.part, fitted.size, x + placed.x, base))
