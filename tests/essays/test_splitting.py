import re
from itertools import pairwise

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from pactqa.essays.files import Essay, read_folder
from pactqa.essays.plain_headings import find_plain_headings
from pactqa.essays.splitting import Span, split_essay, split_sentences
from pactqa.essays.text import split_lines

PIECES = st.sampled_from(
    [
        *("# ", "## Heading\n", "\n", "\n\n", "\r\n", "\r", "===\n", "---\n", " ", "\t", "\u00a0"),
        *("Dr. Smith left. ", "He said “Why?” Then … ", "...", "e.g. ", "Bees fly", ". ", "! "),
        *("’s", "😀", "***", "\x1c", "\ufeff", "”", "(", "1939", "\u202e", "é", "e\u0301", "。"),
        *("日本", "\u2028", "\u0085", "\x0b"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


def count_words(text):
    return len(re.findall(r"\w+", text))


def essay_of(text, markdown=True):
    return Essay(id="e", title="T", text=text, markdown=markdown)


def split(text, markdown=True, max_tokens=None):
    if max_tokens is None:
        return split_essay(essay_of(text, markdown))
    return split_essay(essay_of(text, markdown), count_words, max_tokens)


def sentences_of(text):
    return [text[s.start : s.end] for s in split_sentences(text, Span(0, len(text)))]


def without_space(text):
    return "".join(text.split())


def is_only_headings(gap):
    """Tells whether what stands between two passages is white space and headings."""
    lines = [line for line in re.split(r"\r\n|\r|\n", gap) if line.strip()]
    while lines:
        line = lines.pop(0)
        if re.match(r" {0,3}#{1,6}(?:[ \t]|$)", line):
            continue
        if not lines or not re.fullmatch(r" {0,3}(=+|-+)[ \t]*", lines.pop(0)):
            return False
    return True


# Properties of any text


@given(TEXTS, st.booleans(), st.sampled_from([None, 1, 4, 12]))
def test_passages_and_sentences_are_slices_in_order_and_lose_nothing(text, markdown, max_tokens):
    passages = split(text, markdown, max_tokens)
    at = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.start >= at
        gap = text[at : passage.start]
        assert not markdown or is_only_headings(gap)
        at = passage.end
        assert passage.text == passage.text.strip() != ""
        assert passage.id == f"e:{passage.start}-{passage.end}"
        inside = passage.start
        for span in passage.sentences:
            assert inside <= span.start < span.end <= passage.end
            assert not text[inside : span.start].strip()
            inside = span.end
        assert not text[inside : passage.end].strip()
    rest = text[at:]
    assert not markdown or is_only_headings(rest)
    numbers = [passage.paragraph for passage in passages]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(set(numbers)) + 1))


@given(TEXTS)
def test_plain_text_loses_only_white_space_and_headings(text):
    lines = [text[start:end] for start, end in split_lines(text)]
    for heading in find_plain_headings(text):
        lines[heading.first : heading.end] = [""] * (heading.end - heading.first)
    joined = "".join(passage.text for passage in split(text, markdown=False))
    assert without_space(joined) == without_space("".join(lines))


@given(TEXTS, st.integers(1, 12))
def test_only_a_single_sentence_is_longer_than_the_window(text, max_tokens):
    for passage in split(text, True, max_tokens):
        count = count_words(f"T\n{passage.heading}\n{passage.text}")
        assert count <= max_tokens or len(passage.sentences) == 1


# Paragraphs and headings


def test_a_paragraph_is_a_run_of_lines_without_a_blank_one():
    passages = split("One\ntwo.\n\n \t \nThree.\r\n\r\nFour.\r\rFive.")
    assert [p.text for p in passages] == ["One\ntwo.", "Three.", "Four.", "Five."]
    assert [p.paragraph for p in passages] == [1, 2, 3, 4]
    assert [p.heading for p in passages] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        (["## 1. Security Concerns"], "1. Security Concerns"),
        (["### Why? ###"], "Why?"),
        (["#\tTab"], "Tab"),
        (["   # Three spaces"], "Three spaces"),
        (["Underlined", "==="], "Underlined"),
        (["  Underlined  ", "---  "], "Underlined"),
        (["#"], ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_heading_belongs_to_the_passages_below_it(lines, heading, newline):
    text = newline.join(["# Old", "", "One.", "", *lines, "Two.", "", "Three."])
    passages = split(text)
    assert [p.text for p in passages] == ["One.", "Two.", "Three."]
    assert [p.heading for p in passages] == ["Old", heading, heading]
    assert [p.paragraph for p in passages] == [1, 2, 3]


@pytest.mark.parametrize("line", ["#hashtag", "####### seven", "    # code", "No # heading"])
def test_what_only_looks_like_a_heading_is_text(line):
    assert [p.text for p in split(f"{line}\n\nTwo.")] == [line.strip(), "Two."]


def test_what_stands_in_a_block_of_code_is_text():
    text = "# Bees\n\n```\n# no heading\n\nnone\n---\n```\n\nOne.\n"
    assert [(p.heading, p.text) for p in split(text)] == [
        ("Bees", "```\n# no heading"),
        ("Bees", "none\n---\n```"),
        ("Bees", "One."),
    ]


def test_a_line_separator_ends_no_line():
    text = "One.\u2028# Two\n# Three\u2028four\nFive."
    assert [(p.heading, p.text) for p in split(text)] == [
        ("", "One.\u2028# Two"),
        ("Three\u2028four", "Five."),
    ]


def test_a_line_of_hyphens_below_two_lines_is_no_underline():
    passages = split("One\ntwo\n---\n\nThree.")
    assert [(p.heading, p.text) for p in passages] == [("", "One\ntwo\n---"), ("", "Three.")]


def test_headings_of_plain_text_are_not_those_of_markdown():
    text = "Bees\n\nThey fly.\n\n# Sign\n\nUnder\n=====\nText.\n\n2. The dance\n\nThey dance."
    assert [(p.heading, p.text) for p in split(text, markdown=False)] == [
        ("Bees", "They fly."),
        ("Bees", "# Sign"),
        ("Under", "Text."),
        ("2. The dance", "They dance."),
    ]


def test_an_essay_of_headings_alone_has_no_passage():
    assert split("# One\n\nTwo\n===\n") == []


# Sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["He met Dr. Smith.", "He left."],
        ["Mr. A. J. P. Taylor wrote it.", "I read it."],
        ["At 5 p.m. he left.", "U.S. forces came."],
        ["e.g. this one.", "i.e. that."],
        ["He paused … and went on.", "Then he left."],
        ["So... he left.", "Then she came."],
        ["“Stop!” he said.", "“Why?” she asked."],
        ["He said “I go.”", "Then he went."],
        ["It ended in 1939.", "Then came war."],
        ["Was it so?", "Yes!", "No."],
        ["he was not ready, so he needed ..."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    assert sentences_of(" ".join(sentences)) == sentences


def test_a_piece_without_a_word_joins_the_sentence_before_it():
    assert sentences_of("He left. *** ") == ["He left. ***"]
    assert sentences_of("*** \n He left.") == ["*** \n He left."]
    assert sentences_of("…") == ["…"]


def test_offsets_count_characters_beyond_the_first_plane_once():
    text = "😀 bees fly. They dance."
    assert sentences_of(text) == ["😀 bees fly.", "They dance."]


# Long paragraphs


def test_a_long_paragraph_is_cut_at_sentence_ends():
    sentences = [f"Bee {number} flies to the garden." for number in range(10)]
    passages = split(" ".join(sentences) + "\n\nShort one.", max_tokens=20)
    # The title is 1 word and a sentence 6, so three of them fit into 20.
    assert [len(p.sentences) for p in passages] == [3, 3, 3, 1, 1]
    assert [p.paragraph for p in passages] == [1, 1, 1, 1, 2]
    assert passages[0].text == " ".join(sentences[:3])


def test_the_heading_takes_its_share_of_the_window():
    text = "Bees fly to it. Bees fly to it."
    assert len(split(text, max_tokens=9)) == 1
    assert len(split(f"# One two three\n{text}", max_tokens=9)) == 2


def test_one_sentence_too_long_is_one_passage():
    long = " ".join(["bees"] * 30) + "."
    passages = split(f"Short one. {long} Short two.", max_tokens=10)
    assert [p.text for p in passages] == ["Short one.", long, "Short two."]


def test_without_a_counter_no_paragraph_is_cut():
    text = " ".join(["Bees fly."] * 500)
    assert [p.text for p in split(text)] == [text]


@pytest.mark.parametrize("unit", ["“a ", "`", "a", "‘x ", "“Bees. Fly. ", " ", "a. "])
def test_the_library_is_given_no_long_text_and_none_often(monkeypatch, unit):
    given = []
    find = sentencex.get_sentence_boundaries

    def count(language, piece):
        given.append(piece)
        return find(language, piece)

    monkeypatch.setattr(sentencex, "get_sentence_boundaries", count)
    text = (unit * 100_000)[:100_000]
    sentences = split_sentences(text, Span(0, len(text)))
    assert max(map(len, given)) <= 16_000
    assert sum(map(len, given)) <= 4 * len(text)
    ends = [Span(0, 0), *sentences, Span(len(text), len(text))]
    assert not any(text[one.end : other.start].strip() for one, other in pairwise(ends))


def test_sentences_of_a_long_paragraph_are_those_of_its_parts(real_corpus):
    prose = " ".join(" ".join(essay.text.split()) for essay in read_folder(real_corpus)[0] * 6)
    whole = [
        (b["start_index"], b["end_index"]) for b in sentencex.get_sentence_boundaries("en", prose)
    ]
    assert len(prose) > 30_000
    assert [prose[s.start : s.end] for s in split_sentences(prose, Span(0, len(prose)))] == [
        prose[start:end].strip() for start, end in whole
    ]


def test_what_has_no_end_is_cut_at_a_blank():
    text = "bees " * 10_000
    ends = {text[s.end - 5 : s.end + 1] for s in split_sentences(text, Span(0, len(text)))}
    assert ends == {" bees "}
