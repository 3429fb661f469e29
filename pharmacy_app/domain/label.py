"""What a label or an in-process tag says: texts and code contents, no geometry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LabelContent:
    """Every word and number of one dispensing label, in reading order, ready to be drawn.

    Nothing may be left out, cut or replaced by whoever draws it: what does not fit stops the label.
    Tuples are lines or runs that follow each other; an empty string or tuple means that the item does
    not apply to this bag. Number and unit are joined by NO-BREAK SPACE (U+00A0) in `rate`, `infuse`,
    … wherever they must not part.
    """

    marks: tuple[str, ...]  # such as TRAINING – NOT FOR PATIENT USE, SPECIMEN
    print_text: str  # at the right of the mark band: SPECIMEN, LABEL 1, REPRINT 2 – previous label void
    patient_name: str  # the largest words
    record_number: tuple[str, str]  # caption, value: MRN, 4471023
    date_of_birth: tuple[str, str]  # caption, value: Born, 1979-MAR-14
    destination: str
    drug: str  # blinatumomab
    brand: str  # BLINCYTO
    dose: str  # 28 mcg per day
    ordered_amount: str  # 112 mcg over 96 h
    bag_of: str  # Bag 3 of 8
    cycle_days: str  # Cycle 1, days 8 to 11
    benzyl_alcohol_warning: str  # boxed; empty for preservative-free bags
    diluent: str  # in words
    rate_caption: str
    rate: str  # 2.5 mL/h, the only rate
    infuse_caption: str  # INFUSE over 96 h (4 days)
    infuse: str
    discard_caption: str  # DISCARD OVERFILL
    discard: str
    bag_caption: str
    bag_volume: str
    prohibitions: tuple[str, ...]  # DO NOT FLUSH, DO NOT INFUSE OVERFILL
    route: str
    filter: str
    materials: str  # DEHP-free bag and set only
    priming: str  # who primes the set
    storage: tuple[str, ...]
    alerts: tuple[str, ...]  # NAME ALERT, dose change, NEW SET AT THIS CHANGE, LAST BAG …
    hang_at: str  # HANG AT 2026-OCT-26 14:00 not before
    change_at: str  # Change bag at 2026-OCT-30 14:00 whatever remains
    time_offset: str  # Times are UTC−04:00
    prepared: tuple[str, str]  # caption, value
    start_by: tuple[str, str]
    expires: tuple[str, str]
    prepared_by: tuple[str, str]
    verified_by: tuple[str, str]
    serial: str  # ten digits, shown in two groups beside the codes: 261026 0317
    order_number: tuple[str, str]  # caption, value; where there is room
    prescriber: tuple[str, str]  # caption, value; where there is room
    compounded: str  # where there is room
    pharmacy: str  # name and telephone
    protocol: str  # Canada · monograph 2026-02-27 · revision 1 · digest
    code128: str  # serial + print number, digits only
    datamatrix: str  # GS1 element string in parentheses: (90)…(91)…


@dataclass(frozen=True, slots=True)
class TagContent:
    """Every word and number of one in-process tag, in reading order (REQ-VER-007).

    It goes with the bag from the first step, and never to a patient. The same holds for it as for a label:
    nothing is left out, cut or replaced.
    """

    marks: tuple[str, ...]
    not_released: str  # NOT RELEASED
    patient_name: str  # the largest words
    record_number: tuple[str, str]  # caption, value
    date_of_birth: tuple[str, str]  # caption, value
    drug: str
    dose: str
    bag_of: str
    alerts: tuple[str, ...]  # NAME ALERT
    serial: str
    code128: str  # serial + 00
    datamatrix: str  # (90)TAG(91)…(92)…


Content = LabelContent | TagContent


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One run of text as it stands in the finished document; its size in points, as a decimal text."""

    text: str
    size_pt: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What an eye and a scanner find on the rendered label.

    `code128` and `datamatrix` are decoded from the picture at the printer's resolution; None: not
    readable. `datamatrix` is the raw element string, with FNC1 as U+001D, `symbologies` their
    identifiers (`]C0`, `]d2`). `texts` is the text taken out of the document again, run by run, in the
    document's order.
    """

    code128: str | None
    datamatrix: str | None
    symbologies: tuple[str, ...]
    texts: tuple[DrawnText, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The runs' texts alone."""
        return tuple(each.text for each in self.texts)

    @property
    def smallest_pt(self) -> str:
        """The smallest type found, as a decimal text; empty when there is no text."""
        return min((each.size_pt for each in self.texts), key=Decimal, default="")
