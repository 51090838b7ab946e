"""What is known of a question before anything is searched."""

import pytest

from pactqa.search.query import (
    STOP_WORDS,
    Query,
    QueryWord,
    encode_question,
    find_subject_words,
    strip_possessive,
)


def words_of(query):
    return [(word.text, word.rows) for word in query.words]


def names_of(query):
    return [word.text for word in query.words if word.is_name]


def test_the_words_that_carry_the_subject_are_found_with_their_tokens(encoder):
    query = encode_question(encoder, "Why do bees need flowers?")
    assert words_of(query) == [("bees", (2,)), ("need", (3,)), ("flowers", (4,))]
    assert query.rows == [2, 3, 4]
    assert query.text == "Why do bees need flowers?"
    assert query.encoding.tokens.shape == (5, encoder.dim)


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_possessive_ending_is_no_part_of_the_word(encoder, apostrophe):
    query = encode_question(encoder, f"Stalin{apostrophe}s army")
    assert words_of(query) == [("Stalin", (0,)), ("army", (2,))]


def test_a_word_of_several_tokens_has_all_their_rows(encoder):
    query = encode_question(encoder, "the Nazi-Soviet pact")
    assert words_of(query) == [("Nazi-Soviet", (1, 2)), ("pact", (3,))]
    assert query.rows == [1, 2, 3]


def test_a_question_of_stop_words_counts_all_its_tokens(encoder):
    query = encode_question(encoder, "Why is that so?")
    assert query.words == ()
    assert query.rows == [0, 1, 2, 3]
    assert query.asked == frozenset()


def test_capitals_do_not_hide_a_stop_word(encoder):
    assert encode_question(encoder, "WHY Do THE").words == ()
    assert all(word == word.casefold() for word in STOP_WORDS)


def test_a_word_beyond_what_the_encoder_reads_is_none(encoder):
    encoder.max_tokens = 4
    assert words_of(encode_question(encoder, "bees flowers honey")) == [
        ("bees", (0,)),
        ("flowers", (1,)),
    ]


# Names


def test_a_capital_alone_makes_no_name(encoder):
    assert names_of(encode_question(encoder, "Stadiums of Football")) == []


@pytest.mark.parametrize("question", ["Why did stalin sign?", "STALIN’S pact", "Stalin signed"])
def test_a_name_that_the_essays_know_is_one_in_any_letters(encoder, question):
    names = names_of(encode_question(encoder, question, lambda word: word.casefold() == "stalin"))
    assert [name.casefold() for name in names] == ["stalin"]


def test_a_word_of_which_one_part_is_a_name_is_one(encoder):
    question = "the Nazi-Soviet pact, not-so"
    assert names_of(encode_question(encoder, question, "Soviet".__eq__)) == ["Nazi-Soviet"]


def test_numbers_are_names(encoder):
    assert names_of(encode_question(encoder, "bees of 1911 and the 2nd hive, B52")) == [
        "1911",
        "2nd",
    ]


def test_a_word_with_other_names_is_a_name_and_asks_for_them_too(encoder):
    others = {"britain": frozenset({"britain", "british"}), "bees": frozenset({"bees"})}
    query = encode_question(
        encoder, "Britain's bees", find_others=lambda word: others.get(word.casefold(), frozenset())
    )
    britain, bees = query.words
    assert (britain.is_name, britain.others) == (True, {"british"})
    assert (bees.is_name, bees.others) == (False, frozenset())
    assert query.asked == {"britain", "british", "bees"}


def test_a_word_is_no_name_unless_something_says_so():
    word = QueryWord("bees", (0,))
    assert not word.is_name
    assert word.others == frozenset()


# What it asks for


@pytest.mark.parametrize(
    ("question", "kinds"),
    [("When did bees dance?", ["time"]), ("Who danced?", ["person"]), ("Why do bees dance?", [])],
)
def test_a_question_knows_the_kinds_it_asks_for(encoder, question, kinds):
    assert [kind.name for kind in encode_question(encoder, question).kinds] == kinds


def test_a_query_made_by_hand_asks_for_nothing(encoder):
    assert Query("bees", encoder.encode_query("bees"), ()).kinds == ()


# Its words alone


def test_the_subject_words_of_a_text_are_small_and_bare():
    assert find_subject_words("Why did Stalin’s ARMY fear the Nazi-Soviet pact of 1939?") == [
        "stalin",
        "army",
        "fear",
        "nazi-soviet",
        "pact",
        "1939",
    ]
    assert find_subject_words("What is it? … !") == []
    assert find_subject_words("the _dance_ of ___ bees_hive") == ["dance", "bees", "hive"]


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("Stalin’s", "Stalin"),
        ("Stalin's", "Stalin"),
        ("allies'", "allies"),
        ("allies’", "allies"),
        ("bees", "bees"),
        ("o'clock", "o'clock"),
        ("Stalin'sen", "Stalin'sen"),
    ],
)
def test_only_the_ending_of_a_possessive_is_stripped(word, bare):
    assert strip_possessive(word) == bare
