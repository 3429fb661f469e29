"""Finds text on a screen that does not fit its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QWidget

_FIELD_EDGES = 20
_BREAKS = re.compile("[ \u200b]|(?<=-)")
_COMBO_ARROW = 30


def cut_texts(root: QWidget, *, may_scroll: Collection[str] = ()) -> list[str]:
    """Every visible text under `root` that is larger than its place, or reaches out of what holds it.

    What a scrolling area hides is not cut off: it can be scrolled to; nor is the text of the line edits whose
    accessible names are `may_scroll`.
    """
    return [
        f"{type(widget).__name__} {text!r}: {why}"
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and not (isinstance(widget, QLineEdit) and widget.accessibleName() in may_scroll)
        for text, why in _complaints(widget)
    ]


def _complaints(widget: QWidget) -> Iterator[tuple[str, str]]:
    text = _text(widget)
    if not text:
        return
    needed_width, needed_height = _needed(widget, text)
    if needed_width > widget.width():
        yield text, f"needs {needed_width} px, has {widget.width()}"
    if needed_height > widget.height():
        yield text, f"needs {needed_height} px of height, has {widget.height()}"
    if _reaches_out(widget):
        yield text, "reaches out of what holds it"


def _text(widget: QWidget) -> str:
    match widget:
        case QLabel() | QAbstractButton():
            return widget.text()
        case QLineEdit():
            return widget.text() or widget.placeholderText()
        case QComboBox():
            return widget.currentText()
        case _:
            return ""


def _needed(widget: QWidget, text: str) -> tuple[int, int]:
    metrics = widget.fontMetrics()
    match widget:
        case QLabel() if widget.wordWrap():
            longest = max(metrics.horizontalAdvance(word) for word in _BREAKS.split(_plain(widget)))
            return longest, widget.heightForWidth(widget.width())
        case QLabel():
            return metrics.horizontalAdvance(text), metrics.height()
        case QLineEdit():
            return metrics.horizontalAdvance(text) + _FIELD_EDGES, metrics.height()
        case QComboBox():
            return metrics.horizontalAdvance(text) + _FIELD_EDGES + _COMBO_ARROW, metrics.height()
        case _:
            return metrics.horizontalAdvance(text) + 2, metrics.height()


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.RichText:
        return label.accessibleName()
    return label.text()


def _reaches_out(widget: QWidget) -> bool:
    inner, walker = widget, widget.parentWidget()
    while walker is not None:
        area = walker.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is walker:
            return False
        box = QRect(inner.mapTo(walker, QPoint(0, 0)), inner.size())
        if not walker.rect().contains(box):
            return True
        walker = None if walker.isWindow() else walker.parentWidget()
    return False
