"""What editors do by the routes: nothing without a login, and each change told and undone."""

import json
import logging
import threading

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_passwords import PASSWORD, cheap_hash

from pactqa.web.corpus_state import CorpusState
from pactqa.web.editor_routes import UPLOAD_PATH, Editors, make_editor_routes
from pactqa.web.passwords import Accounts
from pactqa.web.refreshing import Refresher
from pactqa.web.routes import make_routes
from pactqa.web.sessions import COOKIE
from pactqa.web.suggestions import Suggester

BEES = "---\ntitle: Why bees dance\n---\n\nBees dance to show flowers.\n\nIn winter they sleep."
KINGS = "# Kings\n\nThe king took taxes of the people of Paris."
JSON, BYTES = "application/json", "application/octet-stream"

CHANGES = {
    "/editor/add": JSON,
    "/editor/discard": JSON,
    "/editor/edit": JSON,
    "/editor/logout": JSON,
    "/editor/propose?name=a.md": BYTES,
    "/editor/refresh": JSON,
    "/editor/remove": JSON,
    "/editor/restore": JSON,
}
SHOWN = ["/editor/essay?id=bees", "/editor/refresh", "/editor/removed"]


class Desk:
    """An app with one editor, and the parts that it is made of."""

    def __init__(self, opened):
        self.opened = opened
        self.state = CorpusState(opened)
        self.refresher = Refresher(opened, self.state)
        self.editors = Editors.of(Accounts({"anna": cheap_hash()}))
        self.routes = make_editor_routes(opened, self.editors, self.refresher)
        public = make_routes(opened, Suggester(opened), False, self.state, self.editors)
        self.app = Starlette(routes=[*public, *self.routes])
        self.client = self.new_client()
        self.csrf = ""

    def new_client(self, **options):
        return TestClient(self.app, **options)

    def log_in(self, name="anna", password=PASSWORD):
        reply = self.client.post("/editor/login", json={"name": name, "password": password})
        if reply.status_code == 204:
            text = self.client.get("/editor").text
            self.csrf = text.split('data-csrf="')[1].split('"')[0]
        return reply

    def post(self, path, value, **headers):
        body, kind = (value, BYTES) if isinstance(value, bytes) else (json.dumps(value), JSON)
        sent = {"content-type": kind, "x-csrf-token": self.csrf} | headers
        return self.client.post(path, content=body, headers=sent)

    def propose(self, content, name="ants.md"):
        reply = self.post(f"/editor/propose?name={name}", content)
        assert reply.status_code == 200, reply.text
        return reply.text, reply.text.split('data-proposal="')[1].split('"')[0]

    def files(self):
        corpus = self.opened.corpus
        return {p.name: p.read_bytes() for p in corpus.iterdir() if p.is_file()}

    def ids(self):
        self.refresher.wait(20)
        return [essay.id for essay in self.opened.essays()]


@pytest.fixture
def desk(assistant):
    made = Desk(assistant({"bees.md": BEES, "kings.md": KINGS}))
    yield made
    made.refresher.wait(20)


@pytest.fixture
def logged_in(desk):
    assert desk.log_in().status_code == 204
    return desk


def test_every_route_for_editors_is_tried_below(desk):
    routes = {(route.path, method) for route in desk.routes for method in route.methods}
    tried = {(path.split("?")[0], "POST") for path in CHANGES}
    tried |= {(path.split("?")[0], method) for path in SHOWN for method in ("GET", "HEAD")}
    free = {("/editor", "GET"), ("/editor", "HEAD"), ("/editor/login", "POST")}
    assert routes == tried | free
    assert UPLOAD_PATH in {path for path, _ in routes}


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("cookie", ["", "x", "../x"])
def test_nothing_is_changed_without_a_login(desk, path, cookie):
    before = desk.files()
    if cookie:
        desk.client.cookies.set(COOKIE, cookie)
    headers = {"content-type": CHANGES[path], "x-csrf-token": cookie}
    body = json.dumps({"essay": "bees", "proposal": "x", "name": "x"})
    reply = desk.client.post(path, content=body, headers=headers)
    assert (reply.status_code, reply.text) == (401, "Log in as an editor first.")
    assert (desk.files(), desk.refresher.state.number) == (before, 0)


@pytest.mark.parametrize("path", SHOWN)
def test_nothing_of_the_editors_is_shown_without_a_login(desk, path):
    assert desk.client.get(path).status_code == 401


def test_an_upload_without_a_login_is_refused_before_it_is_read(desk):
    read = []

    def body():
        for number in range(100):
            read.append(number)
            yield b"x" * 65536

    reply = desk.client.post("/editor/propose?name=a.md", content=body())
    assert reply.status_code == 401


def test_visitors_see_a_form_to_log_in_and_no_more(desk):
    text = desk.client.get("/editor").text
    assert "Log in" in text
    assert "data-csrf" not in text
    assert "data-edit" not in desk.client.get("/essays").text


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("token", ["", "wrong", "other", "ÿ"])
def test_a_change_needs_the_token_of_the_session_besides_the_cookie(logged_in, path, token):
    before = logged_in.files()
    if token == "other":
        token = logged_in.editors.sessions.begin("bob")[1].csrf
    headers = {"content-type": CHANGES[path]}
    headers |= {"x-csrf-token": token.encode("latin-1")} if token else {}
    body = json.dumps({"essay": "bees"})
    reply = logged_in.client.post(path, content=body, headers=headers)
    assert (reply.status_code, "Load the page again" in reply.text) == (403, True)
    assert (logged_in.files(), logged_in.refresher.state.number) == (before, 0)
    assert "data-csrf" in logged_in.client.get("/editor").text  # still logged in


@pytest.mark.parametrize("path", [*CHANGES, "/editor/login"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_what_a_form_of_another_site_could_send_is_refused(logged_in, path, kind):
    reply = logged_in.post(path, {"essay": "bees"}, **{"content-type": kind})
    assert reply.status_code == 415
    assert logged_in.refresher.state.number == 0


def test_the_cookie_is_for_this_page_only_and_no_script_reads_it(desk):
    cookie = desk.log_in().headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert desk.csrf not in cookie
    secure = desk.new_client(base_url="https://testserver")
    reply = secure.post("/editor/login", json={"name": "anna", "password": PASSWORD})
    assert "Secure" in reply.headers["set-cookie"]


def test_what_a_proxy_tells_of_the_visitor_counts(desk):
    sent = {"name": "anna", "password": PASSWORD}
    told = {"x-forwarded-proto": "http, https"}
    assert (
        "Secure" in desk.client.post("/editor/login", json=sent, headers=told).headers["set-cookie"]
    )
    for number in range(9):  # each a name of its own, so that only the address counts
        sent = {"name": f"n{number}", "password": "x"}
        told = {"x-forwarded-for": f"192.0.2.{number}, 198.51.100.7"}
        last = desk.client.post("/editor/login", json=sent, headers=told).status_code
    assert last == 429


def test_logging_in_again_ends_the_session_before(logged_in):
    before = logged_in.client.cookies[COOKIE]
    logged_in.log_in()
    assert logged_in.client.cookies[COOKIE] != before
    assert logged_in.editors.sessions.find(before) is None


def test_logging_out_ends_the_session_for_every_copy_of_its_cookie(logged_in):
    copied = logged_in.client.cookies[COOKIE]
    reply = logged_in.post("/editor/logout", {})
    assert reply.status_code == 204
    assert "Max-Age=0" in reply.headers["set-cookie"]
    logged_in.client.cookies.set(COOKIE, copied)
    assert logged_in.post("/editor/refresh", {}).status_code == 401


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("Anna", PASSWORD), ("bob", PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(desk, name, password, caplog):
    reply = desk.log_in(name, password)
    assert (reply.status_code, reply.text) == (401, "The name or the password is wrong.")
    assert "set-cookie" not in reply.headers
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b'{"name": "anna"}', b'{"name": ["anna"], "password": 1}']
)
def test_what_is_no_login_is_refused(desk, body):
    reply = desk.client.post("/editor/login", content=body, headers={"content-type": JSON})
    assert reply.status_code == 400
    body = b'{"name": "' + b"a" * 20_000 + b'", "password": ""}'
    reply = desk.client.post("/editor/login", content=body, headers={"content-type": JSON})
    assert reply.status_code == 413


def test_guessing_is_slowed_down_even_for_the_right_password(desk):
    for _ in range(5):
        assert desk.log_in(password="wrong").status_code == 401
    reply = desk.log_in()
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "2")
    assert reply.text == "Too many attempts. Wait 2 seconds, and try again."


def test_guessing_for_one_name_is_slowed_down_from_many_addresses(desk):
    replies = []
    for number in range(6):
        client = desk.new_client(client=(f"192.0.2.{number}", 1))
        sent = {"name": "anna", "password": "wrong"}
        replies.append(client.post("/editor/login", json=sent).status_code)
    assert replies == [401] * 5 + [429]
    other = desk.new_client(client=("192.0.2.9", 1))
    assert other.post("/editor/login", json={"name": "b", "password": ""}).status_code == 401


def test_a_right_password_forgets_the_wrong_ones_before(desk):
    for _ in range(3):
        for _ in range(4):
            desk.log_in(password="wrong")
        assert desk.log_in().status_code == 204


def test_a_flood_of_logins_keeps_no_thread_from_the_visitors(desk, monkeypatch):
    may_go, seen = threading.Event(), []

    def wait(name, password):
        seen.append(name)
        return may_go.wait(20) and False

    monkeypatch.setattr(desk.editors.accounts, "is_right", wait, raising=False)
    with desk.client as client:
        replies = []

        def try_name(number):
            sent = {"name": f"n{number}", "password": "x"}
            other = {"x-forwarded-for": f"192.0.2.{number}"}
            replies.append(client.post("/editor/login", json=sent, headers=other).status_code)

        desk.editors.by_address.begin = lambda key: 0.0
        threads = [threading.Thread(target=try_name, args=(n,)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(0.3)
        refused = sorted(replies)
        assert client.get("/essays").status_code == 200
        may_go.set()
        for thread in threads:
            thread.join(20)
    assert (len(seen), refused) == (8, [429] * 4)


def test_a_file_is_proposed_and_nothing_is_written(logged_in):
    before = logged_in.files()
    html, _ = logged_in.propose(b"# Ants & bees\n\nAnts walk.\n\n## Far\n\nThey go <b>far</b>.")
    assert 'name="title" maxlength="300" value="Ants &amp; bees"' in html
    assert "2 passages" in html
    assert ">Ants walk.</blockquote>" in html
    assert "<h4><bdi>Far</bdi></h4>" in html
    assert "They go &lt;b&gt;far&lt;/b&gt;." in html
    assert "Like an essay that is here" not in html
    assert (logged_in.files(), logged_in.refresher.state.number) == (before, 0)


def test_an_essay_like_one_that_is_here_is_told(logged_in):
    html, _ = logged_in.propose(BEES.encode(), "bees.md")
    assert "An essay of this name is here already" in html
    assert "Like an essay" not in html  # it is that essay
    html, _ = logged_in.propose(BEES.encode(), "other.md")
    assert "Like an essay that is here:" in html
    assert "100% of its words" in html
    assert 'href="?essay=bees"' in html
    assert "of this name is here already" not in html


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.md", b"bad \xff", "UTF-8"),
        ("photo.exe", b"MZ", "photo.exe: "),
        ("a.md", b"", "a.md: "),
        ("", b"", ""),
    ],
)
def test_a_file_that_is_no_essay_is_refused_by_name(logged_in, name, content, words):
    reply = logged_in.post(f"/editor/propose?name={name}", content)
    assert (reply.status_code, words in reply.text) == (400, True)
    assert str(logged_in.opened.corpus) not in reply.text


def test_a_file_that_is_too_large_is_refused(logged_in, monkeypatch):
    monkeypatch.setenv("PACTQA_ESSAY_BYTES", "1000")
    reply = logged_in.post("/editor/propose?name=a.md", b"x" * 1001)
    assert (reply.status_code, "1,000 bytes" in reply.text) == (413, True)


def test_a_proposal_is_added_as_it_was_edited_and_is_found(logged_in, caplog):
    caplog.set_level(logging.INFO)
    _, proposal = logged_in.propose(b"Ants walk far.")
    sent = {"proposal": proposal, "title": "On ants", "author": "Lee, Ann", "year": "2011"}
    reply = logged_in.post("/editor/add", sent)
    assert reply.json() == {"done": "On ants: added."}
    assert logged_in.ids() == ["ants", "bees", "kings"]
    essay = logged_in.opened.essays()[0]
    assert (essay.title, essay.author, essay.year) == ("On ants", "Lee, Ann", 2011)
    assert essay.text.strip() == "Ants walk far."
    assert "anna added On ants ants.md" in caplog.text
    assert logged_in.post("/editor/add", sent).status_code == 400  # once is enough


def test_what_is_wrong_with_a_field_is_told_and_the_proposal_stays(logged_in):
    _, proposal = logged_in.propose(b"Ants walk far.")
    sent = {"proposal": proposal, "title": "On ants", "author": "", "year": "MMXI"}
    reply = logged_in.post("/editor/add", sent)
    assert (reply.status_code, "The year is 'MMXI'" in reply.text) == (400, True)
    assert logged_in.post("/editor/add", {"proposal": proposal}).status_code == 400
    assert logged_in.post("/editor/add", sent | {"year": "2011"}).status_code == 200


def test_an_essay_is_replaced_only_when_that_is_said(logged_in):
    _, proposal = logged_in.propose(b"Bees fly.", "bees.md")
    sent = {"proposal": proposal, "title": "Bees", "author": "", "year": ""}
    reply = logged_in.post("/editor/add", sent)
    assert (reply.status_code, "bees.md has that name" in reply.text) == (409, True)
    assert str(logged_in.opened.corpus) + "/" not in reply.text
    assert logged_in.files()["bees.md"] == BEES.encode()
    assert logged_in.post("/editor/add", sent | {"replace": "yes"}).status_code == 409
    assert logged_in.post("/editor/add", sent | {"replace": True}).status_code == 200
    assert b"Bees fly." in logged_in.files()["bees.md"]
    assert "bees.md" in logged_in.client.get("/editor/removed").text


def test_a_proposal_belongs_to_its_session(logged_in):
    _, proposal = logged_in.propose(b"Ants walk far.")
    logged_in.log_in()
    sent = {"proposal": proposal, "title": "On ants", "author": "", "year": ""}
    reply = logged_in.post("/editor/add", sent)
    assert (reply.status_code, "Upload the file again" in reply.text) == (400, True)


def test_a_proposal_that_is_left_out_is_forgotten(logged_in):
    _, proposal = logged_in.propose(b"Ants walk far.")
    assert logged_in.post("/editor/discard", {"proposal": proposal}).status_code == 204
    sent = {"proposal": proposal, "title": "On ants", "author": "", "year": ""}
    assert logged_in.post("/editor/add", sent).status_code == 400


def test_what_is_said_of_an_essay_is_edited_and_its_text_is_not(logged_in):
    form = logged_in.client.get("/editor/essay?id=bees").text
    assert 'value="Why bees dance"' in form
    notes = [{"quote": "to show flowers", "note": "They do."}, {"quote": " ", "note": ""}]
    sent = {"essay": "bees", "title": "Bees", "author": "Lee, Ann", "year": "2011", "notes": notes}
    assert logged_in.post("/editor/edit", sent).json() == {"done": "Why bees dance: changed."}
    logged_in.ids()
    essay = next(e for e in logged_in.opened.essays() if e.id == "bees")
    assert (essay.title, essay.author, essay.year) == ("Bees", "Lee, Ann", 2011)
    assert [(note.quote, note.note) for note in essay.notes] == [("to show flowers", "They do.")]
    assert logged_in.files()["bees.md"].endswith(BEES.encode()[-50:])
    assert "They do." in logged_in.client.get("/editor/essay?id=bees").text


def test_a_title_that_was_not_changed_is_not_written(logged_in):
    sent = {"essay": "kings", "title": "Kings", "author": "", "year": "1999", "notes": []}
    assert logged_in.post("/editor/edit", sent).status_code == 200
    assert logged_in.files()["kings.md"].decode() == f"---\nyear: 1999\n---\n\n{KINGS}"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"essay": "gone"}, 400, "no such essay"),
        ({"essay": "../x"}, 400, "no such essay"),
        ({"essay": 3}, 400, '"essay"'),
        ({"year": "soon"}, 400, "The year is"),
        ({"notes": [{"quote": "not there", "note": "x"}]}, 400, "do not occur in the text"),
        ({"notes": [{"quote": "Bees", "note": ""}]}, 400, "Write both"),
        ({"notes": "x"}, 400, '"notes"'),
        ({"notes": [3]}, 400, '"quote"'),
        ({"title": "x" * 400}, 400, "Shorten it"),
    ],
)
def test_an_edit_that_cannot_be_is_told_and_changes_nothing(logged_in, changes, status, words):
    before = logged_in.files()
    sent = {"essay": "bees", "title": "Bees", "author": "", "year": "", "notes": []} | changes
    reply = logged_in.post("/editor/edit", sent)
    assert (reply.status_code, words in reply.text) == (status, True), reply.text
    assert str(logged_in.opened.corpus) + "/" not in reply.text
    assert logged_in.files() == before


def test_an_essay_is_removed_answers_no_more_and_is_restored(logged_in):
    ask = logged_in.opened.ask
    assert ask("Why do bees dance?").hits[0].essay.id == "bees"
    assert logged_in.post("/editor/remove", {"essay": "bees"}).status_code == 200
    assert logged_in.ids() == ["kings"]
    assert "bees" not in [hit.essay.id for hit in ask("Why do bees dance?").hits]
    listed = logged_in.client.get("/editor/removed").text
    name = listed.split('data-restore="')[1].split('"')[0]
    assert logged_in.post("/editor/restore", {"name": name}).json() == {
        "done": "bees.md: restored."
    }
    assert logged_in.ids() == ["bees", "kings"]
    assert logged_in.files()["bees.md"] == BEES.encode()
    reply = logged_in.post("/editor/restore", {"name": name})
    assert (reply.status_code, "not among" in reply.text) == (400, True)
    assert "Nothing was removed." in logged_in.client.get("/editor/removed").text


def test_a_refresh_tells_what_it_did_and_names_each_bad_file(logged_in, write_corpus):
    write_corpus({"bad <1>.md": b"\xff", "ants.md": "Ants walk.", "kings.md": None})
    reply = logged_in.post("/editor/refresh", {}).json()
    assert reply["number"] == 1
    logged_in.refresher.wait(20)
    ended = logged_in.client.get("/editor/refresh").json()
    assert not ended["running"]
    for words in ("Added: <bdi>ants<", "Removed: <bdi>kings<", "bad &lt;1&gt;.md: byte 0"):
        assert words in ended["html"]
    assert str(logged_in.opened.corpus) not in ended["html"]
    assert "1 file of the folder is not read" in logged_in.client.get("/essays").text
    assert "Files have changed" not in logged_in.client.get("/essays").text


def test_files_that_changed_since_are_told_to_editors(logged_in, write_corpus):
    write_corpus({"ants.md": "Ants walk."})
    logged_in.state.look_again(patience=20)
    assert "Files have changed" in logged_in.client.get("/essays").text
    assert "Files have changed" not in logged_in.new_client().get("/essays").text
