"""Asking: what an answer shows, follow-ups, filter, abstention, links of questions, back button."""

import json
import time

import pytest
from playwright.sync_api import expect
from texts import BREAD, MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]


def in_sight(visitor, item):
    """Tells whether nothing lies over an element, and it lies in the window."""
    return item.evaluate(
        """item => {
            const box = item.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            return box.height > 0 && item.contains(document.elementFromPoint(x, y));
        }"""
    )


def test_an_answer_says_what_was_done_and_opens_with_the_headings(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    assert "8 passages from 2 essays, word for word." in turn.locator(".pq-done").inner_text()
    headings = turn.locator(".pq-reasons a")
    assert headings.count() >= 6
    assert "Security Concerns" in turn.locator(".pq-reasons").inner_text()
    assert turn.locator(".pq-card:visible").count() == 3
    ranks = [int(text.split()[-1]) for text in headings.locator(".pq-rank").all_inner_texts()]
    last = headings.nth(ranks.index(max(ranks)))
    target = last.get_attribute("href")[1:]
    last.click()
    card = visitor.page.locator(f"#{target}")
    assert card.is_visible()  # the fold was opened for it
    assert visitor.focused("id") == target
    assert turn.locator(".pq-card:visible").count() == 8


def test_more_passages_unfold_and_stay_open_after_the_next_question(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    turn.locator("summary").click()
    assert turn.locator(".pq-card:visible").count() == 8
    visitor.ask("Who was Neville Chamberlain?")
    assert turn.locator(".pq-card:visible").count() == 8


def test_every_quotation_of_twenty_questions_is_the_slice_of_its_essay(visit, real_corpus):
    from pactqa.essays.files import read_folder
    from pactqa.essays.splitting import split_essay

    essays = {essay.id: essay for essay in read_folder(real_corpus)[0]}
    whole = {}
    for essay in essays.values():
        for passage in split_essay(essay):
            whole[essay.id, passage.paragraph] = essay.text[passage.start : passage.end]
    file = real_corpus.parent / "tests" / "data" / "questions_twenty.json"
    questions = [row["question"] for row in json.loads(file.read_text(encoding="utf-8"))]
    visitor = visit()
    for question in questions:
        visitor.ask(question)
    cards = visitor.page.eval_on_selector_all(
        ".pq-card",
        """cards => cards.map(card => [
            card.querySelector(".pq-quote").textContent,
            card.querySelector("mark").textContent,
            new URLSearchParams(card.querySelector("a.pq-open").getAttribute("href")).get("essay"),
            new URLSearchParams(card.querySelector("a.pq-open").getAttribute("href")).get("p"),
            card.querySelector("a.pq-open").dataset.key,
        ])""",
    )
    assert len(questions) == 20
    assert len(cards) >= 60
    for quotation, marked, essay_id, paragraph, key in cards:
        start, end = map(int, key.split("-"))
        assert quotation in whole[essay_id, int(paragraph)]
        assert marked == essays[essay_id].text[start:end]
        assert marked in quotation
    shown = visitor.page.eval_on_selector_all(
        ".pq-question bdi", "items => items.map(item => item.textContent)"
    )
    assert shown == questions


def test_an_editors_note_stands_under_its_quotation_and_not_in_it(visit):
    turn = visit().ask("Who signed the pact in Moscow in August 1939?")
    card = turn.locator(".pq-card", has_text="On August 28th, 1939").first
    assert "night of 23 to 24 August 1939" in card.locator(".pq-note").first.inner_text()
    assert "night of 23 to 24" not in card.locator(".pq-quote").text_content()


def test_a_follow_up_shows_what_was_searched_and_searches_the_bare_words_on_a_click(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    turn = visitor.ask("and Poland?")
    searched = turn.locator(".pq-searched")
    assert f"{MAIN_QUESTION} Poland?" in searched.inner_text()
    assert any("Poland" in quote for quote in turn.locator(".pq-quote").all_text_contents())
    searched.locator("a").click()
    bare = visitor.wait_for_turn(3)
    assert bare.locator(".pq-searched").count() == 0
    assert bare.locator(".pq-question bdi").text_content() == "and Poland?"
    assert "q=and%20Poland%3F" in visitor.page.url


def test_nothing_found_says_so_and_shows_what_the_essays_are(visit):
    turn = visit().ask(BREAD)
    assert "Nothing in the essays was found to be about this." in turn.inner_text()
    assert "do not use the word" in turn.locator(".pq-missing").inner_text()
    assert turn.locator(".pq-card").count() == 0
    assert turn.locator(".pq-about a").count() == 2


def test_passages_that_may_not_answer_stand_open_below_a_careful_line(visit):
    visitor = visit()
    near = None
    for question in (
        "What did Roosevelt think of the pact?",
        "What were Stalin's Five-Year Plans?",
        "Why did the Baltic states trust Chamberlain?",
        "Who was president of the United States when the pact was signed?",
        "Did Stalin like football?",
    ):
        turn = visitor.ask(question)
        if "pq-nearby" in turn.get_attribute("class"):
            near = turn
            break
    assert near is not None
    assert "The essays may not answer this directly." in near.inner_text()
    assert near.locator(".pq-card:visible").count() == 3
    near.locator("summary").click()
    assert near.locator(".pq-card:visible").count() == 5


def test_the_filter_is_a_chip_in_the_answer_and_part_of_the_link(visit):
    visitor = visit()
    visitor.page.click(".pq-toggle")
    visitor.page.locator("#pq-only").get_by_label(
        "Why did Stalin sign the Nazi-Soviet Pact?"
    ).check()
    expect(visitor.page.locator(".pq-toggle")).to_contain_text("1 essay")
    turn = visitor.ask(MAIN_QUESTION)
    assert "from 1 essay" in turn.locator(".pq-done").inner_text()
    assert "Only in" in turn.locator(".pq-filter").inner_text()
    assert "essays=why-did-stalin-sign-the-nazi-soviet-pact" in visitor.page.url
    link = "?" + visitor.query
    other = visit(link)
    again = other.wait_for_turn(1)
    assert "from 1 essay" in again.locator(".pq-done").inner_text()
    # And it holds for what is asked next.
    expect(other.page.locator(".pq-toggle")).to_contain_text("1 essay")
    again.locator(".pq-filter a").click()
    assert "from 2 essays" in other.wait_for_turn(2).locator(".pq-done").inner_text()


def test_the_address_bar_follows_and_the_back_button_returns_to_the_answer_before(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    first = visitor.page.url
    visitor.ask("Who was Neville Chamberlain?")
    assert visitor.page.url != first
    visitor.page.go_back()
    visitor.page.wait_for_function("document.activeElement.id === 'pq-turn-1'")
    assert visitor.page.url == first
    assert visitor.turns.count() == 2  # nothing was asked anew
    visitor.page.go_forward()
    visitor.page.wait_for_function("document.activeElement.id === 'pq-turn-2'")


def test_a_link_to_a_question_asks_it_again_and_keeps_other_fields_of_the_address(visit):
    visitor = visit("?q=Why+did+Stalin+distrust+the+West%3F&__theme=dark")
    turn = visitor.wait_for_turn(1)
    assert turn.locator(".pq-question bdi").text_content() == "Why did Stalin distrust the West?"
    assert "__theme=dark" in visitor.page.url
    assert visitor.page.evaluate("document.body.classList.contains('dark')")


def test_a_link_that_names_an_essay_that_is_gone_says_so_and_asks_the_others(visit):
    visitor = visit("?q=Why+did+he+sign%3F&essays=gone")
    turn = visitor.wait_for_turn(1)
    assert turn.locator(".pq-card").count() > 0
    assert "“gone”" in turn.locator(".pq-notice").inner_text()
    assert in_sight(visitor, turn.locator(".pq-notice"))


def test_suggested_questions_are_answered(visit):
    visitor = visit()
    chips = visitor.page.locator("#pq-welcome .pq-chip")
    chips.first.wait_for()
    assert chips.count() >= 3
    chips.first.click()
    turn = visitor.wait_for_turn(1)
    assert "pq-answered" in turn.get_attribute("class")
    turn.locator(".pq-suggestions a").first.click()
    assert "pq-answered" in visitor.wait_for_turn(2).get_attribute("class")


def test_an_empty_or_wordless_question_gets_a_kind_message(visit):
    visitor = visit()
    visitor.page.fill("#pq-box textarea", "???")
    visitor.page.press("#pq-box textarea", "Enter")
    message = visitor.page.locator("#pq-message")
    expect(message).to_contain_text("Ask something in words")
    assert in_sight(visitor, message)
    assert visitor.page.input_value("#pq-box textarea") == "???"  # to be mended
    assert visitor.turns.count() == 0
    visitor.ask(MAIN_QUESTION)
    expect(message).to_be_empty()


def test_the_answer_is_announced(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    visitor.page.wait_for_function(
        "document.querySelector('#pq-status').textContent.startsWith('8 passages from 2 essays')"
    )
    assert visitor.page.get_attribute("#pq-status", "role") == "status"


def test_a_slow_answer_says_that_it_is_being_looked_for(visit):
    visitor = visit()

    def slowly(route):
        time.sleep(1)
        route.continue_()

    visitor.page.route("**/turns", slowly)
    visitor.page.fill("#pq-box textarea", MAIN_QUESTION)
    visitor.page.press("#pq-box textarea", "Enter")
    expect(visitor.page.locator("#pq-message")).to_have_text("Looking through the essays…")
    visitor.wait_for_turn(1)
    expect(visitor.page.locator("#pq-message")).to_be_empty()


def test_two_visitors_do_not_see_each_others_questions(visit):
    one, other = visit(), visit()
    one.ask(MAIN_QUESTION)
    turn = other.ask("and Poland?")
    assert turn.locator(".pq-searched").count() == 0  # no question of one's own before it
    assert other.turns.count() == 1
    assert one.turns.count() == 1


def test_thumbs_write_one_line_without_anything_of_the_visitor(visit, feedback_file):
    visitor = visit()
    turn = visitor.ask("Who was Neville Chamberlain?")
    turn.locator(".pq-thumb").first.click()
    deadline = time.monotonic() + 10
    while not feedback_file.read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    row = json.loads(feedback_file.read_text().splitlines()[-1])
    assert (row["verdict"], row["question"]) == ("helpful", "Who was Neville Chamberlain?")
    assert "127.0.0.1" not in feedback_file.read_text()
    assert turn.locator(".pq-thumb").first.get_attribute("aria-pressed") == "true"
    turn.locator(".pq-thumb").last.click()
    visitor.page.wait_for_selector("#pq-message:has-text('Your first verdict')")
    assert turn.locator(".pq-thumb").last.get_attribute("aria-pressed") == "false"
    visitor.ask(MAIN_QUESTION)
    assert len(feedback_file.read_text().splitlines()) == 1
    assert turn.locator(".pq-thumb").first.get_attribute("aria-pressed") == "true"
