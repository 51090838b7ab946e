import logging
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pactqa import Assistant
from pactqa.answer import render_json
from pactqa.errors import EssayError, QuestionError
from pactqa.messages import describe_status
from pactqa.search.ranking import POOL
from tests.conftest import FITTED, FakeReader

FILES = {
    "bees.md": "# Dance\nBees dance for flowers.\n\nThe queen rests in winter.\n",
    "honey.md": "Honey is made of nectar by bees.\n\nBees need flowers, too.\n",
    "kings.txt": "The king raised a tax.\n\nBread was dear.\n",
}


def quotes(answer):
    return [hit.passage.text for hit in answer.hits]


def essays_of(answer):
    return {hit.essay.id for hit in answer.hits}


# Opening


def test_opening_builds_the_index_once(assistant, encoder, tmp_path):
    opened = assistant(FILES)
    assert [essay.id for essay in opened.essays()] == ["bees", "honey", "kings"]
    count = len(encoder.encoded)
    assert count >= 6
    again = assistant()
    assert [essay.id for essay in again.essays()] == ["bees", "honey", "kings"]
    assert not any("flowers" in text for text in encoder.encoded[count:])
    assert (tmp_path / "index" / "pactqa.sqlite3").exists()


def test_opening_brings_a_stale_index_up_to_date(assistant):
    assistant(FILES)
    opened = assistant({"kings.txt": "The king danced.\n", "honey.md": None})
    assert [essay.id for essay in opened.essays()] == ["bees", "kings"]
    assert quotes(opened.ask("the king danced"))[0] == "The king danced."


def test_opening_survives_a_damaged_index(assistant, tmp_path):
    assistant(FILES)
    (tmp_path / "index" / "pactqa.sqlite3").write_bytes(b"no database" * 1000)
    assert quotes(assistant().ask("king tax"))[0] == "The king raised a tax."


def test_a_folder_without_essays_is_an_essay_error(assistant):
    with pytest.raises(EssayError, match="no essay there can be read"):
        assistant({"picture.png": b"\x89PNG"})


def test_a_missing_folder_is_an_essay_error(tmp_path, encoder):
    with pytest.raises(EssayError, match="there is no such folder"):
        Assistant.open(tmp_path / "nowhere", tmp_path / "index", encoder, reader=FakeReader())


def test_a_bad_file_is_reported_and_the_others_answer(assistant):
    opened = assistant({**FILES, "bad.md": b"\xff"})
    assert quotes(opened.ask("king tax"))[0] == "The king raised a tax."
    report = opened.refresh()
    assert len(report.errors) == 1
    assert "bad.md" in str(report.errors[0])


def test_a_renamed_file_is_found_under_its_new_name(assistant, write_corpus):
    opened = assistant({"Bees.md": FILES["bees.md"], "kings.txt": FILES["kings.txt"]})
    write_corpus({"Bees.md": None, "bees.md": FILES["bees.md"]})
    assert opened.is_stale()
    opened.refresh()
    answer = opened.ask("bees dance flowers")
    assert quotes(answer)[0] == "Bees dance for flowers."
    assert answer.stale == ()


def test_an_index_that_is_missing_is_built_also_under_an_open_assistant(assistant, tmp_path):
    opened = assistant(FILES)
    before = opened.ask("king tax")
    for _ in range(2):
        shutil.rmtree(tmp_path / "index")
        answer = opened.ask("king tax")
        assert quotes(answer) == quotes(before)
        assert answer.generation != before.generation
        assert opened.passages("kings")
    made = Assistant(opened.corpus, tmp_path / "new", opened.encoder, FakeReader())
    assert quotes(made.ask("king tax"))[0] == quotes(before)[0]


# Models that the numbers were not fitted with


def test_other_models_than_those_fitted_with_are_noticed_and_said(tmp_path, encoder, caplog):
    other = replace(FITTED, encoder="large")
    with caplog.at_level(logging.WARNING):
        opened = Assistant(tmp_path, tmp_path / "index", encoder, FakeReader(), other)
    assert opened.misfit == other.describe_misfit("fake", "fake")
    assert "large" in opened.misfit
    assert opened.misfit in caplog.messages


def test_the_models_fitted_with_are_no_misfit(tmp_path, encoder, caplog):
    opened = Assistant(tmp_path, tmp_path / "index", encoder, FakeReader(), FITTED)
    assert opened.misfit == ""
    assert caplog.messages == []


def test_the_packaged_numbers_are_taken_unless_others_are_given(tmp_path, encoder):
    assert "fake" in Assistant(tmp_path, tmp_path / "index", encoder, FakeReader()).misfit


# Asking


def test_an_answer_quotes_word_for_word_with_the_place(assistant):
    answer = assistant(FILES).ask("Why do bees dance for flowers?")
    first = answer.hits[0]
    assert answer.status == "answered"
    assert answer.missing == ()
    assert first.passage.text == "Bees dance for flowers."
    assert first.key_text == "Bees dance for flowers."
    assert (first.essay.id, first.passage.heading, first.passage.paragraph) == ("bees", "Dance", 1)
    for hit in answer.hits:
        passage = hit.passage
        assert hit.essay.text[passage.start : passage.end] == passage.text
        assert passage.text in FILES[hit.essay.file]


def test_a_question_that_the_essays_never_touch_is_absent(assistant):
    answer = assistant(FILES).ask("without football, against stadium")
    assert answer.status == "absent"
    assert answer.hits == ()
    assert answer.missing == ("football", "stadium")


def test_the_number_of_passages_is_kept(assistant):
    opened = assistant(FILES)
    assert len(opened.ask("bees flowers", k=1).hits) == 1
    assert len(opened.ask("bees flowers", k=20).hits) == 6
    with pytest.raises(QuestionError, match="from 1 to 20"):
        opened.ask("bees flowers", k=0)
    with pytest.raises(QuestionError, match="in words"):
        opened.ask(" ?! ")


def test_only_the_essays_asked_for_are_quoted(assistant):
    opened = assistant(FILES)
    answer = opened.ask("bees flowers", k=20, essays=["honey", "honey"])
    assert essays_of(answer) == {"honey"}
    assert len(answer.hits) == 2
    assert answer.only == ("honey",)
    assert essays_of(opened.ask("bees flowers", k=20, essays=[])) == {"bees", "honey", "kings"}


def test_an_unknown_essay_is_refused_with_the_known_ones(assistant):
    with pytest.raises(QuestionError, match=r"no essay 'wasps'.*bees, honey, kings"):
        assistant(FILES).ask("bees", essays=["bees", "wasps"])
    with pytest.raises(QuestionError, match=r"no essay 'wasps'"):
        assistant().passages("wasps")


def test_an_essay_is_shown_whole_in_the_order_of_its_text(assistant):
    passages = assistant(FILES).passages("bees")
    assert [p.text for p in passages] == ["Bees dance for flowers.", "The queen rests in winter."]


def test_a_question_that_leans_on_the_one_before_is_searched_with_it(assistant):
    opened = assistant(FILES)
    answer = opened.ask("and the queen?", previous="Why do bees rest in winter?")
    assert answer.question == "and the queen?"
    assert "winter" in answer.searched_as
    assert "queen" in answer.searched_as
    assert quotes(answer)[0] == "The queen rests in winter."
    alone = opened.ask("Who raised the tax on bread?", previous="Why do bees rest in winter?")
    assert alone.searched_as == "Who raised the tax on bread?"


OUTLINED = """---
title: Why do bees dance in Poland?
---
# Flowers

Bees dance because flowers are far.

# Queens

Bees dance because the queen rests.

# Winter

Poland is cold, so bees dance.
"""


def test_a_follow_up_asks_for_less_than_the_outline(assistant):
    opened = assistant({"bees.md": OUTLINED, "kings.txt": FILES["kings.txt"]})
    wide = opened.ask("Why do bees dance in Poland?")
    assert [hit.passage.heading for hit in wide.hits[:3]] == ["Flowers", "Queens", "Winter"]
    # The same words, but this visitor wants to hear of Poland next.
    narrowed = opened.ask("and Poland?", previous="Why do bees dance?")
    assert narrowed.searched_as == "Why do bees dance? Poland?"
    assert quotes(narrowed)[0] == "Poland is cold, so bees dance."


def test_a_passage_that_two_essays_have_is_quoted_once(assistant):
    same = "Bees dance for flowers in the early morning of a day.\n"
    opened = assistant({"a.md": same, "b.md": same, "c.md": "Bees dance for the queen.\n"})
    answer = opened.ask("bees dance flowers", k=20)
    assert sorted(quotes(answer)) == [same.strip(), "Bees dance for the queen."]
    assert [hit.rank for hit in answer.hits] == [1, 2]


SECTIONS = {
    "dance.md": """---
title: Why bees dance in the hive
---
An opening on bees.

## One
They wanted honey. Because of it bees dance.

## Two
They wanted flowers.

## Three
It is so, since the hive of bees is dark: the hive, the hive.
""",
    "kings.txt": "The king raised a tax.\n",
}
ONE, TWO, THREE = (
    "They wanted honey. Because of it bees dance.",
    "They wanted flowers.",
    "It is so, since the hive of bees is dark: the hive, the hive.",
)


def test_a_question_as_wide_as_a_title_is_answered_section_by_section(assistant):
    answer = assistant(SECTIONS).ask("Why do bees dance in the hive?")
    assert answer.about_reasons
    assert quotes(answer) == [ONE, TWO, THREE, "An opening on bees.", "The king raised a tax."]
    assert quotes(assistant().ask("Why bees dance in the hive?", essays=["kings"])) != quotes(
        answer
    )


def test_a_follow_up_asks_for_something_narrower_than_the_title(assistant):
    answer = assistant(SECTIONS).ask("and the hive?", previous="Why do bees dance?")
    assert answer.searched_as == "Why do bees dance? the hive?"
    assert answer.about_reasons
    assert quotes(answer)[0] == THREE
    again = assistant().ask("why?", previous="Why do bees dance in the hive?")
    assert quotes(again)[:3] == [ONE, TWO, THREE], "a question without a word of its own is not"


def test_the_outline_of_an_essay_that_is_not_searched_orders_nothing(assistant):
    files = {**SECTIONS, "other.md": "---\ntitle: Bees\n---\nKings.\n\nBees dance in a hive.\n"}
    answer = assistant(files).ask("Why do bees dance in the hive?", essays=["other"])
    assert quotes(answer) == ["Bees dance in a hive.", "Kings."]


def test_the_section_that_a_question_names_leads(assistant):
    files = {"a.md": "# A\nBees like dear bread.\n\n# Dear bread\nThe price was high.\n"}
    assert quotes(assistant(files).ask("Was bread dear?"))[0] == "The price was high."


def test_an_essay_that_answers_by_its_outline_is_taken_whole(assistant):
    many = "\n\n".join(f"Bees dance z{n}z." for n in range(POOL + 10))
    text = f"---\ntitle: Why bees dance\n---\n# One\n{many}\n\n# Two\nBecause of it.\n"
    assert quotes(assistant({"a.md": text}).ask("Why do bees dance?"))[0] == "Because of it."


@pytest.fixture
def fitted_anew(assistant, encoder, tmp_path):
    """Gives an assistant with other fitted numbers."""

    def open_assistant(files, fitted):
        assistant(files)
        return Assistant(tmp_path / "corpus", tmp_path / "index", encoder, FakeReader(), fitted)

    return open_assistant


def test_a_passage_that_only_asks_is_held_back_by_its_weight(fitted_anew):
    files = {"a.md": "# A\nDo bees dance? Where do they?\n\nKings rule.\n"}
    for weight, first in ((0, "Do bees dance? Where do they?"), (1, "Kings rule.")):
        ranking = replace(FITTED.ranking, asking=weight)
        opened = fitted_anew(files, replace(FITTED, ranking=ranking))
        assert quotes(opened.ask("Why do bees dance?"))[0] == first


def test_a_question_for_reasons_brings_eight_passages_and_another_five(assistant):
    opened = assistant({"a.md": "\n\n".join(f"Bees dance z{n}z." for n in range(12))})
    assert len(opened.ask("Why do bees dance?").hits) == 8
    assert len(opened.ask("When do bees dance?").hits) == 5


def test_the_same_passage_of_two_essays_is_quoted_once(assistant):
    copies = dict.fromkeys(("a.md", "b.md"), "Bees dance for flowers and for honey.\n")
    answer = assistant({**copies, "c.md": "Bees fly.\n"}).ask("bees dance flowers")
    assert quotes(answer) == ["Bees dance for flowers and for honey.", "Bees fly."]
    answer = assistant().ask("bees dance flowers", k=2)
    assert len(answer.hits) == 2, "what is left out makes room for another one"


def test_words_that_the_essays_use_keep_a_question_from_being_absent(assistant):
    far = "football stadium cup goal match player keeper"
    assert assistant(FILES).ask(far).status == "absent"
    assert assistant().ask(f"{far} winter").status == "absent", "one word of eight is little"
    assert assistant().ask("football stadium winter queens?").status == "nearby"


def test_names_are_known_by_the_essays_own_capitals(assistant):
    far = "football stadium cup goal match player keeper"
    opened = assistant({"a.md": "There Poland fell.\n", "b.md": "Then in time the west fell.\n"})
    assert opened.ask(f"{far} poland").status == "nearby", "a name is enough"
    assert opened.ask(f"{far} west").status == "absent"


def test_missing_words_are_named_only_where_nothing_answers(assistant):
    opened = assistant(FILES)
    assert opened.ask("football").missing == ("football",)
    answered = opened.ask("Bees dance for flowers, the zebra?")
    assert (answered.status, answered.missing) == ("answered", ())


def test_the_reader_has_a_say(assistant):
    opened = assistant(FILES)
    readings = [opened.ask(q).signals.reading for q in ("bees dance for flowers", "football")]
    assert readings[0] > 0 > readings[1]


def test_nothing_of_one_question_is_kept_for_the_next(assistant):
    opened = assistant(FILES)
    first = render_json(opened.ask("and flowers?"))
    opened.ask("Why did the king raise a tax?", previous="bread")
    assert render_json(opened.ask("and flowers?")) == first


def test_a_reply_keeps_the_essays_that_were_to_be_searched(assistant):
    answer = assistant(FILES).ask("hello", essays=["kings"])
    assert answer.reply is not None
    assert answer.only == ("kings",)


# "more"


def ask_on(opened, question, times):
    """Asks a question, and for more of it as often as told; gives the answers."""
    answers = [opened.ask(question, k=2)]
    for _ in range(times):
        shown = [hit.passage.id for answer in answers for hit in answer.hits]
        answers.append(opened.ask("more", k=2, previous=question, shown=shown))
    return answers


def test_more_of_a_word_says_when_those_that_mention_it_have_been_shown(assistant):
    rest = "".join(f"The {word} rests.\n\n" for word in ("king", "harvest", "army"))
    opened = assistant({"bees.md": f"Bees dance.\n\nBees rest.\n\nThe bees rest too.\n\n{rest}"})
    answers = ask_on(opened, "bees", 4)
    assert [describe_status(answer) for answer in answers] == [
        "These 2 passages mention “bees”.",
        "1 further passage mentions “bees”.",  # the title does not count
        "The passages found that mention “bees” have been shown. Others near it:",
        "All the passages that were found for this have been shown.",
        "All the passages that were found for this have been shown.",
    ]
    assert [answer.status for answer in answers[1:4]] == ["answered", "nearby", "absent"]
    assert all(hit.bears for hit in answers[2].hits)
    assert sum(len(answer.hits) for answer in answers) == 6


def test_what_mentions_a_word_and_changed_is_not_said_to_have_been_shown(assistant, write_corpus):
    opened = assistant({"bees.md": "Bees dance.", "kings.md": "The king rests."})
    write_corpus({"bees.md": "Bees do not dance."})
    answer = opened.ask("bees")
    assert answer.stale == ("bees",)
    said = "No passage that can be quoted mentions “bees”. Others near it:"
    assert describe_status(answer) == said


def test_more_than_was_found_at_all_is_still_not_found(assistant):
    answers = ask_on(assistant(FILES), "football", 1)
    assert [describe_status(answer) for answer in answers] == [
        "Nothing in the essays was found to be about this."
    ] * 2


# Word for word, also after the corpus changed


def test_nothing_is_quoted_of_a_file_that_says_something_else_now(assistant, write_corpus):
    opened = assistant(FILES)
    write_corpus({"bees.md": "# Dance\nBees never dance for flowers.\n\nThe queen is in Paris.\n"})
    answer = opened.ask("bees dance flowers", k=20)
    assert "bees" not in essays_of(answer)
    assert answer.stale == ("bees",)
    assert "Bees need flowers, too." in quotes(answer)
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    opened.refresh()
    answer = opened.ask("bees dance flowers", k=20)
    assert answer.stale == ()
    assert quotes(answer)[0] == "Bees never dance for flowers."


def test_an_answer_of_which_nothing_can_be_quoted_any_more_is_absent(assistant, write_corpus):
    opened = assistant({"bees.md": FILES["bees.md"]})
    assert opened.ask("bees dance flowers").status == "answered"
    write_corpus({"bees.md": "# Else\nNothing of it stands here now.\n"})
    answer = opened.ask("bees dance flowers")
    assert (answer.status, answer.hits, answer.stale) == ("absent", (), ("bees",))


def test_one_changed_letter_of_the_same_length_is_noticed(assistant, write_corpus):
    opened = assistant(FILES)
    assert "bees" in essays_of(opened.ask("bees dance flowers", k=20))
    folder = write_corpus({"bees.md": FILES["bees.md"].replace("dance", "dunce")})
    later = (folder / "bees.md").stat().st_mtime_ns + 1_000_000
    os.utime(folder / "bees.md", ns=(later, later))
    answer = opened.ask("bees dance flowers", k=20)
    assert "Bees dance for flowers." not in quotes(answer)
    assert answer.stale == ("bees",)


def test_where_nothing_can_be_quoted_any_more_the_status_is_absent(assistant, write_corpus):
    opened = assistant(FILES)
    assert opened.ask("bees dance for flowers").status == "answered"
    write_corpus(dict.fromkeys(FILES, "Something else.\n"))
    answer = opened.ask("bees dance for flowers")
    assert answer.status == "absent"
    assert answer.hits == ()
    assert set(answer.stale) == {"bees", "honey", "kings"}


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"", "---\nopen"])
def test_nothing_is_quoted_of_a_file_that_is_gone_or_unreadable(assistant, write_corpus, content):
    opened = assistant(FILES)
    write_corpus({"bees.md": content})
    answer = opened.ask("bees dance flowers", k=20)
    assert essays_of(answer) == {"honey", "kings"}
    assert answer.stale == ("bees",)
    write_corpus({"bees.md": FILES["bees.md"]})
    assert "bees" in essays_of(opened.ask("bees dance flowers", k=20))


def test_a_deleted_essay_is_gone_after_a_refresh(assistant, write_corpus):
    opened = assistant(FILES)
    write_corpus({"bees.md": None})
    assert opened.is_stale()
    assert opened.refresh().removed == ("bees",)
    assert not opened.is_stale()
    assert "bees" not in essays_of(opened.ask("bees dance flowers", k=20))


def test_a_new_generation_is_picked_up_without_a_restart(assistant, write_corpus):
    running = assistant(FILES)
    before = running.ask("wasps sting")
    other = assistant({"wasps.md": "Wasps sting in autumn.\n", "bees.md": None})
    assert other is not running
    after = running.ask("wasps sting")
    store, number = before.generation.split("-")
    assert after.generation == f"{store}-{int(number) + 1}"
    assert quotes(after)[0] == "Wasps sting in autumn."
    assert [essay.id for essay in running.essays()] == ["honey", "kings", "wasps"]


def test_an_index_folder_deleted_under_a_running_page_and_built_anew_is_another(
    assistant, write_corpus, tmp_path
):
    running = assistant(FILES)
    before = running.ask("king tax")
    for number in range(3):
        shutil.rmtree(tmp_path / "index")
        write_corpus({"bees.md": f"Kings never raised any tax, {number} said.\n"})
        assistant({})  # another process builds it
        after = running.ask("king tax")
        assert after.generation.endswith("-1") == before.generation.endswith("-1")
        assert after.generation != before.generation
        assert f"{number} said" in " ".join(hit.passage.text for hit in after.hits)
        for hit in after.hits:
            assert hit.essay.text[hit.passage.start : hit.passage.end] == hit.passage.text
        before = after


def test_what_cannot_be_read_is_never_taken_as_removed(assistant, tmp_path, write_corpus, forbid):
    corpus = write_corpus({"sub/wasps.md": "Wasps sting.\n", **FILES})
    opened = assistant({})
    forbid(corpus / "sub", corpus / "sub" / "wasps.md")
    assert not opened.is_stale()
    write_corpus({"bees.md": "Bees rest.\n", "kings.txt": None})
    report = opened.refresh()
    assert (report.changed, report.removed, report.kept) == (("bees",), ("kings",), ("sub-wasps",))
    assert [error.place for error in report.errors] == ["sub"]
    assert [essay.id for essay in opened.essays()] == ["bees", "honey", "sub-wasps"]
    answer = opened.ask("wasps sting")
    assert quotes(answer)[0] == "Wasps sting."
    assert (answer.stale, answer.unreadable) == ((), ("sub-wasps",))


def test_an_unreadable_essay_is_encoded_again_with_another_encoder(
    assistant, encoder, write_corpus, forbid, monkeypatch
):
    corpus = write_corpus({"sub/wasps.md": "Wasps sting.\n", **FILES})
    opened = assistant({})
    forbid(corpus / "sub", corpus / "sub" / "wasps.md")
    monkeypatch.setattr(type(encoder), "name", "another")
    opened = assistant({})
    assert quotes(opened.ask("wasps sting"))[0] == "Wasps sting."


def test_an_essay_that_is_no_text_any_more_is_kept_but_not_quoted(assistant, write_corpus):
    opened = assistant(FILES)
    write_corpus({"bees.md": b"\xff"})
    report = opened.refresh()
    assert (report.removed, report.kept) == ((), ("bees",))
    answer = opened.ask("bees dance flowers", k=20)
    assert "bees" not in essays_of(answer)
    assert answer.stale == ("bees",)


DAMAGES = {
    "text": "UPDATE passage SET text = replace(text, 'king', 'bing')",
    "sentences": "UPDATE passage SET sentences = replace(sentences, '0', '1')",
    "a vector": "UPDATE passage SET vector = zeroblob(length(vector))",
    "tokens": "UPDATE passage SET tokens = zeroblob(length(tokens))",
    "sentence vectors": "UPDATE passage SET sentence_vectors = zeroblob(2)",
    "an essay": "UPDATE essay SET fields = replace(fields, 'king', 'bing')",
    "the order": "UPDATE essay SET position = 9 - position",
    "no JSON": "UPDATE essay SET fields = 'nothing'",
    "fewer passages": "DELETE FROM passage WHERE number = 2",
    "fewer essays": "DELETE FROM essay WHERE id = 'kings'",
    "no essays": "DROP TABLE essay",
    "the words": "UPDATE words_data SET block = x'00' WHERE id > 10",
    "fewer words": "DELETE FROM words WHERE rowid = 1",
    "the width": "UPDATE setting SET value = '7' WHERE name = 'dim'",
    "no width": "UPDATE setting SET value = 'wide' WHERE name = 'dim'",
    "the encoder": "UPDATE setting SET value = 'wrong' WHERE name = 'encoder'",
    "no UTF-8": "UPDATE passage SET heading = CAST(x'ff' AS TEXT)",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("running", [True, False])
def test_damage_in_the_index_is_mended_before_anything_is_quoted(
    assistant, tmp_path, caplog, damage, running
):
    opened = assistant(FILES)
    wanted = render_json(opened.ask("king tax bread", k=20))
    order = opened.essays()
    with sqlite3.connect(tmp_path / "index" / "pactqa.sqlite3") as connection:
        connection.execute(DAMAGES[damage])
    connection.close()
    opened = opened if running else assistant({})
    assert render_json(opened.ask("king tax bread", k=20)) == wanted
    opened.refresh()
    with opened.read() as (snapshot, _):
        snapshot.check_everything()
        assert tuple(snapshot.essays()) == order


# Several at once


def test_threads_that_ask_at_once_get_their_own_answers(assistant):
    opened = assistant(FILES)
    questions = ["king tax", "bees dance flowers", "queen winter", "honey nectar", "dear bread"] * 8
    expected = {question: render_json(opened.ask(question)) for question in set(questions)}
    assert len({shape["passages"][0]["quote"] for shape in expected.values()}) == 5
    with ThreadPoolExecutor(8) as pool:
        for question, answer in zip(questions, pool.map(opened.ask, questions), strict=True):
            assert render_json(answer) == expected[question]


def test_questions_during_refreshes_are_answered_from_one_generation(assistant, write_corpus):
    opened = assistant(FILES)

    def ask(number):
        answer = opened.ask("king tax bread", k=20)
        for hit in answer.hits:
            passage = hit.passage
            assert hit.essay.text[passage.start : passage.end] == passage.text
        return answer.generation

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask, number) for number in range(40)]
        for number in range(5):
            write_corpus({"wasps.md": f"Wasps sting the king {number} times.\n"})
            opened.refresh()
        generations = {future.result() for future in waiting}
    assert {int(name.partition("-")[2]) for name in generations} <= set(range(1, 7))
    assert len({name.partition("-")[0] for name in generations}) == 1
    assert ask(0).endswith("-6")


# With the real model


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        '"; DROP TABLE passage; --',
        "NEAR(Stalin Hitler) AND NOT *",
        "<script>alert('Stalin')</script>",
        "\u202eStalin\u202c \u200b \ufeff pact",
        "Stalin \ud800 pact",
        "Stalin\0pact",
        "斯大林 为什么 😀",
        "[SEP] [CLS] [MASK] Stalin",
        "pact " * 2000,
        "x" * 10_000,
    ],
    ids=range(10),
)
def test_any_question_in_words_has_an_answer(real_assistant, question):
    answer = real_assistant.ask(question)
    assert answer.question == question
    for hit in answer.hits:
        assert hit.essay.text[hit.passage.start : hit.passage.end] == hit.passage.text
