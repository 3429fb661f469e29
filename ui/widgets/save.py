"""Asks where a document goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, name: str) -> Path | None:
    """The place that a person chose for a PDF; None: they thought better of it."""
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), "PDF (*.pdf)")
    return Path(path) if path else None
