"""What the workflow needs from outside, as small Protocols. Adapters do not inherit from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Protocol as Port

if TYPE_CHECKING:
    from pharmacy_app.domain.account import Secret
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.finding import Finding, Mark
    from pharmacy_app.domain.label import Content, ReadBack
    from pharmacy_app.domain.scan import Scan
    from pharmacy_app.workflow.plan_paper import PaperSize, PlanPaper
    from pharmacy_app.workflow.worksheet import Worksheet


class Phrases(Port):
    """The wording catalogue: a code and its values become a sentence."""

    def __call__(self, code: str, **values: str) -> str: ...
    def finding(self, finding: Finding) -> str: ...
    def error(self, error: PharmacyError) -> str: ...
    def source(self, mark: Mark) -> str: ...


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A finished document and what was wrong with it. With a stop among the findings `pdf` is empty."""

    pdf: bytes
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in shades of grey, one byte a pixel, row by row: 0 is black, 255 white."""

    width: int
    height: int
    data: bytes


class LabelRenderer(Port):
    """Draws a label or an in-process tag. The same content gives the same bytes."""

    @property
    def stocks(self) -> tuple[str, ...]:
        """The stocks that have a layout for labels, such as `4x3`."""
        ...

    @property
    def tag_stocks(self) -> tuple[str, ...]:
        """The stocks that have a layout for in-process tags, such as `3x2`."""
        ...

    def draw(self, content: Content, *, stock: str, dpi: int) -> RenderedDocument:
        """The document as PDF; a stop for each item that does not fit or cannot be drawn."""
        ...

    def read_back(self, pdf: bytes, *, dpi: int) -> ReadBack:
        """What stands on the rendered label, decoded and taken out again."""
        ...

    def picture(self, pdf: bytes, *, dpi: int) -> Picture:
        """The label as the printer draws it: whole dots, black on white."""
        ...


class ScanReader(Port):
    """Reads a code as scanners send it, or as a person types what is printed under it."""

    def __call__(self, text: str, *, own_gtins: frozenset[str], today: date) -> Scan:
        """What the code says. `own_gtins` are the site's own bags' GTIN-14, `today` the site's day.

        Raises:
            InputRefused: it breaks a rule of its kind, or it can be read in two ways. Its field is `scan`.
        """
        ...


class WorksheetRenderer(Port):
    """Draws a worksheet on one Letter page."""

    def draw(self, worksheet: Worksheet) -> RenderedDocument:
        """The worksheet as PDF."""
        ...


class PlanRenderer(Port):
    """Draws a plan on one page."""

    def draw(self, paper: PlanPaper, *, size: PaperSize) -> RenderedDocument:
        """The plan as PDF, one page; a stop for each text that has no room on it."""
        ...


class SecretHasher(Port):
    """Hashes secrets so that nobody can turn the hash back; slow on purpose."""

    def hash(self, secret: Secret) -> str:
        """The hash to be kept; another one each time."""
        ...

    def matches(self, secret: Secret, secret_hash: str | None) -> bool:
        """Whether the hash was made of this secret. None: nobody's hash; the same work, and no."""
        ...

    def name_digest(self, name: str) -> str:
        """64 hexadecimal digits that stand for a typed name: always the same ones, and as slow.

        What is typed as a name may be a secret by mistake, so a fast digest of it would give it away.
        """
        ...
