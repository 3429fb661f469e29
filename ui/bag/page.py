"""The Bags page: a scan of any bag answers hang, not yet, void or expired; and where the bag goes is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, assert_never

from PySide6.QtWidgets import QHBoxLayout

from pharmacy_app.domain.answer_reason import Answer
from pharmacy_app.domain.bag import BagMove
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.ledger import check_reason
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.scan import BagScan, Scan
from pharmacy_app.workflow.people import Credentials
from ui import theme
from ui.bag.cards import AnswerCard, BagsCard
from ui.bag.presenter import BagsPresenter, LoadedBags, load_bags, may_void
from ui.bag.view import Move
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.person.remarks import is_about_people
from ui.person.second_person import SecondPersonDialog
from ui.remarks import remark_of_finding
from ui.scan_answer import accepted, refused, stopped, unreadable
from ui.widgets.ask_reason import AskReason

_LIST_WIDTH = 400


class BagsPage(Page):
    """What hangs and what may hang. A move is refused by the rules, never by the page."""

    name: ClassVar[PageName] = PageName.BAGS
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.BAG, Noun.PLAN, Noun.STOCK, Noun.LABEL})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = BagsPresenter(self.words)
        self.dialog: AskReason | SecondPersonDialog | None = None
        self.list = BagsCard(self.words)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.answer = AnswerCard(self.words)
        self.head.set_title(self.words("ui.bags.name"))
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self.list)
        row.addWidget(self.answer, 1)
        self.body.addLayout(row, 1)
        self.list.chosen.connect(self._choose)
        self.answer.move_chosen.connect(self._move)

    def show_subject(self, subject: Subject) -> None:
        if subject.serial:  # it was looked for: what needs a scan of its label still asks for that
            self.presenter.scan = BagScan(subject.serial, 0, "")
        self.reload()

    def reload(self) -> None:
        question = partial(load_bags, self.desk, self.presenter.scan)
        self.gateway.ask(question, done=self._take, topic="bags page", refused=self._refused)

    def scan_expected(self) -> str:
        return self.words("ui.bags.expected")

    def scanned(self, text: str) -> None:
        """The label or the tag of any bag."""
        self.gateway.ask(partial(self.desk.read_scan, text), done=self._take_scan, refused=self._not_readable)

    def _not_readable(self, error: PharmacyError) -> None:
        if isinstance(error, InputRefused):
            self.scan_answered.emit(unreadable(error, self.words))

    def _take_scan(self, scan: Scan) -> None:
        if not isinstance(scan, BagScan):
            self.scan_answered.emit(refused(self.words("ui.bags.not-a-bag")))
            return
        self.presenter.scan = scan
        self.gateway.change(
            partial(load_bags, self.desk, scan, record=True),
            nouns=frozenset(),
            done=self._take_answer,
            refused=self._scan_refused,
        )

    def _scan_refused(self, error: PharmacyError) -> None:
        self.presenter.scan = None
        self._refused(error)
        self.scan_answered.emit(refused(self.words("ui.bags.unknown")))

    def _take_answer(self, loaded: LoadedBags) -> None:
        self._take(loaded)
        if loaded.asked is not None:
            word = self.words(f"ui.bags.answer.{loaded.asked.answer.value}")
            say = stopped if loaded.asked.answer in {Answer.VOID, Answer.EXPIRED} else accepted
            self.scan_answered.emit(say(self.words("ui.bags.answered", word=word)))

    def _choose(self, serial: str) -> None:
        """Without a scan of the label only what needs none can be done."""
        self.presenter.scan = BagScan(serial, 0, "")
        self.reload()

    def _take(self, loaded: LoadedBags) -> None:
        self.presenter.take(loaded, may_void=may_void(self.desk))
        self._show()

    def _move(self, move: Move) -> None:
        if move.asks_reason:
            self._ask_reason(move)
            return
        self._change(partial(self._act, move.move, ""), refused=self._refused)

    def _act(self, move: BagMove, reason: str) -> object:
        """The command of a move; the bag is the one that was scanned last."""
        scan, ledger = self.presenter.scan, self.desk.ledger
        assert scan is not None  # a move belongs to a bag that is shown
        match move:
            case BagMove.REFRIGERATE:
                return ledger.refrigerate(scan.serial)
            case BagMove.TAKE_OUT:
                return ledger.take_out(scan.serial)
            case BagMove.DISPENSE:
                return ledger.dispense(scan)
            case BagMove.HANG:
                return ledger.hang(scan)
            case BagMove.MOVE_LINE:
                return ledger.move_to_peripheral(scan.serial, reason)
            case BagMove.STOP:
                return ledger.stop(scan.serial, reason)
            case BagMove.END:
                return ledger.end(scan.serial)
            case BagMove.VOID:
                return ledger.void(scan.serial, reason)
            case (
                BagMove.START
                | BagMove.WORK
                | BagMove.FINISH
                | BagMove.ABANDON
                | BagMove.CHECK
                | BagMove.RELEASE
                | BagMove.REJECT
                | BagMove.MATCH
                | BagMove.RELEASE_AGAIN
            ):
                raise AssertionError(f"{move} is not made by this command")
            case _:
                assert_never(move)

    def _ask_reason(self, move: Move) -> None:
        name = move.move.value
        dialog = AskReason(
            self,
            self.words,
            title=move.word,
            text=self.words(f"ui.bags.ask.{name}"),
            caption=self.words("ui.bags.reason"),
            button=move.word,
        )

        def give(reason: str) -> None:
            if move.move is BagMove.RELEASE_AGAIN:
                self._go_on_to_signing(dialog, reason)
                return
            self._change(partial(self._act, move.move, reason), refused=said_no, also=dialog.accept)

        def said_no(error: PharmacyError) -> None:
            if isinstance(error, RulesRefused):
                dialog.show_remarks([remark_of_finding(each, self.words) for each in error.findings])

        dialog.given.connect(give)
        self._open(dialog)

    def _go_on_to_signing(self, dialog: AskReason, reason: str) -> None:
        missing = check_reason(reason)
        if missing:
            dialog.show_remarks([remark_of_finding(each, self.words) for each in missing])
            dialog.reason.set_focus()
            return
        dialog.accept()
        self._ask_pharmacist(reason)

    def _ask_pharmacist(self, reason: str) -> None:
        """The pharmacist who signs that the stopped bag goes on: whoever works here, or somebody else."""
        scan, words = self.presenter.scan, self.words
        assert scan is not None  # a move belongs to a bag that is shown
        dialog = SecondPersonDialog(
            self,
            words,
            title=words("ui.bags.sign.title"),
            purpose=words("ui.bags.sign.purpose", serial=shown_serial(scan.serial), reason=reason),
            text=words("ui.bags.sign.text"),
        )

        def give(credentials: Credentials) -> None:
            act = partial(self.desk.ledger.release_again, scan.serial, reason, credentials)
            self._change(act, refused=said_no, also=dialog.accept, broken_off=dialog.wait_no_more)

        def said_no(error: PharmacyError) -> None:
            if is_about_people(error):
                dialog.refuse(error)
                return
            dialog.accept()
            self._refused(error)

        dialog.given.connect(give)
        self._open(dialog)

    def _open(self, dialog: AskReason | SecondPersonDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _change(
        self,
        act: Callable[[], object],
        *,
        refused: Callable[[PharmacyError], None],
        also: Callable[[], None] | None = None,
        broken_off: Callable[[], None] | None = None,
    ) -> None:
        def done(_bag: object) -> None:
            if also is not None:
                also()

        nouns = frozenset({Noun.BAG})
        self.gateway.change(act, nouns=nouns, done=done, refused=refused, broken_off=broken_off)

    def _refused(self, error: PharmacyError) -> None:
        self.presenter.refuse(error)
        self._show()

    def _show(self) -> None:
        view = self.presenter.view()
        self.list.show_rows(view.rows)
        self.answer.show_answer(view.bag)
        self.answer.refused.show_remarks(view.refused)
