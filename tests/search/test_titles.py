"""Which questions are as wide as an essay's title, and ask for reasons."""

from dataclasses import replace

import numpy as np
import pytest

from pactqa.essays.files import Essay
from pactqa.models.encoder import Encoding
from pactqa.search.outline import (
    Title,
    asks_for_reasons,
    choose_outlined,
    describe_title,
    is_as_wide_as,
)
from pactqa.search.query import Query, QueryWord, encode_question
from tests.conftest import OUTLINE


@pytest.mark.parametrize(
    "question",
    [
        "Why do bees dance?",
        "why?",
        "What were the reasons for the French Revolution?",
        "Name one reason.",
        "What caused the Revolution?",
        "The causes of the Revolution",
        "What motivated the king?",
        "What were the king's motives?",
        "What led to the Revolution?",
        "Which events led to the Revolution?",
        "How come bees dance?",
        "What was the purpose of the dance?",
        "What drove the people to revolt?",
        "What made the king call the estates?",
        "What did the king hope to gain?",
        "What did the king want?",
        "What was in it for the king?",
        "What's behind the dance?",
        "What lies behind the dance?",
        "What were the king's main goals?",
        "How does he justify the tax?",
        "Which of the old ideas led to it?",
    ],
)
def test_a_question_about_reasons_is_known(question):
    assert asks_for_reasons(question)


@pytest.mark.parametrize(
    "question",
    [
        "When did the Revolution begin?",
        "Who was the king?",
        "What do bees eat?",
        "How do bees find the hive?",
        "Where did the estates meet?",
        "Is bread dear?",
        "What is a whydah?",
        "What is the reasonable price of bread?",
        "Which flowers do bees like?",
        "What did the king eat?",
        "Who made the king call the estates?",
        "Which of the many old roads of the land led to it?",
        "",
    ],
)
def test_another_question_is_not_taken_for_one(question):
    assert not asks_for_reasons(question)


@pytest.fixture
def title(encoder):
    def make_title(text, **options):
        return describe_title(
            Essay(id="a", title=text, text=""), encoder.encode_query(text), **options
        )

    return make_title


@pytest.fixture
def is_wide(encoder, title):
    def tell(question, text, bars=OUTLINE, **options):
        return is_as_wide_as(encode_question(encoder, question), title(text, **options), bars)

    return tell


# What a title is


def test_the_words_of_a_title_are_those_of_its_subject_without_endings(title):
    made = title("Why did Stalin’s Allies sign the Nazi-Soviet Pact?")
    assert made.text == "Why did Stalin’s Allies sign the Nazi-Soviet Pact?"
    assert made.words == {"stalin", "allie", "sign", "nazi", "soviet", "pact"}
    assert made.objects == frozenset()
    assert len(made.encoding.tokens) == 10


def test_a_title_has_the_other_names_of_its_words_and_its_aliases(title):
    made = title(
        "The Pact of Russia",
        find_others=lambda word: (
            frozenset({"ussr", "soviets"}) if word == "russia" else frozenset()
        ),
        aliases=["the Treaty", "Molotov-Ribbentrop Agreements"],
    )
    assert made.words >= {"pact", "russia", "treaty", "molotov", "ribbentrop", "agreement"}
    assert made.words >= {"ussr", "soviet"}
    assert "the" not in made.words


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("Signing the Pact with Hitler", {"hitler"}),
        ("Stalin against the West", {"west"}),
        ("Stalin, WITH Hitlers of old", {"hitler"}),
        ("Stalin signs", set()),
        ("The war with his kings", set()),  # "his" is none of the subject's words
        ("The causes of the French Revolution", set()),  # it is what the title is about
        ("Essays on bees, for farms by Stalin", set()),
    ],
)
def test_with_whom_something_is_done_are_a_titles_objects(title, text, objects):
    assert title(text).objects == objects


def test_a_title_without_objects_has_none(encoder):
    assert Title("", encoder.encode_query(""), frozenset()).objects == frozenset()


# As wide as a title


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why do bees dance?", "Why bees dance"),
        ("Why does the bee dance?", "Bee dances"),
        ("Why do bees DANCE?", "why BEES dance"),
        ("Why did Stalin sign the Nazi pact?", "Stalin signs the Nazi-Soviet pact"),
        ("Why the Nazi-Soviet pact?", "The Nazi and Soviet pact"),
        ("What drove the bees to dance?", "Why bees dance"),
        ("What were the main reasons of the dance?", "Why bees dance"),
        ("Why did Stalin sign?", "Stalin signed"),
        ("Why do bees sign?", "Bees signing"),
        ("What was Stalin's aim?", "Stalin and the West"),
    ],
)
def test_a_question_in_the_words_of_a_title_is_as_wide(is_wide, question, text):
    nothing_else = replace(OUTLINE, title_word=2, title_word_beside=2, title_cosine=2)
    assert is_wide(question, text, nothing_else)


def test_other_names_of_a_titles_words_are_its_words(is_wide, encoder, title):
    nothing_else = replace(OUTLINE, title_word=2, title_word_beside=2, title_cosine=2)
    question, text = "Why the zebra treaty?", "The zebra pact"
    assert not is_wide(question, text, nothing_else)
    assert is_wide(question, text, nothing_else, aliases=["the treaty"])
    others = {"pact": frozenset({"treaties"}), "treaty": frozenset({"pacts"})}
    find = lambda word: others.get(word, frozenset())  # noqa: E731
    assert is_wide(question, text, nothing_else, find_others=lambda _: frozenset({"treaty"}))
    query = encode_question(encoder, question, find_others=find)
    assert is_as_wide_as(query, title(text), nothing_else)


def test_a_question_without_words_of_its_own_is_not_wide(is_wide):
    assert not is_wide("Why?", "Why bees dance")
    assert not is_wide("What was the reason?", "The reason why bees dance")
    assert not is_wide("What was their main aim, and why?", "The main aim of bees")
    assert not is_wide("Why bees?", "")


def test_a_word_that_is_no_word_of_the_title_must_mean_one(is_wide):
    assert is_wide("Why sign the treaty, bees?", "Bees sign the pact")
    assert not is_wide("Why sign the zebra, bees?", "Bees sign the pact")


def test_every_part_of_a_word_must_be_a_titles(is_wide):
    nothing_else = replace(OUTLINE, title_word=2, title_word_beside=2, title_cosine=2)
    assert is_wide("Why the bee-dance?", "Bees dance", nothing_else)
    assert not is_wide("Why the bee-zebra?", "Bees dance", nothing_else)


def test_words_of_asking_ask_in_any_letters(is_wide):
    assert is_wide("WHAT DID BEES HOPE TO GAIN, HOPING?", "bees")


def test_one_word_that_is_only_like_a_titles_is_too_little(is_wide):
    assert not is_wide("Why the treaty?", "the pact")
    assert is_wide("Why the pact?", "the pact")
    assert is_wide("Why the king's treaty?", "the kings pact")


def test_two_words_of_a_question_are_not_matched_by_one_of_the_title(is_wide):
    assert is_wide("Why do bees dance?", "Why bees dance")
    assert not is_wide("Why the agreement, treaty of kings?", "why the pact of kings")
    assert is_wide("Why the agreement, treaty of kings?", "why the pact, pact of kings")


def test_a_word_is_not_matched_by_one_that_the_question_has_itself(is_wide, encoder):
    assert encoder.dimension("agreement") == encoder.dimension("treaty")
    assert not is_wide("Why the agreement, treaty, of kings?", "why the treaty of kings")
    assert is_wide("Why the agreement, treaty, of kings?", "why the treaty, pact of kings")


def make_vectors(*rows):
    vectors = np.array(rows, dtype=np.float32)
    total = vectors.sum(axis=0)
    return Encoding(
        vector=total / np.linalg.norm(total), tokens=vectors, offsets=np.zeros((len(rows), 2), int)
    )


def test_words_are_paired_with_the_titles_nearest_first():
    # Both are nearest to the first word of the title; the nearer one has it.
    question = make_vectors([1, 0, 0], [0.8, 0.6, 0])
    words = (QueryWord("one", (0,)), QueryWord("other", (1,)))
    query = Query("why one other", question, words)
    title = Title("x", make_vectors([1, 0, 0], [0, 1, 0]), frozenset())

    def is_wide(bar):
        return is_as_wide_as(query, title, replace(OUTLINE, title_word=bar, title_cosine=-1))

    assert is_wide(0.6)
    assert not is_wide(0.61)


def test_a_word_of_several_tokens_is_as_near_as_their_mean():
    question = make_vectors([1, 0, 0], [0, 1, 0], [0, 0, 1])
    query = Query("why", question, (QueryWord("one", (0, 1)), QueryWord("other", (2,))))
    title = Title("x", make_vectors([1, 0, 0], [0, 0, 1]), frozenset())

    def is_wide(bar):
        return is_as_wide_as(query, title, replace(OUTLINE, title_word=bar, title_cosine=-1))

    assert is_wide(0.5)
    assert not is_wide(0.51)


def test_the_whole_question_must_be_near_the_whole_title():
    question = make_vectors([1, 0, 0], [0.6, 0.8, 0])
    query = Query("why", question, (QueryWord("one", (0,)), QueryWord("other", (1,))))
    title = Title("x", make_vectors([1, 0, 0], [0.6, 0, 0.8]), frozenset())
    cosine = float(question.vector @ title.encoding.vector)

    def is_wide(bar):
        return is_as_wide_as(query, title, replace(OUTLINE, title_word=0.3, title_cosine=bar))

    assert is_wide(cosine)
    assert not is_wide(cosine + 0.001)


@pytest.mark.parametrize(
    ("question", "wide"),
    [
        ("Why did Hitler sign the pact?", False),
        ("Why did the hitlers sign the pact?", False),
        ("What made Hitler sign the pact?", False),
        ("What were Hitler's reasons to sign the pact?", False),
        ("What were Hitler’s main aims with the pact?", False),
        ("Why sign the pact with Hitler?", True),
        ("Why did Stalin sign the pact with Hitler?", True),
        ("What drove Stalin to sign a pact with Hitler?", True),
        ("What were Stalin's motives to sign with Hitler?", True),
        ("The reasons to sign a pact with Hitler", True),
    ],
)
def test_a_question_about_the_other_one_is_answered_by_no_outline(encoder, title, question, wide):
    titles = {"a": title("Why Stalin signed the Pact with Hitler"), "b": title("Why Hitler signed")}
    query = encode_question(encoder, question)
    assert ("a" in choose_outlined(query, titles, OUTLINE)) is wide
    if not wide:
        assert choose_outlined(query, titles, OUTLINE) == []


def test_another_name_is_another_matter_however_near(encoder, title):
    made = title("Why Stalin signed the pact")
    for is_name, wide in ((lambda word: False, True), ("treaty".__eq__, False)):
        query = encode_question(encoder, "Why did Stalin sign the treaty?", is_name)
        assert is_as_wide_as(query, made, OUTLINE) is wide
    query = encode_question(encoder, "Why did Stalin sign the pact?", "Stalin".__eq__)
    assert is_as_wide_as(query, made, OUTLINE)


def test_beside_two_words_of_the_title_a_third_may_be_further_from_it():
    question = make_vectors([1, 0, 0], [0, 1, 0], [0.6, 0, 0.8])
    words = tuple(QueryWord(text, (row,)) for row, text in enumerate(("bees", "dance", "other")))
    title = Title("x", make_vectors([1, 0, 0], [0, 1, 0]), frozenset({"bee", "dance"}))

    def is_wide(words, far, beside):
        bars = replace(OUTLINE, title_word=far, title_word_beside=beside, title_cosine=-1)
        return is_as_wide_as(Query("why", question, words), title, bars)

    assert is_wide(words, 0.7, 0.5)
    assert not is_wide(words, 0.5, 0.7)
    assert is_wide(words[1:], 0.5, 0.7)
    assert not is_wide(words[1:], 0.7, 0.5)


# Which essays answer by their outlines


def test_only_a_question_about_reasons_is_answered_by_an_outline(encoder, title):
    titles = {
        "king": title("Why kings tax bread"),
        "bees": title("Why bees dance"),
        "dance": title("bees dance hive"),
    }

    def choose(question):
        return choose_outlined(encode_question(encoder, question), titles, OUTLINE)

    assert choose("Why do bees dance?") == ["bees", "dance"]
    assert choose("Reasons: bees dance, hive") == ["dance", "bees"]
    assert choose("When do bees dance?") == []
    assert choose("Why do bees dance in winter?") == []


def test_the_best_match_is_first_whatever_the_order_of_the_titles(encoder, title):
    query = encode_question(encoder, "Why do bees dance?")
    near, far = title("Why do bees dance"), title("Zebra bees dance")
    assert choose_outlined(query, {"far": far, "near": near}, OUTLINE) == ["near", "far"]
    assert choose_outlined(query, {"near": near, "far": far}, OUTLINE) == ["near", "far"]


def test_beside_one_that_is_matched_a_title_need_only_be_close(encoder, title):
    query = encode_question(encoder, "Why do bees dance?")
    wide, close = title("Bees dance"), title("Why do bees fly")
    cosine = float(query.encoding.vector @ close.encoding.vector)
    bars = replace(OUTLINE, title_cosine=cosine)
    assert choose_outlined(query, {"wide": wide, "close": close}, bars) == ["close", "wide"]
    assert choose_outlined(query, {"close": close}, bars) == []
    bars = replace(OUTLINE, title_cosine=cosine + 0.001)
    assert choose_outlined(query, {"wide": wide, "close": close}, bars) == ["wide"]
