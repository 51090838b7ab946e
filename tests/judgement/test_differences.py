"""Differences between a claim and a sentence: each kind, where it points, and what is none."""

import pytest

from pactqa.essays.splitting import Span
from pactqa.judgement.differences import describe_difference, find_differences


def show(claim, sentence):
    """Gives each difference as its kind, the words of the claim and the words of the sentence."""
    return [
        (
            difference.kind,
            " … ".join(claim[s.start : s.end] for s in difference.claim),
            " … ".join(sentence[s.start : s.end] for s in difference.sentence),
        )
        for difference in find_differences(claim, sentence)
    ]


@pytest.mark.parametrize(
    ("claim", "sentence", "difference"),
    [
        # negation
        (
            "The gardener watered the roses.",
            "The gardener never watered the roses.",
            ("negation", "watered", "never watered"),
        ),
        (
            "The baker knew nothing of the recipe.",
            "The baker knew the old recipe by heart.",
            ("negation", "knew nothing", "knew"),
        ),
        (
            "The miller fully paid the baker for the flour.",
            "The miller was reluctant to fully pay the baker for the flour.",
            ("negation", "paid", "reluctant to fully pay"),
        ),
        # numbers and years
        (
            "The bridge was opened in 1936.",
            "It was the bridge that Ann Lee opened in 1938.",
            ("number", "1936", "1938"),
        ),
        (
            "The garden has three fountains.",
            "In the garden stand 4 fountains and a bench.",
            ("number", "three", "4"),
        ),
        (
            "The bridge was built in the 19th century.",
            "The old bridge was built in 1931.",
            ("number", "19th", "1931"),
        ),
        (
            "The fair opened on 3 May in the garden.",
            "The fair in the garden opened on 12 May.",
            ("number", "3", "12"),
        ),
        # another name in the same role
        (
            "The treaty was signed in Berlin.",
            "The treaty of the two German states was signed in Moscow.",
            ("name", "Berlin", "Moscow"),
        ),
        (
            "The painter was born in Leeds.",
            "The painter, the youngest, was born Ann Lee on 8 May 1947 in Brixton.",
            ("name", "Leeds", "Brixton"),
        ),
        # who did it to whom
        (
            "Germany attacked Poland.",
            "Poland attacked Germany.",
            ("roles", "Germany … Poland", "Poland … Germany"),
        ),
        (
            "Germany attacked Poland.",
            "Germany was attacked by Poland.",
            ("roles", "Germany … Poland", "Poland … Germany"),
        ),
        # opposites
        (
            "The storm made the walls of the mill stronger.",
            "The storm had badly weakened the walls of the mill.",
            ("opposite", "stronger", "weakened"),
        ),
        (
            "The mayor accepted the plan of the school.",
            "The mayor refused the plan of the school.",
            ("opposite", "accepted", "refused"),
        ),
        (
            "The price of bread rose in the town.",
            "The price of bread fell in the town.",
            ("opposite", "rose", "fell"),
        ),
        (
            "It was possible to cross the river at the mill.",
            "It was impossible to cross the river at the mill.",
            ("opposite", "possible", "impossible"),
        ),
        (
            "They closed the mill before the war.",
            "They closed the mill after the war.",
            ("opposite", "before", "after"),
        ),
        # degree
        (
            "The miller often visited the baker.",
            "The miller rarely visited the baker.",
            ("degree", "often", "rarely"),
        ),
        (
            "All farmers sold their cows.",
            "Some farmers sold their cows.",
            ("degree", "All", "Some"),
        ),
        (
            "Hunger was the only reason for the strike.",
            "Hunger was one of the main reasons for the strike.",
            ("degree", "the only reason", "one of the main reasons"),
        ),
    ],
)
def test_a_difference_points_at_the_words_of_both_sides(claim, sentence, difference):
    assert difference in show(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The garden has three fountains.", "In the garden stand 3 fountains."),
        ("The garden has 4 fountains.", "The garden has 4 fountains and three benches."),
        ("The bridge was opened in the 1930s.", "The bridge was opened in 1938."),
        ("More than 100 people crossed the bridge.", "Some 250 people crossed the bridge."),
        ("The gardener never watered the roses.", "The gardener did not water the roses."),
        ("The mayor did not accept the plan.", "The mayor refused the plan of the school."),
        ("The mill is no longer open.", "The mill is not open any more."),
        ("Germany attacked Poland.", "Poland was attacked by Germany."),
        ("The treaty was signed in Moscow.", "The treaty was signed in the Soviet Union."),
        ("The treaty was signed in Berlin.", "In Berlin the treaty was signed in June by all."),
        ("The eastern part of the town burnt.", "The east and west part of the town burnt."),
        ("The family grew roses in Little.", "The family of Little Falls grew roses."),
        ("The strong wind broke the mill.", "The weak old lady sold bread in the morning."),
        ("The wind broke the mill.", "The wind broke the mill."),
        ("", "The wind broke the mill."),
    ],
)
def test_what_is_no_difference_is_none(claim, sentence):
    assert show(claim, sentence) == []


def test_the_spans_of_a_sentence_are_those_of_its_text():
    text = "It rained. The gardener never watered the roses."
    within = Span(text.index("The"), len(text))
    (difference,) = find_differences("The gardener watered the roses.", text, within)
    (span,) = difference.sentence
    assert text[span.start : span.end] == "never watered"


def test_a_difference_is_described_by_the_words_of_both_sides():
    claim, sentence = "Germany attacked Poland.", "Poland attacked Germany."
    (difference,) = find_differences(claim, sentence)
    assert describe_difference(difference, claim, sentence) == (
        "The claim says “Germany … Poland”, the essay “Poland … Germany”."
    )


def test_what_is_no_word_after_only_differs_from_nothing():
    claim = "The bees fly to the garden and are the only _"
    assert not find_differences(claim, "The bees fly to the garden and are one of many friends.")


def test_a_sentence_that_says_too_much_is_not_compared():
    claim, short = "Three bees flew to the garden.", "Four bees flew to the garden"
    assert find_differences(claim, short)
    assert not find_differences(claim, short + ", and so on" * 150)


@pytest.mark.parametrize(
    ("claim", "sentence", "pairs"),
    [
        # Each number is held against the one after the same word.
        (
            "The mill opened in 1931 and closed in 1938.",
            "It was opened in 1931 and closed in 1939.",
            [("1938", "1939")],
        ),
        (
            "The mill opened in 1931 and closed in 1938.",
            "Opened in 1930, it was closing in 1939.",
            [("1931", "1930"), ("1938", "1939")],
        ),
        ("The mill burned in 1931 and 1938.", "It opened in 1930, closed in 1939.", []),
    ],
)
def test_of_several_numbers_those_are_held_against_each_other_that_stand_alike(
    claim, sentence, pairs
):
    found = [
        tuple(text[span.start : span.end] for text, (span,) in sides)
        for sides in (
            ((claim, difference.claim), (sentence, difference.sentence))
            for difference in find_differences(claim, sentence, Span(0, len(sentence)))
            if difference.kind == "number"
        )
    ]
    assert found == pairs
