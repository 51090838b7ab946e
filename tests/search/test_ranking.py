"""Which passages are compared, how they are ranked, and which sentence of each is the key."""

from dataclasses import replace

import numpy as np
import pytest

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.models.fitted import RankingWeights, load_fitted
from pactqa.search.query import encode_question
from pactqa.search.ranking import (
    POOL,
    UNREAD,
    Candidate,
    Hit,
    drop_near_duplicates,
    fuse_ranks,
    search_passages,
)
from tests.conftest import RANKING

BEES = "Bees need flowers.\n\nThe hive is cold in winter. The queen rests there. Honey is food."
KINGS = "The king raised a tax.\n\nBread was dear. The king of Paris had debts."


@pytest.fixture
def search(library):
    """Searches made essays, given as id=text, for a question."""

    def search_essays(question, only=None, whole=(), pool=POOL, weights=RANKING, **texts):
        return library(**texts).search(question, weights, only=only, whole=whole, pool=pool)

    return search_essays


def texts_of(candidates):
    return [candidate.passage.text for candidate in candidates]


def key_of(candidate):
    span = candidate.key_sentence
    return candidate.essay.text[span.start : span.end]


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


def test_ranks_count_from_one():
    rankings = [[1, 2, 9], [5, 9]]
    assert fuse_ranks(rankings, k=0.4)[0] == 1  # 1/1.4 against 1/3.4 + 1/2.4 = .7108
    assert fuse_ranks(rankings, k=0.5)[0] == 9  # 1/1.5 against 1/3.5 + 1/2.5


def test_no_ranking_gives_nothing():
    assert fuse_ranks([]) == []
    assert fuse_ranks([[], []]) == []
    assert fuse_ranks([[], [4]]) == [4]


# More passages than the pool holds. `twin` is a word that the encoder takes for another one, and
# the word search does not; so each of the two searches alone can be led to a passage.


@pytest.fixture
def twin(encoder):
    def find_twin(word):
        return next(
            made
            for made in (f"q{number}q" for number in range(10_000))
            if encoder.dimension(made) == encoder.dimension(word)
        )

    return find_twin


def fill(word, count):
    """Gives passages of a word, each with another one that nothing else has."""
    return "\n\n".join(f"{word} z{number}z." for number in range(count))


LONG = "Here the old zebra sleeps, eats, walks, drinks, plays, runs, jumps, swims and dreams."


@pytest.mark.parametrize(("pool", "count"), [(5, 20), (POOL, POOL + 20)])
def test_only_the_words_lead_to_a_passage(search, twin, pool, count):
    filler = fill(f"{twin('zebra')} {twin('stripes')}", count)
    found = search("zebra stripes", pool=pool, filler=filler, right=LONG)
    assert LONG in texts_of(found)
    assert len(found) == pool


@pytest.mark.parametrize(("pool", "count"), [(5, 20), (POOL, POOL + 20)])
def test_only_the_vectors_lead_to_a_passage(search, twin, pool, count):
    right = f"{twin('zebra')} {twin('stripes')}."
    filler = "\n\n".join(f"{LONG} z{number}z" for number in range(count))
    found = search("zebra stripes", pool=pool, filler=filler, right=right)
    assert texts_of(found)[0] == right
    assert len(found) == pool


def test_a_question_of_stop_words_is_searched_by_all_its_words(search, twin):
    filler = fill(f"{twin('why')} {twin('is')} {twin('that')} {twin('so')}", 20)
    right = LONG.replace("zebra", "why")
    assert right in texts_of(search("Why is that so?", pool=5, filler=filler, right=right))


def test_stop_words_do_not_lead_the_word_search_beside_others(search, twin):
    filler = "\n\n".join(f"Why is that so, z{number}z?" for number in range(20))
    assert LONG in texts_of(search("Why is that so, zebra?", pool=5, filler=filler, right=LONG))


def test_other_names_lead_the_word_search_too(library, twin):
    made = library(filler=fill(twin("horses"), 20), right=LONG)
    plain = made.query("horses")
    named = encode_question(made.encoder, "horses", find_others=lambda word: frozenset({"zebra"}))
    assert LONG not in texts_of(made.search(plain, pool=5))
    assert LONG in texts_of(made.search(named, pool=5))


def test_the_constant_of_the_fusion_is_the_weight(library, encoder):
    made = library(
        meant="zebra zebra stripes.", both="zebra stripes horses.", worded="stripes stripes zebra."
    )

    class Scripted:
        def __init__(self, numbers):
            self.numbers = numbers

        def search(self, vector, k, numbers):
            return [(number, 1.0) for number in self.numbers[:k]]

    with made.store.read() as snapshot:
        meant, both, worded = (snapshot.numbers_of([i])[0] for i in ("meant", "both", "worded"))
        snapshot.search_words = lambda words, k, only: [(worded, 2.0), (both, 1.0)][:k]
        index = Scripted([meant, both])
        query = made.query("zebra stripes")
        chosen = [
            search_passages(snapshot, index, made.essays, query, replace(RANKING, rrf_k=k), pool=2)
            for k in (-0.5, 20)
        ]
    assert {c.essay.id for c in chosen[0]} == {"meant", "worded"}  # 1/.5 against 2/1.5
    assert "both" in {c.essay.id for c in chosen[1]}  # 1/21 against 2/22


# Searching


def test_the_passage_with_all_words_of_the_question_is_first_with_score_one(search):
    first, second, *_ = search("the king's tax", bees=BEES, kings=KINGS)
    assert first.passage.text == "The king raised a tax."
    assert first.maxsim == pytest.approx(1, abs=1e-3)
    assert second.passage.text.startswith("Bread")
    assert 0 < second.maxsim < 0.9


def test_scores_fall_and_no_passage_comes_twice(search):
    found = search("bees in winter", bees=BEES, kings=KINGS)
    assert len(found) == 4
    assert len({c.number for c in found}) == 4
    scores = [c.score for c in found]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 2


def test_pool_and_the_essays_limit_what_is_found(search):
    assert len(search("king", pool=2, bees=BEES, kings=KINGS)) == 2
    only = search("king", only=["bees"], bees=BEES, kings=KINGS)
    assert {c.essay.id for c in only} == {"bees"}
    assert len(only) == 2
    assert search("king", only=[], bees=BEES, kings=KINGS) == []
    assert search("king", bees="# Heading alone\n") == []


def test_a_word_in_any_case_and_ending_is_found(search):
    assert search("DANCING", a="Kings rule.", b="They dance.")[0].essay.id == "b"


@pytest.mark.parametrize("question", ["😀", '"', "NOT (", "bees " * 2000, "?", "a" * 10_000])
def test_any_question_is_searched(search, question):
    assert len(search(question, bees=BEES)) == 2


def test_an_essay_wanted_whole_is_found_to_its_last_passage(search):
    texts = {
        "bees": "Bees dance.\n\nBees fly.\n\nKings rule.\n\nTaxes are high.",
        "kings": "Bees and kings.\n\nPollen is yellow.",
    }
    found = search("bees dance", pool=1, whole=["bees"], **texts)
    assert next(c.passage.text for c in found if c.essay.id == "bees") == "Bees dance."
    assert len([c for c in found if c.essay.id == "bees"]) == 4
    assert [c for c in found if c.essay.id == "kings"] == []
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_each_measure_of_a_passage(search):
    text = "Bees dance. Why do they dance? Honey flows in 1911, in 1912."
    (found,) = search("When do bees dance?", only=["a"], a=f"# Dance\n\n{text}", b="Kings.")
    assert found.essay.id == "a"
    assert found.weights is RANKING
    assert found.token_scores == pytest.approx([0, 1, 1, 1], abs=1e-3)
    assert found.maxsim == pytest.approx(1, abs=1e-3)  # "when" and "do" are not counted
    # Of when, do, bees, dance: each sentence with the heading's own "dance".
    assert found.sentence_maxsims == pytest.approx([2 / 4, 2 / 4, 1 / 4], abs=1e-3)
    assert found.sentence_cosines == pytest.approx([2 / 8**0.5, 2 / 4, 0], abs=1e-3)
    assert found.kinds.tolist() == [0, 0, 1]
    assert found.states.tolist() == [True, False, True]
    assert found.readings.tolist() == [UNREAD] * 3


def test_the_cosine_is_that_of_passage_and_question(search):
    (found,) = search("bees dance", a="Bees fly.")
    assert found.cosine == pytest.approx(0.5)


def test_a_sentence_that_only_repeats_the_question_says_nothing_of_the_kind(search):
    (found,) = search("Which river is near Paris?", a="The river is near Paris. It is in Spain.")
    assert found.kinds.tolist() == [0, 1]
    (found,) = search("Why do bees dance?", a="Bees dance. Bees dance so. They want honey.")
    assert found.kinds.tolist() == [0, 0, 1]


def test_a_sentence_must_say_a_thing_of_the_kind_asked_for(search):
    (found,) = search("When do bees dance?", a="Bees fly high. Bees dance in July.")
    assert found.kinds.tolist() == [0, 1]


def test_the_last_word_of_a_passage_without_a_full_stop_counts(search):
    (found,) = search("bees dance", a="Bees dance")
    assert found.sentence_maxsims == pytest.approx([1], abs=1e-3)


def test_a_sentence_without_a_word_is_near_nothing(search):
    (found,) = search("bees", only=["a"], a="# Bees\n\n…", b="Kings.")
    assert found.sentence_maxsims.tolist() == [-1]


def test_a_question_without_tokens_is_near_nothing(search):
    (found, *_) = search("😀", a="Bees dance.")
    assert found.maxsim == -1
    assert found.sentence_maxsims.tolist() == [-1]


# A candidate's own numbers

WEIGHTS = RankingWeights(
    rrf_k=20,
    cosine=0.5,
    kind=0.25,
    maxsim=2,
    reading=0.1,
    asking=0.125,
    near_duplicate=0.8,
)


def make_candidate(maxsims, cosines, kinds, states, readings, maxsim=0.5, weights=WEIGHTS):
    text = " ".join(f"S{number}." for number in range(len(states)))
    spans = tuple(Span(4 * number, 4 * number + 3) for number in range(len(states)))
    return Candidate(
        number=1,
        passage=Passage("a", 0, len(text), text, "", 1, spans),
        essay=Essay(id="a", title="", text=text),
        weights=weights,
        cosine=0.3,
        maxsim=maxsim,
        token_scores=np.zeros(1, dtype=np.float32),
        sentence_maxsims=np.array(maxsims, dtype=np.float32),
        sentence_tokens=np.array(maxsims, dtype=np.float32).reshape(-1, 1),
        sentence_cosines=np.array(cosines, dtype=np.float32),
        kinds=np.array(kinds, dtype=np.float32),
        states=np.array(states, dtype=bool),
        readings=np.array(readings, dtype=np.float32),
    )


def test_a_sentence_is_near_by_its_tokens_its_cosine_and_its_kind():
    made = make_candidate([0.4, 0.8], [0.6, 0.2], [1, 0], [True, True], [2, -1])
    assert made.nearness == pytest.approx([0.4 + 0.3 + 0.25, 0.8 + 0.1])
    assert made.support == pytest.approx([0.95 + 0.2, 0.9 - 0.1])
    assert made.sentence_maxsims == pytest.approx([0.4, 0.8]), "nothing is added to it in place"


def test_the_score_is_that_of_the_nearest_sentence_and_of_the_passage():
    made = make_candidate([0.4, 0.8], [0.6, 0.2], [1, 0], [True, True], [-1, 2])
    assert made.score == pytest.approx((0.95 + 2 * 0.5) / 3.75)


def test_a_perfect_passage_has_the_score_one():
    made = make_candidate([1], [1], [1], [True], [0], maxsim=1)
    assert made.score == pytest.approx(1)


def test_a_sentence_that_asks_or_announces_is_not_the_key_and_no_part_of_the_score():
    made = make_candidate([1, 0.4, 0.2], [1, 0.6, 0], [1, 0, 0], [False, True, True], [3, 1, 0])
    assert made.key_sentence == made.passage.sentences[1]
    assert made.score == pytest.approx((0.4 + 0.3 + 2 * 0.5) / 3.75)


def test_where_no_sentence_states_the_nearest_is_the_key():
    made = make_candidate([0.1, 0.4], [0, 0], [0, 0], [False, False], [0, 0])
    assert made.key_sentence == made.passage.sentences[1]
    assert made.score == pytest.approx((0.4 + 2 * 0.5) / 3.75 - 0.125), "less, as it only asks"


def test_the_reader_decides_between_sentences_about_as_near():
    made = make_candidate([0.5, 0.4], [0, 0], [0, 0], [True, True], [-2, -2])
    assert made.key_sentence == made.passage.sentences[0]
    read = made.with_readings(np.array([-2, 0], dtype=np.float32))
    assert read.key_sentence == made.passage.sentences[1]
    assert read.readings.tolist() == [-2, 0]
    assert read.score == made.score
    assert made.readings.tolist() == [-2, -2]
    assert (read.number, read.passage, read.maxsim) == (made.number, made.passage, made.maxsim)


def test_a_hit_knows_the_words_of_its_key_sentence():
    for maxsims, key in (([0.6, 0.5], "S0."), ([0.5, 0.6], "S1.")):
        made = make_candidate(maxsims, [0, 0], [0, 0], [True, True], [0, 0])
        assert Hit(made.essay, made.passage, made.key_sentence, made.score, 1).key_text == key


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
    assert passage.key_sentence in passage.passage.sentences
    assert key_of(passage) == sentence


@pytest.mark.parametrize(
    ("question", "text", "key"),
    [
        ("Why do bees dance?", "Why do bees dance? Bees fly. Kings rule.", "Bees fly."),
        ("bees dance", "This essay is about why bees dance. Bees fly.", "Bees fly."),
        ("bees dance", "Bees fly. Do bees dance?", "Bees fly."),
        ("bees dance", "Do kings rule? Do bees dance?", "Do bees dance?"),
    ],
)
def test_the_key_sentence_states_if_any_does(search, question, text, key):
    (found,) = search(question, a=text)
    assert key_of(found) == key


def test_a_passage_is_not_scored_by_what_it_asks(search):
    asks = "Why do bees dance? Kings rule."
    states = "Bees dance. Kings rule."
    first, second = search("Why do bees dance?", asks=asks, states=states)
    assert texts_of([first, second]) == [states, asks]


def test_the_tokens_of_one_sentence_do_not_count_for_another(search):
    (candidate,) = search("queen honey", a="The queen eats. Bees fly. Honey for the queen.")
    first, second, third = candidate.nearness
    assert second < first < third


# Near duplicates

SENTENCE = "He who would eat honey must not fear the bees of the hive."
LONG_ONE = f"{SENTENCE} The first essay then tells at length of orchards, blossoms and the spring."
LONG_OTHER = f"The second essay is on kings, who took taxes from every keeper of hives. {SENTENCE}"


def keep(candidates):
    return list(drop_near_duplicates(candidates))


def test_the_same_passage_in_two_essays_is_shown_once(search):
    found = search("honey bees", a=SENTENCE, b=SENTENCE, c="Bees fly.")
    assert len(found) == 3
    kept = keep(found)
    assert texts_of(kept).count(SENTENCE) == 1
    assert kept[0] is found[0]
    assert len(kept) == 2


def test_a_passage_that_differs_in_few_words_is_a_duplicate(search):
    found = search("honey bees", a=SENTENCE, b=SENTENCE.replace("He who", "Whoever").upper())
    assert len(keep(found)) == 1


def test_what_was_left_out_leaves_nothing_else_out(search):
    # Each is like its neighbours: four words of ten are others after two steps.
    texts = [
        "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3",
        "a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4",
        "a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5",
        "a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6",
    ]
    by_text = {c.passage.text: c for c in search("a1", **dict(zip("abcd", texts, strict=True)))}
    kept = keep([by_text[text] for text in texts])
    assert texts_of(kept) == [texts[0], texts[3]]  # 9/10, 8/10, 7/10 of the first one's triples


def test_one_sentence_quoted_in_two_longer_passages_keeps_both(search):
    found = search("honey bees", a=LONG_ONE, b=LONG_OTHER)
    assert keep(found) == found
    assert len(found) == 2


def test_a_short_passage_within_a_long_one_is_a_duplicate(search):
    found = search("honey bees", a=LONG_ONE, b=SENTENCE)
    assert len(keep(found)) == 1


def test_the_share_of_words_in_common_is_the_weight(search):
    texts = {"a": LONG_ONE, "b": f"{SENTENCE} Then it tells of kings and taxes in Paris."}
    at = [replace(RANKING, near_duplicate=bar) for bar in (0.5, 0.8)]
    assert len(keep(search("honey", weights=at[0], **texts))) == 1
    assert len(keep(search("honey", weights=at[1], **texts))) == 2


def test_the_packaged_weight_keeps_two_passages_that_share_half_their_words(search):
    weights = load_fitted().ranking
    half = f"{SENTENCE} Then it tells of kings and taxes in Paris."
    assert len(keep(search("honey", weights=weights, a=LONG_ONE, b=half))) == 2
    most = SENTENCE.replace("He who", "Whoever")
    assert len(keep(search("honey", weights=weights, a=SENTENCE, b=most))) == 1


def test_the_same_words_in_another_order_are_not_the_same(search):
    found = search("bees", a="bees fear kings who love bread", b="kings who fear bees love bread")
    assert len(keep(found)) == 2


@pytest.mark.parametrize(
    "texts",
    [
        # The same pairs of neighbours, and the same pairs of every second word.
        ("s x p x q x e", "s x q x p x e"),
        ("e1 o1 e2 o2 e3 o3 e4 o4 e5 o5", "o1 e1 o2 e2 o3 e3 o4 e4 o5 e5"),
    ],
)
def test_words_are_compared_three_at_a_time(search, texts):
    assert len(keep(search("bees", a=texts[0], b=texts[1]))) == 2


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("Bees.", "Honey bees."), 2),
        (("Bees!", "Kings."), 2),
        (("Bees!", "bees."), 1),
        (("Honey bees!", "honey Bees."), 1),
        (("…", "— ?!"), 1),
    ],
)
def test_very_short_passages_are_compared_too(search, texts, count):
    found = search("bees", a=texts[0], b=texts[1])
    assert keep(found)[0] is found[0]
    assert len(keep(found)) == count


def test_nothing_gives_nothing():
    assert keep([]) == []


def test_duplicates_are_left_out_one_by_one_as_they_are_asked_for():
    def endless():
        while True:
            yield make_candidate([1], [1], [1], [True], [0])

    assert next(drop_near_duplicates(endless())).score > 0
