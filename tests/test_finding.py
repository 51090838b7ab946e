"""Finding: the search, the order and the judgement in one step."""

from types import SimpleNamespace

import pytest

from pactqa.finding import is_mentioned
from pactqa.messages import describe_status

SECTIONS = """---
title: Why bees dance in the hive
---
## One
They wanted honey. Because of it bees dance.

## Two
They wanted flowers.
"""


@pytest.fixture
def ask(assistant):
    files = {
        "dance.md": SECTIONS,
        "kings.txt": "The king raised a tax.\n\nHe feared Hitler's army.\n",
    }
    return assistant(files).ask


def test_a_name_alone_is_answered_by_what_mentions_it_and_the_rest_is_near(ask):
    answer = ask("honey")
    assert answer.status == "answered"
    assert answer.looked_up == ("honey",)
    assert [hit.bears for hit in answer.hits] == [True] + [False] * (len(answer.hits) - 1)
    assert answer.hits[0].key_text == "They wanted honey."


def test_two_names_are_both_wanted_and_else_either(ask):
    both = ask("honey dance")
    assert sum(hit.bears for hit in both.hits) == 1
    either = ask("flowers tax")
    assert sum(hit.bears for hit in either.hits) == 2


def test_a_name_that_nobody_mentions_is_not_answered(ask):
    answer = ask("football")
    assert answer.status == "absent"
    assert answer.looked_up == ()


def test_what_a_title_asks_is_answered_however_far_its_words_are(ask):
    assert ask("Why do bees dance in the hive?").status == "answered"
    assert ask("Why do bees dance in the hive?", essays=["kings"]).status != "answered"


def test_one_word_of_many_makes_no_question_a_matter_of_the_essays(ask):
    many = "football stadium cup goal match player keeper"
    assert ask(f"{many} honey").status == "absent"
    assert ask(f"{many} Hitler").status == "nearby", "a name is enough"
    assert ask("football cup honey dance?").status != "absent", "so is half of the words"


def test_what_is_said_of_the_words_looked_up_is_true(ask):
    assert describe_status(ask("honey")) == "1 passage mentions “honey”."
    assert describe_status(ask("honey dance")) == "1 passage mentions “honey” and “dance”."
    assert describe_status(ask("flowers tax")) == "2 passages mention “flowers” or “tax”."
    assert describe_status(ask("tax", k=1)) == "This passage mentions “tax”."
    assert describe_status(ask("flowers tax", k=2)) == (
        "These 2 passages mention “flowers” or “tax”."
    ), "and there may be more"


def test_only_passages_of_the_essays_asked_count_as_mentions(ask):
    answer = ask("honey dance tax", essays=["kings"])
    assert describe_status(answer) == "1 passage mentions “tax”."


def test_a_word_looked_up_that_no_passage_uses_is_said_to_be_missing(ask):
    answer = ask("honey football")
    assert describe_status(answer) == "1 passage mentions “honey”."
    assert answer.missing == ("football",)


def test_who_the_essays_do_not_name_is_never_answered_of(ask):
    assert ask("how the king raised a tax").status == "answered"
    answer = ask("did trotsky raise a tax, king raised a tax")
    assert answer.confidence > 0.5
    assert answer.status == "nearby"
    assert answer.missing == ("trotsky",)


@pytest.mark.parametrize("text", ["Hitler raised taxes.", "hitler feared kings."])
def test_a_statement_is_not_looked_up(ask, text):
    answer = ask(text)
    assert answer.is_statement
    assert answer.looked_up == ()
    assert "they may support or contradict it" in describe_status(answer)


def test_what_stands_in_a_title_alone_or_is_part_of_a_word_is_no_mention(assistant):
    sections = "## Honey-comb\nBees rest.\n\n## Else\nA comb of honey.\n\nNo hive."
    text = f"---\ntitle: The hive\n---\n{sections}"
    ask = assistant({"hive.md": text, "kings.md": "A comb of the king."}).ask
    assert describe_status(ask("hive")) == "1 passage mentions “hive”."
    assert [hit.passage.text for hit in ask("honey-comb").hits if hit.bears] == [
        "Bees rest.",  # the heading is shown above it
    ]
    alone = assistant({"hive.md": text.replace("No hive.", "None.")}).ask("hive")
    assert alone.looked_up == ()
    assert alone.status != "absent"


def test_passages_that_mention_all_names_come_before_those_that_mention_one(assistant):
    files = {"bees.txt": "Bees like honey.\n\nBees fly.\n\nHoney is dear.\n"}
    answer = assistant(files).ask("bees honey")
    assert [hit.passage.text for hit in answer.hits if hit.bears] == ["Bees like honey."]
    assert answer.uses_all


def test_what_a_follow_up_adds_is_looked_for_first(assistant):
    files = {
        "kings.txt": "The king raised a tax for the army.\n\nThe king signed a treaty.\n",
        "bread.txt": "Bread was dear, and the harvest of the king was poor.\n",
    }
    opened = assistant(files)
    question = "Why did the king raise a tax for the army?"
    assert opened.ask(question).hits[0].passage.text.startswith("The king raised")
    answer = opened.ask("and the harvest?", previous=question)
    assert "harvest" in answer.hits[0].passage.text


def test_a_copy_that_breaks_off_does_not_open_what_two_titles_ask(assistant):
    essay = "---\ntitle: Why bees dance in the hive\n{}---\n## One\n{}\n\n## Two\n{}\n"
    files = {
        "a.md": essay.format("excerpt: true\n", "They wanted flowers.", "They feared winter."),
        "b.md": essay.format("", "They wanted honey.", "They feared cold."),
    }
    answer = assistant(files).ask("Why do bees dance in the hive?")
    assert answer.hits[0].essay.id == "b"
    assert {hit.essay.id for hit in answer.hits} == {"a", "b"}


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([True, False, False], False),
        ([True, True, False], True),
        ([True, False], True),
        ([False], False),
        ([], False),
    ],
)
def test_half_of_the_words_are_enough(used, expected):
    words = [SimpleNamespace(is_name=False) for _ in used]
    assert is_mentioned(SimpleNamespace(words=words), used) is expected


def test_one_name_is_enough():
    words = [SimpleNamespace(is_name=number == 2) for number in range(5)]
    assert is_mentioned(SimpleNamespace(words=words), [False, False, True, False, False])
    assert not is_mentioned(SimpleNamespace(words=words), [True, False, False, False, False])
