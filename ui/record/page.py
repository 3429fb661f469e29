"""The Record page: whether the record is whole, what was done, which bags hold a lot. Nothing is edited."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.scan import BagScan, ProductScan
from pharmacy_app.workflow.record_export import Form
from pharmacy_app.workflow.record_question import RecordQuestion
from ui import theme
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.record.asking import remarks_of
from ui.record.chain_card import ChainCard
from ui.record.entries_part import EntriesPart
from ui.record.giving_out import GivingOut
from ui.record.presenter import ChainPresenter, EntriesPresenter
from ui.record.recalling import Recalling
from ui.scan_answer import ScanAnswer, accepted, refused, unreadable
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.scan import Scan
    from pharmacy_app.workflow.record_book import Portion
    from pharmacy_app.workflow.record_export import ChainState

ENTRIES, RECALL = "entries", "recall"


class RecordPage(Page):
    """Two views under the state of the chain: the entries, and the bags of a lot."""

    name: ClassVar[PageName] = PageName.RECORD
    nouns: ClassVar[frozenset[Noun]] = frozenset(Noun)  # every change leaves an entry

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.zone = ZoneInfo(self.desk.site.time_zone)
        self.chain = ChainPresenter(self.words)
        self.presenter = EntriesPresenter(self.words)
        self.chain_card = ChainCard(self.words)
        self.entries = EntriesPart(self.words)
        self.recalling = Recalling(self, context, zone=self.zone, shown=self._allow_files)
        self.giving_out = GivingOut(self, context, say=self._say, refused=self._refuse_file)
        self.views = SegmentedChoice(
            [(each, self.words(f"ui.record.view.{each}")) for each in (ENTRIES, RECALL)], quiet=True
        )
        self.refusals = FindingList(self.words)
        self._said = Text(size=theme.SMALL, role="muted", wrap=True)
        self._subject = Subject()
        self._arrange()
        self._wire()
        self._say("")
        self.show_view(ENTRIES)
        self.reload()

    def _arrange(self) -> None:
        self.head.set_title(self.words("ui.record.name"))
        self.views.setFixedWidth(240)
        self.views.set_name(self.words("ui.record.views"))
        self.head.add_act(self.views)
        for button in self.giving_out.buttons.values():
            self.head.add_act(button)
        self.body.addWidget(self.chain_card)
        self.body.addWidget(self.refusals)
        self.body.addWidget(self._said)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self.entries)
        self._stack.addWidget(self.recalling.part)
        self.body.addWidget(stack, 1)

    def _wire(self) -> None:
        self.views.chosen.connect(lambda values: self.show_view(values[0]))
        self.chain_card.again.clicked.connect(self.check)
        self.entries.filters.asked.connect(self._ask)
        self.entries.table.row_chosen.connect(self._choose)
        self.entries.older_wanted.connect(lambda: self._turn(older=True))
        self.entries.newer_wanted.connect(lambda: self._turn(older=False))
        for form, button in self.giving_out.buttons.items():
            button.clicked.connect(partial(self._give_out, form))

    # The window's calls

    def show_subject(self, subject: Subject) -> None:
        self.check()
        if subject == self._subject:
            return
        self._subject = subject
        if subject.lot:
            self.show_view(RECALL)
            self.recalling.ask_for(subject.lot, subject.code)
        elif subject.serial:
            self.show_view(ENTRIES)
            self.entries.filters.ask_for(RecordQuestion(bag=subject.serial))

    def reload(self) -> None:
        self._load()
        self.recalling.reload()

    def first_focus(self) -> QWidget | None:
        return self.entries.filters.fields["patient"].edit if self.view == ENTRIES else self.recalling.first()

    def scan_expected(self) -> str:
        return self.words(f"ui.record.scan.{self.view}")

    def scanned(self, text: str) -> None:
        """A bag: its entries. A unit of a product: its lot's bags, or the entries that name the lot."""
        self.gateway.ask(
            partial(self.desk.read_scan, text),
            done=lambda scan: self.scan_answered.emit(self._take_scan(scan)),
            refused=lambda error: self.scan_answered.emit(self._not_read(error)),
        )

    # What happens

    @property
    def view(self) -> str:
        """Which of the two is in front."""
        return ENTRIES if self._stack.currentWidget() is self.entries else RECALL

    def show_view(self, name: str) -> None:
        """Bring one of the two views to the front."""
        self.views.set_values([name])
        self._stack.setCurrentWidget(self.entries if name == ENTRIES else self.recalling.part)
        self._say("")
        self.refusals.show_remarks(())
        self._show()
        self.scan_expectation_changed.emit()

    def check(self) -> None:
        """Walk the record again, beside everything else; one walk at a time."""
        if self.chain.begin():
            self.gateway.ask(self._checked, done=self._take_chain, aside=True)
        self._show()

    def _checked(self) -> tuple[ChainState, datetime]:
        return self.desk.record.check(), self.desk.now().astimezone(self.zone)

    def _take_chain(self, found: tuple[ChainState, datetime]) -> None:
        self.chain.take(*found)
        self._show()

    def _ask(self, question: RecordQuestion) -> None:
        self.presenter.ask(question)
        self._load()

    def _turn(self, *, older: bool) -> None:
        if older:
            self.presenter.older()
        else:
            self.presenter.newer()
        self._load()

    def _load(self) -> None:
        ask = partial(self.desk.record.look, self.presenter.question, before=self.presenter.before)
        self.gateway.ask(ask, done=self._take, refused=self._refuse, topic="record entries")

    def _take(self, portion: Portion) -> None:
        self.presenter.take(portion)
        self._show()

    def _refuse(self, error: PharmacyError) -> None:
        self.presenter.refuse(error)
        self._show()

    def _choose(self, key: str) -> None:
        self.presenter.choose(key)
        self._show()

    def _take_scan(self, scan: Scan) -> ScanAnswer:
        match scan:
            case BagScan(serial=serial):
                self.show_view(ENTRIES)
                self.entries.filters.ask_for(RecordQuestion(bag=serial))
                return accepted(self.words("ui.record.scan.bag", serial=serial))
            case ProductScan(code=code, lot=lot) if lot and self.view == RECALL:
                self.recalling.ask_for(lot, code)
            case ProductScan(lot=lot) if lot:
                self.entries.filters.ask_for(RecordQuestion(lot=lot))
            case _:
                return refused(self.words("ui.record.scan.neither"))
        return accepted(self.words("ui.record.scan.lot", lot=lot))

    def _not_read(self, error: PharmacyError) -> ScanAnswer:
        assert isinstance(error, InputRefused)
        return unreadable(error, self.words)

    def _give_out(self, form: Form) -> None:
        self.refusals.show_remarks(())
        if self.view == RECALL:
            found = self.recalling.presenter.found
            if found is not None:
                draw_up = partial(self.desk.record.draw_up_recall, found)
                self.giving_out.start(form, draw_up, name=self.words("ui.record.export.recall-name"))
            return
        draw_up = partial(self.desk.record.draw_up, self.presenter.question)
        self.giving_out.start(form, draw_up, name=self.words("ui.record.export.name"))

    def _allow_files(self) -> None:
        """What can be given out of the view in front; a lot's bags have no JSON."""
        forms: Collection[Form] = tuple(Form)
        if self.view == RECALL:
            forms = () if self.recalling.presenter.found is None else (Form.CSV, Form.PDF)
        self.giving_out.allow(forms)

    def _refuse_file(self, error: PharmacyError) -> None:
        self.refusals.show_remarks(remarks_of(error, self.words))

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)
        self._said.setVisible(bool(sentence))

    @property
    def said(self) -> str:
        """What became of the last file."""
        return self._said.text()

    def _show(self) -> None:
        self.chain_card.show_view(self.chain.view())
        self.entries.show_view(self.presenter.view(self.chain.first_bad))
        self.recalling.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.entries.widen(self.width())
