"""What the script that measures word lists puts other values in the place of is there."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_word_lists.py"


@pytest.fixture(scope="module")
def script():
    before = list(sys.path)
    spec = importlib.util.spec_from_file_location("measure_word_lists", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


def test_every_place_that_is_named_is_there(script):
    for places in script.LISTS.values():
        with script.replaced(places):
            for place, value in places.items():
                module, _, name = f"pactqa.{place}".rpartition(".")
                assert getattr(sys.modules[module], name) is value


def test_stop_words_are_taken_out_where_they_are_looked_up(script):
    places = set(script.LISTS["stop words"])
    source = SCRIPT.parents[1] / "src" / "pactqa"
    users = {
        f"search.{file.stem}.STOP_WORDS"
        for file in (source / "search").glob("*.py")
        if "STOP_WORDS" in file.read_text(encoding="utf-8")
    }
    assert users <= places
