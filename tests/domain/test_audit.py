"""The record as a chain: what an entry's digest covers, and what a walk along the chain finds."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.audit import (
    AuditEntry,
    ChainCheck,
    RecordedEntry,
    Seal,
    chain_digest,
    covered_text,
    record,
    verify,
)
from pharmacy_app.domain.canonical import canonical_json, digest_of

ENTRY = AuditEntry(
    act="order-added",
    thing="order RX-1001",
    person="training",
    station="desk",
    at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
    site_zone="America/Toronto",
    facts=(("weight", "71.5 kg"),),
)
# Typed by hand; the digest by the command sha256sum.
ITS_JSON = (
    '{"act":"order-added","at":"2026-11-23T19:00:00.000000Z","digest_after":"","digest_before":"",'
    '"facts":"{\\"weight\\":\\"71.5 kg\\"}","number":1,"person":"training",'
    '"previous":"0000000000000000000000000000000000000000000000000000000000000000",'
    '"site_time":"2026-11-23T14:00:00.000000-05:00","site_zone":"America/Toronto","station":"desk",'
    '"thing":"order RX-1001"}'
)
ITS_DIGEST = "38fb581055a8532263878e4f14d4dad93187e3637d64ad612c7d659928c05de5"


def chain(length: int, first: AuditEntry = ENTRY) -> list[RecordedEntry]:
    """So many entries, each an hour after the one before."""
    entries: list[RecordedEntry] = []
    for number in range(length):
        head = Seal(entries[-1].number, entries[-1].digest) if entries else None
        entries.append(record(replace(first, at=first.at + timedelta(hours=number)), after=head))
    return entries


def sealed(entries: list[RecordedEntry]) -> Seal:
    """The seal of the last entry."""
    return Seal(entries[-1].number, entries[-1].digest)


def stops(check: ChainCheck) -> list[tuple[str, str]]:
    """Code and number of each finding."""
    return [(each.code, dict(each.values)["number"]) for each in check.findings]


@pytest.mark.req("REQ-AUD-002")
def test_the_digest_is_sha256_over_the_canonical_json() -> None:
    assert hashlib.sha256(ITS_JSON.encode("ascii")).hexdigest() == ITS_DIGEST
    assert record(ENTRY, after=None).digest == ITS_DIGEST


@pytest.mark.req("REQ-AUD-001")
def test_an_entry_says_when_in_utc_and_on_the_sites_clock() -> None:
    recorded = record(ENTRY, after=None)
    assert recorded.at == "2026-11-23T19:00:00.000000Z"
    assert recorded.site_time == "2026-11-23T14:00:00.000000-05:00"


@pytest.mark.req("REQ-AUD-001")
def test_the_same_moment_given_in_another_zone_is_the_same_entry() -> None:
    elsewhere = ENTRY.at.astimezone(timezone(timedelta(hours=9)))
    assert record(replace(ENTRY, at=elsewhere), after=None).digest == ITS_DIGEST


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        record(replace(ENTRY, at=datetime(2026, 11, 23, 19, 0)), after=None)  # noqa: DTZ001 - the point


def test_a_fact_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        record(replace(ENTRY, facts=(("bag", "1"), ("bag", "2"))), after=None)


@pytest.mark.req("REQ-AUD-002")
def test_an_entry_follows_the_one_before_by_number_and_digest() -> None:
    first, second = chain(2)
    assert (first.number, first.previous) == (1, "0" * 64)
    assert (second.number, second.previous) == (2, ITS_DIGEST)


@pytest.mark.req("REQ-AUD-002")
def test_two_entries_whose_texts_run_together_alike_have_different_digests() -> None:
    one = record(replace(ENTRY, act="a|b", thing="c"), after=None)
    other = record(replace(ENTRY, act="a", thing="b|c"), after=None)
    assert one.digest != other.digest


@pytest.mark.req("REQ-AUD-002")
@given(
    st.sampled_from([name for name in RecordedEntry._fields if name not in {"number", "digest"}]), st.text()
)
def test_a_change_of_any_text_changes_the_digest(name: str, text: str) -> None:
    recorded = record(ENTRY, after=None)
    changed = recorded._replace(**{name: text})  # type: ignore[arg-type]  # every other field is a text
    assert (chain_digest(changed) == ITS_DIGEST) == (getattr(recorded, name) == text)


ANY_ENTRY = st.builds(
    RecordedEntry, number=st.integers(), **dict.fromkeys(RecordedEntry._fields[1:], st.text())
)


@pytest.mark.req("REQ-AUD-002")
@given(ANY_ENTRY)
def test_what_a_digest_covers_is_the_canonical_json_of_every_other_field(entry: RecordedEntry) -> None:
    document: dict[str, object] = entry._asdict()
    del document["digest"]
    assert covered_text(entry) == canonical_json(document)
    assert chain_digest(entry) == digest_of(document)


@pytest.mark.parametrize("name", [name for name in RecordedEntry._fields if name != "digest"])
@pytest.mark.parametrize("value", [None, b"1", 1.0])
def test_a_field_that_is_no_text_any_more_has_no_digest(name: str, value: object) -> None:
    with pytest.raises(TypeError):
        chain_digest(record(ENTRY, after=None)._replace(**{name: value}))  # type: ignore[arg-type]


@pytest.mark.req("REQ-AUD-002")
def test_a_whole_chain_has_no_findings() -> None:
    entries = chain(5)
    assert verify(entries, sealed(entries)) == ChainCheck(5, None, 5, ())


@pytest.mark.req("REQ-AUD-002")
def test_a_lagging_seal_is_right() -> None:
    entries = chain(5)
    assert verify(entries, sealed(entries[:3])) == ChainCheck(5, None, 3, ())


def test_a_record_without_entries_and_seal_is_whole() -> None:
    assert verify([], None) == ChainCheck(0, None, None, ())


@pytest.mark.req("REQ-AUD-002")
def test_a_record_with_entries_and_without_a_seal_is_a_stop() -> None:
    check = verify(chain(2), None)
    assert [(each.code, each.severity.value) for each in check.findings] == [("audit.not-sealed", "stop")]
    assert check.first_bad is None


@pytest.mark.req("REQ-AUD-002")
def test_a_changed_entry_is_found() -> None:
    entries = chain(5)
    entries[2] = entries[2]._replace(facts='{"weight":"17.5 kg"}')
    check = verify(entries, sealed(entries))
    assert check.first_bad == 3
    assert stops(check) == [("audit.changed", "3")]


@pytest.mark.req("REQ-AUD-002")
def test_a_changed_entry_with_a_new_digest_breaks_the_chain_after_it() -> None:
    entries = chain(5)
    forged = entries[2]._replace(facts='{"weight":"17.5 kg"}')
    entries[2] = forged._replace(digest=chain_digest(forged))
    check = verify(entries, sealed(entries))
    assert check.first_bad == 4
    assert stops(check) == [("audit.does-not-follow", "4")]


@pytest.mark.req("REQ-AUD-002")
def test_a_removed_entry_is_found() -> None:
    entries = chain(5)
    del entries[2]
    check = verify(entries, sealed(entries))
    assert (check.entries, check.first_bad) == (4, 3)
    assert stops(check) == [("audit.removed", "3")]


@pytest.mark.req("REQ-AUD-002")
def test_a_removed_first_entry_is_found() -> None:
    entries = chain(5)
    assert verify(entries[1:], sealed(entries)).first_bad == 1


@pytest.mark.req("REQ-AUD-002")
def test_an_inserted_entry_is_found() -> None:
    entries = chain(5)
    entries.insert(3, entries[0]._replace(number=3))
    check = verify(entries, sealed(entries))
    assert check.first_bad == 3
    assert ("audit.inserted", "3") in stops(check)


@pytest.mark.req("REQ-AUD-002")
def test_two_entries_that_changed_places_are_found() -> None:
    entries = chain(5)
    entries[1], entries[2] = entries[2]._replace(number=2), entries[1]._replace(number=3)
    assert verify(entries, sealed(chain(5))).first_bad == 2


@pytest.mark.req("REQ-AUD-002")
def test_a_cut_off_end_is_found_by_the_seal() -> None:
    entries = chain(5)
    check = verify(entries[:3], sealed(entries))
    assert (check.entries, check.first_bad, check.sealed) == (3, 4, 5)
    assert stops(check) == [("audit.cut-off", "4")]


@pytest.mark.req("REQ-AUD-002")
def test_a_record_written_anew_from_the_start_is_found_by_the_seal() -> None:
    forged = chain(5, first=replace(ENTRY, person="somebody else"))
    check = verify(forged, sealed(chain(5)))
    assert check.first_bad == 5
    assert stops(check) == [("audit.seal-differs", "5")]


@pytest.mark.req("REQ-AUD-002")
def test_an_entry_whose_text_is_no_text_any_more_is_found() -> None:
    entries = chain(3)
    entries[1] = entries[1]._replace(act=b"\xff")  # type: ignore[arg-type]  # as a damaged file may give it
    assert verify(entries, sealed(entries)).first_bad == 2


def test_the_walk_holds_no_list_of_entries() -> None:
    entries = chain(4)
    assert verify((each for each in entries), sealed(entries)).entries == 4
