"""Names of countries that count as one another."""

import subprocess
import sys
import time

import pytest

from pactqa.search.names import find_names, same_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Britain", "british"),
        ("UK", "London"),
        ("England", "Great Britain"),
        ("USSR", "Kremlin"),
        ("Soviets", "Russia"),
        ("soviet union", "Moscow"),
        ("Germans", "Berlin"),
        ("Third Reich", "germany"),
        ("Poles", "Warsaw"),
        ("Polish", "Poland"),
        ("US", "America"),
        ("Ottoman Empire", "Turkish"),
        ("Finns", "Helsinki"),
        ("Czechoslovakia", "Prague"),
        ("Iraqis", "Baghdad"),
        ("Spaniard", "Madrid"),
        ("Persia", "Iran"),
    ],
)
def test_the_names_of_a_country_count_as_one_another(one, other):
    assert other.casefold() in same_names(one)
    assert one.casefold() in same_names(other)


@pytest.mark.parametrize("word", ["us", "bees", "Wellington", "island", "", "Polishs", "Hitler"])
def test_other_words_are_no_names_of_countries(word):
    assert same_names(word) == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Poland", "Germany"), ("Russia", "Ukraine"), ("French", "Martinique"), ("Chinese", "Macau")],
)
def test_two_countries_are_not_one(one, other):
    assert not same_names(one) & same_names(other)


def test_names_are_found_in_a_text_the_longest_first():
    text = "did the Soviet  Union trust Britain's word and the U.S. or us?"
    found = find_names(text)
    assert [text[span.start : span.end] for span in found] == [
        "Soviet  Union",
        "Britain",
        "U.S.",
    ]
    assert "kremlin" in found[0].names


def test_a_hostile_text_takes_no_long_time():
    started = time.perf_counter()
    find_names("United " * 5_000)
    assert time.perf_counter() - started < 1


def test_importing_reads_no_countries():
    code = "import sys, pactqa.search.names; print('countryinfo' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
