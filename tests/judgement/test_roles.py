"""Names in roles: who does it, to whom, and where; another name there, or the two swapped."""

import pytest

from pactqa.judgement.roles import find_other_names, find_swapped_roles
from pactqa.search.words import find_names_in, read_words


def read(claim, sentence):
    names = find_names_in(claim) | find_names_in(sentence)
    return read_words(claim, names), read_words(sentence, names)


def swapped(claim, sentence):
    return [
        ([claim[s.start : s.end] for s in mine], [sentence[s.start : s.end] for s in its])
        for mine, its in find_swapped_roles(claim, sentence, *read(claim, sentence))
    ]


def others(claim, sentence):
    return [
        (claim[mine[0].start : mine[0].end], sentence[its[0].start : its[0].end])
        for mine, its in find_other_names(*read(claim, sentence))
    ]


SWAPPED = [(["Litvinov", "Molotov"], ["Molotov", "Litvinov"])]


@pytest.mark.parametrize(
    ("claim", "sentence", "found"),
    [
        ("Litvinov warned Molotov.", "Molotov warned Litvinov.", SWAPPED),
        ("Litvinov warned Molotov.", "In May Molotov had warned Litvinov.", SWAPPED),
        (
            "Litvinov warned Molotov.",
            "Litvinov was warned by Molotov.",
            [(["Litvinov", "Molotov"], ["Molotov", "Litvinov"])],
        ),
        ("Litvinov warned Molotov.", "Molotov was warned by Litvinov.", []),
        ("Litvinov warned Molotov.", "Litvinov warned Molotov.", []),
        ("Litvinov warned Molotov.", "Molotov praised Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov never warned Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov did not warn Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov slept, warned Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov and Litvinov warned.", []),
        ("Litvinov warned Molotov.", "Molotov warned of Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov was by then to be warned by Litvinov.", []),
        ("Litvinov warned Molotov.", "Molotov warned in in in in in in Litvinov.", []),
    ],
)
def test_roles_are_swapped_where_one_does_what_the_other_did(claim, sentence, found):
    assert swapped(claim, sentence) == found


@pytest.mark.parametrize(
    ("claim", "sentence", "found"),
    [
        ("It was signed in Berlin.", "It was signed in Moscow.", [("Berlin", "Moscow")]),
        ("It was signed in Berlin.", "It was signed at Moscow.", []),
        ("It was signed in Berlin.", "It was broken in Moscow.", []),
        ("It was signed in Berlin.", "It was signed in Moscow, not Berlin.", []),
        ("It was signed in Berlin.", "It was signed in Germany.", []),
        ("It was signed in Berlin by Litvinov.", "It was signed in Molotov.", []),
        (
            "The mill was sold to Litvinov.",
            "The mill was sold to Molotov in May.",
            [("Litvinov", "Molotov")],
        ),
        (
            "He was born Ann Lee on 8 May 1947 in Leeds.",
            "She was born in Derby.",
            [("Leeds", "Derby")],
        ),
        ("In Leeds it was sold.", "In Derby it was sold.", []),
        # A name that is in the sentence is passed over; those behind it are not.
        (
            "It was sold to Litvinov and given to Molotov.",
            "Litvinov saw it given to Stalin.",
            [("Molotov", "Stalin")],
        ),
        ("Sold in Leeds.", "Sold in Derby.", [("Leeds", "Derby")]),
    ],
)
def test_another_name_stands_in_the_role_of_one(claim, sentence, found):
    assert others(claim, sentence) == found
