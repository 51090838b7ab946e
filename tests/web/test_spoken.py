"""The accessibility tree, as Chromium gives it to a screen reader: what is said, in which order."""

import pytest
from texts import MAIN_QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.model]

NAMED = {
    *("link", "button", "textbox", "searchbox", "checkbox", "radio", "DisclosureTriangle"),
    *("heading", "article", "form", "navigation", "region", "complementary", "search"),
}


def spoken(visitor):
    """Gives the role and the name of everything that a screen reader comes by, in its order."""
    tree = visitor.page.context.new_cdp_session(visitor.page)
    nodes = {node["nodeId"]: node for node in tree.send("Accessibility.getFullAXTree")["nodes"]}
    found, waiting = [], [next(iter(nodes))]
    while waiting:
        node = nodes.get(waiting.pop())
        if node is None:
            continue
        waiting += reversed(node.get("childIds", []))
        if not node["ignored"] and node["role"]["value"] != "InlineTextBox":
            found.append((node["role"]["value"], node.get("name", {}).get("value", "")))
    return found


def test_an_answer_and_an_essay_are_read_in_their_order_and_all_has_a_name(visit):
    visitor = visit()
    turn = visitor.ask(MAIN_QUESTION)
    turn.locator("summary").click()
    visitor.ask("Munich")
    said = spoken(visitor)
    assert [role for role, name in said if role in NAMED and not name.strip()] == []
    headings = [name for role, name in said if role == "heading"]
    assert headings[:4] == [
        "Ask the essays",
        f"Question 1: {MAIN_QUESTION}",
        "Sections that give a reason",
        "Passage 1: Stalin’s Motivations in Signing the Non-Aggression Pact with Hitler: "
        "A Strategic Analysis",
    ]
    names = [name.split(":")[0] for name in headings]
    first = [f"Passage {number}" for number in range(1, 9)]
    assert [n for n in names if n.startswith(("Q", "P"))][:10] == [
        "Question 1",
        *first,
        "Question 2",
    ]
    text = [name for role, name in said if role == "StaticText"]
    # The sentence is named for those who do not see it marked; a word looked up is none.
    assert sum("nearest to the question" in words for words in text) == 8
    assert not any("▸" in name or "▾" in name for _, name in said)
    turn.locator("a.pq-open").first.click()
    visitor.wait_for_panel()
    said = spoken(visitor)
    assert [role for role, name in said if role in NAMED and not name.strip()] == []
    paragraphs = [n for r, n in said if r == "group" and n.startswith("Paragraph")]
    assert paragraphs == [f"Paragraph {number}" for number in range(1, 10)]
