"""What stays: the conversation over reload, Back and Forward, in this tab and nowhere else."""

import pytest
from playwright.sync_api import expect
from texts import MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTIONS = ("Munich", "Who was Neville Chamberlain?", "and Poland?")


def asked(visitor):
    return visitor.page.locator(".pq-question bdi").all_text_contents()


@pytest.fixture
def talking(visit):
    visitor = visit()
    for question in QUESTIONS:
        visitor.ask(question)
    return visitor


def test_a_reload_keeps_every_question_and_answer_and_asks_nothing(talking):
    requests = []
    talking.page.on("request", lambda request: requests.append(request.url))
    before = talking.page.locator(".pq-log").text_content()
    talking.page.reload()
    talking.wait_for_turn(3)
    assert talking.page.locator(".pq-log").text_content() == before
    assert not [url for url in requests if url.endswith("/turns")]
    assert talking.focused("id") == "pq-turn-3"  # the one that the address names
    assert "the Nazi" not in (talking.ask("and Hitler?").locator(".pq-searched").inner_text())


def test_a_conversation_that_the_new_version_of_the_page_cannot_show_is_asked_anew(talking):
    before = talking.page.locator(".pq-quote").all_text_contents()
    talking.page.evaluate(
        """() => {
            const log = JSON.parse(sessionStorage.getItem("pactqa-log"));
            sessionStorage.setItem("pactqa-log", JSON.stringify({ ...log, version: "old" }));
        }"""
    )
    talking.page.reload()
    talking.wait_for_turn(3)
    assert asked(talking) == list(QUESTIONS)
    assert talking.page.locator(".pq-quote").all_text_contents() == before


def test_back_and_forward_keep_the_questions_and_their_order(talking):
    page = talking.page
    page.go_back()
    page.wait_for_function("document.activeElement.id === 'pq-turn-2'")
    page.goto("about:blank")
    page.go_back()
    talking.wait_for_turn(3)
    assert asked(talking) == list(QUESTIONS)
    page.go_forward()
    page.go_back()
    talking.wait_for_turn(3)
    assert asked(talking) == list(QUESTIONS)


def test_nothing_is_kept_outside_the_tab(talking, visit):
    assert talking.page.evaluate("Object.keys(localStorage).filter(k => /pactqa|pq/.test(k))") == []
    assert talking.page.evaluate("sessionStorage.length") > 0
    tab = talking.page.context.new_page()
    tab.goto(talking.address)
    tab.wait_for_function("window.pactqa")
    assert tab.locator(".pq-turn").count() == 0


def test_a_new_conversation_is_empty_and_the_title_is_the_way_home(talking):
    page = talking.page
    assert not page.is_visible("#pq-welcome")
    page.click(".pq-home")
    assert page.is_visible("#pq-welcome")
    assert "q=" not in page.url
    assert asked(talking) == list(QUESTIONS)  # still there, below
    page.go_back()
    page.wait_for_function("document.activeElement.id === 'pq-turn-3'")
    assert not page.is_visible("#pq-welcome")
    page.click(".pq-head .pq-new")
    assert talking.turns.count() == 0
    assert page.is_visible("#pq-welcome")
    expect(page.locator("#pq-message")).to_contain_text("new conversation")
    assert talking.focused("tagName") == "TEXTAREA"
    page.reload()
    page.wait_for_function("window.pactqa")
    assert talking.turns.count() == 0
    assert talking.ask("and Poland?").locator(".pq-searched").count() == 0  # leans on nothing


def test_a_turn_sends_its_own_answer_and_no_other(visit):
    visitor = visit()
    sizes = []

    def measure(response):
        if response.url.endswith("/turns"):
            sizes.append((len(response.body()), len(response.request.post_data)))

    visitor.page.on("response", measure)
    for _ in range(4):
        visitor.ask("Who was Neville Chamberlain?")
    down, up = zip(*sizes, strict=True)
    assert max(down) < 1.1 * min(down)
    assert max(up) < 4000


def test_the_question_box_has_the_focus_unless_that_opens_a_keyboard(visit):
    assert visit().focused("tagName") == "TEXTAREA"
    phone = visit(width=390, height=844, has_touch=True, is_mobile=True)
    assert phone.focused("tagName") == "BODY"


def test_a_filter_is_applied_at_once_and_the_last_question_asked_again_with_it(visit):
    visitor = visit()
    page = visitor.page
    visitor.ask(MAIN_QUESTION)
    page.click(".pq-toggle")
    page.get_by_role("checkbox", name="Why did Stalin sign").check()
    expect(page.locator(".pq-toggle")).to_contain_text("1 essay")
    page.click(".pq-again button")
    assert "from 1 essay" in visitor.wait_for_turn(2).locator(".pq-done").inner_text()
    assert not page.is_visible("#pq-options")
    page.click(".pq-toggle")
    page.locator("#pq-take .pq-styles label", has_text="Chicago notes").click(
        position={"x": 60, "y": 20}
    )
    assert not page.is_visible("#pq-options")
    assert page.evaluate("document.documentElement.dataset.pqStyle") == "chicago"
    page.click(".pq-toggle")
    page.keyboard.press("Escape")
    assert not page.is_visible("#pq-options")
    assert "pq-toggle" in visitor.focused("className")


def test_find_counts_the_places_and_goes_from_one_to_the_next(visit):
    visitor = visit()
    page = visitor.page
    visitor.ask(MAIN_QUESTION).locator("a.pq-open").first.click()
    panel = visitor.wait_for_panel()
    before = panel.locator(".pq-panel-body").text_content()
    find = panel.get_by_label("Find in this essay")
    found = panel.locator(".pq-found")
    find.fill("stalin's motivations")  # the essay writes ’
    expect(found).to_have_text("1 of 2 places")
    find.press("Enter")
    expect(found).to_have_text("2 of 2 places")
    panel.get_by_label("Next place").click()
    expect(found).to_have_text("1 of 2 places")
    panel.get_by_label("Previous place").click()
    expect(found).to_have_text("2 of 2 places")
    assert page.evaluate("CSS.highlights.get('pq-find').size") == 2
    find.fill("honey (")
    expect(found).to_have_text("0 places")
    find.fill("")
    expect(found).to_have_text("")
    assert panel.locator(".pq-panel-body").text_content() == before


def test_the_panel_says_that_it_is_older_than_the_answer_and_leads_to_the_other_essay(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION).locator("a.pq-open").first.click()
    panel = visitor.wait_for_panel()
    turn = visitor.ask("Who was Neville Chamberlain?")
    older = panel.locator(".pq-older")
    assert "before the latest answer" in older.inner_text()
    older.locator("a").click()
    expect(panel.locator("h2")).to_have_text("Why did Stalin sign the Nazi-Soviet Pact?")
    assert older.count() == 0
    place = turn.locator("a.pq-open").first.get_attribute("href").rsplit("=", 1)[1]
    assert panel.locator(".pq-target").get_attribute("id") == f"pq-p-{place}"
    panel.locator("summary").click()
    panel.locator(".pq-essays a").click()
    expect(panel.locator("h2")).to_contain_text("A Strategic Analysis")
