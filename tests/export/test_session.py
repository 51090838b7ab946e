"""What is taken from a session: the passages chosen, numbered, cited, and one list of works."""

from dataclasses import replace

import pytest

from pactqa.answer import Answer
from pactqa.export.session import take_session
from tests.export.sessions import PLAIN, hits_of, hostile_session, plain_session
from tests.export.works import show


def quotations_of(session):
    return [list(part.quotations) for part in session.parts]


def test_quotations_are_numbered_through_the_session():
    session = take_session(hostile_session(), "mla")
    assert [[q.number for q in part.quotations] for part in session.parts] == [[1, 2], [3], []]
    assert [part.answer.status for part in session.parts] == ["answered", "nearby", "absent"]


def test_a_quotation_is_cited_in_short_and_its_work_is_listed_once():
    session = take_session(plain_session(), "mla")
    (first,), (second,), _ = quotations_of(session)
    assert (show(first.in_text), show(second.in_text)) == ("(Carr, par. 1)", "(Carr, par. 2)")
    assert [show(reference) for reference in session.references] == ["Carr, E. H. “Kings.”"]
    assert first.reference == session.references[0]
    assert session.gaps == ["“Kings”: This copy does not name its date, site or address."]
    assert [essay.id for essay in session.essays] == ["kings"]


def test_works_of_one_author_are_told_apart_within_a_session():
    other = replace(PLAIN, id="other", title="Queens")
    answers = [*plain_session(), Answer("q", "q", "answered", 0.9, hits_of(other, 0))]
    session = take_session(answers, "apa")
    first, last = session.parts[0].quotations[0], session.parts[-1].quotations[0]
    assert first.in_text.plain == "(Carr, n.d.-a, para. 1)"
    assert last.in_text.plain == "(Carr, n.d.-b, para. 1)"
    assert last.reference.plain == "Carr, E. H. (n.d.-b). Queens."
    assert [r.plain for r in session.references] == [
        "Carr, E. H. (n.d.-a). Kings.",
        "Carr, E. H. (n.d.-b). Queens.",
    ]


def test_a_quotation_says_its_place_with_the_heading_if_there_is_one():
    (first,), (second,), _ = quotations_of(take_session(plain_session(), "mla"))
    assert first.place == "Kings · Taxes · paragraph 1"
    assert second.place == "Kings · Taxes · paragraph 2"
    quotations, _, _ = quotations_of(take_session(hostile_session(), "mla"))
    assert quotations[1].place == "*Bees* & <b> · paragraph 2"


def test_the_last_passage_of_an_excerpt_is_said_to_break_off():
    excerpt = replace(PLAIN, excerpt=True, text=PLAIN.text + "\n\n")
    for essay, said in ((excerpt, "The copy of this essay breaks off here."), (PLAIN, "")):
        answers = [Answer("q", "q", "answered", 0.9, hits_of(essay, 0))]
        ((first, last),) = quotations_of(take_session(answers, "mla"))
        assert (first.breaks_off, last.breaks_off) == ("", said)


def test_a_quotation_has_the_notes_on_its_own_words_only():
    (first,), (second,), _ = quotations_of(take_session(plain_session(), "mla"))
    assert [note.quote for note in first.notes] == ["He raised", "dear"]
    assert [note.quote for note in second.notes] == ["Nobody"]


@pytest.mark.parametrize(
    ("key", "pieces"),
    [
        (0, [("The king came.", True), (" He raised a tax. Bread was dear.", False)]),
        (
            1,
            [
                ("The king came. ", False),
                ("He raised a tax.", True),
                (" Bread was dear.", False),
            ],
        ),
        (2, [("The king came. He raised a tax. ", False), ("Bread was dear.", True)]),
    ],
)
def test_a_quotation_in_pieces_is_whole_and_one_is_the_key_sentence(key, pieces):
    answers = [Answer("q", "q", "answered", 0.9, hits_of(PLAIN, key))]
    ((first, second),) = quotations_of(take_session(answers, "mla"))
    assert first.pieces == pieces
    assert second.pieces == [("Nobody laughed.", True)]


def test_a_status_is_introduced_by_the_sentence_that_says_it():
    answers = plain_session()
    answers[1] = replace(answers[1], missing=("oil",))
    assert [part.introduction for part in take_session(answers, "mla").parts] == [
        "",
        "The essays may not answer this directly. The closest passages: "
        "The essays do not use the word “oil”.",
        "Nothing in the essays was found to be about this.",
    ]


MANY = replace(PLAIN, id="many", text="\n\n".join(f"Passage {n}." for n in range(1, 7)))


def many_hits():
    hits = hits_of(MANY, 0)
    return (*hits[:1], replace(hits[1], bears=False), *hits[2:])


def numbers_of(session):
    return [[q.hit.passage.paragraph for q in part.quotations] for part in session.parts]


def test_where_nothing_is_chosen_the_passages_shown_at_once_are_taken():
    answers = [Answer("q", "q", "answered", 0.9, many_hits()), *plain_session()]
    for chosen in ([], [(), (), ()], [set()]):
        assert numbers_of(take_session(answers, "mla", chosen)) == [[1, 3, 4], [1], [2], []]


def test_where_something_is_chosen_it_alone_is_taken_folded_or_not():
    hits = many_hits()
    answers = [*plain_session(), Answer("q", "q", "answered", 0.9, hits)]
    ids = [hits[5].passage.id, hits[1].passage.id, "of no passage"]
    session = take_session(answers, "mla", [(), (), (), ids, ids])
    assert numbers_of(session) == [[2, 6]]
    assert [q.number for q in session.parts[0].quotations] == [1, 2]
    assert numbers_of(take_session(answers, "mla", [[plain_session()[0].hits[0].passage.id]])) == [
        [1]
    ]


def test_a_passage_has_the_link_that_the_page_gives_it():
    session = take_session(plain_session(), "mla", link_to=lambda hit: f"?p={hit.passage.id}")
    assert session.parts[0].quotations[0].link == f"?p={plain_session()[0].hits[0].passage.id}"
    assert take_session(plain_session(), "mla").parts[0].quotations[0].link == ""


def test_the_language_is_the_essays_if_they_agree():
    british = replace(PLAIN, language="en-GB")
    one = Answer("q", "q", "answered", 0.9, hits_of(british, 0))
    assert take_session([one], "mla").language == "en-GB"
    assert take_session([one, *plain_session()], "mla").language == "en"
    assert take_session([], "mla").language == "en"


def test_half_a_surrogate_pair_is_a_question_mark():
    (part,) = take_session([Answer("a \ud800", "b \ud800", "absent", 0.1, ())], "mla").parts
    assert (part.question, part.searched_as) == ("a ?", "b ?")
    (part,) = take_session([Answer("a", "a", "absent", 0.1, ())], "mla").parts
    assert part.searched_as == ""
