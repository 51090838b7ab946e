"""Sheets of claims and tables of reasons in every format, and the sheet opened again."""

import csv
import datetime
import io
import json
from dataclasses import replace

import docx
import pytest

from pactqa.errors import ClaimError
from pactqa.export.escapes import plain_markdown
from pactqa.export.sheet import find_changed, make_sheet, make_sheet_claim
from pactqa.export.sheet_json import SHEET_VERSION, read_sheet, write_sheet_json
from pactqa.export.sheet_quoted import make_quoted
from pactqa.export.sheet_text import (
    BLANK,
    write_reasons_csv,
    write_reasons_markdown,
    write_sheet_csv,
    write_sheet_markdown,
)
from pactqa.export.sheet_word import write_reasons_docx, write_sheet_docx
from pactqa.quotation_check import check_quotations
from pactqa.reasons import find_reasons

NOTES = "notes:\n  - quote: never dance\n    note: They do.\n"
BEES = (
    f"---\ntitle: =Bees* & <hives>\n{NOTES}---\n"
    "## Dance\n\nBees never dance because of *flowers*.\n"
)
TODAY = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
KINGS = "---\ntitle: Kings\n---\n## Tax\n\nKings needed bread in Paris.\n"


@pytest.fixture
def made(assistant, monkeypatch):
    monkeypatch.delenv("PACTQA_NLI", raising=False)
    return assistant({"bees.md": BEES, "kings.md": KINGS})


@pytest.fixture
def sheet(made):
    claims = ("=Bees dance because of flowers.", "Football needs a stadium.")
    sheet = make_sheet([made.check(claim) for claim in claims], "mla")
    first, second = sheet.claims
    first = first.with_verdict(0, "contradicts", "Read *it* again.\x00")
    return type(sheet)((first, second), "mla")


def test_a_sheet_has_the_quotations_with_places_and_differences(sheet):
    first, second = sheet.claims
    quotation = first.quotations[0]
    assert quotation.quote == "Bees never dance because of *flowers*."
    assert quotation.place == "=Bees* & <hives>, Dance, paragraph 1"
    assert quotation.reference == "“=Bees* & <Hives>.”"
    assert quotation.differences == ("The claim says “dance”, the essay “never dance”.",)
    assert quotation.notes == ("Editor’s note on “never dance”: They do.",)
    assert (first.count("contradicts"), first.count("supports")) == (1, 0)
    assert second.quotations == ()
    assert second.unmentioned == "The essays do not use the word “stadium”."


def test_a_claim_of_its_own_is_that_of_a_sheet_of_one(made):
    evidence = made.check("Bees dance because of flowers.")
    claim = make_sheet_claim(evidence, "apa")
    assert claim == make_sheet([evidence], "apa").claims[0]
    assert claim.quotations[0].in_text == "(=Bees* & <Hives>, n.d., para. 1)"


def test_a_remark_stays_when_only_the_verdict_changes(sheet):
    changed = sheet.claims[0].with_verdict(0, None)
    assert changed.quotations[0].verdict is None
    assert changed.quotations[0].remark == "Read *it* again.\x00"


def test_json_opens_again_as_the_same_sheet(sheet, quoting):
    assert read_sheet(write_sheet_json(sheet).encode()) == sheet
    assert read_sheet(write_sheet_json(quoting).encode()) == quoting


@pytest.fixture
def quoting(sheet, made):
    """A sheet with a quotation that is right, one with another word, and one that is made up."""
    text = (
        "She says “Kings needed bread” and “Bees often dance because of *flowers*”. "
        "“Wasps eat cheese at noon” she says."
    )
    return replace(sheet, quoted=make_quoted(made, text, check_quotations(made, text)))


def test_what_the_text_quotes_stands_in_every_file(quoting, made):
    assert [one.status for one in quoting.quoted] == ["exact", "nearly", "nowhere"]
    text = write_sheet_markdown(quoting, made.essays(), "judged")
    assert "“Kings needed bread” — Word for word in “Kings”\\. \\(“Kings,” par\\. 1\\)" in text
    assert "> Bees never dance because of \\*flowers\n>\n> " in text
    assert "The text has “often” for “never”\\." in text
    assert "“Kings\\.”" in text.split("## Works Cited")[1]
    document = docx.Document(io.BytesIO(write_word(quoting, made)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "“Kings needed bread” Word for word in “Kings”. (“Kings,” par. 1)" in texts
    assert "The text has “often” for “never”." in texts
    made_up = "“Wasps eat cheese at noon” These words were not found in the essays."
    assert made_up in texts
    rows = list(csv.DictReader(io.StringIO(write_sheet_csv(quoting, made.essays(), "all"))))
    quoted = [row for row in rows if row["quoted in the text"]]
    assert [(r["status"], r["essay"], r["in-text citation"]) for r in quoted] == [
        ("exact", "Kings", "(“Kings,” par. 1)"),
        ("nearly", "'=Bees* & <hives>", "(“=Bees* & <Hives>,” par. 1)"),
        ("nowhere", "", ""),
    ]
    assert quoted[1]["differences"] == "The text has “often” for “never”."
    assert quoted[1]["reference"] == "“=Bees* & <Hives>.”"


def test_a_quotation_that_no_longer_stands_in_its_essay_is_found(sheet, made, write_corpus):
    assert find_changed(sheet, made) == []
    write_corpus({"bees.md": BEES.replace("never", "often")})
    changed = find_changed(sheet, made)
    assert [quotation.essay for quotation in changed] == ["bees"]


def damage(path, value):
    """Gives a function that sets one field of a sheet's JSON."""

    def change(content):
        place = content
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


QUOTATION = ("claims", 0, "quotations", 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (damage(["pactqa_sheet"], SHEET_VERSION + 1), "has the version 3"),
        (damage(["style"], "harvard"), "in the sheet the field 'style' must be one of: mla"),
        (damage(["claims"], {}), "'claims' must be a list of objects"),
        (damage(["claims", 0], "x"), "'claims' must be a list of objects"),
        (damage(["claims", 1, "claim"], None), r"in claims\[1\] the field 'claim' must be a text"),
        (damage(["claims", 0, "status"], "proven"), "'status' must be one of: found, nearby"),
        (damage(["claims", 0, "only"], "bees"), "'only' must be a list of texts"),
        (damage(["quoted"], None), "'quoted' must be a list of objects"),
        (damage(["quoted"], [{"quoted": "x", "marked": 1}]), "'marked' must be true or false"),
        (
            damage([*QUOTATION, "verdict"], "right"),
            r"in claims\[0\]\.quotations\[0\] .*'verdict' must",
        ),
        (damage([*QUOTATION, "verdict"], []), "'verdict' must be one of: nothing, supports"),
        (damage([*QUOTATION, "stance"], "for"), "'stance' must be one of: nothing"),
        (damage([*QUOTATION, "passage_stance"], 1), "'passage_stance' must be one of: nothing"),
        (damage([*QUOTATION, "paragraph"], "1"), "'paragraph' must be a whole number"),
        (damage([*QUOTATION, "start"], -1), "'start' must be a whole number"),
        (damage([*QUOTATION, "end"], True), "'end' must be a whole number"),
        (damage([*QUOTATION, "differences"], [1]), "'differences' must be a list of texts"),
    ],
)
def test_a_wrong_field_is_named_with_its_place(sheet, change, message):
    content = json.loads(write_sheet_json(sheet))
    change(content)
    with pytest.raises(ClaimError, match=message):
        read_sheet(json.dumps(content).encode(), "my.json")


def fields_of(value, path=(), place="the sheet"):
    """Gives each field below an object: its path, the place that a message names, its name."""
    for name, inner in value.items():
        if name == "pactqa_sheet":
            continue
        yield (*path, name), place, name
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            below = f"{name}[0]" if place == "the sheet" else f"{place}.{name}[0]"
            yield from fields_of(inner[0], (*path, name, 0), below)


def test_every_field_is_checked_and_named_with_its_place(quoting):
    whole = json.loads(write_sheet_json(quoting))
    fields = list(fields_of(whole))
    assert len(fields) > 30
    for path, place, name in fields:
        content = json.loads(json.dumps(whole))
        damage(path, 1.5)(content)
        with pytest.raises(ClaimError) as error:
            read_sheet(json.dumps(content).encode(), "my.json")
        said = str(error.value)
        assert said.startswith(f"my.json: in {place} the field {name!r} must be "), said
        assert said.endswith(". Open a sheet as it was saved.")


def test_every_field_of_what_is_opened_is_that_of_the_file(quoting):
    # Texts that differ in each field, so that none can stand in another's place.
    content = json.loads(write_sheet_json(quoting))
    for number, (path, _, name) in enumerate(fields_of(content)):
        place = content
        for step in path[:-1]:
            place = place[step]
        if isinstance(place[name], str) and name not in {"style", "status", "verdict"}:
            place[name] = f"{name} {number}"
        elif isinstance(place[name], int) and not isinstance(place[name], bool):
            place[name] = number
    opened = json.loads(write_sheet_json(read_sheet(json.dumps(content).encode())))
    assert opened == content


def test_half_a_surrogate_pair_in_a_sheet_becomes_a_question_mark(sheet):
    text = write_sheet_json(sheet).replace("Football needs a stadium.", "Foot\\ud800ball")
    text = text.replace('"only": []', '"only": ["x\\udfff"]', 1)
    opened = read_sheet(text.encode())
    assert opened.claims[1].claim == "Foot?ball"
    assert opened.claims[0].only == ("x?",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no", r"my\.json: this is no JSON"),
        (b"\xff\xfe", "this is no JSON"),
        (b"[" * 100_000, "this is no JSON"),
        (b"[]", "is no sheet of claims"),
        (b'{"claims": []}', "is no sheet of claims"),
    ],
)
def test_what_is_no_sheet_is_refused(content, message):
    with pytest.raises(ClaimError, match=message):
        read_sheet(content, "my.json")


def test_a_sheet_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("pactqa.export.sheet_json.SHEET_MAX_BYTES", 10)
    with pytest.raises(ClaimError, match="11 bytes are more than the 10"):
        read_sheet(b"x" * 11)


def test_markdown_shows_the_words_and_no_markup(sheet, made):
    text = write_sheet_markdown(sheet, made.essays(), "short")
    assert "## 1\\. =Bees dance because of flowers\\." in text
    cited = plain_markdown("(“=Bees* & <Hives>,” par. 1)")
    assert f"> Bees never dance because of \\*flowers\\*\\.\n>\n> {cited}" in text
    assert "**Contradicts.** =Bees\\* \\& \\<hives\\>, Dance, paragraph 1" in text
    assert "Editor’s note on “never dance”\\: They do\\." in text
    assert "**Remark:** Read \\*it\\* again\\." in text


def test_no_cell_of_the_csv_is_computed(sheet, made):
    rows = list(csv.DictReader(io.StringIO(write_sheet_csv(sheet, made.essays(), "all"))))
    assert [row["claim number"] for row in rows if row["claim number"] == "2"] == ["2"]
    assert rows[0]["claim"] == "'=Bees dance because of flowers."
    assert rows[0]["essay"] == "'=Bees* & <hives>"
    assert (rows[0]["verdict"], rows[0]["stance"]) == ("contradicts", "")
    assert rows[0]["editor's notes"] == "Editor’s note on “never dance”: They do."
    assert rows[-1]["quotation"] == ""


def write_word(sheet, made, which="short"):
    return write_sheet_docx(sheet, made.essays(), which, "Letter", TODAY)


def test_the_word_document_opens_again(sheet, made):
    document = docx.Document(io.BytesIO(write_word(sheet, made)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    cited = "(“=Bees* & <Hives>,” par. 1)"
    assert f"Bees never dance because of *flowers*. {cited}" in texts
    assert texts.count("Works Cited") == texts.count("“=Bees* & <Hives>.”") == 1
    assert document.sections[0].page_width == docx.shared.Cm(21.59)
    assert "Contradicts. =Bees* & <hives>, Dance, paragraph 1" in texts
    said = "The claim says “dance”, the essay “never dance”."
    assert f"{said} Editor’s note on “never dance”: They do." in texts
    assert "Remark: Read *it* again.\ufffd" in texts
    overview = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    verdicts = ["Supports", "Contradicts", "Not relevant", "No verdict"]
    assert overview[0] == ["Claim", "In the essays", *verdicts]
    widths = [column.width for column in document.tables[0].columns]
    assert widths[0] > 3 * widths[1]
    kept = {p.text for p in document.paragraphs if p.paragraph_format.keep_with_next}
    assert sheet.claims[0].said in kept  # not alone at the foot of a page
    assert sheet.claims[1].said not in kept  # nothing follows it
    others = str(len(sheet.claims[0].quotations) - 1)
    assert overview[1] == ["1. =Bees dance because of flowers.", "found", "0", "1", "0", others]
    assert overview[2] == ["2. Football needs a stadium.", "nothing", "0", "0", "0", "0"]


def test_reasons_in_every_format(made):
    table = find_reasons(made)
    text = write_reasons_markdown(table, "mla")
    assert "## Dance" in text
    assert f"*{BLANK}*" in text
    rows = list(csv.DictReader(io.StringIO(write_reasons_csv(table, "mla"))))
    assert [(row["reason"], row["essay"], row["quotation"]) for row in rows] == [
        ("Dance", "'=Bees* & <hives>", "Bees never dance because of *flowers*."),
        ("Dance", "Kings", ""),
        ("Tax", "'=Bees* & <hives>", ""),
        ("Tax", "Kings", "Kings needed bread in Paris."),
    ]
    document = docx.Document(io.BytesIO(write_reasons_docx(table, "mla", "A4", TODAY)))
    (grid,) = document.tables
    assert [cell.text for cell in grid.rows[0].cells] == ["Reason", "=Bees* & <hives>", "Kings"]
    assert grid.rows[2].cells[1].text == BLANK
    assert grid.rows[2].cells[2].text == "Kings needed bread in Paris.\n(“Kings,” par. 1)"
    assert text.count("“Kings\\.”") == 1
    assert [p.text for p in document.paragraphs][1:4] == [
        "Works Cited", "“=Bees* & <Hives>.”", "“Kings.”",
    ]  # fmt: skip


def test_printed_are_the_best_two_and_those_judged(sheet, made):
    first = sheet.claims[0]
    quotations = tuple(replace(first.quotations[0], verdict=None, remark="") for _ in range(5))
    claim = replace(first, quotations=quotations)
    claim = claim.with_verdict(3, None, "See this.").with_verdict(4, "not relevant")
    assert len(claim.take("short")) == 4
    assert claim.take("judged") == claim.quotations[3:]
    assert claim.take("all") == claim.quotations
    text = write_sheet_markdown(replace(sheet, claims=(claim,)), made.essays(), "short")
    assert text.count("> Bees never dance") == 4
    assert "1 further sentence is left out here\\." in text
    texts = [
        paragraph.text
        for paragraph in docx.Document(
            io.BytesIO(write_word(replace(sheet, claims=(claim,)), made, "judged"))
        ).paragraphs
    ]
    assert "3 further sentences are left out here." in texts
    rows = write_sheet_csv(replace(sheet, claims=(claim,)), made.essays(), "judged").splitlines()
    assert len(rows) == 3


def test_only_what_is_printed_is_listed_and_each_work_once(made):
    sheet = make_sheet([made.check("Bees dance because of flowers."), made.check("Kings.")], "apa")
    text = write_sheet_markdown(sheet, made.essays(), "all")
    assert text.count("## References") == 1
    listed = text.split("## References")[1]
    assert listed.count("*Kings*") == listed.count("“Kings”") == 1  # and what it does not name
    assert "## References" not in write_sheet_markdown(sheet, made.essays(), "judged")


def properties_of(row):
    """Gives the names of what a row of a Word table is told to do."""
    return [mark.tag.split("}")[1] for mark in row._tr.trPr]


def test_no_row_of_a_table_breaks_over_pages_and_its_head_repeats(made, sheet):
    for written in (
        write_reasons_docx(find_reasons(made), "mla", "A4", TODAY),
        write_word(sheet, made),
    ):
        head, *rows = docx.Document(io.BytesIO(written)).tables[0].rows
        assert properties_of(head) == ["cantSplit", "tblHeader"]
        assert rows
        assert all(properties_of(row) == ["cantSplit"] for row in rows)


def test_a_sheet_that_leaves_nothing_out_says_nothing_of_it(sheet):
    claim = sheet.claims[0]
    assert claim.describe_left_out("all") == ""
    count = len(claim.quotations)
    assert claim.describe_left_out("judged") == (
        f"{count - 1} further sentence{'' if count == 2 else 's'} "
        f"{'is' if count == 2 else 'are'} left out here."
    )


def test_the_remark_on_a_claim_is_in_every_file(sheet, made):
    first = replace(sheet.claims[0], remark="On *all*.")
    remarked = replace(sheet, claims=(first, *sheet.claims[1:]))
    assert "**Remark:** On \\*all\\*\\." in write_sheet_markdown(remarked, made.essays(), "all")
    document = docx.Document(io.BytesIO(write_word(remarked, made)))
    assert "Remark: On *all*." in [paragraph.text for paragraph in document.paragraphs]


def test_the_document_has_its_title_and_each_quotation_is_indented_below_its_claim(quoting, made):
    document = docx.Document(io.BytesIO(write_word(quoting, made)))
    styles = {p.text: p.style.name for p in document.paragraphs}
    title = next(text for text, style in styles.items() if style == "Title")
    assert document.core_properties.title == title
    assert styles["1. =Bees dance because of flowers."].startswith("Heading")
    quotation = next(
        p for p in document.paragraphs if p.text.startswith("Bees never dance because")
    )
    remark = next(p for p in document.paragraphs if p.text.startswith("Remark: "))
    assert quotation.paragraph_format.left_indent
    assert remark.paragraph_format.left_indent
    reasons = docx.Document(io.BytesIO(write_reasons_docx(find_reasons(made), "mla", "A4", TODAY)))
    assert [p.text for p in reasons.paragraphs if p.style.name == "Title"] == ["Reasons by essay"]
    assert reasons.core_properties.title == "Reasons by essay"


def test_rows_of_quotations_have_no_claim_and_no_verdict(quoting, made):
    rows = list(csv.DictReader(io.StringIO(write_sheet_csv(quoting, made.essays(), "all"))))
    exact = next(row for row in rows if row["status"] == "exact")
    filled = {name: cell for name, cell in exact.items() if cell}
    assert filled.pop("in-text citation") == "(“Kings,” par. 1)"
    assert filled.pop("reference") == "“Kings.”"
    assert filled == {
        "quoted in the text": "Kings needed bread",
        "status": "exact",
        "found": "Word for word in “Kings”.",
        "quotation": "Kings needed bread",
        "essay": "Kings",
        "heading": "Tax",
        "paragraph": "1",
    }
