"""What the front matter says of an essay, and with what words a bad one is refused."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.errors import EssayError
from pactqa.essays.front_matter import EditorNote, FrontMatter, split_front_matter


def test_every_field_of_the_front_matter_is_read(read):
    essay = read(
        "---\ntitle: The Bees\nauthor: A. Keeper\nsource: A school paper\nyear: 2011\nsite: Hive\n"
        "organisation: true\npages: 12-19\naccessed: 2024-05-03\nlanguage: en-GB\n"
        "url: https://example.org/bees\nexcerpt: true\nnotes:\n  - quote: six\n    note: Eight.\n"
        "---\nThere are six bees.\n"
    )
    assert essay.id == "bees"
    assert essay.title == "The Bees"
    assert essay.author == "A. Keeper"
    assert essay.source == "A school paper"
    assert essay.year == 2011
    assert essay.site == "Hive"
    assert essay.url == "https://example.org/bees"
    assert essay.organisation is True
    assert essay.pages == "12-19"
    assert essay.accessed == "2024-05-03"
    assert essay.language == "en-GB"
    assert essay.excerpt is True
    assert essay.notes == (EditorNote("six", "Eight."),)
    assert essay.file == "bees.md"
    assert essay.markdown is True


@pytest.mark.parametrize("word", ["unknown", "Unknown", "n/a", "'-'", "''", "null"])
def test_a_field_that_says_unknown_is_none(read, word):
    assert read(f"---\ntitle: T\nauthor: {word}\n---\nBees.").author is None


@pytest.mark.parametrize("number", ["1984", "007", "1:30", "0x10", "1_000", "1.50", "9" * 1999])
def test_a_title_that_is_a_number_is_read_as_written(read, number):
    assert read(f"---\ntitle: {number}\n---\nBees.").title == number[:300]


@pytest.mark.parametrize("year", ["1939", "'1939'", "-44", "9999"])
def test_a_year_is_a_number_of_at_most_four_digits(read, year):
    assert read(f"---\nyear: {year}\n---\nBees.").year == int(year.strip("'"))


def test_what_the_front_matter_leaves_out_is_not_known(read):
    essay = read("---\npages: 12\n---\nBees.")
    assert essay.pages == "12"
    assert (essay.organisation, essay.accessed, essay.language) == (False, None, None)


def test_front_matter_without_an_end_is_refused(refuse):
    message = refuse("---\ntitle: The Bees\n\nBees fly.\n")
    assert "line 1 opens a front matter" in message
    assert "Add the closing line" in message


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["title: a: b"], 2),
        (["title: The Bees", "author: [A", "year: 2000"], 4),
        (["", "", "title: a: b"], 4),
        (["title: The Bees", "\tyear: 2000"], 3),
    ],
)
def test_bad_yaml_is_named_by_its_line_in_the_file(refuse, newline, lines, line):
    message = refuse(newline.join(["---", *lines, "---", "Bees."]))
    assert f"line {line}:" in message


@pytest.mark.parametrize(
    "front",
    [
        "date: 2011-13-45",
        "year: " + "9" * 50_000,
        "excerpt: !!bool x",
        "accessed: !!timestamp x",
        "title: !bees x",
        "title: !!python/name:os.system",
        "a: &a {<<: *a, <<: *b}",
        "title: " + " [\n" * 100_000,
        "? [a]\n: b",
        "a: *b",
    ],
    ids=[
        "no such date",
        "endless number",
        "no such bool",
        "no such time",
        "unknown tag",
        "Python tag",
        "no such merge",
        "brackets nested deep",
        "list as a name",
        "no anchor",
    ],
)
def test_yaml_that_breaks_its_reader_is_an_essay_error(refuse, front):
    assert "Mend the front matter" in refuse(f"---\n{front}\n---\nBees.")


@pytest.mark.parametrize("front", ["- a\n- b", "just words"])
def test_front_matter_that_is_no_mapping_is_refused(refuse, front):
    assert "no 'name: value' lines" in refuse(f"---\n{front}\n---\nBees.")


@pytest.mark.parametrize(
    ("front", "field"),
    [
        ("title: [a, b]", "title"),
        ("title: No", "title"),
        ("author: {name: A}", "author"),
        ("year: about 1939", "year"),
        ("year: true", "year"),
        ("year: 19.5", "year"),
        ("year: 10000", "year"),
        ("year: 0", "year"),
        ("year: " + "9" * 5000, "year"),
        ("pages: " + "9" * 5000, "pages"),
        ("pages: 12-" + "9" * 5000, "pages"),
        ("author: " + "A-" * 5000, "author"),
        ("title: &a [*a]", "title"),
        ("notes: &a [*a]", "notes"),
        ("excerpt: perhaps", "excerpt"),
        ("excerpt: 1", "excerpt"),
        ("organisation: BBC", "organisation"),
        ("pages: p. 12", "pages"),
        ("pages: true", "pages"),
        ("accessed: yesterday", "accessed"),
        ("accessed: 2024-05-03 12:00:00", "accessed"),
        ("accessed: 2024", "accessed"),
        ("language: no", "language"),
        ("language: British English", "language"),
        ("notes: words", "notes"),
        ("notes: [words]", "notes"),
        ("notes: [{quote: Bees}]", "notes"),
        ("notes: [{quote: true, note: b}]", "notes"),
        ("notes: [{quote: '', note: b}]", "notes"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(refuse, front, field):
    assert f"the field {field!r} of the front matter must be" in refuse(f"---\n{front}\n---\nBees.")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"\ud83d\ude00", "😀"),
        (r"\uD83D\uDC1D bees \ud83d\ude00", "🐝 bees 😀"),
        (r"half \ud83d", "half ?"),
        (r"\udc1d\ud83d", "??"),
        (r"\ud83d\ud83d\ude00", "?😀"),
    ],
)
def test_two_halves_of_a_surrogate_pair_are_one_character_and_one_half_is_repaired(
    read, written, title
):
    assert read(f'---\ntitle: "{written}"\n---\nBees.').title == title


def test_halves_are_joined_in_a_note_and_in_the_words_that_it_concerns(read):
    front = r'notes: [{quote: "six \ud83d\udc1d", note: "\ud83d\ude00"}]'
    assert read(f"---\n{front}\n---\nThe six 🐝.").notes == (EditorNote("six 🐝", "😀"),)


FIELDS = st.sampled_from(
    "title author organisation source year site url pages accessed language excerpt notes other <<"
    " quote".split()
)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text("[]{}&*!|>'\"%@`#,:?- \n0aé~<=\\u", max_size=20),
    st.sampled_from(
        [
            "&a {<<: *a}", "!!bool x", "!!int 0o9", "!!timestamp 2011-13-45", "!!binary é", "*a",
            "!!set {a}", "!!omap [a: b]", "&a [*a, *a]", "2001-13-41", "1:59", ".inf", "9" * 5000,
            "{quote: a, note: b}", "[{quote: Bees, note: b}]", r'"\ud83d"', r'"\U00110000"', "<<",
            "!!python/object:os.x {}", "[" * 50, "? [a]", "2001-01-01 99:99:99", "!!float x",
        ]
    ),
)  # fmt: skip
LINES = st.builds("{}: {}".format, FIELDS, VALUES) | VALUES


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\n  "]))
def test_any_front_matter_is_read_or_refused_with_the_file_named(lines, newline):
    text = f"---\n{newline.join(lines)}\n---\nBees."
    try:
        front, body, line = split_front_matter(Path("bees.md"), text)
    except EssayError as error:
        assert str(error).startswith("bees.md: ")
        assert len(str(error)) < 500
        str(error).encode()
        return
    assert text.endswith(body)
    assert 1 <= line <= text.count("\n") + text.count("\r") + 1
    values = [getattr(front, field.name) for field in dataclasses.fields(FrontMatter)]
    for value in [*values, *(part for note in front.notes for part in (note.quote, note.note))]:
        assert isinstance(value, str | int | bool | tuple | None)
        str(value).encode()
