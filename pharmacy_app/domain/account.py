"""Accounts: what a name, a display name, a badge and a secret may be (REQ-VER-001).

Names and badges are compared without case and without regard to how accents are encoded. All of an account's
faults are told at once. A secret never stands in a finding, nor does anything typed in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Person, Role, person_stop

SHORTEST_SECRET, LONGEST_SECRET = 8, 128
SHORTEST_DISPLAY_NAME, LONGEST_DISPLAY_NAME = 2, 24  # it stands on labels
_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_BADGE = re.compile(r"[!-~]{4,64}")
_OWN_CODE = re.compile(r"[0-9]{12}")  # a bag's serial and print number: a scan of it is never a badge
_SHOWN = 40
NOBODY = "nobody"  # stands in the record where nobody is signed in
RESERVED = (NOBODY, "command-line")  # the second stands there where a command is given without a person


class Secret:
    """What a person types to sign. Nothing that is printed, logged or stored shows it.

    >>> Secret("correct horse")
    Secret(…)
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text, for the hash and the rules alone. Accents in one form, however the keyboard sent them."""
        return unicodedata.normalize("NFC", self._text)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What an administrator types of an account, its secret apart. `badge` may be empty."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    badge: str


def compared(text: str) -> str:
    """The form in which names and badges are compared.

    >>> compared("MRoy") == compared("mroy")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def holder(text: str, people: Iterable[Person]) -> Person | None:
    """Whose name or badge was typed or scanned, ended accounts too; None: nobody's."""
    typed = compared(text)
    found = [each for each in people if typed in {compared(each.name), compared(each.badge)} - {""}]
    return next((each for each in found if each.active), next(iter(found), None))


def check_account(form: AccountForm, others: Iterable[Person]) -> tuple[Finding, ...]:
    """What is wrong with an account beside every other one. Empty: it can be kept."""
    others = tuple(others)
    return (
        *_check_name(form, others),
        *_check_display_name(form, others),
        *_check_roles(form),
        *_check_badge(form, others),
    )


def _check_name(form: AccountForm, others: tuple[Person, ...]) -> tuple[Finding, ...]:
    if not _NAME.fullmatch(form.name):
        return (person_stop("person.name-form", field="name", given=_shown(form.name)),)
    taken = {compared(text) for each in others for text in (each.name, each.badge)}
    if form.name in RESERVED or compared(form.name) in taken:
        return (person_stop("person.name-taken", field="name", given=form.name),)
    return ()


def _check_display_name(form: AccountForm, others: tuple[Person, ...]) -> tuple[Finding, ...]:
    name = form.display_name
    fits = SHORTEST_DISPLAY_NAME <= len(name) <= LONGEST_DISPLAY_NAME
    if not fits or name != name.strip() or not name.isprintable():
        longest = str(LONGEST_DISPLAY_NAME)
        values = {"given": _shown(name), "shortest": str(SHORTEST_DISPLAY_NAME), "longest": longest}
        return (person_stop("person.display-name-form", field="display_name", **values),)
    for each in others:
        if each.active and compared(each.display_name) == compared(name):
            return (
                person_stop("person.display-name-taken", field="display_name", given=name, name=each.name),
            )
    return ()


def _check_roles(form: AccountForm) -> tuple[Finding, ...]:
    return () if form.roles else (person_stop("person.no-role", field="roles"),)


def _check_badge(form: AccountForm, others: tuple[Person, ...]) -> tuple[Finding, ...]:
    badge = form.badge
    if not badge:
        return ()
    if not _BADGE.fullmatch(badge) or _OWN_CODE.fullmatch(badge):
        return (person_stop("person.badge-form", field="badge", given=_shown(badge)),)
    for each in others:
        if compared(badge) in {compared(each.name), compared(each.badge)}:
            return (person_stop("person.badge-taken", field="badge", person=each.display_name),)
    if compared(badge) == compared(form.name):
        return (person_stop("person.badge-is-name", field="badge"),)
    return ()


def check_secret(secret: Secret, form: AccountForm) -> tuple[Finding, ...]:
    """What is wrong with a secret. It is never the name or the badge: a badge alone signs nothing."""
    text = secret.reveal()
    if not SHORTEST_SECRET <= len(text) <= LONGEST_SECRET or not text.isprintable():
        values = {"shortest": str(SHORTEST_SECRET), "longest": str(LONGEST_SECRET)}
        return (person_stop("person.secret-form", field="secret", **values),)
    known = {compared(each) for each in (form.name, form.display_name, form.badge)}
    if compared(text) in known:
        return (person_stop("person.secret-is-name", field="secret"),)
    return ()


def check_keeps_administrator(changed: Person, people: Iterable[Person]) -> tuple[Finding, ...]:
    """A stop where nobody could make or end accounts any more once `changed` stands for its account."""
    if changed.administers or any(each.administers for each in people if each.name != changed.name):
        return ()
    return (person_stop("person.last-administrator", field="roles"),)


def _shown(text: str) -> str:
    """What was typed, short enough for a sentence and without what a screen or terminal would obey."""
    if not text:
        return "nothing"
    printable = "".join(each if each.isprintable() else "?" for each in text)
    return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}…"
