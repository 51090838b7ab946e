"""What the front matter says of an essay, and with what words a bad one is refused."""

import pytest

from pactqa.essays.front_matter import EditorNote


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


def test_a_title_that_is_a_number_is_read_as_written(read):
    assert read("---\ntitle: 1984\n---\nBees.").title == "1984"


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
        "year: " + "9" * 5000,
        "title: " + " [\n" * 100_000,
        "? [a]\n: b",
        "a: *b",
    ],
    ids=["no such date", "endless number", "brackets nested deep", "list as a name", "no anchor"],
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
        ("notes: [{quote: 5, note: b}]", "notes"),
        ("notes: [{quote: '', note: b}]", "notes"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(refuse, front, field):
    assert f"the field {field!r} of the front matter must be" in refuse(f"---\n{front}\n---\nBees.")


@pytest.mark.parametrize(
    ("front", "field"),
    [
        (r'title: "half \ud83d"', "title"),
        (r'url: "\udc1d"', "url"),
        (r'notes: [{quote: Bees, note: "\ud83d"}]', "notes"),
    ],
)
def test_half_a_surrogate_pair_is_refused_because_nothing_could_keep_it(refuse, front, field):
    message = refuse(f"---\n{front}\n---\nBees.")
    assert f"the field {field!r}" in message
    assert "surrogate" in message
    message.encode()
