"""What stands on the shelf, what is taken first, and what runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.cold_storage import Outside
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.shelf import ShelfLot, expiring, first_to_expire, running_out, shelf, usable_of
from tests.support.products import bacteriostatic, bag, drug_vial, lot, saline
from tests.support.rulebooks import protocol

TODAY = date(2026, 11, 20)
NEAR = lot(lot="NEAR", expires_on=date(2026, 12, 2))
FAR = lot(lot="FAR", expires_on=date(2027, 11, 30))


def stand(
    lots: Sequence[Lot],
    used: dict[str, int] | None = None,
    products: Sequence[Product] = (drug_vial(),),
    *,
    outside: dict[str, Outside] | None = None,
) -> tuple[ShelfLot, ...]:
    return shelf(products, lots, used or {}, outside=outside or {}, protocol=protocol(), today=TODAY)


def first(lots: Sequence[Lot], used: dict[str, int] | None = None) -> str | None:
    offered = first_to_expire(stand(lots, used), ProductKind.DRUG_VIAL)
    return None if offered is None else offered.lot.lot


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    "bad",
    [
        replace(NEAR, expires_on=date(2026, 11, 19)),
        replace(NEAR, state=LotState.QUARANTINED, reason="wet"),
        replace(NEAR, state=LotState.RECALLED, reason="letter"),
    ],
    ids=["expired", "quarantined", "recalled"],
)
def test_a_lot_that_may_not_be_used_is_never_offered(bad: Lot) -> None:
    assert first([bad]) is None
    assert first([bad, FAR]) == "FAR"


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("minutes", "limit", "offered"),
    [(480, Duration(Decimal(8)), "NEAR"), (481, Duration(Decimal(8)), "FAR"), (1, None, "FAR")],
)
def test_a_lot_that_was_outside_too_long_is_never_offered(
    minutes: int, limit: Duration | None, offered: str
) -> None:
    was = Outside(timedelta(minutes=minutes), None, limit)
    taken = first_to_expire(stand([NEAR, FAR], outside={NEAR.key: was}), ProductKind.DRUG_VIAL)
    assert taken is not None
    assert taken.lot.lot == offered


@pytest.mark.req("REQ-BUD-007")
def test_a_product_that_needs_no_refrigerator_has_no_time_outside() -> None:
    of_saline = lot(saline())
    was = Outside(timedelta(days=9), None, None)
    (on_shelf,) = stand([of_saline], products=[saline()], outside={of_saline.key: was})
    assert (on_shelf.outside, on_shelf.usable) == (None, True)


@pytest.mark.req("REQ-SUP-008")
def test_what_expires_first_is_offered_first_while_there_is_any() -> None:
    assert first([FAR, NEAR]) == "NEAR"
    assert first([FAR, NEAR], {NEAR.key: 9}) == "NEAR"
    assert first([FAR, NEAR], {NEAR.key: 10}) == "FAR"
    assert first([FAR, NEAR], {NEAR.key: 10, FAR.key: 10}) is None


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_on_its_expiry_day_is_still_offered() -> None:
    assert first([replace(NEAR, expires_on=TODAY)]) == "NEAR"


@pytest.mark.req("REQ-SUP-001")
def test_a_bag_of_which_nobody_knows_whether_it_has_dehp_is_never_offered() -> None:
    unknown = bag(dehp=None)
    on_shelf = stand([lot(unknown)], products=[unknown])
    assert on_shelf[0].on_hand == 10
    assert first_to_expire(on_shelf, ProductKind.BAG) is None


@pytest.mark.req("REQ-SUP-006")
def test_neither_saline_is_offered_for_the_other() -> None:
    on_shelf = stand([lot(saline())], products=[saline(), bacteriostatic()])
    assert first_to_expire(on_shelf, ProductKind.SALINE_BACTERIOSTATIC) is None
    assert [each.product for each in usable_of(on_shelf, ProductKind.SALINE_PRESERVATIVE_FREE)] == [saline()]


@pytest.mark.req("REQ-SUP-008")
def test_on_hand_is_received_less_used_and_a_wrong_count_is_shown_as_it_is() -> None:
    counts = [each.on_hand for each in stand([NEAR, FAR], {NEAR.key: 3, FAR.key: 12})]
    assert counts == [7, -2]


def test_the_shelf_stands_in_the_order_of_expiry() -> None:
    same_day = replace(FAR, lot="ALSO FAR")
    assert [each.lot.lot for each in stand([FAR, NEAR, same_day])] == ["NEAR", "ALSO FAR", "FAR"]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(("days", "named"), [(None, []), (11, []), (12, ["NEAR"]), (375, ["NEAR", "FAR"])])
def test_what_expires_within_the_sites_days_is_named(days: int | None, named: list[str]) -> None:
    soon = expiring(stand([FAR, NEAR]), today=TODAY, within_days=days)
    assert [each.lot.lot for each in soon] == named


def test_what_may_not_be_used_or_is_used_up_does_not_expire_soon() -> None:
    lots = [replace(NEAR, lot="Q", state=LotState.QUARANTINED, reason="wet"), NEAR]
    assert expiring(stand(lots, {NEAR.key: 10}), today=TODAY, within_days=30) == ()


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(("low", "runs_out"), [(None, False), (10, False), (11, True)])
def test_drug_vials_run_out_below_the_sites_figure(low: int | None, runs_out: bool) -> None:
    found = running_out(stand([NEAR]), [drug_vial()], low_vials=low)
    assert [(each.kind, each.left) for each in found] == ([(ProductKind.DRUG_VIAL, 10)] if runs_out else [])


@pytest.mark.req("REQ-SUP-008")
def test_a_kind_of_the_catalogue_of_which_nothing_may_be_used_runs_out() -> None:
    recalled = lot(saline(), state=LotState.RECALLED, reason="letter")
    on_shelf = stand([NEAR, recalled], products=[drug_vial(), saline()])
    (found,) = running_out(on_shelf, [drug_vial(), saline()], low_vials=None)
    assert (found.kind, found.left) == (ProductKind.SALINE_PRESERVATIVE_FREE, 0)
