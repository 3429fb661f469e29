"""Commissioning: two pharmacists type every figure from their own monograph and sign (REQ-PRO-003).

A figure of the protocol agrees when both typed the program's value. A figure of the site has no such value:
both must have typed the same, and until then it is not in force. What counts is what was signed; a value that
was typed and not signed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.figure_group import FigureGroup, groups_of, mark_of, program_value, reading
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.protocol import Figure, Protocol
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.site_figure import SiteFigure

SIGNATURES = 2  # under every group, of two different people
INSTALLATION = "installation"  # the key of the one there is
_RULE = "REQ-PRO-003"


@dataclass(frozen=True, slots=True)
class FigureTyped:
    """What one pharmacist typed for one figure of the protocol with this digest, or for a site figure.

    `protocol_digest` is as the protocol file's own, uncommissioned; for a figure of the site it is empty.
    """

    protocol_digest: str
    figure: str
    value: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """The newest value counts that a person typed for a figure."""
        return f"{self.protocol_digest}\n{self.figure}\n{self.person}"


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure and a text for it."""

    figure: str
    value: str


@dataclass(frozen=True, slots=True)
class GroupSigned:
    """A pharmacist's signature under one group of figures; `digest` covers the values that were typed."""

    protocol_digest: str
    group: str
    person: str
    at: datetime
    values: tuple[FigureValue, ...]
    digest: str

    @property
    def key(self) -> str:
        """One signature of a person under a group."""
        return f"{self.protocol_digest}\n{self.group}\n{self.person}"

    @property
    def texts(self) -> dict[str, str]:
        """What was signed, by figure."""
        return {each.figure: each.value for each in self.values}


@dataclass(frozen=True, slots=True)
class Installation:
    """What this installation is for: training alone, or patients. Before the first such fact: training.

    `protocol_digest` is the file's own digest when it was opened for patients; `figures` are what it then
    said, so that a later revision can be compared with it. Two people signed.
    """

    training: bool
    protocol_digest: str
    person: str
    second_person: str
    at: datetime
    figures: tuple[FigureValue, ...]

    @property
    def key(self) -> str:
        """There is one installation."""
        return INSTALLATION


def commissioned(protocol: Protocol) -> Protocol:
    """The protocol in force for patients. Its digest differs from the training one (REQ-PRO-006)."""
    return replace(protocol, commissioned=True, digest=commissioned_digest(protocol.digest))


def commissioned_digest(digest: str) -> str:
    """The digest of the commissioned protocol whose file has this one."""
    return f"sha256:{digest_of({'commissioned': True, 'protocol': digest})}"


def values_of(texts: Mapping[str, str]) -> tuple[FigureValue, ...]:
    """Figures and their texts, sorted by name."""
    return tuple(FigureValue(name, texts[name]) for name in sorted(texts))


def values_digest(group: FigureGroup, texts: Mapping[str, str]) -> str:
    """What a signature under a group covers: the protocol, the group, and every value as typed."""
    return digest_of({"protocol": group.digest, "group": group.name, "values": dict(texts)})


def check_typed(figure: Figure | SiteFigure, text: str) -> tuple[Finding, ...]:
    """A stop where a readable text differs from the program's value; it names figure and both values.

    Raises:
        InputRefused: the text is no value of this figure.
    """
    typed, program = reading(figure, text), program_value(figure)
    if program is None or typed == reading(figure, program):
        return ()
    values = {
        "figure": figure.name,
        "program": _with_unit(program, figure),
        "typed": _with_unit(text, figure),
    }
    return (_stop("commissioning.differs", figure, **values),)


def check_readable(figure: Figure | SiteFigure, text: str) -> tuple[Finding, ...]:
    """As `check_typed`; a text that is no value of the figure any more says nothing."""
    try:
        return check_typed(figure, text)
    except InputRefused:
        return ()


def check_group(group: FigureGroup, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Every stop that keeps one person from signing: a figure not typed, or one that differs."""
    found: list[Finding] = []
    for figure in group.figures:
        if figure.name in texts:
            found.extend(check_typed(figure, texts[figure.name]))
        else:
            found.append(_stop("commissioning.not-typed", figure, figure=figure.name))
    return tuple(found)


def with_unset(group: FigureGroup, texts: Mapping[str, str]) -> dict[str, str]:
    """What a signature covers: a figure of the site that was left empty, and may be, is signed as not set."""
    unset = (each for each in group.figures if isinstance(each, SiteFigure) and not each.required)
    return {**{each.name: "" for each in unset}, **texts}


def standing(group: FigureGroup, signatures: Iterable[GroupSigned]) -> tuple[GroupSigned, ...]:
    """The newest signature of each person under a group, the newest of all first."""
    newest: dict[str, GroupSigned] = {}
    for each in sorted(signatures, key=lambda signed: signed.at):
        if (each.protocol_digest, each.group) == (group.digest, group.name):
            newest[each.person] = each
    return tuple(sorted(newest.values(), key=lambda signed: signed.at, reverse=True))


def is_agreed(group: FigureGroup, signatures: Iterable[GroupSigned]) -> bool:
    """Whether two different people signed every figure of the group and all their values agree."""
    signed = standing(group, signatures)
    if group.of_site:
        return len(signed) >= SIGNATURES and not differing(group, signed)
    return sum(not check_signed(group, each) for each in signed) >= SIGNATURES


def check_signed(group: FigureGroup, signed: GroupSigned) -> tuple[Finding, ...]:
    """What is wrong with a signature on file: a value is missing, or is not the program's."""
    try:
        return check_group(group, signed.texts)
    except InputRefused as unreadable:  # signed when another kind of value was asked for
        figure = next(each for each in group.figures if each.name == unreadable.field)
        return (_stop("commissioning.not-typed", figure, figure=figure.name),)


def differing(group: FigureGroup, signed: Sequence[GroupSigned]) -> tuple[SiteFigure, ...]:
    """The site's figures in a group on which the two newest signatures differ."""
    if len(signed) < SIGNATURES:
        return ()
    one, other = signed[0].texts, signed[1].texts
    figures = (each for each in group.figures if isinstance(each, SiteFigure))
    return tuple(each for each in figures if not _same(each, one, other))


def check_site_differences(group: FigureGroup, signed: Sequence[GroupSigned]) -> tuple[Finding, ...]:
    """A stop for each figure of the site on which the two newest signatures differ; no value is told."""
    return tuple(
        _stop("commissioning.site-differs", each, figure=each.name) for each in differing(group, signed)
    )


def site_in_force(protocol: Protocol, history: Iterable[GroupSigned]) -> dict[str, str]:
    """The site's figures on which the two newest signatures of different people agree, by name.

    `history` is every signature ever given. When a new one differs, a figure is no longer in force; only one
    that is required keeps its last agreed value until another is agreed.
    """
    groups = {each.name: each for each in groups_of(protocol) if each.of_site}
    in_force: dict[str, str] = {}
    newest: dict[str, dict[str, GroupSigned]] = {}
    for signed in sorted(history, key=lambda each: each.at):
        group = groups.get(signed.group)
        if group is None or signed.protocol_digest != group.digest:
            continue
        by_person = newest.setdefault(group.name, {})
        by_person.pop(signed.person, None)  # the newest stands last
        by_person[signed.person] = signed
        if len(by_person) >= SIGNATURES:
            _agree(group, list(by_person.values())[-SIGNATURES:], in_force)
    return in_force


def _agree(group: FigureGroup, signed: list[GroupSigned], in_force: dict[str, str]) -> None:
    one, other = (each.texts for each in signed)
    for figure in group.figures:
        if _same(figure, one, other):
            in_force[figure.name] = reading(figure, one[figure.name])
        elif not (isinstance(figure, SiteFigure) and figure.required):
            in_force.pop(figure.name, None)


def _same(figure: Figure | SiteFigure, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    if figure.name not in one or figure.name not in other:
        return False
    try:
        return reading(figure, one[figure.name]) == reading(figure, other[figure.name])
    except InputRefused:  # signed when another kind of value was asked for
        return False


def not_agreed(protocol: Protocol, signatures: Sequence[GroupSigned]) -> tuple[Finding, ...]:
    """A stop for each group of the protocol that two people have not signed yet."""
    found = []
    for group in groups_of(protocol):
        if not group.of_site and not is_agreed(group, signatures):
            signed = sum(not check_signed(group, each) for each in standing(group, signatures))
            values = {"group": group.name, "signed": str(signed), "needed": str(SIGNATURES)}
            found.append(
                finding("commissioning.group-not-agreed", Severity.STOP, _RULE, Mark.DERIVED, **values)
            )
    return tuple(found)


def required_not_set(protocol: Protocol, in_force: Mapping[str, str]) -> tuple[Finding, ...]:
    """A stop for each figure of the site that has to be set before patients are treated."""
    figures = (each for group in groups_of(protocol) if group.of_site for each in group.figures)
    return tuple(
        _stop("commissioning.site-not-set", each, figure=each.name)
        for each in figures
        if isinstance(each, SiteFigure) and each.required and not in_force.get(each.name)
    )


def check_commissioned(protocol: Protocol, site: Site) -> tuple[Finding, ...]:
    """Outside training nothing is released after figures that two pharmacists have not signed."""
    if site.training or protocol.commissioned:
        return ()
    return (finding("commissioning.not-commissioned", Severity.STOP, _RULE, Mark.DERIVED),)


def _stop(code: str, about: Figure | SiteFigure, **values: str) -> Finding:
    return finding(code, Severity.STOP, _RULE, mark_of(about), field=about.name, **values)


def _with_unit(text: str, figure: Figure | SiteFigure) -> str:
    return f"{text} {figure.unit}" if figure.unit else text
