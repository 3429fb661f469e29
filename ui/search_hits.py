"""What was found, in words, and the way to each: a page that the person may use. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.order import in_capitals
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.workflow.search import Found, Hit, HitKind
from ui.page import USED_BY, PageName, Subject, Way

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.unit_of_work import OrderHeading
    from ui.words import Words

# Where each kind of thing is opened: the first of the pages that the person may use.
_PAGES = {
    HitKind.ORDER: (PageName.ORDERS, PageName.RECORD),
    HitKind.BAG: (PageName.BAGS, PageName.RECORD),
    HitKind.LOT: (PageName.RECORD, PageName.SUPPLIES),
}


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit: two lines, and where it leads."""

    upper: str
    lower: str
    way: Way


def hit_rows(found: Found, words: Words, *, actor: Actor, here: PageName | None = None) -> tuple[HitRow, ...]:
    """The hits in the order given. On the Course page, `here`, orders and bags are opened there."""
    return tuple(_row(each, words, actor, here) for each in found.hits)


def _row(hit: Hit, words: Words, actor: Actor, here: PageName | None) -> HitRow:
    stays = here is PageName.COURSE and hit.kind is not HitKind.LOT
    pages = (PageName.COURSE, *_PAGES[hit.kind]) if stays else _PAGES[hit.kind]
    page = next((each for each in pages if actor.may(USED_BY[each])), pages[0])
    order = hit.order
    if order is None:
        upper = words("ui.search.lot", lot=hit.lot)
        return HitRow(upper, hit.product, Way(page, Subject(lot=hit.lot, code=hit.code)))
    name = f"{in_capitals(order.family_name)}, {order.given_names}"
    if hit.bag is not None:
        upper = words("ui.search.bag", serial=shown_serial(hit.serial))
        lower = words("ui.search.bag-of", name=name, order=order.order_number, bag=str(hit.bag))
        return HitRow(upper, lower, Way(page, Subject(order.order_number, hit.bag, serial=hit.serial)))
    return HitRow(name, _of_order(order, words), Way(page, Subject(order.order_number)))


def _of_order(order: OrderHeading, words: Words) -> str:
    return words(
        "ui.search.order",
        number=order.record_number,
        born=date_text(order.date_of_birth),
        order=order.order_number,
        cycle=str(order.cycle),
    )
