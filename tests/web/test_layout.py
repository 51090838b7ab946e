"""Layout and access: five widths, touch targets, text at 200 %, axe-core, contrast, motion."""

import pytest
from playwright.sync_api import expect
from texts import BREAD, MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

WIDTHS = (320, 390, 768, 1280, 1920)

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def test_no_width_scrolls_sideways_and_the_question_box_is_always_in_reach(visit):
    visitor = visit()
    visitor.ask(MAIN_QUESTION)
    visitor.ask(BREAD)
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 700})
        assert visitor.page.evaluate(OVERFLOW) <= 0, width
        for where in (0, 10**6):
            visitor.page.evaluate(f"window.scrollTo(0, {where})")
            box = visitor.page.locator("#pq-box textarea").bounding_box()
            assert 0 <= box["y"] <= 700 - box["height"], (width, where)
    visitor.page.evaluate("window.scrollTo(0, 0)")
    visitor.page.locator("#pq-turn-1 a.pq-open").first.click()
    visitor.wait_for_panel()
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 700})
        assert visitor.page.evaluate(OVERFLOW) <= 0, width
        panel = visitor.page.locator("#pq-panel").bounding_box()
        if width < 900:
            assert (panel["x"], panel["width"]) == (0, width)
        else:
            main = visitor.page.locator("#pq-main .pq-card").first.bounding_box()
            assert main["x"] + main["width"] <= panel["x"]


def test_targets_are_large_enough_to_touch(visit):
    visitor = visit(width=390, height=844, has_touch=True, is_mobile=True)
    visitor.ask(MAIN_QUESTION)
    visitor.page.click(".pq-toggle")
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll(
            "button, a, summary, textarea, .pq-field label, #pq-only label")]
            .filter(item => item.offsetParent !== null && !item.matches(".pq-skip, .pq-rest"))
            .map(item => [item.className || item.tagName, item.getBoundingClientRect()])
            .filter(([_, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_the_page_scrolls_on_a_phone_and_not_a_box_inside_it(visit):
    visitor = visit(width=390, height=844, has_touch=True, is_mobile=True)
    visitor.ask(MAIN_QUESTION)
    boxes = visitor.page.evaluate(
        """() => [...document.querySelectorAll("#pq-main, #pq-main *")].filter(item => {
            const style = getComputedStyle(item);
            return /auto|scroll/.test(style.overflowY) && item.scrollHeight > item.clientHeight + 1;
        }).map(item => item.className)"""
    )
    assert boxes == []
    assert visitor.page.evaluate("document.documentElement.scrollHeight > innerHeight")


def test_text_at_200_percent_is_neither_clipped_nor_scrolled_sideways(visit):
    visitor = visit(width=1280)
    visitor.ask(MAIN_QUESTION)
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visitor.page.evaluate(OVERFLOW) <= 0
    clipped = visitor.page.evaluate(
        """() => [...document.querySelectorAll("#pq-main *, #pq-ask *")].filter(item =>
            item.offsetParent !== null && !item.closest(".pq-sr")
            && !item.matches(".pq-sr, [data-testid=block-info]")
            && getComputedStyle(item).overflowX === "hidden"
            && item.scrollWidth > item.clientWidth + 1).map(item => item.className)"""
    )
    assert clipped == []


def test_no_motion_for_those_who_ask_for_none(visit):
    visitor = visit(reduced_motion="reduce")
    visitor.ask(MAIN_QUESTION)
    moving = visitor.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(item => {
            const style = getComputedStyle(item);
            return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
        }).map(item => item.className)"""
    )
    assert moving == []


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:150] for node in v["nodes"]][:4]) for v in found]


SIZES = ((1920, 1080), (768, 1024), (390, 844))
ZOOMED = ((640, 450), (320, 225))  # 1280 by 900 at 200 and at 400 %
THEMES = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_state_at_any_size(visit, theme):
    visitor = visit(reduced_motion="reduce", **THEMES[theme])
    page = visitor.page
    page.locator("#pq-welcome .pq-chip").first.wait_for()
    assert page.evaluate("document.body.classList.contains('dark')") == (theme == "dark")

    def check(state):
        for width, height in (*SIZES, *ZOOMED):
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == [], (state, width)
            assert page.evaluate(OVERFLOW) <= 0, (state, width)
        page.set_viewport_size({"width": 1280, "height": 900})

    check("the empty page")
    page.click(".pq-toggle")
    page.click("[data-save=csv]")
    expect(page.locator("#pq-message")).to_contain_text("nothing to save")
    check("a message and the options")
    page.keyboard.press("Escape")
    turn = visitor.ask(MAIN_QUESTION)
    turn.locator("summary").click()
    visitor.ask("and Poland?")
    visitor.ask(BREAD)
    check("answers")
    turn.locator("a.pq-open").first.click()
    visitor.wait_for_panel()
    page.get_by_label("Find in this essay").fill("Stalin")
    visitor.ask("Munich")
    expect(page.locator(".pq-older")).to_be_visible()
    check("the panel of an answer before")


def test_axe_finds_nothing_on_the_pages_without_scripts(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for link in ("plain?q=Munich", "essay/why-did-stalin-sign-the-nazi-soviet-pact?p=3"):
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.goto(address + link)
            assert violations(page) == [], (link, theme)
            assert page.evaluate(OVERFLOW) <= 0, (link, theme)
    page.close()


def test_on_a_short_screen_nothing_stands_in_front_of_the_text(visit):
    visitor = visit(width=320, height=225)  # 1280 by 900 at 400 %
    visitor.ask(MAIN_QUESTION).locator("a.pq-open").first.click()
    visitor.wait_for_panel()
    position = "getComputedStyle(document.querySelector('{}')).position"
    assert visitor.page.evaluate(position.format("#pq-ask")) == "static"
    assert visitor.page.evaluate(position.format(".pq-panel-head")) == "static"
    visitor.page.keyboard.press("Escape")
    visitor.page.locator(".pq-copy").first.click()  # its message is seen all the same
    message = visitor.page.locator("#pq-message")
    expect(message).not_to_be_empty()
    box = message.bounding_box()
    assert 0 <= box["y"] < box["y"] + box["height"] <= 225.5


def test_every_button_has_a_border_in_forced_colours(visit):
    visitor = visit(forced_colors="active")
    visitor.ask(MAIN_QUESTION)
    bare = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".pq button, .pq .pq-button, .pq textarea")]
            .filter(item => item.offsetParent && getComputedStyle(item).borderTopWidth === "0px")
            .map(item => item.className)"""
    )
    assert bare == []


FOCUSED = """() => {
    const item = document.activeElement;
    const box = item.getBoundingClientRect();
    const seen = [box.y + 2, box.y + box.height / 2, box.y + box.height - 2].every(y => {
        const top = document.elementFromPoint(box.x + box.width / 2, y);
        return top !== null && (item.contains(top) || top.closest("label")?.contains(item));
    });
    return [item.className || item.name || item.tagName, seen, getComputedStyle(item).outlineStyle];
}"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_the_focus_is_outlined_and_lies_behind_nothing(visit, key):
    visitor = visit(reduced_motion="reduce")
    visitor.ask(MAIN_QUESTION).locator("summary").click()
    page = visitor.page
    ends = (".pq-home", "#pq-box .pq-ask")
    first, last = ends if key == "Tab" else ends[::-1]
    page.focus(first)
    stops = []
    while len(stops) < 100 and not visitor.focused(f"matches('{last}')"):
        page.keyboard.press(key)
        stops.append(page.evaluate(FOCUSED))
    assert 50 < len(stops) < 100
    assert [stop for stop in stops if stop[1:] != [True, "solid"]] == []


CONTRAST = """() => {
    const parse = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = item => {
        for (; item; item = item.parentElement) {
            const colour = parse(getComputedStyle(item).backgroundColor);
            if (colour.length < 4 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const rows = [];
    for (const item of document.querySelectorAll(".gradio-container *")) {
        const own = [...item.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        const fixed = getComputedStyle(item).position === "fixed";
        if (!own || (item.offsetParent === null && !fixed)) continue;
        if (item.closest(".pq-sr, script, style, [hidden]")) continue;
        const [a, b] = [light(parse(getComputedStyle(item).color)), light(ground(item))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        rows.push([Math.round(ratio * 100) / 100, item.className || item.tagName]);
    }
    return rows.sort((one, other) => one[0] - other[0]);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half(visit, theme):
    visitor = visit(theme=theme)
    turn = visitor.ask(MAIN_QUESTION)
    visitor.ask(BREAD)
    visitor.page.click(".pq-toggle")
    turn.locator("a.pq-open").first.click()
    visitor.wait_for_panel()
    rows = visitor.page.evaluate(CONTRAST)
    assert len(rows) > 30
    assert rows[0][0] >= 4.5, rows[:5]
