"""The groups in which figures are commissioned: every figure of protocol and site stands in exactly one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pharmacy_app.domain.figure_value import reading as reading_of_figure
from pharmacy_app.domain.finding import Mark
from pharmacy_app.domain.protocol import Figure, Protocol
from pharmacy_app.domain.site_figure import SiteFigure, site_figures, site_reading

# Which figures belong together, by how their names begin and end; the first that fits.
_BY_NAME: tuple[tuple[str, str, str], ...] = (
    ("patients", "patient.", ""),
    ("patients", "benzyl_alcohol.", ""),
    ("doses", "dose.", ""),
    ("doses", "cycle.", ""),
    ("restart", "restart.", ""),
    ("restart", "interruption.", ""),
    ("premedication", "prephase.", ""),
    ("premedication", "tumour_lysis.", ""),
    ("vial", "vial.", ""),
    ("supplies", "filter.", ""),
    ("supplies", "supply.", ""),
    ("supplies", "bag.durations", ""),
    ("stability", "storage.", ""),
    ("stability", "", ".refrigerated_limit"),
    ("stability", "", ".room_limit"),
    ("preservative-free", "preservative-free.", ""),
    ("bacteriostatic", "bacteriostatic.", ""),
)
# Limits for which published texts disagree: both stand beside the field (REQ-BUD-002).
TEXTS_DIFFER = ("preservative-free.refrigerated_limit", "preservative-free.room_limit")
NO_DIGEST = ""  # in place of a protocol's digest: the figure is the site's own


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that are typed and signed together. `digest` is their protocol's, or `NO_DIGEST`."""

    name: str
    digest: str
    figures: tuple[Figure | SiteFigure, ...]

    @property
    def of_site(self) -> bool:
        """Whether the site itself sets them: there is no program value."""
        return self.digest == NO_DIGEST

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its figures."""
        return tuple(each.name for each in self.figures)


def groups_of(protocol: Protocol) -> tuple[FigureGroup, ...]:
    """The protocol's groups in the order of its file, then the site's.

    Raises:
        ValueError: a figure belongs to no group. The reader of protocol files lets no such figure in.
    """
    named = ((_group_of(each.name), each) for each in protocol.figures.values())
    of_site = ((each.group, each) for each in site_figures(protocol))
    return (*_grouped(named, protocol.digest), *_grouped(of_site, NO_DIGEST))


def _grouped(named: Iterable[tuple[str, Figure | SiteFigure]], digest: str) -> tuple[FigureGroup, ...]:
    found: dict[str, list[Figure | SiteFigure]] = {}
    for name, figure in named:
        found.setdefault(name, []).append(figure)
    return tuple(FigureGroup(name, digest, tuple(figures)) for name, figures in found.items())


def _group_of(figure: str) -> str:
    for group, start, end in _BY_NAME:
        if figure.startswith(start) and figure.endswith(end) and not (end and figure.startswith("vial.")):
            return group
    first, _, rest = figure.partition(".")
    second, _, last = rest.partition(".")
    match first:
        case "course" if last.startswith("premedication."):
            return "premedication"
        case "course":
            return f"course-{second}"
        case "bag" if last:
            return f"bag-{second}"
        case _:
            raise ValueError(f"no group for {figure}")


def reading(figure: Figure | SiteFigure, text: str) -> str:
    """One writing for all texts of the same value; of a site's figure empty where it is not set.

    Raises:
        InputRefused: the text is no value of this figure.
    """
    return reading_of_figure(figure, text) if isinstance(figure, Figure) else site_reading(figure, text)


def program_value(figure: Figure | SiteFigure) -> str | None:
    """What the program has for it; None: the site sets it."""
    return figure.value if isinstance(figure, Figure) else None


def mark_of(figure: Figure | SiteFigure) -> Mark:
    """Where it comes from."""
    return figure.mark if isinstance(figure, Figure) else Mark.SITE
