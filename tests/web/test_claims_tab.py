"""The tab "Check a claim" in a browser: a text, its claims, verdicts, the sheet taken away."""

import csv
import json
import re
import time

import docx
import pytest
from playwright.sync_api import expect
from test_layout import violations
from texts import HOSTILE_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

CLAIM = "Stalin often trusted the Western powers."
STUDENT = (
    "In this essay I will explain the pact. Hitler had a deep hatred of Bolshevism. Stalin hoped "
    "for the oil of Romania. Why did he wait? The pact gave him “a buffer of hours to strengthen "
    "its defenses” and much else."
)


def open_tab(visit, view="claims", **options):
    visitor = visit(f"?view={view}", **options)
    visitor.page.wait_for_selector(f"#pq-{view}:not([hidden])")
    return visitor


def check(visitor, claim=CLAIM):
    count = visitor.page.locator(".pq-claim").count()
    visitor.page.fill("#pq-claim-text", claim)
    visitor.page.press("#pq-claim-text", "Enter")
    expect(visitor.page.locator(".pq-claim")).to_have_count(count + 1, timeout=30_000)
    return visitor.page.locator(".pq-claim").last


def check_student(visitor):
    visitor.page.fill("#pq-claim-text", STUDENT)
    visitor.page.click(".pq-claims-form .pq-ask")
    visitor.page.wait_for_selector(".pq-quoting summary", timeout=30_000)
    visitor.page.click(".pq-proposal .pq-ask")
    visitor.page.wait_for_selector(".pq-progress", state="hidden", timeout=30_000)
    expect(visitor.page.locator("#pq-message")).to_contain_text("checked")


def row(visitor, number=1):
    return (
        visitor.page.locator(f".pq-overview tbody tr:nth-child({number})").inner_text().split("\t")
    )


def save(visitor, kind):
    fold = visitor.page.locator(".pq-sheet > details").first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    with visitor.page.expect_download() as loading:
        visitor.page.click(f"[data-sheet={kind}]")
    return loading.value


def test_a_claim_its_verdict_and_remark_outlive_a_reload(visit):
    visitor = open_tab(visit)
    claim = check(visitor)
    first = claim.locator(".pq-evidence").first
    expect(first.locator(".pq-differences")).to_contain_text("The claim says “trusted”")
    first.get_by_role("button", name="Contradicts").click()
    first.locator("textarea").fill("Says the opposite.")
    claim.locator(".pq-claim-remark").fill("Look at this again.")
    assert row(visitor)[2:] == ["0", "1", "0", "7"]
    visitor.page.reload()
    expect(visitor.page.locator(".pq-claim")).to_have_count(1, timeout=30_000)
    assert row(visitor)[2:] == ["0", "1", "0", "7"]
    again = visitor.page.locator(".pq-evidence").first
    pressed = again.locator("[aria-pressed=true]")
    expect(pressed).to_have_text("Contradicts")
    expect(again.locator("textarea")).to_have_value("Says the opposite.")
    expect(visitor.page.locator(".pq-claim-remark")).to_have_value("Look at this again.")
    pressed.click()  # the same button takes it back
    assert row(visitor)[2:] == ["0", "0", "0", "8"]


def test_nothing_of_it_is_seen_in_another_tab(visit):
    check(open_tab(visit))
    assert open_tab(visit).page.locator(".pq-claim").count() == 0


def test_the_keys_set_a_verdict_and_are_letters_in_a_remark(visit):
    visitor = open_tab(visit)
    card = check(visitor).locator(".pq-evidence").first
    visitor.page.keyboard.press("Tab")  # the claim has the focus: to its remark or button
    card.get_by_role("button", name="Supports").focus()
    for key, wanted in (("2", "Contradicts"), ("3", "Not relevant"), ("1", "Supports")):
        visitor.page.keyboard.press(key)
        expect(card.locator("[aria-pressed=true]")).to_have_text(wanted)
    visitor.page.keyboard.press("0")
    expect(card.locator("[aria-pressed=true]")).to_have_count(0)
    card.locator("textarea").focus()
    visitor.page.keyboard.type("1 2 3")
    expect(card.locator("[aria-pressed=true]")).to_have_count(0)


def tab_to(page, selector, most=60, key="Tab"):
    for _ in range(most):
        if page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached")


def test_a_text_is_worked_through_by_the_keyboard_alone_on_a_narrow_page(visit):
    visitor = open_tab(visit, width=390, height=844)
    page = visitor.page
    tab_to(page, "#pq-claim-text")
    page.keyboard.insert_text(STUDENT)
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.pq-proposal .pq-ask')")
    tab_to(page, "[name=claim]:checked", key="Shift+Tab")
    page.keyboard.press("Space")  # the last one proposed is left out
    expect(page.locator(".pq-ticked")).to_have_text("2 claims")
    tab_to(page, ".pq-proposal .pq-ask")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#pq-sheet-title')", timeout=30_000)
    assert 0 <= page.locator("#pq-sheet-title").bounding_box()["y"] < 100
    tab_to(page, ".pq-overview a")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#pq-claim-1')")
    tab_to(page, ".pq-evidence [data-verdict]")
    page.keyboard.press("1")
    tab_to(page, ".pq-evidence .pq-sentence-remark")
    page.keyboard.type("Yes: 1")
    tab_to(page, ".pq-evidence .pq-passage summary")
    page.keyboard.press("Enter")
    expect(page.locator(".pq-evidence .pq-passage[open] .pq-text").first).to_be_visible()
    saving = ".pq-sheet > details:not(.pq-why) > summary"
    tab_to(page, saving, most=120, key="Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "[data-sheet=md]")
    with page.expect_download() as loading:
        page.keyboard.press("Enter")
    text = loading.value.path().read_text()
    assert "**Supports.**" in text
    assert "**Remark:** Yes\\: 1" in text
    page.reload()
    expect(page.locator(".pq-claim")).to_have_count(2, timeout=30_000)
    expect(page.locator(".pq-evidence [aria-pressed=true]")).to_have_text(["Supports"])
    expect(page.locator(".pq-sentence-remark").first).to_have_value("Yes: 1")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_claim_takes_the_width_of_the_overview_on_a_narrow_page(visit):
    visitor = open_tab(visit, width=390, height=844)
    check(visitor)
    overview = visitor.page.locator(".pq-overview")
    width = overview.bounding_box()["width"]
    assert overview.locator("th[scope=row]").bounding_box()["width"] > 0.95 * width
    assert overview.locator("td").first.inner_text() == "found, differs"


def test_a_claim_is_checked_and_judged_by_the_keyboard_alone(visit):
    visitor = visit()
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "[data-to-view=claims]")
    page.keyboard.press("Enter")
    tab_to(page, "#pq-claim-text")
    page.keyboard.type(CLAIM)
    page.keyboard.press("Enter")
    page.wait_for_selector(".pq-claim", timeout=30_000)
    page.wait_for_function("document.activeElement.matches('.pq-claim')")
    tab_to(page, "[data-verdict=supports]")
    page.keyboard.press("2")
    assert row(visitor)[3] == "1"
    tab_to(page, ".pq-evidence .pq-open")
    page.keyboard.press("Enter")
    visitor.wait_for_panel()
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('.pq-evidence .pq-open')")
    assert page.locator("#pq-claims").is_visible()


def test_a_text_is_split_its_claims_ticked_and_checked_one_by_one(visit):
    visitor = open_tab(visit)
    visitor.page.fill("#pq-claim-text", STUDENT)
    visitor.page.click(".pq-claims-form .pq-ask")
    ticks = visitor.page.locator(".pq-proposal [name=claim]")
    expect(ticks).to_have_count(5, timeout=30_000)
    assert ticks.evaluate_all("all => all.map(i => i.checked)") == [False, True, True, False, True]
    ticks.nth(4).uncheck()
    expect(visitor.page.locator(".pq-ticked")).to_have_text("2 claims")
    summary = visitor.page.locator(".pq-quoting summary")
    expect(summary).to_contain_text("1 quotation: nearly.", timeout=30_000)
    visitor.page.click(".pq-proposal .pq-ask")
    expect(visitor.page.locator(".pq-claim")).to_have_count(2, timeout=30_000)
    expect(visitor.page.locator("#pq-message")).to_have_text("2 claims checked.")
    assert "“Romania”" in visitor.page.locator(".pq-claim .pq-missing").inner_text()
    quoted = json.loads(save(visitor, "json").path().read_text())["quoted"]
    assert [one["status"] for one in quoted] == ["nearly"]
    assert "“hours” for “time”" in save(visitor, "md").path().read_text()
    visitor.page.click("[data-claims=unpropose]")
    expect(summary).to_contain_text("1 quotation: nearly.")  # it belongs to the sheet
    visitor.page.reload()
    expect(visitor.page.locator(".pq-claim")).to_have_count(2, timeout=30_000)
    expect(summary).to_contain_text("1 quotation: nearly.")
    expect(ticks).to_have_count(0)


def test_a_text_and_its_ticks_outlive_a_reload(visit):
    visitor = open_tab(visit)
    visitor.page.fill("#pq-claim-text", STUDENT)
    visitor.page.click(".pq-claims-form .pq-ask")
    ticks = visitor.page.locator(".pq-proposal [name=claim]")
    expect(ticks).to_have_count(5, timeout=30_000)
    ticks.nth(4).uncheck()
    summary = visitor.page.locator(".pq-quoting summary")
    expect(summary).to_contain_text("1 quotation: nearly.", timeout=30_000)
    visitor.page.reload()
    expect(ticks).to_have_count(5, timeout=30_000)
    assert ticks.evaluate_all("all => all.map(i => i.checked)") == [False, True, True, False, False]
    expect(summary).to_contain_text("1 quotation: nearly.")


def test_only_the_essays_ticked_are_looked_in_by_claims_as_by_questions(visit):
    visitor = open_tab(visit)
    check(visitor)
    where = visitor.page.locator(".pq-where")
    expect(where.locator("summary")).to_have_text("Essays looked in: all")
    where.locator("summary").click()
    where.locator("label").last.click()
    expect(where.locator("summary")).to_have_text("Essays looked in: 1 essay")
    title = where.locator("label").last.inner_text().strip()
    again = check(visitor)  # the same words, but looked for elsewhere
    expect(again.locator(".pq-done")).to_contain_text(f"Looked only in “{title}”.")
    assert set(again.locator("h5 bdi").all_text_contents()) <= {title}
    visitor.page.press("#pq-claim-text", "Enter")
    visitor.page.wait_for_function("document.activeElement.matches('.pq-claim')")
    assert visitor.page.locator(".pq-claim").count() == 2
    first = visitor.page.locator(".pq-claim .pq-done").first
    assert "Looked only" not in first.inner_text()
    visitor.page.reload()
    expect(visitor.page.locator(".pq-claim")).to_have_count(2, timeout=30_000)
    expect(where.locator("summary")).to_have_text("Essays looked in: 1 essay")
    visitor.page.click("[data-to-view='']")
    turn = visitor.ask("Why did Stalin sign the pact?")
    expect(turn.locator(".pq-filter")).to_contain_text(title)


def test_what_was_checked_before_cancelling_stays_and_the_rest_goes_on(visit):
    visitor = open_tab(visit)
    held = []
    visitor.page.route("**/claims/check*", lambda route: held.append(route) if held else (
        held.append(None), route.continue_()))  # fmt: skip
    visitor.page.fill("#pq-claim-text", STUDENT)
    visitor.page.click(".pq-claims-form .pq-ask")
    visitor.page.click(".pq-proposal .pq-ask", timeout=30_000)
    expect(visitor.page.locator(".pq-progress-words")).to_have_text(
        "Checking 2 of 3…", timeout=30_000
    )
    assert visitor.page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [1, 3]
    visitor.page.click("[data-claims=cancel]")
    expect(visitor.page.locator("#pq-message")).to_contain_text("1 of 3 claims")
    assert visitor.page.locator(".pq-progress").is_hidden()
    visitor.page.unroute("**/claims/check*")
    visitor.page.click(".pq-proposal .pq-ask")
    expect(visitor.page.locator(".pq-claim")).to_have_count(3, timeout=30_000)


def test_an_uploaded_essay_is_read_and_a_wrong_file_is_named(visit, tmp_path):
    document = docx.Document()
    document.add_heading("My essay", 1)
    document.add_paragraph(STUDENT)
    document.save(tmp_path / "essay.docx")
    visitor = open_tab(visit)
    visitor.page.set_input_files("[data-file=text]", tmp_path / "essay.docx")
    expect(visitor.page.locator(".pq-proposal [name=claim]")).to_have_count(5, timeout=30_000)
    (tmp_path / "essay.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word document")
    visitor.page.set_input_files("[data-file=text]", tmp_path / "essay.doc")
    expect(visitor.page.locator("#pq-message")).to_contain_text(
        "essay.doc: this is a Word document that is protected by a password, or a file of the "
        "old kind"
    )
    expect(visitor.page.locator(".pq-proposal [name=claim]")).to_have_count(5)
    (tmp_path / "large.txt").write_bytes(b"a" * 5_000_001)
    visitor.page.set_input_files("[data-file=text]", tmp_path / "large.txt")
    expect(visitor.page.locator("#pq-message")).to_contain_text("larger than the 5,000,000 bytes")
    visitor.complaints.clear()  # the browser reports the 400


def test_what_is_wrong_stays_to_be_read_however_long_it_took(visit, tmp_path):
    (tmp_path / "essay.txt").write_text(STUDENT)
    visitor = open_tab(visit)

    def refuse_slowly(route):
        time.sleep(1)  # longer than after which the page tells that it waits
        route.fulfill(status=400, content_type="text/plain", body="essay.txt: no such luck.")

    visitor.page.route("**/claims/propose*", refuse_slowly)
    visitor.page.set_input_files("[data-file=text]", tmp_path / "essay.txt")
    expect(visitor.page.locator("#pq-message")).to_have_text("essay.txt: no such luck.")
    visitor.page.wait_for_timeout(1000)
    expect(visitor.page.locator("#pq-message")).to_have_text("essay.txt: no such luck.")
    visitor.complaints.clear()  # the browser reports the 400


def test_the_sheet_is_taken_away_and_opened_again(visit, tmp_path):
    visitor = open_tab(visit)
    card = check(visitor).locator(".pq-evidence").first
    card.get_by_role("button", name="Contradicts").click()
    card.locator("textarea").fill("=Says the opposite.")
    rows = list(csv.DictReader(save(visitor, "csv").path().open(encoding="utf-8-sig", newline="")))
    assert (rows[0]["verdict"], rows[0]["remark"][-18:]) == ("contradicts", "Says the opposite.")
    assert not rows[0]["remark"].startswith("=")
    assert rows[0]["quotation"] == card.locator(".pq-quote").text_content()
    words = [p.text for p in docx.Document(save(visitor, "docx").path()).paragraphs]
    assert any(text.startswith("Contradicts. ") for text in words)
    assert "**Contradicts.**" in save(visitor, "md").path().read_text()
    save(visitor, "json").save_as(tmp_path / "claims.json")
    other = open_tab(visit)
    (tmp_path / "wrong.json").write_text('{"answers": []}')
    other.page.set_input_files("[data-file=sheet]", tmp_path / "wrong.json")
    expect(other.page.locator("#pq-message")).to_contain_text("wrong.json: this JSON is no sheet")
    other.page.set_input_files("[data-file=sheet]", tmp_path / "claims.json")
    expect(other.page.locator(".pq-claim")).to_have_count(1)
    assert row(other)[2:] == ["0", "1", "0", "7"]
    other.page.set_input_files("[data-file=sheet]", tmp_path / "claims.json")
    expect(other.page.locator("#pq-message")).to_contain_text("0 claims")
    expect(other.page.locator(".pq-claim")).to_have_count(1)
    other.complaints.clear()  # the browser reports the 400


def test_the_overview_filters_and_leads_to_a_claim(visit):
    visitor = open_tab(visit)
    check_student(visitor)
    visible = visitor.page.locator(".pq-claim:visible")
    visitor.page.click("[data-filter=contradicts]")
    expect(visible).to_have_count(0)
    visitor.page.click("[data-filter=all]")
    visitor.page.locator(".pq-claim").first.locator("[data-verdict=contradicts]").first.click()
    visitor.page.click("[data-filter=contradicts]")
    expect(visible).to_have_count(1)
    visitor.page.click("[data-filter=all]")
    visitor.page.locator(".pq-overview a").nth(1).click()
    assert visitor.focused("id") == visitor.page.locator(".pq-claim").nth(1).get_attribute("id")


def test_what_is_judged_is_not_thrown_away_by_one_press(visit):
    visitor = open_tab(visit)
    claim = check(visitor)
    claim.locator("[data-verdict=supports]").first.click()
    claim.locator("[data-claims=remove]").click()
    expect(visitor.page.locator("#pq-message")).to_contain_text("Press again")
    expect(visitor.page.locator(".pq-claim")).to_have_count(1)
    claim.locator("[data-claims=remove]").click()
    expect(visitor.page.locator(".pq-claim")).to_have_count(0)
    visitor.page.reload()
    visitor.page.wait_for_function("window.pactqa")
    assert visitor.page.locator(".pq-sheet").is_hidden()


def test_a_statement_in_the_chat_leads_to_its_check(visit):
    visitor = visit()
    turn = visitor.ask("Stalin trusted the Western powers.")
    turn.get_by_text("Check this claim").click()
    expect(visitor.page.locator(".pq-claimed bdi")).to_have_text(
        "Stalin trusted the Western powers.", timeout=30_000
    )
    assert not visitor.page.locator("#pq-main").is_visible()
    visitor.page.go_back()
    expect(visitor.page.locator(".pq-turn")).to_be_visible()
    linked = visit("?claim=Stalin+trusted+the+Western+powers.")
    expect(linked.page.locator(".pq-claim")).to_have_count(1, timeout=30_000)


def test_a_hostile_claim_is_shown_as_written(visit, hostile_address):
    visitor = open_tab(visit, address=hostile_address)
    claim = check(visitor, HOSTILE_QUESTION)
    assert claim.locator(".pq-claimed bdi").text_content() == HOSTILE_QUESTION
    assert visitor.page.locator(".pq-overview a").text_content() == HOSTILE_QUESTION
    assert (
        visitor.page.locator("#pq-tools :is(img, script, i:not(.pq-ref i, .pq-cite i))").count()
        == 0
    )
    visitor.page.reload()
    expect(visitor.page.locator(".pq-claimed bdi")).to_have_text(
        re.compile("alert"), timeout=30_000
    )
    assert visitor.page.locator(".pq-claimed bdi").text_content() == HOSTILE_QUESTION


def test_quotations_are_looked_up_and_open_their_place(visit):
    visitor = open_tab(visit, "quotations")
    visitor.page.fill("#pq-quotation-text", "a buffer of hours to strengthen its defenses")
    visitor.page.press("#pq-quotation-text", "Enter")
    card = visitor.page.locator(".pq-looked-up .pq-quoted")
    expect(card).to_have_count(1, timeout=30_000)
    assert card.locator("mark").all_text_contents() == ["hours", "time"]
    card.locator(".pq-open").click()
    assert "a buffer of time to strengthen its defenses" in (
        visitor.wait_for_panel().locator(".pq-target").inner_text()
    )


def test_the_reasons_open_their_passage_and_are_taken_away(visit):
    visitor = open_tab(visit, "reasons")
    visitor.page.wait_for_selector(".pq-reason-table table", timeout=30_000)
    quotation = visitor.page.locator("td blockquote").first.text_content()
    with visitor.page.expect_download() as loading:
        visitor.page.click("[data-reasons=docx]")
    cells = [
        cell.text
        for row in docx.Document(loading.value.path()).tables[0].rows
        for cell in row.cells
    ]
    assert any(text.startswith(quotation) for text in cells)
    assert any(text == "no section on this" for text in cells)
    visitor.page.locator("td .pq-open").first.click()
    assert quotation in visitor.wait_for_panel().locator("mark").all_text_contents()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_in_any_state_of_the_tabs(visit, theme, width):
    visitor = open_tab(visit, theme=theme, width=width, reduced_motion="reduce")
    assert violations(visitor.page) == [], "empty"
    check(visitor).locator("[data-verdict=contradicts]").first.click()
    visitor.page.evaluate(
        "document.querySelectorAll('.pq-view details').forEach(d => d.open = true)"
    )
    assert violations(visitor.page) == [], "with a claim"
    check_student(visitor)
    visitor.page.evaluate(
        "document.querySelectorAll('.pq-view details').forEach(d => d.open = true)"
    )
    assert violations(visitor.page) == [], "with a text and its quotations"
    assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    visitor.page.click("[data-to-view=reasons]")
    visitor.page.wait_for_selector(".pq-reason-table table", timeout=30_000)
    assert violations(visitor.page) == [], "the reasons"
    assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_three_columns_of_stances(visit, tmp_path, width):
    visitor = open_tab(visit, width=width, reduced_motion="reduce")
    check(visitor)
    content = json.loads(save(visitor, "json").path().read_text())
    for at, quotation in enumerate(content["claims"][0]["quotations"]):
        stance = ("supports", "contradicts", "undecided")[at % 3]
        quotation |= {"stance": stance, "passage_stance": "undecided"}
    (tmp_path / "claims.json").write_text(json.dumps(content))
    other = open_tab(visit, width=width, reduced_motion="reduce")
    other.page.set_input_files("[data-file=sheet]", tmp_path / "claims.json")
    heads = other.page.locator(".pq-column h4")
    expect(heads).to_have_text(["For (3)", "Against (3)", "Same subject (2)"])
    expect(other.page.locator(".pq-stances").first).to_contain_text("the sentence supports")
    tops = heads.evaluate_all("all => new Set(all.map(h => h.getBoundingClientRect().top)).size")
    assert tops == (1 if width > 1000 else 3)
    other.page.evaluate("document.querySelectorAll('.pq-view details').forEach(d => d.open = true)")
    assert violations(other.page) == []
    assert other.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_targets_are_large_enough_to_touch(visit):
    visitor = open_tab(visit, width=390, height=844, has_touch=True, is_mobile=True)
    check_student(visitor)
    visitor.page.evaluate(
        "document.querySelectorAll('.pq-view details').forEach(d => d.open = true)"
    )
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll(
            "#pq-tools :is(button, summary, textarea, .pq-tick, .pq-file, .pq-open), .pq-tabs a")]
            .filter(item => item.offsetParent !== null)
            .map(item => [item.className || item.tagName, item.getBoundingClientRect()])
            .filter(([_, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_on_paper_the_claims_stand_with_the_verdicts_given(visit):
    visitor = open_tab(visit)
    card = check(visitor).locator(".pq-evidence").first
    card.locator("[data-verdict=contradicts]").click()
    visitor.page.emulate_media(media="print")
    assert card.locator("[data-verdict=contradicts]").is_visible()
    assert card.locator("[data-verdict=supports]").is_hidden()
    assert card.locator(".pq-ref:visible").count() == 1
    for gone in ("#pq-claim-text", ".pq-tabs", ".pq-filters", "#pq-main", ".pq-actions >> nth=0"):
        assert visitor.page.locator(gone).first.is_hidden(), gone
