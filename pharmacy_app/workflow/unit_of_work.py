"""What the workflow needs of the file, as small Protocols: facts, their entries, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from typing import Protocol as Port

if TYPE_CHECKING:
    from pharmacy_app.domain.acceptance import OrderAcceptance, WeightTaken
    from pharmacy_app.domain.audit import AuditEntry, ChainCheck, EntryFilter, RecordedEntry
    from pharmacy_app.domain.bag_event import BagEvent
    from pharmacy_app.domain.cold_storage import TimeOutside
    from pharmacy_app.domain.commissioning import FigureTyped, GroupSigned, Installation
    from pharmacy_app.domain.fact import Fact
    from pharmacy_app.domain.ice_score import IceScore
    from pharmacy_app.domain.infusion_stop import (
        Discontinuation,
        EscalationAnswer,
        InfusionRestart,
        InfusionStop,
    )
    from pharmacy_app.domain.order import Order
    from pharmacy_app.domain.person import Person, SignIns
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.domain.plan_record import PlanRecord
    from pharmacy_app.domain.print_job import PrintJob
    from pharmacy_app.domain.product import Lot, Product


@dataclass(frozen=True, slots=True)
class StoredOrder:
    """An order on file, when it was stored, and from when to when its patient's infusion runs.

    The three moments are aware. `reasons` are what a pharmacist typed, by the finding's code.
    """

    order: Order
    stored_at: datetime
    starts_at: datetime
    ends_at: datetime
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OrderHeading:
    """Which order, and whose: what lists and the search need of it."""

    order_number: str
    record_number: str
    family_name: str
    given_names: str
    date_of_birth: date
    cycle: int


class Orders(Port):
    """Orders on file. What `all` and `of_patient` give is sorted by start, newest first."""

    def add(self, order: StoredOrder) -> None: ...
    def with_number(self, order_number: str) -> StoredOrder | None: ...
    def of_patient(self, record_number: str) -> tuple[StoredOrder, ...]: ...
    def all(self) -> tuple[StoredOrder, ...]: ...

    def headings(self) -> tuple[OrderHeading, ...]:
        """The heading of every order on file, newest start first, without the orders themselves."""
        ...


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan on file: its revision for that order, counted from 1, and what was kept of it."""

    revision: int
    made_at: datetime
    content: PlanRecord


class Plans(Port):
    """Plans made for orders on file. A new plan supersedes the former one; none is edited."""

    def add(self, plan: Plan, *, made_at: datetime) -> int:
        """Keep it; returns its revision for that order, counted from 1. A refused plan is not kept."""
        ...

    def latest(self, order_number: str) -> StoredPlan | None:
        """The newest plan of an order."""
        ...

    def with_revision(self, order_number: str, revision: int) -> StoredPlan | None:
        """One plan of an order, also one that was superseded; None: there is none."""
        ...

    def latest_sequence(self, order_number: str) -> tuple[int, tuple[int, ...]] | None:
        """Revision and bag durations in hours of the newest plan."""
        ...


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """A label that was made: which, when, and the digest of its bytes (64 hexadecimal digits)."""

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


class Audit(Port):
    """The record: entries chained by digest, only ever added."""

    def add(self, entry: AuditEntry) -> None: ...

    def check(self) -> ChainCheck:
        """Walks the whole record, compares it with its seal and with what is on file."""
        ...

    def entries(
        self, wanted: EntryFilter, *, limit: int, before: int | None = None
    ) -> tuple[RecordedEntry, ...]:
        """The newest entries that are meant, newest first, `limit` at most, as they stand on file.

        With `before`, those with a smaller number: so a large record is read in portions.
        """
        ...

    def count(self, wanted: EntryFilter) -> int:
        """How many entries are meant."""
        ...


FactType = TypeVar("FactType", bound="Fact")


class Facts(Port[FactType]):
    """Facts of one class. The newest of a key counts; the older ones stay."""

    def add(self, fact: FactType, *, at: datetime) -> int:
        """Keep it; its revision for that key, counted from 1."""
        ...

    def latest(self, key: str) -> FactType | None:
        """The newest fact of that key."""
        ...

    def all(self) -> tuple[FactType, ...]:
        """The newest fact of each key, sorted by key."""
        ...

    def history(self, key: str) -> tuple[FactType, ...]:
        """Every fact of that key, oldest first."""
        ...


class BagEvents(Port):
    """What happened to bags. Events of one bag are numbered from 1 without a gap."""

    def add(self, event: BagEvent) -> None:
        """Keep it. A number that is taken already is a bug."""
        ...

    def of_bag(self, serial: str) -> tuple[BagEvent, ...]:
        """A bag's events in their order; empty: there is no such bag."""
        ...

    def of_order(self, order_number: str) -> tuple[str, ...]:
        """The serials of an order's bags, in the order in which they were started."""
        ...

    def with_lot(self, code: str, lot: str) -> tuple[str, ...]:
        """The serials of every bag for which a unit of that lot was scanned (REQ-SUP-010)."""
        ...

    def with_unit(self, code: str, unit_serial: str) -> tuple[str, ...]:
        """The serials of every bag for which that unit of a product was scanned, whatever its lot."""
        ...

    def units_used(self) -> Mapping[str, int]:
        """How many units were scanned of each lot, by `product.lot_key`; a lot without any is absent."""
        ...

    def not_ended(self) -> tuple[str, ...]:
        """The serials whose last event leads to a state from which a move is legal."""
        ...

    def last_serial(self, day: str) -> str | None:
        """The highest serial that begins with these six digits, `261026`."""
        ...


class Photographs(Port):
    """Pictures of steps, kept under the SHA-256 of their bytes."""

    def add(self, content: bytes) -> str: ...
    def content(self, sha256: str) -> bytes | None: ...


class UnitOfWork(Port):
    """One transaction. Leaving the block without `commit()` rolls everything back.

    A fact and its entry go together: `commit()` refuses, as a bug, when something was added whose digest no
    entry of the same transaction has as `digest_after`. The digests: `order_document.order_digest(order)`,
    `plan_record.plan_digest(plan)`, `StoredLabel.sha256`, and `fact.fact_digest(fact)` for everything else.
    """

    @property
    def orders(self) -> Orders: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def people(self) -> Facts[Person]: ...
    @property
    def sign_ins(self) -> Facts[SignIns]: ...
    @property
    def acceptances(self) -> Facts[OrderAcceptance]: ...
    @property
    def weights(self) -> Facts[WeightTaken]: ...
    @property
    def products(self) -> Facts[Product]: ...
    @property
    def lots(self) -> Facts[Lot]: ...
    @property
    def times_outside(self) -> Facts[TimeOutside]: ...
    @property
    def infusion_stops(self) -> Facts[InfusionStop]: ...
    @property
    def infusion_restarts(self) -> Facts[InfusionRestart]: ...
    @property
    def discontinuations(self) -> Facts[Discontinuation]: ...
    @property
    def escalation_answers(self) -> Facts[EscalationAnswer]: ...
    @property
    def ice_scores(self) -> Facts[IceScore]: ...
    @property
    def figures(self) -> Facts[FigureTyped]: ...
    @property
    def signatures(self) -> Facts[GroupSigned]: ...
    @property
    def installations(self) -> Facts[Installation]: ...
    @property
    def bag_events(self) -> BagEvents: ...
    @property
    def photographs(self) -> Photographs: ...
    @property
    def print_jobs(self) -> Facts[PrintJob]: ...
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
    """Opens a transaction.

    While one writes, every other that writes waits, so what it reads stays true until it commits.
    With `reading` it sees one state, waits for nobody, and cannot commit.
    """

    def __call__(self, *, reading: bool = False) -> UnitOfWork: ...
