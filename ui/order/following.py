"""The draft of an order for the cycle that follows one on file: whatever has to be asked anew is empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.order.draft import FLAGS, DoseLine, Draft, draft_of

if TYPE_CHECKING:
    from pharmacy_app.domain.next_cycle import NextCycle
    from pharmacy_app.domain.order import Order
    from pharmacy_app.workflow.desk import Desk

_ASKED_ANEW = ("order_number", "patient.weight_kg", "patient.weight_taken_on", "prescriber")


def following_draft(order: Order, following: NextCycle, *, durations_h: tuple[int, ...]) -> Draft:
    """Who, where and which wishes stay. Weight, doses, prescriber and what can have changed is asked."""
    former = draft_of(order, durations_h=durations_h)
    texts = {**former.texts, **dict.fromkeys(_ASKED_ANEW, "")}
    texts["bags.hospital_days"] = str(following.hospital_days or 0)
    asked = (*FLAGS, "dose_modification")
    choices = {name: value for name, value in former.choices.items() if name not in asked}
    choices["cycle"] = str(following.number)
    start = following.from_clock_time
    return replace(
        former,
        texts=texts,
        choices=choices,
        start_day=f"{start:%Y-%m-%d}",
        start_time=f"{start:%H:%M}",
        doses=(DoseLine(), DoseLine()),
        grade="",
        restart_day="",
        modification_reason="",
        sequence_h=None,
    )


def load_following(desk: Desk, order_number: str) -> Draft | None:
    """The draft; None: nothing follows, or nobody can say yet.

    Raises:
        InputRefused: there is no such order.
    """
    following = desk.course.next_cycle(order_number)
    if following is None:
        return None
    order = desk.course.look(order_number).order
    return following_draft(order, following, durations_h=desk.protocol.durations_h)
