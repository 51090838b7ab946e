"""In-text citations, compared with what the styles' published rules give."""

from dataclasses import replace

import pytest

from pactqa.essays.files import Essay
from pactqa.export.in_text import cite_in_text
from tests.export.works import WORKS, show

STYLES = ("mla", "chicago", "apa")
CASES = [
    pytest.param(work.essay, style, wanted, id=f"{work.name}: {style}")
    for work in WORKS
    for style, wanted in zip(STYLES, work.in_text, strict=True)
]
SMITH = Essay(id="a", title="The Zoo", text="x", author="Smith, Anna", year=2001, site="Sites")


@pytest.mark.parametrize(("essay", "style", "wanted"), CASES)
def test_a_citation_is_what_the_rules_of_its_style_say(essay, style, wanted):
    assert show(cite_in_text(essay, style, 2)) == wanted


def test_four_authors_are_the_first_and_others_in_every_style():
    four = replace(SMITH, author="Smith, A.; Jones, B.; Lee, C.; Carr, E. H.")
    assert [show(cite_in_text(four, style, 1)) for style in STYLES] == [
        "(Smith et al., par. 1)",
        "Smith et al., “Zoo,” para. 1.",  # CMOS 17, 14.76
        "(Smith et al., 2001, para. 1)",
    ]


def test_two_works_of_one_author_are_told_apart():
    works = [SMITH, replace(SMITH, id="b", title="Road")]
    assert [show(cite_in_text(SMITH, style, 3, works)) for style in STYLES] == [
        "(Smith, “Zoo,” par. 3)",  # MLA 9, ch. 6
        "Smith, “Zoo,” para. 3.",
        "(Smith, 2001b, para. 3)",  # APA 7, 8.19
    ]
    three = [
        replace(SMITH, id=i, author=f"Smith, A.; Lee, B.; {last}, C.") for i, last in ("xX", "yY")
    ]
    three[1] = replace(three[1], title="Road")
    assert show(cite_in_text(three[0], "mla", 3, three)) == "(Smith et al., “Zoo,” par. 3)"
    paged = replace(SMITH, pages="12")
    assert show(cite_in_text(paged, "mla", 3, [works[1], paged])) == "(Smith, “Zoo” 12)"


def test_two_authors_of_one_family_name_are_told_apart_by_initials():
    works = [SMITH, replace(SMITH, id="b", title="Road", author="Smith, Jean-Luc; Jones, Tom")]
    assert [show(cite_in_text(SMITH, style, 3, works)) for style in STYLES] == [
        "(A. Smith, par. 3)",
        "A. Smith, “Zoo,” para. 3.",
        "(A. Smith, 2001, para. 3)",  # APA 7, 8.20
    ]
    assert show(cite_in_text(works[1], "apa", 3, works)) == "(J.-L. Smith & Jones, 2001, para. 3)"


def test_two_titles_with_the_same_beginning_are_told_apart():
    one = Essay(id="a", title="Stalin’s Motives in Signing the Pact", text="x")
    two = Essay(id="b", title="Stalin’s Motives for War with the Finns", text="x")
    assert show(cite_in_text(one, "mla", 1)) == "(“Stalin’s Motives,” par. 1)"
    assert [show(cite_in_text(one, style, 1, [one, two])) for style in STYLES] == [
        "(“Stalin’s Motives in Signing the Pact,” par. 1)",
        "“Stalin’s Motives in Signing the Pact,” para. 1.",
        "(*Stalin’s Motives in Signing the Pact*, n.d., para. 1)",
    ]
