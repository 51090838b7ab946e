"""Reading: the essay panel, its links, the keyboard, copying, references, downloads, paper."""

import csv
import io
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
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
    keys.press("Shift+Tab")
    assert visitor.focused("innerText") == "To the answer"
    assert visitor.page.locator(".pq-skip").bounding_box()["height"] > 40  # seen now
    keys.press("Enter")
    assert visitor.focused("id") == "pq-turn-1"
    keys.press("Tab")
    assert visitor.focused("innerText").startswith("Show 5 more passages")
    assert visitor.page.locator(".pq-rest").bounding_box()["height"] > 40  # seen now
    keys.press("Enter")  # the fourth key after the question was asked
    assert visitor.focused("id") == "pq-1-4"
    assert visitor.page.locator("#pq-1-8").is_visible()
    for _ in range(3):
        keys.press("Tab")
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


def test_copy_gives_the_quotation_its_place_the_editors_notes_and_the_reference(visit):
    visitor = visit()
    card = visitor.ask("Who was Neville Chamberlain?").locator(".pq-card").first
    text, html = visitor.copy(card.locator(".pq-copy").first)
    parts = text.replace("\r\n", "\n").split("\n\n")
    quotation, citation, place, *notes, reference, gaps = parts
    assert citation == "(“Why Did Stalin Sign,” par. 4)"
    assert quotation == card.locator(".pq-quote").text_content()
    title = card.locator("h3 bdi").text_content()
    assert place == f"{title}, Stalin’s first objectives- · paragraph 4"
    assert [note.split(":")[0] for note in notes] == [
        "Editor’s note on “Neville Chamberlain, British foreign minister”",
        "Editor’s note on “Winston Churchill, soon to take his post”",
    ]
    assert notes[0].endswith("Lord Halifax was Foreign Secretary from February 1938.")
    assert reference == card.locator('.pq-ref[data-style="mla"]').text_content()
    assert gaps == "This copy does not name its author, date, site or address."
    assert "<blockquote>However, Stalin’s plans" in html
    assert html.count("Editor’s note") == 2
    message = visitor.page.locator("#pq-message")
    expect(message).to_have_text(
        "Copied: the quotation, its citation, place and reference, and the editor’s note."
    )
    assert message.bounding_box()["height"] > 20
    visitor.page.click(".pq-toggle")
    visitor.page.locator("#pq-take").get_by_label("APA 7").check()
    text, html = visitor.copy(card.locator(".pq-copy").first)
    assert "<p>(<i>Why Did Stalin Sign</i>, n.d., para. 4)</p>" in html
    assert "<p><i>Why did Stalin sign the Nazi-Soviet Pact?</i> (n.d.).</p>" in html


def test_copy_sentence_gives_the_sentence_with_the_notes_on_it(visit):
    visitor = visit()
    card = visitor.ask("Who was Neville Chamberlain?").locator(".pq-card").first
    text, _ = visitor.copy(card.locator("[data-sentence]"))
    sentence, _, _, *notes, _, _ = text.replace("\r\n", "\n").split("\n\n")
    assert sentence == card.locator("mark").text_content()
    assert [note.split(":")[0] for note in notes] == [
        "Editor’s note on “Neville Chamberlain, British foreign minister”"
    ]


def test_the_links_of_a_passage_an_answer_and_a_lesson_lead_back_to_them(visit):
    visitor = visit("?__sign=secret")
    visitor.ask("Munich")
    turn = visitor.ask("and Poland?")
    card_link, _ = visitor.copy(turn.locator(".pq-card .pq-copy-link").first)
    turn_link, _ = visitor.copy(turn.locator(".pq-foot .pq-copy-link"))
    visitor.page.click(".pq-toggle")
    lesson, html = visitor.copy(visitor.page.locator(".pq-lesson"))
    assert html.startswith('<p><a href="http://127.0.0.1')
    expect(visitor.page.locator("#pq-options")).to_be_hidden()
    assert "__sign=secret" in visitor.page.url
    assert not any("secret" in link for link in (card_link, turn_link, lesson, html))
    asked = visitor.page.locator(".pq-question bdi").all_text_contents()
    quotations = visitor.page.locator(".pq-quote").all_text_contents()
    other = visit("?" + urlsplit(card_link).query)
    other.wait_for_panel().locator(".pq-target").wait_for()
    other = visit("?" + urlsplit(turn_link).query)
    other.wait_for_turn(1)
    other = visit("?" + urlsplit(lesson).query)
    other.wait_for_turn(2)
    assert other.page.locator(".pq-question bdi").all_text_contents() == asked
    assert other.page.locator(".pq-quote").all_text_contents() == quotations


def test_copy_works_where_the_clipboard_is_not_offered(visit):
    visitor = visit()
    card = visitor.ask(MAIN_QUESTION).locator(".pq-card").first
    visitor.page.evaluate(
        """() => {
            Object.defineProperty(window, "isSecureContext", { value: false });
            window.addEventListener("copy", event => {
                window.copied = event.clipboardData;
            }, true);
        }"""
    )
    card.locator(".pq-copy").first.click()
    visitor.page.wait_for_selector(".pq-copied")
    assert visitor.page.evaluate("window.copied !== undefined")


def test_the_reference_style_is_remembered_in_the_browser(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    reference = visitor.page.locator(".pq-refs:has(.pq-ref)").first
    assert "n.d." not in reference.inner_text()
    visitor.page.click(".pq-toggle")
    visitor.page.locator("#pq-take").get_by_label("APA 7").check()
    assert "(n.d.)" in reference.inner_text()
    visitor.page.reload()
    visitor.wait_for_turn(1)
    assert "(n.d.)" in visitor.page.locator(".pq-refs:has(.pq-ref)").first.inner_text()
    assert visitor.page.evaluate("document.querySelector('input[value=apa]').checked")


def download(visitor, kind):
    if not visitor.page.is_visible(f"[data-save={kind}]"):
        visitor.page.click(".pq-toggle")
    with visitor.page.expect_download() as waiting:
        visitor.page.click(f"[data-save={kind}]")
    expect(visitor.page.locator("#pq-message")).to_contain_text("Saved as")
    assert not visitor.page.is_visible("#pq-options")  # what was wanted is done
    assert "pq-toggle" in visitor.focused("className")  # and the keyboard goes on from there
    return waiting.value.path().read_bytes()


def read_rows(file):
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_downloads_hold_every_question_and_the_quotations_shown_open(visit):
    import docx

    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    turn = visitor.ask("Who was Neville Chamberlain?")
    quotations = visitor.page.locator(".pq-quote:visible").all_text_contents()
    files = {kind: download(visitor, kind) for kind in ("csv", "md", "docx")}
    rows = read_rows(files["csv"])
    assert [row["quotation"] for row in rows] == quotations
    assert len(rows) == 6
    assert rows[-1]["question"] == turn.locator(".pq-question bdi").text_content()
    paragraphs = [p.text for p in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    assert all(quotation in paragraphs for quotation in quotations)
    assert MAIN_QUESTION.replace("-", "\\-") in files["md"].decode()


def test_passages_that_are_selected_are_taken_and_stay_so_over_a_reload(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    turn = visitor.ask("Who was Neville Chamberlain?")
    turn.locator("summary").click()
    cards = turn.locator(".pq-card")
    cards.nth(1).get_by_label("Select").check()
    cards.nth(4).get_by_label("Select").check()
    quotations = cards.locator(".pq-quote").all_text_contents()
    visitor.page.reload()
    visitor.wait_for_turn(2)
    assert cards.nth(4).get_by_label("Select").is_checked()  # and so is its fold open
    visitor.page.click(".pq-toggle")
    assert "2 passages that you selected" in visitor.page.locator(".pq-taking").inner_text()
    rows = read_rows(download(visitor, "csv"))
    assert [row["quotation"] for row in rows] == [quotations[1], quotations[4]]


def test_downloading_before_asking_says_that_there_is_nothing_yet(visit):
    visitor = visit(width=390, height=844)
    visitor.page.click(".pq-toggle")
    visitor.page.click("[data-save=csv]")
    message = visitor.page.locator("#pq-message")
    expect(message).to_contain_text("nothing to save")
    assert message.evaluate(
        """item => {
            const box = item.getBoundingClientRect();
            return item.contains(document.elementFromPoint(box.x + 20, box.y + box.height / 2));
        }"""
    )
