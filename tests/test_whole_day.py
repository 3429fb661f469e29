"""A whole day through the real window: from the first account to the bag at the patient, then the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, select

from db.models import METADATA
from pharmacy_app.domain.audit import EntryFilter
from pharmacy_app.domain.bag import BagState
from pharmacy_app.wording import Catalogue
from tests.support.bench import (
    BACTERIOSTATIC,
    BAG,
    FILTER,
    STABILIZER,
    TUBING,
    VIAL,
    WATER,
    Day,
)
from tests.support.command_line import start
from tests.support.people import Clock
from tests.support.sources import ROOT
from tests.ui.bench.at_bench import code
from tests.ui.conftest import application, migrated_file, words
from tests.ui.hands import Effort
from tests.ui.person.doors import Shown, empty_desk, shows
from tests.ui.pharmacy_day import SECRETS, Pharmacy, make, making, opened

__all__ = ["application", "migrated_file", "words"]

FIRST, SECOND, THIRD = "2611200001", "2611200002", "2611200003"
HANGS = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 14:00 in Toronto

# The record of the day: how often each act stands in it, and the order of those that tell the story.
ACTS = {
    "product-kept": 12, "lot-kept": 12, "person-added": 4, "signed-in": 7, "locked": 7,
    "order-added": 1, "order-accepted": 1, "plan-accepted": 1,
    "bag-started": 3, "print-sent": 8, "tag-scanned": 9, "product-scanned": 27, "scan-stopped": 4,
    "step-done": 6, "volume-measured": 6, "bag-finished": 2, "bag-abandoned": 1, "bag-rejected": 1,
    "own-figures-typed": 2, "secret-confirmed": 1, "bag-released": 1,
    "print-queued": 1, "print-confirmed": 1, "label-matched": 1,
    "bag-refrigerated": 1, "bag-taken-out": 1, "bag-dispensed": 1, "bag-hung": 1,
}  # fmt: skip
STORY = [
    "order-added", "order-accepted", "plan-accepted",
    "bag-started", "scan-stopped", "scan-stopped", "bag-abandoned",
    "bag-started", "scan-stopped", "scan-stopped", "bag-finished", "own-figures-typed", "bag-rejected",
    "bag-started", "bag-finished", "own-figures-typed", "bag-released",
    "print-queued", "print-confirmed", "label-matched",
    "bag-refrigerated", "bag-taken-out", "bag-dispensed", "bag-hung",
]  # fmt: skip


@pytest.fixture
def show(application: QApplication, qtbot: QtBot, words: Catalogue) -> Iterator[Shown]:
    """Opens a window on a desk."""
    yield from shows(qtbot, words)


@pytest.fixture
def pharmacy(qtbot: QtBot, show: Shown, migrated_file: Path, tmp_path: Path) -> Pharmacy:
    """A new installation whose shelf is full; nobody has an account."""
    clock = Clock()
    desk = empty_desk(migrated_file, tmp_path, clock)
    Day(desk.open_unit_of_work, now=clock.now).stock()
    return Pharmacy(qtbot, show(desk), desk, clock, tmp_path / "records.sqlite3")


@pytest.mark.req("REQ-VER-001", "REQ-VER-004", "REQ-VER-007", "REQ-MIX-007", "REQ-AUD-001", "REQ-AUD-002")
def test_a_day_from_the_first_account_to_the_bag_at_the_patient(
    pharmacy: Pharmacy, caplog: pytest.LogCaptureFixture
) -> None:
    opened(pharmacy)
    pharmacy.accept_plan()

    pharmacy.arrives("mroy")  # a first try, which is abandoned
    pharmacy.start()
    pharmacy.scan(f"{FIRST}00", code(BAG), code(TUBING), code(FILTER), code(WATER), code(VIAL, 1))
    pharmacy.is_stopped(code(VIAL, 1), needs="Vial 2")
    pharmacy.scan(code(VIAL, 2))
    pharmacy.is_stopped(code(STABILIZER), needs="Vial 3")
    pharmacy.scan(code(VIAL, 3))
    pharmacy.abandon("3", "The hood failed")
    assert pharmacy.state(FIRST) is BagState.ABANDONED

    pharmacy.start()  # the bag that is rejected
    pharmacy.is_stopped(f"{FIRST}00", needs="The tag of 261120 0002")
    pharmacy.reconstitute(SECOND, 4)
    pharmacy.fill(SECOND, wrong=code(BACTERIOSTATIC))
    pharmacy.stabilize(SECOND)
    pharmacy.add_drug(SECOND)
    assert pharmacy.state(SECOND) is BagState.PREPARED
    pharmacy.arrives("spark")
    pharmacy.reject(SECOND, "Particles in the bag")
    assert pharmacy.state(SECOND) is BagState.REJECTED

    make(pharmacy, THIRD, first_vial=8)  # the bag that is released
    assert pharmacy.state(THIRD) is BagState.RELEASED
    pharmacy.move(THIRD, "refrigerate")
    pharmacy.lock()
    pharmacy.clock.now = HANGS
    pharmacy.arrives("mroy")
    pharmacy.move(THIRD, "take-out", "dispense", "hang")
    assert pharmacy.state(THIRD) is BagState.HUNG

    the_record_is_complete(pharmacy)
    no_secret_is_anywhere(pharmacy, caplog)


def the_record_is_complete(pharmacy: Pharmacy) -> None:
    """Every act of the day is in it, in order, and it is whole, for the window and for the command line."""
    assert pharmacy.desk.check_record().findings == ()
    with pharmacy.desk.open_unit_of_work(reading=True) as work:
        entries = list(reversed(work.audit.entries(EntryFilter(), limit=1000)))
    acts = [each.act for each in entries]
    assert Counter(acts) == ACTS
    told = [act for act in acts if act in STORY]
    assert told == STORY
    database = f"sqlite:///{pharmacy.file}"
    verified = start("audit", "verify", "--database", database, "--json", home=pharmacy.file.parent)
    assert verified.code == 0
    assert verified.document["entries"] == len(acts)


def no_secret_is_anywhere(pharmacy: Pharmacy, caplog: pytest.LogCaptureFixture) -> None:
    """No secret that was typed stands in a table, in any file beside it, on a label or in the log."""
    rows = 0
    engine = create_engine(f"sqlite:///{pharmacy.file}")
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                rows += 1
                assert [each for each in SECRETS.values() if each in repr(row)] == [], table.name
    engine.dispose()
    assert rows > 100
    places = [each.read_bytes() for each in pharmacy.file.parent.rglob("*") if each.is_file()]
    places += pharmacy.desk.printers.documents  # type: ignore[attr-defined]
    places += [each.getMessage().encode() for each in caplog.records]
    for secret in SECRETS.values():
        assert not [place for place in places if secret.encode() in place]


def test_the_steps_of_one_bag_are_as_many_as_written_down(pharmacy: Pharmacy) -> None:
    """From the accepted order to the label on the bag; docs/steps-of-a-bag.md has the numbers."""
    opened(pharmacy)
    pharmacy.done = Effort()
    pharmacy.accept_plan()
    counted = {"Plan accepted": astuple(pharmacy.done)}
    pharmacy.done = Effort()
    for part in making(pharmacy, FIRST, 1):
        counted[part] = astuple(pharmacy.done)
        pharmacy.done = Effort()
    assert pharmacy.state(FIRST) is BagState.RELEASED
    counted["Together"] = tuple(sum(each) for each in zip(*counted.values(), strict=True))
    assert written_down() == counted


def written_down() -> dict[str, tuple[int, ...]]:
    """The table of docs/steps-of-a-bag.md."""
    text = (ROOT / "docs" / "steps-of-a-bag.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {row[0]: tuple(int(each) for each in row[1:]) for row in rows if row[-1].isdecimal()}
