"""The rows of the worklist. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.clock import DAYS, MONTHS
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.workflow.worklist import Due
from ui.bench.view import DueRow, Mark
from ui.words import Words

_TODAY_AND_TOMORROW = timedelta(hours=36)
_MOST_ROWS = 8


def due_soon(due: Sequence[Due], now: datetime) -> tuple[Due, ...]:
    """What is worked on, and what is to be hung within a day and a half; at least the next one."""
    soon = [each for each in due if each.bag is not None or each.hang_at - now < _TODAY_AND_TOMORROW]
    return tuple((soon or list(due[:1]))[:_MOST_ROWS])


def due_rows(
    due: Sequence[Due], *, now: datetime, zone: ZoneInfo, station: str, words: Words
) -> tuple[DueRow, ...]:
    """A row for each bag; what can be done with it stands on its button."""
    return tuple(_row(each, now=now, zone=zone, station=station, words=words) for each in due)


def _row(each: Due, *, now: datetime, zone: ZoneInfo, station: str, words: Words) -> DueRow:
    bag, planned = each.bag, each.planned
    in_work = bag is not None and bag.state is BagState.IN_PREPARATION
    elsewhere = bag is not None and in_work and bag.bench != station
    act = "start" if bag is None else "go-on-here" if elsewhere else "go-on" if in_work else ""
    numbers = {"number": str(planned.number), "bags": str(each.bags)}
    what = words(f"ui.bench.diluent.{planned.diluent.value}")
    values = {**numbers, "dose": planned.dose.text, "hours": str(planned.duration_h), "diluent": what}
    late = each.hang_at < now
    return DueRow(
        order_number=each.order.order_number,
        bag=planned.number,
        serial="" if bag is None else bag.serial,
        when=clock_words(each.hang_at.astimezone(zone)),
        how_soon=how_soon(each.hang_at - now, words),
        patient=each.order.patient.display_name,
        what=words("ui.bench.row", **values),
        state=_state(each, elsewhere=elsewhere, words=words),
        mark=Mark.LATE if late else _mark(bag is not None, in_work=in_work),
        act=words(f"ui.bench.act.{act}") if act else "",
        takes_over=elsewhere,
    )


def _mark(taken: bool, *, in_work: bool) -> Mark:
    return Mark.NOW if in_work else Mark.DONE if taken else Mark.TO_DO


def _state(each: Due, *, elsewhere: bool, words: Words) -> str:
    if each.bag is None:
        return words("ui.bench.state.to-do")
    values = {"serial": shown_serial(each.bag.serial)}
    if elsewhere:
        return words("ui.bench.state.elsewhere", bench=each.bag.bench, **values)
    return words(f"ui.bench.state.{each.bag.state.value}", **values)


def clock_words(at: datetime) -> str:
    """A moment as the plan shows it: `Mon OCT-26 14:00`."""
    return f"{DAYS[at.weekday()]} {MONTHS[at.month - 1]}-{at.day:02} {at:%H:%M}"


def how_soon(left: timedelta, words: Words) -> str:
    """How long there is, or how late it is, in hours and minutes."""
    minutes = abs(left) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    span = words("ui.bench.hours", hours=str(hours), minutes=str(rest)) if hours else f"{rest} min"
    return words("ui.bench.late" if left < timedelta(0) else "ui.bench.in", span=span)
