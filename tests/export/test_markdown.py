"""Markdown: the essays' characters and none of their markup."""

from dataclasses import replace

from pactqa.answer import Answer
from pactqa.export.markdown import write_markdown
from pactqa.export.session import take_session
from tests.export.sessions import PLAIN, hits_of, hostile_session, plain_session

WHOLE = r"""# Questions and passages

## Who came

**1.** Kings · Taxes · paragraph 1

> The king came\. <strong>He raised a tax\.</strong> Bread was dear\.
>
> \(Carr, n\.d\., para\. 1\)

Editor’s note on “He raised”: Parliament did\.

Editor’s note on “dear”: At fourteen sous\.

## and bread

Searched as: Who came bread

The essays may not answer this directly\. The closest passages\:

**2.** Kings · Taxes · paragraph 2

> <strong>Nobody laughed\.</strong>
>
> \(Carr, n\.d\., para\. 2\)

Editor’s note on “Nobody”: Some did\.

## Bees

Nothing in the essays was found to be about this\.

## References

Carr, E\. H\. \(n\.d\.\)\. *Kings*\.

“Kings”\: This copy does not name its date, site or address\.
"""


def write(answers, style="mla", **options):
    return write_markdown(take_session(answers, style, **options))


def test_a_session_is_written_whole():
    assert write(plain_session(), "apa") == WHOLE


def test_a_session_without_quotations_has_no_list():
    assert write(plain_session()[2:]).endswith("to be about this\\.\n")


def test_markdown_shows_characters_and_no_markup_of_the_essays():
    text = write(hostile_session())
    assert "\n## \\=1" not in text
    assert r"\*bees\*" in text
    assert r"\<cold\>" in text
    assert "Searched as: Why? \\<cold\\>?" in text
    assert r"1\. <strong>A second one with a break\.</strong>" in text  # on one line
    for line in text.splitlines():
        assert not line.startswith(("1. ", "=", "<"))


def test_a_place_links_to_the_passage_where_the_page_is_known():
    text = write(plain_session(), link_to=lambda hit: "http://h/?essay=a_(b)&p=1")
    assert r"**1.** [Kings · Taxes · paragraph 1](<http://h/?essay=a_(b)&p=1>)" in text


def test_a_copy_that_breaks_off_says_so_below_the_quotation():
    excerpt = replace(PLAIN, excerpt=True, notes=())
    text = write([Answer("q", "q", "answered", 0.9, hits_of(excerpt, 0)[1:])])
    assert "par\\. 2\\)\n\nThe copy of this essay breaks off here\\.\n" in text
