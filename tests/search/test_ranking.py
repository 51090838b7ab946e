import pytest

from pactqa.essays.files import Essay
from pactqa.index.refresh import refresh_index
from pactqa.index.store import Store
from pactqa.index.vectors import open_index
from pactqa.search.query import STOP_WORDS, encode_question
from pactqa.search.ranking import drop_near_duplicates, fuse_ranks, search_passages

BEES = "Bees need flowers.\n\nThe hive is cold in winter. The queen rests there. Honey is food."
KINGS = "The king raised a tax.\n\nBread was dear. The king of Paris had debts."


@pytest.fixture
def search(tmp_path, encoder):
    """Searches made essays, given as id=text, for a question."""

    def search_essays(question, k=5, only=None, whole=(), **texts):
        essays = [
            Essay(id=name, title="", text=text, file=name, sha256=text)
            for name, text in texts.items()
        ]
        store = Store(tmp_path / "index")
        refresh_index(store, essays, encoder)
        query = encode_question(encoder, question)
        with store.read() as snapshot:
            index = open_index(store, snapshot)
            return search_passages(snapshot, index, essays, query, k, only, whole)

    return search_essays


# Joining rankings


def test_an_item_of_two_rankings_stands_above_one_of_one():
    assert fuse_ranks([[1, 2], [2, 3]]) == [2, 1, 3]
    assert fuse_ranks([[1, 2, 3], [4, 5, 3]]) == [3, 1, 4, 2, 5]


def test_equal_scores_keep_the_order_in_which_they_were_named():
    assert fuse_ranks([[7, 8], [8, 7]]) == [7, 8]
    assert fuse_ranks([[1], [2], [3]]) == [1, 2, 3]


def test_the_constant_weighs_one_first_place_against_two_lower_ones():
    rankings = [[1, 2, 3, 4, 9], [5, 6, 7, 8, 9]]
    assert fuse_ranks(rankings, k=0)[0] == 1  # 1/1 against 2/5
    assert fuse_ranks(rankings, k=60)[0] == 9  # 1/61 against 2/65
    assert fuse_ranks(rankings, k=2)[0] == 1  # 1/3 against 2/7
    assert fuse_ranks(rankings, k=4)[0] == 9  # 1/5 against 2/9


def test_no_ranking_gives_nothing():
    assert fuse_ranks([]) == []
    assert fuse_ranks([[], []]) == []
    assert fuse_ranks([[], [4]]) == [4]


# The words of a question


def test_the_words_that_carry_the_subject_are_found_with_their_tokens(encoder):
    query = encode_question(encoder, "Why do bees need flowers?")
    assert [(word.text, word.rows) for word in query.words] == [
        ("bees", (2,)),
        ("need", (3,)),
        ("flowers", (4,)),
    ]
    assert query.rows == [2, 3, 4]
    assert query.text == "Why do bees need flowers?"


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_possessive_ending_is_no_part_of_the_word(encoder, apostrophe):
    query = encode_question(encoder, f"Stalin{apostrophe}s army")
    assert [(word.text, word.rows) for word in query.words] == [("Stalin", (0,)), ("army", (2,))]


def test_a_word_of_several_tokens_has_all_their_rows(encoder):
    query = encode_question(encoder, "the Nazi-Soviet pact")
    assert [(word.text, word.rows) for word in query.words] == [
        ("Nazi-Soviet", (1, 2)),
        ("pact", (3,)),
    ]


def test_a_question_of_stop_words_counts_all_its_tokens(encoder):
    query = encode_question(encoder, "Why is that so?")
    assert query.words == ()
    assert query.rows == [0, 1, 2, 3]


def test_capitals_do_not_hide_a_stop_word(encoder):
    assert encode_question(encoder, "WHY Do THE").words == ()
    assert all(word == word.casefold() for word in STOP_WORDS)


# Searching


def test_the_passage_with_all_words_of_the_question_is_first_with_score_one(search):
    first, second, *_ = search("the king's tax", bees=BEES, kings=KINGS)
    assert first.passage.text == "The king raised a tax."
    assert first.maxsim == pytest.approx(1, abs=1e-3)
    assert second.passage.text.startswith("Bread")
    assert 0 < second.maxsim < 0.9


def test_scores_fall_and_no_passage_comes_twice(search):
    found = search("bees in winter", k=20, bees=BEES, kings=KINGS)
    assert len(found) == 4
    assert len({c.number for c in found}) == 4
    scores = [c.maxsim for c in found]
    assert scores == sorted(scores, reverse=True)


def test_k_and_the_essays_limit_what_is_found(search):
    assert len(search("king", k=2, bees=BEES, kings=KINGS)) == 2
    only = search("king", k=20, only=["bees"], bees=BEES, kings=KINGS)
    assert {c.essay.id for c in only} == {"bees"}
    assert len(only) == 2
    assert search("king", only=[], bees=BEES, kings=KINGS) == []
    assert search("king", bees="# Heading alone\n") == []


def test_a_word_in_any_case_and_ending_is_found(search):
    assert search("DANCING", k=1, a="Kings rule.", b="They dance.")[0].essay.id == "b"


@pytest.mark.parametrize("question", ["😀", '"', "NOT (", "bees " * 2000, "?", "a" * 10_000])
def test_any_question_is_searched(search, question):
    assert len(search(question, bees=BEES)) == 2


# The key sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Is the hive cold?", "The hive is cold in winter."),
        ("Where is the queen?", "The queen rests there."),
        ("honey", "Honey is food."),
        ("football", "The hive is cold in winter."),
    ],
)
def test_the_key_sentence_is_the_nearest_and_the_first_of_equals(search, question, sentence):
    passage = next(c for c in search(question, bees=BEES) if "hive" in c.passage.text)
    span = passage.key_sentence
    assert span in passage.passage.sentences
    assert passage.essay.text[span.start : span.end] == sentence


def test_the_tokens_of_one_sentence_do_not_count_for_another(search):
    (candidate,) = search("queen honey", a="The queen eats. Bees fly. Honey for the queen.")
    first, second, third = candidate.nearness
    assert second < first < third


# Near duplicates

SENTENCE = "He who would eat honey must not fear the bees of the hive."
LONG_ONE = f"{SENTENCE} The first essay then tells at length of orchards, blossoms and the spring."
LONG_OTHER = f"The second essay is on kings, who took taxes from every keeper of hives. {SENTENCE}"


def test_the_same_passage_in_two_essays_is_shown_once(search):
    found = search("honey bees", a=SENTENCE, b=SENTENCE, c="Bees fly.")
    assert len(found) == 3
    kept = drop_near_duplicates(found)
    assert [c.passage.text for c in kept].count(SENTENCE) == 1
    assert kept[0] is found[0]
    assert len(kept) == 2


def test_a_passage_that_differs_in_few_words_is_a_duplicate(search):
    found = search("honey bees", a=SENTENCE, b=SENTENCE.replace("He who", "Whoever").upper())
    assert len(drop_near_duplicates(found)) == 1


def test_one_sentence_quoted_in_two_longer_passages_keeps_both(search):
    found = search("honey bees", a=LONG_ONE, b=LONG_OTHER)
    assert drop_near_duplicates(found) == found
    assert len(found) == 2


def test_the_same_words_in_another_order_are_not_the_same(search):
    found = search("bees", a="bees fear kings who love bread", b="kings who fear bees love bread")
    assert len(drop_near_duplicates(found)) == 2


@pytest.mark.parametrize("texts", [("Bees.", "Honey bees."), ("Bees!", "Kings."), ("…", "— ?!")])
def test_very_short_passages_are_compared_too(search, texts):
    found = search("bees", a=texts[0], b=texts[1])
    assert drop_near_duplicates(found)[0] is found[0]


def test_nothing_gives_nothing():
    assert drop_near_duplicates([]) == []


def test_an_essay_wanted_whole_is_found_to_its_last_passage(search):
    texts = {
        "bees": "Bees dance.\n\nBees fly.\n\nKings rule.\n\nTaxes are high.",
        "kings": "Bees and kings.\n\nPollen is yellow.",
    }
    found = search("bees dance", k=1, whole=["bees"], **texts)
    assert next(c.passage.text for c in found if c.essay.id == "bees") == "Bees dance."
    assert len([c for c in found if c.essay.id == "bees"]) == 4
    assert [c for c in found if c.essay.id == "kings"] == []
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
