"""Argon2id as the program uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Literal

import argon2
import pytest
from argon2.profiles import CHEAPEST

from pharmacy_app.domain.account import Secret
from pharmacy_app.secret_hash import Argon2Hasher

ROOT = Path(__file__).parents[1]
HASHER = Argon2Hasher(CHEAPEST)


@pytest.mark.req("REQ-VER-001")
def test_in_earnest_it_takes_64_mib_and_three_passes_over_them() -> None:
    made = Argon2Hasher().hash(Secret("correct horse"))
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    found = argon2.extract_parameters(made)
    assert (found.type, found.salt_len, found.hash_len) == (argon2.Type.ID, 16, 32)


def test_a_hash_matches_its_secret_alone() -> None:
    made = HASHER.hash(Secret("correct horse"))
    assert HASHER.matches(Secret("correct horse"), made)
    assert not HASHER.matches(Secret("Correct horse"), made)


def test_a_hash_of_the_library_itself_is_understood() -> None:
    made = argon2.PasswordHasher().hash("correct horse")
    assert HASHER.matches(Secret("correct horse"), made)


@pytest.mark.req("REQ-VER-001")
def test_the_same_secret_has_another_hash_each_time() -> None:
    assert HASHER.hash(Secret("correct horse")) != HASHER.hash(Secret("correct horse"))


def test_what_is_nobodys_matches_nothing() -> None:
    assert not HASHER.matches(Secret("correct horse"), None)
    assert not HASHER.matches(Secret(""), None)


class Counting(argon2.PasswordHasher):
    """The library's own hasher; notes its calls."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1, hash_len=4, salt_len=8)
        self.calls: list[str] = []

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.calls.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's
        self.calls.append(f"verify {argon2.extract_parameters(str(hash))}")
        return super().verify(hash, password)


@pytest.mark.req("REQ-VER-001")
def test_for_nobody_the_library_does_the_same_work_from_the_first_time_on() -> None:
    def calls(*, known: bool) -> list[str]:
        hasher, library = Argon2Hasher(CHEAPEST), Counting()
        hasher.__dict__["_library"] = library  # where the library stands once it is made
        made = HASHER.hash(Secret("something else"))
        for _ in range(2):
            assert not hasher.matches(Secret("correct horse"), made if known else None)
        return library.calls

    assert calls(known=True) == calls(known=False)
    assert len(calls(known=False)) == 3  # a hash of random bytes once, then one comparison each


@pytest.mark.parametrize("damaged", ["", "x", "$argon2id$v=19$x"])
def test_a_damaged_hash_is_a_bug_and_no_answer(damaged: str) -> None:
    with pytest.raises((argon2.exceptions.InvalidHashError, argon2.exceptions.VerificationError)):
        HASHER.matches(Secret("correct horse"), damaged)


@pytest.mark.req("REQ-VER-001")
def test_a_name_has_one_digest_of_64_digits_that_no_fast_hash_gives() -> None:
    import hashlib

    digest = HASHER.name_digest("achen")
    assert digest == Argon2Hasher(CHEAPEST).name_digest("achen")
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")
    assert digest != HASHER.name_digest("spark")
    assert digest not in {hashlib.new(name, b"achen").hexdigest() for name in ("sha256", "sha3_256")}


def test_half_a_character_is_a_secret_like_another() -> None:
    made = HASHER.hash(Secret("\ud800 half a character"))
    assert HASHER.matches(Secret("\ud800 half a character"), made)
    assert HASHER.name_digest("\ud800") != HASHER.name_digest("\udc00")


def test_the_library_is_loaded_by_whoever_hashes_and_nobody_else() -> None:
    probe = (
        "import sys; from pharmacy_app.secret_hash import Argon2Hasher; hasher = Argon2Hasher();"
        "before = 'argon2' in sys.modules; hasher.name_digest('x'); print(before, 'argon2' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert answer.stdout.split() == ["False", "True"]
