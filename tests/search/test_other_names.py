"""Other names of one thing, found in sentences."""

import time

import pytest

from pactqa.search.other_names import find_other_names


@pytest.mark.parametrize(
    ("sentence", "pair"),
    [
        (
            "When he signed the Iron Pact with Rome known as the Steel-Coal Pact, it fell.",
            ("Iron Pact", "Steel-Coal Pact"),
        ),
        ("Istanbul, formerly called Constantinople, grew.", ("Istanbul", "Constantinople")),
        ("The Great War (also known as the World War) ended.", ("Great War", "World War")),
        ("The Iron Pact is better known as the Black Deal.", ("Iron Pact", "Black Deal")),
        ("The Iron Pact, or Steel Pact, held.", ("Iron Pact", "Steel Pact")),
        ("The United Nations (UN) met.", ("United Nations", "UN")),
        (
            "the Union of Soviet Socialist Republics (USSR)",
            ("Union of Soviet Socialist Republics", "USSR"),
        ),
        ("United Nations, (UN) met.", ("United Nations", "UN")),
        ("Army of the People of Isles (API)", ("Army of the People of Isles", "API")),
    ],
)
def test_another_name_is_found_in_a_sentence(sentence, pair):
    assert find_other_names([sentence]) == (pair,)


@pytest.mark.parametrize(
    "sentence",
    [
        "He was called Stalin.",
        "A fort in Denmark, known as Trelleborg, stands.",
        "A fort in Denmark called Trelleborg stands.",
        "The fort that held Denmark called Trelleborg fell.",
        "The Iron Pact fell. His deal was known as the Steel Pact.",
        "Germany, or France, would win.",
        "He met the king. It was known as the Iron Pact.",
        "The king, known as a hard man, slept.",
        "The Great War (GREAT) ended.",
        "Army of the People of the Isles (API)",
        "The Iron Pact, known as the Iron Pact.",
    ],
)
def test_nothing_is_said_where_it_is_not_clear(sentence):
    assert find_other_names([sentence]) == ()


def test_a_pair_is_told_once_over_all_texts():
    text = "Istanbul, once called Constantinople, grew."
    assert len(find_other_names([text, text])) == 1


def test_a_hostile_text_takes_no_long_time():
    started = time.perf_counter()
    find_other_names(
        [piece * 3_000 for piece in ("A ", "Known as ", "X, called ", "A (B) ", "A of ")]
    )
    assert time.perf_counter() - started < 2
