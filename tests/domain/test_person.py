"""Who may do what, and how long a wrong secret makes somebody wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pharmacy_app.domain.person import Actor, Permission, Person, Role, SignIns, not_permitted

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

# Who may do what, as the pharmacy's rules have it: T technician, P pharmacist, S station, A administrator.
TABLE = {
    "enter-order": "TPS",
    "accept-order": "P",
    "accept-plan": "P",
    "give-reason": "P",
    "prepare": "TP",
    "verify": "P",
    "print": "TPS",
    "move-bag": "TPS",
    "receive-stock": "TP",
    "keep-catalogue": "P",
    "quarantine": "TP",
    "recall": "P",
    "commission": "P",
    "open-for-patients": "PA",
    "keep-people": "A",
    "read-record": "PA",
}
LETTERS = {Role.TECHNICIAN: "T", Role.PHARMACIST: "P", Role.STATION: "S", Role.ADMINISTRATOR: "A"}


def actor(*roles: Role, training: bool = False) -> Actor:
    return Actor("x", "X. Ample", roles, "desk", training)


def test_the_table_names_every_permission() -> None:
    assert set(TABLE) == {each.value for each in Permission}


@pytest.mark.req("REQ-VER-001", "REQ-VER-002")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_do_what_the_table_says_and_nothing_else(permission: Permission, role: Role) -> None:
    allowed = LETTERS[role] in TABLE[permission.value]
    assert actor(role).may(permission) is allowed
    assert bool(not_permitted(actor(role), permission)) is not allowed


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert not any(actor().may(permission) for permission in Permission)


def test_two_roles_may_do_what_either_may() -> None:
    both = actor(Role.TECHNICIAN, Role.ADMINISTRATOR)
    assert both.may(Permission.PREPARE)
    assert both.may(Permission.KEEP_PEOPLE)
    assert not both.may(Permission.VERIFY)


def test_a_refusal_names_who_may() -> None:
    (found,) = not_permitted(actor(Role.TECHNICIAN), Permission.READ_RECORD)
    assert found.code == "person.not-permitted.read-record"
    assert dict(found.values) == {"person": "X. Ample", "roles": "pharmacist, administrator"}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("permission", Permission)
def test_a_training_account_neither_commissions_nor_makes_accounts(permission: Permission) -> None:
    all_roles = actor(*Role, training=True)
    allowed = permission.value not in {"commission", "open-for-patients", "keep-people"}
    assert all_roles.may(permission) is allowed
    codes = [each.code for each in not_permitted(all_roles, permission)]
    assert codes == ([] if allowed else [f"person.training-may-not.{permission.value}"])


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (2, 0), (3, 5), (4, 10), (5, 20), (6, 40), (9, 320), (10, 640), (11, 900), (5000, 900)],
)
def test_the_pause_begins_with_the_third_failure_and_doubles_up_to_15_minutes(
    failures: int, seconds: int
) -> None:
    count = SignIns("0" * 64, failures, NOON)
    expected = NOON + timedelta(seconds=seconds) if seconds else None
    assert count.paused_until(NOON) == expected


def test_a_pause_is_over_at_its_end_and_not_before() -> None:
    count = SignIns("0" * 64, 3, NOON)
    assert count.paused_until(NOON + timedelta(seconds=4, microseconds=999_999)) is not None
    assert count.paused_until(NOON + timedelta(seconds=5)) is None


def test_a_station_whose_clock_is_a_little_late_keeps_to_the_pause() -> None:
    assert SignIns("0" * 64, 3, NOON).paused_until(NOON - timedelta(minutes=15)) is not None


def test_a_failure_counted_by_a_clock_that_was_far_ahead_locks_nobody_out() -> None:
    assert SignIns("0" * 64, 50, NOON).paused_until(NOON - timedelta(days=400)) is None


def test_the_hash_of_a_secret_is_not_printed_with_its_account() -> None:
    person = Person("roy", "M. Roy", (Role.TECHNICIAN,), "$argon2id$v=19$x", "", active=True, training=False)
    assert "argon2" not in repr(person)
