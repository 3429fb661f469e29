"""The example orders: one copy for the documentation and for the training pharmacy."""

from __future__ import annotations

import json
import re
from datetime import date

from pharmacy_app.intake.example_orders import example_orders
from pharmacy_app.intake.order_json import read_order
from tests.support.command_line import EXAMPLES
from tests.support.orders import order_document, order_of
from tests.support.rulebooks import protocol
from tests.support.sources import ROOT


def test_there_is_one_for_each_indication() -> None:
    assert sorted(str(each["indication"]) for each in example_orders()) == [
        "consolidation",
        "mrd-positive",
        "relapsed-refractory",
    ]


def test_they_are_the_files_of_the_documentation() -> None:
    files = sorted(EXAMPLES.glob("*-cycle-*.json"))
    assert [json.loads(path.read_bytes()) for path in files] == list(example_orders())


def test_the_reader_takes_every_one() -> None:
    assert [read_order(each, protocol()).refusals for each in example_orders()] == [()] * 3


def test_nobody_is_alike_so_none_brings_a_name_alert() -> None:
    orders = [read_order(each, protocol()).order for each in example_orders()]
    patients = [each.patient for each in orders if each is not None]
    for facts in (
        {each.record_number for each in patients},
        {each.family_name.casefold() for each in patients},
        {each.date_of_birth for each in patients},
    ):
        assert len(facts) == 3


def test_the_patients_are_adults_weighed_in_the_week_before() -> None:
    for each in example_orders():
        read = read_order(each, protocol()).order
        assert read is not None
        assert 0 <= (read.start_at.date() - read.patient.weight_taken_on).days <= 7
        assert read.patient.date_of_birth < date(2000, 1, 1)


def test_what_the_guide_shows_of_order_files_can_be_read() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    shown = [json.loads(f"{{{each}}}") for each in re.findall(r"```json\n(.*?)```", guide, re.DOTALL)]
    assert [[*each] for each in shown] == [["bags"], ["interruptions"]]
    order = order_of(order_document(**shown[0], **shown[1]))
    assert (order.bags.home.durations_h, len(order.interruptions)) == ((96, 168), 2)
