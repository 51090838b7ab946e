"""`pactqa editor`: makes an entry that lets an editor log in."""

import subprocess
import sys

import pytest

from pactqa.web.passwords import Accounts


def run(name, typed):
    command = [sys.executable, "-m", "pactqa", "editor", name]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120)


def test_the_entry_is_alone_on_standard_output_and_lets_the_editor_in(monkeypatch):
    done = run("anna", "one two three\n")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "one two" not in done.stdout
    assert "PACTQA_EDITORS" in done.stderr
    monkeypatch.setenv("PACTQA_EDITORS", done.stdout)
    accounts = Accounts.from_setting()
    assert accounts.is_right("anna", "one two three")


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [("an na", "one two three\n", "cannot be the name"), ("anna", "short\n", "Choose one of 10")],
)
def test_what_cannot_be_an_editor_is_refused(name, typed, words):
    done = run(name, typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
