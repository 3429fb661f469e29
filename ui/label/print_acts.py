"""Printing from the Label page: the first label, the next one, a reprint, and what became of a print."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused, StationTrouble
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.workflow.print_send import Target
from pharmacy_app.workflow.printing import Again
from ui.page import Noun
from ui.person.second_person import SecondPersonDialog
from ui.remarks import Remark, remark_of_finding, remark_of_refusal
from ui.widgets.ask_reason import AskReason

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from ui.gateway import Branch
    from ui.words import Words

_CHANGES = frozenset({Noun.BAG})


class PrintingPage(Protocol):
    """What the acts need of their page."""

    desk: Desk
    gateway: Branch
    words: Words

    def reload(self) -> None: ...
    def show_refusal(self, remarks: tuple[Remark, ...]) -> None: ...


class PrintActs:
    """Each act is one change through the gateway; the page reloads itself afterwards, also after trouble."""

    def __init__(self, page: PrintingPage, window: QWidget) -> None:
        self._page = page
        self._window = window
        self.asking: AskReason | None = None
        self.second: SecondPersonDialog | None = None

    def print_label(self, serial: str, target: Target) -> None:
        """The first label of a bag, or the next after one that did not print."""
        self._change(partial(self._page.desk.printing.print_label, serial, target))

    def ask_printer(self, serial: str) -> None:
        """What became of a label that a printer of this station took; it may have given it up since."""

        def done(trouble: object) -> None:
            self._done(trouble)
            if isinstance(trouble, StationTrouble):
                self._page.reload()

        self._page.gateway.change(
            _at_the_printer(partial(self._page.desk.printing.ask_printer, serial)),
            nouns=frozenset(),
            done=done,
            refused=self._refused,
        )

    def it_printed(self, serial: str, number: int) -> None:
        """Somebody looked: the label is there."""
        self._change(partial(self._page.desk.printing.it_printed, serial, number))

    def it_did_not_print(self, serial: str, number: int) -> None:
        """Somebody looked: the label is not there. Asks why."""
        dialog = self._ask("did-not-print", number=str(number), serial=shown_serial(serial))
        dialog.given.connect(lambda reason: self._keep_failure(dialog, serial, number, reason))
        dialog.open()

    def _keep_failure(self, dialog: AskReason, serial: str, number: int, reason: str) -> None:
        printing = self._page.desk.printing
        self._change(partial(printing.it_did_not_print, serial, number, reason), dialog=dialog)

    def reprint(self, serial: str, number: int, target: Target) -> None:
        """Asks for the reason, then for a second person, then prints the next number."""
        dialog = self._ask("reprint", number=str(number), next=str(number + 1))

        def go_on(reason: str) -> None:
            if not reason.strip():
                dialog.reason.set_focus()
                return
            dialog.accept()
            self._ask_second(serial, number, target, reason)

        dialog.given.connect(go_on)
        dialog.open()

    def _ask_second(self, serial: str, number: int, target: Target, reason: str) -> None:
        words = self._page.words
        purpose = words("ui.label.reprint.purpose", number=str(number), next=str(number + 1), reason=reason)
        dialog = self.second = SecondPersonDialog(self._window, words, purpose=purpose)
        dialog.given.connect(lambda given: self._reprint(dialog, serial, target, Again(reason, given)))
        dialog.open()

    def _reprint(self, dialog: SecondPersonDialog, serial: str, target: Target, again: Again) -> None:
        def refused(error: PharmacyError) -> None:
            if _is_about_people(error):
                dialog.refuse(error)
                return
            dialog.accept()
            self._refused(error)

        def done(trouble: object) -> None:
            dialog.accept()
            self._done(trouble)

        self._page.gateway.change(
            _at_the_printer(partial(self._page.desk.printing.print_label, serial, target, again)),
            nouns=_CHANGES,
            done=done,
            refused=refused,
            broken_off=dialog.wait_no_more,
            again=self._page.reload,
        )

    def _ask(self, act: str, **values: str) -> AskReason:
        words = self._page.words
        self.asking = AskReason(
            self._window,
            words,
            title=words(f"ui.label.{act}.title", **values),
            text=words(f"ui.label.{act}.text", **values),
            caption=words(f"ui.label.{act}.reason"),
            button=words(f"ui.label.{act}.button"),
        )
        return self.asking

    def _change(self, act: Callable[[], object], *, dialog: AskReason | None = None) -> None:
        """After trouble nothing is done once more by itself: the page shows where the print is now."""

        def done(trouble: object) -> None:
            if dialog is not None:
                dialog.accept()
            self._done(trouble)

        def refused(error: PharmacyError) -> None:
            if dialog is not None:
                dialog.show_remarks(_remarks(error, self._page.words))
            else:
                self._refused(error)

        self._page.show_refusal(())
        self._page.gateway.change(
            _at_the_printer(act),
            nouns=_CHANGES,
            done=done,
            refused=refused,
            broken_off=self._page.reload,
            again=self._page.reload,
        )

    def _done(self, trouble: object) -> None:
        """The printer's trouble stands on the page: the file is well, and the print's state is on it."""
        if isinstance(trouble, StationTrouble):
            words = self._page.words
            sentence = words.error(trouble)
            self._page.show_refusal(
                (Remark(trouble.code, Severity.STOP, words("ui.finding.stop"), sentence),)
            )

    def _refused(self, error: PharmacyError) -> None:
        self._page.show_refusal(_remarks(error, self._page.words))


def _at_the_printer(act: Callable[[], object]) -> Callable[[], object]:
    """The act, which gives the printer's trouble back; any other goes to the window."""

    def attempt() -> object:
        try:
            return act()
        except StationTrouble as trouble:
            if not trouble.code.startswith("trouble.printer."):
                raise
            return trouble

    return attempt


def _remarks(error: PharmacyError, words: Words) -> tuple[Remark, ...]:
    match error:
        case RulesRefused():
            return tuple(remark_of_finding(each, words) for each in error.findings)
        case InputRefused():
            return (remark_of_refusal(error, words),)
        case _:
            return ()


def _is_about_people(error: PharmacyError) -> bool:
    """Whether the second person was refused, and may try again."""
    return isinstance(error, RulesRefused) and all(each.code.startswith("person.") for each in error.findings)
