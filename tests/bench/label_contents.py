"""Labels to be drawn: different patients, dates and serials, so that nothing drawn before helps."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pharmacy_app import bootstrap
from pharmacy_app.domain.label import LabelContent
from pharmacy_app.domain.label_content import compose, specimen
from pharmacy_app.intake.order_json import read_order
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan import make_plan
from tests.bench.setting import EXAMPLE

KINDS = {"96 h": (96, 72, 96, 96, 96, 96, 96, 24), "7-day": (168, 168, 168, 168)}
"""The kinds of label, and the sequence of bags that a bag of that kind is taken from."""

_FAMILY_NAMES = (
    "Tremblay",
    "Nguyen",
    "Gagnon-Lévesque",
    "O’Brien",
    "Okoye",
    "MacDonald",
    "Li",
    "Çelik",
    "Roy",
    "Park",
)
_GIVEN_NAMES = (
    "Anne-Marie",
    "David",
    "Zoë",
    "Jean-Baptiste",
    "Mei",
    "Thérèse",
    "Noah",
    "Ada",
    "François",
    "Ines",
)


def contents(kind: str, count: int, *, seed: int) -> Iterator[LabelContent]:
    """So many labels of one kind, the same for the same seed."""
    chance = random.Random(f"{kind} {seed}")
    rulebook, words = bootstrap.rulebook(None), load("en")
    for number in range(count):
        document = _document(chance, KINDS[kind])
        order = read_order(document, rulebook.protocol).order
        assert order is not None
        plan = make_plan(order, rulebook, now=datetime(2026, 10, 1, tzinfo=UTC))
        bag = chance.choice([bag for bag in plan.bags if bag.duration_h == KINDS[kind][0]])
        occasion = replace(specimen(bag, words, training=True), serial=f"2611{chance.randrange(10**6):06}")
        yield compose(plan, bag, site=rulebook.site, words=words, occasion=occasion, plan_revision=number + 1)


def _document(chance: random.Random, sequence_h: tuple[int, ...]) -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    start = date(2026, 11, 2) + timedelta(days=chance.randrange(700))
    document["order_number"] = f"RX-{chance.randrange(1000, 99999)}"
    document["start_at"] = f"{start}T{chance.randrange(8, 19):02}:{chance.choice(('00', '15', '30'))}"
    document["destination"] = f"{chance.randrange(2, 9)} East, bed {chance.randrange(1, 30)}"
    document["patient"] |= {
        "record_number": str(chance.randrange(10**6, 10**7)),
        "family_name": chance.choice(_FAMILY_NAMES),
        "given_names": chance.choice(_GIVEN_NAMES),
        "date_of_birth": str(date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))),
        "weight_kg": f"{chance.randrange(460, 1200) / 10}",
        "weight_taken_on": str(start - timedelta(days=3)),
    }
    document["bags"]["sequence_h"] = list(sequence_h)
    return document
