"""Facts: what is kept for good, each as one canonical document with one digest.

A fact is a frozen dataclass with a `key` property: the thing it is about. A newer fact with the same key
supersedes the older one; none is edited. Its fields are texts, whole numbers, yes or no, amounts, exact
numbers, days, moments, members of enumerations with texts as values, other such dataclasses, tuples of any
number of one of these, or None. The document names the class of each dataclass in it, so facts of two
classes never have the same digest.
"""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

from pharmacy_app.domain.canonical import canonical_json, digest_of
from pharmacy_app.domain.quantity import Amount

CLASS = "is"  # beside the fields of a dataclass; no field is called so
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Fact(Protocol):
    """Anything that is kept; `key` names the thing it is about."""

    @property
    def key(self) -> str: ...


FactType = TypeVar("FactType", bound=Fact)
Class = TypeVar("Class")


class NotAFact(ValueError):
    """A document that is not what `fact_document` writes of that class. Says where it is wrong, not how."""


def fact_document(fact: object) -> dict[str, object]:
    """The fact as a document of texts, whole numbers, answers, lists and objects.

    Raises:
        NotAFact: a field holds something else than its class says, so it could not be read again as it was.
        TypeError: a field holds what no fact can.
    """
    document = _of_dataclass(fact)
    if fact_of(type(fact), document) != fact:
        raise NotAFact(f"{type(fact).__name__}: is not read again as it was")
    return document


def fact_text(fact: object) -> str:
    """The fact as canonical JSON."""
    return canonical_json(fact_document(fact))


def fact_digest(fact: object) -> str:
    """SHA-256 of the fact's canonical JSON."""
    return digest_of(fact_document(fact))


def fact_of(kind: type[Class], document: object) -> Class:
    """The fact of that class in a document.

    Raises:
        NotAFact: a field is missing, unknown or of another kind. Nothing is guessed.
    """
    return _dataclass_of(kind, document, kind.__name__)  # type: ignore[no-any-return]


def _of_dataclass(value: object) -> dict[str, object]:
    parts = {each.name: _written(getattr(value, each.name)) for each in fields(value)}  # type: ignore[arg-type]
    return {CLASS: type(value).__name__, **parts}


def _written(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Amount():
            return format(value.value, "f")
        case Decimal():
            return format(value, "f")
        case datetime():
            if value.utcoffset() is None:
                raise TypeError("a moment needs its offset")
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        case date():
            return value.isoformat()
        case tuple():
            return [_written(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _of_dataclass(value)
        case _:
            raise TypeError(f"not part of a fact: {type(value).__name__}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _dataclass_of(kind: type, document: object, where: str) -> Any:
    hints = _hints(kind)
    if not isinstance(document, dict) or document.get(CLASS) != kind.__name__:
        raise NotAFact(f"{where}: expected {kind.__name__}")
    if document.keys() != {CLASS, *hints}:
        raise NotAFact(f"{where}: expected {', '.join(hints)}")
    return kind(**{name: _read(hint, document[name], f"{where}.{name}") for name, hint in hints.items()})


def _read(hint: Any, value: object, where: str) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _read_choice(get_args(hint), value, where)
    if origin is tuple:
        part, *rest = get_args(hint)
        if not isinstance(value, list) or rest != [...]:
            raise NotAFact(f"{where}: expected a list")
        return tuple(_read(part, each, where) for each in value)
    if is_dataclass(hint) and not issubclass(hint, Amount):  # type: ignore[arg-type]
        return _dataclass_of(hint, value, where)  # type: ignore[arg-type]
    return _read_plain(hint, value, where)


def _read_choice(choices: tuple[Any, ...], value: object, where: str) -> Any:
    """Of several dataclasses the document names one; beside None there is one other choice at most."""
    if value is None and type(None) in choices:
        return None
    if isinstance(value, dict):
        choices = tuple(each for each in choices if each.__name__ == value.get(CLASS))
    others = [each for each in choices if each is not type(None)]
    if len(others) != 1:
        raise NotAFact(f"{where}: none of its kinds")
    return _read(others[0], value, where)


def _read_plain(hint: type, value: object, where: str) -> object:
    if hint in {str, int, bool}:
        if type(value) is not hint:
            raise NotAFact(f"{where}: expected {hint.__name__}")
        return value
    if not isinstance(value, str):
        raise NotAFact(f"{where}: expected a text")
    try:
        return _value_of(hint, value)
    except ValueError:
        raise NotAFact(f"{where}: no {hint.__name__}") from None


def _value_of(hint: type, text: str) -> object:
    """The value of a text.

    Raises:
        ValueError: the text is none of that class.
    """
    if issubclass(hint, Enum):
        return hint(text)
    if issubclass(hint, Amount):
        return hint(Decimal(_in_form(_DECIMAL, text)))
    if hint is Decimal:
        return Decimal(_in_form(_DECIMAL, text))
    if hint is datetime:
        return datetime.fromisoformat(_in_form(_MOMENT, text).removesuffix("Z")).replace(tzinfo=UTC)
    if hint is date:
        return date.fromisoformat(_in_form(_DAY, text))
    raise TypeError(f"no field of a fact is a {hint}")


def _in_form(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError("written otherwise")
    return text
