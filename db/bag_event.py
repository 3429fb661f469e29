"""What happened to bags, on file: one row for each event, numbered from 1 for each bag."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, except_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.fact import digest_of_text, fact_on_file
from db.kept import Kept
from db.row import STRICT, Row, at_least, digest, filled, moment, one_of
from db.types import Choice, DamagedText
from pharmacy_app.domain.bag import OPEN, BagMove, BagState, state_after
from pharmacy_app.domain.bag_event import BagEvent, Happening, Photographed, ProductScanned, Started
from pharmacy_app.domain.canonical import canonical_json, quoted
from pharmacy_app.domain.fact import fact_document
from pharmacy_app.domain.product import lot_key

SERIAL_LENGTH = 10
STARTED, SCANNED, PHOTOGRAPHED = (each.__name__ for each in (Started, ProductScanned, Photographed))
MOVE_OF: dict[str, BagMove] = {each.__name__: each.move for each in get_args(Happening)}
CLOSED = tuple(state for state in BagState if state not in OPEN)


class BagEventRow(Row):
    """One event. Triggers refuse to change or remove one, and to number one otherwise than as the bag's next.

    `content` is the event's canonical JSON. From it and the events before come the columns that are searched:
    `act` is the class of what happened, `state` the bag's state after it, and the last four belong to one
    class each, else they are null.
    """

    __tablename__ = "bag_event"
    __table_args__ = (
        CheckConstraint(f"length(serial) = {SERIAL_LENGTH}", name="serial"),
        at_least("number", 1),
        moment("at"),
        filled("act"),
        CheckConstraint(f"(number = 1) = (act = '{STARTED}')", name="first"),
        one_of("state", BagState),
        CheckConstraint(f"(act = '{STARTED}') = (order_number IS NOT NULL)", name="order_number"),
        CheckConstraint(f"(act = '{SCANNED}') = (code IS NOT NULL)", name="code"),
        CheckConstraint(f"(act = '{SCANNED}') = (lot IS NOT NULL)", name="lot"),
        CheckConstraint(f"(act = '{PHOTOGRAPHED}') = (photograph IS NOT NULL)", name="photograph"),
        CheckConstraint("length(content) > 1", name="content"),
        digest("digest"),
        Index(None, "order_number", "serial"),
        Index(None, "code", "lot", "serial"),
        Index(None, "state", "serial"),
        Index(None, "photograph"),
        STRICT,
    )

    serial: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    state: Mapped[BagState] = mapped_column(Choice(BagState))
    order_number: Mapped[str | None] = mapped_column(Text, ForeignKey("order_.order_number"))
    code: Mapped[str | None] = mapped_column(Text)
    lot: Mapped[str | None] = mapped_column(Text)
    photograph: Mapped[str | None] = mapped_column(Text, ForeignKey("photograph.sha256"))
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)


class EventColumns(NamedTuple):
    """What an event's row has before its content and digest, as it stands on file."""

    serial: str
    number: int
    at: str
    act: str
    state: str
    order_number: str | None
    code: str | None
    lot: str | None
    photograph: str | None


def columns_of(document: Any, before: str | None) -> EventColumns:
    """The columns of an event, from its document and the bag's state before it; None: there is no bag yet.

    A check makes them of each event on file, so it takes the shortest way.

    Raises:
        DamagedText: the document is of no event.
        ValueError: the move is not legal there: a bug.
    """
    try:
        what = document["what"]
        act = what["is"]
        is_scan = act == SCANNED
        return EventColumns(
            document["serial"],
            document["number"],
            document["at"],
            act,
            _state_after(before, act),
            what["order_number"] if act == STARTED else None,
            what["code"] if is_scan else None,
            what["lot"] if is_scan else None,
            what["sha256"] if act == PHOTOGRAPHED else None,
        )
    except (KeyError, TypeError):
        raise DamagedText("no event of a bag") from None


@cache
def _state_after(before: str | None, act: str) -> str:
    move = MOVE_OF[act]
    if before is None and move is BagMove.START:
        return BagState.IN_PREPARATION.value
    after = None if before is None else state_after(BagState(before), move)
    if after is None:
        raise ValueError(f"{move.value} is not legal {before or 'where no bag is'}")
    return after.value


class SqlBagEvents:
    """The events of one transaction. `added` tells of those added in it, `photographs` are what they name."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: list[Kept] = []
        self.photographs: set[str] = set()

    def add(self, event: BagEvent) -> None:
        """Puts the event on file: the bag's next, a move that is legal in its state, or it is a bug."""
        row = BagEventRow
        newest = select(row.state).where(row.serial == event.serial).order_by(row.number.desc()).limit(1)
        document = fact_document(event)
        before = self._session.scalar(newest)
        columns = columns_of(document, before and before.value)
        content = canonical_json(document)
        digest = digest_of_text(content)
        values = {**columns._asdict(), "state": BagState(columns.state)}
        self._session.add(row(**values, content=content, digest=digest))
        self._session.flush()
        self.added.append(Kept(digest, columns.at))
        if columns.photograph is not None:
            self.photographs.add(columns.photograph)

    def of_bag(self, serial: str) -> tuple[BagEvent, ...]:
        """A bag's events in their order."""
        row = BagEventRow
        query = select(row.number, row.content, row.digest).where(row.serial == serial).order_by(row.number)
        return tuple(
            _event(content, digest, serial=serial, number=number)
            for number, content, digest in self._session.execute(query)
        )

    def of_order(self, order_number: str) -> tuple[str, ...]:
        """The serials of an order's bags, in the order in which they were started."""
        row = BagEventRow
        query = select(row.serial).where(row.order_number == order_number).order_by(row.at, row.serial)
        return tuple(self._session.scalars(query))

    def with_lot(self, code: str, lot: str) -> tuple[str, ...]:
        """The serials of every bag for which a unit of that lot was scanned, sorted."""
        row = BagEventRow
        query = select(row.serial).where(row.code == code, row.lot == lot).distinct()
        return tuple(sorted(self._session.scalars(query)))

    def with_unit(self, code: str, unit_serial: str) -> tuple[str, ...]:
        """The serials of every bag for which that unit was scanned, whatever its lot, sorted."""
        row = BagEventRow
        named = row.content.contains(f'"unit_serial":{quoted(unit_serial)}', autoescape=True)
        query = select(row.serial, row.number, row.content, row.digest).where(row.code == code, named)
        events = (
            _event(*rest, serial=serial, number=number)
            for serial, number, *rest in self._session.execute(query)
        )
        return tuple(sorted({each.serial for each in events if _is_of(each.what, unit_serial)}))

    def units_used(self) -> dict[str, int]:
        """How many units were scanned of each lot, by `lot_key`."""
        row = BagEventRow
        lots = select(row.code, row.lot, func.count()).where(row.code.is_not(None))
        query = lots.group_by(row.code, row.lot)
        return {lot_key(code or "", lot or ""): count for code, lot, count in self._session.execute(query)}

    def not_ended(self) -> tuple[str, ...]:
        """The serials of the bags that are not in a state without return, sorted."""
        row = BagEventRow
        started = select(row.serial).where(row.order_number.is_not(None))
        closed = select(row.serial).where(row.state.in_(CLOSED))
        return tuple(sorted(self._session.scalars(except_(started, closed))))

    def last_serial(self, day: str) -> str | None:
        """The highest serial that begins with these six digits."""
        row = BagEventRow
        of_day = row.serial.between(day.ljust(SERIAL_LENGTH, "0"), day.ljust(SERIAL_LENGTH, "9"))
        return self._session.scalar(select(row.serial).where(of_day).order_by(row.serial.desc()).limit(1))


def _is_of(what: Happening, unit_serial: str) -> bool:
    """Whether it is a scan of exactly this unit: the search of a text knows no case."""
    return isinstance(what, ProductScanned) and what.unit_serial == unit_serial


def _event(content: str, digest: str, *, serial: str, number: int) -> BagEvent:
    event = fact_on_file(BagEvent, content, digest)
    if (event.serial, event.number) != (serial, number):
        raise DamagedText(f"another event than its row's: {serial} {number}")
    return event
