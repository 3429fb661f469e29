"""The Worksheet page: one drawn bag, both ways to its dose, its steps, and the supplies asked and checked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.files import write_whole
from pharmacy_app.workflow.worksheet import Worksheet
from ui import theme
from ui.icons import Icon
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.remarks import remark_of_finding
from ui.widgets.bag_chooser import BagChooser
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.notice import NoticeCard
from ui.widgets.save import ask_where
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.worksheet.bag_picture import BagPicture
from ui.worksheet.dose_panel import DosePanel, Strip
from ui.worksheet.presenter import LoadedWorksheet, WorksheetPresenter, load_worksheet
from ui.worksheet.steps_panel import StepsPanel
from ui.worksheet.supplies_form import FILL
from ui.worksheet.supplies_panel import SuppliesPanel
from ui.worksheet.view import SheetView, WorksheetView

PANELS = ("dose", "steps", "supplies", "findings")


class WorksheetPage(Page):
    """A technician reads, a pharmacist checks. Ctrl+Left and Ctrl+Right go from bag to bag."""

    name = PageName.WORKSHEET
    nouns = frozenset({Noun.ORDER, Noun.PLAN})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = WorksheetPresenter(self.desk, self.words)
        self.ask_path: Callable[[str], Path | None] = partial(
            ask_where, self, self.words("ui.worksheet.save-title")
        )
        self._subject = Subject()
        self.chooser = BagChooser(self.words)
        self.chooser.chosen.connect(self._go_to_bag)
        self.save = Button(self.words("ui.worksheet.save"), filled=True)
        self.save.clicked.connect(self._save)
        self.head.add_act(self.chooser)
        self.head.add_act(self.save)
        self.picture = BagPicture()
        self.supplies = SuppliesPanel(self.words)
        self.supplies.answered.connect(self._answer)
        self._strip = Strip()
        self.dose = DosePanel(self.words)
        self.dose.fill_answered.connect(lambda values: self._answer(FILL, values))
        self._steps = StepsPanel(self.words)
        self._findings = FindingList(self.words)
        self._saved = Text(size=theme.SMALL, role="muted", wrap=True)
        self.refused = FindingList(self.words)
        self._notice = NoticeCard(self.words)
        self._sheet = self._sheet_body()
        self.body.addWidget(self._notice, 1)
        self.body.addWidget(self._sheet, 1)
        self._shortcut("Ctrl+Left", -1)
        self._shortcut("Ctrl+Right", 1)
        self._show()

    def _sheet_body(self) -> QWidget:
        self._total = Text(size=theme.TITLE, bold=True)
        left = Card(self.words("ui.worksheet.goes-in"), beside_title=self._total)
        self._which = Text(size=theme.SMALL, role="muted")
        self._not_accepted = Tag(Icon.REASON, self.words("ui.worksheet.not-accepted"))
        below = QHBoxLayout()
        below.addWidget(self._which)
        below.addStretch(1)
        below.addWidget(self._not_accepted)
        left.column.addLayout(below)
        left.column.addWidget(self.picture, 1)
        left.column.addWidget(Text(self.words("ui.worksheet.to-scale"), theme.SMALL, role="muted", wrap=True))
        left.column.addWidget(self.refused)
        left.column.addWidget(self._saved)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(left, 42)
        row.addLayout(self._right(), 58)
        return whole

    def _right(self) -> QVBoxLayout:
        self._stack = QStackedWidget()
        self.tabs = SegmentedChoice(
            [(name, self.words(f"ui.worksheet.panel.{name}")) for name in PANELS], size=14
        )
        self.tabs.set_name(self.words("ui.worksheet.panel-choice"))
        self.tabs.set_values(["dose"])
        self.tabs.chosen.connect(lambda values: self._stack.setCurrentIndex(PANELS.index(values[0])))
        for panel in (self.dose, self._steps, _in_card(self.supplies), _in_card(_scrolled(self._findings))):
            self._stack.addWidget(panel)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACES[1])
        column.addWidget(self._strip)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        return column

    def _shortcut(self, keys: str, step: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._go_to_bag(self.presenter.bag + step))

    def show_subject(self, subject: Subject) -> None:
        self._subject = Subject(subject.order_number, subject.bag or 1)
        self.reload()

    def reload(self) -> None:
        if not self._subject.order_number:
            self._take(None)
            return
        question = partial(load_worksheet, self.desk, self._subject.order_number, self._subject.bag or 1)
        self.gateway.ask(question, done=self._take, topic="worksheet page")

    def first_focus(self) -> QWidget | None:
        return self.tabs.focus_target() if self._sheet.isVisibleTo(self) else None

    def _take(self, loaded: LoadedWorksheet | None) -> None:
        self.presenter.take(loaded)
        self._saved.say("")
        self.refused.show_remarks(())
        self._show()
        focused = QApplication.focusWidget()
        if self._sheet.isVisible() and not (focused and self.isAncestorOf(focused)):
            self.tabs.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_bag(self, number: int) -> None:
        if 1 <= number <= self.presenter.last_bag and number != self.presenter.bag:
            self._subject = Subject(self._subject.order_number, number)
            self.subject_changed.emit(self._subject)
            self.reload()

    def _answer(self, key: str, values: tuple[str, ...]) -> None:
        self.presenter.answer(key, values)
        self._show()

    def _save(self) -> None:
        worksheet = self.presenter.worksheet
        if worksheet is None or not self.presenter.view().may_save:
            return
        path = self.ask_path(self.presenter.file_name())
        if path is not None:
            self.gateway.change(
                partial(self._draw_and_write, worksheet, path),
                nouns=frozenset(),
                done=lambda written: self._saved.say(self.words("ui.worksheet.saved", path=str(written))),
                refused=self._not_saved,
            )

    def _draw_and_write(self, worksheet: Worksheet, path: Path) -> Path:
        document = self.desk.worksheet_pdf(worksheet)
        if not document.pdf:
            raise RulesRefused(document.findings)
        write_whole(path, document.pdf)
        return path

    def _not_saved(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            self.refused.show_remarks([remark_of_finding(each, self.words) for each in error.findings])

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self.chooser.show_bag(view.bag, view.last_bag)
        self.save.setVisible(view.sheet is not None)
        self.save.setEnabled(view.may_save)
        self._sheet.setVisible(view.sheet is not None)
        self._notice.setVisible(view.sheet is None)
        if view.sheet is None:
            self._notice.show_notice(view.notice, view.notice_remarks)
        else:
            self._show_sheet(view, view.sheet)

    def _show_sheet(self, view: WorksheetView, sheet: SheetView) -> None:
        self._which.say(view.which)
        self._not_accepted.setVisible(not view.accepted)
        self._total.say(self.words("ui.worksheet.total", total=sheet.total))
        self.picture.show_bag(sheet.contents, fill_known=sheet.fill_known)
        self.picture.setAccessibleName(self.words("ui.worksheet.goes-in"))
        layers = [f"{layer.volume_text} {layer.words}" for layer in sheet.contents.layers]
        self.picture.setAccessibleDescription("; ".join(layers))
        self._strip.show_items(sheet.strip)
        self.dose.show_sheet(sheet)
        self._steps.show_sheet(sheet)
        self._findings.show_remarks(sheet.remarks)
        if view.supplies is not None:
            self.supplies.show_supplies(view.supplies)
            self._count("supplies", view.supplies.stops)
        self._count("findings", len(sheet.remarks))

    def _count(self, panel: str, number: int) -> None:
        text = self.words(f"ui.worksheet.panel.{panel}-counted", count=str(number)) if number else ""
        self.tabs.segments()[PANELS.index(panel)].setText(text or self.words(f"ui.worksheet.panel.{panel}"))


def _in_card(widget: QWidget) -> Card:
    card = Card()
    card.column.setContentsMargins(12, 8, 6, 6)
    card.column.addWidget(widget)
    return card


def _scrolled(widget: QWidget) -> QScrollArea:
    inside = QWidget()
    inside.setProperty("role", "scrolled")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 12, 0)
    column.addWidget(widget)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area
