"""Measured volumes: typed as read, refused where they cannot be right, and the dose reckoned from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Photographed, Reading
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.supply import HowFilled
from tests.support.bench import (
    BAG,
    FILLED_BAG,
    FILTER,
    TUBING,
    VIAL,
    Day,
    prepared,
    read,
    right_scans,
    scan_of,
    tag,
    up_to,
)

PUMPED, FILLED = HowFilled.PUMPED_INTO_EMPTY_BAG, HowFilled.BAG_OF_KNOWN_FILL


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def at_volume(day: Day, step: str, *sequence_h: int) -> str:
    """A bag whose step has been given its scans and waits for its volume."""
    serial = day.bench().start(day.accept(*sequence_h), 1)
    bench = up_to(day, serial, step)
    for scan in right_scans(day, serial, bench):
        bench.scan(serial, scan)
    return serial


def refused(day: Day, serial: str, readings: Sequence[Reading], how: HowFilled | None = None) -> set[str]:
    before = day.bench().view(serial).bag
    with pytest.raises(RulesRefused) as refusal:
        day.bench().measure(serial, readings, how)
    assert day.bench().view(serial).bag == before
    return {each.code for each in refusal.value.findings}


@pytest.mark.req("REQ-MIX-009")
def test_10_7_ml_is_measured_as_10_ml_and_0_7_ml(day: Day) -> None:
    serial = at_volume(day, "drug")
    assert day.bench().view(serial).readings == (read("10 mL syringe", "10"), read("1 mL syringe", "0.7"))


@pytest.mark.req("REQ-MIX-009")
@pytest.mark.parametrize(
    ("readings", "codes"),
    [
        ([], {"measure.nothing-read"}),
        ([read("10 mL syringe", "10.75")], {"measure.more-than-it-holds"}),
        ([read("10 mL syringe", "9.5"), read("3 mL syringe", "1.2")], {"measure.between-the-lines"}),
        ([read("11 mL syringe", "10.7")], {"measure.no-such-instrument"}),
        ([read("10 mL syringe", "0"), read("10 mL syringe", "10")], {"measure.not-above-zero"}),
        ([read("10 mL syringe", "10"), read("1 mL syringe", "0.4")], {"measure.out-of-tolerance"}),
        ([read("10 mL syringe", "10"), read("1 mL syringe", "0.93")], {"measure.out-of-tolerance"}),
        ([read("10 mL syringe", "1")], {"measure.out-of-tolerance", "measure.recorded-dose"}),
    ],
)
def test_a_reading_that_cannot_be_right_is_refused(
    day: Day, readings: list[Reading], codes: set[str]
) -> None:
    assert refused(day, at_volume(day, "drug"), readings) >= codes


@pytest.mark.req("REQ-MIX-009")
def test_one_graduation_of_the_coarsest_syringe_is_tolerated(day: Day) -> None:
    serial = at_volume(day, "drug")
    day.bench().measure(serial, [read("10 mL syringe", "10"), read("1 mL syringe", "0.9")])  # 0.2 mL too much
    assert day.bench().view(serial).bag.content.text == "286.4 mL"


@pytest.mark.req("REQ-MIX-005")
def test_a_fill_that_nobody_knows_is_a_stop(day: Day) -> None:
    serial = at_volume(day, "saline-preservative-free")
    assert refused(day, serial, [read("filling pump", "270")]) == {"mix.fill-not-known"}
    assert refused(day, serial, [read("filling pump", "270")], FILLED) == {"measure.fill-differs"}
    day.bench().measure(serial, [read("filling pump", "270")], PUMPED)


@pytest.mark.req("REQ-MIX-005")
def test_a_bag_of_250_ml_instead_of_270_ml_is_stopped_by_its_dose(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "supplies")
    for product in (FILLED_BAG, TUBING, FILTER):
        bench.scan(serial, scan_of(product))
    up_to(day, serial, "saline-preservative-free")
    bench.scan(serial, tag(serial))
    assert bench.view(serial).progress.missing == ()  # the bag has its saline already
    bench.measure(serial, [read("known fill", "250")], FILLED)
    up_to(day, serial, "drug")
    bench.scan(serial, tag(serial))
    with pytest.raises(RulesRefused) as refusal:
        bench.measure(serial, [read("10 mL syringe", "10"), read("1 mL syringe", "0.7")])
    (finding,) = refusal.value.findings
    assert finding.code == "measure.recorded-dose"
    # 10.7 × 12.5 ÷ 266.2 × 2.5 × 24 = 30.1465… mcg/day: 7.67 % too much
    assert dict(finding.values) == {"delivered": "30.15", "deviation": "7.67", "limit": "5"}


@pytest.mark.req("REQ-MIX-005")
def test_without_the_site_s_limit_for_the_recorded_dose_no_drug_goes_in(day: Day) -> None:
    serial = at_volume(day, "drug")
    day.book = replace(day.book, site=replace(day.book.site, recorded_dose_limit_percent=None))
    right = [read("10 mL syringe", "10"), read("1 mL syringe", "0.7")]
    assert refused(day, serial, right) == {"measure.recorded-limit-not-set"}


@pytest.mark.req("REQ-MIX-005")
def test_the_dose_of_what_was_measured_stands_on_the_release(day: Day) -> None:
    serial = at_volume(day, "drug")
    day.bench().measure(serial, [read("10 mL syringe", "10"), read("1 mL syringe", "0.9")])
    up_to(day, serial, "")
    released = day.release(serial).released
    assert released is not None
    # 10.9 × 12.5 ÷ 286.4 × 2.5 × 24 = 28.5440… mcg/day
    assert round(released.dose_deviation_percent, 2) == Decimal("1.94")


@pytest.mark.req("REQ-MIX-010")
def test_a_vial_that_yields_less_is_followed_by_another_never_made_up(day: Day) -> None:
    serial = at_volume(day, "drug")
    with pytest.raises(RulesRefused):
        day.bench().one_more_vial(serial, " ")
    day.bench().one_more_vial(serial, "Vial 4 gave 2.1 mL")
    right = [read("10 mL syringe", "10"), read("1 mL syringe", "0.7")]
    assert refused(day, serial, right) == {"measure.not-awaited"}
    day.bench().scan(serial, scan_of(VIAL, 5))
    assert len(day.bench().measure(serial, right).vials) == 5


@pytest.mark.req("REQ-MIX-010")
def test_more_drug_than_the_vials_give_is_refused(day: Day) -> None:
    serial = at_volume(day, "drug", 168, 168, 168, 168)  # 16.8 mL of six vials: no spare
    too_much = [read("20 mL syringe", "17")]
    assert "measure.more-than-the-vials-give" in refused(day, serial, too_much)


@pytest.mark.req("REQ-MIX-007")
def test_no_volume_is_taken_before_the_scans_of_its_step(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, "saline-preservative-free")
    assert refused(day, serial, [read("filling pump", "270")], PUMPED) == {"measure.not-awaited"}


@pytest.mark.req("REQ-MIX-007")
def test_a_step_that_does_not_wait_is_not_looked_at(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, "look-at-vials")
    for step in ("air-out", "look-at-bag", "nonsense"):
        with pytest.raises(RulesRefused):
            day.bench().look(serial, step)


@pytest.mark.req("REQ-VER-004")
def test_abandoning_asks_what_was_used_and_books_the_waste(day: Day) -> None:
    number = day.accept()
    serial = day.bench().start(number, 1)
    up_to(day, serial, "look-at-vials")
    bag = day.bench().abandon(serial, "Power failure in the hood", vials=4)
    assert bag.state is BagState.ABANDONED
    last = bag.events[-1].what
    assert getattr(last, "waste").drug.text == "140 mcg"  # noqa: B009 - 4 × 2.8 mL × 12.5 mcg/mL
    assert day.bench().start(number, 1) == "2611230002"


@pytest.mark.req("REQ-VER-004", "REQ-AUD-001")
@pytest.mark.parametrize(
    ("step", "given", "scanned"),
    [("look-at-vials", 3, 4), ("look-at-vials", 5, 4), ("look-at-vials", 99, 4), ("supplies", 1, 0)],
)
def test_the_vials_booked_as_waste_are_those_that_were_scanned(
    day: Day, step: str, given: int, scanned: int
) -> None:
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, step)
    with pytest.raises(RulesRefused) as refusal:
        day.bench().abandon(serial, "Power failure in the hood", vials=given)
    (finding,) = refusal.value.findings
    assert (finding.code, finding.requirement) == ("bench.vials-not-as-scanned", "REQ-VER-004")
    assert dict(finding.values) == {"given": str(given), "scanned": str(scanned)}
    assert day.bench().view(serial).bag.state is BagState.IN_PREPARATION
    with day.database(reading=True) as work:
        (entry,) = work.audit.entries(EVERY_ENTRY, limit=1)
    assert (entry.act, entry.thing) == ("bench-refused", f"bag {serial}")


def test_leaving_half_way_keeps_everything(day: Day) -> None:
    serial = at_volume(day, "stabilizer")
    day.later(minutes=30)
    again = Day(day.database, now=day.now)
    assert again.bench().open_here() == serial
    assert again.bench().view(serial).progress.step == day.bench().view(serial).progress.step
    assert again.bench().view(serial).progress.volume_missing


PICTURE = b"\xff\xd8\xff and so on"


@pytest.mark.parametrize(
    ("step", "name", "field", "code"),
    [
        ("", "syringe.jpg", "step", "expected.one-of"),
        ("Drug", "syringe.jpg", "step", "expected.one-of"),
        ("fill-up", "syringe.jpg", "step", "expected.one-of"),  # a step of 7-day bags
        ("x" * 5000, "syringe.jpg", "step", "expected.one-of"),
        ("drug", "", "photograph", "expected.text"),
        ("drug", "x" * 201, "photograph", "expected.text"),
        ("drug", "syringe\n.jpg", "photograph", "expected.text-printable"),
        ("drug", "syringe\x7f.jpg", "photograph", "expected.text-printable"),
        ("drug", "gpj.\u202eegnirys", "photograph", "expected.text-printable"),
        ("drug", "syringe\ud800.jpg", "photograph", "expected.text-printable"),
    ],
)
@pytest.mark.req("REQ-AUD-001")
def test_a_photograph_has_a_step_of_the_bag_and_a_plain_name(
    day: Day, step: str, name: str, field: str, code: str
) -> None:
    serial = at_volume(day, "drug")
    with pytest.raises(InputRefused) as refusal:
        day.bench().photograph(serial, step, name, PICTURE)
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert len(refusal.value.given) <= 40
    assert refusal.value.given.isprintable()
    assert day.bench().view(serial).bag.every(Photographed) == ()
    with day.database(reading=True) as work:
        (entry,) = work.audit.entries(EVERY_ENTRY, limit=1)
    assert (entry.act, entry.thing, entry.facts) == (
        "bench-refused", f"bag {serial}", f'{{"findings":"{code}"}}'
    )  # fmt: skip


@pytest.mark.parametrize("name", ["x", "x" * 200, "Spritze für Ärztin 1.jpg"])
def test_a_photograph_s_name_has_up_to_200_signs(day: Day, name: str) -> None:
    serial = at_volume(day, "drug")
    bag = day.bench().photograph(serial, "saline-preservative-free", name, PICTURE)
    assert [(each.step, each.name) for each in bag.every(Photographed)] == [
        ("saline-preservative-free", name)
    ]


def test_a_photograph_is_kept_with_its_step(day: Day) -> None:
    serial = at_volume(day, "drug")
    picture = b"\x89PNG\r\n\x1a\n and so on"
    bag = day.bench().photograph(serial, "drug", "syringe.png", picture)
    (kept,) = bag.every(Photographed)
    with day.database(reading=True) as work:
        assert work.photographs.content(kept.sha256) == picture
        assert work.audit.check().findings == ()
    with pytest.raises(InputRefused):
        day.bench().photograph(serial, "drug", "letter.pdf", b"%PDF-1.7")


@pytest.mark.req("REQ-MIX-003")
def test_a_7_day_bag_is_filled_up_to_110_ml(day: Day) -> None:
    serial = prepared(day, day.accept(168, 168, 168, 168))
    bag = day.bench().view(serial).bag
    assert [each.step for each in bag.measured] == [
        "saline-bacteriostatic", "stabilizer", "drug", "fill-up"]  # fmt: skip
    assert bag.content.text == "110 mL"
    assert len(bag.vials) == 6
    assert bag.units[0].code == BAG.code
