"""What the Figures page shows, and what may be done. Knows no Qt.

The program's figure of a row is covered until a value is on file; what the other pharmacist typed never
comes here. The desk's answers come in through the `take…` methods.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.figure_group import reading
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.revision import FigureDifference
from pharmacy_app.workflow.commissioning_on_file import GroupOnFile, Overview
from ui.figures.group_rows import Draft, Progress, group_view, progress_of, progress_text
from ui.figures.list_rows import list_rows
from ui.figures.other_parts import bag_rows, opening_view, revisions_view
from ui.figures.view import FiguresView, Part
from ui.remarks import Remark, remark_of_finding, remark_of_refusal
from ui.words import Words


class FiguresPresenter:
    """Holds what is on file, what is being typed, and which part is open."""

    def __init__(self, words: Words, *, zone: str) -> None:
        self._words = words
        self._zone = ZoneInfo(zone)
        self._overview: Overview | None = None
        self._drafts: dict[str, Draft] = {}
        self._chosen = ""
        self._compared: tuple[Protocol, tuple[FigureDifference, ...]] | None = None
        self._file_refused: InputRefused | None = None
        self._said: tuple[Remark, ...] = ()

    @property
    def chosen(self) -> str:
        """The key of the open row."""
        return self._chosen

    @property
    def drafts(self) -> bool:
        """Whether something stands in a field that is not on file."""
        return bool(self._drafts)

    def take(self, overview: Overview) -> None:
        """What is on file now. What was typed and is on file is no draft any more."""
        self._overview = overview
        typed = {name: text for group in overview.groups for name, text in group.typed.items()}
        self._drafts = {
            name: draft
            for name, draft in self._drafts.items()
            if draft.refusal is not None or typed.get(name) != draft.text
        }
        if not self._chosen:
            self._chosen = overview.groups[0].group.name

    def forget(self) -> None:
        """Somebody else works here: nothing that was typed and not kept is shown on."""
        self._drafts, self._said, self._chosen, self._overview = {}, (), "", None

    def choose(self, key: str) -> None:
        """Another row was chosen."""
        self._chosen, self._said = key, ()

    def type(self, name: str, text: str) -> bool:
        """Something was typed for a figure; whether it is readable and new, so that it is to be kept."""
        group = self._group_with(name)
        figure = next(each for each in group.group.figures if each.name == name)
        self._said = ()
        if group.typed.get(name) == text:
            self._drafts.pop(name, None)
            return False
        try:
            reading(figure, text)
        except InputRefused as refusal:
            self._drafts[name] = Draft(text, refusal)
            return False
        self._drafts[name] = Draft(text, None)
        return True

    def not_kept(self, name: str) -> None:
        """What was typed could not be kept."""
        self._drafts.pop(name, None)

    def say(self, findings: tuple[Finding, ...]) -> None:
        """What a command has to say."""
        self._said = tuple(remark_of_finding(each, self._words) for each in findings)

    def refuse(self, error: PharmacyError) -> None:
        """A command was refused."""
        match error:
            case RulesRefused():
                self.say(error.findings)
            case InputRefused():
                self._said = (remark_of_refusal(error, self._words),)
            case _:
                self._said = ()

    def take_comparison(self, protocol: Protocol, found: tuple[FigureDifference, ...]) -> None:
        """A file was compared with the protocol in use."""
        self._compared, self._file_refused = (protocol, found), None

    def refuse_file(self, error: PharmacyError) -> None:
        """The file is no protocol."""
        self._compared = None
        self._file_refused = error if isinstance(error, InputRefused) else None

    def view(self) -> FiguresView | None:
        """Everything the page shows; None: nothing is known yet."""
        overview = self._overview
        if overview is None:
            return None
        group = next((each for each in overview.groups if each.group.name == self._chosen), None)
        return FiguresView(
            facts=self._facts(overview),
            rows=list_rows(overview, self._words),
            chosen=self._chosen,
            part=Part.GROUP if group else Part(self._chosen),
            group=None
            if group is None
            else group_view(group, self._drafts, overview, self._words, zone=self._zone),
            opening=opening_view(overview, self._words, when=self._when),
            bags=bag_rows(overview, self._words),
            revisions=revisions_view(overview.file, self._compared, self._file_refused, self._words),
            said=self._said,
        )

    def _when(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)

    def _facts(self, overview: Overview) -> tuple[tuple[str, str], ...]:
        of_protocol = [each for each in overview.groups if not each.group.of_site]
        agreed = sum(each.agreed for each in of_protocol)
        if not overview.may_commission or agreed == len(of_protocol):
            code = "ui.figures.groups-signed"
            return ((self._words(code, count=str(agreed), all=str(len(of_protocol))), ""),)
        parts = [progress_of(each) for each in of_protocol]
        whole = Progress(
            sum(each.same for each in parts),
            sum(each.differs for each in parts),
            sum(each.to_do for each in parts),
        )
        return ((progress_text(whole, len(overview.file.figures), self._words), ""),)

    def _group_with(self, name: str) -> GroupOnFile:
        if self._overview is None:
            raise LookupError(f"no figure is shown: {name}")
        return next(each for each in self._overview.groups if name in each.group.names)
