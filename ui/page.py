"""What a page is, and what it is given. Pages hold widgets and wiring; presenters decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from pharmacy_app.domain.person import Permission
from ui import theme
from ui.scan_answer import refused
from ui.widgets.button import Button
from ui.widgets.focus import NO_RING
from ui.widgets.head import PageHead

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from ui.gateway import Branch
    from ui.words import Words


class PageName(Enum):
    """The pages in the order of work, then those beside it; the value is the name in the catalogue."""

    ORDERS = "orders"
    PLAN = "plan"
    WORKSHEET = "worksheet"
    BENCH = "bench"
    VERIFY = "verify"
    LABEL = "label"
    BAGS = "bags"
    RECORD = "record"
    COURSE = "course"
    FIGURES = "figures"
    SUPPLIES = "supplies"
    PEOPLE = "people"


# The pages beside the order of work, under a rule, with the letter that opens them together with Alt.
LETTERS = {
    PageName.COURSE: "I",
    PageName.FIGURES: "C",
    PageName.SUPPLIES: "S",
    PageName.PEOPLE: "P",
}

# Who may look at a page; what is done there asks for its own permission, in its command.
USED_BY = {
    PageName.ORDERS: Permission.ENTER_ORDER,
    PageName.PLAN: Permission.PREPARE,
    PageName.WORKSHEET: Permission.PREPARE,
    PageName.BENCH: Permission.PREPARE,
    PageName.VERIFY: Permission.VERIFY,
    PageName.LABEL: Permission.PRINT,
    PageName.BAGS: Permission.MOVE_BAG,
    PageName.RECORD: Permission.READ_RECORD,
    PageName.COURSE: Permission.MOVE_BAG,
    PageName.FIGURES: Permission.READ_RECORD,
    PageName.SUPPLIES: Permission.RECEIVE_STOCK,
    PageName.PEOPLE: Permission.KEEP_PEOPLE,
}


class Noun(Enum):
    """What can change on file."""

    ORDER = "order"
    PLAN = "plan"
    LABEL = "label"
    STOCK = "stock"
    FIGURES = "figures"
    BAG = "bag"
    PERSON = "person"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the window is about: an order, perhaps one of its bags, or a lot. Empty: nothing yet.

    `serial` is a bag's ten digits where that one was looked for; `code` is that of the lot's product.
    `following`: the order of the cycle after it is to be begun.
    """

    order_number: str = ""
    bag: int | None = None
    serial: str = ""
    lot: str = ""
    code: str = ""
    following: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A person chose to go on to a page with a subject."""

    page: PageName
    subject: Subject


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page may use. Every change and every question to the file goes through the gateway."""

    desk: Desk
    gateway: Branch
    words: Words


class Page(QWidget):
    """One page: a head of 60 px, and a body that never scrolls as a whole.

    `followed` says that a person chose a way to another page; `subject_changed` that the page is now
    about another order or bag. The window calls `show_subject` when the page is opened and `reload` when
    one of its `nouns` has changed on file.

    A page that waits for scans says so in `scan_expected`, takes them in `scanned` and answers each by
    `scan_answered`; when it waits for something else it says `scan_expectation_changed`.
    """

    followed = Signal(object)  # Way
    scan_answered = Signal(object)  # ScanAnswer
    scan_expectation_changed = Signal()
    subject_changed = Signal(object)  # Subject

    name: ClassVar[PageName]
    nouns: ClassVar[frozenset[Noun]] = frozenset()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setProperty(NO_RING, True)
        self.desk = context.desk
        self.gateway = context.gateway
        self.words = context.words
        self.head = PageHead()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(theme.PAGE_EDGE, 0, theme.PAGE_EDGE, theme.PAGE_EDGE - 4)
        self.body.setSpacing(theme.CARD_GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self.body, 1)

    def show_subject(self, subject: Subject) -> None:
        """Be about this order and bag."""

    def reload(self) -> None:
        """Show what is on file now."""

    def time_passed(self) -> None:
        """The window's clock went on: what runs out is shown anew, without a question to the file."""

    def may_be_left(self) -> bool:
        """Whether another page may open; a page with something unsaved asks here."""
        return True

    def holds_unsaved(self) -> bool:
        """Whether something typed would be lost with this page. It is then kept until its person is back."""
        return False

    def may_be_closed(self) -> bool:
        """Whether the window may close; a page asks here before something typed is lost."""
        return True

    def scan_expected(self) -> str:
        """What a scan will do now, for the scan line."""
        return self.words("ui.scan.nothing")

    def scanned(self, text: str) -> None:
        """A code was scanned: the text as the scanner sent it, once. Each is answered once."""
        del text
        self.scan_answered.emit(refused(self.words("ui.scan.not-expected")))

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts when the page opens."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the focused button, or else the one filled button of the page."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
            return
        for button in self.findChildren(Button):
            if button.filled and button.isVisible() and button.isEnabled():
                button.click()
                return
