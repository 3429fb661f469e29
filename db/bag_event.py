"""What happened to bags, on file: one row for each event, numbered from 1 for each bag."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, except_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.fact import digest_of_text, fact_on_file
from db.kept import Kept
from db.row import STRICT, Row, at_least, digest, filled, moment, one_of
from db.types import Choice, DamagedText
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.bag import OPEN, BagMove, BagState, state_after
from pharmacy_app.domain.bag_event import BagEvent, Photographed, ProductScanned, Started
from pharmacy_app.domain.fact import fact_text
from pharmacy_app.domain.product import lot_key

SERIAL_LENGTH = 10
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
        CheckConstraint(f"(number = 1) = (act = '{Started.__name__}')", name="first"),
        one_of("state", BagState),
        CheckConstraint(f"(act = '{Started.__name__}') = (order_number IS NOT NULL)", name="order_number"),
        CheckConstraint(f"(act = '{ProductScanned.__name__}') = (code IS NOT NULL)", name="code"),
        CheckConstraint(f"(act = '{ProductScanned.__name__}') = (lot IS NOT NULL)", name="lot"),
        CheckConstraint(f"(act = '{Photographed.__name__}') = (photograph IS NOT NULL)", name="photograph"),
        CheckConstraint("length(content) > 1", name="content"),
        digest("digest"),
        Index(None, "order_number", "serial"),
        Index(None, "code", "lot"),
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


class Searched(TypedDict):
    """The columns that are searched, beside serial and number."""

    at: str
    act: str
    state: BagState
    order_number: str | None
    code: str | None
    lot: str | None
    photograph: str | None


def searched(event: BagEvent, before: BagState | None) -> Searched:
    """The searched columns of an event of a bag in this state; None: there is no bag yet.

    Raises:
        ValueError: the move is not legal there: a bug.
    """
    what = event.what
    return Searched(
        at=utc_text(event.at),
        act=type(what).__name__,
        state=_state_after(before, what.move),
        order_number=what.order_number if isinstance(what, Started) else None,
        code=what.code if isinstance(what, ProductScanned) else None,
        lot=what.lot if isinstance(what, ProductScanned) else None,
        photograph=what.sha256 if isinstance(what, Photographed) else None,
    )


def _state_after(before: BagState | None, move: BagMove) -> BagState:
    if before is None and move is BagMove.START:
        return BagState.IN_PREPARATION
    after = None if before is None else state_after(before, move)
    if after is None:
        raise ValueError(f"{move.value} is not legal {before.value if before else 'where no bag is'}")
    return after


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
        columns = searched(event, self._session.scalar(newest))
        content = fact_text(event)
        digest = digest_of_text(content)
        self._session.add(
            row(serial=event.serial, number=event.number, content=content, digest=digest, **columns)
        )
        self._session.flush()
        self.added.append(Kept(digest, columns["at"]))
        if columns["photograph"] is not None:
            self.photographs.add(columns["photograph"])

    def of_bag(self, serial: str) -> tuple[BagEvent, ...]:
        """A bag's events in their order."""
        row = BagEventRow
        query = select(row.number, row.content, row.digest).where(row.serial == serial).order_by(row.number)
        return tuple(
            event_of(content, digest, serial=serial, number=number)
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


def event_of(content: str, digest: str, *, serial: str, number: int) -> BagEvent:
    """The event of a row.

    Raises:
        DamagedText: the content has another digest, or is not this event.
    """
    event = fact_on_file(BagEvent, content, digest)
    if (event.serial, event.number) != (serial, number):
        raise DamagedText(f"another event than its row's: {serial} {number}")
    return event
