"""Spelling: what is mended with the essays' words, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.search.english import read_english
from pactqa.search.spelling import Speller, _edits_of, _judge_edit
from pactqa.search.vocabulary import read_vocabulary

TEXT = """Old Chamberlain met the king in Munich, where the queen had land. He saw Bill, and which
foil it was. The Western powers feared aggression and a treaty of 1939. The treaty held. Each of
the countries saw the countries of the north. Many a soldier marched with them."""
ENGLISH = read_english()


@pytest.fixture(scope="module")
def speller():
    return Speller(read_vocabulary([TEXT]), ENGLISH)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("why did chamberlian go", "why did Chamberlain go"),
        ("chamberlane", "Chamberlain"),  # two edits
        ("CHAMBERLAIM?", "Chamberlain?"),
        ("what hapened to the goverment", "what happened to the government"),  # common English
        ("munch", "munch"),  # English
        ("muinch", "Munich"),
        ("nunich", "Munich"),  # the first letter
        ("the treety", "the treaty"),
        ("the TRAETY", "the TRAETY".replace("TRAETY", "TREATY")),
        ("Treatty of 1939", "Treaty of 1939"),
        ("agression", "aggression"),
        ("wich king", "which king"),
        ("westernpowers", "Western powers"),
        ("the treaty's agression’s", "the treaty's aggression’s"),
        ("pre-agression", "pre-aggression"),
    ],
)
def test_an_unknown_word_becomes_the_nearest_of_the_essays(speller, typed, meant):
    assert speller.correct(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "oil",
        "football",
        "calories",
        "bild",  # "build" is likelier than "Bill"
        "kings",  # a form of a word of the essays
        "chamberlains",
        "countrie",  # the essays have it with an ending
        "soldierly",
        "whats",
        "zqxj",
        "siged",  # no form of "sig", and near no word of the essays
        "Aggrossian",  # two edits away, but written as a name
        "Goverment",  # written as a name, so not mended as English
        "quern",  # English, though rare
        "treety1939",  # a number beside it
        "1393 3919",
        "кинг",
        "xchamberxlainx",  # three edits
        "trty",  # two edits in a short word
        "tryaxy",
        "",
        "?!",
    ],
)
def test_the_rest_is_left_alone(speller, typed):
    correction = speller.correct(typed)
    assert correction.text == typed
    assert correction.changes == ()


def test_what_was_typed_for_what_is_told_once(speller):
    correction = speller.correct("muinch, the muinch treety!")
    assert correction.text == "Munich, the Munich treaty!"
    assert correction.changes == (("muinch", "Munich"), ("treety", "treaty"))


def test_a_likelier_slip_wins_over_a_more_usual_word():
    speller = Speller(read_vocabulary(["with with with with which"]), ENGLISH)
    assert speller.correct("wich").text == "which"


def test_a_word_that_the_essays_often_use_wins_over_one_of_english():
    text = "It was Stalin who led. " + "So said Stalin. " * 20
    speller = Speller(read_vocabulary([text]), ENGLISH)
    assert speller.correct("did stylin lead").text == "did Stalin lead"  # not "styling"


def test_a_rare_word_of_long_essays_is_not_rare_in_questions():
    text = "It was Stalin. " + "The king led and led on. " * 20_000
    speller = Speller(read_vocabulary([text]), ENGLISH)
    assert speller.correct("who was stolin").text == "who was Stalin"  # not "stolen"


def test_where_english_has_a_likelier_word_the_essays_do_not_impose_theirs():
    speller = Speller(read_vocabulary(["It was below. " + "The king led. " * 2_000]), ENGLISH)
    assert speller.correct("a yelow roof").text == "a yelow roof"


def test_of_two_as_likely_words_the_essays_more_usual_one_wins():
    speller = Speller(read_vocabulary(["barlon barlun barlun"]), ENGLISH)
    assert speller.correct("barlan").text == "barlun"


@given(st.text(max_size=80))
def test_the_characters_that_are_no_letters_stay(text):
    speller = Speller(read_vocabulary([TEXT]), ENGLISH)
    corrected = speller.correct(text).text
    assert [c for c in corrected if not c.isalpha() and c != " "] == [
        c for c in text if not c.isalpha() and c != " "
    ]


def test_a_very_long_word_takes_no_time(speller):
    assert speller.correct("a" * 10_000).changes == ()


@pytest.mark.parametrize(
    ("typed", "meant", "ease"),
    [
        ("thier", "their", 1.0),  # two letters that changed places
        ("hteir", "their", 1.0),
        ("thir", "their", 1.0),  # one left out
        ("thei", "their", 1.0),
        ("theirr", "their", 1.0),  # one typed twice
        ("ttheir", "their", 1.0),
        ("theira", "their", 0.05),  # one too many
        ("atheir", "their", 0.05),
        ("thair", "their", 0.05),  # a vowel for a vowel
        ("theer", "their", 0.05),
        ("thxir", "their", 0.01),
        ("tbeir", "their", 0.01),
        ("theie", "their", 0.01),
    ],
)
def test_how_easily_an_edit_happens(typed, meant, ease):
    assert _judge_edit(typed, meant) == ease


def test_every_word_one_edit_away_is_tried_and_no_other():
    edits = set(_edits_of("the"))
    assert {"th", "he", "te", "teh", "hte", "thee", "athe", "tha", "ehe", "thre"} <= edits
    assert "the" not in edits
    assert not {"t", "thaa", "ab", "eht"} & edits
    assert {len(word) for word in edits} == {2, 3, 4}
    assert len(edits) == 3 + 2 + 3 * 25 + (4 * 26 - 3)
