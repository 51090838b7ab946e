"""Kills refreshes at random moments and deletes the index under questions: no quotation is wrong.

`PACTQA_PROBE=long` kills 500 refreshes instead of fifteen, and changes and deletes the index 200
times under questions instead of ten.
"""

import multiprocessing
import os
import random
import runpy
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from pactqa import Assistant
from pactqa.errors import PactqaError

pytestmark = pytest.mark.probe

CONFTEST = str(Path(__file__).parents[1] / "conftest.py")
LONG = os.environ.get("PACTQA_PROBE") == "long"
KILLS, CHANGES = (500, 200) if LONG else (15, 10)
WORDS = "bees flowers honey winter hive queen dance king tax bread paris debt treaty".split()
QUESTIONS = ("why do bees dance", "king tax bread", "honey in winter", "who was the queen")


def open_assistant(corpus, index):
    """Opens an Assistant with the small models of the tests, in whatever process this is."""
    made = runpy.run_path(CONFTEST)
    return Assistant(corpus, index, made["FakeEncoder"](), made["FakeReader"](), made["FITTED"])


def refresh(corpus, index):
    open_assistant(corpus, index).refresh()


def write_essay(file, chance):
    paragraphs = [
        " ".join(chance.choices(WORDS, k=chance.randint(4, 12))).capitalize() + "."
        for _ in range(chance.randint(1, 6))
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(paragraphs), "utf-8")


def change(corpus, chance):
    """Adds, changes, renames and removes some essays; one is always left."""
    files = sorted(corpus.rglob("*.md"))
    for _ in range(chance.randint(1, 4)):
        file = chance.choice(files)
        match chance.randrange(4):
            case 0:
                write_essay(corpus / f"essay-{chance.randrange(40)}.md", chance)
            case 1 if file.exists():
                write_essay(file, chance)
            case 2 if file.exists():
                file.rename(corpus / f"renamed-{chance.randrange(40)}.md")
            case 3 if file.exists() and len(list(corpus.rglob("*.md"))) > 3:
                file.unlink()


def check_quotations(assistant, corpus):
    """Asks; every quotation must stand in its essay's file. Gives how many there were."""
    count = 0
    for question in QUESTIONS:
        for hit in assistant.ask(question, k=20).hits:
            text = (corpus / hit.essay.file).read_text("utf-8")
            assert text[hit.passage.start : hit.passage.end] == hit.passage.text
            count += 1
    return count


def check_whole(assistant, corpus):
    """The index must have every paragraph of every file, and no other."""
    indexed = [p.text for essay in assistant.essays() for p in assistant.passages(essay.id)]
    wanted = [p for f in corpus.rglob("*.md") for p in f.read_text("utf-8").split("\n\n")]
    assert sorted(indexed) == sorted(wanted)


def test_refreshes_killed_at_random_moments(tmp_path, capsys):
    chance, corpus, index = random.Random(0), tmp_path / "corpus", tmp_path / "index"
    for number in range(8):
        write_essay(corpus / f"essay-{number}.md", chance)
    refresh(corpus, index)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pactqa.assistant", "pytest"])
    longest, killed, quotations = 1.0, 0, 0
    for number in range(KILLS):
        change(corpus, chance)
        started = time.perf_counter()
        process = context.Process(target=refresh, args=(corpus, index))
        process.start()
        if number > 1:  # the second one tells how long one takes
            process.join(chance.uniform(0, longest))
        else:
            process.join(60)
            longest = time.perf_counter() - started
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        killed += process.exitcode == -signal.SIGKILL
        assert process.exitcode in (0, -signal.SIGKILL)
        assistant = open_assistant(corpus, index)
        quotations += check_quotations(assistant, corpus)
        if number % 5 == 4:
            assistant.refresh()
            check_whole(assistant, corpus)
    with capsys.disabled():
        print(f"\n{killed} refreshes killed: {quotations} quotations, none wrong; none missing")
    assert killed
    assert quotations


def test_the_index_is_deleted_and_refreshed_under_questions(tmp_path, capsys):
    chance, corpus, index = random.Random(1), tmp_path / "corpus", tmp_path / "index"
    for number in range(8):
        write_essay(corpus / f"essay-{number}.md", chance)
    assistant = open_assistant(corpus, index)
    assistant.refresh()
    wrong, refused, counts = [], [], [0, 0]
    ended = threading.Event()

    def ask():
        at = random.Random(threading.get_ident())
        while not ended.is_set():
            try:
                answer = assistant.ask(at.choice(QUESTIONS), k=20)
            except PactqaError as error:
                refused.append(str(error))
                continue
            counts[0] += 1
            for hit in answer.hits:
                counts[1] += 1
                passage = hit.passage
                if hit.essay.text[passage.start : passage.end] != passage.text:
                    wrong.append((answer.question, passage))
                if not passage.start <= hit.key_sentence.start < hit.key_sentence.end:
                    wrong.append((answer.question, hit.key_sentence))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(CHANGES):
            if number % 3 == 2:
                shutil.rmtree(index, ignore_errors=True)
            else:
                change(corpus, chance)
            open_assistant(corpus, index).refresh()  # as another process does
            removed = {essay.file for essay in assistant.essays()} - {
                str(file.relative_to(corpus)) for file in corpus.rglob("*.md")
            }
            assert removed == set()
            quoted = check_quotations(assistant, corpus)
            assert quoted
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    check_whole(assistant, corpus)
    with capsys.disabled():
        print(
            f"\n{CHANGES} changes under {counts[0]} questions: {counts[1]} quotations, "
            f"{len(wrong)} wrong; {len(refused)} questions refused"
        )
    assert wrong == []
    # A folder that is deleted while it is written to may fail a question; each says what to do.
    assert all("no other 'pactqa index'" in error or "damaged" in error for error in refused)
    assert len(refused) <= counts[0] / 10
