"""The Label page: a live preview, what was read back from it, the findings, and saving or printing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_send import Target
from ui import theme
from ui.icons import Icon
from ui.label.choices import ChoicesCard
from ui.label.giving import UnknownPrint
from ui.label.giving_card import GivingCard, UnknownCard
from ui.label.making import AtThePrinter, LabelAnswer, LabelRequest, at_the_printer, make_label, save_label
from ui.label.matching import Matching
from ui.label.presenter import LabelPresenter, LabelView
from ui.label.preview import LabelPreview
from ui.label.print_acts import PrintActs
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.remarks import Remark, remark_of_finding
from ui.widgets.bag_chooser import BagChooser
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.notice import NoticeCard
from ui.widgets.save import ask_where
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import Tag

SIDE_WIDTH = 320


class LabelPage(Page):
    """Every choice asks for a new label; until it is there, the preview is empty."""

    name = PageName.LABEL
    nouns = frozenset({Noun.ORDER, Noun.PLAN, Noun.BAG})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = LabelPresenter(self.words, stock=self.desk.stocks[0])
        self.ask_path: Callable[[str], Path | None] = partial(
            ask_where, self, self.words("ui.label.save-title")
        )
        self.acts = PrintActs(self, self)
        self.matching = Matching(self)
        self._refusals: tuple[Remark, ...] = ()
        self.chooser = BagChooser(self.words)
        self.preview = LabelPreview()
        self.preview.setAccessibleName(self.words("ui.label.preview"))
        self.choices = ChoicesCard(self.desk.stocks, self.words)
        self.giving = GivingCard(self.words)
        self.save = self.giving.save
        self.unknown = UnknownCard(self.words)
        self.head.add_act(self.chooser)
        self._notice = NoticeCard(self.words)
        self._shown = self._label_body()
        self.body.addWidget(self.unknown)
        self.body.addWidget(self._notice, 1)
        self.body.addWidget(self._shown, 1)
        self._wire()
        self._show()

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._want_bag)
        self.preview.zoomed.connect(lambda _zoom: self._say_scale())
        self.choices.changed.connect(self._want_stock_and_dots)
        self.giving.save.clicked.connect(self._save)
        self.giving.print.clicked.connect(self._print)
        self.giving.again.clicked.connect(self._print_again)
        self.giving.printed.clicked.connect(lambda: self._decide(printed=True))
        self.giving.not_printed.clicked.connect(lambda: self._decide(printed=False))
        self.unknown.decided.connect(self._decide_unknown)
        for keys, step in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self._want_bag(self.presenter.request.bag + by))

    def _label_body(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self.preview, 1)
        row.addWidget(self._side())
        return whole

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        self._signs = QVBoxLayout()
        self._signs.setSpacing(theme.SPACES[1])
        self._findings = FindingList(self.words)
        said = Card(self.words("ui.label.checked"), quiet=True)
        part = ScrollPart(edge=0)
        part.column.addLayout(self._signs)
        part.column.addWidget(self._findings)
        part.column.addStretch(1)
        said.column.addWidget(part, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(self.choices)
        column.addWidget(said, 1)
        column.addWidget(self.giving)
        return side

    def show_subject(self, subject: Subject) -> None:
        bag = subject.bag or self.presenter.request.bag
        self._want(replace(self.presenter.request, order_number=subject.order_number, bag=bag))

    def reload(self) -> None:
        """What was refused a moment ago stays in sight."""
        refusals = self._refusals
        self._want(self.presenter.request)
        self.show_refusal(refusals)

    def first_focus(self) -> QWidget | None:
        return self.preview if self._shown.isVisibleTo(self) else None

    def scan_expected(self) -> str:
        return self.matching.expected() or super().scan_expected()

    def scanned(self, text: str) -> None:
        """Tag and label of the released bag that is shown, in either order."""
        if self.presenter.serial:
            self.matching.take(text)
        else:
            super().scanned(text)

    # Which label

    def _want(self, request: LabelRequest) -> None:
        self.presenter.want(request)
        self._refusals = ()
        self.giving.say_saved("")
        self.gateway.ask(
            partial(at_the_printer, self.desk), done=self._take_printers, topic="printers", aside=True
        )
        if request.order_number:
            self.gateway.ask(partial(make_label, self.desk, request), done=self._take, topic="label page")
        self._show()

    def _want_bag(self, number: int) -> None:
        if number < 1 or number > self.presenter.view().last_bag:
            return
        self.subject_changed.emit(Subject(self.presenter.request.order_number, number))
        self._want(replace(self.presenter.request, bag=number))

    def _want_stock_and_dots(self) -> None:
        self._want(replace(self.presenter.request, stock=self.choices.stock.value, dpi=self.choices.dpi))

    def _take_printers(self, found: AtThePrinter) -> None:
        self.presenter.take_printers(found)
        self._show()

    def _take(self, answer: LabelAnswer | None) -> None:
        self.presenter.take(answer)
        self.matching.begin(self.presenter.serial, waits=self.presenter.view().giving.waits_for_scan)
        newest = self.presenter.newest
        if newest is not None and newest.state is PrintState.SENT and newest.reference:
            self.acts.ask_printer(newest.serial)
        self._show()

    # What becomes of it

    def _save(self) -> None:
        made = self.presenter.made
        if made is None or not self.presenter.view().may_save:
            return
        path = self.ask_path(self.presenter.file_name())
        if path is not None:
            self.gateway.change(
                partial(save_label, self.desk, made, self.presenter.plan_revision, path),
                nouns=frozenset({Noun.LABEL}),
                done=lambda written: self.giving.say_saved(self.words("ui.label.saved", path=str(written))),
                refused=self._not_saved,
            )

    def _not_saved(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            self.show_refusal(tuple(remark_of_finding(each, self.words) for each in error.findings))

    def show_refusal(self, remarks: tuple[Remark, ...]) -> None:
        """Why something was not done."""
        self._refusals = remarks
        self._show()

    def _print(self) -> None:
        self.giving.print.setEnabled(False)  # one press prints one label
        self.acts.print_label(self.presenter.serial, self._target())

    def _print_again(self) -> None:
        newest = self.presenter.newest
        if newest is not None:
            self.acts.reprint(newest.serial, newest.number, self._target())

    def _decide(self, *, printed: bool) -> None:
        newest = self.presenter.newest
        if newest is not None:
            decide = self.acts.it_printed if printed else self.acts.it_did_not_print
            decide(newest.serial, newest.number)

    def _decide_unknown(self, one: UnknownPrint, printed: bool) -> None:
        decide = self.acts.it_printed if printed else self.acts.it_did_not_print
        decide(one.serial, one.number)

    def _target(self) -> Target:
        request = self.presenter.request
        return Target(self.choices.printer.value, Paper(request.stock, request.dpi))

    # What is seen

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self.chooser.show_bag(view.request.bag if view.last_bag else 0, view.last_bag)
        self.unknown.show_prints(view.unknown)
        self._shown.setVisible(not view.notice)
        self._notice.setVisible(bool(view.notice))
        self._notice.show_notice(view.notice, view.notice_remarks)
        self._show_label(view)
        self.scan_expectation_changed.emit()

    def _show_label(self, view: LabelView) -> None:
        self.preview.show_picture(view.picture)
        self._say_scale()
        self.choices.show_view(view)
        clear(self._signs)
        for sign in view.signs:
            row = QHBoxLayout()
            row.addWidget(Tag(Icon(sign.tone), sign.text))
            row.addStretch(1)
            self._signs.addLayout(row)
        self._findings.show_remarks((*self._refusals, *view.remarks))
        self.preview.setAccessibleDescription("; ".join(sign.text for sign in view.signs))
        self.giving.show_giving(view.giving, may_save=view.may_save, why_not_save=view.why_not_save)

    def _say_scale(self) -> None:
        view = self.presenter.view()
        self.choices.say_scale(self.preview, view.request.dpi if view.picture is not None else 0)
