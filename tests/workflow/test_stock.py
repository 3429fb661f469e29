"""Stock received, kept apart and recalled; on SQLite and on PostgreSQL. What could hurt stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import LotState, ProductKind
from tests.support.facts import SERIAL, events, scanned, started
from tests.support.products import DRUG_CODE, bacteriostatic, bag, drug_vial, saline
from tests.support.records import keep as keep_order
from tests.support.records import keep_events, stored
from tests.support.stations import ADMINISTRATOR, PRINTER, TECHNICIAN
from tests.support.stocks import codes, receipt, stock, stocked, the_lot


def acts(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT act FROM audit_entry ORDER BY number")))


def use(database: Database, units: int) -> None:
    """Scans so many vials of the lot for one bag."""
    keep_order(database, stored())
    scans = [replace(scanned(DRUG_CODE, "7K114"), unit_serial=f"U-{n}") for n in range(units)]
    keep_events(database, *events(started(), *scans))


@pytest.mark.req("REQ-SUP-008")
def test_a_recalled_lot_never_becomes_available_again(database: Database) -> None:
    here = stocked(database)
    here.recall(DRUG_CODE, "7K114", "maker's letter")

    for act in (here.release_from_quarantine, here.quarantine, here.recall):
        with pytest.raises(RulesRefused) as refusal:
            act(DRUG_CODE, "7K114", "looks fine")
        assert codes(refusal) == ["lot.recalled"]
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(quantity=5))

    assert codes(refusal) == ["lot.recalled"]
    assert the_lot(here).state is LotState.RECALLED
    assert the_lot(here).quantity == 10
    assert here.first_to_expire(ProductKind.DRUG_VIAL) is None


@pytest.mark.req("REQ-SUP-010")
def test_a_recall_tells_every_bag_that_a_unit_of_the_lot_went_into(database: Database) -> None:
    here = stocked(database)
    use(database, 2)

    assert here.recall(DRUG_CODE, "7K114", "maker's letter") == (SERIAL,)


@pytest.mark.req("REQ-SUP-008")
def test_a_quarantined_lot_is_offered_again_only_after_a_pharmacist_released_it(database: Database) -> None:
    here = stocked(database)
    stock(database, actor=TECHNICIAN).quarantine(DRUG_CODE, "7K114", "carton was wet")
    assert here.first_to_expire(ProductKind.DRUG_VIAL) is None

    with pytest.raises(RulesRefused) as refusal:
        stock(database, actor=TECHNICIAN).release_from_quarantine(DRUG_CODE, "7K114", "dry again")
    assert codes(refusal) == ["person.not-permitted.recall"]
    assert here.first_to_expire(ProductKind.DRUG_VIAL) is None

    here.release_from_quarantine(DRUG_CODE, "7K114", "only the sleeve was wet")
    offered = here.first_to_expire(ProductKind.DRUG_VIAL)
    assert offered is not None
    assert offered.lot.reason == "only the sleeve was wet"


@pytest.mark.req("REQ-SUP-008")
def test_units_that_arrive_for_a_lot_in_quarantine_stay_there_with_it(database: Database) -> None:
    here = stocked(database)
    here.quarantine(DRUG_CODE, "7K114", "carton was wet")

    here.receive(receipt(quantity=5))

    assert (the_lot(here).state, the_lot(here).quantity) == (LotState.QUARANTINED, 15)


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_is_quarantined_once_and_released_only_from_there(database: Database) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.release_from_quarantine(DRUG_CODE, "7K114", "why not")
    assert codes(refusal) == ["stock.no-release"]

    here.quarantine(DRUG_CODE, "7K114", "wet")
    with pytest.raises(RulesRefused) as refusal:
        here.quarantine(DRUG_CODE, "7K114", "wet")
    assert codes(refusal) == ["stock.no-quarantine"]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("reason", ["", " ", "wet ", "a\tb", "x" * 201])
def test_a_lot_is_moved_only_with_a_reason_that_others_can_read(database: Database, reason: str) -> None:
    here = stocked(database)
    for act in (here.quarantine, here.recall):
        with pytest.raises(RulesRefused) as refusal:
            act(DRUG_CODE, "7K114", reason)
        assert codes(refusal) == ["stock.reason"]
    assert the_lot(here).state is LotState.AVAILABLE


def test_a_lot_that_is_not_on_file_cannot_be_recalled(database: Database) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.recall(DRUG_CODE, "7K115", "maker's letter")
    assert codes(refusal) == ["stock.lot-unknown"]


@pytest.mark.req("REQ-SUP-008")
def test_on_hand_is_what_was_received_less_the_units_that_were_scanned(database: Database) -> None:
    here = stocked(database)
    here.receive(receipt(quantity=5))
    here.receive(receipt(lot="OTHER", quantity=2))
    use(database, 3)
    assert here.on_hand(DRUG_CODE) == 14
    assert [(each.lot.lot, each.on_hand) for each in here.look().shelf] == [("7K114", 12), ("OTHER", 2)]


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_of_which_every_unit_was_scanned_is_no_longer_offered(database: Database) -> None:
    here = stocked(database)
    here.receive(receipt(lot="LATER", expires_on=date(2028, 1, 31), quantity=1))
    use(database, 10)
    offered = here.first_to_expire(ProductKind.DRUG_VIAL)
    assert offered is not None
    assert offered.lot.lot == "LATER"


@pytest.mark.req("REQ-SUP-008")
def test_what_expires_soon_and_what_runs_out_is_named_by_the_sites_figures(database: Database) -> None:
    here = stocked(database)  # the training site: 30 days, 10 vials
    here.keep_product(saline())
    assert here.look().expiring == ()
    assert [each.kind for each in here.look().running_out] == [ProductKind.SALINE_PRESERVATIVE_FREE]

    here.receive(receipt(lot="NEAR", expires_on=date(2026, 12, 20), quantity=1))
    use(database, 2)
    view = here.look()
    assert [each.lot.lot for each in view.expiring] == ["NEAR"]
    assert [(each.kind, each.left) for each in view.running_out] == [
        (ProductKind.DRUG_VIAL, 9),
        (ProductKind.SALINE_PRESERVATIVE_FREE, 0),
    ]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("actor", [TECHNICIAN, ADMINISTRATOR, PRINTER], ids=lambda actor: actor.person)
def test_only_a_pharmacist_keeps_the_catalogue(database: Database, actor: Actor) -> None:
    with pytest.raises(RulesRefused) as refusal:
        stock(database, actor=actor).keep_product(drug_vial())
    assert codes(refusal) == ["person.not-permitted.keep-catalogue"]
    assert stock(database).products() == ()


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("actor", [ADMINISTRATOR, PRINTER], ids=lambda actor: actor.person)
def test_neither_an_administrator_nor_a_printing_station_receives_stock(
    database: Database, actor: Actor
) -> None:
    stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        stock(database, actor=actor).receive(receipt())
    assert codes(refusal) == ["person.not-permitted.receive-stock"]


@pytest.mark.req("REQ-SUP-008")
def test_a_product_that_the_rules_refuse_is_not_kept(database: Database) -> None:
    with pytest.raises(RulesRefused) as refusal:
        stock(database).keep_product(drug_vial(code="02000000000016", concentration=None))
    assert codes(refusal) == ["product.code-check-digit", "product.not-known"]
    assert stock(database).products() == ()


@pytest.mark.req("REQ-SUP-008")
def test_a_product_that_may_not_be_used_is_known_with_the_reason(database: Database) -> None:
    here = stock(database)
    here.keep_product(bag(dehp=None))
    (known,) = here.look().products
    assert [each.code for each in known.findings] == ["supply.bag-dehp-not-known"]


@pytest.mark.req("REQ-SUP-008")
def test_a_product_whose_units_went_into_bags_keeps_its_kind(database: Database) -> None:
    here = stocked(database)
    here.keep_product(bacteriostatic(code=DRUG_CODE))  # nothing was used: a slip of the hand is mended
    here.keep_product(drug_vial())
    use(database, 1)
    with pytest.raises(RulesRefused) as refusal:
        here.keep_product(bacteriostatic(code=DRUG_CODE))
    assert codes(refusal) == ["stock.kind-in-bags"]
    here.keep_product(drug_vial(name="Blinatumomab"))
    assert [each.name for each in here.products()] == ["Blinatumomab"]


@pytest.mark.req("REQ-AUD-001")
def test_every_act_and_every_refusal_is_an_entry(database: Database, engine: Engine) -> None:
    here = stocked(database)
    here.keep_product(drug_vial())  # nothing new: no entry
    here.quarantine(DRUG_CODE, "7K114", "wet")
    here.release_from_quarantine(DRUG_CODE, "7K114", "dry")
    here.recall(DRUG_CODE, "7K114", "letter")
    for refused in (
        lambda: here.receive(receipt()),
        lambda: here.quarantine(DRUG_CODE, "7K114", "wet"),
        lambda: here.keep_product(drug_vial(volume=None)),
    ):
        with pytest.raises(RulesRefused):
            refused()
    assert acts(engine) == [
        "product-kept",
        "stock-received",
        "lot-quarantined",
        "lot-released-from-quarantine",
        "lot-recalled",
        "stock-refused",
        "lot-quarantined-refused",
        "product-refused",
    ]
