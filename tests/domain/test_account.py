"""What an account may be called, which badge it may have, which secret."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest

from pharmacy_app.domain.account import (
    AccountForm,
    Secret,
    check_account,
    check_keeps_administrator,
    check_secret,
    compared,
    holder,
)
from pharmacy_app.domain.person import Person, Role
from pharmacy_app.wording import load

FORM = AccountForm("mroy", "M. Roy", (Role.TECHNICIAN,), badge="B-0017")
CHEN = Person("achen", "A. Chen", (Role.PHARMACIST,), "x", "B-0018", active=True, training=False)
ADMIN = Person("keeper", "K. Eeper", (Role.ADMINISTRATOR,), "x", "", active=True, training=False)


def codes(form: AccountForm, *others: Person) -> list[str]:
    return [each.code for each in check_account(form, others)]


def codes_of_secret(text: str, form: AccountForm = FORM) -> list[str]:
    return [each.code for each in check_secret(Secret(text), form)]


@pytest.mark.parametrize("name", ["mr", "m.roy", "m-roy_2", "a" * 32])
def test_a_plain_name_is_taken(name: str) -> None:
    assert codes(replace(FORM, name=name)) == []


@pytest.mark.parametrize(
    "name", ["", "m", "Mroy", "2mroy", "m roy", " mroy", "mroy ", "mröy", "a" * 33, "mroy\n"]
)
def test_a_name_in_another_form_is_refused_and_not_repaired(name: str) -> None:
    assert codes(replace(FORM, name=name)) == ["person.name-form"]


@pytest.mark.parametrize("name", ["nobody", "command-line"])
def test_names_that_stand_in_the_record_for_no_person_are_given_to_nobody(name: str) -> None:
    assert codes(replace(FORM, name=name)) == ["person.name-taken"]


@pytest.mark.req("REQ-VER-001")
def test_a_name_is_given_once_also_when_its_account_was_ended() -> None:
    ended = replace(CHEN, active=False, badge="")
    assert codes(replace(FORM, name="achen"), ended) == ["person.name-taken"]


def test_a_name_is_no_badge_and_a_badge_is_no_name() -> None:
    other = replace(CHEN, badge="MROY")
    assert codes(FORM, other) == ["person.name-taken"]
    assert codes(replace(FORM, badge="AChen"), CHEN) == ["person.badge-taken"]
    assert codes(replace(FORM, badge="MRoy")) == ["person.badge-is-name"]


@pytest.mark.parametrize(
    "shown", ["", "M", " M. Roy", "M. Roy ", "M.\tRoy", "M. Roy\n", "x" * 25, "M.\u200bRoy"]
)
def test_a_display_name_in_another_form_is_refused(shown: str) -> None:
    assert codes(replace(FORM, display_name=shown)) == ["person.display-name-form"]


def test_two_people_in_use_are_never_shown_alike() -> None:
    form = replace(FORM, display_name="a. CHEN")
    assert codes(form, CHEN) == ["person.display-name-taken"]
    assert codes(form, replace(CHEN, active=False)) == []


def test_an_account_has_a_role() -> None:
    assert codes(replace(FORM, roles=())) == ["person.no-role"]


@pytest.mark.parametrize("badge", ["abc", "a" * 65, "B 17", "B-17\n", "Bädge", "261026031701"])
def test_a_badge_in_another_form_or_a_bags_code_is_refused(badge: str) -> None:
    assert codes(replace(FORM, badge=badge)) == ["person.badge-form"]


@pytest.mark.parametrize("badge", ["", "1234", "2610260317", "]C1-AB/12"])
def test_no_badge_is_needed_and_any_code_without_a_space_is_one(badge: str) -> None:
    assert codes(replace(FORM, badge=badge)) == []


@pytest.mark.req("REQ-VER-001")
def test_a_badge_belongs_to_one_person_whatever_its_case() -> None:
    assert codes(replace(FORM, badge="b-0018"), CHEN) == ["person.badge-taken"]


def test_all_faults_are_told_at_once() -> None:
    assert codes(AccountForm("", "", (), badge=" ")) == [
        "person.name-form",
        "person.display-name-form",
        "person.no-role",
        "person.badge-form",
    ]


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("text", ["", "1234567", "x" * 129, "tab\tulator", "eight\n88"])
def test_a_secret_has_8_to_128_characters_that_can_be_seen(text: str) -> None:
    assert codes_of_secret(text) == ["person.secret-form"]


@pytest.mark.parametrize("text", ["12345678", "x" * 128, "with spaces", "  leading"])
def test_any_other_secret_is_taken_as_it_is(text: str) -> None:
    assert codes_of_secret(text) == []


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize(
    "text", ["MROY.2026", "mroy.2026", "Marie Roy", "MARIE ROY", "badge-0017", "BADGE-0017"]
)
def test_a_secret_is_neither_name_nor_badge(text: str) -> None:
    form = AccountForm("mroy.2026", "Marie Roy", (Role.TECHNICIAN,), badge="Badge-0017")
    assert codes_of_secret(text, form) == ["person.secret-is-name"]


def test_no_finding_about_a_secret_shows_it() -> None:
    words = load()
    for text in ("short", "mroy", "x" * 200):
        for each in check_secret(Secret(text), replace(FORM, name="mroy")):
            assert text not in words.finding(each)


def test_a_secret_is_neither_printed_nor_copied_to_anywhere() -> None:
    secret = Secret("correct horse")
    assert "correct" not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.copy(secret)


def test_an_accent_is_the_same_secret_from_every_keyboard() -> None:
    assert Secret("caf\u00e9 au lait").reveal() == Secret("cafe\u0301 au lait").reveal()


@pytest.mark.parametrize("typed", ["achen", "ACHEN", "b-0018", "B-0018", "\uff21chen"])
def test_a_typed_name_or_badge_finds_its_account_whatever_its_case(typed: str) -> None:
    assert holder(typed, [ADMIN, CHEN]) == CHEN


@pytest.mark.parametrize("typed", ["", "achen ", "A. Chen", "chen"])
def test_anything_else_finds_nobody(typed: str) -> None:
    assert holder(typed, [ADMIN, CHEN]) is None


def test_of_an_ended_account_and_one_in_use_the_one_in_use_is_found() -> None:
    former = replace(CHEN, name="chen.1", active=False)
    assert holder("B-0018", [former, CHEN]) == CHEN


def test_comparing_twice_changes_nothing() -> None:
    for text in ("MRoy", "Straße", "ǅ", "İ", "\u1e9e"):
        assert compared(compared(text)) == compared(text)


@pytest.mark.req("REQ-VER-001")
def test_the_last_administrator_is_neither_ended_nor_without_the_role() -> None:
    without_role = replace(ADMIN, roles=(Role.PHARMACIST,))
    for changed in (replace(ADMIN, active=False), without_role):
        found = check_keeps_administrator(changed, [ADMIN, CHEN])
        assert [each.code for each in found] == ["person.last-administrator"]
    assert check_keeps_administrator(replace(ADMIN, badge="B-1"), [ADMIN, CHEN]) == ()


@pytest.mark.parametrize("other", [{"active": False}, {"training": True}, {"roles": (Role.PHARMACIST,)}])
def test_an_administrator_who_cannot_make_accounts_does_not_count(other: dict[str, object]) -> None:
    second = replace(ADMIN, name="second", **other)  # type: ignore[arg-type]
    assert check_keeps_administrator(replace(ADMIN, active=False), [ADMIN, second]) != ()
    assert (
        check_keeps_administrator(replace(ADMIN, active=False), [ADMIN, replace(ADMIN, name="third")]) == ()
    )
