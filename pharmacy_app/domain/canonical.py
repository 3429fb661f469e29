"""One way to write a document, so that one digest stands for one content.

>>> canonical_json({"b": ["2", 1], "a": None})
'{"a":null,"b":["2",1]}'
>>> digest_of({"a": None})
'd091f9c83c091f79652fe8786375b3fe4ce0861a56f5bfbafedbe431877ff0e8'
"""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring_ascii

DIGEST_LENGTH = 64


def canonical_json(document: object) -> str:
    """JSON with sorted keys, without spaces, in ASCII. Texts keep their frames: no two contents look alike.

    Raises:
        TypeError: something in it is neither text, whole number, yes, no, null, list nor object with
            texts as keys. A float is refused: two programs may write it differently.
    """
    _check(document)
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def quoted(text: str) -> str:
    """A text as it stands in canonical JSON.

    Raises:
        TypeError: it is none.
    """
    return encode_basestring_ascii(text)


def digest_of(document: object) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document).encode("ascii")).hexdigest()


def _check(document: object) -> None:
    match document:
        case None | bool() | int() | str():
            pass
        case dict():
            for key, value in document.items():
                if not isinstance(key, str):
                    raise TypeError(f"a key is a text, given {key!r}")
                _check(value)
        case list() | tuple():
            for each in document:
                _check(each)
        case _:
            raise TypeError(f"not part of a document: {type(document).__name__}")
