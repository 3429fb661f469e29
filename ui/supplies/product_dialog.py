"""A product of the catalogue, to be kept or changed by a pharmacist. What is not chosen is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.supply import BagMaterial
from ui import theme
from ui.remarks import Remark
from ui.supplies.product_form import COLUMNS, fields_of, placed, to_be_kept
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.dialog import BandedDialog
from ui.widgets.field import ChoiceField, Field, SelectField, TextField
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.product_picture import Look, ProductPicture
from ui.widgets.reading_order import go
from ui.widgets.scroll import ScrollPart

if TYPE_CHECKING:
    from ui.words import Words

_WIDTH = 820
_HEIGHT = 440
_WIDE = ("kind", "name", "manufacturer", "code")
_YES_NO = ("dehp", "built_in_filter", "low_protein_binding", "sterile", "non_pyrogenic")
_UNITS = {
    "pore_micron": "micron",
    "volume_ml": "ml",
    "concentration_mcg_per_ml": "mcg-per-ml",
    "fill_ml": "ml",
}


class ProductDialog(BandedDialog):
    """`saved` carries the texts of all columns. The dialog stays until `accept` is called; Esc leaves it."""

    saved = Signal(object)  # dict[str, str]

    def __init__(self, parent: QWidget | None, words: Words, *, texts: Mapping[str, str] | None) -> None:
        code = "new-product" if texts is None else "change-product"
        super().__init__(parent, words, title=words(f"ui.supplies.{code}"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._words = words
        self._picture = ProductPicture(72)
        self.fields: dict[str, Field] = {name: self._field(name) for name in COLUMNS}
        self._findings = FindingList(words)
        self.save = Button(words("ui.supplies.save-product"), filled=True)
        self._arrange()
        if texts is not None:
            self._fill(texts)
            self.fields["code"].lock(locked=True)
        for field in self.fields.values():
            field.typed.connect(self._show_fields)
        FocusRing(self)
        self._show_fields()
        self.fields["kind" if texts is None else "name"].set_focus()

    def _field(self, name: str) -> Field:
        words = self._words
        caption = words(f"ui.supplies.product.{name.replace('_', '-')}")
        if name == "kind":
            kinds = [(each.value, words(f"ui.supplies.kind.{each.value}")) for each in ProductKind]
            return SelectField(caption, [("", words("ui.supplies.choose-kind")), *kinds], words)
        if name == "material":
            known = [
                (each.value, words(f"ui.supplies.material.{each.value.lower()}")) for each in BagMaterial
            ]
            return SelectField(caption, [("", words("ui.supplies.not-known")), *known], words)
        if name == "has_serial":
            return ChoiceField(caption, self._answers(("yes", "no")), words)
        if name in _YES_NO:
            return ChoiceField(caption, self._answers(("yes", "no", "")), words)
        unit = _UNITS.get(name)
        return TextField(caption, words, suffix=words(f"ui.supplies.unit.{unit}") if unit else "")

    def _answers(self, values: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(each, self._words(f"ui.supplies.answer.{each or 'not-known'}")) for each in values]

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACES[4])
        grid.setVerticalSpacing(theme.SPACES[2])
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for at, name in enumerate(_WIDE):
            grid.addWidget(self.fields[name], at // 2, at % 2)
        self._rest = [name for name in COLUMNS if name not in _WIDE]
        for at, name in enumerate(self._rest):
            grid.addWidget(self.fields[name], 2 + at // 2, at % 2)
        self._grid = grid
        part = ScrollPart(edge=14)
        part.column.addLayout(grid)
        part.column.addWidget(self._findings)
        part.column.addStretch(1)
        part.setFixedHeight(_HEIGHT)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(part)
        self.column.addWidget(card)
        self.column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.save.setDefault(True)
        self.save.clicked.connect(lambda: self.saved.emit(to_be_kept(self.texts)))
        back = Button(self._words("ui.supplies.back"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self._picture)
        row.addStretch(1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    @property
    def texts(self) -> dict[str, str]:
        """What was typed and chosen, of every field."""
        return {name: _text_of(field) for name, field in self.fields.items()}

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark shown."""
        at_fields = tuple(each for field in self.fields.values() for each in field.remarks)
        return at_fields + self._findings.remarks

    def _fill(self, texts: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            match field:
                case TextField():
                    field.set_text(texts[name])
                case SelectField():
                    field.set_value(texts[name])
                case ChoiceField():
                    field.choice.set_values([texts[name]])

    def _show_fields(self) -> None:
        texts = self.texts
        shown = fields_of(texts)
        places = [name for name in self._rest if name in shown]
        for name in self._rest:
            self._grid.removeWidget(self.fields[name])
            self.fields[name].setVisible(name in shown)
        for at, name in enumerate(places):
            self._grid.addWidget(self.fields[name], 2 + at // 2, at % 2)
        kind = texts["kind"]
        look = (
            Look(ProductKind(kind), texts["built_in_filter"] == "yes", texts["fill_ml"] != "")
            if kind
            else None
        )
        self._picture.show_look(look)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Put each remark at its field; those of none, or of one that is not shown, stand below."""
        at_home = [placed(each) for each in remarks]
        shown = fields_of(self.texts)
        for name, field in self.fields.items():
            field.show_remarks([each for each in at_home if each.field == name and name in shown])
        self._findings.show_remarks([each for each in at_home if each.field not in shown])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)


def _text_of(field: Field) -> str:
    match field:
        case TextField():
            return field.text
        case SelectField():
            return field.value
        case ChoiceField():
            return field.choice.value or ""
        case _:
            raise TypeError(f"no field of a product: {field!r}")
