"""The Label page: a live preview, what was read back from it, the findings, and saving it as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from ui import theme
from ui.icons import Icon
from ui.label.presenter import (
    RESOLUTIONS,
    LabelAnswer,
    LabelPresenter,
    LabelRequest,
    LabelView,
    make_label,
    save_label,
)
from ui.label.preview import LabelPreview
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.remarks import Remark, remark_of_finding
from ui.widgets.bag_chooser import BagChooser
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import ChoiceField, SelectField
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.notice import NoticeCard
from ui.widgets.save import ask_where
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import Tag
from ui.widgets.text import Text

SIDE_WIDTH = 300
_SCREEN_DPI = 96


class LabelPage(Page):
    """Every choice asks for a new label; until it is there, the preview is empty."""

    name = PageName.LABEL
    nouns = frozenset({Noun.ORDER, Noun.PLAN})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        stocks = self.desk.stocks
        self.presenter = LabelPresenter(self.words, stock=stocks[0])
        self.ask_path: Callable[[str], Path | None] = partial(
            ask_where, self, self.words("ui.label.save-title")
        )
        self._refusals: tuple[Remark, ...] = ()
        self.chooser = BagChooser(self.words)
        self.chooser.chosen.connect(self._want_bag)
        self.save = Button(self.words("ui.label.save"), filled=True)
        self.save.clicked.connect(self._save)
        self.head.add_act(self.chooser)
        self.preview = LabelPreview()
        self.preview.setAccessibleName(self.words("ui.label.preview"))
        self.stock = SelectField(
            self.words("ui.label.stock"),
            [(stock, self.words(f"ui.label.stocks.{stock}")) for stock in stocks],
            self.words,
        )
        self.stock.typed.connect(self._want_stock_and_dots)
        dots = [(str(dpi), self.words("ui.label.dpi", dpi=str(dpi))) for dpi in RESOLUTIONS]
        self.dots = ChoiceField(self.words("ui.label.resolution"), dots, self.words)
        self.dots.choice.set_values([dots[0][0]])
        self.dots.typed.connect(self._want_stock_and_dots)
        self._notice = NoticeCard(self.words)
        self._shown = self._label_body()
        self.body.addWidget(self._notice, 1)
        self.body.addWidget(self._shown, 1)
        for keys, step in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self._want_bag(self.presenter.request.bag + by))
        self._show()

    def _label_body(self) -> QWidget:
        self.preview.zoomed.connect(lambda _zoom: self._say_scale())
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
        choices = Card()
        choices.column.addWidget(self.stock)
        choices.column.addWidget(self.dots)
        self._scale = Text(size=theme.SMALL, role="muted", wrap=True)
        choices.column.addWidget(self._scale)
        self._signs = QVBoxLayout()
        self._signs.setSpacing(theme.SPACES[1])
        self._findings = FindingList(self.words)
        self._saved = Text(size=theme.SMALL, role="muted", wrap=True)
        self._why_not = Text(size=theme.SMALL, role="muted", wrap=True)
        said = Card(self.words("ui.label.checked"), quiet=True)
        part = ScrollPart(edge=0)
        part.column.addLayout(self._signs)
        part.column.addWidget(self._findings)
        part.column.addStretch(1)
        said.column.addWidget(part, 1)
        giving = Card()
        giving.column.addWidget(self.save)
        giving.column.addWidget(self._why_not)
        giving.column.addWidget(self._saved)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(choices)
        column.addWidget(said, 1)
        column.addWidget(giving)
        return side

    def show_subject(self, subject: Subject) -> None:
        bag = subject.bag or self.presenter.request.bag
        self._want(replace(self.presenter.request, order_number=subject.order_number, bag=bag))

    def reload(self) -> None:
        self._want(self.presenter.request)

    def first_focus(self) -> QWidget | None:
        return self.preview if self._shown.isVisibleTo(self) else None

    def _want(self, request: LabelRequest) -> None:
        self.presenter.want(request)
        self._refusals = ()
        self._saved.say("")
        if request.order_number:
            self.gateway.ask(partial(make_label, self.desk, request), done=self._take, topic="label page")
        self._show()

    def _want_bag(self, number: int) -> None:
        if number < 1 or number > self.presenter.view().last_bag:
            return
        self.subject_changed.emit(Subject(self.presenter.request.order_number, number))
        self._want(replace(self.presenter.request, bag=number))

    def _want_stock_and_dots(self) -> None:
        dots = int(self.dots.choice.value or RESOLUTIONS[0])
        self._want(replace(self.presenter.request, stock=self.stock.value, dpi=dots))

    def _take(self, answer: LabelAnswer | None) -> None:
        self.presenter.take(answer)
        self._show()

    def _save(self) -> None:
        made = self.presenter.made
        if made is None or not self.presenter.view().may_save:
            return
        path = self.ask_path(self.presenter.file_name())
        if path is not None:
            self.gateway.change(
                partial(save_label, self.desk, made, self.presenter.plan_revision, path),
                nouns=frozenset({Noun.LABEL}),
                done=lambda written: self._saved.say(self.words("ui.label.saved", path=str(written))),
                refused=self._not_saved,
            )

    def _not_saved(self, error: PharmacyError) -> None:
        if isinstance(error, RulesRefused):
            self._refusals = tuple(remark_of_finding(each, self.words) for each in error.findings)
        self._show()

    def _show(self) -> None:
        view = self.presenter.view()
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self.chooser.show_bag(view.request.bag if view.last_bag else 0, view.last_bag)
        self._shown.setVisible(not view.notice)
        self._notice.setVisible(bool(view.notice))
        self._notice.show_notice(view.notice, view.notice_remarks)
        self._show_label(view)

    def _show_label(self, view: LabelView) -> None:
        self.preview.show_picture(view.picture)
        self._say_scale()
        self.stock.set_value(view.request.stock)
        self.dots.choice.set_values([str(view.request.dpi)])
        clear(self._signs)
        for sign in view.signs:
            row = QHBoxLayout()
            row.addWidget(Tag(Icon(sign.tone), sign.text))
            row.addStretch(1)
            self._signs.addLayout(row)
        self._findings.show_remarks((*self._refusals, *view.remarks))
        self.preview.setAccessibleDescription("; ".join(sign.text for sign in view.signs))
        self.save.setEnabled(view.may_save)
        self.save.setAccessibleDescription(view.why_not_save)
        self._why_not.say(view.why_not_save)
        self._why_not.setVisible(bool(view.why_not_save))

    def _say_scale(self) -> None:
        view = self.presenter.view()
        if view.picture is None:
            self._scale.say("")
            return
        zoom, dpi = self.preview.zoom, view.request.dpi
        code = "ui.label.scale" if self.preview.fits else "ui.label.scale-moves"
        percent = zoom * dpi * 100 // _SCREEN_DPI
        self._scale.say(self.words(code, pixels=str(zoom), percent=str(percent)))
