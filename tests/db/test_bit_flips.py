"""A bit that flips anywhere in the file is found, or changes no row. A thousand of them: `make long`."""

from pathlib import Path

import pytest

from tests.db.bit_flips import SEED, Outcome, flips, original, rows_of

COUNT = 60
TRIGGER = (
    b'BEFORE UPDATE ON "plan"\n                BEGIN SELECT RAISE(ABORT, \'what is on file is neither edited'
)


@pytest.mark.req("REQ-AUD-002")
def test_a_flipped_bit_is_found_and_named_or_changes_no_row(tmp_path: Path) -> None:
    found = list(flips(tmp_path, count=COUNT, seed=SEED))
    assert [each for each in found if each.outcome is Outcome.UNSEEN] == []
    assert {each.outcome for each in found} == {Outcome.FOUND, Outcome.TROUBLE, Outcome.UNCHANGED}


@pytest.mark.req("REQ-AUD-002")
def test_a_flipped_bit_in_the_text_of_a_trigger_is_found_and_named(tmp_path: Path) -> None:
    """It changes no row, but may let somebody change one."""
    found = list(flips(tmp_path, count=COUNT, seed=SEED, within=TRIGGER))
    assert {each.outcome for each in found} == {Outcome.FOUND, Outcome.TROUBLE}
    assert {each.codes for each in found if each.outcome is Outcome.FOUND} == {("audit.definition-changed",)}


def test_the_comparison_of_rows_sees_a_single_bit(tmp_path: Path) -> None:
    whole = original(tmp_path)
    place = whole.content.index(b"Tremblay") + 1
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(whole.content[:place] + b"p" + whole.content[place + 1 :])
    different = {table for table, rows in rows_of(copy).items() if rows != whole.rows[table]}
    assert different != set()
