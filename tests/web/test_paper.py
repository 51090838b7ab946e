"""On paper: every passage, note and reference of a page printed by Chromium, counted in the PDF."""

import io
import unicodedata

import pypdf
import pytest
from texts import MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

FIVE = (
    "Munich",
    "Who was Neville Chamberlain?",
    MAIN_QUESTION,
    "and Poland?",
    "What did Hitler want?",
)
FURNITURE = ("Options", "Copy", "Select", "Show in essay", "You could ask next", "nearest to the")


def squeeze(text):
    """Takes out white space and ligatures, which a PDF sets as it likes."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def print_page(page, **options):
    file = page.pdf(format="A4", **options)
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return [squeeze(sheet.extract_text()) for sheet in pages]


def texts_of(page, selector):
    return page.eval_on_selector_all(
        selector,
        """items => items.filter(item => getComputedStyle(item).display !== "none")
            .map(item => item.textContent)""",
    )


def check_paper(page, questions):
    selectors = (".pq-quote", ".pq-refs .pq-ref", ".pq-note > bdi")
    quotations, references, notes = (texts_of(page, selector) for selector in selectors)
    sheets = print_page(page)
    whole = "".join(sheets)
    for quotation in set(quotations):  # a card is not torn: all of it stands on one sheet
        found = sum(sheet.count(squeeze(quotation)) for sheet in sheets)
        assert found == quotations.count(quotation), quotation
    for reference in set(references):
        assert whole.count(squeeze(reference)) == references.count(reference), reference
    for note in set(notes):
        assert whole.count(squeeze(note)) == notes.count(note), note
    assert len(references) == len(quotations)
    for question in questions:
        assert squeeze(question) in whole
    for furniture in FURNITURE:
        assert squeeze(furniture) not in whole
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in sheet
    return len(quotations)


def test_one_question_is_printed_whole(visit):
    visitor = visit("?q=Munich")
    visitor.wait_for_turn(1)
    assert check_paper(visitor.page, ["Munich"]) == 5


@pytest.mark.parametrize("width", [1280, 390])
def test_five_questions_are_printed_whole(visit, width):
    visitor = visit(width=width)
    for question in FIVE:
        visitor.ask(question)
    assert check_paper(visitor.page, FIVE) == visitor.page.locator(".pq-card").count() >= 25


def test_a_lesson_is_printed_whole_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}plain?q=Munich&q=Who+was+Neville+Chamberlain%3F")
    whole = "".join(print_page(page))
    quotations = page.locator(".pq-quote").all_text_contents()
    assert len(quotations) == 10
    assert all(squeeze(quotation) in whole for quotation in quotations)
    context.close()


def test_what_was_folded_is_folded_again_after_printing(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    visitor.page.pdf(format="A4")
    visitor.page.wait_for_function("!document.querySelector('.pq-log details[open]')")
    assert turn.locator(".pq-card:visible").count() == 3


def test_an_open_essay_takes_no_room_on_paper(visit):
    visitor = visit()
    turn = visitor.ask("Munich")
    before = print_page(visitor.page, landscape=True)
    turn.locator("a.pq-open").first.click()
    visitor.wait_for_panel()
    assert print_page(visitor.page, landscape=True) == before
