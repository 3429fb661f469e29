"""Secrets hashed with Argon2id (docs/adr/0009-argon2-cffi.md). The library is loaded at the first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import Parameters, PasswordHasher

    from pharmacy_app.domain.account import Secret

_NAME_SALT = b"pharmacy-app: a name typed to sign in"
_NAME_BYTES = 32


class Argon2Hasher:
    """Without parameters the library's defaults: RFC 9106's second choice, 64 MiB and 3 passes."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self._given = parameters

    def hash(self, secret: Secret) -> str:
        """The hash to be kept, with its own salt and parameters in it."""
        return self._library.hash(_bytes(secret.reveal()))

    def matches(self, secret: Secret, secret_hash: str | None) -> bool:
        """Whether the hash was made of this secret. None: the same work, and no."""
        from argon2.exceptions import VerifyMismatchError

        decoy = self._decoy  # made at the first use for whomever, so that no first use takes longer
        try:
            self._library.verify(decoy if secret_hash is None else secret_hash, _bytes(secret.reveal()))
        except VerifyMismatchError:
            return False
        return secret_hash is not None

    def name_digest(self, name: str) -> str:
        """64 hexadecimal digits, the same ones for the same name."""
        from argon2.low_level import Type, hash_secret_raw

        digest = hash_secret_raw(
            _bytes(name),
            _NAME_SALT,
            time_cost=self._parameters.time_cost,
            memory_cost=self._parameters.memory_cost,
            parallelism=self._parameters.parallelism,
            hash_len=_NAME_BYTES,
            type=Type.ID,
        )
        return digest.hex()

    @cached_property
    def _parameters(self) -> Parameters:
        if self._given is not None:
            return self._given
        from argon2.profiles import RFC_9106_LOW_MEMORY

        return RFC_9106_LOW_MEMORY

    @cached_property
    def _library(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher.from_parameters(self._parameters)

    @cached_property
    def _decoy(self) -> str:
        import secrets

        return self._library.hash(secrets.token_hex())


def _bytes(text: str) -> bytes:
    # A keyboard can send half a character. It is hashed as it is: an error about it would show it.
    return text.encode("utf-8", "surrogatepass")
