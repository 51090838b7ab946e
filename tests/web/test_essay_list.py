"""The list of the essays: what it says of each, finding, order, pages, and what is not read."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pactqa.web.corpus_state import CorpusState
from pactqa.web.essay_list import Wanted, read_wanted, render_list, render_quiet_notice
from pactqa.web.routes import make_routes
from pactqa.web.suggestions import Suggester

BEES = """---
title: Why bees dance
author: Lee, Ann
year: 2011
---

Bees dance & show <b>flowers</b>. They rest.

In winter they sleep."""
KINGS = """---
title: Kings and taxes
year: 1999
excerpt: true
---

The king took taxes."""


def titles(html):
    return re.findall(r"<h3><a [^>]*><bdi>(.*?)</bdi>", str(html))


def look(opened, **wanted):
    return render_list(opened, Wanted(**wanted), CorpusState(opened).find(patience=20))


def test_each_essay_is_listed_with_what_is_known_of_it(assistant):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    html = str(look(opened))
    assert titles(html) == ["Kings and taxes", "Why bees dance"]
    bees = html[html.index("Why bees dance") :]
    assert "Lee, Ann</bdi> · <bdi>2011" in bees
    assert "2 passages" in bees
    assert "11 words" in bees
    assert re.search(r"file of \d{4}-\d\d-\d\d", bees)
    assert ">Bees dance &amp; show &lt;b&gt;flowers&lt;/b&gt;.</blockquote>" in bees
    assert 'data-about="bees" href="?essays=bees"' in bees
    kings = html[: html.index("Why bees dance")]
    assert "Author not given" in kings
    assert "The copy at hand breaks off." in kings
    assert "breaks off" not in bees
    assert "data-edit" not in html
    assert "data-remove" not in html


def test_an_essay_that_changed_or_went_is_not_quoted(assistant, write_corpus):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    write_corpus({"bees.md": BEES.replace("dance &", "hop &"), "kings.md": None})
    html = str(look(opened))
    assert html.count("has changed or is gone since it was read") == 2
    assert "Bees dance" not in html
    assert "took taxes" not in html


def test_what_cannot_be_read_is_marked_and_still_shown(assistant, forbid, tmp_path):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    forbid(tmp_path / "corpus" / "bees.md")
    html = str(look(opened))
    assert html.count("cannot be read now, so this is the essay as it was read last") == 1
    assert "Bees dance" in html
    assert "1 file of the folder is not read" in html
    assert "bees.md: cannot be read (Permission denied)" in html
    assert str(tmp_path) not in html


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("BEES", ["Why bees dance"]),
        ("lee 2011", ["Why bees dance"]),
        ("kings.md", ["Kings and taxes"]),
        ("bees 1999", []),
        ("", ["Kings and taxes", "Why bees dance"]),
    ],
)
def test_essays_are_found_by_all_words(assistant, find, found):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    html = look(opened, find=find)
    assert titles(html) == found
    assert ("2 essays" if len(found) == 2 else f"{len(found)} of 2 essays") in html


def test_the_orders(assistant, write_corpus):
    import os

    opened = assistant({"bees.md": BEES, "kings.md": KINGS, "a.md": "# Ants\n\nAnts walk."})
    for age, name in enumerate(("kings", "a", "bees")):
        os.utime(opened.corpus / f"{name}.md", (10_000 - age, 10_000 - age))
    by = {order: titles(look(opened, order=order)) for order in ("title", "author", "year", "new")}
    ants, bees, kings = "Ants", "Why bees dance", "Kings and taxes"
    assert by == {
        "title": [ants, kings, bees],
        "author": [bees, ants, kings],
        "year": [bees, kings, ants],
        "new": [kings, ants, bees],
    }


def test_many_essays_are_shown_some_at_a_time(assistant):
    opened = assistant({f"e{n:03}.md": f"# Essay {n:03}\n\nBees dance {n}." for n in range(45)})
    pages = [look(opened, page=page) for page in (1, 2, 3, 4, 999999)]
    shown = [titles(page) for page in pages]
    assert [len(page) for page in shown] == [20, 20, 5, 5, 5]
    assert [*shown[0], *shown[1], *shown[2]] == [f"Essay {n:03}" for n in range(45)]
    assert "21 to 40 shown" in pages[1]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' not in pages[2]
    assert 'href="?view=essays&amp;order=title&amp;page=3"' in pages[1]
    assert 'href="?view=essays&amp;find=essay+0&amp;' in look(opened, find="essay 0")


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("find=+a++b+&order=year&page=3", Wanted("a b", "year", 3)),
        ("order=__class__&page=0", Wanted()),
        ("page=-1", Wanted()),
        ("page=٣", Wanted()),
        ("page=99999999999", Wanted()),
        ("&".join(["find=a"] * 100), Wanted()),
        ("find=" + "a" * 300, Wanted("a" * 200)),
    ],
)
def test_what_an_address_asks_for(search, wanted):
    assert read_wanted(search) == wanted


def test_files_of_other_kinds_are_named_to_editors_only(assistant):
    opened = assistant({"bees.md": BEES, "NOTICE": "x", "bad.md": b"\xff"})
    found = CorpusState(opened).find(patience=20)
    seen = str(render_list(opened, Wanted(), found))
    edited = str(render_list(opened, Wanted(), found, is_editor=True))
    assert "1 file of the folder is not read" in seen
    assert "NOTICE" not in seen
    assert "2 files of the folder are not read" in edited
    assert "NOTICE: is of a kind that is not read" in edited
    assert 'data-edit="bees"' in edited
    assert 'data-remove="bees"' in edited


def test_the_quiet_notice(assistant, write_corpus, forbid, tmp_path):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS, "NOTICE": "x"})
    state = CorpusState(opened)
    assert render_quiet_notice(state.find(patience=20)) == ""
    write_corpus({"bad <b>.md": b"\xff"})
    notice = render_quiet_notice(state.look_again(patience=20))
    assert "1 file of the essays cannot be read now (<bdi>bad &lt;b&gt;.md</bdi>)." in notice
    assert "still quoted" not in notice
    forbid(tmp_path / "corpus" / "kings.md")
    notice = render_quiet_notice(state.look_again(patience=20))
    assert "2 files of the essays cannot be read now. What was read before" in notice


@pytest.fixture
def client(assistant):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS, "bad.md": b"\xff"})
    state = CorpusState(opened)
    state.find(patience=20)
    return TestClient(Starlette(routes=make_routes(opened, Suggester(opened), state=state)))


def test_the_list_by_its_route(client):
    reply = client.get("/essays?find=bees")
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    assert titles(reply.text) == ["Why bees dance"]


def test_the_list_without_scripts(client):
    text = client.get("/plain?view=essays&order=year").text
    assert titles(text) == ["Why bees dance", "Kings and taxes"]
    assert "<script" not in text
    assert "1 file of the essays cannot be read now" in text
    assert '<a href="plain?view=essays">' in client.get("/plain").text


def test_an_essay_is_asked_about_without_scripts(client):
    text = client.get("/plain?essays=bees").text
    assert '<input type="hidden" name="essays" value="bees">' in text
    assert "Only in <q><bdi>Why bees dance</bdi></q>" in text
    assert "Only in" not in client.get("/plain?essays=gone").text
    answered = client.get("/plain?essays=bees&q=Why+do+bees+dance").text
    assert "Bees dance" in answered
    assert 'name="essays"' not in answered


def test_without_editors_there_is_nothing_of_theirs(client):
    for path in ("/editor", "/editor/refresh", "/editor/removed"):
        assert client.get(path).status_code == 404
    for path in ("/editor/login", "/editor/propose?name=a.md", "/editor/remove"):
        assert client.post(path, json={}).status_code == 404
