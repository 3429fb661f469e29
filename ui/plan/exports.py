"""The two buttons that give the accepted plan out: on one page to be printed, and as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pharmacy_app.files import write_whole
from ui import theme
from ui.page import Noun, PageContext
from ui.widgets.button import Button

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.plan_exports import PlanExport

_KINDS = {"pdf": "PDF (*.pdf)", "ics": "iCalendar (*.ics)"}


class PlanGivingOut:
    """`row` holds both buttons, side by side. `say` tells what became of a file, `refused` why there is none.

    `ask_place` asks a person where a file goes.
    """

    def __init__(
        self,
        page: QWidget,
        context: PageContext,
        *,
        say: Callable[[str], None],
        refused: Callable[[PharmacyError], None],
    ) -> None:
        self._page = page
        self._desk, self._gateway, self._words = context.desk, context.gateway, context.words
        self._say, self._refused = say, refused
        self._order_number = ""
        exports = self._desk.exports
        self.print = self._button("ui.plan.export.print", exports.paper)
        self.calendar = self._button("ui.plan.export.calendar", exports.calendar)
        self.row = QWidget()
        buttons = QHBoxLayout(self.row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(theme.SPACES[1])
        buttons.addWidget(self.print, 1)
        buttons.addWidget(self.calendar, 1)
        self.ask_place: Callable[[str], Path | None] = self._ask_place

    def allow(self, order_number: str) -> None:
        """The accepted plan of this order can be given out; empty: none can."""
        self._order_number = order_number
        self.row.setVisible(bool(order_number))

    def _button(self, code: str, draw: Callable[[str], PlanExport]) -> Button:
        button = Button(self._words(code))
        button.setFont(theme.font(theme.SMALL, bold=True))
        button.setFixedHeight(theme.FIELD_HEIGHT)
        button.setAccessibleDescription(self._words(f"{code}-said"))
        button.clicked.connect(lambda: self._start(draw))
        return button

    def _start(self, draw: Callable[[str], PlanExport]) -> None:
        """Make the file, ask where it goes, keep its entry, write it."""
        if self._order_number:
            question = partial(draw, self._order_number)
            self._gateway.ask(question, done=self._place, refused=self._refused, topic="plan export")

    def _place(self, export: PlanExport) -> None:
        path = self.ask_place(export.name)
        if path is not None:
            self._gateway.change(
                partial(_give_out, self._desk, export, path),
                nouns=frozenset({Noun.RECORD}),
                done=lambda written: self._say(self._words("ui.plan.export.saved", path=str(written))),
                refused=self._refused,
            )

    def _ask_place(self, name: str) -> Path | None:
        title, kind = self._words("ui.plan.export.title"), _KINDS[name.rpartition(".")[2]]
        path, _kind = QFileDialog.getSaveFileName(self._page, title, str(Path.home() / name), kind)
        return Path(path) if path else None


def _give_out(desk: Desk, export: PlanExport, path: Path) -> Path:
    """Keep that the plan is given out, then write it: no copy leaves without its entry."""
    desk.exports.keep(export)
    write_whole(path, export.content)
    return path
