"""What a text quotes: the marks of every kind, apostrophes, omissions, and how words compare."""

import pytest

from pactqa.essays.splitting import Span
from pactqa.search.quotations import find_quotations, read_quoted_words, split_parts


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He wrote "the mill burnt" there.', ["the mill burnt"]),
        ("He wrote “the mill’s end” there.", ["the mill’s end"]),
        ("He wrote ‘the mill’s end’ there.", ["the mill’s end"]),
        ("He wrote 'the mill's end' there.", ["the mill's end"]),
        ("He wrote «le moulin» and „die Mühle“ there.", ["le moulin", "die Mühle"]),
        ("“the ‘old’ mill” and “the “new” one”", ["the ‘old’ mill", "the “new” one"]),
        ('“the "old" mill” burnt', ['the "old" mill']),
        ("The millers' plan, the bakers' bread and the '30s.", []),
        ("It's the miller’s own; don’t ask.", []),
        ('A board 5" wide and 6" long', []),
        ("“open to the end\n\nof its paragraph", []),
        ("“the mill", []),
        ("“”", []),
        ('"one" "two"', ["one", "two"]),
    ],
)
def test_quotation_marks_and_apostrophes(text, quoted):
    assert [text[span.start : span.end] for span in find_quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the mill … burnt", ["the mill", "burnt"]),
        ("the mill [...] burnt [. . .] down", ["the mill", "burnt", "down"]),
        ("the mill... burnt", ["the mill", "burnt"]),
        ("the mill [of Ann] burnt", ["the mill", "burnt"]),
        ("[T]he mill burnt", ["[T]he mill burnt"]),
        ("… the mill …", ["the mill"]),
        ("…", []),
    ],
)
def test_omissions_and_insertions_part_a_quotation(text, parts):
    found = split_parts(text, Span(0, len(text)))
    assert [text[span.start : span.end].strip() for span in found] == parts


def test_words_are_compared_apart_from_their_dress():
    plain = read_quoted_words("the Nazi-Soviet pact's end")
    dressed = read_quoted_words("“[T]he  NAZI–Soviet\npact’s — end”")
    assert [word.key for word in plain] == [word.key for word in dressed]
    assert plain[1].start == 4


def test_marks_that_nothing_closes_hide_no_quotation_behind_them():
    text = " 'a" * 50 + ' "b' * 50 + "\n\n'one' and \"two\" and “three”"
    assert [text[s.start : s.end] for s in find_quotations(text)] == ["one", "two", "three"]


def test_a_paragraph_that_ends_within_the_longest_quotation_ends_it():
    text = "“" + "a" * 2_997 + "\n\n”"
    assert not list(find_quotations(text))
    assert [s.end for s in find_quotations("“" + "a" * 2_998 + "”")] == [2_999]
    assert not list(find_quotations("“" + "a" * 2_999 + "”"))


@pytest.mark.parametrize(("depth", "found"), [(20, 1), (21, 0)])
def test_quotations_within_quotations_are_read_to_a_depth(depth, found):
    text = "“ " + "“a " * depth + "”" * (depth + 1)
    outer = [s for s in find_quotations("“b" + text[1:]) if s.start == 1]
    assert len(outer) == found
