"""A run's answer: one table for people, one JSON file for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from tests.bench.figures import Aim, Case, Figure, Result, Spread

HEAD = ("What", "Ours", "Worst", "Peer", "Ratio", "Aim", "")
CASE_HEAD = ("Bad input", "Time", "Peak", "Exit", "Named", "")
LIBRARIES = ("PySide6-Essentials", "reportlab", "zxing-cpp", "pypdfium2")
_LONGEST_NAME = 24


def as_text(results: Sequence[Result]) -> str:
    """The tables, with what is missing and what else to know below."""
    figures = [figure for result in results for figure in result.figures]
    cases = [case for result in results for case in result.cases]
    parts = [_table([HEAD, *map(_figure_cells, figures)]), "\n".join(_remarks(figures))]
    if cases:
        parts.append(_table([CASE_HEAD, *map(_case_cells, cases)]))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_document(results: Sequence[Result], *, quick: bool) -> dict[str, object]:
    """Everything measured, and on what. Times in ms, memory in MB (2**20 bytes).

    Of functions the processor's time, which other programs hardly touch; of whole processes and of what has
    two threads the clock's.
    """
    figures = [figure for result in results for figure in result.figures]
    return {
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "libraries": {name: version(name) for name in LIBRARIES},
        },
        "quick": quick,
        "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in figures],
        "bad_input": [
            asdict(case) | {"refused": case.refused} for result in results for case in result.cases
        ],
    }


def write_document(document: dict[str, object], file: Path) -> None:
    """As JSON, beside its name and then moved into place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(file)


def _figure_cells(figure: Figure) -> tuple[str, ...]:
    worst = f"{_short(figure.ours.largest)} {figure.unit}" if figure.ours else "–"
    return (
        figure.what,
        _spread(figure.ours, f" {figure.unit}"),
        worst,
        _spread(figure.peer, f" {figure.unit}"),
        _spread(figure.ratio, " ×", digits=2),
        _aim(figure.aim, figure.unit),
        figure.verdict,
    )


def _spread(spread: Spread | None, unit: str, *, digits: int | None = None) -> str:
    """The middle, and the middle half of all values."""
    if spread is None:
        return "–"
    middle, lower, upper = (
        _short(value) if digits is None else f"{value:.{digits}f}"
        for value in (spread.median, spread.lower, spread.upper)
    )
    return f"{middle}{unit} ({lower}–{upper})"


def _short(value: float) -> str:
    """Three digits that mean something.

    >>> _short(0.3456), _short(12.345), _short(1234.5)
    ('0.35', '12.3', '1234')
    """
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _aim(aim: Aim | None, unit: str) -> str:
    if aim is None:
        return "–"
    whose = " ×" if aim.of == "ratio" else f" {unit}"
    return f"≤ {aim.limit:g}{whose}{', worst' if aim.taken == 'largest' else ''}"


def _remarks(figures: Iterable[Figure]) -> Iterator[str]:
    yield "Middle (middle half) of all runs; the ratio is that of each pair, measured in turn."
    yield "Label, read-back, optimum, dragging: processor time in one process. Check: by clock."
    yield "The rest: whole processes, by clock."
    for figure in figures:
        if figure.missing:
            yield f"{figure.what}: {figure.missing}."
        if figure.note:
            yield f"{figure.what}: {figure.note}."


def _case_cells(case: Case) -> tuple[str, ...]:
    named = case.named if len(case.named) <= _LONGEST_NAME else f"{case.named[:_LONGEST_NAME]}…"
    return (
        case.what,
        f"{case.seconds:.2f} s",
        f"{case.peak_mb:.0f} MB",
        "stopped" if case.exit_code is None else str(case.exit_code),
        named or "–",
        "refused" if case.refused else "NOT REFUSED AS PROMISED",
    )


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their longest cell, a rule below the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
