"""The form of one account: name, display name, roles, badge, and for a new one the secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.person import Role
from ui import theme
from ui.person.presenter import with_roles
from ui.person.secret_pair import SecretPair
from ui.person.view import AccountDraft, AccountView
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.field import ChoiceField, TextField
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.account import Secret
    from ui.words import Words


class AccountCard(Card):
    """`edited` carries the AccountDraft. The other three say that their button was pressed."""

    edited = Signal(object)
    saved = Signal()
    secret_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(" ")
        self._words = words
        self._view: AccountView | None = None
        self.name = TextField(words("ui.people.field.name"), words, example="kjones")
        self.display_name = TextField(words("ui.people.field.display-name"), words, example="K. Jones")
        roles = [(role.value, words(f"ui.role.{role.value}")) for role in Role]
        self.roles = ChoiceField(words("ui.people.field.roles"), roles, words, many=True)
        self.badge = TextField(words("ui.people.field.badge"), words)
        self.secrets = SecretPair(words)
        self.save = ExplainedButton(Button("", filled=True))
        self.new_secret = Button(words("ui.people.new-secret"))
        self.end = Button(words("ui.people.end"))
        self._note = Text(size=theme.SMALL, role="muted", wrap=True)
        self._findings = FindingList(words)
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        self.column.setSpacing(theme.SPACES[1])
        names = QHBoxLayout()
        names.setSpacing(theme.SPACES[2])
        names.addWidget(self.name, 1)
        names.addWidget(self.display_name, 1)
        part = ScrollPart(edge=5)  # room for the ring around what has the keyboard
        part.column.setSpacing(theme.SPACES[1])
        part.column.addWidget(self._note)
        part.column.addLayout(names)
        for findings in (self.name.detach_findings(), self.display_name.detach_findings()):
            part.column.addWidget(findings)
        parts: tuple[QWidget, ...] = (self.roles, self.badge, self.secrets, self._findings)
        for widget in parts:
            part.column.addWidget(widget)
        part.column.addStretch(1)
        self.column.addWidget(part, 1)
        self.column.addWidget(self.save)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self.new_secret, 1)
        row.addWidget(self.end, 1)
        self.column.addLayout(row)

    def _wire(self) -> None:
        for field in (self.name, self.display_name, self.badge):
            field.typed.connect(self._tell)
            field.edit.returnPressed.connect(self._save)
        self.roles.typed.connect(self._tell)
        self.secrets.typed.connect(self._show_why)
        self.secrets.entered.connect(self._save)
        self.save.button.clicked.connect(self._save)
        self.new_secret.clicked.connect(self.secret_wanted)
        self.end.clicked.connect(self.end_wanted)

    @property
    def secret(self) -> Secret:
        """The secret of a new account."""
        return self.secrets.secret

    def set_focus(self) -> None:
        """Bring the keyboard to the first field that can be changed."""
        first = self.name if self._view is None or self._view.is_new else self.display_name
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: AccountView) -> None:
        """Show this account."""
        self._view = view
        self.set_title(view.title)
        self._note.say(view.note)
        for field, text in self._texts(view.draft):
            if field.text != text:
                field.set_text(text)
            field.lock(locked=view.locked or (field is self.name and not view.is_new))
        if self.roles.choice.values != view.draft.roles:
            self.roles.choice.set_values(view.draft.roles)
        self.roles.lock(locked=view.locked)
        self.secrets.setVisible(view.is_new)
        self.save.button.setText(self._words("ui.people.make" if view.is_new else "ui.people.save"))
        self.save.setVisible(view.may_change)
        self.new_secret.setVisible(view.may_change and not view.is_new)
        self.end.setVisible(view.may_end)
        self._show_remarks(view)
        self._show_why()

    def _texts(self, draft: AccountDraft) -> tuple[tuple[TextField, str], ...]:
        return (
            (self.name, draft.name),
            (self.display_name, draft.display_name),
            (self.badge, draft.badge),
        )

    def _show_remarks(self, view: AccountView) -> None:
        places = {
            "name": self.name,
            "display_name": self.display_name,
            "roles": self.roles,
            "badge": self.badge,
        }
        for name, field in places.items():
            field.show_remarks([each for each in view.remarks if each.field == name])
        self.secrets.show_remarks([each for each in view.remarks if each.field == "secret"])
        known = {*places, "secret"}
        self._findings.show_remarks([each for each in view.remarks if each.field not in known])

    def _show_why(self) -> None:
        if self._view is None:
            return
        why = self._view.why_not or (self.secrets.why_not if self._view.is_new else "")
        if why:
            self.save.forbid(why)
        else:
            self.save.allow()

    def take_badge(self, code: str) -> bool:
        """A badge was scanned; whether it has a place here."""
        if self._view is None or self._view.locked:
            return False
        self.badge.set_text(code)
        self._tell()
        return True

    def _tell(self) -> None:
        draft = AccountDraft(self.name.text, self.display_name.text, badge=self.badge.text)
        self.edited.emit(with_roles(draft, self.roles.choice.values))

    def _save(self) -> None:
        if self.save.button.isEnabled() and self.save.isVisible():
            self.saved.emit()
