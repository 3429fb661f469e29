"""The Figures page: two pharmacists type every figure and sign; the installation is opened for patients."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from pharmacy_app.domain.errors import PharmacyError
from pharmacy_app.domain.finding import Finding
from pharmacy_app.workflow.commissioning_on_file import Overview
from pharmacy_app.workflow.people import Credentials
from ui import theme
from ui.figures.bags_panel import BagsPanel
from ui.figures.group_panel import GroupPanel
from ui.figures.opening_panel import OpeningPanel
from ui.figures.presenter import FiguresPresenter
from ui.figures.revisions_panel import RevisionsPanel
from ui.figures.table import GroupList
from ui.figures.view import FiguresView, Part
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.widgets.card import Card

LIST_WIDTH = 244
_CHANGED = frozenset({Noun.FIGURES})


class FiguresPage(Page):
    """Every value goes to the file when its field is left; what comes back uncovers the program's."""

    name = PageName.FIGURES
    nouns = _CHANGED

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = FiguresPresenter(self.words, zone=self.desk.site.time_zone)
        self.ask_path: Callable[[], Path | None] = self._ask_path
        self.head.set_title(self.words("ui.figures.name"))
        self.list = GroupList(self.words("ui.figures.list-name"))
        self.list.row_chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.group = GroupPanel(self.words)
        self.group.given.connect(self._type)
        self.group.signed.connect(self._sign)
        self.opening = OpeningPanel(self.words)
        self.opening.opened.connect(self._open)
        self.bags = BagsPanel(self.words)
        self.bags.released.connect(self._release)
        self.revisions = RevisionsPanel(self.words)
        self.revisions.file_wanted.connect(self._compare)
        self._stack = QStackedWidget()
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        left = Card()
        left.column.setContentsMargins(1, 4, 1, 4)
        left.column.addWidget(self.list)
        left.setFixedWidth(LIST_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        self.body.addLayout(row, 1)

    @property
    def _panels(self) -> dict[Part, QWidget]:
        return {
            Part.GROUP: self.group,
            Part.OPENING: self.opening,
            Part.BAGS: self.bags,
            Part.REVISIONS: self.revisions,
        }

    def show_subject(self, subject: Subject) -> None:
        del subject  # figures belong to no order
        self.reload()

    def reload(self) -> None:
        self.gateway.ask(
            self.desk.commissioning.overview, done=self._take, refused=self._nobody, topic="figures page"
        )

    def first_focus(self) -> QWidget | None:
        return self.list

    def _take(self, overview: Overview) -> None:
        self.presenter.take(overview)
        self._show()

    def _nobody(self, error: PharmacyError) -> None:
        del error  # nobody works here now: the sign-in stands over the page
        self.presenter.forget()

    def _choose(self, key: str) -> None:
        self.presenter.choose(key)
        self._show()

    def _enter(self) -> None:
        target = self.group.first_input() if self._stack.currentWidget() is self.group else None
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _type(self, figure: str, text: str) -> None:
        keep = self.presenter.type(figure, text)
        self._show()
        if keep:
            self.gateway.change(
                partial(self.desk.commissioning.type_figure, figure, text),
                nouns=_CHANGED,
                done=lambda _found: None,
                refused=self._refused,
                broken_off=partial(self._not_kept, figure),
            )

    def _not_kept(self, figure: str) -> None:
        self.presenter.not_kept(figure)
        self._show()

    def _sign(self, secret: str) -> None:
        self._give(partial(self.desk.commissioning.sign, self.presenter.chosen, secret=secret), self._say)

    def _open(self, own: str, name: str, second: str) -> None:
        view = self.presenter.view()
        listed = view.opening.serials if view else ()
        act = partial(
            self.desk.commissioning.open_for_patients,
            secret=own,
            second=Credentials(name, second),
            listed=listed,
        )
        self._give(act, lambda _nothing: None)

    def _release(self, serial: str, secret: str) -> None:
        self._give(
            partial(self.desk.commissioning.release_bag_again, serial, secret=secret), lambda _nothing: None
        )

    def _give(self, act: Callable[[], object], done: Callable[[object], None]) -> None:
        self.gateway.change(act, nouns=_CHANGED, done=done, refused=self._refused)

    def _say(self, findings: object) -> None:
        if isinstance(findings, tuple):
            self.presenter.say(tuple(each for each in findings if isinstance(each, Finding)))

    def _refused(self, error: PharmacyError) -> None:
        self.presenter.refuse(error)
        self.reload()
        self._show()

    def _compare(self) -> None:
        path = self.ask_path()
        if path is not None:
            self.gateway.ask(
                partial(self.desk.commissioning.compare, path),
                done=lambda found: self._compared(*found),
                refused=self._not_compared,
                topic="compare revisions",
            )

    def _compared(self, *found: object) -> None:
        self.presenter.take_comparison(*found)  # type: ignore[arg-type]
        self._show()

    def _not_compared(self, error: PharmacyError) -> None:
        self.presenter.refuse_file(error)
        self._show()

    def _ask_path(self) -> Path | None:
        title = self.words("ui.figures.revisions.choose-title")
        chosen, _kind = QFileDialog.getOpenFileName(self, title, "", self.words("ui.figures.revisions.kind"))
        return Path(chosen) if chosen else None

    def _show(self) -> None:
        view = self.presenter.view()
        if view is None:
            return
        self.head.set_facts(view.facts)
        self.list.show_rows(view.rows, view.chosen)
        self._show_part(view)
        self._stack.setCurrentWidget(self._panels[view.part])

    def _show_part(self, view: FiguresView) -> None:
        match view.part:
            case Part.GROUP:
                if view.group is not None:
                    self.group.show_group(view.group, view.said)
            case Part.OPENING:
                self.opening.show_opening(view.opening, view.said)
            case Part.BAGS:
                self.bags.show_bags(view.bags, view.said)
            case Part.REVISIONS:
                self.revisions.show_revisions(view.revisions)
