"""Every sentence that people read, by code, in one file for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

from pharmacy_app.domain.errors import PharmacyError
from pharmacy_app.domain.finding import Finding, Mark


class Catalogue:
    """Sentences by code. A missing code, or a gap that is not filled, is a bug and raises KeyError."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    def __call__(self, code: str, **values: str) -> str:
        return self._sentences[code].format_map(values)

    def finding(self, finding: Finding) -> str:
        """The sentence of a finding."""
        return self(finding.code, **dict(finding.values))

    def error(self, error: PharmacyError) -> str:
        """The sentence of a refusal or of station trouble."""
        return self(error.code, **error.values)

    def source(self, mark: Mark) -> str:
        """What a source mark means."""
        return self(f"mark.{mark.value}")

    @property
    def codes(self) -> frozenset[str]:
        """All codes that have a sentence."""
        return frozenset(self._sentences)


def load(language: str = "en") -> Catalogue:
    """The catalogue of a language.

    Raises:
        FileNotFoundError: there is no catalogue for it.
    """
    text = resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(_flatten(tomllib.loads(text), prefix=""))


def _flatten(table: Mapping[str, object], *, prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, str):
            flat[f"{prefix}{key}"] = value
        elif isinstance(value, dict):
            flat.update(_flatten(value, prefix=f"{prefix}{key}."))
        else:
            raise TypeError(f"{prefix}{key} is not a sentence")
    return flat
