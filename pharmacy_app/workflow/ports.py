"""What the workflow needs from outside, as small Protocols. Adapters do not inherit from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol as Port
from typing import Self

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.label import LabelContent, ReadBack
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan, PlannedBag


class HolidayCalendar(Port):
    """Public holidays of a country and province, such as `CA-ON`."""

    def days(self, region: str, *, first: date, last: date) -> frozenset[date]:
        """All public holidays, with their observed days, from first to last."""
        ...


class Phrases(Port):
    """The wording catalogue: a code and its values become a sentence."""

    def __call__(self, code: str, **values: str) -> str: ...


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A finished document and what was wrong with it. With a stop among the findings `pdf` is empty."""

    pdf: bytes
    findings: tuple[Finding, ...]


class LabelRenderer(Port):
    """Draws a label. The same content gives the same bytes."""

    @property
    def stocks(self) -> tuple[str, ...]:
        """The stocks that have a layout, such as `4x3`."""
        ...

    def draw(self, content: LabelContent, *, stock: str, dpi: int) -> RenderedDocument:
        """The label as PDF; a stop for each item that does not fit or cannot be drawn."""
        ...

    def read_back(self, pdf: bytes, *, dpi: int) -> ReadBack:
        """What stands on the rendered label, decoded and taken out again."""
        ...


class WorksheetRenderer(Port):
    """Draws a worksheet on one Letter page."""

    def draw(self, plan: Plan, bag: PlannedBag, findings: Sequence[Finding]) -> RenderedDocument:
        """The worksheet as PDF."""
        ...


@dataclass(frozen=True, slots=True)
class StoredOrder:
    """An order on file, with when it was stored."""

    order: Order
    stored_at: datetime


class Orders(Port):
    """Orders on file."""

    def add(self, order: Order) -> None: ...
    def with_number(self, order_number: str) -> StoredOrder | None: ...
    def of_patient(self, record_number: str) -> tuple[StoredOrder, ...]: ...
    def all(self) -> tuple[StoredOrder, ...]: ...


class Plans(Port):
    """Plans made for orders on file. A new plan supersedes the former one; none is edited."""

    def add(self, plan: Plan) -> int:
        """Keep it; returns its revision for that order, counted from 1."""
        ...

    def latest_sequence(self, order_number: str) -> tuple[int, tuple[int, ...]] | None:
        """Revision and bag durations in hours of the newest plan."""
        ...


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """A label that was made: which, when, and the digest of its bytes."""

    order_number: str
    plan_revision: int
    bag: int
    serial: str
    stock: str
    dpi: int
    sha256: str
    made_at: datetime


class Labels(Port):
    """Labels made."""

    def add(self, label: StoredLabel) -> None: ...
    def of_order(self, order_number: str) -> tuple[StoredLabel, ...]: ...


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act, refusal or override. `facts` are the things it is about, by name, already as text."""

    act: str
    thing: str
    person: str
    station: str
    at: datetime
    facts: tuple[tuple[str, str], ...] = ()
    digest_before: str = ""
    digest_after: str = ""


class Audit(Port):
    """The record: entries chained by digest, only ever added."""

    def add(self, entry: AuditEntry) -> None: ...


class UnitOfWork(Port):
    """One transaction. Leaving the block without `commit()` rolls everything back."""

    @property
    def orders(self) -> Orders: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def audit(self) -> Audit: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None: ...


class OpenUnitOfWork(Port):
    """Opens a transaction."""

    def __call__(self) -> UnitOfWork: ...
