"""The routes of the tabs: claims, quotations, sheets and reasons; what is wrong is clearly said."""

import csv
import io
import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pactqa.web.routes import make_routes
from pactqa.web.suggestions import Suggester

BEES = """# Why bees dance

## 1. Flowers

Bees dance in order to show flowers. Bees never rest in 1900.

## 2. Cold

Bees rest because of the winter cold."""
KINGS = """# Taxes

## Debts

The king took taxes because of debts."""
CLAIM = "Bees often dance to show flowers in Paris."


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES, "kings.md": KINGS})


@pytest.fixture
def client(opened):
    return TestClient(Starlette(routes=make_routes(opened, Suggester(opened))))


def post(client, place, content, kind="application/json"):
    if isinstance(content, dict | list):
        content = json.dumps(content)
    return client.post(place, content=content, headers={"content-type": kind})


def hand_in(client, place, content):
    return post(client, place, content, "application/octet-stream")


def check(client, claim=CLAIM, number=1):
    reply = post(client, f"/claims/check?number={number}", {"claim": claim})
    assert reply.status_code == 200
    return reply.json()


def look_up(client, name, content):
    return hand_in(client, f"/claims/quotations?name={name}", content).json()["html"]


def sheet(*claims, style="mla", quoted=()):
    return {"pactqa_sheet": 2, "style": style, "claims": list(claims),
            "quoted": list(quoted)}  # fmt: skip


def test_programs_get_the_json_of_the_contract(client, opened):
    from pactqa.evidence_json import render_evidence

    found = post(client, "/check", {"claim": CLAIM, "k": 2, "essays": ["bees"]}).json()
    assert found == json.loads(json.dumps(render_evidence(opened.check(CLAIM, 2, ["bees"]))))
    assert found["passages"][0]["quote"].startswith("Bees dance")


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        ("nonsense", 400, "no JSON"),
        ("[1]", 400, 'Send {"claim"'),
        ({"claim": 7}, 400, 'Send {"claim"'),
        ({"claim": "Bees dance.", "k": True}, 400, 'Send {"claim"'),
        ({"claim": "Bees dance.", "k": 21}, 400, "from 1 to 20, not 21"),
        ({"claim": "Bees dance.", "essays": "bees"}, 400, 'Send {"claim"'),
        ({"claim": "Bees dance.", "essays": ["gone"]}, 400, "no essay 'gone'"),
        ({"claim": "?!"}, 400, "The claim is empty"),
        ({"claim": "bees " * 500}, 400, "more than the 2,000"),
        ({"claim": "bees " * 30_000}, 413, "larger than the 100,000 bytes"),
        ("[" * 50_000, 400, "no JSON"),
        (b"\xff\xfe\x00", 400, "no JSON"),
    ],
)
def test_an_unusable_claim_gets_a_plain_message(client, content, status, words):
    for place in ("/check", "/claims/check"):
        reply = post(client, place, content)
        if place == "/claims/check" and "21" in words:
            continue  # the page asks for a number of its own
        assert (reply.status_code, words in reply.text) == (status, True), reply.text
        assert reply.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "place", ["/check", "/claims/check", "/claims/propose", "/claims/quotations", "/claims/open",
              "/claims/sheet/md"],
)  # fmt: skip
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_no_form_of_another_page_can_post(client, place, kind):
    assert post(client, place, '{"claim": "Bees dance."}', kind).status_code == 415
    assert client.get(place).status_code == 405


def test_a_checked_claim_comes_as_a_part_of_the_page_and_as_its_sheet_has_it(client):
    checked = check(client, number=7)
    assert 'id="pq-claim-7"' in checked["html"]
    claim = checked["claim"]
    assert claim["claim"] == CLAIM
    assert claim["said"] in checked["html"]
    assert claim["quotations"][0]["quote"] == "Bees dance in order to show flowers."
    assert claim["quotations"][0]["verdict"] is None


def test_a_claim_is_checked_in_some_essays_only_and_its_sheet_says_so(client):
    checked = post(client, "/claims/check", {"claim": CLAIM, "essays": ["kings"]}).json()
    claim = checked["claim"]
    assert claim["only"] == ["kings"]
    assert {quotation["essay"] for quotation in claim["quotations"]} <= {"kings"}
    assert "Looked only in “Taxes”." in claim["said"]
    assert "Looked only in “Taxes”." in checked["html"]
    assert "Looked only in “Taxes”" in post(client, "/claims/sheet/csv", sheet(claim)).text
    assert check(client)["claim"]["only"] == []


def test_a_hostile_claim_is_text(client):
    html = check(client, '<img src=x onerror=alert(1)> bees & "flowers" **dance** {{7*7}}')["html"]
    assert "<img" not in html
    assert (
        "&lt;img src=x onerror=alert(1)&gt; bees &amp; &#34;flowers&#34; **dance** {{7*7}}" in html
    )


def test_the_sentences_of_a_text_are_proposed(client):
    text = "In this essay I will show bees. Bees dance to show flowers.\n\nWhy do they dance so?"
    html = hand_in(client, "/claims/propose?name=a.txt", text).text
    assert "1 of 3 sentences claims something" in html
    assert 'value="Bees dance to show flowers." checked data-proposed>' in html
    assert 'value="Why do they dance so?">' in html


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", 400, "a.doc: this is a Word document that is protected"),
        ("a.docx", b"\xff\xd8\xff", 400, "a.docx: this is a JPEG picture"),
        ("..%2F..%2Fetc%2Fpasswd", b"MZ", 400, "passwd: this is a program"),
        ("a.txt", b"\xff\xff", 400, "not UTF-8"),
        ("a.txt", " ", 400, "the file is empty"),
        ("a.txt", b"a" * 5_000_001, 413, "5,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(client, name, content, status, words):
    for place in ("propose", "quotations"):
        reply = hand_in(client, f"/claims/{place}?name={name}", content)
        assert (reply.status_code, words in reply.text) == (status, True), reply.text


def test_quotations_of_a_text_are_looked_up(client):
    text = "He says “bees never rest in 1901” and “the moon is green cheese”."
    html = look_up(client, "a.txt", text)
    assert "2 quotations: 1 nearly, 1 nowhere in these essays." in html
    assert '<mark class="pq-differs">1901</mark>' in html
    assert '<mark class="pq-differs">1900</mark>' in html
    assert "Nothing in this text is quoted" in look_up(client, "a.txt", "Oh.")


def test_what_is_typed_is_a_quotation_without_marks(client):
    words = "bees never rest in 1900"
    typed = look_up(client, "typed.txt", words)
    assert "1 quotation: word for word." in typed
    assert "?essay=bees&amp;p=1" in typed
    assert "Nothing in this text" in look_up(client, "a.txt", words)


def test_what_a_text_quotes_goes_into_the_sheet_and_is_looked_up_anew(client):
    text = "He says “bees never rest in 1901” and “the moon is green cheese”."
    found = hand_in(client, "/claims/quotations?name=a.txt", text).json()["quoted"]
    assert [one["status"] for one in found] == ["nearly", "nowhere"]
    forged = json.loads(json.dumps(sheet(quoted=found)))
    forged["quoted"][0] |= {"status": "exact", "said": "Forged", "places": []}
    opened = post(client, "/claims/open", forged).json()
    assert opened["quoting"]["quoted"] == found
    assert '<mark class="pq-differs">1901</mark>' in opened["quoting"]["html"]
    file = post(client, "/claims/sheet/md", forged).text
    assert "“bees never rest in 1901” — Nearly so in" in file
    assert "> Bees never rest in 1900\n>\n> " in file
    assert "The text has “1901” for “1900”\\." in file
    assert "These words were not found in the essays\\." in file
    assert "## Works Cited" in file


def test_a_saved_sheet_is_opened_with_its_verdicts(client):
    claim = check(client)["claim"]
    claim["quotations"][0] |= {"verdict": "contradicts", "remark": "No <b>Paris</b>."}
    claim["remark"] = "See below."
    saved = post(client, "/claims/sheet/json", sheet(claim)).content
    opened = post(client, "/claims/open?first=4&name=a.json", saved).json()
    html = opened["html"][0]
    assert 'id="pq-claim-4"' in html
    assert 'data-verdict="contradicts" aria-pressed="true"' in html
    assert html.count('aria-pressed="true"') == 1
    assert "No &lt;b&gt;Paris&lt;/b&gt;.</textarea>" in html
    assert "See below.</textarea>" in html
    assert opened["claims"] == [claim]
    assert opened["notice"] == ""


def test_what_the_essays_do_not_say_is_not_opened_and_not_saved(client):
    claim = check(client)["claim"]
    claim["quotations"][0]["quote"] = "Bees dance in order to show off.    "
    opened = post(client, "/claims/open", sheet(claim)).json()
    assert opened["notice"].startswith("1 quotation of the sheet does not stand in the essays so")
    assert "show off" not in json.dumps(opened)
    assert "show off" not in post(client, "/claims/sheet/md", sheet(claim)).text


def test_a_file_says_of_the_essays_what_they_say_themselves(client):
    claim = check(client)["claim"]
    forged = {"reference": "Forged", "title": "Forged", "heading": "Forged", "paragraph": 99}
    claim["quotations"][0] |= forged | {"differences": ["Forged"], "verdict": "supports"}
    file = post(client, "/claims/sheet/csv?style=apa", sheet(claim))
    assert file.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    row = next(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert (row["verdict"], row["heading"], row["paragraph"]) == ("supports", "1. Flowers", "1")
    assert "(n.d.)" in row["reference"]
    assert "Forged" not in file.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nonsense", "a.json: this is no JSON"),
        ({"answers": []}, "a.json: this JSON is no sheet of claims"),
        ({"pactqa_sheet": 99}, "the sheet has the version 99"),
        (sheet({"claim": 1}), "the field 'claim' must be a text"),
        (sheet(style="bluebook"), "the field 'style' must be one of"),
    ],
)
def test_a_wrong_file_is_no_sheet_and_the_message_says_why(client, content, words):
    reply = post(client, "/claims/open?name=a.json", content)
    assert (reply.status_code, words in reply.text) == (400, True), reply.text


@pytest.mark.parametrize("kind", ["docx", "md", "csv", "json"])
def test_a_sheet_is_saved_in_every_format(client, kind):
    reply = post(client, f"/claims/sheet/{kind}", sheet(check(client)["claim"]))
    assert reply.status_code == 200
    assert f'filename="claims.{kind}"' in reply.headers["content-disposition"]
    assert reply.content


def test_a_sheet_is_saved_with_the_sentences_and_in_the_style_wanted(client, monkeypatch):
    claim = check(client)["claim"]
    claim["quotations"][-1]["verdict"] = "not relevant"
    assert len(claim["quotations"]) == 4
    for which, count in (("short", 3), ("judged", 1), ("all", 4)):
        text = post(client, f"/claims/sheet/md?which={which}", sheet(claim)).text
        assert text.count("\n> (") + text.count("\n> \\(") == count
    assert post(client, "/claims/sheet/md?which=none", sheet(claim)).status_code == 400
    assert "## Works Cited" in text
    monkeypatch.setenv("PACTQA_STYLE", "chicago")
    assert "## Bibliography" in post(client, "/claims/sheet/md", sheet(claim)).text
    assert "Bibliography" not in post(client, "/claims/sheet/md?style=apa", sheet(claim)).text


def test_an_unknown_format_or_style_is_refused(client):
    assert "docx, json" in post(client, "/claims/sheet/exe", sheet()).text
    assert post(client, "/claims/sheet/exe", sheet()).status_code == 404
    assert post(client, "/claims/sheet/md?style=x", sheet()).status_code == 400
    assert client.get("/claims/reasons/exe").status_code == 404
    assert client.get("/claims/reasons/csv?style=x").status_code == 400


def test_the_reasons_stand_side_by_side_with_honest_blanks(client):
    html = client.get("/claims/reasons").text
    assert html.count('<th scope="row">') == 3
    assert "Bees dance in order to show flowers.</blockquote>" in html
    assert html.count("No section on this") == 3
    assert 'href="?essay=bees&amp;p=1" data-key="' in html
    rows = list(csv.reader(io.StringIO(client.get("/claims/reasons/csv").text)))
    assert len(rows) == 1 + 3 * 2
    assert client.get("/claims/reasons/docx").content.startswith(b"PK")


def test_the_page_without_scripts_checks_a_claim(client):
    reply = client.get("/plain?claim=Bees+dance+to+show+%3Cb%3Eflowers.")
    assert reply.status_code == 200
    assert "Bees dance in order to show flowers." in reply.text.replace(
        '<span class="pq-covered">', ""
    ).replace("</span>", "")
    assert (
        'name="claim" maxlength="2000" value="Bees dance to show &lt;b&gt;flowers."' in reply.text
    )
    assert "<script" not in reply.text
    refused = client.get("/plain?claim=%3F")
    assert (refused.status_code, "The claim is empty" in refused.text) == (400, True)


def test_a_statement_leads_to_its_check(client):
    text = client.get("/plain?q=The+king+took+taxes+of+the+people.").text
    assert 'href="?claim=The+king+took+taxes+of+the+people."' in text
    assert "Check this claim" in text
    assert "Check this claim" not in client.get("/plain?q=Why+do+bees+dance%3F").text


def test_an_index_that_cannot_be_read_is_said(client, opened, monkeypatch):
    from pactqa.errors import StoreError

    def fail(*_):
        raise StoreError("The index is gone.")

    monkeypatch.setattr(opened, "check", fail)
    monkeypatch.setattr(opened, "essays", fail)
    for reply in (post(client, "/check", {"claim": CLAIM}), client.get("/claims/reasons"),
                  client.get("/claims/reasons/csv"), post(client, "/claims/open", sheet()),
                  client.get("/plain?claim=bees")):  # fmt: skip
        assert (reply.status_code, "The index is gone." in reply.text) == (503, True)
