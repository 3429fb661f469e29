"""A weight that is taken during the course: typed again if it is unusual, and a stop below the minimum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from pharmacy_app.domain.audit import EntryFilter
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.quantity import Weight
from pharmacy_app.domain.weight import WeightTyped
from pharmacy_app.workflow.weight import WeightKept
from tests.support.bench import prepared
from tests.support.ledgers import coded
from tests.support.stations import PHARMACIST, TECHNICIAN
from tests.support.wards import Ward, label

TODAY = date(2026, 11, 23)


def kg(text: str) -> Weight:
    return Weight(Decimal(text))


def typed(text: str, again: str = "", reason: str = "", taken_on: date = TODAY) -> WeightTyped:
    """A weight as it was typed."""
    return WeightTyped(kg(text), taken_on, kg(again) if again else None, reason)


def add(ward: Ward, what: WeightTyped, number: str = "RX-1001") -> WeightKept:
    return ward.ledger(PHARMACIST).add_weight(number, what)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesRefused) as refusal:
        act()
    return [coded(each) for each in refusal.value.findings]


def weights(ward: Ward, number: str = "RX-1001") -> list[str]:
    """What is on file, oldest first. The order itself says 71.5 kg."""
    with ward.day.database(reading=True) as work:
        return [each.weight.number for each in work.weights.history(number)]


@pytest.fixture
def number(ward: Ward) -> str:
    """An order with an accepted plan."""
    return ward.day.accept()


@pytest.mark.req("REQ-ORD-012")
def test_a_weight_can_be_added_at_any_time(ward: Ward, number: str) -> None:
    assert add(ward, typed("70.2")) == WeightKept(())
    assert add(ward, typed("69.9")) == WeightKept(())
    assert weights(ward) == ["70.2", "69.9"]
    with ward.day.database(reading=True) as work:
        assert work.audit.check().findings == ()


@pytest.mark.req("REQ-ORD-012")
@pytest.mark.parametrize(
    ("weight", "unusual"),
    [("71.5", False), ("78.6", False), ("78.65", True), ("64.4", False), ("64.35", True), ("250.1", True)],
)
def test_ten_percent_from_the_last_weight_is_unusual(
    ward: Ward, number: str, weight: str, unusual: bool
) -> None:
    if unusual:
        assert refused(lambda: add(ward, typed(weight))) == ["weight.type-again", "weight.reason-missing"]
        assert weights(ward) == []
    else:
        add(ward, typed(weight))
        assert weights(ward) == [weight]


@pytest.mark.req("REQ-ORD-012")
def test_an_unusual_weight_is_typed_again_and_has_a_reason(ward: Ward, number: str) -> None:
    assert refused(lambda: add(ward, typed("80", "81", "Edema"))) == ["weight.typed-otherwise"]
    assert refused(lambda: add(ward, typed("80", "80", " "))) == ["weight.reason-missing"]
    add(ward, typed("80", "80", "Edema"))
    assert weights(ward) == ["80"]
    add(ward, typed("80"))  # it is the last one now


@pytest.mark.req("REQ-ORD-012")
def test_above_250_kg_every_weight_is_unusual(ward: Ward) -> None:
    ward.day.accept(**{"patient.weight_kg": "249"})
    add(ward, typed("250"))
    assert "weight.type-again" in refused(lambda: add(ward, typed("250.1")))


@pytest.mark.req("REQ-ORD-012", "REQ-VER-006")
def test_the_reason_for_an_unusual_weight_is_a_pharmacist_s(ward: Ward, number: str) -> None:
    technician = ward.ledger(TECHNICIAN)
    assert refused(lambda: technician.add_weight(number, typed("80", "80", "Edema"))) == [
        "person.not-permitted.give-reason"
    ]
    technician.add_weight(number, typed("71"))
    assert weights(ward) == ["71"]


@pytest.mark.req("REQ-ORD-012", "REQ-AUD-001")
def test_a_refused_weight_is_recorded_and_all_its_faults_are_named_at_once(ward: Ward, number: str) -> None:
    wrong = typed("0", taken_on=date(2026, 11, 24))
    assert refused(lambda: add(ward, wrong)) == [
        "weight.not-above-zero", "weight.after-today", "weight.type-again", "weight.reason-missing"
    ]  # fmt: skip
    with ward.day.database(reading=True) as work:
        newest = work.audit.entries(EntryFilter(things=(f"order {number}",)), limit=1)[0]
    assert newest.act == "weight-refused"
    assert weights(ward) == []


@pytest.mark.req("REQ-ORD-012", "REQ-ORD-003")
def test_below_the_minimum_no_bag_is_released_and_the_one_that_hangs_is_listed(
    ward: Ward, number: str
) -> None:
    hangs = ward.dispensed(number, 1)
    ward.at("14:00")
    ward.ledger().hang(label(hangs))
    released = ward.released(number, 2)
    waiting = prepared(ward.day, number, 3)
    kept = add(ward, typed("44.9", "44.9", "Weighed twice"))
    assert [each.code for each in kept.findings] == ["verify.weight-below"]
    listed = [[each.serial for each in bags] for bags in (kept.stopped, kept.others, kept.hung)]
    assert listed == [[waiting], [released], [hangs]]
    assert refused(lambda: ward.day.release(waiting)) == ["verify.weight-below"]
    assert "verify.weight-below" in refused(lambda: ward.day.bench().start(number, 4))
    assert ward.ledger().answer(hangs).answer.value == "hang"


@pytest.mark.req("REQ-ORD-012")
def test_at_the_minimum_nothing_is_stopped_and_a_later_weight_lets_it_go_on(ward: Ward, number: str) -> None:
    waiting = prepared(ward.day, number, 1)
    assert add(ward, typed("45", "45", "Weighed twice")).findings == ()
    add(ward, typed("44.9"))
    assert refused(lambda: ward.day.release(waiting)) == ["verify.weight-below"]
    add(ward, typed("45.1"))
    ward.day.release(waiting)


@pytest.mark.req("REQ-ORD-012")
def test_each_cycle_has_its_own_weight(ward: Ward, number: str) -> None:
    add(ward, typed("70"))
    other = {"order_number": "RX-2", "patient.record_number": "77", "patient.family_name": "Roy"}
    ward.day.accept(**other)
    assert weights(ward, "RX-2") == []


def test_the_order_must_be_on_file(ward: Ward) -> None:
    with pytest.raises(InputRefused) as refusal:
        add(ward, typed("70"), "RX-9")
    assert (refusal.value.field, refusal.value.given) == ("order", "RX-9")
