"""What is being received, field by field as typed or scanned. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pharmacy_app.domain.scan import BagScan, ProductScan, Scan, TextScan

FIELDS = ("code", "lot", "expires_on", "quantity")


@dataclass(frozen=True, slots=True)
class ReceiptDraft:
    """The texts of the fields. `serials` are the units scanned so far whose codes tell them apart.

    `scanned` says that the units are being counted by scanning.
    """

    texts: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    serials: frozenset[str] = frozenset()
    scanned: bool = False

    def typed(self, name: str, text: str) -> ReceiptDraft:
        """The draft after a person typed into one field: from then on nothing is counted by scanning."""
        return replace(self, texts={**self.texts, name: text}, scanned=False)

    def with_scan(self, scan: ProductScan) -> ReceiptDraft | str:
        """The draft after one unit was scanned: another of the same lot is counted, any other begins anew.

        Else the code of the sentence that says why it is not counted.
        """
        expires = "" if scan.expires_on is None else scan.expires_on.isoformat()
        same_lot = (scan.code, scan.lot, expires) == tuple(self.texts[name] for name in FIELDS[:3])
        units, serials = 1, frozenset[str]()
        if same_lot and self.texts["quantity"]:
            if not self.scanned:
                return "ui.supplies.scanned-after-typed"
            if scan.unit_serial and scan.unit_serial in self.serials:
                return "ui.supplies.scanned-twice"
            units, serials = int(self.texts["quantity"]) + 1, self.serials
        texts = {"code": scan.code, "lot": scan.lot, "expires_on": expires, "quantity": str(units)}
        return ReceiptDraft(texts, serials | ({scan.unit_serial} - {""}), scanned=True)

    def with_code(self, code: str) -> ReceiptDraft:
        """The draft after a code was scanned or typed that says nothing but which product it is."""
        if code == self.texts["code"]:
            return self
        return ReceiptDraft({**dict.fromkeys(FIELDS, ""), "code": code})


def after(draft: ReceiptDraft, scan: Scan) -> ReceiptDraft | str:
    """The draft after a scan, or the code of the sentence that says why it stays as it is."""
    match scan:
        case BagScan():
            return "ui.supplies.scanned-bag"
        case ProductScan(lot="", expires_on=None):
            return draft.with_code(scan.code)
        case ProductScan():
            return draft.with_scan(scan)
        case TextScan(text=text):
            return draft.with_code(text)
