"""The People page, for administrators."""

from __future__ import annotations

from typing import ClassVar

from ui.page import Noun, Page, PageContext, PageName


class PeoplePage(Page):
    """Accounts."""

    name: ClassVar[PageName] = PageName.PEOPLE
    nouns: ClassVar[frozenset[Noun]] = frozenset({Noun.PERSON})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.head.set_title(self.words("ui.people.name"))
