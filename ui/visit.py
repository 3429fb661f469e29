"""What one person has open in the window. It waits while somebody else works here, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from ui.page import Noun, Page, PageName, Subject
from ui.widgets.dialog import BandedDialog

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor
    from ui.gateway import Gateway


class Visit:
    """The pages of one person: made when first opened, each with what was typed into it."""

    def __init__(self, actor: Actor, gateway: Gateway) -> None:
        self.actor = actor
        self.branch = gateway.branch()
        self.pages: dict[PageName, Page] = {}
        self.subject = Subject()
        self.open_page: PageName | None = None
        self._outdated: set[PageName] = set()
        self._focus: QWidget | None = None
        self._dialogs: list[BandedDialog] = []

    @property
    def page(self) -> Page | None:
        """The page in front; None where the person may not use the chosen one."""
        return None if self.open_page is None else self.pages.get(self.open_page)

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed would be lost with these pages."""
        return any(page.holds_unsaved() for page in self.pages.values())

    def nouns_changed(self, nouns: frozenset[Noun], *, in_front: bool) -> None:
        """Load the page in front anew if it shows one of these; the others when they are opened."""
        for name, page in self.pages.items():
            if not page.nouns & nouns:
                continue
            if in_front and name is self.open_page:
                page.reload()
            else:
                self._outdated.add(name)

    def catch_up(self) -> None:
        """Load the page in front anew if something it shows has changed meanwhile."""
        if self.open_page in self._outdated and self.page is not None:
            self._outdated.discard(self.open_page)
            self.page.reload()

    def step_aside(self, window: QWidget) -> None:
        """The station is locked: remember the keyboard's place, and take the dialogs away."""
        self._focus = QApplication.focusWidget()
        in_front = QApplication.activeWindow() is not None
        for dialog in _open_dialogs():
            if isinstance(dialog, BandedDialog) and dialog.steps_aside:
                self._dialogs.append(dialog)
                dialog.hide()
            else:
                dialog.reject()
        if in_front:
            window.activateWindow()

    def come_back(self) -> None:
        """The same person is back: everything as it was."""
        self.catch_up()
        dialogs, self._dialogs = self._dialogs, []
        for dialog in dialogs:
            if isValid(dialog):
                dialog.show()
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """These pages are not needed any more. What they asked is still done."""
        self.branch.close()
        for widget in (*self._dialogs, *self.pages.values()):
            if isValid(widget):
                widget.hide()
                widget.deleteLater()
        self.pages, self._dialogs = {}, []


class Visits:
    """Who works here, and those who left something unsaved and will come back to it."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._kept: dict[str, Visit] = {}
        self.current: Visit | None = None

    def all(self) -> tuple[Visit, ...]:
        """The visit of whoever works here, then the others."""
        return (*([self.current] if self.current else []), *self._kept.values())

    def arrive(self, actor: Actor) -> Visit:
        """The visit of a person who has signed in: as it was left, or a new one without pages."""
        former, self.current = self.current, None
        if former is not None:
            self._kept[former.actor.person] = former
        own = self._kept.pop(actor.person, None)
        if own is not None and own.actor != actor:
            own.end()  # other roles: other pages
            own = None
        for visit in [each for each in self._kept.values() if not each.holds_unsaved]:
            del self._kept[visit.actor.person]
            visit.end()
        self.current = own or Visit(actor, self._gateway)
        return self.current


def _open_dialogs() -> list[QDialog]:
    """The uppermost first."""
    found = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
    ]
    uppermost = QApplication.activeModalWidget()
    return sorted(found, key=lambda each: each is not uppermost)
