"""The Verify page: a pharmacist who did not prepare the bag checks it, signs, and releases or rejects it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.quantity import Volume, read_volume
from pharmacy_app.domain.scan import BagScan, Scan
from ui import theme
from ui.page import Noun, Page, PageContext, PageName, Subject, Way
from ui.remarks import remark_of_refusal
from ui.scan_answer import accepted, refused, stopped, unreadable
from ui.verify.cards import OwnField, SideCard, WaitingCard
from ui.verify.presenter import VerifyPresenter, waiting_bags
from ui.verify.rejecting import Rejecting
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.notice import NoticeCard
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.workflow.verification import Check


class VerifyPage(Page):
    """Opens by a scan of the bag alone. A badge never signs: the secret is typed again."""

    name: ClassVar[PageName] = PageName.VERIFY
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.BAG, Noun.STOCK, Noun.PLAN})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = VerifyPresenter(self.words)
        self.rejecting = Rejecting(self, context, change=self._change)
        self.reject = Button(self.words("ui.verify.reject"))
        self.reject.setProperty("role", "danger")
        self.reject.clicked.connect(lambda: self.rejecting.ask(self.presenter.serial, self._rejected))
        self.head.add_act(self.reject)
        self._notice = NoticeCard(self.words)
        self.waiting = WaitingCard(self.words)
        self.sides = [SideCard(self.words) for _ in range(3)]
        self.drug = OwnField(self.words("ui.verify.drug-volume"), self.words)
        self.total = OwnField(self.words("ui.verify.total-volume"), self.words)
        self.uncover = Button(self.words("ui.verify.uncover"))
        self.findings = FindingList(self.words)
        self.secret = TextField(self.words("ui.verify.secret"), self.words)
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.sign = ExplainedButton(Button(self.words("ui.verify.sign"), filled=True))
        self.print = Button(self.words("ui.verify.print"), filled=True)
        self._meaning = Text(size=theme.TABLE, wrap=True)
        self._signed = Text(size=theme.SMALL, role="muted")
        self._released = Text(size=theme.RESULT, bold=True, wrap=True)
        self._bag = self._bag_body()
        for widget in (self._notice, self.waiting, self._bag):
            self.body.addWidget(widget, 1)
        self._wire()
        self._show()

    def _wire(self) -> None:
        self.uncover.clicked.connect(self._type_figures)
        self.drug.field.edit.returnPressed.connect(self.total.field.set_focus)
        self.total.field.edit.returnPressed.connect(self._type_figures)
        self.secret.edit.returnPressed.connect(self._sign)
        self.sign.button.clicked.connect(self._sign)
        self.print.clicked.connect(self._go_to_label)

    def _bag_body(self) -> QWidget:
        sides = QHBoxLayout()
        sides.setSpacing(theme.CARD_GAP)
        for each in self.sides:
            sides.addWidget(each, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.CARD_GAP)
        below.addWidget(self._figures_card(), 2)
        below.addWidget(self._sign_card(), 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addLayout(sides, 1)
        column.addLayout(below)
        return whole

    def _figures_card(self) -> Card:
        hint = Text(self.words("ui.verify.covered-until"), theme.SMALL, role="muted")
        card = Card(self.words("ui.verify.own-figures"), beside_title=hint)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.drug, 1)
        row.addWidget(self.total, 1)
        self.uncover.setFixedHeight(theme.LARGE_FIELD_HEIGHT)
        row.addWidget(self.uncover, 0, Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(row)
        card.column.addWidget(self.findings)
        card.column.addStretch(1)
        return card

    def _sign_card(self) -> Card:
        card = Card(self.words("ui.verify.sign-and-release"))
        card.column.addWidget(self._meaning)
        card.column.addWidget(self.secret)
        card.column.addWidget(self.sign)
        card.column.addWidget(self._signed)
        card.column.addWidget(self._released)
        card.column.addWidget(self.print)
        card.column.addStretch(1)
        return card

    def show_subject(self, subject: Subject) -> None:
        del subject  # the bag itself says which one it is
        self.reload()

    def reload(self) -> None:
        self.gateway.ask(partial(waiting_bags, self.desk), done=self._take_queue, topic="verify page")

    def _take_queue(self, queue: object) -> None:
        self.presenter.take_queue(queue)  # type: ignore[arg-type]
        self._show()

    def first_focus(self) -> QWidget | None:
        return self.drug.field.edit if self.presenter.check is not None else None

    def scan_expected(self) -> str:
        return self.presenter.expected()

    def scanned(self, text: str) -> None:
        """The bag that is to be verified says so itself."""
        self.gateway.ask(partial(self.desk.read_scan, text), done=self._take_scan, refused=self._not_readable)

    def _not_readable(self, error: PharmacyError) -> None:
        if isinstance(error, InputRefused):
            self.scan_answered.emit(unreadable(error, self.words))

    def _take_scan(self, scan: Scan) -> None:
        if not isinstance(scan, BagScan):
            self.scan_answered.emit(refused(self.words("ui.verify.not-a-bag")))
            return
        self._change(
            lambda: self.desk.verification.open(scan.serial), done=self._opened, refused=self._not_opened
        )

    def _opened(self, check: Check) -> None:
        self._clear_fields()
        self.presenter.take(check, self.desk.protocol)
        self._show()
        self.drug.field.set_focus()
        self.scan_answered.emit(accepted(self.words("ui.verify.opened")))

    def _not_opened(self, error: PharmacyError) -> None:
        self.presenter.refuse_opening(error)
        self._show()
        remarks = self.presenter.view().notice_remarks
        answer = stopped if isinstance(error, RulesRefused) else refused
        self.scan_answered.emit(answer(remarks[0].sentence))

    def _type_figures(self) -> None:
        volumes = self._own_volumes()
        if volumes is None:
            return
        drug, total = volumes
        serial = self.presenter.serial
        self._change(
            lambda: self.desk.verification.type_figures(serial, drug=drug, total=total),
            done=self._uncovered,
            refused=self._not_opened,
        )

    def _own_volumes(self) -> tuple[Volume, Volume] | None:
        """Both figures; None where one cannot be read, which then says so."""
        volumes = []
        for own in (self.drug, self.total):
            try:
                volumes.append(read_volume(own.field.text, field="volume"))
                own.field.show_remarks(())
            except InputRefused as refusal:
                own.field.show_remarks([remark_of_refusal(refusal, self.words)])
        return (volumes[0], volumes[1]) if len(volumes) == len(("drug", "total")) else None

    def _uncovered(self, check: Check) -> None:
        self.presenter.take(check, self.desk.protocol)
        self._show()
        (self.secret if self.presenter.view().may_sign else self.drug.field).set_focus()

    def _sign(self) -> None:
        if not self.sign.button.isEnabled():
            return
        serial, secret = self.presenter.serial, self.secret.text
        self.secret.set_text("")
        self._change(
            lambda: self.desk.verification.release(serial, secret=secret),
            done=self._is_released,
            refused=self._not_signed,
        )

    def _is_released(self, bag: Bag) -> None:
        at = self.desk.now().astimezone(ZoneInfo(self.desk.site.time_zone))
        self.presenter.released(bag, at, self.desk.station.actor().display_name)
        self._show()
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_signed(self, error: PharmacyError) -> None:
        self.presenter.refuse_signing(error)
        self._show()
        self.secret.set_focus()

    def _rejected(self, bag: Bag) -> None:
        self._clear_fields()
        self.presenter.rejected(bag)
        self._show()

    def _change(
        self,
        act: Callable[[], object],
        *,
        done: Callable[..., None],
        refused: Callable[[PharmacyError], None],
    ) -> None:
        self.gateway.change(act, nouns=frozenset({Noun.BAG}), done=done, refused=refused)

    def _go_to_label(self) -> None:
        check = self.presenter.check
        if check is not None:
            started = check.bag.started
            self.followed.emit(Way(PageName.LABEL, Subject(started.order_number, started.bag_number)))

    def _clear_fields(self) -> None:
        for own in (self.drug, self.total):
            own.field.set_text("")
            own.field.show_remarks(())
        self.secret.set_text("")

    def holds_unsaved(self) -> bool:
        return bool(self.presenter.serial) and not self.presenter.is_released

    def _show(self) -> None:
        view = self.presenter.view()
        is_open = bool(view.sides)
        self.head.set_title(view.title)
        self.head.set_facts(view.facts)
        self.reject.setVisible(is_open)
        self._bag.setVisible(is_open)
        self._notice.setVisible(not is_open)
        self.waiting.setVisible(not is_open and bool(view.waiting))
        if not is_open:
            self._notice.show_notice(view.notice, view.notice_remarks)
            self.waiting.show_waiting(view.waiting)
        for card, side in zip(self.sides, view.sides, strict=False):
            card.show_side(side)
        self.drug.show_figure(view.drug)
        self.total.show_figure(view.total)
        self.findings.show_remarks(view.remarks)
        self._show_signing(bool(view.released))
        self.scan_expectation_changed.emit()

    def _show_signing(self, is_released: bool) -> None:
        view = self.presenter.view()
        for widget in (self._meaning, self.secret, self.sign, self._signed, self.uncover):
            widget.setVisible(not is_released)
        for shown in (self._released, self.print):
            shown.setVisible(is_released)
        self._signed.setVisible(view.may_sign)
        self._meaning.say(view.meaning)
        self._signed.say(view.signed)
        self._released.say(view.released)
        self.secret.lock(locked=not view.may_sign)
        self.sign.allow() if view.may_sign else self.sign.forbid(view.why_not)
