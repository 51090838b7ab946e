"""Numbers: what is read of them, and when two of them differ."""

import pytest

from pactqa.judgement.numbers import differ, read_numbers


@pytest.mark.parametrize(
    ("text", "low", "high", "kind", "unit"),
    [
        ("three mills", 3, 3, "count", "mills"),
        ("two hundred and five mills", 205, 205, "count", "mills"),
        ("1,250 mills", 1250, 1250, "count", "mills"),
        ("3.5 million loaves", 3_500_000, 3_500_000, "count", "loaves"),
        ("two million loaves", 2_000_000, 2_000_000, "count", "loaves"),
        ("in 1938", 1938, 1938, "year", None),
        ("in the 1930s", 1930, 1939, "year", None),
        ("in the 19th century", 1800, 1899, "year", None),
        ("the second mill", 2, 2, "ordinal", "mill"),
        ("the 21st mill", 21, 21, "ordinal", "mill"),
        ("on May 28th", 28, 28, "day", "May"),
        ("on 28 May", 28, 28, "day", "May"),
        ("on 31 May", 31, 31, "day", "May"),
        ("32 May mills", 32, 32, "count", "May"),
        ("May 5 was", 5, 5, "day", "May"),
        ("a hundred mills", 100, 100, "count", "mills"),
        ("one thousand two hundred mills", 1200, 1200, "count", "mills"),
        ("in 1000", 1000, 1000, "year", None),
        ("in 2099", 2099, 2099, "year", None),
        ("the 999 mills", 999, 999, "count", "mills"),
        ("the 2100 mills", 2100, 2100, "count", "mills"),
    ],
)
def test_a_number_is_read(text, low, high, kind, unit):
    (number,) = read_numbers(text)
    assert (number.low, number.high, number.kind) == (low, high, kind)
    assert (number.unit.text if number.unit else None) == unit
    assert not number.bounded


@pytest.mark.parametrize(
    "text", ["over 100 mills", "nearly two mills", "until 1938", "1914-18", "from 3 to 5 mills"]
)
def test_a_bound_or_an_estimate_differs_from_nothing(text):
    numbers = read_numbers(text)
    assert numbers
    others = read_numbers("7 mills in 1800")
    assert not any(differ(number, other) for number in numbers[:1] for other in others)


def test_only_numbers_of_the_same_kind_and_unit_differ():
    three, five, pigs, year = read_numbers("three mills, five mill, 9 pigs, 1938")
    assert differ(three, five)
    assert not differ(three, pigs)
    assert not differ(three, year)
    assert not differ(year, year)


def test_a_number_of_words_without_end_is_a_number_all_the_same():
    assert all(number.low < 10**80 for number in read_numbers("one hundred" + " hundred" * 300))
    assert read_numbers("9" * 5_000)
