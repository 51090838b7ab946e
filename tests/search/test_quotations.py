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
