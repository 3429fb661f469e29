"""What the window needs of the wording catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.finding import Finding, Mark


class Words(Protocol):
    """A code and its values become a sentence; findings, refusals and source marks likewise."""

    def __call__(self, code: str, /, **values: str) -> str: ...
    def finding(self, finding: Finding, /) -> str: ...
    def error(self, error: PharmacyError, /) -> str: ...
    def source(self, mark: Mark, /) -> str: ...
