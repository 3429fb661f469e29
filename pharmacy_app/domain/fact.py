"""Facts: what is kept for good, each as one canonical document with one digest.

A fact is a frozen dataclass with a `key` property: the thing it is about. A newer fact with the same key
supersedes the older one; none is edited. Its fields are texts, whole numbers, yes or no, amounts, exact
numbers, days, moments, members of enumerations, other such dataclasses, tuples of one of these, or None.
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

CLASS = "is"  # beside the fields of a dataclass within a fact; no field is called so
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
    """A document that is not what `fact_document` writes of that class."""


def fact_document(fact: object) -> dict[str, object]:
    """The fact as a document of texts, whole numbers, answers, lists and objects."""
    return {each.name: _written(getattr(fact, each.name)) for each in fields(fact)}  # type: ignore[arg-type]


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
    try:
        return _dataclass_of(kind, document)  # type: ignore[no-any-return]
    except (ValueError, TypeError, ArithmeticError) as error:
        raise NotAFact(f"no {kind.__name__}: {error}") from error


def _written(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Enum():
            return value.value
        case Amount():
            return format(value.value, "f")
        case Decimal():
            return format(value, "f")
        case datetime():
            if value.utcoffset() is None:
                raise TypeError(f"a moment needs its offset, given {value!r}")
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        case date():
            return value.isoformat()
        case tuple():
            return [_written(each) for each in value]
        case _ if is_dataclass(value):
            return {CLASS: type(value).__name__, **fact_document(value)}
        case _:
            raise TypeError(f"not part of a fact: {type(value).__name__}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _dataclass_of(kind: type, document: object) -> Any:
    hints = _hints(kind)
    if not isinstance(document, dict) or document.keys() != hints.keys():
        raise TypeError(f"expected {sorted(hints)}")
    return kind(**{name: _read(hint, document[name]) for name, hint in hints.items()})


def _read(hint: Any, value: object) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _read_union(get_args(hint), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError(f"expected a list, given {value!r}")
        return tuple(_read(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint) and not issubclass(hint, Amount):  # type: ignore[arg-type]
        return _read_inner((hint,), value)
    return _read_plain(hint, value)


def _read_union(choices: tuple[Any, ...], value: object) -> Any:
    if value is None and type(None) in choices:
        return None
    inner = tuple(each for each in choices if is_dataclass(each) and not _is_amount(each))
    if inner and isinstance(value, dict):
        return _read_inner(inner, value)
    others = [each for each in choices if each is not type(None) and each not in inner]
    if len(others) != 1:
        raise TypeError(f"none of {choices}: {value!r}")
    return _read(others[0], value)


def _is_amount(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Amount)


def _read_inner(choices: tuple[Any, ...], value: object) -> Any:
    if isinstance(value, dict):
        for each in choices:
            if value.get(CLASS) == each.__name__:
                return _dataclass_of(each, {name: part for name, part in value.items() if name != CLASS})
    raise TypeError(f"expected one of {[each.__name__ for each in choices]}")


def _read_plain(hint: Any, value: object) -> Any:
    if hint in {str, int, bool}:
        if type(value) is not hint:
            raise TypeError(f"expected {hint.__name__}, given {value!r}")
        return value
    if not isinstance(value, str):
        raise TypeError(f"expected a text, given {value!r}")
    if issubclass(hint, Enum):
        return hint(value)
    if issubclass(hint, Amount):
        return hint(Decimal(_in_form(_DECIMAL, value)))
    if hint is Decimal:
        return Decimal(_in_form(_DECIMAL, value))
    if hint is datetime:
        return datetime.fromisoformat(_in_form(_MOMENT, value).removesuffix("Z")).replace(tzinfo=UTC)
    if hint is date:
        return date.fromisoformat(_in_form(_DAY, value))
    raise TypeError(f"no field of a fact is a {hint}")


def _in_form(form: re.Pattern[str], value: str) -> str:
    if not form.fullmatch(value):
        raise ValueError(f"not written so: {value!r}")
    return value
