"""ICE scores are kept with the time, and refused while a question is open; each is an entry."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.ice_score import IceAnswer, IceItem
from pharmacy_app.domain.person import Actor, Role
from pharmacy_app.wording import load
from pharmacy_app.workflow.ice import IceScores, IceTaken
from tests.support.bench import Day
from tests.support.stations import PHARMACIST, TECHNICIAN

WORDS = load()


@pytest.fixture
def day(database: Database) -> Day:
    """09:00 in Toronto on 2026-11-23."""
    day = Day(database)
    day.stock()
    return day


@pytest.fixture
def number(day: Day) -> str:
    return day.accept()


def scores(day: Day, actor: Actor = TECHNICIAN) -> IceScores:
    return IceScores(day.station(actor))


def taken(points: int, *, roused: bool | None = None, symptoms: bool | None = True) -> IceTaken:
    """Every question answered, so many of them right."""
    found = tuple(IceAnswer(item, at < points) for at, item in enumerate(IceItem))
    return IceTaken(found, roused, symptoms)


def newest(day: Day) -> RecordedEntry:
    with day.database(reading=True) as work:
        return work.audit.entries(EVERY_ENTRY, limit=1)[0]


def refused(day: Day, number: str, given: IceTaken) -> list[str]:
    """The codes of the refusal; each is in the record, and nothing was kept."""
    with pytest.raises(RulesRefused) as refusal:
        scores(day).keep(number, given)
    codes = [each.code for each in refusal.value.findings]
    assert all(WORDS.finding(each) for each in refusal.value.findings)
    entry = newest(day)
    assert (entry.act, entry.thing) == ("ice-refused", f"order {number}")
    assert json.loads(entry.facts)["findings"] == ", ".join(codes)
    assert scores(day).of_order(number) == ()
    return codes


@pytest.mark.req("REQ-MOD-005", "REQ-AUD-001")
def test_scores_are_kept_with_their_times_oldest_first(day: Day, number: str) -> None:
    scores(day).keep(number, taken(10, symptoms=False))
    entry = newest(day)
    assert (entry.act, entry.thing, entry.person) == ("ice-taken", f"order {number}", "mroy")
    assert json.loads(entry.facts)["points"] == "10"
    day.later(hours=30)
    scores(day, PHARMACIST).keep(number, taken(5))
    found = scores(day).of_order(number)
    assert [(each.number, each.points, each.taken_at, each.next_due) for each in found] == [
        (1, 10, datetime(2026, 11, 23, 14, 0, tzinfo=UTC), None),
        (2, 5, datetime(2026, 11, 24, 20, 0, tzinfo=UTC), datetime(2026, 11, 25, 4, 0, tzinfo=UTC)),
    ]
    with day.database(reading=True) as work:
        assert work.audit.check().findings == ()


def test_another_order_has_scores_of_its_own(day: Day, number: str) -> None:
    scores(day).keep(number, taken(8))
    assert scores(day).of_order("RX-2002") == ()


@pytest.mark.req("REQ-MOD-005", "REQ-AUD-001")
@pytest.mark.parametrize("points", [0, 7, 10])
def test_a_score_with_an_open_question_is_refused(day: Day, number: str, points: int) -> None:
    whole = taken(points)
    assert refused(day, number, replace(whole, answers=whole.answers[1:])) == ["ice.incomplete"]
    assert refused(day, number, IceTaken((), None, None)) == [
        "ice.incomplete", "ice.symptoms-not-answered",
    ]  # fmt: skip


@pytest.mark.req("REQ-MOD-005", "REQ-AUD-001")
def test_no_points_are_not_kept_before_somebody_says_whether_the_patient_can_be_roused(
    day: Day, number: str
) -> None:
    assert refused(day, number, taken(0)) == ["ice.roused-not-answered"]
    assert refused(day, number, taken(1, roused=True)) == ["ice.roused-not-asked"]
    assert refused(day, number, taken(10, roused=False)) == ["ice.roused-not-asked"]
    assert scores(day).keep(number, taken(0, roused=False)).roused is False


@pytest.mark.req("REQ-MOD-005", "REQ-AUD-001")
def test_not_known_whether_there_are_symptoms_is_refused(day: Day, number: str) -> None:
    assert refused(day, number, taken(9, symptoms=None)) == ["ice.symptoms-not-answered"]


@pytest.mark.req("REQ-AUD-001")
def test_an_order_that_is_not_on_file_has_no_score_and_the_refusal_is_an_entry(day: Day, number: str) -> None:
    assert number != "RX-9"
    with pytest.raises(InputRefused) as refusal:
        scores(day).keep("RX-9", taken(10))
    assert refusal.value.field == "order"
    assert (newest(day).act, newest(day).thing) == ("ice-refused", "orders")


@pytest.mark.req("REQ-VER-001")
def test_somebody_without_a_hand_in_bags_takes_no_score(day: Day, number: str) -> None:
    administrator = replace(TECHNICIAN, roles=(Role.ADMINISTRATOR,))
    with pytest.raises(RulesRefused) as refusal:
        scores(day, administrator).keep(number, taken(10))
    assert [each.code for each in refusal.value.findings] == ["person.not-permitted.move-bag"]
    assert scores(day).of_order(number) == ()
