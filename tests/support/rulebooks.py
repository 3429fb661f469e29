"""What answers rest on in tests: the shipped protocol, the training site, a fixed present time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.intake.order_json import read_order
from pharmacy_app.intake.protocol_file import shipped_protocol
from pharmacy_app.intake.public_holidays import PublicHolidays
from pharmacy_app.intake.site_file import training_site
from pharmacy_app.intake.zones import zone_data_version
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.rulebook import Rulebook

NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
"""Before every start in the tests but those that are about the past."""


@cache
def protocol() -> Protocol:
    """The shipped protocol, read once."""
    return shipped_protocol()


def rulebook() -> Rulebook:
    """As the program uses it in training."""
    return Rulebook(
        protocol=protocol(),
        site=training_site(protocol()),
        holidays=PublicHolidays(),
        zone_data=zone_data_version(),
    )


def plan_of(document: Mapping[str, object], *, now: datetime = NOW) -> Plan:
    """The plan of an order document that must be readable; the plan itself may be refused."""
    rules = rulebook()
    reading = read_order(document, rules.protocol)
    assert reading.order is not None, f"the document was refused: {[str(each) for each in reading.refusals]}"
    return make_plan(reading.order, rules, now=now)
