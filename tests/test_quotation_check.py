"""Quotations looked up in essays: word for word, nearly, run together, nowhere; silent runs."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pactqa.quotation_check import check_again, check_quotations, describe_quotation

BEES = (
    "# Bees\n\nBees dance for flowers when the sun is high over the old garden. "
    "Queens rest in the dark hive all winter long.\n\n"
    "Honey feeds the whole hive until the first warm days of spring.\n"
)
KINGS = "Kings tax bread in Paris, and the people of the town pay them with a bitter heart.\n"
FORTY = json.loads(
    (Path(__file__).parent / "data" / "quotations_forty.json").read_text(encoding="utf-8")
)
SAID = {
    "right": "exact", "changed": "nearly", "left out": "nearly", "joined": "joined",
    "made up": "nowhere",
}  # fmt: skip


@pytest.fixture
def check(assistant):
    made = assistant({"bees.md": BEES, "kings.md": KINGS})

    def check_text(text):
        found = check_quotations(made, text)
        return [(quotation.status, text[q.start : q.end], quotation) for quotation in found
                for q in [quotation.span]]  # fmt: skip

    return check_text


def test_quotations_without_their_text_are_found_again(assistant):
    made = assistant({"bees.md": BEES, "kings.md": KINGS})
    text = (
        "“Queens rest in the “dark” hive” and “moons are cheese”: the people of the town pay them "
        "with a bitter heart."
    )
    before = check_quotations(made, text)
    words = [(text[q.span.start : q.span.end], q.marked) for q in before]
    again, found = check_again(made, [*words, ("no run of any essay stands in here", False)])
    assert [(q.status, q.marked, q.places) for q in found] == [
        (q.status, q.marked, q.places) for q in before
    ]
    assert [(again[q.span.start : q.span.end], q.marked) for q in found] == words
    assert len(found) == 3


def test_a_right_quotation_is_found_with_its_place(check):
    ((status, words, quotation),) = check("She wrote: “bees  DANCE for flowers”!")
    assert (status, words) == ("exact", "bees  DANCE for flowers")
    (place,) = quotation.places
    assert place.essay.id == "bees"
    assert place.essay.text[place.span.start : place.span.end] == "Bees dance for flowers"
    assert describe_quotation(quotation) == "Word for word in “Bees”."


def test_the_words_that_differ_are_marked_on_both_sides(check):
    text = "“Bees dance for bread when the sun is high”"
    ((status, _, quotation),) = check(text)
    (place,) = quotation.places
    assert status == "nearly"
    assert [
        (
            text[change.quoted.start : change.quoted.end],
            place.essay.text[change.essay.start : change.essay.end],
        )
        for change in place.changes
    ] == [("bread", "flowers")]


def test_words_left_out_without_a_mark_are_nearly_there(check):
    text = "“Bees dance for flowers over the old garden”"
    ((status, _, quotation),) = check(text)
    (change,) = quotation.places[0].changes
    assert status == "nearly"
    assert change.quoted.start == change.quoted.end == text.index(" over")
    assert quotation.places[0].essay.text[change.essay.start : change.essay.end] == (
        "when the sun is high"
    )


@pytest.mark.parametrize(
    "quotation",
    ["Bees dance … over the old garden", "Bees dance [...] in the dark hive", "[B]ees dance for"],
)
def test_an_omission_that_is_marked_is_right(check, quotation):
    assert [found[0] for found in check(f"“{quotation}”")] == ["exact"]


def test_parts_in_another_order_are_run_together(check):
    ((status, _, quotation),) = check("“in the dark hive … for flowers when the sun”")
    assert status == "joined"
    assert "run together" in describe_quotation(quotation)


def test_pieces_of_two_essays_are_run_together(check):
    ((status, _, quotation),) = check("“Bees dance for flowers and the people of the town”")
    assert status == "joined"
    assert [place.essay.id for place in quotation.places] == ["bees", "kings"]


def test_a_part_that_stands_nowhere_is_said(check):
    ((status, _, quotation),) = check("“Bees dance for flowers … wasps never built a palace”")
    assert status == "partly"
    assert describe_quotation(quotation) == "Only some of these words were found in the essays."


def test_a_made_up_quotation_is_nowhere_and_a_title_is_passed_over(check):
    ((status, words, quotation),) = check("“Wasps never built a palace” is in “War Songs”.")
    assert (status, words) == ("nowhere", "Wasps never built a palace")
    assert quotation.places == ()


def test_a_run_of_eight_words_without_marks_is_found(check):
    text = "I think Queens rest in the dark hive all winter long, too. They feed the whole hive."
    ((status, words, quotation),) = check(text)
    assert (status, words) == ("exact", "Queens rest in the dark hive all winter long")
    assert not quotation.marked
    assert describe_quotation(quotation) == "The same words without quotation marks: “Bees”."


def test_seven_words_are_no_run(check):
    assert check("Queens rest in the dark hive all summer.") == []


def test_an_essay_that_changed_is_not_quoted(assistant, write_corpus):
    made = assistant({"bees.md": BEES})
    write_corpus({"bees.md": BEES.replace("Bees dance", "Wasps dance")})
    (quotation,) = check_quotations(made, "“Bees dance for flowers”")
    assert quotation.status == "nowhere"


def test_the_forty_quotations(assistant, real_corpus):
    files = {file.name: file.read_bytes() for file in real_corpus.glob("*.md")}
    made = assistant(files)
    said = {kind: [] for kind in SAID}
    for row in FORTY:
        text = f"She writes {row['quotation']}, which is so."
        (quotation,) = check_quotations(made, text)
        said[row["kind"]].append(quotation.status)
        if row["kind"] == "right":
            assert quotation.places[0].essay.id == row["essay"]
        if "differing" in row:
            (place,) = quotation.places
            assert [
                [
                    text[change.quoted.start : change.quoted.end],
                    place.essay.text[change.essay.start : change.essay.end],
                ]
                for change in place.changes
            ] == [[ours, theirs.strip("()")] for ours, theirs in row["differing"]]
    assert {kind: len(statuses) for kind, statuses in said.items()} == dict.fromkeys(SAID, 8)
    right = {kind: said[kind].count(status) for kind, status in SAID.items()}
    assert right == {"right": 8, "changed": 8, "left out": 8, "joined": 7, "made up": 8}


def test_a_damaged_index_is_built_anew_before_quotations_are_checked(assistant, tmp_path):
    opened = assistant({"bees.md": "Bees dance for the flowers in winter."})
    text = "It says “Bees dance for the flowers in winter.” there."
    wanted = check_quotations(opened, text)
    for check in (
        lambda: check_quotations(opened, text),
        lambda: check_again(opened, [("Bees dance for the flowers in winter.", True)])[1],
    ):
        with closing(sqlite3.connect(tmp_path / "index" / "pactqa.sqlite3")) as connection:
            connection.execute("UPDATE passage SET text = replace(text, 'Bees', 'Wasps')")
            connection.commit()
        assert [one.status for one in check()] == [one.status for one in wanted] == ["exact"]
