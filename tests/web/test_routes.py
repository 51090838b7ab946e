"""The routes beside Gradio's page: plain pages, essays, files; what is wrong is clearly said."""

import csv
import io
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pactqa.errors import StoreError
from pactqa.web.links import question_link
from pactqa.web.routes import ASSETS, make_routes
from pactqa.web.suggestions import Suggester

BEES = "# Why bees dance\n\nBees dance to show flowers.\n\nBees rest in the winter cold."
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES, "kings.md": "The king took taxes of the people of Paris."})


@pytest.fixture
def client(opened):
    return TestClient(
        Starlette(routes=make_routes(opened, Suggester(opened))), follow_redirects=False
    )


def export(client, kind="csv", style="mla", turns=(), **options):
    body = urlencode([("style", style), *(("turn", turn) for turn in turns)])
    return client.post(f"/export/{kind}", content=options.pop("content", body), headers=FORM)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ("", 200, "How to begin"),
        ("q=Why+do+bees+dance%3F", 200, "word for word."),
        ("q=explain%3D1", 200, "explain=1"),  # a question, whatever it says
        ("q=%3F", 400, "Ask something in words"),
        ("q=bees&essays=gone", 200, "an essay that is not here: “gone”"),
        ("q=%3Cscript%3Ealert(1)", 200, "&lt;script&gt;alert(1)"),
        ("q=Why+do+bees+dance%3F&q=%3F&q=taxes", 400, "took taxes"),
        ("&".join(["q=bees"] * 1000), 200, "How to begin"),
    ],
)
def test_the_page_without_scripts(client, fields, status, words):
    reply = client.get(f"/plain?{fields}")
    assert (reply.status_code, words in reply.text) == (status, True)
    assert "<script" not in reply.text
    assert f"{ASSETS}/style.css" in reply.text


def test_a_filter_and_the_question_before_hold_on_the_page_without_scripts(client):
    link = question_link("and taxes?", ["kings"], "What did the king do?")
    text = client.get(f"/plain{link}").text
    assert "Searched as" in text
    assert "Only in" in text
    assert "Bees dance" not in text


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("essay=bees&p=2", "essay/bees?p=2#pq-p-2"),
        ("essay=bees&p=x", "essay/bees"),
        ("q=a&essay=bees", "essay/bees"),
        ("essay=%2F%2Fevil.example", "essay/%2F%2Fevil.example"),
        ("essay=..%2F..%3Fa%0D%0Ab%3A+c", "essay/..%2F..%3Fa%0D%0Ab%3A%20c"),
    ],
)
def test_a_link_to_an_essay_leads_to_its_own_page(client, fields, place):
    reply = client.get(f"/plain?{fields}")
    assert (reply.status_code, reply.headers["location"]) == (303, place)


def test_an_essay_has_a_page_of_its_own_at_the_paragraph(client):
    reply = client.get("/essay/bees?p=2&key=48-54")
    assert reply.status_code == 200
    assert "<title>Why bees dance – Ask the essays</title>" in reply.text
    assert reply.text.count("pq-target") == 1
    assert '<base href="../plain">' in reply.text  # its links are those of /plain
    assert 'href="?essay=bees&amp;p=2"' in reply.text
    assert "pq-target" not in client.get("/essay/bees?p=0").text
    assert "no paragraph 9" in client.get("/essay/bees?p=9").text


@pytest.mark.parametrize("essay", ["gone", "%3Cscript%3E", "..%2f..%2fetc", "x" * 5000])
def test_an_unknown_essay_is_not_found_and_the_others_are_named(client, essay):
    reply = client.get(f"/essay/{essay}")
    assert reply.status_code == 404
    assert "<script" not in reply.text
    if "2f" not in essay:  # a slash is no part of an id, and so of no such address
        assert "This essay was not found" in reply.text
        assert "?essay=kings" in reply.text


def test_the_panel_is_a_part_of_the_page_with_the_sentence_marked(client):
    reply = client.get("/panel?essay=bees&p=1&key=18-45")
    assert reply.status_code == 200
    assert "<mark>Bees dance to show flowers.</mark>" in reply.text
    assert "<html" not in reply.text
    assert "This essay was not found" in client.get("/panel").text
    assert "<mark>" not in client.get("/panel?essay=bees&p=2&key=18-45").text


def test_a_file_holds_every_question_as_it_was_asked(client):
    turns = [
        "?q=Why+do+bees+dance%3F",
        "?q=and+the+winter%3F&previous=Why+do+bees+dance%3F&essays=bees",
    ]
    reply = export(client, turns=turns)
    assert reply.status_code == 200
    assert reply.headers["content-disposition"] == 'attachment; filename="why-do-bees-dance.csv"'
    assert reply.headers["content-type"] == "text/csv;charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))
    assert {row["question"]: row["searched as"] for row in rows} == {
        "Why do bees dance?": "Why do bees dance?",
        "and the winter?": "Why do bees dance? the winter?",
    }
    assert {row["essay"] for row in rows if row["question"] == "and the winter?"} == {
        "Why bees dance"
    }
    assert rows[0]["in-text citation"].endswith("par. 1)")
    assert rows[0]["link"].startswith("http://testserver/?essay=")
    assert "para. 1" in export(client, style="apa", turns=turns).text


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ({"kind": "exe", "turns": ["?q=bees"]}, 404, "md, csv, docx"),
        ({"kind": "MD", "turns": ["?q=bees"]}, 404, "no such format"),
        ({"style": "vancouver", "turns": ["?q=bees"]}, 400, "mla, chicago, apa"),
        ({"turns": []}, 400, "nothing to save yet"),
        ({"turns": ["?q=bees", "?essay=bees"]}, 400, "nothing to save yet"),
        ({"turns": ["?q=%3F%3F"]}, 400, "Ask something in words"),
        ({"turns": ["?q=" + "b" * 10_001]}, 400, "10,001 characters"),
        ({"turns": ["?q=bees"] * 101}, 413, "More than 100"),
        ({"turns": ["?q=bees"] * 3001}, 413, "can be taken together"),
        ({"content": b"style=mla&turn=" + b"a" * 2_000_001}, 413, "too long"),
        ({"content": b"\xff\xfe"}, 400, "UTF-8"),
        ({"content": b""}, 400, "nothing to save"),
    ],
)
def test_a_wrong_request_for_a_file_gets_a_plain_sentence(client, options, status, words):
    reply = export(client, **options)
    assert (reply.status_code, words in reply.text) == (status, True), reply.text[:200]
    assert reply.headers["content-type"].startswith("text/plain")
    assert "content-disposition" not in reply.headers


def test_an_essay_that_is_gone_does_not_keep_the_other_questions_from_a_file(client, opened):
    turns = ["?q=bees&essays=gone", question_link("taxes", ["kings", "gone"]), "?q=bees"]
    reply = export(client, turns=turns)
    assert reply.status_code == 200
    notes = {(row["question"], row["note"]) for row in rows_of(reply)}
    gone = "The link names an essay that is not here: “gone”."
    assert notes == {
        ("bees", f"{gone} All essays were asked instead."),
        ("taxes", f"{gone} The others were asked."),
        ("bees", ""),
    }
    assert export(client, "md", turns=turns).text.count("an essay that is not here") == 2
    second = opened.ask("bees").hits[1].passage
    body = [*(("turn", turn) for turn in turns), ("take", second.id)]
    rows = rows_of(export(client, content=urlencode(body)))
    assert [(row["quotation"], bool(row["note"])) for row in rows] == [
        ("", True),
        ("", True),
        (second.text, False),
    ]


def test_the_style_that_is_set_holds_where_none_is_chosen(client, monkeypatch):
    body = b"turn=%3Fq%3Dbees"
    assert "par. 1" in export(client, content=body).text
    monkeypatch.setenv("PACTQA_STYLE", "APA")
    assert "para. 1" in export(client, content=body).text
    assert "(“Why" in export(client, turns=["?q=bees"]).text  # MLA was chosen
    plain = client.get("/plain?q=bees").text
    assert 'data-pq-style="apa"' in plain
    assert 'value="apa" checked' in plain
    assert plain.count(" checked") == 1


def rows_of(reply):
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


def test_a_file_holds_the_passages_selected_and_no_question_without(client, opened):
    turns = ["?q=bees", "?q=taxes"]
    second = opened.ask("bees").hits[1].passage
    body = [("style", "mla"), ("turn", turns[0]), ("take", second.id), ("turn", turns[1])]
    found = rows_of(export(client, content=urlencode(body)))
    assert [(row["question"], row["quotation"]) for row in found] == [("bees", second.text)]


def test_if_none_is_selected_those_shown_open_are_taken(client, opened, monkeypatch):
    answer = opened.ask("bees")
    hits = [replace(answer.hits[n % 2], rank=n + 1, bears=n != 1) for n in range(6)]
    monkeypatch.setattr(opened, "ask", lambda *a, **k: replace(answer, hits=tuple(hits)))
    found = rows_of(export(client, turns=["?q=bees"]))
    assert [row["quotation"] for row in found] == [hits[n].passage.text for n in (0, 2, 3)]


def test_the_answers_to_questions_are_numbered_from_the_first(client):
    body = urlencode(
        [("first", "7"), ("turn", "?q=bees"), ("turn", "?q=%3F"), ("turn", "?q=taxes")]
    )
    text = client.post("/turns", content=body, headers=FORM).text
    assert [f'id="pq-turn-{n}"' in text for n in (6, 7, 8, 9)] == [False, True, True, False]
    assert "Ask something in words" in text
    for first in ("x", "-1", "99999", "٣"):
        body = urlencode([("first", first), ("turn", "?q=bees")])
        assert 'id="pq-turn-1"' in client.post("/turns", content=body, headers=FORM).text


def test_a_question_of_a_long_conversation_sends_no_more_than_its_answer(client):
    replies = [
        client.post("/turns", content=urlencode([("first", n), ("turn", "?q=bees")]), headers=FORM)
        for n in (10, 99)
    ]
    assert abs(len(replies[0].text) - len(replies[1].text)) < 500
    assert replies[0].headers["content-encoding"] == "gzip"


def test_a_file_is_asked_for_by_a_form_only(client):
    assert client.get("/export/csv?turn=?q=bees").status_code == 405
    assert client.post("/export/csv", json={"turn": "?q=bees"}).status_code == 415


def test_an_index_that_cannot_be_read_is_said_with_503(client, opened, monkeypatch):
    def fail(*args, **kwargs):
        raise StoreError("The index is broken. Delete it.")

    monkeypatch.setattr(opened, "ask", fail)
    monkeypatch.setattr(opened, "essays", fail)
    replies = [client.get(path) for path in ("/plain", "/plain?q=bees", "/essay/bees", "/panel")]
    for reply in [*replies, export(client, turns=["?q=bees"])]:
        assert (reply.status_code, "The index is broken" in reply.text) == (503, True)


def test_scripts_and_style_are_served_and_nothing_beside_them(client):
    for name in ("main.js", "panel.js", "style.css"):
        assert client.get(f"/{ASSETS}/{name}").status_code == 200
    assert "javascript" in client.get(f"/{ASSETS}/main.js").headers["content-type"]
    for name in ("", "..%2froutes.py", "%2e%2e/routes.py", "../routes.py"):
        assert client.get(f"/{ASSETS}/{name}").status_code == 404
