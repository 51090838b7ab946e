"""Markdown: the essays' characters and none of their markup."""

from pactqa.export.markdown import write_markdown
from tests.export.sessions import hostile_session, plain_session

WHOLE = r"""# Questions and passages

## Who came

**1.** Kings, Taxes, paragraph 1

> The king came\. <strong>He raised a tax\.</strong> Bread was dear\.

Editor’s note on “He raised”: Parliament did\.

Editor’s note on “dear”: At fourteen sous\.

Carr, E\. H\. “Kings\.” \[site not given\], n\.d\., par\. 1\.

## and bread

Searched as: Who came bread

The essays may not answer this directly. The closest passages:

**2.** Kings, Taxes, paragraph 2

> <strong>Nobody laughed\.</strong>

Editor’s note on “Nobody”: Some did\.

Carr, E\. H\. “Kings\.” \[site not given\], n\.d\., par\. 2\.

## Bees

Nothing in the essays was found to be about this.
"""


def test_a_session_is_written_whole():
    assert write_markdown(plain_session(), "mla") == WHOLE


def test_markdown_shows_characters_and_no_markup_of_the_essays():
    text = write_markdown(hostile_session(), "mla")
    assert "\n## \\=1" not in text
    assert r"\*bees\*" in text
    assert r"\<cold\>" in text
    assert "Searched as: Why? \\<cold\\>?" in text
    assert r"1\. <strong>A second one with a break\.</strong>" in text  # on one line
    for line in text.splitlines():
        assert not line.startswith(("1. ", "=", "<"))
