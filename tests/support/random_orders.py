"""Orders drawn at random from a seed, for comparing two ways to the same plan."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.orders import document_starting
from tests.support.plan_wishes import WEEKDAYS

DURATIONS_H = (24, 48, 72, 96, 168)
ZONES = (
    "America/Toronto",
    "America/St_Johns",
    "America/Halifax",
    "America/Vancouver",
    "America/Winnipeg",
    "Australia/Lord_Howe",
)
HOURS = ("00:15", "00:30", "01:30", "02:30", "09:00", "14:00", "23:45")
# From each of these days on, four weeks: around the changes of the clock, Christmas, and an ordinary spring.
FIRST_DAYS = ("2026-10-05", "2027-02-16", "2026-09-08", "2027-03-08", "2026-12-01", "2027-04-26")
OPEN_HOURS = (("08:00", "16:00"), ("10:30", "14:00"), ("00:00", "12:00"), ("13:30", "23:59"))


def random_document(seed: int, durations_h: Sequence[int]) -> dict[str, Any]:
    """The order document of a seed, with these durations; its start is a clock time that comes once."""
    draw = random.Random(seed)
    while True:
        document = _draw(draw, durations_h)
        if comes_once(document["start_at"], document["time_zone"]):
            return document


def _draw(draw: random.Random, durations_h: Sequence[int]) -> dict[str, Any]:
    day = datetime.fromisoformat(draw.choice(FIRST_DAYS)) + timedelta(days=draw.randrange(27))
    start_at, zone = f"{day:%Y-%m-%d}T{draw.choice(HOURS)}", draw.choice(ZONES)
    restart = {"event": "other", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved to grade 1"}
    kind = draw.choice(["stepped", "one-dose", "restart"])
    document = document_starting(
        start_at,
        **{
            "time_zone": zone,
            "indication": "relapsed-refractory" if kind == "stepped" else "consolidation",
            "dose_modification": restart if kind == "restart" else None,
            "bags.durations_h": draw.sample(list(durations_h), len(durations_h)),
            "bags.benzyl_alcohol": draw.choice(["permitted", "permitted", "permitted", "avoid"]),
            "bags.closed_days": draw.sample(WEEKDAYS, draw.choice([0, 1, 2, 2, 3, 4])),
            "bags.holidays": draw.choice([None, "CA-ON", "CA-BC"]),
            "bags.hospital_days": draw.choice([0, 0, 3, 9, 15]),
            "bags.prefer": draw.choice(["fewest-changes", "fewest-vials"]),
        },
    )
    if draw.random() < 0.1:
        document["patient"]["benzyl_alcohol_hypersensitivity"] = None  # type: ignore[index]
    document["bags"] |= _more_wishes(draw, durations_h)  # type: ignore[operator]
    if draw.random() < 0.35:
        document["interruptions"] = _interruptions(draw, start_at, ZoneInfo(zone))
    return document


def _more_wishes(draw: random.Random, durations_h: Sequence[int]) -> dict[str, object]:
    """Hours of change, days and hours of preparation, and what is otherwise in hospital and at home."""
    wishes: dict[str, object] = {}
    if draw.random() < 0.25:
        wishes["change_hours"] = _hours(draw)
    if draw.random() < 0.3:
        wishes["prepare_days"] = draw.sample(WEEKDAYS, draw.choice([1, 2, 5]))
    if draw.random() < 0.2:
        wishes["prepare_hours"] = _hours(draw)
    if draw.random() < 0.4:
        hospital = _some(draw, _phase(draw, durations_h))
        home = _some(draw, _phase(draw, durations_h) | _changes(draw))
        wishes["phases"] = {"hospital": hospital, "home": home}
    return wishes


def _phase(draw: random.Random, durations_h: Sequence[int]) -> dict[str, object]:
    return {
        "durations_h": draw.sample(list(durations_h), draw.randint(1, len(durations_h))),
        "prepare_days": draw.sample(WEEKDAYS, draw.choice([1, 2, 5])),
    }


def _changes(draw: random.Random) -> dict[str, object]:
    return {
        "closed_days": draw.sample(WEEKDAYS, draw.choice([1, 2, 5])),
        "holidays": draw.choice(["CA-ON", "CA-BC"]),
        "change_hours": _hours(draw),
    }


def _some(draw: random.Random, wishes: dict[str, object]) -> dict[str, object]:
    return {name: wish for name, wish in wishes.items() if draw.random() < 0.4}


def _hours(draw: random.Random) -> dict[str, str]:
    first, last = draw.choice(OPEN_HOURS)
    return {"from": first, "to": last}


def _interruptions(draw: random.Random, start_at: str, zone: ZoneInfo) -> list[dict[str, object]]:
    """One or two, each inside the infusion and at most seven days long."""
    now = datetime.fromisoformat(start_at).replace(tzinfo=zone).astimezone(UTC)
    left, found = 26 * 1440, []
    for _ in range(draw.choice([1, 1, 2])):
        if left < 2:
            break
        ran = draw.randrange(1, left)
        stopped = now + timedelta(minutes=ran)
        away = draw.choice([timedelta(minutes=239), timedelta(hours=4), timedelta(days=7), None, None])
        now = stopped + (away or timedelta(minutes=draw.randrange(1, 7 * 1440)))
        keeps = draw.random() < 0.3
        if keeps:  # only from a whole quarter of an hour on can a shortened bag be pumped
            now += timedelta(minutes=-now.minute % 15)
            if now - stopped > timedelta(days=7):
                now -= timedelta(minutes=15)
        left -= ran
        kind = draw.choice(["plain", "grade-3"])
        times = {"stopped_at": _written(stopped, zone), "restarted_at": _written(now, zone)}
        found.append({**times, "kind": kind, "keep_clock_time": keeps})
    return found


def _written(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes")


def comes_once(start_at: str, time_zone: str) -> bool:
    """Whether a place's clock shows this time exactly once."""
    clock_time, zone = datetime.fromisoformat(start_at), ZoneInfo(time_zone)
    first, second = (clock_time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


AFTER_MIDNIGHT_SUBSETS = (
    (24, 96),
    (72, 96),
    (48, 96),
    (24, 168),
    (72, 168),
    (48, 72, 96),
    (24, 96, 168),
    DURATIONS_H,
)


def after_midnight_document(seed: int) -> dict[str, Any]:
    """An order changed just after midnight while clocks go back: an early change falls on the day before."""
    draw = random.Random(seed)
    day = datetime.fromisoformat("2026-10-05") + timedelta(days=draw.randrange(26))
    return document_starting(
        f"{day:%Y-%m-%d}T{draw.choice(['00:00', '00:30'])}",
        **{
            "time_zone": draw.choice(["America/Toronto", "America/Halifax", "America/St_Johns"]),
            "indication": draw.choice(["consolidation", "relapsed-refractory"]),
            "bags.durations_h": list(AFTER_MIDNIGHT_SUBSETS[seed % len(AFTER_MIDNIGHT_SUBSETS)]),
            "bags.closed_days": draw.sample(WEEKDAYS, draw.choice([1, 2, 3, 4, 5])),
            "bags.holidays": None,
            "bags.hospital_days": 0,
        },
    )
