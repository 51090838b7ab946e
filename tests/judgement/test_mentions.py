"""Which words and names of a question the essays use, and which they do not."""

from dataclasses import replace

import pytest

from pactqa.judgement.mentions import (
    WordUse,
    find_missing_words,
    find_use,
    match_words,
)
from pactqa.models.fitted import MentionBars
from pactqa.search.query import QueryWord, encode_question
from tests.conftest import MENTIONS

PACT = "There Stalin and Hitler made a treaty. Then Poland lost the Red Army."
BEES = "In 1911 bees made honey. Why do bees dance? Their revolutionary dance."


@pytest.fixture
def made(library):
    return library(titles={"pact": "A Pact", "bees": "Bees"}, pact=PACT, bees=BEES)


@pytest.fixture
def missing(made):
    """Gives the words of a question that are missing."""

    def find_missing(question, bars=MENTIONS, candidates=None, **options):
        query = encode_question(made.encoder, question, made.is_name, **options)
        found = made.search(query) if candidates is None else candidates
        with made.store.read() as snapshot:
            uses = [find_use(snapshot, word, ()) for word in query.words]
            return find_missing_words(query, uses, found, bars)

    return find_missing


# Words with the passages that use them


@pytest.fixture
def passages_with(made):
    def find_essays(text, others=()):
        with made.store.read() as snapshot:
            passages = snapshot.passages()
            word = QueryWord(text, (0,), others=frozenset(others))
            use = find_use(snapshot, word, list(passages))
            assert use.is_used == bool(use.numbers)
            assert find_use(snapshot, word, ()) == WordUse(use.is_used, frozenset())
            return {passages[number].essay_id for number in use.numbers}

    return find_essays


@pytest.mark.parametrize(
    ("word", "essays"),
    [
        ("Stalin", {"pact"}),
        ("stalin", {"pact"}),
        ("Stalins", {"pact"}),
        ("dancing", {"bees"}),
        ("made", {"pact", "bees"}),
        ("football", set()),
        ("pact", {"pact"}),  # of the title alone
        ("1911", {"bees"}),
        ("???", set()),
    ],
)
def test_a_word_is_found_with_any_ending(passages_with, word, essays):
    assert passages_with(word) == essays


@pytest.mark.parametrize(
    ("word", "essays"),
    [
        ("revolutionaer", {"bees"}),  # as it begins: revolutiona…
        ("revolutionaryish", set()),
        ("Hitlerian", set()),  # hitleri…
        ("Polander", {"pact"}),
        ("Stalag", set()),  # at least five letters are the same
        ("Polan", set()),  # five letters are too few to cut
        ("Stalix", {"pact"}),
    ],
)
def test_a_longer_word_is_found_by_how_it_begins(passages_with, word, essays):
    assert passages_with(word) == essays


def test_a_word_is_found_by_its_other_names(passages_with):
    assert passages_with("zebra", {"hitler"}) == {"pact"}
    assert passages_with("zebra", {"hitler", "honey"}) == {"pact", "bees"}
    assert passages_with("bees", {"hitler"}) == {"pact", "bees"}
    assert passages_with("zebra", {"horse"}) == set()


# Missing words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Stalin see a football stadium?", ("football", "stadium")),
        ("a stadium, a football", ("stadium", "football")),
        ("the agreement", ()),  # found by meaning: it is a pact, and a treaty
        ("the football in Berlin", ("football", "Berlin")),
        ("football in Berlin", ("Berlin",)),
        ("the football, the football", ("football",)),
        ("the football, the Football", ("football", "Football")),
        ("Stalins treaties", ()),  # the same words with other endings
        ("Why?", ()),
        ("Did they sign in 1911 or 1912?", ("1912",)),
    ],
)
def test_missing_words_are_those_the_essays_never_mention(missing, question, words):
    assert missing(question) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did bees gallop to the hive?", ("hive",)),  # a verb, if English is what it is
        ("Did bees see the zebra gallop?", ("zebra", "gallop")),  # by its place a noun
        ("Did bees gallop?", ("gallop",)),
        ("Did bees gallop … !", ("gallop",)),
        ("Did bees gallop, then?", ()),
        ("Did bees gallop the?", ()),
        ("Who galloped the striped zebra home to bees?", ("striped", "zebra")),
        ("Who galloped the (striped) zebra to bees?", ("striped", "zebra")),
        ("Who galloped the very lynx otter moose to bees?", ("lynx",)),
        ("With walruses bees danced", ("walruses",)),
        ("OF walruses bees danced", ("walruses",)),
        ("Walruses danced with bees", ()),
        ("did beria dance with bees", ("beria",)),  # a name typed small
        ("who did beria see dance", ("beria",)),
        ("why was beria dancing?", ("beria",)),
        ("who was striped, bees?", ()),
        ("bees did gallop home, then", ()),
        ("Bees exported zebra to the hive", ("zebra", "hive")),  # its object
        ("Bees sold zebra to us", ("zebra",)),
        ("Bees danced madly in 1911", ()),
        ("Bees were frightening us", ()),
    ],
)
def test_a_word_is_missing_only_where_a_noun_stands(missing, question, words):
    assert missing(question) == words


def test_a_name_is_missing_wherever_it_stands(missing):
    assert missing("1912 was danced by bees") == ("1912",)
    others = {"walruses": frozenset({"hippo"})}
    find = lambda word: others.get(word.casefold(), frozenset())  # noqa: E731
    assert missing("Walruses danced with bees", find_others=find) == ("Walruses",)


def test_a_country_makes_no_name_of_the_word_beside_it(missing):
    others = {"poland": frozenset({"polish"})}
    find = lambda word: others.get(word.casefold(), frozenset())  # noqa: E731
    assert missing("What of the Poland zebra?", find_others=find) == ("zebra",)
    assert missing("What of the Army zebra?", find_others=find) == ()
    others["poland"] = frozenset({"polish", "poland union"})
    assert missing("What of the Poland union?", find_others=find) == ()
    assert missing("What of the Poland zebra?", find_others=find) == ("zebra",)


@pytest.mark.parametrize(
    "word",
    ["end", "End", "thing", "help", "trying", "whole", "everybody", "lots", "issue", "degree"],
)
def test_light_words_are_never_missing(missing, word):
    assert missing(f"What of the {word}?") == ()
    assert missing(f"What of the {word}, the zebra?") == ("zebra",)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What of the Red Army?", ()),
        ("What of the 2nd Army?", ()),  # a name of two words, of which one is mentioned
        ("What of the Army 2?", ()),
        ("What of the 2nd, 3rd?", ("2nd", "3rd")),
        ("What of the 2nd and the Army?", ("2nd",)),
        ("What of the Army of 2?", ("2",)),
        ("What of the 2nd treaty?", ("2nd",)),  # a treaty is no name
        ("What of the zebra Army?", ()),
        ("What of the Army zebra?", ()),
    ],
)
def test_a_name_of_several_words_is_mentioned_with_any_of_them(missing, question, words):
    assert missing(question) == words


def test_a_word_may_have_other_names_that_are_mentioned(missing):
    find = lambda word: frozenset({"hitler"}) if word == "Führer" else frozenset()  # noqa: E731
    assert missing("What of the Führer?") == ("Führer",)
    assert missing("What of the Führer?", find_others=find) == ()


def test_a_word_that_a_passage_means_is_mentioned_from_the_bar_on(missing, made):
    candidates = made.search("the zebra")
    best = max(float(c.token_scores[1]) for c in candidates)
    assert 0 <= best < 0.5
    raised = [replace(c, token_scores=c.token_scores * 0 + 0.6) for c in candidates]
    assert missing("the zebra", MentionBars(0.6001, 0), raised) == ("zebra",)
    assert missing("the zebra", MentionBars(float(raised[0].token_scores[1]), 2), raised) == ()
    assert missing("the 1912", MentionBars(0, 0.6001), raised) == ("1912",)
    assert missing("the 1912", MentionBars(2, float(raised[0].token_scores[1])), raised) == ()
    assert missing("the zebra", MentionBars(0.5, 2), [candidates[0], raised[1]]) == ()


def test_where_nothing_is_found_nothing_is_meant(missing):
    assert missing("the zebra, the treaty", MentionBars(-0.9, -0.9), []) == ("zebra",)
    assert missing("the zebra, the treaty", MentionBars(-1, -1), []) == ()


def test_some_words_match_as_well_as_all_their_tokens_on_average(made):
    query = made.query("Hitler zebra treaty")
    candidate = next(c for c in made.search(query) if c.essay.id == "pact")
    hitler, zebra, treaty = query.words
    assert match_words([hitler], candidate) == pytest.approx(1, abs=1e-3)
    assert match_words([hitler, treaty], candidate) == pytest.approx(1, abs=1e-3)
    assert match_words([hitler, zebra], candidate) == pytest.approx(0.5, abs=1e-3)
    both = QueryWord("both", (*hitler.rows, *zebra.rows))
    assert match_words([both, treaty], candidate) == pytest.approx(2 / 3, abs=1e-3)
