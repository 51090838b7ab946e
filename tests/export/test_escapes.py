"""What is disarmed is the same in every file, an answer's or a sheet's."""

import pytest

from pactqa.export.escapes import disarm_cell, plain_xml


@pytest.mark.parametrize("cell", ["=1+1", "\u200b=1+1", "\u00ad@a", " ＝1", "\tone", "|a"])
def test_a_cell_that_a_spreadsheet_would_compute_is_disarmed(cell):
    assert disarm_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["one = 1", "\u200bone", "", "“=1+1”"])
def test_another_one_stays_as_it_is(cell):
    assert disarm_cell(cell) == cell


def test_what_xml_cannot_hold_leaves_a_mark():
    assert plain_xml("a\x00b\tc\ud800") == "a\ufffdb\tc\ufffd"
