"""Every sentence that people read, by code; for each language three files, each read when first asked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

from pharmacy_app.domain.errors import PharmacyError
from pharmacy_app.domain.finding import Finding, Mark

# The first part of a code names its file; every other code stands in the language's own.
_FILE_OF = {
    "ui": "window",
    "record": "paper",
    "worksheet": "paper",
    "plan-paper": "paper",
    "calendar": "paper",
}
_FIRST = ""


class Catalogue:
    """Sentences by code. A missing code, or a gap that is not filled, is a bug and raises KeyError."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._files: dict[str, Mapping[str, str]] = {}
        self._file(_FIRST)

    def __call__(self, code: str, **values: str) -> str:
        return self.sentence(code).format_map(values)

    def sentence(self, code: str) -> str:
        """The sentence as it stands in its file, its gaps unfilled."""
        return self._file(_FILE_OF.get(code.partition(".")[0], _FIRST))[code]

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
        return frozenset(code for name in {_FIRST, *_FILE_OF.values()} for code in self._file(name))

    def _file(self, name: str) -> Mapping[str, str]:
        if name not in self._files:
            file = f"{self._language}-{name}.toml" if name else f"{self._language}.toml"
            text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
            self._files[name] = dict(_sentences(tomllib.loads(text), prefix=""))
        return self._files[name]


def load(language: str = "en") -> Catalogue:
    """The catalogue of a language.

    Raises:
        FileNotFoundError: there is no catalogue for it.
    """
    return Catalogue(language)


def _sentences(table: Mapping[str, object], *, prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield f"{prefix}{key}", value
        elif isinstance(value, dict):
            yield from _sentences(value, prefix=f"{prefix}{key}.")
        else:
            raise TypeError(f"{prefix}{key} is not a sentence")
