"""What every table has in common: names for all constraints, and the constraints that many columns share."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy import CheckConstraint, MetaData, inspect
from sqlalchemy.orm import DeclarativeBase

from db.types import ANSWERS, NOT_KNOWN, DamagedText, Written, YesNoNotKnown, choice_text
from pharmacy_app.domain.canonical import DIGEST_LENGTH

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
STRICT = {"sqlite_strict": True}  # SQLite then refuses a text in a column of numbers, as PostgreSQL does
LONGEST_TEXT = 200


class Row(DeclarativeBase):
    """Base of all rows. A row never leaves `db`."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def require_kinds(*rows: Row) -> None:
    """Each column holds a value of its kind. Only in a damaged file it may not.

    Raises:
        DamagedText: one does not.
    """
    for row in rows:
        for attribute in inspect(row).mapper.column_attrs:
            column = attribute.columns[0]
            value = getattr(row, attribute.key)
            is_missing = value is None and not column.nullable and not isinstance(column.type, YesNoNotKnown)
            is_plain = not isinstance(column.type, Written) and value is not None
            if is_missing or (is_plain and type(value) is not column.type.python_type):
                raise DamagedText(f"of another kind: {row.__tablename__}.{attribute.key}")


def one_of(column: str, members: type[Enum]) -> CheckConstraint:
    """The column holds a member of the enumeration."""
    return _in(column, [choice_text(member) for member in members])


def yes_no(column: str) -> CheckConstraint:
    """The column holds an answer."""
    return _in(column, [*ANSWERS])


def yes_no_not_known(column: str) -> CheckConstraint:
    """The column holds an answer, or says that there is none."""
    return _in(column, [*ANSWERS, NOT_KNOWN])


def at_least(column: str, least: int) -> CheckConstraint:
    """The column's number is not smaller."""
    return CheckConstraint(f"{column} >= {least}", name=column)


def amount(column: str, *, zero: bool = False) -> CheckConstraint:
    """The amount is above zero, or not below it."""
    return CheckConstraint(f"CAST({column} AS NUMERIC) {'>=' if zero else '>'} 0", name=column)


def filled(column: str, longest: int = LONGEST_TEXT) -> CheckConstraint:
    """The text is there, and not too long."""
    return CheckConstraint(f"length({column}) BETWEEN 1 AND {longest}", name=column)


def digest(column: str) -> CheckConstraint:
    """The text has a digest's length."""
    return CheckConstraint(f"length({column}) = {DIGEST_LENGTH}", name=column)


def moment(column: str) -> CheckConstraint:
    """The text has the form of a moment in UTC."""
    return CheckConstraint(f"{column} LIKE '____-__-__T__:__:__.______Z'", name=column)


def clock_time(column: str) -> CheckConstraint:
    """The text has the form of a clock time."""
    return CheckConstraint(f"{column} LIKE '____-__-__T__:__'", name=column)


def day(column: str) -> CheckConstraint:
    """The text has the form of a day."""
    return CheckConstraint(f"{column} LIKE '____-__-__'", name=column)


def _in(column: str, texts: list[str]) -> CheckConstraint:
    listed = ", ".join(f"'{text}'" for text in texts)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
