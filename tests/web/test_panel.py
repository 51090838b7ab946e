"""Reading: the essay panel, its links, the keyboard, copying, references, downloads, paper."""

import csv
import io
import re

import pytest
from texts import MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

LONG = "stalins-motivations-a-strategic-analysis"


def test_show_in_essay_opens_the_panel_at_the_paragraph_and_escape_returns_the_focus(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    before = visitor.page.url
    button = turn.locator("a.pq-open").nth(1)
    href = button.get_attribute("href")
    button.click()
    panel = visitor.wait_for_panel()
    target = panel.locator(".pq-target")
    paragraph = href.rsplit("=", 1)[1]
    assert target.get_attribute("id") == f"pq-p-{paragraph}" == visitor.focused("id")
    assert target.bounding_box()["y"] < 900
    assert panel.locator("mark").count() == 1
    assert href.lstrip("?") in visitor.page.url
    visitor.page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert visitor.focused("getAttribute('href')") == href
    visitor.page.wait_for_url(before)
    button.click()
    visitor.wait_for_panel()
    panel.locator(".pq-close").click()
    assert panel.is_hidden()
    assert visitor.focused("getAttribute('href')") == href


def test_the_panel_shows_the_whole_essay_with_its_numbers_and_its_exact_words(visit, real_corpus):
    from pactqa.essays.files import read_folder
    from pactqa.essays.splitting import split_essay

    visitor = visit(f"?essay={LONG}&p=6")
    panel = visitor.wait_for_panel()
    essay = next(essay for essay in read_folder(real_corpus)[0] if essay.id == LONG)
    texts = panel.locator(".pq-text").all()
    assert [text.text_content() for text in texts] == [p.text for p in split_essay(essay)]
    assert visitor.focused("id") == "pq-p-6"
    assert panel.locator(".pq-number").first.inner_text() == "1"
    assert panel.locator("h3").first.inner_text() == "1. Security Concerns"


def test_the_back_button_closes_the_panel(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION).locator("a.pq-open").first.click()
    panel = visitor.wait_for_panel()
    visitor.page.go_back()
    panel.wait_for(state="hidden")
    visitor.page.go_forward()
    visitor.wait_for_panel()


def test_the_link_opens_in_a_new_tab_by_itself(visit):
    visitor = visit()
    link = visitor.ask(MAIN_QUESTION).locator("a.pq-open").first
    with visitor.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    tab = opened.value
    tab.wait_for_selector("#pq-panel .pq-target", timeout=30000)
    assert not visitor.page.is_visible("#pq-panel")


def test_without_javascript_the_essay_is_there_and_the_form_answers(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?essay={LONG}&p=4#pq-p-4")
    page.wait_for_url(f"{address}essay/{LONG}?p=4#pq-p-4")
    assert page.locator(".pq-target .pq-text").is_visible()
    assert "buy time" in page.locator("#pq-p-4").inner_text()
    page.fill("input[name=q]", MAIN_QUESTION)
    page.get_by_role("button", name="Ask").click()
    assert "8 passages from 2 essays" in page.locator(".pq-done").inner_text()
    page.locator("a.pq-open").first.click()
    assert page.locator(".pq-target").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("?essay=nowhere&p=2", "There is no essay “nowhere” here"),
        (f"?essay={LONG}&p=99", "no paragraph 99"),
        ("?essay=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "<img src=x onerror=alert(1)>"),
        (f"?essay={LONG}&p=-1", "Security Concerns"),
    ],
)
def test_an_unknown_essay_or_paragraph_gets_a_kind_message(visit, link, words):
    panel = visit(link).wait_for_panel()
    assert words in panel.inner_text()


def test_the_whole_way_works_by_keyboard(visit):
    visitor = visit()
    keys = visitor.page.keyboard
    visitor.page.focus("#pq-box textarea")
    keys.type(MAIN_QUESTION)
    keys.press("Enter")
    visitor.wait_for_turn(1)
    for _ in range(60):
        keys.press("Shift+Tab")
        if "pq-open" in (visitor.focused("className") or ""):
            break
    outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"  # the focus is seen
    keys.press("Enter")
    panel = visitor.wait_for_panel()
    assert visitor.focused("closest('#pq-panel') !== null")
    keys.press("Escape")
    assert panel.is_hidden()
    assert "pq-open" in visitor.focused("className")


def test_copy_gives_the_quotation_and_the_reference_as_plain_text(visit):
    visitor = visit()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = visitor.ask(MAIN_QUESTION).locator(".pq-card").first
    card.locator(".pq-copy").click()
    visitor.page.wait_for_selector(".pq-copied")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    quotation, reference = copied.replace("\r\n", "\n").split("\n\n")
    assert quotation == card.locator(".pq-quote").text_content()
    assert reference.startswith("“Stalin’s Motivations")


def test_copy_works_where_the_clipboard_is_not_offered(visit):
    visitor = visit()
    card = visitor.ask(MAIN_QUESTION).locator(".pq-card").first
    visitor.page.evaluate(
        """() => {
            Object.defineProperty(window, "isSecureContext", { value: false });
            document.addEventListener("copy", () => { window.copied = String(getSelection()); });
        }"""
    )
    card.locator(".pq-copy").click()
    visitor.page.wait_for_selector(".pq-copied")


def test_the_reference_style_is_remembered_in_the_browser(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    reference = visitor.page.locator(".pq-refs").first
    assert "n.d." not in reference.inner_text()
    visitor.page.click(".pq-toggle")
    visitor.page.get_by_label("APA 7").check()
    assert "(n.d.)" in reference.inner_text()
    visitor.page.reload()
    visitor.wait_for_turn(1)
    assert "(n.d.)" in visitor.page.locator(".pq-refs").first.inner_text()
    assert visitor.page.evaluate("document.querySelector('input[value=apa]').checked")


def test_downloads_hold_every_question_and_quotation(visit):
    import docx

    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    turn = visitor.ask("Who was Neville Chamberlain?")
    quotations = visitor.page.locator(".pq-turn > .pq-card .pq-quote").all_text_contents()
    visitor.page.click(".pq-toggle")
    files = {}
    for kind in ("csv", "md", "docx"):
        with visitor.page.expect_download() as waiting:
            visitor.page.click(f"[data-save={kind}]")
        assert waiting.value.suggested_filename == f"passages.{kind}"
        files[kind] = waiting.value.path().read_bytes()
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
    assert [row["quotation"] for row in rows] == quotations
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["question"] == turn.locator(".pq-question bdi").text_content()
    paragraphs = [p.text for p in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    assert all(quotation in paragraphs for quotation in quotations)
    assert MAIN_QUESTION.replace("-", "\\-") in files["md"].decode()


def test_downloading_before_asking_says_that_there_is_nothing_yet(visit):
    visitor = visit()
    visitor.page.click(".pq-toggle")
    visitor.page.click("[data-save=csv]")
    visitor.page.wait_for_function(
        "document.querySelector('#pq-status').textContent.includes('nothing to save')"
    )


def test_on_paper_every_card_is_whole_and_its_reference_is_there(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    visitor.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    assert turn.locator(".pq-card:visible").count() == 8
    assert turn.locator(".pq-refs").first.is_visible()
    assert not visitor.page.is_visible("#pq-ask")
    assert not turn.locator(".pq-copy").first.is_visible()
    clipped = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".pq-card")].filter(card => {
            const box = card.getBoundingClientRect();
            for (let part = card.parentElement; part; part = part.parentElement) {
                const style = getComputedStyle(part);
                const outer = part.getBoundingClientRect();
                if (style.overflowY !== "visible" && outer.bottom + 1 < box.bottom
                    && part !== document.documentElement) return true;
            }
            return getComputedStyle(card).breakInside !== "avoid";
        }).length"""
    )
    assert clipped == 0
    pdf = visitor.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2  # all of it, not the first screen
