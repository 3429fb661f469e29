"""A plan on file comes back as it was accepted: the program's choice stays the program's choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import open_database
from tests.ui.desks import ORDER, keep, order_document, real_desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "records.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.mark.req("REQ-PLN-006")
def test_an_accepted_best_plan_is_not_said_to_be_by_hand(file: Path) -> None:
    desk = real_desk(file)
    keep(desk, ORDER)
    desk.keep_plan(desk.plan(desk.orders()[0].order))

    kept = desk.plan_on_file("RX-1001")

    assert kept is not None
    assert (kept.chosen, kept.sequence_h) == (True, (168, 168, 168, 168))
    assert [each.name for each in desk.alternatives(kept)] == [
        "fewest-changes",
        "fewest-vials",
        "fewest-line-changes",
    ]


@pytest.mark.req("REQ-PLN-006")
def test_an_accepted_sequence_by_hand_stays_one(file: Path) -> None:
    desk = real_desk(file)
    keep(desk, ORDER)
    by_hand = desk.read_order(order_document(bags__sequence_h=[96, 72, 96, 96, 96, 96, 96, 24])).order
    assert by_hand is not None
    desk.keep_plan(desk.plan(by_hand))

    kept = desk.plan_on_file("RX-1001")

    assert kept is not None
    assert (kept.chosen, kept.sequence_h) == (False, (96, 72, 96, 96, 96, 96, 96, 24))
