"""Orders drawn at random from a seed, for comparing two ways to the same plan."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.support.cycle_model import WEEKDAYS, CycleModel
from tests.support.orders import document_starting

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


def random_document(seed: int, durations_h: Sequence[int]) -> dict[str, Any]:
    """The order document of a seed, with these durations; its start is a clock time that comes once."""
    draw = random.Random(seed)
    while True:
        document = _draw(draw, durations_h)
        if _comes_once(document):
            return document


def _draw(draw: random.Random, durations_h: Sequence[int]) -> dict[str, Any]:
    day = datetime.fromisoformat(draw.choice(FIRST_DAYS)) + timedelta(days=draw.randrange(27))
    restart = {"event": "other", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved to grade 1"}
    kind = draw.choice(["stepped", "one-dose", "restart"])
    return document_starting(
        f"{day:%Y-%m-%d}T{draw.choice(HOURS)}",
        **{
            "time_zone": draw.choice(ZONES),
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


def _comes_once(document: dict[str, Any]) -> bool:
    model = CycleModel(document)
    first = model.clock[0].astimezone(model.zone).replace(tzinfo=None)
    second = model.start.replace(tzinfo=model.zone, fold=1)
    return first == model.start and second.utcoffset() == second.replace(fold=0).utcoffset()


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
