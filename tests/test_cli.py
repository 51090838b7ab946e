"""The command: what is printed where, and the exit statuses."""

import io
import json
import re
import subprocess
import sys

import pytest
from rich.console import Console

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
    monkeypatch.setattr(SentenceEncoder, "load", lambda exports: FakeEncoder())
    monkeypatch.setattr(choice, "load_reader", lambda exports: FakeReader())
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
    assert "1. Bees · Dance · paragraph 1\n" in out


def test_what_is_piped_is_plain_and_nothing_in_it_is_wrapped(run, write_corpus, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    long = "Bees dance for flowers " + "of every kind " * 10 + "until they rest."
    write_corpus({"bees.md": f"---\ntitle: Bees\n---\n## Dance\n\n{long} Queens rest.\n"})
    status, out, _ = run("ask", "Why do bees dance flowers?", "--style", "apa")
    assert status == 0
    assert out.split("\n\n")[1].splitlines() == [
        "1. Bees · Dance · paragraph 1",
        f"{long} Queens rest.",
        f"Key sentence: {long}",
        "Citation: (Bees, n.d., para. 1)",
    ]
    assert out.split("\n\n")[2].splitlines() == [
        "References:",
        "Bees. (n.d.).",
        "“Bees”: This copy does not name its author, date, site or address.",
    ]
    assert "\x1b" not in out


def test_in_a_terminal_the_key_sentence_is_underlined(run, monkeypatch):
    monkeypatch.setattr(cli, "_out", Console(force_terminal=True, width=60, highlight=False))
    _, out, _ = run("ask", "Why do bees dance flowers?")
    assert "\x1b[1;4mBees dance for flowers.\x1b[0m" in out
    assert "(“Bees,” par. 1)" in out
    assert "Works Cited:" in out


def test_a_terminal_without_styles_gets_plain_text(run, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(cli, "_out", Console(force_terminal=True))
    _, out, _ = run("ask", "Why do bees dance flowers?")
    assert "\nKey sentence: Bees dance for flowers.\n" in out


def test_words_without_quotation_marks_are_one_question(run):
    _, out, _ = run("ask", "Why", "do", "bees", "dance?", "--k", "1", "--json")
    assert json.loads(out)["question"] == "Why do bees dance?"


@pytest.mark.parametrize(
    ("piped", "question"),
    [
        (b"Why do bees dance?\n", "Why do bees dance?"),
        (b"\xef\xbb\xbfWhy do\r\n  bees dance?\r\n", "Why do bees dance?"),
        (b"Why do bees dance \xff?", "Why do bees dance ?"),
    ],
)
def test_a_question_is_read_from_a_pipe(run, monkeypatch, piped, question):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped)))
    _, out, _ = run("ask", "-", "--json")
    assert json.loads(out)["question"].replace(" ??", " ?") == question


@pytest.mark.parametrize(
    ("piped", "message"), [(b"", "The question is empty"), (b"bees " * 9999, "Shorten it")]
)
def test_a_pipe_without_a_question_or_with_too_much_is_refused(run, monkeypatch, piped, message):
    pipe = io.BytesIO(piped)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(pipe))
    status, _, err = run("ask", "-")
    assert (status, message in " ".join(err.split())) == (2, True)
    assert pipe.tell() <= 40_001  # a pipe may have no end


@pytest.mark.parametrize("name", ["lesson.md", "lesson.CSV", "lesson.docx"])
def test_an_answer_is_written_to_a_file_of_the_kind_that_its_name_says(run, tmp_path, name):
    file = tmp_path / name
    status, out, err = run("ask", "bees dance flowers", "-o", str(file))
    assert (status, out) == (0, "")
    assert name in err
    content = file.read_bytes()
    assert content.startswith({"lesson.md": b"# ", "lesson.CSV": b"\xef\xbb"}.get(name, b"PK"))
    assert name == "lesson.docx" or b"Queens rest" in content


def test_what_was_printed_is_what_is_written_folded_passages_too(run, tmp_path, write_corpus):
    write_corpus({"bees.md": "\n\n".join(f"Bees dance {n}." for n in range(6))})
    assert run("ask", "Why do bees dance?", "--k", "6")[1].count("Citation: ") == 6
    run("ask", "Why do bees dance?", "--k", "6", "-o", str(tmp_path / "all.md"))
    assert (tmp_path / "all.md").read_text(encoding="utf-8").count("\n> <strong>") == 6


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
        (("ask", "bees", "--style", "harvard"), "one of: mla, chicago, apa"),
        (("ask", "bees", "-o", "bees.pdf"), "end with one of: .md, .csv, .docx"),
        (("ask", "bees", "-o", "no/where/bees.md"), "cannot be written"),
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


def test_index_names_what_cannot_be_read_and_keeps_it(run, write_corpus, forbid):
    corpus = write_corpus({"sub/wasps.md": "Wasps sting.", "scan.png": "x", "bees.md": "Bees."})
    run("index")
    forbid(corpus / "sub", corpus / "sub" / "wasps.md")
    for arguments in (("index", "--check"), ("index",)):
        code, out, err = run(*arguments)
        assert code == 2
        assert "kept  sub-wasps" in out
        assert "sub: cannot be read (Permission denied)" in err
        assert "Kept as it was:" in err
        assert "Left out:" not in err
        assert "scan.png is of a kind that is not read (.md, .markdown, .txt, .html," in err
    write_corpus({"kings.md": "The king."})
    code, out, err = run("index", "--check")
    assert code == 1  # a stale index is said before what cannot be read
    assert "new  kings" in out
    assert "Kept as it was:" in err
    run("index")
    _, out, _ = run("essays")
    assert "cannot be opened now; quoted as it was read last" in out
    _, out, err = run("ask", "wasps sting")
    assert "Wasps sting." in out
    assert "sub-wasps cannot be opened now; quoted as it was read last" in err


def test_an_interrupted_index_says_what_became_of_it(run, monkeypatch):
    def refresh(self, progress=None):
        raise KeyboardInterrupt

    monkeypatch.setattr("pactqa.assistant.Assistant.refresh", refresh)
    status, _, err = run("index")
    assert status == 130
    assert "Interrupted: the index is as it was." in err


def test_a_file_that_is_no_essay_any_more_is_kept_but_not_quoted(run, write_corpus):
    write_corpus({"wasps.md": "Wasps sting.", "bees.md": "Bees."})
    run("index")
    write_corpus({"wasps.md": b"\xff\xfe\xff", "new.md": b"\xff\xfe\xff"})
    _, _, err = run("index")
    lines = err.splitlines()
    assert [line.split(":")[0] for line in lines if "wasps.md" in line] == ["Kept as it was"]
    assert [line.split(":")[0] for line in lines if "new.md" in line] == ["Left out"]
    assert "not quoted until it is one again" in run("essays")[1]
    assert "Wasps sting." not in run("ask", "wasps sting")[1]


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


@pytest.mark.parametrize("port", ["99999", "-5", "0", "abc", "1.5"])
def test_a_port_that_is_none_is_refused(run, monkeypatch, port):
    monkeypatch.setenv("PACTQA_PORT", port)
    status, out, err = run("serve")
    assert status == 2
    assert "PACTQA_PORT" in err
    assert "Traceback" not in err + out


@pytest.mark.parametrize("name", ["PACTQA_CORPUS", "PACTQA_INDEX"])
def test_a_folder_whose_name_is_too_long_is_an_error_like_any_other(run, monkeypatch, name):
    monkeypatch.setenv(name, "a" * 5_000)
    status, out, err = run("ask", "bees")
    assert status == 2
    assert out == ""
    assert "Error:" in err
    assert len(err) < 1_000


def test_an_index_that_is_a_file_is_an_error_like_any_other(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("PACTQA_INDEX", str(tmp_path / "file"))
    status, _, err = run("ask", "bees")
    assert status == 2
    assert "cannot be opened or written" in " ".join(err.split())


def test_essays_are_listed(run):
    assert "Bees" in run("essays")[1]
    (essay,) = json.loads(run("essays", "--json")[1])
    assert (essay["id"], essay["title"], essay["passages"]) == ("bees", "Bees", 1)


def test_the_id_of_an_essay_is_on_a_line_of_its_own_however_long(run, write_corpus, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    name = "-".join(["long"] * 30)
    write_corpus({f"{name}.md": "Bees dance."})
    console = Console(force_terminal=True, no_color=True, highlight=False)
    monkeypatch.setattr("pactqa.cli_corpus._out", console)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run("essays")[1])
    assert name in plain.splitlines()


def test_completion_is_offered_for_the_shell(run, monkeypatch):
    # Else it is the shell that the tests were started from, if any.
    monkeypatch.setattr("shellingham.detect_shell", lambda *_: ("bash", "/bin/bash"))
    _, out, _ = run("--show-completion")
    assert "COMP_WORDS" in out


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
