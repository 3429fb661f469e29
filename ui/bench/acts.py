"""The acts of the bench beside its steps: giving up, a typed code, a photograph, one more vial, the tag."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_send import Target
from ui.bench.dialogs import FormDialog
from ui.person.second_person import SecondPersonDialog
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.widgets.ask_reason import AskReason

if TYPE_CHECKING:
    from pharmacy_app.domain.scan import Scan
    from pharmacy_app.workflow.people import Credentials
    from ui.page import PageContext

Change = Callable[..., None]
TAG_PAPER = Paper("4x3", 203)  # the labels' own: one printer does both


class BenchActs:
    """Opens the dialogs of the page `owner`; `change` runs a command and shows what is on file then."""

    def __init__(self, owner: QWidget, context: PageContext, *, change: Change) -> None:
        self._owner = owner
        self._desk = context.desk
        self._words = context.words
        self._change = change
        self._printer = ""
        self.dialog: FormDialog | AskReason | SecondPersonDialog | None = None
        self.ask_picture: Callable[[], Path | None] = self._ask_picture
        self.choose_printer: Callable[[tuple[str, ...]], str] = self._choose_printer

    def abandon(self, serial: str, done: Callable[[], None]) -> None:
        """Ask why, and how many vials were opened."""
        dialog = FormDialog(self._owner, self._words, name="abandon", fields=("reason", "vials"))

        def give(texts: tuple[str, ...]) -> None:
            reason, vials = texts
            if not (vials.isascii() and vials.isdigit() and len(vials) < len("100")):
                refusal = InputRefused("vials", vials, "expected.whole-number", {"low": "0", "high": "99"})
                dialog.show_remarks([remark_of_refusal(refusal, self._words)])
                return
            act = partial(self._desk.bench.abandon, serial, reason, vials=int(vials))
            self._give(dialog, act, done)

        self._open(dialog, give)

    def reject(self, serial: str, done: Callable[[], None]) -> None:
        """Something wrong is in the bag already: ask why, and end it."""
        dialog = self._reason("reject")
        self._open(
            dialog, lambda reason: self._give(dialog, partial(self._desk.bench.reject, serial, reason), done)
        )

    def one_more_vial(self, serial: str) -> None:
        """Ask why one more vial is opened."""
        dialog = self._reason("one-more")
        act = self._desk.bench.one_more_vial
        self._open(dialog, lambda reason: self._give(dialog, partial(act, serial, reason), lambda: None))

    def type_code(self, serial: str) -> None:
        """A code that cannot be read: what it would say, why it is typed, and a second person."""
        dialog = FormDialog(self._owner, self._words, name="by-hand", fields=("code", "reason"))

        def give(texts: tuple[str, ...]) -> None:
            code, reason = texts
            try:
                scan = self._desk.read_scan(code)
            except InputRefused as refusal:
                dialog.show_remarks([remark_of_refusal(refusal, self._words)])
                return
            dialog.accept()
            self._second_person(serial, scan, reason)

        self._open(dialog, give)

    def _second_person(self, serial: str, scan: Scan, reason: str) -> None:
        dialog = SecondPersonDialog(self._owner, self._words, purpose=self._words("ui.bench.by-hand.purpose"))

        def give(credentials: Credentials) -> None:
            self._change(
                lambda: self._desk.bench.type_code(serial, scan, reason=reason, second=credentials),
                done=dialog.accept,
                refused=dialog.refuse,
                also_stops=dialog.reject,
            )

        self._open(dialog, give)

    def photograph(self, serial: str, step: str) -> None:
        """Attach a picture from a file to a step."""
        path = self.ask_picture()
        if path is None:
            return
        attach = self._desk.bench.photograph
        self._change(lambda: attach(serial, step, path.name, path.read_bytes()), done=lambda: None)

    def print_tag(self, serial: str) -> None:
        """Print the in-process tag on the printer that was chosen last, or is the only one."""
        names = self._desk.printing.found_printers().names
        if self._printer not in names:
            self._printer = names[0] if len(names) == 1 else self.choose_printer(names)
        if self._printer:
            target = Target(self._printer, TAG_PAPER)
            self._change(lambda: self._desk.printing.print_tag(serial, target), done=lambda: None)

    def _ask_picture(self) -> Path | None:
        title = self._words("ui.bench.photograph")
        name, _ = QFileDialog.getOpenFileName(self._owner, title, "", "*.jpg *.jpeg *.png")
        return Path(name) if name else None

    def _choose_printer(self, names: tuple[str, ...]) -> str:
        title, text = self._words("ui.bench.print-the-tag"), self._words("ui.bench.which-printer")
        name, chosen = QInputDialog.getItem(self._owner, title, text, list(names), 0, editable=False)
        return name if chosen else ""

    def _reason(self, name: str) -> AskReason:
        return AskReason(
            self._owner,
            self._words,
            title=self._words(f"ui.bench.{name}.title"),
            text=self._words(f"ui.bench.{name}.text"),
            caption=self._words(f"ui.bench.{name}.reason"),
            button=self._words(f"ui.bench.{name}.button"),
        )

    def _open(self, dialog: FormDialog | AskReason | SecondPersonDialog, give: Callable[..., None]) -> None:
        dialog.given.connect(give)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _give(
        self, dialog: FormDialog | AskReason, act: Callable[[], object], done: Callable[[], None]
    ) -> None:
        def go_on() -> None:
            dialog.accept()
            done()

        self._change(act, done=go_on, refused=lambda error: dialog.show_remarks(self.remarks(error)))

    def remarks(self, error: PharmacyError) -> tuple[Remark, ...]:
        """A refusal in words."""
        if isinstance(error, RulesRefused):
            return in_order(remark_of_finding(each, self._words) for each in error.findings)
        if isinstance(error, InputRefused):
            return (remark_of_refusal(error, self._words),)
        return (
            Remark("trouble", Severity.STOP, self._words("ui.finding.refused"), self._words.error(error)),
        )
