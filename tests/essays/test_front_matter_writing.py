"""Front matter that is written: what is not concerned stays as it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from pactqa.errors import EssayError
from pactqa.essays.front_matter import EditorNote, FrontMatter, split_front_matter
from pactqa.essays.front_matter_writing import replace_front_matter

FILE = Path("a.md")
FULL = FrontMatter(
    title='On: "bees" # 1',
    author="Lee, Ann; Ray, Tom",
    organisation=True,
    source="yes",
    year=-44,
    site="2011",
    url="https://example.org/a?b=1#c",
    pages="012-19",
    accessed="2024-05-03",
    language="no",
    excerpt=True,
    notes=(EditorNote(" “Bees”\nfly. ", "null"), EditorNote("a: b", "\N{HONEYBEE}" * 200)),
)


def test_every_field_is_read_again_as_it_was_written():
    text = replace_front_matter(FILE, "Bees fly.", FULL)
    front, body, _ = split_front_matter(FILE, text)
    assert front == FULL
    assert body == "\n\nBees fly."
    assert replace_front_matter(FILE, text, FULL) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_other_lines_and_the_text_stay_as_they_are(newline):
    lines = [
        "---",
        "# a remark",
        "own: [1,  2]",
        "title: Bees",
        "  # of the year",
        "year: 1999 ",
        "",
    ]
    lines += [
        "notes:",
        "  - quote: fly",
        "    note: >-",
        "      Some",
        "      do.",
        "---",
        " Bees fly",
    ]
    text = newline.join(lines)
    front, _, _ = split_front_matter(FILE, text)
    changed = replace_front_matter(FILE, text, replace(front, title="Wasps", year=None))
    lines[3], lines[5] = "title: Wasps", None
    assert changed.split(newline) == [line for line in lines if line is not None]


def test_fields_on_one_line_are_written_anew():
    text = replace_front_matter(
        FILE, "---\n{title: Bees, own: 1}\n---\nx", FrontMatter(title="Ants")
    )
    assert text == "---\ntitle: Ants\nown: '1'\n---\nx"


def test_a_front_matter_that_is_broken_is_refused():
    with pytest.raises(EssayError, match=r"a\.md: line 4"):
        replace_front_matter(FILE, "---\ntitle: Bees\nyear: [\n---\nx", FULL)


def test_what_could_not_be_read_again_is_not_written():
    with pytest.raises(EssayError, match="'title' of the front matter must be one line"):
        replace_front_matter(FILE, "x", FrontMatter(title="x" * 3_000))
    with pytest.raises(EssayError, match="cannot be changed so"):
        replace_front_matter(FILE, "x", FrontMatter(title=" x "))
