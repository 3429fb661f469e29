"""The interruptions of an order document, read strictly: in the order of time, each instant certain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.intake.fields import Fields, at_most, choice, list_of, nullable, refuse, true_or_false
from pharmacy_app.intake.local_time import LocalTime, instant_of, local_time

MOST_INTERRUPTIONS = 50


@dataclass(frozen=True, slots=True)
class _Given:
    """One of them as given; what was refused is None."""

    stopped_at: LocalTime | None
    restarted_at: LocalTime | None
    kind: InterruptionKind
    keep_clock_time: bool


def read_interruptions(
    order: Fields, time_zone: str | None, refusals: list[InputRefused]
) -> tuple[Interruption, ...]:
    """What is given of them; none where the field is absent, null or empty. `time_zone` None: refused."""
    parse = nullable(at_most(MOST_INTERRUPTIONS, list_of(_given(refusals))))
    given = order.optional("interruptions", parse, None) or ()
    return () if time_zone is None else _in_time(given, ZoneInfo(time_zone), refusals)


def _given(refusals: list[InputRefused]) -> Callable[[object, str], _Given]:
    def parse(given: object, field: str) -> _Given:
        fields = Fields(given, field, refusals)
        one = _Given(
            stopped_at=fields.required("stopped_at", local_time),
            restarted_at=fields.required("restarted_at", local_time),
            kind=fields.required("kind", choice(InterruptionKind)),
            keep_clock_time=fields.optional("keep_clock_time", true_or_false, False),
        )
        fields.finish()
        return one

    return parse


def _in_time(
    given: Sequence[_Given], zone: ZoneInfo, refusals: list[InputRefused]
) -> tuple[Interruption, ...]:
    found: list[Interruption] = []
    before: tuple[LocalTime, datetime] | None = None
    later = partial(_later, zone=zone, refusals=refusals)
    for index, each in enumerate(given):
        place = f"interruptions[{index}]"
        stopped = later(each.stopped_at, f"{place}.stopped_at", before=before)
        restarted = later(each.restarted_at, f"{place}.restarted_at", before=stopped)
        if stopped is not None and restarted is not None:
            found.append(Interruption(stopped[1], restarted[1], each.kind, each.keep_clock_time))
        before = restarted
    return tuple(found)


def _later(
    given: LocalTime | None,
    field: str,
    *,
    zone: ZoneInfo,
    before: tuple[LocalTime, datetime] | None,
    refusals: list[InputRefused],
) -> tuple[LocalTime, datetime] | None:
    """The instant of a time, which must come after the one before; None where it was refused."""
    if given is None:
        return None
    try:
        instant = instant_of(given, zone, field)
        if before is not None and instant <= before[1]:
            raise refuse(field, given.text, "expected.time-after", earlier=before[0].text)
    except InputRefused as refusal:
        refusals.append(refusal)
        return None
    return given, instant
