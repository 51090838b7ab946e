"""Where the pages of a PDF begin, kept in Markdown."""

from pathlib import Path

import pytest

from pactqa.conversion.document import PageStart
from pactqa.errors import EssayError
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import PageBegin
from pactqa.essays.paging import describe_pages, find_page_starts

TEXT = "The mill.\n\nThe mill. It burnt.\n\nThe mill. It burnt. So he said.\n"
STARTS = (PageStart(0, "iv"), PageStart(11, "1"), PageStart(TEXT.rindex("The"), "2"))


def test_pages_are_found_where_they_began():
    begins = describe_pages(TEXT, STARTS)
    assert find_page_starts(Path("a.md"), TEXT, begins) == STARTS
    longer = f"A new beginning.\n\n{TEXT}"
    moved = [PageStart(start.start + 18, start.page) for start in STARTS]
    assert list(find_page_starts(Path("a.md"), longer, begins)) == moved


def test_a_page_that_cannot_be_told_from_what_is_before_is_left_out():
    text = "a b\n\na b\n\nc"
    begins = describe_pages(text, [PageStart(5, "2"), PageStart(10, "3")])
    assert begins == (PageBegin("3", "c"),)


@pytest.mark.parametrize("begins", ["It stood.", ""])
def test_words_that_do_not_follow_are_refused(begins):
    pages = [PageBegin("1", "The mill. It burnt."), PageBegin("2", begins or "The mill.\n\nThe")]
    with pytest.raises(EssayError, match=r"a\.md: page 2 is said to begin with .*'paged'"):
        find_page_starts(Path("a.md"), TEXT, pages)


def test_a_passage_has_the_pages_that_it_stands_on():
    essay = Essay(id="a", title="", text=TEXT, page_starts=STARTS)
    assert essay.pages_of(0, 9) == ("iv",)
    assert essay.pages_of(5, 20) == ("iv", "1")
    assert essay.pages_of(11, 30) == ("1",)
    assert Essay(id="a", title="", text=TEXT).pages_of(0, 9) == ()
