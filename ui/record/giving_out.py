"""The buttons that give a part of the record out as a file, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_app.workflow.record_export import Form
from ui.page import Noun, PageContext
from ui.record.asking import give_out
from ui.widgets.button import Button

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.record_export import Export

DrawUp = Callable[[Form], "Export"]


class GivingOut:
    """`buttons` are those of each form. `say` tells what became of a file, `refused` why there is none.

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
        self.buttons = {form: Button(self._words(f"ui.record.export.{form.value}")) for form in Form}
        self.ask_place: Callable[[str, Form], Path | None] = self._ask_place

    def allow(self, forms: Collection[Form]) -> None:
        """These forms can be given out now; the others are not shown."""
        for form, button in self.buttons.items():
            button.setVisible(form in forms)

    def start(self, form: Form, draw_up: DrawUp, *, name: str) -> None:
        """Ask where, make the file beside everything else, keep its entry, write it."""
        path = self.ask_place(f"{name}.{form.value}", form)
        if path is None:
            return
        self._say(self._words("ui.record.export.under-way"))
        self._gateway.ask(
            partial(draw_up, form),
            done=partial(self._give_out, path),
            refused=self._not_made,
            aside=True,
        )

    def _give_out(self, path: Path, export: Export) -> None:
        self._gateway.change(
            partial(give_out, self._desk, export, path),
            nouns=frozenset({Noun.RECORD}),
            done=lambda written: self._say(self._words("ui.record.export.done", path=str(written))),
            refused=self._not_made,
            broken_off=lambda: self._say(""),
        )

    def _not_made(self, error: PharmacyError) -> None:
        self._say("")
        self._refused(error)

    def _ask_place(self, name: str, form: Form) -> Path | None:
        title = self._words("ui.record.export.title")
        kinds = f"{form.value.upper()} (*.{form.value})"
        path, _kind = QFileDialog.getSaveFileName(self._page, title, str(Path.home() / name), kinds)
        return Path(path) if path else None
