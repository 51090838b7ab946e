"""What the page shows of claims and quotations: the words of the essays, marked on both sides."""

import re
from html import unescape

import pytest

from pactqa.errors import SettingError
from pactqa.essays.splitting import Span, find_passage
from pactqa.export.sheet import make_sheet_claim
from pactqa.web.claims import cut_pieces, make_claim_renderer, render_proposal, render_tools
from pactqa.web.quotations import check_typed, render_quotations

TEXT = (
    "# Bees\n\nBees   never dance in the “winter”\r\ncold. They rest.\n\nKings took <b>taxes</b>."
)


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": TEXT})


def shown(html, name):
    """Gives the text of each element of a class, as a browser has it."""
    found = re.findall(rf'<blockquote class="{name}[^>]*>(.*?)</blockquote>', html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", text)) for text in found]


def test_pieces_are_the_slice_and_a_difference_hides_what_it_touches():
    pieces = cut_pieces("ab cd ef", 10, [Span(13, 15)], [Span(10, 12), Span(14, 16), Span(16, 18)])
    assert "".join(piece.text for piece in pieces) == "ab cd ef"
    assert [(p.text, p.mark) for p in pieces if p.mark] == [
        ("ab", "covered"), ("cd", "differs"), ("ef", "covered"),
    ]  # fmt: skip


def test_what_lies_outside_or_overlaps_marks_nothing():
    pieces = cut_pieces("abc", 5, [Span(0, 6), Span(6, 9), Span(5, 7), Span(6, 8)])
    assert [(p.text, p.mark) for p in pieces] == [("ab", "differs"), ("c", "")]


def test_the_passage_of_a_position_is_found(opened):
    passages = opened.passages("bees")
    assert find_passage(passages, TEXT.index("They")).paragraph == 1
    assert find_passage(passages, TEXT.index("taxes")).paragraph == 2
    assert find_passage(passages, 0) is None


def test_sentence_and_passage_are_the_essay_s_own_characters(opened):
    claim = make_sheet_claim(opened.check("Bees often dance in the winter cold."), "mla")
    html = make_claim_renderer(opened)(claim, 3)
    sentences, passages = shown(html, "pq-quote"), shown(html, "pq-text")
    assert sentences[0] == "Bees   never dance in the “winter”\r\ncold."
    assert passages[0].startswith(sentences[0])
    assert passages[0] in TEXT
    assert "Kings took <b>taxes</b>." in sentences


def test_a_difference_is_marked_on_both_sides_and_said_in_words(opened):
    claim = make_sheet_claim(opened.check("Bees often dance in the winter cold."), "mla")
    html = make_claim_renderer(opened)(claim, 1)
    assert '<mark class="pq-differs">never</mark>' in html
    assert 'Bees <mark class="pq-differs">often</mark> dance' in html
    assert "The claim says “often”, the essay “never”." in html


def test_the_words_that_a_sentence_lacks_are_named(opened):
    claim = make_sheet_claim(
        opened.check("All bees entirely dance on the moon in the cold."), "mla"
    )
    html = make_claim_renderer(opened)(claim, 1)
    assert re.search(r"Not in this sentence: <q><bdi>moon</bdi></q>\.", html)
    assert claim.unmentioned in unescape(html)


def test_a_word_that_differs_is_not_said_to_be_lacking_once_more(opened):
    claim = make_sheet_claim(opened.check("Bees often dance on the moon in winter cold."), "mla")
    html = make_claim_renderer(opened)(claim, 1)
    assert '<mark class="pq-differs">often</mark>' in html
    assert re.search(r"Not in this sentence: <q><bdi>moon</bdi></q>\.", html)


def test_a_note_stands_by_its_sentence_and_one_on_other_words_by_the_passage(assistant):
    notes = "notes:\n  - quote: dance\n    note: Far.\n  - quote: rest\n    note: Long.\n"
    opened = assistant({"bees.md": f"---\n{notes}---\nBees dance for flowers. Queens rest now."})
    claim = make_sheet_claim(opened.check("Bees dance for flowers.", k=1), "mla")
    html = make_claim_renderer(opened)(claim, 1)
    assert html.index("Long.") < html.index("</details>") < html.index("Far.")
    assert html.count("Long.") == html.count("Far.") == 1


def test_three_columns_where_there_are_stances_else_one(opened):
    from dataclasses import replace

    claim = make_sheet_claim(opened.check("Bees dance in the winter cold."), "mla")
    assert "Passages about this" in make_claim_renderer(opened)(claim, 1)
    first, *rest = claim.quotations
    first = replace(first, stance="contradicts", passage_stance="undecided")
    stanced = replace(claim, quotations=(first, *rest))
    html = make_claim_renderer(opened)(stanced, 1)
    heads = re.findall(r"<h4[^>]*>(.*?)</h4>", html)
    assert heads == ["For (0)", "Against (1)", f"Same subject ({len(rest)})"]
    said = "the sentence contradicts the claim, its whole passage is undecided."
    assert html.count(said) == html.count("A model’s reading") == 1
    assert html.index("Against (1)") < html.index("never") < html.index("Same subject")


def test_a_quotation_of_an_essay_that_is_gone_is_passed_over(opened):
    from dataclasses import replace

    claim = make_sheet_claim(opened.check("Bees dance in the winter cold."), "mla")
    gone = [replace(quotation, essay="gone") for quotation in claim.quotations]
    assert (
        shown(make_claim_renderer(opened)(replace(claim, quotations=tuple(gone)), 1), "pq-") == []
    )


def test_the_style_that_is_set_is_the_page_s_own(monkeypatch):
    monkeypatch.setenv("PACTQA_STYLE", "apa")
    assert 'value="apa" checked' in render_tools()
    monkeypatch.setenv("PACTQA_STYLE", "harvard")
    with pytest.raises(SettingError, match="PACTQA_STYLE is 'harvard'"):
        render_tools()


def test_headings_are_no_sentences_of_a_proposal():
    html = render_proposal("# My essay\n\nBees dance to show flowers.", markdown=True)
    assert "1 of 1 sentence claims something" in html
    assert "My essay" not in html


def test_a_text_without_claims_says_so():
    assert "None of 1 sentence was taken for a claim" in render_proposal(
        "Why do bees dance?", False
    )


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("bees never dance in the winter", "exact"),
        ("Bees never dance\nin the winter", None),  # two lines are a text, and it quotes nothing
        ("He says “bees never dance”.", "exact"),
        ("bees often dance in the winter cold", "nearly"),
        ("the moon is made of cheese", "nowhere"),
    ],
)
def test_a_short_text_without_marks_is_a_quotation(opened, typed, status):
    text, found = check_typed(opened, typed)
    assert [quotation.status for quotation in found] == ([status] if status else [])
    assert typed in text


def test_a_quotation_shows_both_texts_and_where_words_are_missing(opened):
    text, found = check_typed(opened, "“bees never dance in winter”")
    html = render_quotations(opened, text, found)
    assert "1 quotation: nearly." in html
    assert shown(html, "pq-quote") == ["Bees   never dance in the “winter"]
    assert '<mark class="pq-differs pq-gap"></mark>' in html
    assert '<mark class="pq-differs">the</mark>' in html
