"""The tab "Essays" in a browser: what visitors see of the essays, and what editors do to them."""

import threading
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from ports import free_port
from test_layout import OVERFLOW, violations
from test_passwords import PASSWORD, cheap_hash
from texts import HOSTILE

from pactqa import Assistant

pytestmark = [pytest.mark.browser, pytest.mark.model]

BEES = """---
title: Why bees dance
author: Lee, Ann
year: 2011
excerpt: true
---

Bees dance to show the other bees where the flowers are. They rest at night.

In winter the bees stay in their hive and eat the honey of the summer."""
KINGS = "# Kings and taxes\n\nThe king took taxes of the people of Paris, who had no bread."
ANTS = "# Why ants walk in lines\n\nAnts walk in lines because they follow a trail of scent."
WAIT = 30_000
SIZES = ((1280, 900), (390, 844), (320, 225))


@pytest.fixture
def desk(tmp_path, real_encoder, monkeypatch):
    """The page over two essays and a file that cannot be read, with the editor anna."""
    from pactqa.web.page import build_page

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in {"bees.md": BEES, "kings.md": KINGS}.items():
        (corpus / name).write_text(text)
    (corpus / "broken.md").write_bytes(b"bad \xff")
    monkeypatch.setenv("PACTQA_EDITORS", f"anna:{cheap_hash()}")
    monkeypatch.setenv("PACTQA_WATCH", "1")
    assistant = Assistant.open(corpus, tmp_path / "index", real_encoder)
    page = build_page(assistant)
    port = free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True)
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}/", corpus=corpus, assistant=assistant)
    page.close(verbose=False)


def open_tab(visit, desk, **options):
    visitor = visit("?view=essays", address=desk.address, **options)
    visitor.page.wait_for_selector(".pq-row-of", timeout=WAIT)
    return visitor


def log_in(visitor, password=PASSWORD):
    page = visitor.page
    page.locator(".pq-login summary").click()
    page.fill(".pq-login-form [name=name]", "anna")
    page.fill(".pq-login-form [name=password]", password)
    page.press(".pq-login-form [name=password]", "Enter")
    page.wait_for_selector("#pq-editor-title", timeout=WAIT)
    page.wait_for_selector("[data-edit=bees]", timeout=WAIT)
    return page


def forgive(visitor, *statuses):
    """Takes away what the browser says of replies that were meant to be refusals."""
    said = [f"the server responded with a status of {status}" for status in statuses]
    kept = [c for c in visitor.complaints if not any(words in c for words in said)]
    assert len(kept) < len(visitor.complaints), "nothing was refused"
    visitor.complaints[:] = kept


def upload(page, **files):
    page.set_input_files(
        "[data-editor=upload]",
        [
            {
                "name": name.replace("_", "."),
                "mimeType": "text/markdown",
                "buffer": text if isinstance(text, bytes) else text.encode(),
            }
            for name, text in files.items()
        ],
    )


def listed(page):
    return page.locator(".pq-row-of h3").all_text_contents()


def test_a_visitor_sees_the_essays_and_asks_about_one(visit, desk):
    visitor = open_tab(visit, desk)
    page = visitor.page
    assert listed(page) == ["Kings and taxes", "Why bees dance"]
    bees = page.locator(".pq-row-of[data-essay=bees]")
    expect(bees).to_contain_text("Lee, Ann · 2011 · 2 passages")
    expect(bees).to_contain_text("The copy at hand breaks off.")
    first = bees.locator(".pq-quote").text_content()
    assert first == "Bees dance to show the other bees where the flowers are."
    expect(page.locator(".pq-quiet")).to_contain_text("1 file of the essays cannot be read now")
    expect(page.locator("[data-edit], [data-remove], .pq-editing")).to_have_count(0)
    page.fill(".pq-list-form [name=find]", "paris")
    expect(page.locator(".pq-listed")).to_contain_text("0 of 2 essays")
    page.fill(".pq-list-form [name=find]", "ann")
    expect(page.locator(".pq-row-of")).to_have_count(1)
    assert visitor.focused("value") == "ann"
    bees.locator("[data-about]").click()
    expect(page.locator("#pq-message")).to_contain_text("Only this essay is asked now")
    assert visitor.focused("id") == "pq-question"
    assert visitor.query == ""
    turn = visitor.ask("What did the king take?")
    expect(turn.locator(".pq-filter")).to_contain_text("Only in Why bees dance")
    assert turn.locator(".pq-card").get_by_text("taxes of the people").count() == 0


def test_a_link_asks_about_an_essay(visit, desk):
    visitor = visit("?essays=bees", address=desk.address)
    expect(visitor.page.locator(".pq-toggle")).to_contain_text("1 essay")
    expect(visitor.page.locator("#pq-only [value=bees]")).to_be_checked()


def test_the_title_opens_the_essay_beside_the_list_and_back_closes_it(visit, desk):
    page = open_tab(visit, desk).page
    page.locator(".pq-row-of[data-essay=bees] h3 a").click()
    expect(page.locator("#pq-panel-title")).to_have_text("Why bees dance")
    page.keyboard.press("Escape")
    expect(page.locator("#pq-panel")).to_be_hidden()


def test_nobody_can_log_in_where_there_are_no_editors(visit):
    page = visit("?view=essays").page
    page.wait_for_selector(".pq-row-of", timeout=WAIT)
    expect(page.locator(".pq-editor, .pq-login")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_logged_out_and_in(visit, desk, theme):
    visitor = open_tab(visit, desk, theme=theme, reduced_motion="reduce")
    page = visitor.page

    def check(state):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == [], (state, width)
            assert page.evaluate(OVERFLOW) <= 0, (state, width)
        page.set_viewport_size({"width": 1280, "height": 900})

    page.locator(".pq-problems summary").click()
    page.locator(".pq-login summary").click()
    check("logged out")
    page.locator(".pq-login summary").click()
    log_in(visitor)
    upload(page, copy_md=BEES, ants_md=ANTS, bad_md=b"bad \xff")
    expect(page.locator(".pq-proposed-essay")).to_have_count(2, timeout=WAIT)
    expect(page.locator(".pq-unread li")).to_have_count(1)
    forgive(visitor, 400)
    for summary in page.locator(".pq-proposed-essay summary").all():
        summary.click()
    page.locator("[data-edit=bees]").click()
    page.wait_for_selector(".pq-edit-form")
    page.locator("[data-editor=removed]").click()
    check("proposals and an edit")
    page.locator("[data-editor=refresh]").click()
    expect(page.locator(".pq-refreshing")).to_contain_text("broken.md", timeout=WAIT)
    check("a report")


def test_targets_are_large_enough_to_touch(visit, desk):
    visitor = open_tab(visit, desk, width=390, height=844, has_touch=True, is_mobile=True)
    page = log_in(visitor)
    page.locator("[data-edit=bees]").click()
    page.wait_for_selector(".pq-edit-form")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            "#pq-essays :is(button, a, summary, input:not(.pq-sr), select, textarea)")]
            .filter(item => item.offsetParent !== null)
            .map(item => [item.outerHTML.slice(0, 60), item.getBoundingClientRect()])
            .filter(([_, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_an_editor_adds_edits_removes_and_restores(visit, desk):
    visitor = open_tab(visit, desk)
    page = log_in(visitor)
    upload(page, ants_md=ANTS, copy_md=BEES, bad_md=b"bad \xff")
    expect(page.locator("#pq-message")).to_contain_text("2 of 3 files can be added")
    forgive(visitor, 400)
    expect(page.locator(".pq-unread li")).to_contain_text("bad.md: byte 4 (line 1) is not UTF-8")
    ants, copy = page.locator(".pq-proposed-essay").all()
    expect(ants.locator("[name=title]")).to_have_value("Why ants walk in lines")
    expect(copy).to_contain_text("Like an essay that is here")
    ants.locator("summary").click()
    assert ants.locator(".pq-split .pq-text").all_text_contents() == [ANTS.split("\n\n")[1]]
    assert listed(page) == ["Kings and taxes", "Why bees dance"]
    ants.locator("[name=author]").fill("Bell, Sue")
    ants.locator("[name=year]").fill("soon")
    ants.locator(".pq-ask").click()
    expect(page.locator("#pq-message")).to_contain_text("The year is 'soon'")
    forgive(visitor, 400)
    ants.locator("[name=year]").fill("1999")
    ants.locator(".pq-ask").click()
    added = page.locator(".pq-row-of[data-essay=ants]")
    expect(added).to_contain_text("Bell, Sue · 1999 · 1 passage", timeout=WAIT)
    expect(page.locator(".pq-refreshing")).to_contain_text("Added: ants.")
    expect(page.locator(".pq-proposed-essay")).to_have_count(1)
    page.locator(".pq-proposed-essay [data-editor=discard]").click()
    expect(page.locator(".pq-proposed-essay")).to_have_count(0)
    assert not (desk.corpus / "copy.md").exists()

    added.locator("[data-edit]").click()
    page.locator(".pq-edit-form [name=title]").fill("On ants")
    page.locator(".pq-edit-form [name=quote]").fill("follow a trail")
    page.locator(".pq-edit-form [name=note]").fill("Not all of them.")
    page.locator(".pq-edit-form .pq-ask").click()
    expect(added.locator("h3")).to_have_text("On ants", timeout=WAIT)
    expect(added.locator("[data-edit]")).to_be_focused()

    other = visit(address=desk.address)  # somebody else, who is not disturbed
    turn = other.ask("Why do ants walk in lines?")
    expect(turn.locator(".pq-card").first).to_contain_text("trail of scent")
    expect(turn.locator(".pq-note").first).to_contain_text("Not all of them.")

    remove = added.locator("[data-remove]")
    remove.click()
    expect(remove).to_contain_text("Really remove")
    assert (desk.corpus / "ants.md").exists()
    remove.click()
    expect(added).to_have_count(0, timeout=WAIT)
    assert not (desk.corpus / "ants.md").exists()
    assert "trail of scent" not in other.ask("Why do ants follow a trail?").inner_text()

    page.locator("[data-editor=removed]").click()
    page.locator("[data-restore]").click()
    page.wait_for_timeout(3000)
    expect(added.locator("h3")).to_have_text("On ants", timeout=WAIT)
    page.locator("[data-editor=logout]").click()
    expect(page.locator("[data-edit], [data-remove], .pq-editing")).to_have_count(0)
    expect(page.locator(".pq-login summary")).to_be_focused()


def test_an_essay_of_the_same_name_is_replaced_only_when_that_is_said(visit, desk):
    visitor = open_tab(visit, desk)
    page = log_in(visitor)
    upload(page, kings_md="# Kings\n\nThe king took nothing at all.")
    form = page.locator(".pq-proposed-essay")
    expect(form).to_contain_text("An essay of this name is here already")
    expect(form.get_by_role("button", name="Add")).to_have_count(0)
    (desk.corpus / "ants.md").write_text(ANTS)  # comes between the look and the click
    upload(page, ants_md=ANTS.replace("scent", "smell"))
    ants = page.locator(".pq-proposed-essay").last
    expect(page.locator(".pq-proposed-essay")).to_have_count(2)
    form.first.get_by_role("button", name="Replace").click()
    expect(page.locator(".pq-row-of[data-essay=kings] .pq-quote")).to_have_text(
        "The king took nothing at all.", timeout=WAIT
    )
    if ants.get_by_role("button", name="Add").count():
        ants.get_by_role("button", name="Add").click()
        expect(page.locator("#pq-message")).to_contain_text("has that name")
        forgive(visitor, 409)
    assert "scent" in (desk.corpus / "ants.md").read_text()
    ants.get_by_role("button", name="Replace").click()
    expect(page.locator(".pq-row-of[data-essay=ants] .pq-quote")).to_contain_text(
        "smell", timeout=WAIT
    )


def test_a_wrong_password_is_told_and_what_was_typed_can_be_mended(visit, desk):
    visitor = open_tab(visit, desk)
    page = visitor.page
    page.locator(".pq-login summary").click()
    page.fill(".pq-login-form [name=name]", "anna")
    page.fill(".pq-login-form [name=password]", "wrong")
    page.press(".pq-login-form [name=password]", "Enter")
    expect(page.locator("#pq-message")).to_contain_text("The name or the password is wrong.")
    forgive(visitor, 401)
    expect(page.locator(".pq-login-form [name=password]")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#pq-editor-title", timeout=WAIT)
    page.reload()
    page.wait_for_selector("#pq-editor-title", timeout=WAIT)  # still logged in
    assert page.evaluate("document.cookie") == ""


def test_a_session_that_is_over_is_told(visit, desk):
    visitor = open_tab(visit, desk)
    page = log_in(visitor)
    page.context.clear_cookies()
    page.locator("[data-edit=bees]").click()
    expect(page.locator("#pq-message")).to_contain_text("Log in as an editor first.")
    page.wait_for_selector(".pq-login")
    forgive(visitor, 401)


def test_the_progress_of_a_refresh_is_seen_and_visitors_are_answered(visit, desk, monkeypatch):
    may_go = threading.Event()
    refresh = desk.assistant.refresh

    def wait(progress=None):
        progress(0, 40)
        progress(10, 40)
        assert may_go.wait(60)
        return refresh(progress)

    monkeypatch.setattr(desk.assistant, "refresh", wait)
    page = log_in(open_tab(visit, desk))
    page.locator("[data-editor=refresh]").click()
    expect(page.locator(".pq-refreshing")).to_contain_text("Reading passages: 10 of 40")
    assert page.locator(".pq-refreshing progress").evaluate("p => p.value / p.max") == 0.25
    other = visit(address=desk.address)
    turn = other.ask("Why do bees dance?")
    expect(turn).to_contain_text("where the flowers are")
    may_go.set()
    expect(page.locator(".pq-refreshing")).to_contain_text("Nothing had changed.", timeout=WAIT)
    expect(page.locator(".pq-refreshing")).to_contain_text("broken.md: byte 4")


def test_a_file_that_is_put_into_the_folder_is_read_by_itself(visit, desk):
    visitor = open_tab(visit, desk)
    (desk.corpus / "ants.md").write_text(ANTS)
    for _ in range(60):
        if "ants" in [essay.id for essay in desk.assistant.essays()]:
            break
        visitor.page.wait_for_timeout(250)
    visitor.page.locator(".pq-list-form button").click()
    expect(visitor.page.locator(".pq-row-of[data-essay=ants]")).to_be_visible()


def test_a_hostile_file_is_shown_as_text_and_nothing_of_it_runs(visit, desk):
    visitor = open_tab(visit, desk)
    page = log_in(visitor)
    upload(page, hostile_md=HOSTILE)
    form = page.locator(".pq-proposed-essay")
    form.locator("summary").last.click()
    assert "<script>alert(4)</script>" in form.locator(".pq-split").text_content()
    title = form.locator("[name=title]").input_value()
    assert "<img src=x onerror=alert(1)>" in title
    form.locator(".pq-ask").click()
    expect(page.locator(".pq-row-of[data-essay=hostile] h3")).to_have_text(title, timeout=WAIT)
    page.locator(".pq-row-of[data-essay=hostile] [data-edit]").click()
    expect(page.locator(".pq-edit-form [name=author]")).to_have_value(
        "</article><script>alert(2)</script>"
    )
