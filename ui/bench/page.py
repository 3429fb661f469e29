"""The Bench page: the worklist, or the bag that is being made, or the stop that fills the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.scan import BagScan, Scan
from pharmacy_app.domain.supply import HowFilled
from pharmacy_app.workflow.bench_scan import ScanStopped
from ui import theme
from ui.bench.acts import BenchActs
from ui.bench.level_card import LevelCard
from ui.bench.number_pad import NumberPad
from ui.bench.presenter import BenchPresenter, Loaded, give_scan, load_bench
from ui.bench.ready_card import ReadyCard
from ui.bench.step_card import StepCard
from ui.bench.steps_card import StepsCard
from ui.bench.stop_screen import StopScreen
from ui.bench.view import BagView, DueRow
from ui.bench.worklist_card import WorklistCard
from ui.page import Noun, Page, PageContext, PageName, Subject
from ui.scan_answer import accepted, refused, stopped, unreadable
from ui.widgets.button import Button, LinkButton
from ui.widgets.focus import NO_RING

BESIDE = ("by-hand", "photograph", "abandon")  # the acts under the steps


class BenchPage(Page):
    """A technician at the bench, with gloves: scans, large buttons, a volume for each syringe."""

    name: ClassVar[PageName] = PageName.BENCH
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.BAG, Noun.PLAN, Noun.ORDER, Noun.STOCK})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.presenter = BenchPresenter(self.words)
        self.acts = BenchActs(self, context, change=self._change)
        self._serial = ""
        self._left = False
        self.worklist = WorklistCard(self.words)
        self.steps = StepsCard()
        self.step = StepCard(self.words)
        self.level = LevelCard(self.words)
        self.ready = ReadyCard(self.words)
        self.pad = NumberPad(self.words, self.step.volumes)
        self.pad.setParent(self)
        self.stop = StopScreen(self.words)
        self.stop.setParent(self)
        self.stop.hide()
        self.leave = Button(self.words("ui.bench.head.leave"))
        self.head.add_act(self.leave)
        self.by_hand, self.photograph, self.abandon = (
            LinkButton(self.words(f"ui.bench.head.{each}")) for each in BESIDE
        )
        for link in (self.by_hand, self.photograph, self.abandon):
            self.steps.acts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stop.setProperty(NO_RING, True)
        self._bag = self._bag_body()
        for widget in (self.worklist, self._bag, self.ready):
            self.body.addWidget(widget, 1)
        self._wire()
        self._show()

    def _bag_body(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self.steps)
        row.addWidget(self.step, 1)
        row.addWidget(self.level)
        return whole

    def _wire(self) -> None:
        self.worklist.chosen.connect(self._choose)
        self.step.recorded.connect(self._record)
        self.step.looked.connect(self._look)
        self.step.tag_wanted.connect(lambda: self.acts.print_tag(self._serial))
        self.level.pad.clicked.connect(lambda: self.pad.open_over(self))
        self.step.vial_wanted.connect(lambda: self.acts.one_more_vial(self._serial))
        self.stop.in_bag.connect(lambda: self.acts.reject(self._serial, self._free))
        self.stop.called.connect(self._call)
        self.stop.typed_again.connect(self._type_again)
        self.leave.clicked.connect(self._leave)
        self.abandon.clicked.connect(lambda: self.acts.abandon(self._serial, self._free))
        self.by_hand.clicked.connect(lambda: self.acts.type_code(self._serial))
        self.photograph.clicked.connect(self._photograph)
        self.ready.next_bag.clicked.connect(self._free)

    def show_subject(self, subject: Subject) -> None:
        del subject  # the bench is about the bag that is open there
        self.reload()

    def reload(self) -> None:
        question = partial(load_bench, self.desk, self._serial, left=self._left)
        self.gateway.ask(question, done=self._take, topic="bench page")

    def time_passed(self) -> None:
        """The vials' time goes on while nobody touches anything."""
        if self.isVisible() and self.presenter.bench is not None:
            self.steps.show_vials(*self.presenter.vials_left(self.desk.now()))

    def first_focus(self) -> QWidget | None:
        if self.presenter.is_stopped:
            return self.stop
        if self.presenter.bench is not None:
            return self.step.first_focus() or self  # a step that waits for a scan: the keyboard is nowhere
        return self.worklist.buttons[0] if self.worklist.buttons else None

    def holds_unsaved(self) -> bool:
        return bool(self._serial)

    def scan_expected(self) -> str:
        return self.presenter.expected()

    def scanned(self, text: str) -> None:
        """A code: the tag of a bag, or the one thing that the step waits for."""
        self.gateway.ask(partial(self.desk.read_scan, text), done=self._take_scan, refused=self._not_readable)

    def _take(self, loaded: Loaded) -> None:
        self.presenter.take(loaded)
        self._serial = self.presenter.serial
        self._show()
        focus = self.first_focus()
        if focus is not None and self.isVisible() and self.acts.dialog is None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_scan(self, scan: Scan) -> None:
        if not self._serial:
            self._open_scanned(scan)
            return
        serial = self._serial
        self._change(
            lambda: give_scan(self.desk, serial, scan, self.words),
            done=lambda sentence: self.scan_answered.emit(accepted(sentence)),
            refused=self._scan_refused,
        )

    def _open_scanned(self, scan: Scan) -> None:
        """The tag of a bag that is being made here opens it again."""
        rows = self.presenter.view().rows
        row = next((each for each in rows if isinstance(scan, BagScan) and each.serial == scan.serial), None)
        if row is None or not row.act:
            self.scan_answered.emit(refused(self.words("ui.bench.not-to-be-opened")))
            return
        self.scan_answered.emit(accepted(self.words("ui.bench.opened")))
        self._choose(row)

    def _scan_refused(self, error: PharmacyError) -> None:
        self._refused(error)
        sentence = self.acts.remarks(error)[0].sentence
        answer = stopped if isinstance(error, ScanStopped) else refused
        self.scan_answered.emit(answer(sentence))

    def _not_readable(self, error: PharmacyError) -> None:
        if isinstance(error, InputRefused):
            self.scan_answered.emit(unreadable(error, self.words))

    def _choose(self, row: DueRow) -> None:
        self._left = False
        if row.serial and not row.takes_over:
            self._serial = row.serial
            self.reload()
        elif row.serial:
            self._change(lambda: self.desk.bench.take_over(row.serial), done=lambda: None, opens=row.serial)
        else:
            self._change(lambda: self.desk.bench.start(row.order_number, row.bag), done=self._began, opens="")

    def _began(self, serial: str) -> None:
        self._serial = serial
        self.presenter.began(serial)

    def _record(self) -> None:
        readings, unread = self.presenter.readings(self.step.volumes.typed)
        self.step.show_remarks(unread)
        if unread:
            return
        chosen = self.step.how_filled
        how = HowFilled(chosen) if chosen else None
        serial = self._serial
        self._change(lambda: self.desk.bench.measure(serial, readings, how), done=self.step.volumes.clear)

    def _look(self) -> None:
        bench = self.presenter.bench
        if bench is not None and bench.progress.step is not None:
            serial, step = self._serial, bench.progress.step.code
            self._change(lambda: self.desk.bench.look(serial, step), done=lambda: None)

    def _photograph(self) -> None:
        bench = self.presenter.bench
        if bench is not None and bench.progress.step is not None:
            self.acts.photograph(self._serial, bench.progress.step.code)

    def _call(self) -> None:
        serial = self._serial
        self._change(lambda: self.desk.bench.call_pharmacist(serial), done=lambda: None)

    def _type_again(self) -> None:
        """After a volume, or with vials too old, the hint leads back; after a wrong scan only a scan does."""
        if self.presenter.may_type_again:
            self.presenter.type_again()
            self._show()

    def _leave(self) -> None:
        self._left, self._serial = True, ""
        self.reload()

    def _free(self) -> None:
        self._left, self._serial = False, ""
        self.reload()

    def _change(
        self,
        act: Callable[[], object],
        *,
        done: Callable[..., None],
        refused: Callable[[PharmacyError], None] | None = None,
        also_stops: Callable[[], None] | None = None,
        opens: str | None = None,
    ) -> None:
        """Run a command, then show what is on file. `opens` is the serial of the bag that it opens."""

        def went(result: object) -> None:
            if isinstance(result, str):
                done(result)
            else:
                done()
            if opens:
                self._serial = opens

        def said_no(error: PharmacyError) -> None:
            if also_stops is not None and isinstance(error, ScanStopped):
                also_stops()
                self._refused(error)
            elif refused is not None:
                refused(error)
            else:
                self._refused(error)

        nouns = frozenset({Noun.BAG, Noun.STOCK})
        self.gateway.change(act, nouns=nouns, done=went, refused=said_no)

    def _refused(self, error: PharmacyError) -> None:
        if not isinstance(error, InputRefused | RulesRefused):
            raise error
        self.presenter.refuse(error, now=self.desk.now())
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stop.setGeometry(self.rect())
        self.pad.lie_over(self)

    def _show(self) -> None:
        view = self.presenter.view()
        is_done = view.done is not None
        self.worklist.setVisible(view.bag is None)
        self._bag.setVisible(view.bag is not None and not is_done)
        self.ready.setVisible(is_done)
        self.leave.setVisible(view.bag is not None and not is_done)
        if view.bag is None:
            self.head.set_title(self.words("ui.bench.name"))
            self.head.set_facts(())
            self.worklist.show_rows(view.rows, later=view.later, nothing=view.nothing)
            self.worklist.findings.show_remarks(view.remarks)
        else:
            self._show_bag(view.bag)
            self.step.show_remarks(view.remarks)
        if view.done is not None:
            self.ready.show_done(*view.done)
        if view.stop is not None or not self.level.pad.isVisible():
            self.pad.put_away()
        self.stop.setVisible(view.stop is not None)
        if view.stop is not None:
            self.stop.setGeometry(self.rect())
            self.stop.raise_()
            self.stop.show_stop(view.stop)
        self.scan_expectation_changed.emit()

    def _show_bag(self, bag: BagView) -> None:
        self.head.set_title(bag.title)
        self.head.set_facts(bag.facts)
        self.steps.show_steps(bag.steps)
        self.steps.show_vials(bag.vials, bag.vials_mark)
        if bag.step is not None:
            self.step.show_step(bag.step, bag.resumed)
        self.level.show_bag(bag)
