"""What YAML is too much, counted before anything is made of it."""

import pytest

from pactqa.essays.bounded_yaml import YamlProblem, load_yaml


def write_bomb(form, levels, width):
    """Each level holds the one before it `width` times: `width ** levels` values in all."""
    lines = ["a0: &a0 {x: y}"]
    for level in range(1, levels):
        many = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"a{level}: &a{level} " + form.format(many))
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["{{<<: [{}]}}", "[{}]"], ids=["merged", "held"])
def test_a_few_bytes_that_stand_for_millions_of_values_are_refused(form):
    with pytest.raises(YamlProblem, match="more than 10 references") as caught:
        load_yaml(write_bomb(form, 40, 9))
    assert caught.value.line == 3


def test_some_references_are_read():
    assert load_yaml("a: &a {x: y}\nb: *a\nc: {<<: *a, z: w}") == {
        "a": {"x": "y"}, "b": {"x": "y"}, "c": {"x": "y", "z": "w"}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: " + "[" * 11, "more than 10 lists within lists"),
        ("a: " + "[" * 90_000, "more than 10 lists within lists"),
        ("- " * 40_000, "more than 10 lists within lists"),
        ("a: " + "{a: " * 20_000, "more than 10 lists within lists"),
        ("a: [" + "b," * 4_000, "more than 4,000 values"),
        ("a: b\n" * 20_000, "more than 4,000 values"),
        ("a: " + "b" * 20_001, "more than 20,000 characters in one value"),
        ("a: |\n" + " b\n" * 20_000, "more than 20,000 characters in one value"),
        ("#" * 100_001, "100,001 characters, more than the 100,000"),
        ("a: !" + "b" * 90_000 + " c", "could not determine a constructor"),
    ],
)  # fmt: skip
def test_what_is_too_large_too_deep_or_too_long_is_refused(text, problem):
    with pytest.raises(YamlProblem) as caught:
        load_yaml(text)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 300


def test_as_much_as_is_allowed_is_read():
    assert load_yaml("a: " + "b" * 20_000) == {"a": "b" * 20_000}
    assert load_yaml("[" * 10 + "]" * 10)
    assert len(load_yaml("- b\n" * 3_999)) == 3_999


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("\na: !!bool x", "'x' is no value of the kind 'bool'", 2),
        ("\n\na: !!timestamp x", "'x' is no value of the kind 'timestamp'", 3),
        ("a: 2011-13-45", "'2011-13-45' is no value of the kind 'timestamp'", 1),
        ("a: b\n\nc: d\x07", "the control character U+0007", 3),
        ("a: b\u2028c: d\ne: [", "expected the node content", 2),
        ("a: !!python/name:os.system b", "could not determine a constructor", 1),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, problem, line):
    with pytest.raises(YamlProblem) as caught:
        load_yaml(text)
    assert problem in str(caught.value)
    assert caught.value.line == line


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000, "1" + ":59" * 5_000, "1e999"])
def test_a_number_is_the_text_that_it_is(number):
    assert load_yaml(f"a: {number}") == {"a": number}
    assert load_yaml(f"a: !!int {number}") == {"a": number}
