"""What the Record page shows of the record: whether it is whole, and the entries that are meant. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from pharmacy_app.domain.clock import date_text, time_text
from pharmacy_app.workflow.record_acts import act_text
from pharmacy_app.workflow.record_book import PORTION, Portion
from pharmacy_app.workflow.record_files import chain_text, entries_text, facts_of
from pharmacy_app.workflow.record_question import RecordQuestion
from ui.record.asking import remarks_of
from ui.record.view import Cell, ChainView, EntriesView, EntryView, Pairs, Row
from ui.remarks import Remark, remark_of_finding

if TYPE_CHECKING:
    from pharmacy_app.domain.audit import RecordedEntry
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.workflow.record_export import ChainState
    from ui.words import Words

DIGEST_SHOWN = 12
_GROUP = 8


class ChainPresenter:
    """Whether the record is whole, as far as a check has found."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._state: ChainState | None = None
        self._at: datetime | None = None
        self.checking = False

    @property
    def first_bad(self) -> int | None:
        """The first entry that cannot be trusted."""
        return None if self._state is None else self._state.check.first_bad

    def begin(self) -> bool:
        """A check begins; False: one is under way already."""
        began, self.checking = not self.checking, True
        return began

    def take(self, state: ChainState, at: datetime) -> None:
        """What the check found; `at` is the site's time."""
        self._state, self._at, self.checking = state, at, False

    def break_off(self) -> None:
        """The check could not be made."""
        self.checking = False

    def view(self) -> ChainView:
        """The state of the record now."""
        words = self._words
        if self.checking:
            return ChainView("clock", words("ui.record.checking"), "", ())
        if self._state is None or self._at is None:
            return ChainView("unknown", words("ui.record.not-checked"), "", ())
        check = self._state.check
        text = chain_text(check, self._state.sealed_at, words, today=self._at.date())
        remarks = tuple(remark_of_finding(each, words) for each in check.findings)
        beside = words("ui.record.checked-at", time=f"{self._at:%H:%M}")
        return ChainView("stop" if check.findings else "done", text, beside, remarks)


class EntriesPresenter:
    """The question that is asked, the portion that is shown, and the entry that is chosen."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._portion: Portion | None = None
        self._refused: tuple[Remark, ...] = ()
        self._befores: list[int | None] = [None]  # of each portion up to the one shown
        self._chosen: int | None = None
        self.question = RecordQuestion()

    @property
    def before(self) -> int | None:
        """The portion that is shown ends before this number; None: it is the newest."""
        return self._befores[-1]

    def ask(self, question: RecordQuestion) -> None:
        """Something else is asked: the newest portion of it."""
        self.question = question
        self._befores = [None]
        self._refused = ()

    def older(self) -> None:
        """Go on to the next older portion."""
        if self._portion is not None and self._may_older(self._portion):
            self._befores.append(self._portion.entries[-1].number)

    def newer(self) -> None:
        """Go back to the portion before."""
        if len(self._befores) > 1:
            self._befores.pop()

    def take(self, portion: Portion) -> None:
        """What is meant came."""
        self._portion = portion
        self._refused = ()
        if self._chosen not in {each.number for each in portion.entries}:
            self._chosen = portion.entries[0].number if portion.entries else None

    def refuse(self, error: PharmacyError) -> None:
        """The question was refused: what was shown is not its answer."""
        self._portion, self._refused, self._chosen = None, remarks_of(error, self._words), None

    def choose(self, key: str) -> None:
        """A person went to a row."""
        self._chosen = int(key)

    def view(self, first_bad: int | None = None) -> EntriesView:
        """What is shown now. Entries from `first_bad` on are marked: they cannot be trusted."""
        portion = self._portion
        if portion is None:
            return EntriesView((), None, "", False, False, False, self._refused, None)
        numbers = [each.number for each in portion.entries]
        chosen = numbers.index(self._chosen) if self._chosen in numbers else None
        return EntriesView(
            rows=tuple(self._row(each, portion, first_bad) for each in portion.entries),
            chosen=chosen,
            shown=self._shown(portion),
            may_newer=len(self._befores) > 1,
            may_older=self._may_older(portion),
            empty=not portion.count,
            remarks=(),
            entry=None if chosen is None else self._entry(portion.entries[chosen], portion),
        )

    def _skipped(self) -> int:
        return (len(self._befores) - 1) * PORTION

    def _may_older(self, portion: Portion) -> bool:
        return self._skipped() + len(portion.entries) < portion.count

    def _shown(self, portion: Portion) -> str:
        shown, skipped = len(portion.entries), self._skipped()
        if not shown:
            return ""
        count = entries_text(portion.count, self._words)
        if shown == portion.count:
            return count
        first, last = str(skipped + 1), str(skipped + shown)
        return self._words("ui.record.portion", first=first, last=last, entries=count)

    def _row(self, each: RecordedEntry, portion: Portion, first_bad: int | None) -> Row:
        words = self._words
        who, act = portion.names.get(each.person, each.person), act_text(each.act, words)
        broken = first_bad is not None and each.number >= first_bad
        cells = (
            Cell(_time(each.site_time), words("ui.record.utc", time=_time(each.at))),
            Cell(who, each.station),
            Cell(act, each.thing, bold=True, icon="stop" if broken else ""),
            Cell(each.digest[:DIGEST_SHOWN], str(each.number)),
        )
        spoken = ", ".join((str(each.number), act, each.thing, who, _time(each.site_time)))
        return Row(str(each.number), cells, spoken)

    def _entry(self, each: RecordedEntry, portion: Portion) -> EntryView:
        words = self._words
        who = portion.names.get(each.person, each.person)
        about = (
            ("what", act_text(each.act, words)),
            ("thing", each.thing),
            ("who", who if who == each.person else words("ui.record.account", who=who, name=each.person)),
            ("station", each.station),
            ("site-time", words("ui.record.site-time", time=each.site_time, zone=each.site_zone)),
            ("utc", each.at),
        )
        digests = (
            ("before", each.digest_before),
            ("after", each.digest_after),
            ("digest", each.digest),
            ("previous", each.previous),
        )
        return EntryView(
            title=words("ui.record.entry", number=str(each.number)),
            about=self._named(about),
            facts=facts_of(each),
            digests=self._named(digests, of_text=_grouped),
        )

    def _named(self, pairs: Pairs, of_text: Callable[[str], str] = str) -> Pairs:
        none = self._words("ui.record.none")
        return tuple(
            (self._words(f"ui.record.field.{name}"), of_text(text) if text else none) for name, text in pairs
        )


def _time(text: str) -> str:
    """A time of the record to the second; one that is none any more, as it stands on file."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{time_text(moment)}:{moment:%S}"


def _grouped(digest: str) -> str:
    """A digest in groups, so that a line can break and an eye can compare."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def file_name(what: str, day: date, end: str) -> str:
    """A name for a file to be given out."""
    return f"{what}-{date_text(day)}.{end}"
