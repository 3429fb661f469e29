"""A second station on one database."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine import open_database
from tests.support.records import entry, keep, stored


@pytest.mark.req("REQ-AUD-002")
def test_a_station_that_joins_finds_the_record_sealed(url: str, tmp_path: Path) -> None:
    first = open_database(url, seal_folder=tmp_path / "first")
    keep(first, stored())

    second = open_database(url, seal_folder=tmp_path / "second")

    assert second.seal_file.read() == first.seal_file.read()
    with second(reading=True) as work:
        assert work.audit.check().findings == ()
    first.close()
    second.close()


@pytest.mark.req("REQ-AUD-002")
def test_a_station_that_has_joined_stores_without_trouble(url: str, tmp_path: Path) -> None:
    first = open_database(url, seal_folder=tmp_path / "first")
    keep(first, stored())
    first.close()

    second = open_database(url, seal_folder=tmp_path / "second")
    with second() as work:
        work.audit.add(entry("order-refused"))
        work.commit()

    sealed = second.seal_file.read()
    assert sealed is not None
    assert sealed.number == 2
    second.close()
