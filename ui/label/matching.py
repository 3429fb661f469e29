"""Tag and label, scanned together after the label was stuck on: the page's half of REQ-VER-007."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.scan import BagScan, Scan
from ui.label.giving import Pair
from ui.page import Noun
from ui.scan_answer import ScanAnswer, accepted, refused, stopped, unreadable

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.workflow.desk import Desk
    from ui.gateway import Branch
    from ui.words import Words


class MatchingPage(Protocol):
    """What the matching needs of its page."""

    desk: Desk
    gateway: Branch
    words: Words

    @property
    def scan_answered(self) -> SignalInstance: ...
    @property
    def scan_expectation_changed(self) -> SignalInstance: ...


class Matching:
    """Waits for tag and label of one bag, in either order; each scan is answered once."""

    def __init__(self, page: MatchingPage) -> None:
        self._page = page
        self._serial = ""
        self._waits = False
        self._pair = Pair()

    def begin(self, serial: str, *, waits: bool) -> None:
        """Be about this bag; what was scanned of another is forgotten. `waits`: both are to be scanned."""
        self._waits = waits
        if serial != self._serial:
            self._serial, self._pair = serial, Pair()

    def expected(self) -> str:
        """What a scan will do now; empty: nothing is to be scanned."""
        if not self._waits:
            return ""
        missing = "both"
        if self._pair.tag is not None:
            missing = "label"
        elif self._pair.label is not None:
            missing = "tag"
        return self._page.words(f"ui.label.scan.{missing}", serial=shown_serial(self._serial))

    def take(self, text: str) -> None:
        """A code was scanned."""
        self._page.gateway.ask(
            partial(self._page.desk.read_scan, text), done=self._take_scan, refused=self._not_readable
        )

    def _not_readable(self, error: PharmacyError) -> None:
        if isinstance(error, InputRefused):
            self._answer(unreadable(error, self._page.words))

    def _take_scan(self, scan: Scan) -> None:
        words = self._page.words
        if not isinstance(scan, BagScan):
            self._answer(refused(words("ui.label.scan.no-bag")))
            return
        if scan.serial != self._serial:
            serials = {"scanned": shown_serial(scan.serial), "serial": shown_serial(self._serial)}
            self._answer(stopped(words("ui.label.scan.another-bag", **serials)))
            return
        self._pair = self._pair.with_scan(scan)
        both = self._pair.both
        if both is not None:
            self._match(*both)
            return
        code = "has-tag" if scan.print_number == 0 else "has-label"
        self._answer(accepted(words(f"ui.label.scan.{code}", number=str(scan.print_number))))

    def _match(self, tag: BagScan, label: BagScan) -> None:
        self._pair = Pair()
        self._page.gateway.change(
            partial(self._page.desk.ledger.match, tag, label),
            nouns=frozenset({Noun.BAG}),
            done=self._matched,
            refused=self._not_matched,
            broken_off=self._page.scan_expectation_changed.emit,
        )

    def _matched(self, bag: Bag) -> None:
        words = self._page.words
        self._answer(accepted(words("ui.label.scan.matched", serial=shown_serial(bag.serial))))

    def _not_matched(self, error: PharmacyError) -> None:
        words = self._page.words
        if isinstance(error, RulesRefused):
            self._answer(stopped(words.finding(error.findings[0])))
        else:
            self._answer(refused(words.error(error)))

    def _answer(self, answer: ScanAnswer) -> None:
        self._page.scan_answered.emit(answer)
        self._page.scan_expectation_changed.emit()
