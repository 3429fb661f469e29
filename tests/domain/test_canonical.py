"""One way to write a document: one content, one text, one digest."""

from decimal import Decimal

import pytest

from pharmacy_app.domain.canonical import canonical_json, digest_of


def test_keys_are_sorted_and_nothing_is_between_the_parts() -> None:
    assert (
        canonical_json({"b": [1, "2"], "a": {"d": None, "c": True}})
        == '{"a":{"c":true,"d":null},"b":[1,"2"]}'
    )


def test_letters_outside_ascii_are_written_by_their_numbers() -> None:
    assert canonical_json("Nguy\u1ec5n \U0001d11e") == '"Nguy\\u1ec5n \\ud834\\udd1e"'


def test_two_ways_to_write_a_letter_are_two_contents() -> None:
    assert digest_of("\u00e9") != digest_of("e\u0301")


def test_a_text_and_a_number_are_two_contents() -> None:
    assert digest_of("1") != digest_of(1)
    assert digest_of(True) != digest_of(1)


def test_parts_that_run_together_alike_are_two_contents() -> None:
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])
    assert digest_of(['a","b']) != digest_of(["a", "b"])


@pytest.mark.parametrize("other", [1.5, Decimal("1.5"), {1: "a"}, {"a": {2.0}}, [b"a"], object()])
def test_what_two_programs_might_write_differently_is_refused(other: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(other)


def test_the_digest_of_a_known_text() -> None:
    # By the command sha256sum over {"a":null}
    assert digest_of({"a": None}) == "d091f9c83c091f79652fe8786375b3fe4ce0861a56f5bfbafedbe431877ff0e8"
