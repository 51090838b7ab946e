"""An essay and a question that try to break the page are shown as written, and do nothing."""

import pytest
from texts import HOSTILE_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_a_hostile_essay_is_displayed_as_written(visit, hostile_address, hostile_essay):
    visitor = visit(address=hostile_address)
    turn = visitor.ask("Why do bees dance for flowers and honey?")
    quotations = visitor.page.locator(".pq-quote").evaluate_all(
        "items => items.map(item => item.textContent)"
    )
    assert len(quotations) == 3
    for quotation in quotations:
        assert quotation in hostile_essay
    assert any(
        "<script>" not in q and "${alert(7)}" in q and "{{{value}}}" in q for q in quotations
    )
    assert any("\r\n" in quotation and "\u2028" in quotation for quotation in quotations)
    assert turn.locator("h1, img, script, i:not(.pq-ref i, .pq-cite i), b").count() == 0
    note = turn.locator(".pq-note").first.text_content()
    assert "A <i>note</i> with ${alert(3)} and {{value}}." in note
    turn.locator("a.pq-open").first.click()
    panel = visitor.wait_for_panel()
    for text in panel.locator(".pq-text").evaluate_all("all => all.map(i => i.textContent)"):
        assert text in hostile_essay
    assert "<img src=x onerror=alert(1)> & **title**" in panel.locator("h2").text_content()
    assert panel.locator("img, script, h1").count() == 0
    assert visitor.page.locator("h1").count() == 1


def test_a_hostile_question_is_displayed_as_written(visit, hostile_address):
    visitor = visit(address=hostile_address)
    turn = visitor.ask(HOSTILE_QUESTION)
    assert turn.locator(".pq-question bdi").text_content() == HOSTILE_QUESTION
    assert visitor.page.locator("#pq-main img, #pq-main script").count() == 0
    again = visit("?" + visitor.query, address=hostile_address)
    shown = again.wait_for_turn(1).locator(".pq-question bdi").text_content()
    assert shown == HOSTILE_QUESTION


def test_ten_thousand_characters_are_read_and_shown_without_breaking_the_page(
    visit, hostile_address
):
    visitor = visit(address=hostile_address, width=390, height=800)
    question = "honey " * 1600 + "x" * 390
    turn = visitor.ask(question)
    assert turn.locator(".pq-question bdi").text_content() == question.strip()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
