"""A weight that is added to an order: what was typed, and what the kept one means. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.weight import WeightTyped, read_day, read_weight
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.quantity import Weight
    from pharmacy_app.workflow.weight import WeightKept
    from ui.words import Words

TWICE = frozenset({"again", "reason"})  # asked for where the weight is unusual


def typed_weight(
    weight: str, taken_on: str, *, again: str, reason: str, words: Words
) -> tuple[WeightTyped | None, tuple[Remark, ...]]:
    """What was typed, or everything in it that cannot be read; an empty `again` is none."""
    refused: list[InputRefused] = []

    def weight_in(text: str, field: str) -> Weight | None:
        try:
            return read_weight(text, field=field)
        except InputRefused as refusal:
            refused.append(refusal)
            return None

    def day_in(text: str) -> date | None:
        try:
            return read_day(text, field="taken_on")
        except InputRefused as refusal:
            refused.append(refusal)
            return None

    first, day = weight_in(weight, "weight"), day_in(taken_on)
    second = weight_in(again, "again") if again else None
    if refused or first is None or day is None:
        return None, tuple(remark_of_refusal(each, words) for each in refused)
    return WeightTyped(first, day, second, reason), ()


def refusal_remarks(error: PharmacyError, words: Words) -> tuple[Remark, ...]:
    """Why a weight was not kept."""
    if isinstance(error, RulesRefused):
        return in_order(remark_of_finding(each, words) for each in error.findings)
    assert isinstance(error, InputRefused)  # a command refuses in these two ways
    return (remark_of_refusal(error, words),)


def kept_lines(kept: WeightKept, words: Words) -> tuple[str, ...]:
    """What becomes of the order's bags, a sentence for each of the three sorts that has any."""
    if not kept.findings:
        return (words("ui.weight.stops-nothing"),)
    sorts = {"hung": kept.hung, "stopped": kept.stopped, "others": kept.others}
    lines = [words(f"ui.weight.{name}", bags=_named(bags, words)) for name, bags in sorts.items() if bags]
    return tuple(lines) or (words("ui.weight.no-bags"),)


def _named(bags: Sequence[Bag], words: Words) -> str:
    named = [
        words("ui.weight.bag", number=str(each.started.bag_number), serial=shown_serial(each.serial))
        for each in bags
    ]
    return words("ui.weight.comma").join(named)
