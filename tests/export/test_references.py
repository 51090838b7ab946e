"""References in three styles, compared with what the styles' published rules give."""

from dataclasses import replace

import pytest

from pactqa.essays.files import Essay
from pactqa.export.references import (
    LIST_NAMES,
    STYLES,
    describe_gaps,
    list_references,
    make_reference,
    order_works,
)
from tests.export.works import WORKS, show

CASES = [
    pytest.param(work.essay, style, getattr(work, style), id=f"{work.name}: {rule}")
    for work in WORKS
    for style, rule in (
        ("mla", work.mla_rule),
        ("chicago", work.chicago_rule),
        ("apa", work.apa_rule),
    )
]
BY_NAME = {work.name: work.essay for work in WORKS}
SMITH = Essay(id="a", title="The zoo", text="x", author="Smith, Anna", year=2001, site="Sites")


def refer(essay, style, among=()):
    return show(make_reference(essay, style, among))


@pytest.mark.parametrize(("essay", "style", "wanted"), CASES)
def test_a_reference_is_what_the_rules_of_its_style_say(essay, style, wanted):
    assert refer(essay, style) == wanted


def test_a_name_without_a_comma_is_not_taken_apart():
    for author in ("BBC News", "Gabriel García Márquez", "A, B, C", "Smith,"):
        for style in STYLES:
            assert author in refer(Essay(id="c", title="T", text="x", author=author), style)


@pytest.mark.parametrize(
    "title",
    ["$5 & <b>six</b>", "“Quoted” words", "100 %", "…", "a*b_c", "\ue000\ue005x", "x" * 300, "?!"],
)
def test_odd_titles_survive(title):
    essay = Essay(id="d", title=title, text="x", site="\ue001 & Sites", author="A\ue000, B")
    for style in STYLES:
        reference = make_reference(essay, style).plain
        assert title.strip("“”.?…").casefold()[:6] in reference.casefold()
        assert "\ue001 & Sites" in reference


def test_signs_used_as_marks_are_nothing_in_a_name():
    essay = Essay(id="d", title="Kings", text="x", author="A\ue000, B\ue005; C\ue001", year=2001)
    assert refer(essay, "mla") == "A, B, and C. “Kings.” 2001."


def test_nothing_that_is_missing_is_named_in_a_reference():
    bare = Essay(id="e", title="Kings", text="x")
    assert [refer(bare, style) for style in STYLES] == [
        "“Kings.”",
        "“Kings.” n.d.",
        "*Kings*. (n.d.).",
    ]


def test_the_gaps_of_a_copy_are_said_in_one_line():
    full = BY_NAME["one author, a comma name"]
    assert describe_gaps(full) == ""
    assert describe_gaps(replace(full, author=None, year=None)) == (
        "This copy does not name its author or date."
    )
    assert describe_gaps(replace(full, url=None)) == "This copy does not name its address."
    assert describe_gaps(replace(full, url=None, pages="12")) == ""
    assert describe_gaps(Essay(id="e", title="Kings", text="x")) == (
        "This copy does not name its author, date, site or address."
    )


def test_a_list_is_in_the_order_of_letters_and_has_each_work_once():
    titles = ["The Zoo", "“Apples”", "Éclair", "Bees", "An Egg"]
    works = [Essay(id=title, title=title, text="x") for title in titles]
    listed = [show(reference) for reference in list_references([*works, works[0]], "mla")]
    assert listed == ["“‘Apples.’”", "“Bees.”", "“Éclair.”", "“An Egg.”", "“The Zoo.”"]


def test_works_of_one_author_are_in_the_order_of_titles_in_apa_of_years():
    works = [
        replace(SMITH, id="b", title="A sea", year=2003),
        replace(SMITH, id="c", title="Road", year=2002),
        replace(SMITH, id="d", title="Land", author="Smith, Anna; Jones, Tom", year=1990),
        replace(SMITH, id="e", title="Air", author=None),
        replace(SMITH, id="f", title="Ice", year=None),
    ]
    for style, order in (("mla", "efcbd"), ("chicago", "efcbd"), ("apa", "efcbd")):
        assert [work.id for work in order_works(works, style)] == list(order)
    later = [replace(works[1], year=2004), *works[:1]]
    assert [work.id for work in order_works(later, "mla")] == ["c", "b"]
    assert [work.id for work in order_works(later, "apa")] == ["b", "c"]  # APA 7, 9.46


def test_mla_writes_three_hyphens_for_the_authors_of_the_reference_before():
    works = [SMITH, replace(SMITH, id="b", title="Road"), replace(SMITH, id="c", author=None)]
    assert [show(r) for r in list_references(works, "mla")] == [
        "Smith, Anna. “Road.” *Sites*, 2001.",
        "---. “The Zoo.” *Sites*, 2001.",  # MLA 9, 5.126
        "“The Zoo.” *Sites*, 2001.",
    ]
    assert "---" not in "".join(show(r) for r in list_references(works, "chicago"))


def test_apa_tells_works_of_one_author_and_year_apart_by_letters():
    works = [
        SMITH,
        replace(SMITH, id="b", title="Road"),
        replace(SMITH, id="c", title="Sea", year=2002),
        replace(SMITH, id="d", title="Sky", year=None),
        replace(SMITH, id="e", title="Sun", year=None),
    ]
    assert [refer(work, "apa", works) for work in works] == [
        "Smith, A. (2001b). *The zoo*. Sites.",  # APA 7, 9.47
        "Smith, A. (2001a). *Road*. Sites.",
        "Smith, A. (2002). *Sea*. Sites.",
        "Smith, A. (n.d.-a). *Sky*. Sites.",
        "Smith, A. (n.d.-b). *Sun*. Sites.",
    ]
    assert refer(SMITH, "apa") == "Smith, A. (2001). *The zoo*. Sites."
    assert refer(SMITH, "mla", works) == "Smith, Anna. “The Zoo.” *Sites*, 2001."


def test_every_style_names_its_list():
    assert list(LIST_NAMES) == list(STYLES)
