"""What kind of thing a question asks for, and which sentence says one."""

import pytest

from pactqa.search.kinds import says_wanted_kind


@pytest.mark.parametrize(
    ("question", "sentence", "says"),
    [
        ("When was it built?", "It was built in 1911.", True),
        ("When was it built?", "It was built of brick.", False),
        ("In which year did it open?", "It opened late in the century.", True),
        ("During which month did it open?", "It opened in July.", True),
        ("During which month did it open?", "It opened with a feast.", False),
        ("How many arches has it?", "It has seven arches.", True),
        ("How many arches has it?", "It has arches of stone.", False),
        ("Who built it?", "It was built by Anna Berg.", True),
        ("Who built it?", "Anna Berg built it.", True),
        ("Who built it?", "It was built by slaves.", False),
        ("Why was it built?", "It was built of brick.", True),
        ("Tell me how it looks", "Tall.", True),
        ("", "Tall.", True),
    ],
)
def test_a_sentence_says_the_kind_of_thing_asked_for(question, sentence, says):
    assert says_wanted_kind(question, sentence) is says
