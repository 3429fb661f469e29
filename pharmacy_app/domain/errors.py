"""The three kinds of no that are not findings: refused input, refused by the rules, station trouble.

Each carries a stable code and values; the words are looked up in the wording catalogue at the edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmacy_app.domain.finding import Finding


class PharmacyError(Exception):
    """Base of every foreseen no. `code` names the sentence in the catalogue, `values` fill its gaps."""

    def __init__(self, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, str] = dict(values or {})


class InputRefused(PharmacyError):
    """A file, field or option is not what it should be: what was given, and what is expected.

    `field` is the dotted path, such as `patient.weight_kg`; `given` is what stood there, shortened;
    `code` names the sentence that says what is expected.
    """

    def __init__(self, field: str, given: str, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(code, values)
        self.field = field
        self.given = given

    def __str__(self) -> str:
        return f"{self.field}: given {self.given!r}, expected {self.code} {self.values}"


class RulesRefused(PharmacyError):
    """A readable request that the rules refuse: at least one finding is a stop."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("refused.by-rules")
        self.findings = findings


class StationTrouble(PharmacyError):
    """Printer, network, database or disk: nothing is wrong with the request, and nothing was lost."""
