"""The command: what is printed where, and the exit statuses."""

import json
import subprocess
import sys

import pytest

import pactqa
from pactqa import cli
from pactqa.essays.files import read_essay
from pactqa.models import choice
from pactqa.models.encoder import SentenceEncoder
from tests.conftest import FakeEncoder, FakeReader

FILES = {"bees.md": "---\ntitle: Bees\n---\n## Dance\n\nBees dance for flowers. Queens rest.\n"}


@pytest.fixture
def run(monkeypatch, tmp_path, write_corpus, capsys):
    """Runs the command on a small corpus; gives its exit status, its output and its errors."""
    write_corpus(FILES)
    monkeypatch.setattr(SentenceEncoder, "load", lambda: FakeEncoder())
    monkeypatch.setattr(choice, "load_reader", FakeReader)
    monkeypatch.setattr("pactqa.assistant.load_reader", FakeReader)
    monkeypatch.setenv("PACTQA_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("PACTQA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("COLUMNS", "100")

    def run_command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["pactqa", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capsys.readouterr()
        return int(stop.value.code or 0), printed.out, printed.err

    return run_command


def test_an_answer_is_printed_with_its_place(run):
    status, out, _ = run("ask", "bees dance flowers")
    assert status == 0
    assert "This passage mentions “bees”, “dance” and “flowers”." in out
    assert "Bees dance for flowers. Queens rest." in out
    assert "— Bees · Dance · ¶ 1" in out


def test_passages_nearby_are_said_to_be_no_answer(run, write_corpus):
    write_corpus({"kings.md": "# Tax\n\nKings met Stalin.\n\nPoland had a Hitler.\n"})
    near = ("ask", "Did Stalin of Poland tax the football of kings?")
    status, out, _ = run(*near)
    assert status == 0
    assert out.startswith("The essays may not answer this directly. The closest passages:")
    assert "The essays do not use the word “football”." in out
    assert "1. " in out


def test_json_is_the_contract_and_nothing_else_is_on_standard_output(run, tmp_path):
    status, out, _ = run("ask", "bees dance flowers", "--json")
    printed = json.loads(out)
    assert status == 0
    assert printed["status"] == "answered"
    (passage,) = printed["passages"]
    assert passage["quote"] == "Bees dance for flowers. Queens rest."
    assert passage["key_sentence"] == "Bees dance for flowers."
    text = read_essay(tmp_path / "corpus" / "bees.md").text
    assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_a_question_without_an_answer_ends_with_one(run):
    status, out, _ = run("ask", "football stadium")
    assert status == 1
    assert out.startswith("Nothing in the essays was found to be about this.")
    assert "The essays do not use the word “stadium”." in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "?"), "The question is empty"),
        (("ask", "bees", "--k", "0"), "from 1 to 20"),
        (("ask", "bees", "--essay", "wasps"), "The essays are: bees"),
        (("ask", "bees", "--corpus", "nowhere"), "there is no such folder"),
        (("evaluate", "--questions", "no.jsonl"), "no.jsonl"),
    ],
)
def test_an_error_is_one_message_and_two(run, arguments, message):
    status, out, err = run(*arguments)
    assert status == 2
    assert message in " ".join(err.split())
    assert out == ""


def test_index_says_what_it_did_and_check_what_it_would_do(run, write_corpus):
    assert run("index", "--check")[0] == 1
    status, out, _ = run("index")
    assert (status, "added  bees" in out) == (0, True)
    assert run("index", "--check")[0] == 0
    write_corpus({"bad.md": b"\xff", "bees.md": None, "kings.md": "Kings tax.\n"})
    status, out, err = run("index")
    assert status == 2  # one file was left out
    assert "added  kings" in out
    assert "removed  bees" in out
    assert "bad.md" in err


def test_essays_are_listed(run):
    assert "Bees" in run("essays")[1]
    (essay,) = json.loads(run("essays", "--json")[1])
    assert (essay["id"], essay["title"], essay["passages"]) == ("bees", "Bees", 1)


def test_evaluate_prints_figures(run, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "bees dance", "answer_doc": "bees"}\n', encoding="utf-8")
    status, out, _ = run("evaluate", "--questions", str(questions), "--json")
    assert status == 0
    assert json.loads(out)["hit@1"]["value"] == 1


def test_the_version_is_that_of_the_package(run):
    status, out, _ = run("--version")
    assert (status, out) == (0, f"pactqa {pactqa.__version__}\n")


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "pactqa", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"pactqa {pactqa.__version__}\n"


def test_without_a_command_help_is_shown(run):
    _, out, err = run()
    assert "Ask a folder of essays" in out + err


def test_a_bug_is_logged_with_its_traceback(run, monkeypatch, caplog):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("pactqa.assistant.Assistant.ask", fail)
    status, _, _ = run("ask", "bees")
    assert status == 2
    assert "ZeroDivisionError" in caplog.text
