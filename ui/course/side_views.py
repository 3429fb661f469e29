"""The right side of a course: bags that are made, the bag that waits, the next cycle. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagMove, state_after
from pharmacy_app.domain.clock import time_text
from pharmacy_app.domain.preparation_scan import shown_serial
from ui.course.moment import local_text
from ui.course.view import BagRow, HeldView, NextView, Remarks
from ui.remarks import in_order, remark_of_finding

if TYPE_CHECKING:
    from pharmacy_app.domain.ledger import BagAnswer
    from pharmacy_app.domain.next_cycle import NextCycle
    from pharmacy_app.workflow.course import CourseView
    from ui.words import Words

_ICONS = {"hang": "done", "not-yet": "reason", "expired": "stop", "void": "stop"}


def bag_rows(bags: Sequence[BagAnswer], words: Words, *, may_void: bool) -> tuple[BagRow, ...]:
    """Every bag made and not ended, the first due on top."""
    return tuple(_bag_row(each, words, may_void=may_void) for each in bags if each.ledger is not None)


def _bag_row(each: BagAnswer, words: Words, *, may_void: bool) -> BagRow:
    assert each.ledger is not None
    bag = each.ledger.bag
    started = bag.started
    values = {"bag": str(started.bag_number), "dose": started.dose.text, "hours": str(started.duration_h)}
    answer = words(f"ui.bags.answer.{each.answer.value}")
    state = words(f"ui.bags.state.{bag.state.value}")
    return BagRow(
        serial=each.serial,
        shown=shown_serial(each.serial),
        what=words("ui.bags.what", **values),
        answer=f"{answer} · {state}",
        icon=_ICONS[each.answer.value],
        may_void=may_void and state_after(bag.state, BagMove.VOID) is not None,
    )


def held_view(view: CourseView, words: Words, remarks: Remarks, *, may_answer: bool) -> HeldView | None:
    """The bag that waits for an answer, or had it; None: none does."""
    if view.held is None or view.plan is None or view.course.ended is not None:
        return None
    bag = next(each for each in view.plan.content.bags if each.number == view.held)
    answered = view.course.answered_for(bag.start_at)
    name = "answered" if answered else "waits"
    at = local_text(bag.start_at, ZoneInfo(view.order.time_zone))
    text = words(f"ui.course.held.{name}", bag=str(bag.number), at=at, dose=bag.dose.text)
    return HeldView(text, answered, may_answer and not answered and not view.findings, remarks)


def next_view(found: NextCycle | None, words: Words) -> NextView | None:
    """The next cycle; None: the indication has none, or nobody can say yet."""
    if found is None:
        return None
    hospital = (
        words("ui.course.next.supervised")
        if found.hospital_days is None
        else words("ui.course.next.hospital-days", days=str(found.hospital_days))
    )
    rows = [
        (words("ui.course.next.from"), time_text(found.from_clock_time)),
        (words("ui.course.next.free"), words("ui.course.next.days", days=str(found.treatment_free_days))),
        (words("ui.course.next.start"), hospital),
    ]
    if found.asks_dose:
        rows.append((words("ui.course.next.dose"), words("ui.course.next.ask-dose")))
    elif found.low_dose_days:
        low = words("ui.course.next.low-days", days=str(found.low_dose_days))
        rows.append((words("ui.course.next.dose"), low))
    title = words("ui.course.next.title", cycle=str(found.number))
    remarks = in_order(remark_of_finding(each, words) for each in found.reminders)
    return NextView(title, tuple(rows), remarks)
