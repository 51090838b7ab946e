"""The commands about claims: what is printed, what is written, and the exit statuses."""

import io
import json

import docx
import pytest

from pactqa import cli
from pactqa.export.sheet_json import read_sheet
from pactqa.models import choice
from pactqa.models.encoder import SentenceEncoder
from tests.conftest import FITTED, FakeEncoder, FakeReader

FILES = {
    "bees.md": "---\ntitle: Bees\n---\n## Dance\n\n"
    "Bees never dance because of flowers. They rest.\n"
}


@pytest.fixture
def run(monkeypatch, tmp_path, write_corpus, capfdbinary):
    """Runs the command on a small corpus; gives its exit status, its output and its errors."""
    write_corpus(FILES)
    monkeypatch.setattr(SentenceEncoder, "load", lambda exports: FakeEncoder())
    monkeypatch.setattr(choice, "load_reader", lambda exports: FakeReader())
    monkeypatch.setattr("pactqa.assistant.load_fitted", lambda: FITTED)
    monkeypatch.setenv("PACTQA_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("PACTQA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("PACTQA_NLI", raising=False)

    def run_command(*arguments: str) -> tuple[int, bytes, str]:
        monkeypatch.setattr("sys.argv", ["pactqa", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capfdbinary.readouterr()
        return int(stop.value.code or 0), printed.out, printed.err.decode()

    return run_command


def test_the_evidence_is_printed_with_its_difference(run):
    status, out, _ = run("check", "Bees dance because of flowers in football.")
    text = out.decode()
    assert status == 0
    assert "The essays do not use the word “football”." in text
    assert " 1. Bees never dance because of flowers." in text
    assert "— Bees · Dance · ¶ 1" in text
    assert "The claim says “dance”, the essay “never dance”." in text


class FakeNli:
    """Takes a sentence alone to contradict, more of the essay to support."""

    name = "fake nli"

    def judge(self, claim, texts):
        return ["supports" if "rest" in text else "contradicts" for text in texts]


def test_a_model_s_reading_of_sentence_and_passage_is_shown_and_written(run, monkeypatch):
    claim = "Bees dance because of flowers."
    monkeypatch.setattr("pactqa.assistant.load_nli", FakeNli)
    said = "the sentence contradicts the claim, its whole passage supports the claim."
    assert said in " ".join(run("check", claim)[1].decode().split())
    (passage,) = json.loads(run("check", claim, "--json")[1])["passages"]
    assert (passage["stance"], passage["sentences"][0]["stance"]) == ("supports", "contradicts")
    assert said in run("check", claim, "--format", "md")[1].decode().replace("\\", "")
    row = run("check", claim, "--format", "csv")[1].decode().splitlines()[1]
    assert '"contradicts","supports",""' in row


def test_nothing_found_ends_with_one(run):
    status, out, _ = run("check", "Football needs a stadium.")
    assert status == 1
    assert b"Nothing in the essays was found" in out


def test_json_of_one_claim_is_the_contract(run):
    status, out, _ = run("check", "Bees dance because of flowers.", "--json")
    printed = json.loads(out)
    assert status == 0
    assert list(printed)[:3] == ["claim", "status", "missing"]
    assert printed["passages"][0]["stance"] is None


def test_a_file_gives_its_claims_and_its_quotations(run, tmp_path, write_corpus):
    file = tmp_path / "student.txt"
    file.write_text(
        "I will show it here. Bees dance because of flowers. "
        "“Bees sometimes dance because of flowers”.",
        encoding="utf-8",
    )
    status, out, _ = run("check", "--file", str(file), "--json")
    printed = json.loads(out)
    assert status == 0
    assert [one["claim"] for one in printed["claims"]] == ["Bees dance because of flowers."]
    (quotation,) = printed["quotations"]
    assert quotation["status"] == "nearly"
    write_corpus({"kings.md": "Kings tax bread.\n"})
    only = json.loads(run("check", "--file", str(file), "--essay", "kings", "--json")[1])
    assert only["claims"][0]["passages"] == []
    assert only["quotations"] == [quotation]  # what it says of them holds for every essay
    assert quotation["places"][0]["changes"] == [{"quoted": "sometimes", "essay": "never"}]
    text = run("check", "--file", str(file))[1].decode()
    assert "“sometimes” for “never”" in text


@pytest.mark.parametrize("kind", ["md", "csv", "json"])
def test_a_sheet_goes_to_standard_output(run, kind):
    status, out, _ = run("check", "Bees dance because of flowers.", "--format", kind)
    assert status == 0
    assert b"Bees never dance because of flowers" in out


def test_the_style_is_that_of_the_option_or_else_of_the_setting(run, monkeypatch):
    arguments = ("check", "Bees dance because of flowers.", "--format", "md")
    monkeypatch.setenv("PACTQA_STYLE", "apa")
    assert b"## References" in run(*arguments)[1]
    assert b"## References" in run("reasons", "--format", "md")[1]
    assert b"## Bibliography" in run(*arguments, "--style", "chicago")[1]


def test_markdown_has_the_best_sentences_unless_a_number_is_asked_for(run, write_corpus):
    write_corpus({"bees.md": "Bees dance.\n\nBees dance far.\n\nBees dance here and now.\n"})
    count = lambda *more: run("check", "Bees dance.", "--format", *more)[1].count(b"> Bees")  # noqa: E731
    assert count("md") == 2
    assert count("md", "--k", "3") == 3
    assert run("check", "Bees dance.", "--format", "csv")[1].count(b'"Bees dance') == 6


def test_a_sheet_goes_into_a_file(run, tmp_path):
    file = tmp_path / "sheet"
    assert run("check", "Bees dance.", "--format", "docx", "-o", str(file))[:2] == (0, b"")
    texts = [p.text for p in docx.Document(io.BytesIO(file.read_bytes())).paragraphs]
    assert "Bees never dance because of flowers. (“Bees,” par. 1)" in texts
    run("check", "Bees dance.", "--format", "json", "-o", str(file))
    assert read_sheet(file.read_bytes()).claims[0].claim == "Bees dance."


def test_reasons_are_printed_and_written(run, tmp_path):
    status, out, _ = run("reasons")
    assert status == 0
    assert "Bees never dance because of flowers." in " ".join(
        out.decode().replace("│", " ").split()
    )
    status, out, _ = run("reasons", "--format", "csv")
    assert (status, b'"Dance","Bees"' in out) == (0, True)
    file = tmp_path / "reasons.docx"
    assert run("reasons", "--format", "docx", "--output", str(file))[0] == 0
    assert docx.Document(io.BytesIO(file.read_bytes())).tables


def test_essays_without_reasons_end_with_one(run, write_corpus):
    write_corpus({"bees.md": "Bees dance.\n"})
    status, out, _ = run("reasons")
    assert (status, out.decode().strip()) == (1, "No essay gives a reason a section of its own.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check",), "There is no claim to check"),
        (("check", "?"), "The claim is empty"),
        (("check", "--file", "nowhere.txt"), "nowhere.txt: cannot be opened"),
        (("check", "--file", "nowhere.txt", "--format", "pdf"), "There is no format 'pdf'"),
        (("check", "Bees dance.", "--format", "docx"), "A Word document needs a file"),
        (("check", "Bees dance.", "-o", "x"), "A file is written in a format"),
        (
            ("check", "Bees dance.", "--style", "harvard"),
            "--style is 'harvard'. Set it to",
        ),
        (("check", "Bees dance.", "--format", "md", "-o", "/nowhere/x"), "cannot be written"),
        (("check", "Bees dance.", "--k", "0"), "from 1 to 20, not 0"),
        (("reasons", "--format", "json"), "There is no format 'json'"),
        (("reasons", "--essay", "wasps"), "There is no essay 'wasps'"),
    ],
)
def test_an_error_is_one_message_and_two(run, arguments, message):
    status, out, err = run(*arguments)
    assert (status, out) == (2, b"")
    assert message in " ".join(err.split())
    assert "Traceback" not in err


def test_a_wrong_model_for_stances_is_one_message_and_two(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PACTQA_NLI", str(tmp_path))
    status, _, err = run("check", "Bees dance.")
    assert status == 2
    assert "PACTQA_NLI" in err
    assert "Traceback" not in err
