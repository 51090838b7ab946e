import pytest

from pactqa.essays.encoded import EncodedText


@pytest.mark.parametrize(
    ("title", "heading", "whole", "heading_start", "passage_start"),
    [
        ("Bees", "Dance", "Bees\nDance\nThey fly.", 5, 11),
        ("Bees", "", "Bees\nThey fly.", 5, 5),
        ("", "Dance", "Dance\nThey fly.", 0, 6),
        ("", "", "They fly.", 0, 0),
    ],
)
def test_title_and_heading_stand_above_the_passage(
    title, heading, whole, heading_start, passage_start
):
    text = EncodedText(title, heading, "They fly.")
    assert text.whole == whole
    assert text.heading_start == heading_start
    assert text.passage_start == passage_start
    assert whole[passage_start:] == "They fly."
    assert whole[heading_start:passage_start].strip() == heading
