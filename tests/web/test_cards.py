"""The pure HTML of the page: a quotation comes back character for character from any parser."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactqa.answer import Answer
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Passage, Span, split_essay
from pactqa.messages import count_of, describe_status
from pactqa.search.ranking import Hit
from pactqa.search.replies import Reply
from pactqa.web.cards import Card, cut_quotation
from pactqa.web.essays import render_essay, render_panel
from pactqa.web.links import Link
from pactqa.web.templates import render, show
from pactqa.web.turns import Turn, render_notice, render_turn, render_welcome

ESSAY = Essay(
    id="bees",
    title="Why <b>bees</b> dance",
    text="# Signs\n\nBees dance. They show flowers.\n\n# Cold\n\nIn the cold they rest.",
    notes=(EditorNote("show flowers", "Not <all> of them."),),
)


class Reader(HTMLParser):
    """Collects elements with their classes, and the text inside quotations and marks."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.tags = [], {}, []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"input", "br", "img"}:
            self.open.append((tag, (dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, "the elements are nested rightly"

    def handle_data(self, data):
        for tag, classes in self.open:
            for name in {tag, *classes}:
                self.texts[name] = self.texts.get(name, "") + data


def read(html):
    reader = Reader()
    reader.feed(str(html))  # no markup any more, so that nothing is encoded when compared
    reader.close()
    assert reader.open == []
    return reader


def hits_of(essay=ESSAY):
    return tuple(
        Hit(essay, passage, passage.sentences[-1], 0.5, rank)
        for rank, passage in enumerate(split_essay(essay), start=1)
    )


def answer_of(**changes):
    hits = hits_of()
    return replace(Answer("Why?", "Why?", "answered", 0.9, hits), **changes)


def render_quotation(text, start, key):
    passage = Passage("bees", start, start + len(text), text, "", 1, ())
    hit = Hit(replace(ESSAY, notes=()), passage, key or Span(0, 0), 0.5, 1)
    html = render("card.html", card=Card(hit, 1))
    return html[html.index("<blockquote") : html.index("</blockquote>") + len("</blockquote>")]


def turn_html(answer, suggestions=(), feedback=False):
    return render_turn(Turn(answer, tuple(suggestions)), 1, [ESSAY], feedback)


@settings(deadline=None)  # the first time, the templates and the reference styles are read
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_a_quotation_is_read_back_character_for_character(text, data):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    reader = read(render_quotation(text, 100, Span(100 + first, 100 + last)))
    assert reader.texts["pq-quote"] == text.replace("\0", "\0")
    assert reader.texts["mark"] == text[first:last]
    assert {tag for tag, _ in reader.tags} == {"blockquote", "mark"}


def test_a_key_sentence_of_another_passage_marks_nothing():
    assert "<mark>" not in render_quotation("abc", 10, Span(5, 12))
    assert "<mark>" not in render_quotation("abc", 10, None)


@pytest.mark.parametrize("text", ["<b>", "&amp;", "\"'", "\r\n", "\r", "a\u2028b\u202e"])
def test_show_encodes_what_a_browser_would_change(text):
    shown = show(text)
    assert not set("<>\"'\r") & set(shown)
    assert read(f"<p>{shown}</p>").texts["p"] == text


def test_a_card_names_the_place_and_carries_note_references_and_link():
    html = render("card.html", card=Card(hits_of()[0], 3))
    reader = read(html)
    assert reader.texts["pq-quote"] == "Bees dance. They show flowers."
    assert reader.texts["mark"] == "They show flowers."
    assert "Signs · paragraph 1" in reader.texts["pq-place"]
    assert "Not <all> of them." in reader.texts["pq-note"]
    assert "Not <all>" not in reader.texts["pq-quote"]
    link = next(attrs for tag, attrs in reader.tags if attrs.get("class") == "pq-button pq-open")
    assert link["href"] == "?essay=bees&p=1"
    assert ("b", {}) not in reader.tags
    assert [a["data-style"] for t, a in reader.tags if a.get("class") == "pq-ref"] == [
        "mla",
        "chicago",
        "apa",
    ]


def test_a_card_shows_the_citation_in_the_text_italics_and_what_the_copy_lacks():
    other = replace(ESSAY, id="other")  # from which a citation in the text must tell it
    signed = replace(
        ESSAY, author="Frisch, Karl", year=1927, site="Bee <World>", url="https://b.org"
    )
    html = render("card.html", card=Card(hits_of(signed)[0], 3, [signed, other]))
    reader = read(html)
    assert "In the text: (Frisch, par. 1)" in reader.texts["pq-refs"]
    assert "In a note: Frisch, “" in reader.texts["pq-refs"]
    assert "In the text: (Frisch, 1927, para. 1)" in reader.texts["pq-refs"]
    assert "<i>Bee &lt;World&gt;</i>" in html
    assert "pq-gaps" not in html
    bare = read(render("card.html", card=Card(hits_of()[0], 3, [ESSAY, other])))
    assert bare.texts["pq-gaps"] == "This copy does not name its author, date, site or address."
    assert "not given" not in bare.texts["pq-refs"]


def test_an_answer_tells_works_of_one_author_apart_by_all_essays():
    works = [replace(ESSAY, id=i, author="Frisch, Karl", title=t) for i, t in ("aA", "bB")]
    turn = Turn(answer_of(hits=hits_of(works[0])))
    assert "(Frisch, “A,” par. 1)" in read(render_turn(turn, 1, works, False)).texts["pq-cite"]
    assert "(Frisch, par. 1)" in read(render_turn(turn, 1, works[:1], False)).texts["pq-cite"]


def test_an_answer_about_reasons_opens_with_headings_that_link_to_their_cards():
    wanting = replace(
        ESSAY, text=ESSAY.text.replace("show", "sought to show").replace("rest", "fear")
    )
    reader = read(
        turn_html(answer_of(hits=hits_of(replace(wanting, notes=())), about_reasons=True))
    )
    assert "Signs" in reader.texts["pq-reasons"]
    anchors = [a["href"] for t, a in reader.tags if "data-card" in a]
    assert anchors == ["#pq-1-1", "#pq-1-2"]
    assert {a["href"][1:] if "data-card" in a else a.get("id") for _, a in reader.tags} >= {
        "pq-1-1",
        "pq-1-2",
    }
    assert "pq-reasons" not in turn_html(answer_of())


def test_only_three_cards_stand_open():
    long = replace(ESSAY, text="\n\n".join(f"Sentence {n} about bees." for n in range(5)), notes=())
    reader = read(turn_html(answer_of(hits=hits_of(long))))
    assert reader.texts["summary"] == "More passages (2)"
    rest = next(attrs for _, attrs in reader.tags if "pq-rest" in attrs.get("class", ""))
    assert rest["href"] == "#pq-1-4"  # the first that is folded
    assert "Show 2 more passages" in reader.texts["pq-rest"]
    assert "pq-rest" not in turn_html(answer_of(hits=hits_of()))
    assert reader.texts["details"].count("about bees") >= 2
    assert len([attrs for tag, attrs in reader.tags if attrs.get("name") == "take"]) == 5


def test_a_copy_of_the_sentence_and_the_links_are_part_of_the_card():
    reader = read(render("card.html", card=Card(hits_of()[0], 3)))
    copies = [attrs for _, attrs in reader.tags if attrs.get("class") == "pq-button pq-copy"]
    assert [attrs.get("data-sentence") for attrs in copies] == [None, "They show flowers."]
    link = next(a for _, a in reader.tags if a.get("class") == "pq-button pq-copy-link")
    assert link["data-link"] == "?essay=bees&p=1"


def test_a_notice_about_the_link_stands_under_the_question():
    html = render_turn(Turn(answer_of(), notice="No <essay> there."), 1, [ESSAY], False)
    assert read(html).texts["pq-notice"] == "No <essay> there."
    assert html.index("pq-notice") < html.index("pq-done")


def test_only_sections_that_give_a_reason_are_listed():
    text = (
        "# Cold\n\nThey rest because of it.\n\n# Flaws\n\nIt fails because of that.\n\n"
        "# Signs\n\nFlowers are red.\n\n# Hunger\n\nThey fear it.\n\n# Conclusion\n\nSo, because."
    )
    hits = hits_of(replace(ESSAY, text=text, notes=()))
    reader = read(turn_html(answer_of(hits=hits, about_reasons=True)))
    links = [a for _, a in reader.tags if "data-card" in a and "pq-rest" not in a.get("class", "")]
    assert [a["href"] for a in links] == ["#pq-1-1", "#pq-1-4"]
    assert "Sections that give a reason" in reader.texts["pq-reasons"]


def test_the_first_line_names_what_can_be_asked_about():
    essays = [replace(ESSAY, title=title) for title in ("Bees: A Study", "On kings", "A", "Ants")]
    html = read(render_welcome(essays, ()))
    assert html.texts["pq-lead"] == "Ask about A, Bees, Ants or 1 more essay."
    two = read(render_welcome(essays[:2], ()))
    assert two.texts["pq-lead"] == "Ask about Bees or On kings."
    assert "pq-lead" not in read(render_welcome((), ())).texts


def test_other_essays_can_be_opened_from_an_essay(assistant):
    opened = assistant({"bees.md": "Bees dance.", "kings.md": "Kings took taxes."})
    html = render_panel(opened, Link(essay="bees"))
    assert read(html).texts["summary"] == "Other essays (1)"
    assert 'href="?essay=kings"' in html
    assert 'href="?essay=bees"' not in html


def test_the_line_above_says_what_was_done():
    assert describe_status(answer_of()) == "2 passages from 1 essay, word for word."
    assert "pq-searched" not in turn_html(answer_of())
    html = turn_html(answer_of(question="why?", searched_as="Do bees dance? why?"))
    assert "Do bees dance? why?" in read(html).texts["pq-searched"]
    assert 'href="?q=why%3F&amp;typed=1"' in html


def test_more_offers_no_search_for_the_word_more():
    answer = answer_of(question="more", searched_as="why?", is_more=True)
    offered = "Search only your words"
    assert offered in render_turn(Turn(answer), 1, [ESSAY], False)
    turn = Turn(answer, previous="why?", shown=("bees:0-9",))
    assert offered not in render_turn(turn, 1, [ESSAY], False)


def test_nearby_shows_its_passages_open_and_names_the_missing_words():
    reader = read(turn_html(answer_of(status="nearby", missing=("<football>", "oil"))))
    assert "The essays may not answer this directly." in reader.texts["pq-done"]
    assert "do not use the words “<football>” or “oil”." in reader.texts["pq-missing"]
    assert "details" not in reader.texts
    assert "pq-missing" not in turn_html(answer_of(status="nearby"))


def test_what_is_only_near_the_words_looked_up_is_folded_and_the_words_are_marked():
    first, second = hits_of()[:2]
    at = first.passage.start
    named = replace(first, words=(Span(at, at + 4),))
    near = replace(second, bears=False)
    reader = read(turn_html(answer_of(hits=(named, near), looked_up=("Bees",))))
    assert reader.texts["pq-done"].startswith("1 passage mentions “Bees”. Show 1 more passage")
    assert reader.texts["mark"].startswith(first.passage.text[:4] + second.passage.text[:3])
    assert reader.texts["summary"] == "Also near (1)"


def test_a_reply_of_the_program_is_no_quotation_and_shows_no_card():
    reply = Reply("Hello <you>.", ("1. <Bees>",))
    reader = read(turn_html(answer_of(status="absent", hits=(), reply=reply)))
    assert reader.texts["pq-reply"].strip() == "Hello <you>."
    assert reader.texts["pq-reply-lines"] == "1. <Bees>"
    assert "pq-card" not in reader.texts
    assert "pq-about" not in reader.texts


def test_a_card_says_where_the_copy_of_an_essay_breaks_off():
    broken = replace(ESSAY, excerpt=True)
    hits = hits_of(broken)
    assert [Card(hit, 1).breaks_off for hit in hits] == [False] * (len(hits) - 1) + [True]
    assert not any(Card(hit, 1).breaks_off for hit in hits_of())


def test_absent_shows_what_the_essays_are_and_no_card():
    reader = read(turn_html(answer_of(status="absent", hits=())))
    assert "Nothing in the essays was found to be about this." in reader.texts["pq-done"]
    assert ESSAY.title in reader.texts["pq-about"]
    assert "pq-card" not in reader.texts


def test_filter_and_stale_essays_are_shown_by_title():
    reader = read(turn_html(answer_of(only=("bees",), stale=("bees",))))
    assert ESSAY.title in reader.texts["pq-filter"]
    assert ESSAY.title in reader.texts["pq-notice"]
    assert Turn(answer_of(only=("bees",))).link == "?q=Why%3F&essays=bees"


def test_what_cannot_be_opened_now_is_marked():
    reader = read(turn_html(answer_of(unreadable=("bees",))))
    assert "cannot be opened now" in reader.texts["pq-notice"]
    assert ESSAY.title in reader.texts["pq-notice"]
    assert "pq-notice" not in turn_html(answer_of())


def test_a_reply_says_nothing_of_a_filter_and_its_suggestions_keep_it():
    reply = answer_of(status="absent", hits=(), reply=Reply("Hello."), only=("bees",))
    html = turn_html(reply, ["Why?"])
    assert "pq-filter" not in html
    assert "?q=Why%3F&amp;essays=bees" in html


def test_thumbs_are_there_only_if_the_owner_wants_them():
    assert "pq-thumb" not in turn_html(answer_of())
    assert turn_html(answer_of(), feedback=True).count('aria-pressed="false"') == 2


def test_welcome_and_notice_encode_what_they_show():
    assert "<b>bees" not in render_welcome([ESSAY], ["What is <this>?"])
    assert read(render_notice("<script>")).texts["pq-notice"] == "<script>"


def test_the_panel_numbers_paragraphs_and_joins_a_long_ones_parts():
    passages = split_essay(ESSAY)
    parts = [
        Passage("bees", 9, 20, "Bees dance.", "Signs", 1, (Span(9, 20),)),
        Passage("bees", 21, 39, "They show flowers.", "Signs", 1, (Span(21, 39),)),
        passages[1],
    ]
    html = render_essay(ESSAY, parts, 1, Span(21, 39))
    reader = read(html)
    assert reader.texts["pq-text"] == "Bees dance. They show flowers.In the cold they rest."
    assert reader.texts["mark"] == "They show flowers."
    assert html.count("pq-target") == 1
    assert reader.texts["h3"] == "SignsCold"
    assert (
        "no paragraph 7 (any more); it has 2"
        in read(render_essay(ESSAY, parts, 7)).texts["pq-notice"]
    )


def test_a_slice_is_cut_into_parts_that_together_are_the_slice():
    cut = cut_quotation("One. Two. Three.", 100, [Span(105, 109)])
    assert cut.pieces == (("One. ", False), ("Two.", True), (" Three.", False))
    assert not cut.is_wrapped
    two = cut_quotation("One. Two.", 0, [Span(0, 3), Span(5, 8)])
    assert [text for text, marked in two.pieces if marked] == ["One", "Two"]
    assert cut_quotation("One.", 0, [Span(2, 9)]).pieces == (("One.", False),)
    assert cut_quotation("One.\rTwo.", 0, [Span(5, 9)]).is_wrapped
    assert cut_quotation("One.\nTwo.", 0, []).is_wrapped


@pytest.mark.parametrize("essay_id", [None, "", "gone", "<b>", "x" * 10_000])
def test_an_essay_that_is_not_here_gets_the_kind_message(assistant, essay_id):
    opened = assistant({"bees.md": "Bees dance."})
    reader = read(render_panel(opened, Link(essay=essay_id)))
    assert "This essay was not found" in reader.texts["h2"]
    assert f"no essay “{essay_id or ''}” here" in reader.texts["pq-notice"]
    assert "Bees" in reader.texts["pq-essays"]


def test_without_a_paragraph_an_essay_is_shown_from_the_beginning(assistant):
    opened = assistant({"bees.md": "Bees dance."})
    html = render_panel(opened, Link(essay="bees", key=Span(0, 4)))
    assert "Bees dance." in html
    assert "pq-target" not in html
    assert "<mark>" not in html


def test_a_link_finds_its_paragraph_after_other_essays_were_added(assistant, write_corpus):
    opened = assistant({"bees.md": ESSAY.text, "kings.md": "Kings took taxes."})
    link = Link(essay="bees", paragraph=2)
    before = render_panel(opened, link)
    write_corpus({"ants.md": "Ants work.", "a/bees.md": "Other bees.", "kings.md": None})
    opened.refresh()
    assert "pq-target" in before
    after = render_panel(opened, link)
    place = 'id="pq-p-1"'  # above it stand the titles of the other essays
    assert after[after.index(place) :] == before[before.index(place) :]


def test_numbers_go_with_their_nouns():
    assert (count_of(1, "essay"), count_of(0, "essay")) == ("1 essay", "0 essays")
