"""From an accepted plan to a released bag, by the commands alone; and each rule that must stop it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import OwnFigures, Rejected
from pharmacy_app.domain.commissioning import commissioned
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Role
from pharmacy_app.domain.product import Lot, LotState
from pharmacy_app.domain.quantity import Duration, Volume
from pharmacy_app.workflow.order import accept_order, keep_order
from tests.support.bench import EXPIRES, VIAL, Day, keep_lot, prepared, up_to
from tests.support.orders import order
from tests.support.stations import OTHER_PHARMACIST, OTHER_TECHNICIAN, PHARMACIST, PRINTER, TECHNICIAN

OWN = {"drug": Volume(Decimal("10.7")), "total": Volume(Decimal("286.2"))}  # the protocol's table


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def codes(refusal: pytest.ExceptionInfo[RulesRefused]) -> set[str]:
    return {each.code for each in refusal.value.findings}


def test_a_bag_is_prepared_verified_and_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    assert serial == "2611230001"
    bag = day.bench().view(serial).bag
    assert (bag.state, bag.content.text) == (BagState.PREPARED, "286.2 mL")
    assert [len(bag.vials), len(bag.units)] == [4, 10]
    released = day.release(serial)
    assert released.state is BagState.RELEASED
    assert released.released_by == "achen"
    with day.database(reading=True) as work:
        assert work.audit.check().findings == ()


@pytest.mark.req("REQ-VER-002")
def test_nobody_prepares_a_bag_of_an_order_that_no_pharmacist_accepted(day: Day) -> None:
    asked = order()
    keep_order(asked, None, day.station(PHARMACIST))
    with pytest.raises(RulesRefused) as refusal:
        day.bench().start(asked.order_number, 1)
    assert codes(refusal) == {"bench.no-plan"}


@pytest.mark.req("REQ-VER-002")
def test_a_technician_does_not_accept_an_order(day: Day) -> None:
    asked = order()
    keep_order(asked, None, day.station(TECHNICIAN))
    with pytest.raises(RulesRefused) as refusal:
        accept_order(asked.order_number, day.station(TECHNICIAN))
    assert codes(refusal) == {"person.not-permitted.accept-order"}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("actor", [PRINTER, replace(TECHNICIAN, roles=(Role.ADMINISTRATOR,))])
def test_who_is_neither_technician_nor_pharmacist_prepares_nothing(day: Day, actor: object) -> None:
    number = day.accept()
    with pytest.raises(RulesRefused) as refusal:
        day.bench(actor).start(number, 1)  # type: ignore[arg-type]
    assert codes(refusal) == {"person.not-permitted.prepare"}


@pytest.mark.req("REQ-VER-002")
def test_who_prepared_a_bag_never_verifies_it(day: Day) -> None:
    serial = prepared(day, day.accept(), actor=PHARMACIST)
    for attempt in (
        lambda: day.verification(PHARMACIST).open(serial),
        lambda: day.verification(PHARMACIST).type_figures(serial, **OWN),
        lambda: day.verification(PHARMACIST).release(serial, secret="correct horse 7"),
    ):
        with pytest.raises(RulesRefused) as refusal:
            attempt()
        assert "verify.own-preparation" in codes(refusal)
    assert day.release(serial, OTHER_PHARMACIST).state is BagState.RELEASED


@pytest.mark.req("REQ-VER-002")
def test_who_had_a_hand_in_a_single_step_does_not_verify_the_bag(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, "stabilizer")
    up_to(day, serial, "air-out", actor=OTHER_PHARMACIST)
    up_to(day, serial, "")
    with pytest.raises(RulesRefused) as refusal:
        day.verification(OTHER_PHARMACIST).open(serial)
    assert codes(refusal) == {"verify.own-preparation"}


@pytest.mark.req("REQ-VER-001")
def test_a_technician_releases_nothing(day: Day) -> None:
    serial = prepared(day, day.accept())
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial, OTHER_TECHNICIAN)
    assert codes(refusal) == {"person.not-permitted.verify"}


@pytest.mark.req("REQ-VER-003")
def test_nothing_measured_is_shown_before_own_figures_are_typed(day: Day) -> None:
    serial = prepared(day, day.accept())
    covered = day.verification().open(serial)
    assert (covered.measured, covered.units, covered.check) == ((), (), None)
    shown = day.verification().type_figures(serial, **OWN)
    assert [len(shown.measured), len(shown.units)] == [3, 10]
    assert shown.findings == ()


@pytest.mark.req("REQ-VER-003")
def test_the_own_figures_of_another_pharmacist_uncover_nothing(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.verification().type_figures(serial, **OWN)
    assert day.verification(OTHER_PHARMACIST).open(serial).measured == ()
    with pytest.raises(RulesRefused) as refusal:
        day.verification(OTHER_PHARMACIST).release(serial, secret="correct horse 7")
    assert codes(refusal) == {"verify.own-figures-missing"}


@pytest.mark.req("REQ-VER-003")
@pytest.mark.parametrize(
    ("drug", "total", "code"),
    [("10.2", "286.2", "verify.drug-differs"), ("10.7", "285.7", "verify.total-differs")],
)
def test_own_figures_that_differ_stop_the_release_and_stay_in_the_record(
    day: Day, drug: str, total: str, code: str
) -> None:
    serial = prepared(day, day.accept())
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial, drug=drug, total=total)
    assert codes(refusal) == {code}
    bag = day.release(serial)
    assert bag.every(OwnFigures)[0] == OwnFigures(Volume(Decimal(drug)), Volume(Decimal(total)))


@pytest.mark.req("REQ-VER-003")
def test_a_wrong_secret_signs_nothing(day: Day) -> None:
    serial = prepared(day, day.accept())
    verification = day.verification()
    verification.type_figures(serial, **OWN)
    with pytest.raises(RulesRefused) as refusal:
        verification.release(serial, secret="wrong")
    assert codes(refusal) == {"person.sign-in-refused"}
    assert day.bench().view(serial).bag.state is BagState.PREPARED


@pytest.mark.req("REQ-VER-003")
def test_the_signature_covers_everything_that_was_recorded_before_it(day: Day) -> None:
    serial = prepared(day, day.accept())
    before = day.bench().view(serial).bag
    released = day.release(serial).released
    assert released is not None
    assert released.signed_digest != before.signed_digest  # the own figures came in between
    assert released.meaning == (
        "I checked order, calculation, lots and volumes, and I release bag 1. A. Chen"
    )


@pytest.mark.req("REQ-PRO-003")
def test_outside_training_an_uncommissioned_protocol_releases_nothing(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.book = replace(day.book, site=replace(day.book.site, training=False))
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"commissioning.not-commissioned"}


@pytest.mark.req("REQ-PRO-006")
def test_what_was_made_in_training_is_never_released_later(day: Day) -> None:
    serial = prepared(day, day.accept())
    site = replace(day.book.site, training=False)
    day.book = replace(day.book, protocol=commissioned(day.book.protocol), site=site)
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"verify.made-in-training"}


@pytest.mark.req("REQ-PRO-002")
def test_a_bag_prepared_under_another_digest_is_not_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.book = replace(day.book, protocol=replace(day.book.protocol, digest="sha256:" + "0" * 64))
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"verify.protocol-changed"}


@pytest.mark.req("REQ-PRO-002")
def test_a_bag_is_not_gone_on_with_under_another_digest(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, "stabilizer")
    day.book = replace(day.book, protocol=replace(day.book.protocol, digest="sha256:" + "0" * 64))
    with pytest.raises(RulesRefused) as refusal:
        up_to(day, serial, "air-out")
    assert codes(refusal) == {"verify.protocol-changed"}


@pytest.mark.req("REQ-BUD-005")
def test_a_bag_that_can_no_longer_be_hung_is_not_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.now = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)  # its planned change, 96 h after 14:00 in Toronto
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"beyond-use.expired"}


@pytest.mark.req("REQ-BUD-003")
def test_without_the_site_s_sterility_limit_nothing_is_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.book = replace(day.book, site=replace(day.book.site, sterility_refrigerated=None))
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"beyond-use.sterility-not-set"}


@pytest.mark.req("REQ-BUD-004")
def test_a_bag_that_would_be_too_old_when_it_is_to_be_hung_is_not_begun(day: Day) -> None:
    number = day.accept()
    site = replace(day.book.site, sterility_refrigerated=Duration(Decimal(24)))
    day.book = replace(day.book, site=site)
    with pytest.raises(RulesRefused) as refusal:
        day.bench().start(number, 2)  # four days before it is to be hung
    assert codes(refusal) == {"beyond-use.start-by-before-hanging"}


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("state", [LotState.QUARANTINED, LotState.RECALLED])
def test_a_lot_that_was_taken_back_after_the_scan_stops_the_release(day: Day, state: LotState) -> None:
    serial = prepared(day, day.accept())
    keep_lot(day, Lot(VIAL.code, "A1", EXPIRES, 1000, day.now, state, "Cracked vials"))
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {f"verify.lot-{state.value}"}


@pytest.mark.req("REQ-PLN-009")
def test_a_bag_of_a_superseded_plan_is_not_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.plan_again(*[96] * 6, 72, 24)
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"verify.plan-not-in-force"}


@pytest.mark.req("REQ-VER-004")
def test_a_rejected_bag_is_dead_and_its_waste_is_booked(day: Day) -> None:
    number = day.accept()
    serial = prepared(day, number)
    rejected = day.verification().reject(serial, "Particles in the bag")
    assert rejected.state is BagState.REJECTED
    waste = rejected.every(Rejected)[0].waste
    assert (waste.drug.text, waste.volume.text, waste.vials) == ("140 mcg", "286.2 mL", 4)
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert codes(refusal) == {"bag.illegal-move"}
    assert day.bench().start(number, 1) == "2611230002"


@pytest.mark.req("REQ-VER-004")
def test_a_bag_is_not_rejected_without_a_reason(day: Day) -> None:
    serial = prepared(day, day.accept())
    with pytest.raises(RulesRefused) as refusal:
        day.verification().reject(serial, "  ")
    assert codes(refusal) == {"bench.reason-missing"}
