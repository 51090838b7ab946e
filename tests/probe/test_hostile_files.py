"""Puts broken files of every kind beside good essays: each is named or quoted word for word.

`PACTQA_PROBE=long` makes five hundred instead of thirty.
"""

import os
import random

import pytest
from documents import make_docx, make_epub, make_odt, make_pdf

pytestmark = pytest.mark.probe

COUNT = 500 if os.environ.get("PACTQA_PROBE") == "long" else 30
GOOD = {
    "bees.md": "# Dance\nBees dance for flowers.\n\nThe queen rests in winter.\n",
    "kings.txt": "The king raised a tax.\n\nBread was dear.\n",
}
ENDINGS = ("md", "txt", "html", "docx", "pdf", "odt", "epub")
PIECES = (
    "<script>alert(1)</script>",
    "<div>" * 400,
    "{{ 7 * 7 }} {% raw %}",
    "![x](javascript:alert(1)) [[" * 20,
    "$$\\def\\x{\\x\\x}\\x$$",
    "---\ntitle: [[[[[[\n---\n",
    "---\na: &a [1]\nb: &b [*a,*a]\nc: [*b,*b,*b]\n---\n",
    "\u202e\u2066\ufeff\u0000\u001b[2J",
    "# " * 300,
    "> " * 500,
    "| - " * 500,
    "A-" * 2000,
    "\r\n\x0b\x0c\x85\u2028",
    "&#x0;&lt;&bogus;&#999999999;",
    "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>",
    "=cmd|' /C calc'!A0",
    "e\u0301" * 300,
)


def make_text(chance):
    pieces = chance.choices(PIECES, k=chance.randint(1, 4))
    words = "\n\n".join([*pieces, "Bees fly far.", *pieces[:1]])
    return words.encode(chance.choice(["utf-8", "utf-16", "utf-8-sig", "utf-7"]), "replace")


def make_document(chance):
    words = chance.choice(PIECES).replace("\0", "").replace("\x1b", "").replace("\x0b", "")
    words = words.replace("\x0c", "")
    body = f"<text:p>{'Bees fly far.'}</text:p>"
    return chance.choice(
        [
            lambda: make_docx(words, "Bees fly far."),
            lambda: make_pdf("Bees fly far.", "The end."),
            lambda: make_odt(body),
            lambda: make_epub("<p>Bees fly far.</p>" + words),
        ]
    )()


def break_it(content, chance):
    """Cuts a file, changes some of its bytes, doubles it, or puts something before it."""
    way = chance.randrange(5)
    if way == 0:
        return content[: chance.randrange(len(content) + 1)]
    if way == 1:
        changed = bytearray(content)
        for _ in range(chance.choice((1, 8, 200)) if changed else 0):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if way == 2:
        return content + content
    if way == 3:
        return chance.choice((b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"<html>")) + content
    return content


def test_broken_files_are_named_or_quoted_word_for_word(assistant, write_corpus, capsys):
    chance = random.Random(15)
    opened = assistant(GOOD)
    named = read = 0
    for first in range(0, COUNT, 10):
        broken = {}
        for number in range(first, min(first + 10, COUNT)):
            make = chance.choice((make_text, make_document, lambda c: c.randbytes(3000)))
            broken[f"x{number}.{chance.choice(ENDINGS)}"] = break_it(make(chance), chance)
        write_corpus(broken)
        report = opened.refresh()
        essays = {essay.file: essay for essay in opened.essays()}
        places = {error.place for error in report.errors}
        assert set(GOOD) <= set(essays), "the good ones stay"
        for name in broken:
            assert (name in essays) or (name in places), f"{name} is passed over in silence"
            named += name in places
            read += name in essays
        for essay in essays.values():
            for passage in opened.passages(essay.id):
                assert essay.text[passage.start : passage.end] == passage.text
        for error in report.errors:
            assert error.place in str(error), "it says where"
            assert "Traceback" not in str(error)
        assert opened.ask("Why do bees dance?").hits, "and are answered from"
        write_corpus(dict.fromkeys(broken))
    with capsys.disabled():
        print(f"\n{COUNT} broken files: {named} named, {read} read, none passed over, none wrong")
