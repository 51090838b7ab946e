"""The sentences of a text that are proposed as claims, and those that are not."""

import pytest

from pactqa.search.claims import find_claims


def proposed(text, **options):
    return [text[c.span.start : c.span.end] for c in find_claims(text, **options) if c.proposed]


@pytest.mark.parametrize(
    "sentence",
    [
        "The miller sold his mill because bread was cheap.",
        "However, the miller sold it, in 1939.",
        "In 1939, the old mill was divided.",
        "As E. H. Carr wrote in 1952, the miller needed bread.",
        "The miller (1878–1953) never met the baker.",
        "She calls it “a bitter harvest” for the whole town.",
        "The mill, in short, was the heart of it all and everybody knew",
    ],
)
def test_a_sentence_that_claims_something_is_proposed(sentence):
    assert proposed(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Why did the miller sell his mill?",
        "In this essay I will show why the miller sold his mill.",
        "Firstly, we look at the reasons of the miller.",
        "We have seen that the miller sold his mill.",
        "“The miller sold his mill because bread was cheap.”",
        "The miller said: “I sold the mill because bread was cheap.”",
        "Indeed so.",
        "Why the Miller Sold his Mill",
        "Carr, E. H. The Miller of Leeds. Mill Press, 1951.",
        "Roberts, G. (1995) The Origins of the Mill.",
        "See https://example.org/mill for the whole story.",
        "Ibid., pp. 12–15 of the same book on mills.",
    ],
)
def test_what_claims_nothing_is_not(sentence):
    assert proposed(sentence) == []


def test_sentences_are_given_in_order_and_headings_left_out():
    text = (
        "# The Mill\n\nThe mill was old and slow. Was it?\n\n"
        "## Works cited\n\nThe book was red and old.\n"
    )
    found = find_claims(text, markdown=True)
    assert [(text[c.span.start : c.span.end], c.proposed) for c in found] == [
        ("The mill was old and slow.", True),
        ("Was it?", False),
        ("The book was red and old.", False),
    ]


def test_in_plain_text_the_sources_begin_at_their_heading():
    text = "The mill was old and slow.\n\nBibliography\n\nThe book was red and old.\n"
    assert proposed(text) == ["The mill was old and slow."]


@pytest.mark.parametrize(
    ("line", "is_claim"),
    [
        ("The mill, which she accessed by the old road, burnt in 1939.", False),
        ("The mill, which she accessed by road " + "and the road " * 20 + "burnt in 1939.", True),
        ("Lee, Ann. The mills of the north, which burnt in 1938 or 1939.", False),
    ],
)  # fmt: skip
def test_a_line_of_sources_is_told_by_what_stands_near(line, is_claim):
    assert bool(proposed(line)) is is_claim


@pytest.mark.parametrize("end", [*".!?…;,", "”", '"', "’", ")"])
def test_a_short_line_is_no_heading_if_it_ends_like_a_sentence(end):
    text = f"The miller was a poor man{end}"
    assert len(find_claims(text)) == 1
    assert find_claims("The miller was a poor man") == []


def test_a_line_of_thirteen_words_is_no_heading():
    assert find_claims("the " * 11 + "mill") == []
    assert len(find_claims("the " * 12 + "mill")) == 1


def test_a_text_is_not_markdown_unless_it_is_said_to_be():
    text = "# The mill was old and it was slow."
    assert proposed(text) == [text]
    assert proposed(text, markdown=True) == []
