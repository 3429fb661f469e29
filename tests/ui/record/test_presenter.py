"""What the Record page says of entries that are not what they should be. Knows no Qt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pharmacy_app.domain.audit import AuditEntry, ChainCheck, RecordedEntry, Seal, record
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.record_book import Portion
from pharmacy_app.workflow.record_export import ChainState
from ui.record.presenter import ChainPresenter, EntriesPresenter

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)


def recorded(**torn: str) -> RecordedEntry:
    """An entry of the evening before in Toronto, with columns as somebody left them."""
    told = AuditEntry("bag-released", "bag 2611200001", "achen", "desk", NIGHT, "America/Toronto")
    whole = record(told, Seal(6, "ab" * 32))
    return RecordedEntry(**whole._asdict() | torn)


def presenter(words: Catalogue, *entries: RecordedEntry) -> EntriesPresenter:
    made = EntriesPresenter(words)
    made.take(Portion(entries, len(entries), {"achen": "A. Chen"}))
    return made


def test_both_times_stand_in_each_row_with_who_what_and_the_beginning_of_the_digest(words: Catalogue) -> None:
    (row,) = presenter(words, recorded()).view().rows
    assert [(cell.upper, cell.lower) for cell in row.cells] == [
        ("2026-NOV-20 22:04:05", "2026-NOV-21 03:04:05 UTC"),
        ("A. Chen", "desk"),
        ("Bag released", "bag 2611200001"),
        (recorded().digest[:12], "7"),
    ]
    assert row.spoken == "7, Bag released, bag 2611200001, A. Chen, 2026-NOV-20 22:04:05"


@pytest.mark.parametrize(
    ("torn", "place", "shown"),
    [
        ({"site_time": "yesterday"}, 0, ("yesterday", "2026-NOV-21 03:04:05 UTC")),
        ({"act": "bag-painted"}, 2, ("bag-painted", "bag 2611200001")),
        ({"person": "nobody"}, 1, ("nobody", "desk")),
    ],
)
def test_a_column_that_somebody_changed_is_shown_as_it_stands(
    words: Catalogue, torn: dict[str, str], place: int, shown: tuple[str, str]
) -> None:
    cell = presenter(words, recorded(**torn)).view().rows[0].cells[place]
    assert (cell.upper, cell.lower) == shown


@pytest.mark.parametrize(("facts", "shown"), [('{"torn', (("", '{"torn'),)), ("[1]", (("", "[1]"),))])
def test_facts_that_cannot_be_read_any_more_are_shown_as_they_stand(
    words: Catalogue, facts: str, shown: tuple[tuple[str, str], ...]
) -> None:
    entry = presenter(words, recorded(facts=facts)).view().entry
    assert entry is not None
    assert entry.facts == shown


def test_a_digest_stands_in_groups_that_an_eye_can_compare(words: Catalogue) -> None:
    entry = presenter(words, recorded(digest="0123456789abcdef" * 4)).view().entry
    assert entry is not None
    digest = dict(entry.digests)["Of this entry"]
    assert digest == " ".join(["01234567", "89abcdef"] * 4)


@pytest.mark.parametrize(
    ("check", "sealed_at", "icon", "text"),
    [
        (ChainCheck(0, None, 0, ()), "", "done", "No entry yet"),
        (
            ChainCheck(1, None, 1, ()), "2026-11-20T11:59:00.000000-05:00", "done",
            "1 entry, unbroken, sealed 11:59",
        ),
        (
            ChainCheck(1482, None, 1482, ()), "2026-11-19T10:20:00.000000-05:00", "done",
            "1482 entries, unbroken, sealed 2026-NOV-19 10:20",
        ),
        (
            ChainCheck(1482, None, 1480, ()), "2026-11-20T11:59:00.000000-05:00", "done",
            "1482 entries, unbroken, sealed up to entry 1480",
        ),
    ],
)  # fmt: skip
def test_a_whole_record_in_words(
    words: Catalogue, check: ChainCheck, sealed_at: str, icon: str, text: str
) -> None:
    chain = ChainPresenter(words)
    chain.take(ChainState(check, sealed_at), NOON)
    assert (chain.view().icon, chain.view().text) == (icon, text)
    assert chain.view().beside == "checked 17:00"


def test_before_the_first_check_nothing_is_claimed(words: Catalogue) -> None:
    view = ChainPresenter(words).view()
    assert (view.icon, view.text) == ("unknown", "Not checked")
