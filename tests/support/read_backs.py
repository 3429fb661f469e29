"""Read-backs of labels that were never drawn: right ones, to be spoilt by a test."""

from __future__ import annotations

from dataclasses import fields, replace

from pharmacy_app.domain.label import DrawnText, LabelContent, ReadBack

_SIZES = {"patient_name": "16", "dose": "15", "drug": "15", "rate": "17"}


def right(content: LabelContent, *, datamatrix: str) -> ReadBack:
    """What is read back from a right label; `datamatrix` is the raw string of its content."""
    texts = []
    for each in fields(content):
        value: str | tuple[str, ...] = getattr(content, each.name)
        if each.name in {"code128", "datamatrix"}:
            continue
        texts += [
            DrawnText(text.replace("\u00a0", " "), _SIZES.get(each.name, "8"))
            for text in ((value,) if isinstance(value, str) else value)
            if text
        ]
    return ReadBack(content.code128, datamatrix, ("]C0", "]d2"), tuple(texts))


def with_texts(read_back: ReadBack, old: str, *new: tuple[str, str]) -> ReadBack:
    """One text replaced by others, each with its size."""
    at = read_back.lines.index(old)
    texts = [DrawnText(text, size) for text, size in new]
    return replace(read_back, texts=(*read_back.texts[:at], *texts, *read_back.texts[at + 1 :]))
