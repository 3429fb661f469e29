"""Labels on file: which label was made, for which bag of which plan."""

import pytest
from sqlalchemy.exc import IntegrityError

from db.engine import Database
from tests.support.records import keep, keep_label, keep_plan, label, stored


def test_a_label_comes_back_as_it_was_kept(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    keep_label(database)
    with database(reading=True) as work:
        assert work.labels.of_order("RX-1001") == (label(),)


def test_the_same_label_made_again_is_another_entry(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    keep_label(database)
    keep_label(database)
    with database(reading=True) as work:
        assert len(work.labels.of_order("RX-1001")) == 2


def test_a_label_for_a_bag_that_the_plan_does_not_have_is_refused(database: Database) -> None:
    keep(database, stored())
    keep_plan(database)
    with database() as work, pytest.raises(IntegrityError) as refused:
        work.labels.add(label(bag=5))
    assert label().serial not in str(refused.value), "errors come without the statement's values"
