"""Two revisions of a protocol: which figures differ, and what that means for an open bag (REQ-PRO-005)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pharmacy_app.domain.commissioning import FigureValue
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.figure_value import reading
from pharmacy_app.domain.protocol import Diluent, Figure, Protocol
from pharmacy_app.domain.quantity import DoseRate

# Figures of these names hold for every bag; those of a row and of its diluent are added to them.
_OF_EVERY_BAG = ("vial.", "dose.", "storage.", "filter.", "supply.")


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A figure whose value, unit, mark or source differs. None: that revision does not have it."""

    name: str
    old: Figure | None
    new: Figure | None

    @property
    def in_value(self) -> bool:
        """Whether the value itself differs, not just how it is written or where it comes from."""
        if self.old is None or self.new is None:
            return True
        return reading(self.old, self.old.value) != reading(self.new, self.new.value)


@dataclass(frozen=True, slots=True)
class BagDifference:
    """A figure that a bag rests on, with both values as written; empty: that revision does not have it."""

    name: str
    old: str
    new: str


def differences(old: Protocol, new: Protocol) -> tuple[FigureDifference, ...]:
    """Every figure in which two revisions differ, in the order of the new one; what it dropped comes last."""
    names = (*new.figures, *(name for name in old.figures if name not in new.figures))
    pairs = ((name, old.figures.get(name), new.figures.get(name)) for name in names)
    return tuple(FigureDifference(*pair) for pair in pairs if pair[1] != pair[2])


def compare_for_bag(
    old: Iterable[FigureValue], new: Protocol, *, duration_h: int, dose: DoseRate
) -> tuple[BagDifference, ...]:
    """Every figure that a bag of this row rests on and in which the new protocol differs; empty: none.

    `old` is what the protocol said under which the bag was made. A figure that one of the two does not have
    differs: what is not known is not equal.
    """
    before = {each.figure: each.value for each in old}
    after = {name: figure.value for name, figure in new.figures.items()}
    row = f"bag.{duration_h}h."
    diluents = {each for each in (before.get(f"{row}diluent"), after.get(f"{row}diluent")) if each}
    names = [name for name in dict.fromkeys((*after, *before)) if _is_of_bag(name, row, dose, diluents)]
    return tuple(
        BagDifference(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if not _same(name, before, new)
    )


def _is_of_bag(name: str, row: str, dose: DoseRate, diluents: set[str]) -> bool:
    if name.startswith(row):
        amount = name.removeprefix(row)
        return "mcg." not in amount or amount.startswith(f"{dose.number}mcg.")
    if name.startswith("benzyl_alcohol."):
        return Diluent.BACTERIOSTATIC.value in diluents
    return name.startswith((*_OF_EVERY_BAG, *(f"{each}." for each in diluents)))


def _same(name: str, before: Mapping[str, str], new: Protocol) -> bool:
    figure = new.figures.get(name)
    if figure is None or name not in before:
        return False
    try:
        return reading(figure, before[name]) == reading(figure, figure.value)
    except InputRefused:  # the figure was of another kind then
        return False
