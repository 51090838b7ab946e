"""Titles: capitals by evidence, quotation marks, short forms."""

import pytest

from pactqa.essays.files import Essay
from pactqa.export.title_style import quote_title, shorten_title, write_headline, write_sentence


def essay(title, text="", language=None):
    return Essay(id="a", title=title, text=text, language=language)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("the road to war", "The Road to War"),
        ("why did Stalin sign it?", "Why Did Stalin Sign It?"),  # MLA 9, 2.90
        ("what he stood for", "What He Stood For"),  # the last word
        ("war: the end of it", "War: The End of It"),  # after a colon
        ("the “special” case", "The “Special” Case"),
        ("a non-aggression pact", "A Non-Aggression Pact"),
        ("the king’s own, the king's own", "The King’s Own, the King's Own"),
        ("from iPads to e.g. eBay", "From iPads to E.g. eBay"),
        ("THE ROAD", "THE ROAD"),
        ("что делать", "что делать"),
        ("", ""),
    ],
)
def test_headline_style_gives_capitals_and_takes_none(title, wanted):
    assert write_headline(essay(title)) == wanted


def test_titles_in_other_languages_stay_as_they_are():
    for write in (write_headline, write_sentence):
        assert (
            write(essay("Der Weg zum großen Krieg", "weg", "de-AT")) == "Der Weg zum großen Krieg"
        )
        assert write(essay("Der Weg", "", "EN-GB")) == "Der Weg"


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        # The essay's own small letters are the evidence, and nothing else is.
        ("The Road to War", "A road led to war.", "The road to war"),
        ("The Road to War", "Nothing of it.", "The Road to War"),
        ("The Road to War", "A road.", "The road to War"),
        # A word that is also written with a capital within a sentence may be a name.
        ("The Great Pact", "The Great Pact was a pact, and great.", "The Great Pact"),
        ("Life in the West", "Life went west. They looked to the West.", "Life in the West"),
        ("Signing the Treaty", "He signed a treaty.", "Signing the treaty"),
        ("A Signing of Peace", "He signed a peace.", "A signing of peace"),  # another form
        ("The Baker at War", "They bake at war.", "The Baker at war"),  # another word
        ("Kings and Queens", "# Kings and Queens\n\nA king, a queen.", "Kings and queens"),
        ("Causes: The War", "The cause of a war.", "Causes: The war"),  # APA 7, 6.17
        ("Munich? A View on Hitler", "A view.", "Munich? A view on Hitler"),
        ("Munich: A Strategic Analysis", "strategic", "Munich: A strategic analysis"),
        ("Why Did Stalin Sign the Pact?", "sign", "Why did Stalin sign the Pact?"),
        # In sentence case already: what has a capital is a name.
        ("Why did Stalin sign the Nazi-Soviet Pact?", "A pact.", None),
        ("the USSR and the McCoys", "The ussr.", "The USSR and the McCoys"),
    ],
)
def test_sentence_case_takes_a_capital_only_by_evidence(title, text, wanted):
    assert write_sentence(essay(title, text)) == (wanted or title)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("The Road to War", "Road to War"),  # CMOS 17, 14.33: four words or fewer, no article
        ("The Origins of the Second World War: A New View", "Origins"),  # MLA 9, 6.10
        ("Causes and Consequences of a Very Long War", "Causes and Consequences"),
        ("Why Did Stalin Sign the Nazi-Soviet Pact?", "Why Did Stalin Sign"),
        ("How to Avoid Huge Ships at Sea", "How to Avoid Huge Ships"),
        ("Who Won? The War of 1812", "Who Won?"),
        ("Munich and “Peace for Our Time”", "Munich and “Peace for Our Time”"),
        ("“Peace: A Dream” of One Great Man", "“Peace: A Dream”"),
        ("One Two Three and Five Six", "One Two Three"),
        ("The", "The"),
        ("?", "?"),
    ],
)
def test_a_short_title_is_its_first_phrase(title, wanted):
    assert shorten_title(title) == wanted


@pytest.mark.parametrize(
    ("title", "stop", "wanted"),
    [
        ("Kings", ".", "“Kings.”"),
        ("Kings", "", "“Kings”"),
        ("Why?", ".", "“Why?”"),
        ("Kings, Inc.", ".", "“Kings, Inc.”"),
        ("Kings, Inc.", ",", "“Kings, Inc.,”"),
        ('The "old" way', ".", "“The ‘old’ way.”"),
        ("He said “Why?”", ".", "“He said ‘Why?’”"),
        ("“Peace”", ",", "“‘Peace,’”"),
    ],
)
def test_a_quoted_title_has_its_stop_inside(title, stop, wanted):
    assert quote_title(title, stop) == wanted


def test_a_comma_after_a_question_mark_stays_where_the_style_keeps_it():
    assert quote_title("Why?", ",", keep_stop=True) == "“Why?,”"  # CMOS 17, 6.125
