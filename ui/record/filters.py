"""The filters of the record in one row, and what is wrong with them under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.workflow.record_question import RecordQuestion
from ui.remarks import Remark
from ui.widgets.button import Button, LinkButton
from ui.widgets.field import TextField
from ui.words import Words

_WIDTHS = {"patient": 5, "bag": 4, "person": 4, "lot": 3, "since": 5, "until": 5}
_NAMES = tuple(each.name for each in fields(RecordQuestion))


class FilterRow(QWidget):
    """`asked` carries the RecordQuestion when a person wants its entries."""

    asked = Signal(object)  # RecordQuestion

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.fields = {
            name: TextField(words(f"record.filter.{name}"), words, example=words(f"ui.record.example.{name}"))
            for name in _NAMES
        }
        self.look = Button(words("ui.record.look"), filled=True)
        self.look.clicked.connect(self.ask)
        self.clear = LinkButton(words("ui.record.clear"))
        self.clear.clicked.connect(lambda: self.ask_for(RecordQuestion()))
        row = QHBoxLayout()
        row.setSpacing(8)
        found = QVBoxLayout()
        found.setSpacing(4)
        for name, field in self.fields.items():
            row.addWidget(field, _WIDTHS[name])
            found.addWidget(field.detach_findings())
        row.addWidget(self.look, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignBottom)
        self.clear.setFixedHeight(self.look.height())
        policy = self.clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(found)

    @property
    def question(self) -> RecordQuestion:
        """What is typed."""
        return RecordQuestion(**{name: field.text for name, field in self.fields.items()})

    def ask(self) -> None:
        """A person wants the entries of what is typed."""
        self.asked.emit(self.question)

    def ask_for(self, question: RecordQuestion) -> None:
        """Fill in this question, and ask it."""
        for name, field in self.fields.items():
            field.set_text(getattr(question, name))
        self.ask()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """What is wrong, at each field."""
        for name, field in self.fields.items():
            field.show_remarks([each for each in remarks if each.field == name])
        self.clear.setVisible(bool(self.question.given))
