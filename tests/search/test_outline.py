import pytest

from pactqa import Assistant
from pactqa.essays.files import Essay
from pactqa.index.refresh import refresh_index
from pactqa.index.store import Store
from pactqa.index.vectors import open_index
from pactqa.search.outline import (
    asks_for_reasons,
    choose_outlined,
    hold_back_asking,
    is_as_wide_as,
    order_by_outline,
)
from pactqa.search.query import encode_question
from pactqa.search.ranking import search_passages


@pytest.mark.parametrize(
    "question",
    [
        "Why do bees dance?",
        "why?",
        "What were the reasons for the French Revolution?",
        "Name one reason.",
        "What caused the Revolution?",
        "The causes of the Revolution",
        "What motivated the king?",
        "What were the king's motives?",
        "What led to the Revolution?",
        "Which events led to the Revolution?",
        "How come bees dance?",
        "What was the purpose of the dance?",
        "What drove the people to revolt?",
        "What made the king call the estates?",
    ],
)
def test_a_question_about_reasons_is_known(question):
    assert asks_for_reasons(question)


@pytest.mark.parametrize(
    "question",
    [
        "When did the Revolution begin?",
        "Who was the king?",
        "What do bees eat?",
        "How do bees find the hive?",
        "Where did the estates meet?",
        "Is bread dear?",
        "What is a whydah?",
        "What is the reasonable price of bread?",
        "Which flowers do bees like?",
        "",
    ],
)
def test_another_question_is_not_taken_for_one(question):
    assert not asks_for_reasons(question)


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
def find(tmp_path, encoder):
    """Gives the candidates for a question over made essays."""

    def find_candidates(question, **texts):
        essays = [
            Essay(id=name, title="", text=text, file=name, sha256=name)
            for name, text in texts.items()
        ]
        store = Store(tmp_path / "index")
        refresh_index(store, essays, encoder)
        query = encode_question(encoder, question)
        with store.read() as snapshot:
            return search_passages(snapshot, open_index(store, snapshot), essays, query, 20)

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


def test_passages_that_ask_or_announce_stand_below_their_equals(find, encoder):
    text = (
        "Why do bees dance? What for?\n\n"
        "This essay will discuss how bees dance.\n\n"
        "Bees dance in spring.\n\n"
        "Do bees dance for honey? They dance because honey needs flowers. They want it.\n\n"
        "Kings rule alone.\n"
    )
    found = find("bees dance", plain=text)
    query = encode_question(encoder, "bees dance")
    titles = {"plain": encoder.encode_query("Why bees dance")}
    ordered = [number for _, number in places(hold_back_asking(query, titles, found))]
    assert set(ordered[:2]) == {3, 4}
    assert set(ordered[2:4]) == {1, 2}
    assert ordered[4] == 5, "they are not put below what is about something else"


def test_a_question_unlike_every_title_holds_nothing_back(find, encoder):
    found = find("bees dance", plain="Why do bees dance?\n\nKings rule alone.\n")
    query = encode_question(encoder, "bees dance")
    titles = {"plain": encoder.encode_query("On taxes")}
    assert hold_back_asking(query, titles, found) == found
    assert hold_back_asking(query, {}, found) == found


def test_a_question_without_words_of_its_own_is_not_wide(encoder):
    title = encoder.encode_query("Why bees dance")
    assert not is_as_wide_as(encode_question(encoder, "Why?"), title)
    assert not is_as_wide_as(encode_question(encoder, "Why bees?"), encoder.encode_query(""))


def test_two_words_of_a_question_are_not_matched_by_one_of_the_title(encoder):
    title = encoder.encode_query("Why bees dance")
    assert is_as_wide_as(encode_question(encoder, "Why do bees dance?"), title)
    assert not is_as_wide_as(encode_question(encoder, "Why do bees dance, dancing?"), title)


def test_only_a_question_about_reasons_is_answered_by_an_outline(encoder):
    titles = {
        "king": encoder.encode_query("Why kings tax bread"),
        "bees": encoder.encode_query("Why bees dance"),
        "dance": encoder.encode_query("bees dance hive"),
    }
    assert choose_outlined(encode_question(encoder, "Why do bees dance?"), titles)[0] in titles
    assert "king" not in choose_outlined(encode_question(encoder, "Why do bees dance?"), titles)
    assert choose_outlined(encode_question(encoder, "When do bees dance?"), titles) == []
    assert choose_outlined(encode_question(encoder, "Why do bees dance in winter?"), titles) == []


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
    assert is_as_wide_as(encode_question(real_encoder, question), encoding)


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
    encodings = dict(zip(titles, real_encoder.encode_passages(titles), strict=True))
    assert choose_outlined(encode_question(real_encoder, question), encodings) == []
