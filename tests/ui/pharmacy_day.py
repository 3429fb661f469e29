"""A pharmacy's day at the real window: what each person does there, by clicks, keys and scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt

from pharmacy_app.domain.bag import BagState
from pharmacy_app.workflow.bag_on_file import read_bag
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import (
    BAG,
    FILTER,
    SALINE,
    STABILIZER,
    TUBING,
    VIAL,
    WATER,
)
from tests.support.people import Clock
from tests.ui.bench.at_bench import code
from tests.ui.hands import Hands
from tests.ui.order.drafts import typed
from tests.ui.order.pages import show_draft
from ui.bag.page import BagsPage
from ui.bench.dialogs import FormDialog
from ui.bench.page import BenchPage
from ui.label.page import LabelPage
from ui.order.draft import DoseLine
from ui.order.page import OrderPage
from ui.page import PageName
from ui.person.page import PeoplePage
from ui.plan.page import PlanPage
from ui.verify.page import VerifyPage

SECRETS = {
    "kjones": "keeper of the keys 5",
    "mroy": "seven blue lamps 31",
    "achen": "quiet harbour 12",
    "spark": "two grey herons 8",
}


@dataclass(slots=True)
class Pharmacy(Hands):
    """The window, the station's clock, and the file."""

    desk: Desk
    clock: Clock
    file: Path

    # Before the bag

    def first_administrator(self) -> None:
        door = self.window.door
        assert door is not None
        self.write("kjones", door.first.name.edit)
        self.enter()
        self.write("K. Jones")
        self.enter()
        for _ in range(2):
            self.write(SECRETS["kjones"])
            self.enter()
        assert not self.window.locked

    def hire(self, name: str, display_name: str, role: int) -> None:
        card = self.page(PeoplePage).card
        self.click(self.page(PeoplePage).new_button)
        for text, edit in ((name, card.name.edit), (display_name, card.display_name.edit)):
            edit.setFocus()
            self.write(text)
        self.click(card.roles.choice.segments()[role])
        self.scan(f"B-{name}")
        for secret in (card.secrets.first, card.secrets.again):
            secret.set_focus()
            self.write(SECRETS[name])
        self.enter()

    def arrives(self, name: str) -> None:
        """Badge and secret; whoever was here goes."""
        if not self.window.locked:
            self.lock()
        self.sign_in(f"B-{name}", SECRETS[name])

    def order(self) -> None:
        """28 mcg/day over 28 days in bags of 96 h, typed into the form and saved."""
        self.open(PageName.ORDERS)
        page = self.page(OrderPage)
        page.new_order()
        draft = replace(
            typed().with_choice("indication", "consolidation"),
            doses=(DoseLine("1", "28", "28"),),
            durations_h=("96",),
        )
        show_draft(self.qtbot, self.window, draft)
        self.click(page.save.save.button)

    def accept_order(self) -> None:
        self.open(PageName.ORDERS)
        page = self.page(OrderPage)
        page.list.row_chosen.emit(page._view.rows[0])  # type: ignore[union-attr]
        self.wait()
        self.click(page.save.accept)

    def accept_plan(self) -> None:
        """The reasons that it asks for are on file with the order."""
        self.open(PageName.PLAN)
        self.click(self.page(PlanPage).accept)

    # At the bench

    @property
    def bench(self) -> BenchPage:
        return self.page(BenchPage)

    def start(self) -> None:
        """The first bag of the worklist; its tag is printed."""
        self.open(PageName.BENCH)
        if self.bench.ready.next_bag.isVisible():
            self.enter()
        self.enter()
        self.enter()

    def reconstitute(self, serial: str, first_vial: int) -> None:
        self.scan(f"{serial}00", code(BAG), code(TUBING), code(FILTER), code(WATER))
        self.scan(*(code(VIAL, first_vial + unit) for unit in range(4)))
        self.enter()

    def fill(self, serial: str, *, wrong: str = "") -> None:
        self.scan(f"{serial}00")
        if wrong:
            self.is_stopped(wrong, needs="Preservative-free saline")
        self.scan(code(SALINE))
        self.press(Qt.Key.Key_Space)  # pumped into an empty bag
        self.press(Qt.Key.Key_Tab)
        self.press(Qt.Key.Key_Tab)
        self.volumes("270")

    def stabilize(self, serial: str) -> None:
        self.scan(f"{serial}00", code(STABILIZER))
        self.volumes("3", "2.5")
        self.enter()

    def add_drug(self, serial: str) -> None:
        self.scan(f"{serial}00")
        self.volumes("10", "0.7")
        self.enter()

    def volumes(self, *read: str) -> None:
        """What the syringes read, each entered."""
        for volume in read:
            self.write(volume)
            self.enter()

    def is_stopped(self, wrong: str, *, needs: str) -> None:
        """The page is filled by a stop after this scan, and nothing but the right scan clears it."""
        self.scan(wrong)
        assert self.bench.stop.isVisible()
        stop = self.bench.presenter.view().stop
        assert stop is not None
        assert stop.needs == needs
        self.press(Qt.Key.Key_Escape)
        self.enter()
        assert self.bench.stop.isVisible()

    def abandon(self, vials: str, reason: str) -> None:
        self.click(self.bench.abandon)
        dialog = self.bench.acts.dialog
        assert isinstance(dialog, FormDialog)
        for name, text in (("vials", vials), ("reason", reason)):
            dialog.fields[name].edit.setFocus()
            self.write(text)
        self.click(dialog.give)

    # After the bench

    def verify(self, serial: str) -> VerifyPage:
        """The bag opens by its tag; the volumes are covered until the pharmacist's own are typed."""
        self.open(PageName.VERIFY)
        self.scan(f"{serial}00")
        self.write("10.7")
        self.enter()
        self.write("286.2")
        self.enter()
        return self.page(VerifyPage)

    def reject(self, serial: str, reason: str) -> None:
        page = self.verify(serial)
        self.click(page.reject)
        dialog = page.rejecting.dialog
        assert dialog is not None
        self.write(reason)
        self.click(dialog.give)

    def release(self, serial: str, secret: str) -> None:
        """And on to its label."""
        self.verify(serial)
        self.write(secret)
        self.enter()
        self.enter()

    def print_label(self, serial: str) -> None:
        self.page(LabelPage)
        self.enter()
        self.scan(f"{serial}00", f"{serial}01")

    def move(self, serial: str, *moves: str) -> None:
        """On the Bags page, after a scan of the label."""
        self.open(PageName.BAGS)
        self.scan(f"{serial}01")
        for move in moves:
            buttons = self.page(BagsPage).answer.buttons
            self.click(next(each for each in buttons if each.objectName() == f"move {move}"))

    def state(self, serial: str) -> BagState:
        with self.desk.open_unit_of_work(reading=True) as work:
            return read_bag(work, serial).state


def opened(pharmacy: Pharmacy) -> None:
    """The first administrator makes the accounts; the technician types the order, a pharmacist accepts it."""
    pharmacy.first_administrator()
    pharmacy.open(PageName.PEOPLE)
    for name, shown, role in (("mroy", "M. Roy", 0), ("achen", "A. Chen", 1), ("spark", "S. Park", 1)):
        pharmacy.hire(name, shown, role)
    pharmacy.arrives("mroy")
    pharmacy.order()
    pharmacy.arrives("achen")
    pharmacy.accept_order()


def make(pharmacy: Pharmacy, serial: str, *, first_vial: int) -> None:
    """One bag from the worklist to its label, the shortest way."""
    for _ in making(pharmacy, serial, first_vial):
        pass


def making(pharmacy: Pharmacy, serial: str, first_vial: int) -> Iterator[str]:
    """The same, part by part: the name of each that was done."""
    pharmacy.arrives("mroy")
    yield "Technician signs in"
    pharmacy.start()
    yield "Bag taken, tag printed"
    pharmacy.reconstitute(serial, first_vial)
    yield "Supplies and four vials"
    pharmacy.fill(serial)
    yield "Saline"
    pharmacy.stabilize(serial)
    yield "Stabilizer"
    pharmacy.add_drug(serial)
    yield "Drug"
    pharmacy.arrives("achen")
    yield "Pharmacist signs in"
    pharmacy.release(serial, SECRETS["achen"])
    yield "Verified and released"
    pharmacy.print_label(serial)
    yield "Label printed and matched"
