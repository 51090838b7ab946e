"""References in three styles: what is known is set by the style, what is not is said so."""

import pytest

from pactqa.essays.files import Essay
from pactqa.export.references import STYLES, make_reference, make_references

KNOWN = Essay(
    id="a",
    title="The road to war",
    text="x",
    author="Carr, E. H.",
    year=1999,
    site="History Review",
    url="https://example.org/road",
)
BARE = Essay(id="b", title="Why did Stalin sign the Nazi-Soviet Pact?", text="x")


@pytest.mark.parametrize(
    ("style", "whole"),
    [
        (
            "mla",
            "Carr, E. H. “The Road to War.” History Review, 1999, https://example.org/road.",
        ),
        (
            "chicago",
            "E. H. Carr, “The Road to War,” History Review, 1999, https://example.org/road.",
        ),
        (
            "apa",
            "Carr, E. H. (1999). The road to war. History Review. https://example.org/road.",
        ),
    ],
)
def test_a_full_front_matter_gives_the_reference_of_the_style(style, whole):
    assert make_reference(KNOWN, style) == whole


@pytest.mark.parametrize(
    ("style", "whole"),
    [
        (
            "mla",
            "[author not given]. “Why Did Stalin Sign the Nazi-Soviet Pact?” "
            "[site not given], n.d., par. 4.",
        ),
        (
            "chicago",
            "[author not given], “Why Did Stalin Sign the Nazi-Soviet Pact?,” "
            "[site not given], n.d., para. 4.",
        ),
        (
            "apa",
            "[author not given]. (n.d.). Why did Stalin sign the Nazi-Soviet Pact? "
            "[site not given], para. 4.",
        ),
    ],
)
def test_what_is_missing_is_visibly_missing(style, whole):
    assert make_reference(BARE, style, 4) == whole


def test_a_name_without_a_comma_is_not_taken_apart():
    for author in ("BBC News", "Gabriel García Márquez", "A, B, C"):
        essay = Essay(id="c", title="T", text="x", author=author)
        for style in STYLES:
            assert author in make_reference(essay, style)


@pytest.mark.parametrize(
    "title", ["$5 & <b>six</b>", "“Quoted” words", "100 %", "Что делать?", "…"]
)
def test_odd_titles_survive(title):
    essay = Essay(id="d", title=title, text="x")
    for style in STYLES:
        reference = make_reference(essay, style, 1)
        assert title.strip("“”.?…").casefold()[:8] in reference.casefold()
        assert "\ue000" not in reference


@pytest.mark.parametrize("end", ["?", "!"])
def test_a_title_that_ends_a_sentence_gets_no_second_stop(end):
    essay = Essay(id="e", title=f"Who won{end}", text="x", author="Carr, E. H.", year=1999)
    for style in STYLES:
        reference = make_reference(essay, style)
        assert f"{end}." not in reference
        assert "n.d" not in reference


def test_an_essay_of_no_year_ends_with_one_stop():
    essay = Essay(id="f", title="Kings", text="x", author="Carr, E. H.", site="Sites")
    assert make_reference(essay, "mla") == "Carr, E. H. “Kings.” Sites, n.d."
    assert make_reference(essay, "mla", 2) == "Carr, E. H. “Kings.” Sites, n.d., par. 2."


def test_every_style_is_given_with_the_paragraph():
    references = make_references(KNOWN, 12)
    assert list(references) == ["mla", "chicago", "apa"]
    assert all(reference.endswith(" 12.") for reference in references.values())


def test_essays_that_differ_in_one_field_have_references_of_their_own():
    other = Essay(id="a", title=KNOWN.title, text="x", author="Taylor, A. J. P.", year=1999)
    assert "Taylor" in make_reference(other, "mla")
    assert "Carr" in make_reference(KNOWN, "mla")
