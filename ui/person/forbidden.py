"""What stands in place of a page that is not for the person who works here: its name, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.domain.person import PERMITTED
from ui import theme
from ui.page import USED_BY, PageName
from ui.person.roles import role_words
from ui.widgets.head import PageHead
from ui.widgets.notice import NoticeCard

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor
    from ui.words import Words


class ForbiddenView(QWidget):
    """The page stays in the navigation, so that everybody knows that it is there."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._head = PageHead()
        self._notice = NoticeCard(words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        body = QVBoxLayout()
        body.setContentsMargins(theme.PAGE_EDGE, 0, theme.PAGE_EDGE, theme.PAGE_EDGE - 4)
        body.addWidget(self._notice)
        whole.addLayout(body, 1)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._notice.text

    def show_page(self, name: PageName, actor: Actor) -> None:
        """Say who may use this page, and who works here."""
        self._head.set_title(self._words(f"ui.{name.value}.name"))
        sentence = self._words(
            "ui.frame.not-for",
            roles=role_words(PERMITTED[USED_BY[name]], self._words),
            person=actor.display_name,
            own=role_words(actor.roles, self._words),
        )
        self._notice.show_notice(sentence, ())
