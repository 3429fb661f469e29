"""What the Supplies page shows: each lot's state in shape and word, what may be done, what needs a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.cold_storage import Outside
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import Lot, LotState, Product
from pharmacy_app.domain.product_check import check_product
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.shelf import expiring, running_out, shelf
from pharmacy_app.wording import load
from pharmacy_app.workflow.stock import KnownProduct, StockView
from tests.support.products import bacteriostatic, bag, drug_vial, lot, saline, tubing
from tests.support.rulebooks import protocol
from tests.support.stations import PHARMACIST, PRINTER, TECHNICIAN
from ui.supplies.presenter import SuppliesPresenter
from ui.supplies.receipt_draft import ReceiptDraft
from ui.supplies.view import Shelf, SuppliesView

TODAY = date(2026, 11, 20)
WORDS = load()


def stock(
    *lots: Lot,
    products: tuple[Product, ...] = (drug_vial(),),
    used: dict[str, int] | None = None,
    outside: dict[str, Outside] | None = None,
) -> StockView:
    stand = shelf(products, lots, used or {}, outside=outside or {}, protocol=protocol(), today=TODAY)
    return StockView(
        today=TODAY,
        zone=ZoneInfo("America/Toronto"),
        products=tuple(KnownProduct(each, check_product(each, protocol())) for each in products),
        shelf=stand,
        expiring=expiring(stand, today=TODAY, within_days=30),
        running_out=running_out(stand, products, low_vials=10),
    )


def view_of(on_file: StockView, *, actor: Actor | None = PHARMACIST, chosen: str = "") -> SuppliesView:
    presenter = SuppliesPresenter(WORDS)
    presenter.take(on_file, actor)
    presenter.choose(chosen)
    return presenter.view()


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("changes", "icon", "word"),
    [
        ({"state": LotState.RECALLED, "reason": "letter"}, "stop", "Recalled"),
        ({"expires_on": date(2026, 11, 19)}, "stop", "Expired"),
        ({"state": LotState.RECALLED, "expires_on": date(2026, 11, 19)}, "stop", "Recalled"),
        ({"state": LotState.QUARANTINED, "reason": "wet"}, "unknown", "Quarantine"),
        ({"quantity": 3}, "note", "Used up"),
        ({"quantity": 2}, "stop", "Count is wrong"),
        ({"expires_on": date(2026, 11, 20)}, "reason", "Expires soon"),
        ({"expires_on": date(2026, 12, 20)}, "reason", "Expires soon"),
        ({"expires_on": date(2026, 12, 21)}, "done", "Can be used"),
    ],
)
def test_the_state_of_a_lot_is_a_shape_and_a_word(changes: dict[str, Any], icon: str, word: str) -> None:
    (row,) = view_of(stock(lot(**changes), used={lot().key: 3})).rows
    assert (row.state.icon, row.state.word) == (icon, word)


@pytest.mark.req("REQ-SUP-008")
def test_of_several_lots_that_can_be_used_the_first_to_expire_is_to_be_used_first() -> None:
    late, soon = lot(lot="LATE"), lot(lot="SOON", expires_on=date(2026, 12, 2))
    bad = lot(lot="BAD", expires_on=date(2026, 11, 30), state=LotState.QUARANTINED, reason="wet")
    states = {row.lot: row.state.word for row in view_of(stock(late, soon, bad)).rows}
    assert states == {"BAD": "Quarantine", "SOON": "Use first", "LATE": "Can be used"}
    used_up = stock(late, soon, bad, used={soon.key: 10})
    assert {row.lot: row.state.word for row in view_of(used_up).rows}["LATE"] == "Can be used"


@pytest.mark.req("REQ-SUP-001")
@pytest.mark.parametrize("product", [bag(dehp=None), tubing(dehp=True)], ids=["not-known", "yes"])
def test_a_lot_of_a_product_with_dehp_or_perhaps_with_it_is_not_for_use(product: Product) -> None:
    view = view_of(stock(lot(product), products=(product,)), chosen=lot(product).key)
    assert view.rows[0].state.word == "Not for use"
    assert [each.code.startswith("supply.") for each in view.remarks] == [True]


def test_lots_stand_by_kind_and_then_by_expiry_with_what_is_on_hand() -> None:
    early, late = lot(lot="EARLY", expires_on=date(2027, 1, 31)), lot(lot="LATE")
    on_file = stock(
        lot(saline()), late, early, products=(saline(), drug_vial(), bacteriostatic()), used={early.key: 4}
    )
    rows = view_of(on_file).rows
    assert [(row.lot, row.kind, row.on_hand) for row in rows] == [
        ("EARLY", "Drug vial", "6"),
        ("LATE", "Drug vial", "10"),
        ("7K114", "Saline, preservative-free", "10"),
    ]
    assert [(row.expires, row.when) for row in rows][:2] == [
        ("2027-JAN-31", "in 72 days"),
        ("2027-NOV-30", ""),
    ]


def test_what_a_screen_reader_says_names_everything() -> None:
    (row,) = view_of(stock(lot(expires_on=date(2026, 11, 21)))).rows
    assert row.spoken == "Blinatumomab 38.5 mcg, Drug vial, 7K114, 2026-NOV-21, tomorrow, 10, Expires soon"


@pytest.mark.req("REQ-SUP-008")
def test_a_technician_may_put_a_lot_apart_and_only_a_pharmacist_recalls_or_releases() -> None:
    here = view_of(stock(lot()), actor=TECHNICIAN, chosen=lot().key)
    assert here.why_not("quarantine") == ""
    assert here.why_not("recall") == (
        "M. Roy may not release a lot from quarantine or recall one. It is for: pharmacist."
    )
    assert "pharmacist" in here.why_not("release")
    assert "keep the catalogue" in here.why_not("change")


@pytest.mark.parametrize("actor", [PRINTER, None], ids=["station", "nobody"])
def test_a_station_and_nobody_may_do_nothing(actor: Actor | None) -> None:
    here = view_of(stock(lot()), actor=actor, chosen=lot().key)
    assert all(each.why_not for each in here.acts)


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (LotState.AVAILABLE, ["quarantine", "recall"]),
        (LotState.QUARANTINED, ["release", "recall"]),
        (LotState.RECALLED, []),
    ],
)
def test_only_what_the_lots_state_allows_can_be_pressed(state: LotState, possible: list[str]) -> None:
    here = view_of(stock(lot(state=state, reason="wet")), chosen=lot().key)
    moves = ("quarantine", "release", "recall")
    assert [name for name in moves if not here.why_not(name)] == possible


def test_nothing_can_be_pressed_before_a_row_is_chosen() -> None:
    here = view_of(stock(lot()))
    assert here.about == "Choose a line to see more of it."
    assert {each.why_not for each in here.acts} == {"Choose a lot first."}


def test_the_chosen_lot_tells_its_count_and_its_reason() -> None:
    on_file = stock(lot(state=LotState.QUARANTINED, reason="wet"), used={lot().key: 3})
    assert view_of(on_file, chosen=lot().key).about == "Received: 10. Used: 3. Reason: wet."


@pytest.mark.req("REQ-SUP-008")
def test_what_runs_out_or_expires_soon_is_named() -> None:
    soon = lot(quantity=9, expires_on=date(2026, 12, 2))
    lines = view_of(stock(soon, products=(drug_vial(), saline()))).attention
    assert [(each.icon, each.word) for each in lines] == [
        ("reason", "Drug vial: 9 left."),
        ("stop", "Saline, preservative-free: none left that may be used."),
        ("reason", "Blinatumomab 38.5 mcg\nlot 7K114 · 9 on hand\nexpires 2026-DEC-02"),
    ]


def test_when_nothing_needs_a_person_it_says_so() -> None:
    assert [each.word for each in view_of(stock(lot())).attention] == ["Nothing runs out or expires soon."]


OUT_SINCE = datetime(2026, 11, 20, 15, 50, tzinfo=UTC)  # 10:50 in Toronto
EIGHT_HOURS = Duration(Decimal(8))


def was_outside(minutes: int, *, since: datetime | None, limit: Duration | None = EIGHT_HOURS) -> StockView:
    return stock(lot(), outside={lot().key: Outside(timedelta(minutes=minutes), since, limit)})


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("on_file", "icon", "word", "detail"),
    [
        (was_outside(190, since=OUT_SINCE), "reason", "Outside 2–8 °C", "out 3 h 10 min of 8 h"),
        (was_outside(190, since=None), "done", "Can be used", "out 3 h 10 min of 8 h"),
        (was_outside(481, since=None), "stop", "Outside too long", "out 8 h 1 min of 8 h"),
        (was_outside(481, since=OUT_SINCE), "stop", "Outside too long", "out 8 h 1 min of 8 h"),
        (was_outside(1, since=None, limit=None), "stop", "No limit set", "out 1 min"),
        (stock(lot()), "done", "Can be used", ""),
    ],
)
def test_time_outside_is_a_shape_a_word_and_how_long(
    on_file: StockView, icon: str, word: str, detail: str
) -> None:
    (row,) = view_of(on_file).rows
    assert (row.state.icon, row.state.word, row.detail) == (icon, word, detail)
    assert row.spoken.endswith(f"{word}, {detail}" if detail else word)


STORAGE = "Unopened: 2–8 °C, in the carton, away from light (published)."
WHOLE_LOT = "Counted for the whole lot: each unit as the one that was out longest."


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("on_file", "kept"),
    [
        (stock(lot()), STORAGE),
        (
            was_outside(190, since=OUT_SINCE),
            (
                f"{STORAGE} Outside 2–8 °C for 3 h 10 min, out since 2026-NOV-20 10:50. "
                f"Limit 8 h, 4 h 50 min left. {WHOLE_LOT}"
            ),
        ),
        (
            was_outside(481, since=None),
            f"{STORAGE} Outside 2–8 °C for 8 h 1 min. Limit 8 h: it is over. {WHOLE_LOT}",
        ),
        (
            was_outside(1, since=None, limit=None),
            f"{STORAGE} Outside 2–8 °C for 1 min. No limit is set: not to be used. {WHOLE_LOT}",
        ),
        (stock(lot(saline()), products=(saline(),)), ""),
    ],
)
def test_the_chosen_lot_of_the_kit_says_how_it_is_kept_and_how_long_it_was_outside(
    on_file: StockView, kept: str
) -> None:
    assert view_of(on_file, chosen=on_file.shelf[0].lot.key).kept == kept


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("on_file", "offered"),
    [
        (stock(lot()), ["out"]),
        (was_outside(190, since=None), ["out"]),
        (was_outside(190, since=OUT_SINCE), ["return"]),
        (stock(lot(saline()), products=(saline(),)), []),
    ],
)
def test_a_lot_of_the_kit_is_either_taken_out_or_put_back(on_file: StockView, offered: list[str]) -> None:
    here = view_of(on_file, actor=TECHNICIAN, chosen=on_file.shelf[0].lot.key)
    assert [name for name in ("out", "return") if here.offers(name)] == offered
    assert [name for name in offered if here.why_not(name)] == []


@pytest.mark.req("REQ-BUD-007")
def test_a_recalled_lot_can_still_be_taken_out_on_the_record() -> None:
    recalled = lot(state=LotState.RECALLED, reason="letter")
    assert view_of(stock(recalled), chosen=recalled.key).why_not("out") == ""


def test_products_are_shown_with_what_is_on_hand_of_all_their_lots() -> None:
    presenter = SuppliesPresenter(WORDS)
    presenter.take(
        stock(lot(lot="A"), lot(lot="B", quantity=5), products=(drug_vial(), bag(dehp=None))), PHARMACIST
    )
    presenter.show_shelf(Shelf.PRODUCTS)
    assert [(row.product.name, row.on_hand, row.state.word) for row in presenter.view().rows] == [
        ("Blinatumomab 38.5 mcg", "15", "Can be used"),
        ("Empty EVA bag 500 mL", "0", "Not for use"),
    ]


def test_an_empty_shelf_says_what_to_do() -> None:
    assert view_of(stock()).empty == "No lots yet. Receive the first one at the right."


def test_a_code_that_nobody_knows_is_answered_with_a_stop() -> None:
    presenter = SuppliesPresenter(WORDS)
    presenter.take(stock(), PHARMACIST)
    answer = presenter.answer_to(ReceiptDraft().with_code("NOPE"))
    assert (answer.kind.value, answer.sentence) == (
        "stop",
        "No product of the catalogue has the code NOPE. Do not use it.",
    )
