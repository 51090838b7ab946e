"""Flips bytes at random in the files of an index: nothing wrong is quoted, and all is mended.

`PACTQA_PROBE=long` makes a thousand flips instead of sixty.
"""

import os
import random
import shutil

import pytest

from pactqa.answer import render_json

pytestmark = pytest.mark.probe

FILES = {
    "bees.md": "# Dance\nBees dance for flowers.\n\nThe queen rests in winter.\n",
    "honey.md": "Honey is made of nectar by bees.\n\nBees need flowers, too.\n",
    "kings.txt": "The king raised a tax.\n\nBread was dear.\n",
}
QUESTIONS = ("king tax bread", "why do bees dance", "honey", "nothing of the kind")
FLIPS = 1000 if os.environ.get("PACTQA_PROBE") == "long" else 60


def test_flipped_bytes_of_the_index_are_noticed_and_mended(assistant, tmp_path, capsys):
    opened = assistant(FILES)
    wanted = [render_json(opened.ask(question, k=20)) for question in QUESTIONS]
    whole, chance = tmp_path / "whole", random.Random(0)
    shutil.copytree(tmp_path / "index", whole)
    unnoticed = 0
    for _ in range(FLIPS):
        shutil.rmtree(tmp_path / "index")
        shutil.copytree(whole, tmp_path / "index")
        file = chance.choice(sorted((tmp_path / "index").iterdir()))
        content = bytearray(file.read_bytes())
        if not content:
            continue
        for _ in range(chance.choice((1, 1, 3, 40))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        damaged = assistant({})
        assert [render_json(damaged.ask(question, k=20)) for question in QUESTIONS] == wanted
        unnoticed += file.exists() and file.read_bytes() == bytes(content)
    with capsys.disabled():
        print(f"\n{FLIPS} damaged indexes: no wrong quotation; {unnoticed} harmless, else mended")
