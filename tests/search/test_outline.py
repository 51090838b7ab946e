"""The order of an answer: by the essays' outline, or by a heading."""

import pytest

from pactqa import Assistant
from pactqa.essays.files import Essay
from pactqa.models.fitted import load_fitted
from pactqa.search.outline import (
    choose_outlined,
    describe_title,
    is_as_wide_as,
    lead_with_heading,
    order_by_outline,
)
from pactqa.search.query import encode_question

# The order, on made passages

ONE = """The hive is old. It is large.

# First
Nothing but a hive here.

Bees dance because flowers are far. They aim to save time.

# Second
Bees dance. The dance is long. They dance in order to find honey.

# Third
This section will try to say more. Why do they dance? Who knows?
"""
OTHER = """An opening about bees because it must open.

# Only
The queen wants honey.

She fears the winter.
"""


@pytest.fixture
def find(library):
    """Gives the candidates for a question over made essays."""

    def find_candidates(question, **texts):
        return library(**texts).search(question)

    return find_candidates


def places(candidates):
    return [(c.essay.id, c.passage.paragraph) for c in candidates]


def test_sections_take_turns_and_introductions_come_last(find):
    found = find("bees dance", one=ONE, other=OTHER)
    assert len(found) == 8
    ordered = places(order_by_outline(found, ["one", "other"]))
    # One's best of its first section, other's only section, one's second, other's second best.
    assert ordered[:4] == [("one", 3), ("other", 2), ("one", 4), ("other", 3)]
    # Then what gives no reason, in the order of the text; then the openings.
    assert ordered[4:] == [("one", 2), ("one", 5), ("one", 1), ("other", 1)]


def test_the_essay_named_first_begins(find):
    found = find("bees dance", one=ONE, other=OTHER)
    assert places(order_by_outline(found, ["other", "one"]))[:2] == [("other", 2), ("one", 3)]


def test_passages_of_other_essays_come_last_as_they_were(find):
    found = find("bees dance", one=ONE, other=OTHER)
    rest = [candidate for candidate in found if candidate.essay.id == "one"]
    ordered = order_by_outline(found, ["other"])
    assert {candidate.essay.id for candidate in ordered[: -len(rest)]} == {"other"}
    assert ordered[-len(rest) :] == rest
    assert order_by_outline(found, []) == found


def test_in_an_essay_without_headings_the_first_paragraph_is_the_introduction(find):
    text = "Bees dance because they must.\n\nBees aim to live.\n\nBees fear the cold."
    found = find("bees", plain=text)
    assert [number for _, number in places(order_by_outline(found, ["plain"]))][-1] == 1


def test_the_share_of_sentences_that_give_a_reason_decides_within_a_section(find):
    text = """# One
Bees dance because bees must. Bees dance. Bees dance. They dance since bees like to dance.

They fear the cold.

They wanted honey. It is food.
"""
    found = find("bees dance", plain=text)
    assert places(found)[0] == ("plain", 1)
    ordered = [number for _, number in places(order_by_outline(found, ["plain"]))]
    assert ordered[0] == 2  # 1 of 1, before 2 of 4 and 1 of 2


def test_of_passages_that_give_as_many_reasons_the_nearest_is_first(find):
    text = "# One\nKings wanted honey.\n\nBees wanted to dance."
    found = find("bees dance", plain=text)
    assert places(order_by_outline(found, ["plain"])) == [("plain", 2), ("plain", 1)]


def test_one_that_asks_as_often_as_it_gives_a_reason_gives_none(find):
    text = "# One\nWhy do bees dance? They wanted honey.\n\n# Two\nBees wanted to dance."
    found = find("bees dance", plain=text)
    assert places(order_by_outline(found, ["plain"])) == [("plain", 2), ("plain", 1)]


def test_of_two_essays_with_sections_of_the_same_name_each_has_its_own(find):
    text = "# One\nBees wanted honey."
    other = "# One\nKings wanted honey."
    found = find("bees", one=text, other=other)
    assert places(order_by_outline(found, ["other", "one"])) == [("other", 1), ("one", 1)]


def test_every_passage_above_the_first_heading_is_an_introduction(find):
    text = "Bees wanted honey.\n\nBees wanted wax.\n\n# One\nBees wanted flowers."
    found = find("bees", plain=text)
    assert places(order_by_outline(found, ["plain"])) == [("plain", n) for n in (3, 1, 2)]


def test_one_that_gives_more_reasons_than_it_asks_gives_some(find):
    text = "# One\nWhy do bees dance? They wanted honey. They feared kings.\n\n# Two\nBees dance."
    found = find("bees dance", plain=text)
    assert places(order_by_outline(found, ["plain"])) == [("plain", 1), ("plain", 2)]
    text = "# One\nBees dance.\n\n# Two\nWhy do bees dance? They wanted honey. They feared kings."
    found = find("bees dance", plain=text)
    assert places(order_by_outline(found, ["plain"])) == [("plain", 2), ("plain", 1)]


def test_what_gives_no_reason_stands_in_the_order_of_the_text(find):
    text = "# One\nKings.\n\nBees dance.\n\nBees.\n\n# Two\nBees dance, bees dance."
    found = find("bees dance", plain=text)
    assert [c.passage.paragraph for c in found] != [1, 2, 3, 4]
    assert places(order_by_outline(found, ["plain"])) == [("plain", n) for n in (1, 2, 3, 4)]


# A heading that is asked for


HEADED = """# Of bees
Bees dance, bees dance.

## The dance of the bees, 1911
Kings.

Taxes.

## Honey
Bees dance, bees.

## Bees
Bees dance.

## Bees at court
Bees dance.
"""


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Which dances do bees dance?", ["The dance of the bees, 1911"] * 2),
        ("Why do bees do the dance in a hive?", []),  # it asks for a hive as well
        ("What of honey?", []),  # a heading of one word is not specific enough
        ("What do bees do?", []),
        ("Do bees dance at court?", []),
        ("Which bees are at court?", ["Bees at court"]),
    ],
)
def test_the_section_that_the_question_names_leads(library, question, lead):
    made = library(plain=HEADED)
    query = made.query(question)
    found = made.search(query)
    ordered = lead_with_heading(query, found)
    assert sorted(c.passage.heading for c in ordered[: len(lead)]) == sorted(lead)
    first = [c for c in found if c.passage.heading in lead]
    assert ordered == first + [c for c in found if c not in first], "the rest keeps its order"


def test_a_heading_in_parts_of_words_is_asked_for_too(library):
    made = library(plain="# The Nazi pact\nKings.\n\n# Other\nThe Nazi-Soviet pact.")
    query = made.query("the Nazi-pact")
    ordered = lead_with_heading(query, made.search(query))
    assert ordered[0].passage.heading == "The Nazi pact"


# End to end, on essays of other subjects

BEES = """---
title: Why bees matter to farms and gardens
---
Bees are small. Yet the question why bees matter to farms and gardens is asked by every farmer and
every gardener. This essay will look at why bees matter so much.

## Fruit and seeds
Orchards set fruit because insects carry pollen from blossom to blossom. Without these visits the
apple trees would flower in vain, so growers depend on them.

## Wild plants
Hedges and meadows also need insects in order to make seed. Birds feed on these seeds in autumn,
and thus the whole countryside is kept alive.

## Honey and wax
Keepers want honey for the table and wax for candles. The money from both allows many small farms
to survive a poor year.

## A warning of poisons
Hives fall ill at once if a field is sprayed, so that the keeper learns early of a danger to us all.
"""
REVOLUTION = """---
title: The causes of the French Revolution
---
In 1789 France saw the French Revolution. What were the causes of the French Revolution? This essay
will examine the causes one by one.

## An empty treasury
The crown had borrowed heavily for the American war. Because half of its income went to interest, it
was forced to summon the Estates General.

## Unequal burdens
Nobles and clergy paid almost no taxes, since old privileges protected them. Peasants bore the load
and therefore hated their lords.

## Dear bread
The harvest of 1788 failed, and as a result a loaf cost a labourer most of his wage. Hunger drove
the women of Paris to march.

## New ideas
Writers such as Rousseau believed that power comes from the people. Their books led lawyers to
question the right of a king to rule alone.
"""
SECTIONS = {
    "bees": ["Fruit and seeds", "Wild plants", "Honey and wax", "A warning of poisons"],
    "revolution": ["An empty treasury", "Unequal burdens", "Dear bread", "New ideas"],
}


@pytest.fixture(scope="module")
def made(real_encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bees.md").write_text(BEES)
    (folder / "corpus" / "revolution.md").write_text(REVOLUTION)
    return Assistant.open(folder / "corpus", folder / "index", real_encoder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "essay"),
    [
        ("Why do bees matter?", "bees"),
        ("Why are bees important for farming?", "bees"),
        ("What were the causes of the French Revolution?", "revolution"),
        ("What were the reasons for the Revolution in France?", "revolution"),
    ],
)
def test_a_broad_question_brings_every_sections_reason_and_the_opening_last(made, question, essay):
    answer = made.ask(question, k=20)
    assert answer.about_reasons
    headings = [hit.passage.heading for hit in answer.hits if hit.essay.id == essay]
    assert headings == [*SECTIONS[essay], ""]
    assert [hit.essay.id for hit in answer.hits[:5]] == [essay] * 5
    assert [hit.passage.heading for hit in made.ask(question).hits[:4]] == SECTIONS[essay]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Why do orchards need insects?", "Fruit and seeds"),
        ("Why do birds depend on meadows?", "Wild plants"),
        ("Why do hives fall ill?", "A warning of poisons"),
        ("Why did peasants hate their lords?", "Unequal burdens"),
        ("Why was bread so expensive?", "Dear bread"),
        ("Why was the crown short of money?", "An empty treasury"),
    ],
)
def test_a_narrow_question_is_answered_by_its_own_section(made, question, heading):
    assert made.ask(question, k=3).hits[0].passage.heading == heading


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Why are bees important?", "Why bees matter to farms and gardens"),
        ("Why do bees matter to farmers?", "Why bees matter to farms and gardens"),
        ("What caused the revolution?", "The causes of the French Revolution"),
        ("Why did the French Revolution happen?", "The causes of the French Revolution"),
        ("Why did Stalin make a deal with Hitler?", "Why did Stalin sign the Nazi-Soviet Pact?"),
        ("What were Stalin's motives for the treaty?", "Why did Stalin sign the Nazi-Soviet Pact?"),
        ("Why did the USSR ally with the Nazis?", "Why did Stalin sign the Nazi-Soviet Pact?"),
    ],
)
def test_a_question_in_other_words_is_as_wide_as_its_title(real_encoder, question, title):
    encoding = real_encoder.encode_passages([title])[0]
    described = describe_title(Essay("a", title, ""), encoding)
    bars = load_fitted().outline
    assert is_as_wide_as(encode_question(real_encoder, question), described, bars)


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Why do bees need flowers?",
        "Why do bees dance?",
        "Why do bees sting?",
        "Why did Stalin want Poland?",
        "Why did Stalin fear Hitler?",
        "Why did Stalin purge the army?",
        "Why did Chamberlain refuse?",
        "Why did the Revolution fail?",
        "Why was the king in debt?",
        "Why did the nobles refuse to pay taxes?",
        "Why was bread dear?",
        "What do bees eat?",
        "When was the French Revolution?",
    ],
)
def test_a_narrow_question_is_not_as_wide_as_a_title(real_encoder, question):
    titles = [
        "Why bees matter to farms and gardens",
        "The causes of the French Revolution",
        "Why did Stalin sign the Nazi-Soviet Pact?",
    ]
    described = {
        title: describe_title(Essay(title, title, ""), encoding)
        for title, encoding in zip(titles, real_encoder.encode_passages(titles), strict=True)
    }
    names = {"Stalin", "Hitler", "Poland", "Chamberlain"}  # as essays of that subject know them
    query = encode_question(real_encoder, question, names.__contains__)
    assert choose_outlined(query, described, load_fitted().outline) == []
