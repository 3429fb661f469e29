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
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, partial
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
Reader = Callable[[object], Any]


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
    fact: Class = _reader(kind)(document)  # type: ignore[arg-type]  # every class can be hashed
    return fact


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
def _reader(hint: Any) -> Reader:
    """What reads a field of this kind. Made once, since a check of the record reads every fact on file."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _reader_of_choice(get_args(hint))
    if origin is tuple:
        part, *rest = get_args(hint)
        if rest != [...]:
            raise TypeError(f"a tuple of a fact has any number of parts: {hint}")
        return _reader_of_tuple(_reader(part))
    if _is_part(hint):
        return _reader_of_dataclass(hint)
    if hint in {str, int, bool}:
        return partial(_read_itself, hint)
    return _reader_of_text(hint)


def _is_part(hint: Any) -> bool:
    return is_dataclass(hint) and isinstance(hint, type) and not issubclass(hint, Amount)


def _reader_of_dataclass(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    names = {CLASS, *readers}

    def read(document: object) -> object:
        if not isinstance(document, dict) or document.get(CLASS) != kind.__name__:
            raise NotAFact(f"expected {kind.__name__}")
        if document.keys() != names:
            raise NotAFact(f"expected {', '.join(readers)}")
        parts = {}
        for name, reader in readers.items():
            try:
                parts[name] = reader(document[name])
            except NotAFact as error:
                raise NotAFact(f"{name}: {error}") from None
        return kind(**parts)

    return read


def _reader_of_tuple(reader: Reader) -> Reader:
    def read(value: object) -> object:
        if not isinstance(value, list):
            raise NotAFact("expected a list")
        return tuple(reader(each) for each in value)

    return read


def _reader_of_choice(choices: tuple[Any, ...]) -> Reader:
    """Of several dataclasses the document names one; beside them and None there is one choice at most."""
    inner = {each.__name__: _reader(each) for each in choices if _is_part(each)}
    others = [_reader(each) for each in choices if each is not type(None) and not _is_part(each)]
    if len(others) > 1:
        raise TypeError(f"nothing would tell these apart: {choices}")

    def read(value: object) -> object:
        if value is None and type(None) in choices:
            return None
        if isinstance(value, dict) and value.get(CLASS) in inner:
            return inner[value[CLASS]](value)
        if not others:
            raise NotAFact("none of its kinds")
        return others[0](value)

    return read


def _read_itself(kind: type, value: object) -> object:
    if type(value) is not kind:
        raise NotAFact(f"expected {kind.__name__}")
    return value


def _reader_of_text(kind: type) -> Reader:
    value_of = _value_of_text(kind)

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise NotAFact("expected a text")
        try:
            return value_of(value)
        except ValueError:
            raise NotAFact(f"no {kind.__name__}") from None

    return read


def _value_of_text(kind: type) -> Callable[[str], object]:
    """What makes a value of a text; it raises ValueError where the text is none."""
    if issubclass(kind, Enum):
        return kind
    if issubclass(kind, Amount):
        return lambda text: kind(Decimal(_in_form(_DECIMAL, text)))
    if kind is Decimal:
        return lambda text: Decimal(_in_form(_DECIMAL, text))
    if kind is datetime:
        return lambda text: datetime.fromisoformat(_in_form(_MOMENT, text))
    if kind is date:
        return lambda text: date.fromisoformat(_in_form(_DAY, text))
    raise TypeError(f"no field of a fact is a {kind}")


def _in_form(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError("written otherwise")
    return text
