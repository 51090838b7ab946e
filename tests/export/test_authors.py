"""Authors, as the front matter writes them."""

import pytest

from pactqa.essays.files import Essay
from pactqa.export.authors import Author, find_letter, read_authors, write_year


def essay(author, **fields):
    return Essay(
        id=fields.pop("id", "a"), title=fields.pop("title", "T"), text="x", author=author, **fields
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (None, ()),
        ("Smith, Anna", (Author("Smith", "Anna"),)),
        (" Smith ,Anna ; BBC News;", (Author("Smith", "Anna"), Author("BBC News"))),
        ("King, Martin Luther, Jr.", (Author("King", "Martin Luther", "Jr."),)),
        ("Louis, Henry, IV", (Author("Louis", "Henry", "IV"),)),
        ("Smith, Jones, Lee", (Author("Smith, Jones, Lee"),)),  # no one can tell what this is
        ("Smith,", (Author("Smith,"),)),
        ("de la Cruz, Ana", (Author("de la Cruz", "Ana"),)),
    ],
)
def test_a_comma_takes_a_person_apart_and_a_semicolon_two(written, wanted):
    assert read_authors(essay(written)) == wanted


def test_the_name_of_an_organisation_is_never_taken_apart():
    named = "Ministry of Peace, War; Justice"
    assert read_authors(essay(named, organisation=True)) == (Author(named),)


def test_only_mla_leaves_out_the_article_of_an_organisation():
    assert Author("The Hague Court").name_in("mla") == "Hague Court"
    assert Author("The Hague Court").name_in("apa") == "The Hague Court"
    assert Author("The Brown", "Anna").name_in("mla") == "The Brown"
    assert Author("The ").name_in("mla") == "The "


def test_letters_follow_the_titles_of_works_of_the_same_authors_and_year():
    works = [essay("S, A", id=str(n), title=f"T {n:02}", year=1) for n in range(28)]
    letters = [find_letter(work, works) for work in works]
    assert letters[:2] + letters[25:] == ["a", "b", "z", "za", "zb"]
    assert find_letter(works[0], works[:1]) == ""
    assert find_letter(essay(None, id="n"), [essay(None, id="m"), essay(None, id="n")]) == ""


def test_a_year_is_written_with_its_letter():
    assert [write_year(essay("S", year=2001)), write_year(essay("S", year=2001), "a")] == [
        "2001",
        "2001a",
    ]
    assert [write_year(essay("S")), write_year(essay("S"), "b")] == ["n.d.", "n.d.-b"]
