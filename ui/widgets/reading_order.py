"""The keyboard goes through a window in reading order: the order of the layouts, not of creation."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLayout, QScrollArea, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """Every visible widget under `root` that takes the keyboard by Tab, in reading order."""
    return list(_walk(root))


def _walk(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QComboBox):
        return
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _walk(inner)
        return
    layout = widget.layout()
    if layout is not None:
        yield from _walk_layout(layout)


def _walk_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _walk(widget)
        elif inner is not None:
            yield from _walk_layout(inner)


def go(root: QWidget, *, forward: bool) -> bool:
    """Bring the keyboard to the next stop after the focused one, or the one before; round at the ends."""
    order = stops(root)
    if not order:
        return False
    focused = QApplication.focusWidget()
    if focused not in order:
        take(order[0 if forward else -1], forward=forward)
        return True
    at = order.index(focused) + (1 if forward else -1)
    take(order[at % len(order)], forward=forward)
    return True


def take(widget: QWidget, *, forward: bool = True) -> None:
    """Give the keyboard to a widget and scroll it into sight."""
    widget.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            ancestor.ensureWidgetVisible(widget, 0, 48)
        ancestor = ancestor.parentWidget()
