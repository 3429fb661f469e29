"""The desk: every command of this program in one place, bound to one rulebook, one clock, one database.

The window calls nothing else. Each method that keeps something is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.audit import ChainCheck
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.scan import Scan
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.supply import Supplies, check_supplies
from pharmacy_app.workflow.commissioning import Commissioning, ReadProtocol
from pharmacy_app.workflow.course import Course
from pharmacy_app.workflow.ice import IceScores
from pharmacy_app.workflow.label import MadeLabel, keep_label, make_specimen
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.listing import ListingRenderer
from pharmacy_app.workflow.order import (
    accept_order,
    accepted_orders,
    check_with_file,
    keep_order,
    orders_on_file,
)
from pharmacy_app.workflow.order_reading import OrderReader, OrderReading
from pharmacy_app.workflow.people_desk import People
from pharmacy_app.workflow.plan import Alternative, alternatives
from pharmacy_app.workflow.plan_exports import PlanDrawers, PlanExports
from pharmacy_app.workflow.plan_on_file import (
    keep_plan,
    newest_plan,
    plan_beside_file,
    reasons_still_open,
)
from pharmacy_app.workflow.ports import (
    LabelRenderer,
    Phrases,
    Picture,
    RenderedDocument,
    ScanReader,
    WorksheetRenderer,
)
from pharmacy_app.workflow.preparation import Bench
from pharmacy_app.workflow.printers import Printers
from pharmacy_app.workflow.printing import Printing
from pharmacy_app.workflow.record_book import RecordBook
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock_desk import Stock
from pharmacy_app.workflow.stock_files import StockFiles
from pharmacy_app.workflow.training_codes import CodeSheetRenderer, training_codes
from pharmacy_app.workflow.training_start import start_training
from pharmacy_app.workflow.training_walk import TrainingWalk
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, StoredOrder
from pharmacy_app.workflow.verification import Verification
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet


@dataclass(frozen=True, slots=True)
class Desk:
    """The commands, given at one station. `examples` are training order documents."""

    station: Station
    words: Phrases
    order_reader: OrderReader
    scan_reader: ScanReader
    label_renderer: LabelRenderer
    worksheet_renderer: WorksheetRenderer
    listing_renderer: ListingRenderer
    plan_drawers: PlanDrawers
    printers: Printers
    stock_files: StockFiles
    code_sheet_renderer: CodeSheetRenderer
    protocol_reader: ReadProtocol
    examples: Callable[[], tuple[Mapping[str, object], ...]]

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self.station.rulebook()

    @property
    def people(self) -> People:
        """Who works here, and the accounts."""
        return People(self.station)

    @property
    def commissioning(self) -> Commissioning:
        """The figures of protocol and site, which two pharmacists sign."""
        return Commissioning(self.station, self.protocol_reader)

    @property
    def stock(self) -> Stock:
        """The catalogue and the lots."""
        return Stock(self.station, self.stock_files)

    @property
    def bench(self) -> Bench:
        """The bench at this station."""
        return Bench(self.station)

    @property
    def course(self) -> Course:
        """What happens to an infusion that does not go to plan."""
        return Course(self.station)

    @property
    def ice(self) -> IceScores:
        """The ICE scores of an order's patient."""
        return IceScores(self.station)

    @property
    def verification(self) -> Verification:
        """The verifying pharmacist's place at this station."""
        return Verification(self.station, self.words)

    @property
    def ledger(self) -> Ledger:
        """Where the bags are, and what a scan of one answers."""
        return Ledger(self.station)

    @property
    def printing(self) -> Printing:
        """The labels and tags that are printed at this station."""
        return Printing(self.station, self.words, self.label_renderer, self.printers)

    @property
    def record(self) -> RecordBook:
        """The record, read and given out; recall; the search."""
        return RecordBook(self.station, self.words, self.listing_renderer)

    @property
    def exports(self) -> PlanExports:
        """The plan in force, on paper and as a calendar."""
        return PlanExports(self.station, self.words, self.plan_drawers, self.plan_on_file)

    @property
    def training_walk(self) -> TrainingWalk:
        """Walks the training bag through the program."""
        return TrainingWalk(
            self.station, self.words, self.order_reader, self.stock_files, self.label_renderer, self.printers
        )

    @property
    def open_unit_of_work(self) -> OpenUnitOfWork:
        """Opens a transaction."""
        return self.station.open_unit_of_work

    @property
    def protocol(self) -> Protocol:
        """The protocol in use."""
        return self.rulebook.protocol

    @property
    def site(self) -> Site:
        """The site's figures."""
        return self.rulebook.site

    @property
    def stocks(self) -> tuple[str, ...]:
        """The label stocks that can be drawn."""
        return self.label_renderer.stocks

    def at_time(self, clock: Callable[[], datetime]) -> Desk:
        """The same desk with another clock."""
        return replace(self, station=replace(self.station, clock=clock, watch=None))

    def now(self) -> datetime:
        """The present, aware."""
        return self.station.now()

    def read_order(self, document: Mapping[str, object]) -> OrderReading:
        """The order in a document, or every field that is refused."""
        return self.order_reader(document, self.protocol)

    def read_scan(self, text: str) -> Scan:
        """What a code says that was scanned or typed here.

        Raises:
            InputRefused: it breaks a rule of its kind, or it can be read in two ways. Its field is `scan`.
        """
        own_gtins = frozenset(each.gtin for each in self.site.bag_gtins)
        today = self.now().astimezone(ZoneInfo(self.site.time_zone)).date()
        return self.scan_reader(text, own_gtins=own_gtins, today=today)

    def check_order(self, order: Order) -> tuple[Finding, ...]:
        """Every finding about an order, beside what is on file."""
        return check_with_file(order, self.rulebook, self.open_unit_of_work, now=self.now())

    def plan(self, order: Order) -> Plan:
        """The plan of an order, beside what is on file."""
        return plan_beside_file(order, self.station)

    def alternatives(self, plan: Plan) -> tuple[Alternative, ...]:
        """What the plan beats."""
        return alternatives(plan, self.rulebook, now=self.now())

    def orders(self) -> tuple[StoredOrder, ...]:
        """The orders on file, newest start first."""
        return orders_on_file(self.open_unit_of_work)

    def keep_order(self, order: Order, reasons: Mapping[str, str] | None, *, accept: bool = False) -> None:
        """Keep an order; `reasons` by the code of the finding they answer, None where they stay open.

        Raises:
            RulesRefused: a rule stops it, a reason is missing, or it is not for the person who works here.
            StationTrouble: the database does not take it; nothing was kept.
        """
        keep_order(order, reasons, self.station, accept=accept)

    def accept_order(self, order_number: str) -> None:
        """A pharmacist accepts an order on file. Raises as `keep_order`."""
        accept_order(order_number, self.station)

    def accepted_orders(self) -> frozenset[str]:
        """The numbers of the orders that are accepted as they stand on file."""
        return accepted_orders(self.open_unit_of_work)

    def reasons_still_open(self, plan: Plan) -> tuple[Finding, ...]:
        """The plan's findings that ask for a reason which is not kept with its order."""
        return reasons_still_open(plan, self.open_unit_of_work)

    def keep_plan(self, plan: Plan, reasons: Mapping[str, str] | None = None) -> int:
        """Keep a plan, with the reasons typed now; its revision for that order. Raises as `keep_order`."""
        return keep_plan(plan, reasons or {}, self.station)

    def plan_revision(self, order_number: str) -> int | None:
        """The revision of the newest plan on file; None where none was kept."""
        with self.open_unit_of_work(reading=True) as work:
            kept = work.plans.latest_sequence(order_number)
        return None if kept is None else kept[0]

    def plan_on_file(self, order_number: str) -> Plan | None:
        """The newest plan of an order on file, computed again; None where none was kept."""
        return newest_plan(order_number, self.station)

    def worksheet(self, plan: Plan, number: int) -> Worksheet:
        """The worksheet of one bag."""
        return make_worksheet(plan, number, self.site)

    def worksheet_pdf(self, worksheet: Worksheet) -> RenderedDocument:
        """The worksheet as a PDF."""
        return self.worksheet_renderer.draw(worksheet)

    def check_supplies(self, supplies: Supplies) -> tuple[Finding, ...]:
        """Every finding about a bag's supplies."""
        return check_supplies(supplies, self.protocol)

    def label(self, plan: Plan, number: int, *, stock: str, dpi: int, plan_revision: int = 1) -> MadeLabel:
        """A specimen label of one bag of the plan of this revision, read back."""
        return make_specimen(
            plan, number, site=self.site, words=self.words, renderer=self.label_renderer, stock=stock,
            dpi=dpi, plan_revision=plan_revision,
        )  # fmt: skip

    def keep_label(self, made: MadeLabel, *, plan_revision: int) -> None:
        """Keep that a label was made. Raises as `keep_order`."""
        keep_label(made, self.station, plan_revision=plan_revision)

    def check_record(self) -> ChainCheck:
        """Walk the record: whether an entry was changed, removed, inserted or cut off."""
        with self.open_unit_of_work(reading=True) as work:
            return work.audit.check()

    def picture(self, pdf: bytes, *, dpi: int) -> Picture:
        """A label as the printer draws it."""
        return self.label_renderer.picture(pdf, dpi=dpi)

    def example_orders(self) -> tuple[Mapping[str, object], ...]:
        """The training pharmacy's order documents."""
        return self.examples()

    def training_codes(self) -> bytes:
        """The codes of the training products on paper, as PDF. Raises RulesRefused outside training."""
        return self.code_sheet_renderer.draw(training_codes(self.stock_files, self.words, self.station))

    def start_training(self) -> None:
        """Make the training accounts, stock and example orders.

        Raises:
            RulesRefused: this is no training installation, or a training account's name is taken.
            StationTrouble: the database does not take it.
        """
        start_training(
            self.station,
            self.stock_files,
            words=self.words,
            examples=self.examples(),
            read=self.read_order,
            plan=self.plan,
        )
