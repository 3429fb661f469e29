"""A new revision during a course: open bags go on or are made anew; the hung one hangs (REQ-PRO-005)."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Dispensed, Finished, Happening, Hung, Released
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.workflow.bag_on_file import keep_happening, read_bag
from pharmacy_app.workflow.commissioning import Commissioning
from pharmacy_app.workflow.open_bags import OpenBag, check_protocol_under, open_bags
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import SECRET, Day, tag, up_to
from tests.support.commissioning import Site
from tests.support.protocols import altered
from tests.support.rulebooks import protocol
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST, TECHNICIAN

OF_ANOTHER_ROW = ("bag.168h.28mcg.vials", "7")
OF_THIS_ROW = ("bag.96h.28mcg.drug", "10.8")


class Course:
    """An installation for patients, one accepted order, its first bag of 96 h on the bench."""

    def __init__(self, database: Database) -> None:
        self.day = Day(database)
        self.day.stock()
        self.day.hire()
        self.site = Site(database)
        self.site.commission()
        self.day.book = self.site.rules()
        self.order_number = self.day.accept()
        self.serial = self.day.bench().start(self.order_number, 1)

    def bag(self) -> Bag:
        with self.day.database(reading=True) as work:
            return read_bag(work, self.serial)

    def then(self, *happenings: Happening) -> None:
        """The bag's life goes on."""
        with self.day.database() as work:
            bag = read_bag(work, self.serial)
            for what in happenings:
                bag = keep_happening(
                    work, bag, what, actor=TECHNICIAN, at=self.day.now, site=self.day.book.site
                )
            work.commit()

    def hang(self) -> None:
        now = self.day.now
        released = Released(
            meaning="Released", signed_digest="0" * 64, dose_deviation_percent=Decimal(0), prepared_at=now,
            start_by=now + timedelta(days=4), expires=now + timedelta(days=4), reasons=(),
        )  # fmt: skip
        hung = Hung(now + timedelta(days=4), Volume(Decimal(240)))
        self.then(Finished(), released, Dispensed(), hung)

    def revision(self, name: str, value: str) -> Site:
        """The installation with another file, which two pharmacists have signed but not opened."""
        other = Site(self.site.database, altered(name, value))
        other.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
        return other

    def open(self, other: Site, *listed: str) -> None:
        second = Credentials(OTHER_PHARMACIST.person, SECRET)
        other.commissioning().open_for_patients(secret=SECRET, second=second, listed=listed)

    def listed(self, file: Protocol) -> tuple[OpenBag, ...]:
        with self.day.database(reading=True) as work:
            return open_bags(work, file)

    def stops(self, rules: Site) -> list[str]:
        """What stops the bag under the rules in force there."""
        with self.day.database(reading=True) as work:
            found = check_protocol_under(work, read_bag(work, self.serial), rules.rules().protocol)
        return [each.code for each in found]


@pytest.fixture
def course(database: Database) -> Course:
    return Course(database)


def codes(refused: pytest.ExceptionInfo[RulesRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_without_a_new_revision_no_bag_is_listed_and_none_is_stopped(course: Course) -> None:
    assert course.listed(protocol()) == ()
    assert course.stops(course.site) == []


@pytest.mark.req("REQ-PRO-005")
def test_a_bag_with_the_same_figures_is_stopped_until_one_pharmacist_signs(course: Course) -> None:
    other = course.revision(*OF_ANOTHER_ROW)
    course.open(other)
    assert course.stops(other) == ["verify.protocol-changed"]
    other.commissioning().release_bag_again(course.serial, secret=SECRET)
    assert course.stops(other) == []
    (entry,) = other.entries("bag-released-under-revision")
    told = json.loads(entry.facts)
    assert (entry.thing, entry.person) == (f"bag {course.serial}", "achen")
    assert told["goes on after"] == other.rules().protocol.digest
    assert told["made after"] == course.bag().started.protocol_digest


@pytest.mark.req("REQ-PRO-005")
def test_a_bag_whose_figures_differ_is_listed_with_them_and_with_what_replaces_it(course: Course) -> None:
    other = course.revision(*OF_THIS_ROW)
    seen = other.commissioning().overview()
    (listed,) = seen.bags
    assert listed.differences is not None
    assert [(each.name, each.old, each.new) for each in listed.differences] == [
        ("bag.96h.28mcg.drug", "10.7", "10.8"),
    ]  # fmt: skip
    assert listed.must_be_listed
    replaced_by = seen.replacements[course.serial]
    assert replaced_by is not None
    assert (replaced_by.number, replaced_by.recipe.drug.text) == (1, "10.8 mL")


@pytest.mark.req("REQ-PRO-005")
def test_a_revision_is_not_opened_before_every_differing_bag_was_seen(course: Course) -> None:
    other = course.revision(*OF_THIS_ROW)
    with pytest.raises(RulesRefused) as refused:
        course.open(other)
    assert codes(refused) == ["commissioning.bag-differs"]
    assert dict(refused.value.findings[0].values) == {
        "serial": course.serial, "figures": "bag.96h.28mcg.drug",
    }  # fmt: skip
    assert other.rules().protocol.commissioned is False
    course.open(other, course.serial)
    assert other.rules().protocol.commissioned is True


@pytest.mark.req("REQ-PRO-005")
def test_a_bag_whose_figures_differ_never_goes_on_under_the_new_revision(course: Course) -> None:
    other = course.revision(*OF_THIS_ROW)
    course.open(other, course.serial)
    with pytest.raises(RulesRefused) as refused:
        other.commissioning().release_bag_again(course.serial, secret=SECRET)
    assert codes(refused) == ["commissioning.bag-differs"]
    assert course.stops(other) == ["verify.protocol-changed"]
    assert len(other.entries("bag-not-released-again")) == 1


@pytest.mark.req("REQ-PRO-005")
def test_a_hung_bag_is_never_stopped_by_a_digest(course: Course) -> None:
    course.hang()
    other = course.revision(*OF_THIS_ROW)
    (listed,) = course.listed(other.file)
    assert (listed.hangs, listed.must_be_listed) == (True, False)
    course.open(other)
    assert course.stops(other) == []


@pytest.mark.req("REQ-PRO-005")
def test_a_signature_under_one_revision_is_none_under_the_next(course: Course) -> None:
    second = course.revision(*OF_ANOTHER_ROW)
    course.open(second)
    second.commissioning().release_bag_again(course.serial, secret=SECRET)
    third = course.revision("bag.168h.28mcg.vials", "8")
    course.open(third)
    assert course.stops(third) == ["verify.protocol-changed"]


@pytest.mark.req("REQ-PRO-005")
def test_a_signature_under_a_bag_asks_for_a_pharmacist_the_secret_and_the_new_revision(
    course: Course,
) -> None:
    other = course.revision(*OF_ANOTHER_ROW)
    with pytest.raises(RulesRefused) as too_early:
        other.commissioning().release_bag_again(course.serial, secret=SECRET)
    assert codes(too_early) == ["commissioning.bag-does-not-wait"]
    course.open(other)
    with pytest.raises(RulesRefused) as wrong:
        other.commissioning().release_bag_again(course.serial, secret="wrong horse 7")
    assert codes(wrong) == ["person.sign-in-refused"]
    with pytest.raises(RulesRefused) as technician:
        Commissioning(other.station(TECHNICIAN), lambda _path: protocol()).release_bag_again(
            course.serial, secret=SECRET
        )
    assert codes(technician) == ["person.not-permitted.verify"]
    assert course.stops(other) == ["verify.protocol-changed"]


@pytest.mark.req("REQ-PRO-006")
def test_a_training_bag_is_neither_listed_nor_released_again(database: Database) -> None:
    day = Day(database)
    day.stock()
    day.hire()
    serial = day.bench().start(day.accept(), 1)
    site = Site(database)
    site.commission()
    with database(reading=True) as work:
        assert open_bags(work, site.file) == ()
        assert [
            each.code for each in check_protocol_under(work, read_bag(work, serial), site.rules().protocol)
        ] == ["verify.made-in-training"]
    with pytest.raises(RulesRefused) as refused:
        site.commissioning().release_bag_again(serial, secret=SECRET)
    assert codes(refused) == ["commissioning.bag-does-not-wait"]


@pytest.mark.req("REQ-PRO-005")
def test_a_bag_that_goes_on_is_prepared_verified_and_released_under_the_new_revision(course: Course) -> None:
    up_to(course.day, course.serial, "stabilizer")
    other = course.revision(*OF_ANOTHER_ROW)
    course.open(other)
    course.day.book = other.rules()
    with pytest.raises(RulesRefused) as refused:
        course.day.bench().scan(course.serial, tag(course.serial))
    assert "verify.protocol-changed" in codes(refused)
    other.commissioning().release_bag_again(course.serial, secret=SECRET)
    up_to(course.day, course.serial, "")
    assert course.day.release(course.serial).state is BagState.RELEASED
