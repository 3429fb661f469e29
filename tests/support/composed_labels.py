"""Labels composed from plans, for looking at their words."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from pharmacy_app.domain.label import LabelContent
from pharmacy_app.domain.label_content import compose, specimen
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.site import PrimedBy
from pharmacy_app.wording import load
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of, rulebook

WORDS = load()


def label_of(
    plan: Plan, number: int, *, primed_by: PrimedBy = PrimedBy.BEDSIDE, revision: int = 1
) -> LabelContent:
    bag = plan.bags[number - 1]
    site = replace(rulebook().site, primed_by=primed_by)
    occasion = specimen(bag, WORDS, training=True)
    return compose(plan, bag, site=site, words=WORDS, occasion=occasion, plan_revision=revision)


def by_hand(*sequence_h: int, **changes: object) -> Plan:
    return plan_of(order_document(**{"bags.sequence_h": list(sequence_h), **changes}))


def texts(content: LabelContent) -> list[str]:
    """Every text of a label, whatever it is kept in."""

    def flat(value: Any) -> list[str]:
        return [value] if isinstance(value, str) else [text for each in value for text in flat(each)]

    return flat(list(asdict(content).values()))
