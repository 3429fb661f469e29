"""`schema DOCUMENT`: the JSON Schema of a document."""

from __future__ import annotations

import json
from importlib import resources

from pharmacy_app.cli.answer import Answer
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import shortened


def document_names() -> tuple[str, ...]:
    """The documents that have a schema."""
    files = resources.files("pharmacy_app.schemas").iterdir()
    return tuple(sorted(each.name.removesuffix(".json") for each in files if each.name.endswith(".json")))


def run(name: str) -> Answer:
    """The schema of a document."""
    if name not in document_names():
        choices = {"choices": ", ".join(document_names())}
        raise InputRefused("document", shortened(name), "expected.document", choices)
    text = resources.files("pharmacy_app.schemas").joinpath(f"{name}.json").read_text(encoding="utf-8")
    return Answer(0, json.loads(text), text.rstrip("\n"))
