"""A list on paper: every item whole and readable, on as many pages as it takes."""

from __future__ import annotations

import pytest

from labels.record_pdf import PdfListingRenderer, drawable
from pharmacy_app.workflow.listing import Listing, ListingItem
from tests.support.pdf_text import ReadPage, read_pages

LEFT, RIGHT, WIDTH, HEIGHT = 36, 576, 612, 792


def listing(*items: ListingItem, mark: str = "TRAINING") -> Listing:
    return Listing(mark, "The record", (("Pharmacy", "Training Pharmacy"),), items, "Page")


def item(number: int, *, lines: int = 1) -> ListingItem:
    told = tuple(f"line {line} of item {number}" for line in range(1, lines + 1))
    return ListingItem(
        f"{number} · Order entered – order RX-{number}", "A. Chen, desk", told, ("after abcd",)
    )


def pages_of(*items: ListingItem, mark: str = "TRAINING") -> tuple[ReadPage, ...]:
    return read_pages(PdfListingRenderer().draw(listing(*items, mark=mark)))


def complaints(pages: tuple[ReadPage, ...]) -> list[str]:
    """Texts that leave the page's margins or lie on another."""
    found = []
    for page in pages:
        for number, run in enumerate(page.runs):
            if run.box.left < LEFT - 0.1 or run.box.right > RIGHT + 0.1 or run.box.bottom < 12:
                found.append(f"outside: {run.text}")
            found += [
                f"{run.text} on {other.text}"
                for other in page.runs[number + 1 :]
                if run.box.overlaps(other.box, slack=2)
            ]
    return found


def test_each_item_is_told_with_what_stands_beside_and_under_it() -> None:
    (page,) = pages_of(item(1), item(2))
    assert page.text == (
        "TRAINING The record Pharmacy Training Pharmacy"
        " 1 · Order entered – order RX-1 A. Chen, desk line 1 of item 1 after abcd"
        " 2 · Order entered – order RX-2 A. Chen, desk line 1 of item 2 after abcd"
        " The record Page 1"
    )


def test_every_page_of_a_long_list_has_the_mark_and_its_number_and_no_item_is_parted() -> None:
    pages = pages_of(*(item(number, lines=3) for number in range(1, 101)))
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert page.runs[0].text == "TRAINING"
        assert page.runs[-1].text == f"Page {number}"
        heads = [run.text for run in page.runs if "Order entered" in run.text]
        assert page.text.count("line 3 of item") == page.text.count("after abcd") == len(heads)
    assert sum(page.text.count("Order entered") for page in pages) == 100


@pytest.mark.req("REQ-PRO-004")
def test_a_list_of_an_installation_for_patients_has_no_mark() -> None:
    (page,) = pages_of(item(1), mark="")
    assert page.runs[0].text == "The record"


def test_an_item_that_is_longer_than_a_page_goes_on_on_the_next() -> None:
    pages = pages_of(item(1, lines=150))
    assert len(pages) == 3
    text = " ".join(page.text for page in pages)
    assert all(f"line {number} of item 1" in text for number in range(1, 151))


@pytest.mark.parametrize(
    "long",
    [
        ListingItem("word " * 60, "somebody at a desk", ("fact " * 300,), ("digest " * 90,)),
        ListingItem("w" * 300, "p" * 90, ("f" * 2000,), ("d" * 700,)),
        ListingItem("head", "person " * 12, ()),
    ],
)
def test_nothing_leaves_the_page_or_lies_on_something_else(long: ListingItem) -> None:
    pages = pages_of(long, item(2))
    assert complaints(pages) == []
    text = "".join(run.text for page in pages for run in page.runs).replace(" ", "")
    beside = long.beside.replace(" ", "")
    assert beside in text
    for part in (long.head, *long.lines, *long.small):
        assert part.replace(" ", "") in text.replace(beside, "", 1)


def test_a_name_that_the_first_font_lacks_is_drawn_in_the_second() -> None:
    (page,) = pages_of(ListingItem("Ω. Παπαδόπουλος", ""))
    assert "Ω. Παπαδόπουλος" in page.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Nguyễn", "Nguyễn"), ("a\U0001240db", "a<U+1240D>b"), ("line\nfeed", "line<U+000A>feed"), ("", "")],
)
def test_what_no_font_can_draw_is_written_as_the_number_of_its_character(text: str, expected: str) -> None:
    assert drawable(text) == expected


def test_the_same_list_gives_the_same_bytes() -> None:
    assert PdfListingRenderer().draw(listing(item(1))) == PdfListingRenderer().draw(listing(item(1)))


def test_an_empty_list_is_one_page() -> None:
    (page,) = pages_of()
    assert (page.width, page.height) == (WIDTH, HEIGHT)
