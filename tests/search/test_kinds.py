"""What kind of thing a question asks for, and which sentence says one."""

import pytest

from pactqa.search.kinds import find_kinds, says_kinds
from pactqa.search.query import find_subject_words


def says(question, sentence):
    return says_kinds(find_kinds(question), sentence, find_subject_words(question))


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When was it built?", ["time"]),
        ("“When was it built?”", ["time"]),
        ("WHEN?", ["time"]),
        ("In which year did it open?", ["time"]),
        ("during which month did it open?", ["time"]),
        ("From what century is it?", ["time"]),
        ("What date is it?", ["time"]),
        ("It was built when?", ["time"]),
        ("It was opened in which year?", ["time"]),
        ("How many arches has it?", ["number"]),
        ("Tell me how long it is", ["number"]),
        ("Who built it?", ["person"]),
        ("Whose bridge is it?", ["person"]),
        ("For which people was it built?", ["person"]),
        ("It was built by who?", ["person"]),
        ("Where is it?", ["place"]),
        ("It is where?", ["place"]),
        ("In which city did they meet?", ["place"]),
        ("What country is it in?", ["place"]),
        ("Which language is it written in?", ["language"]),
        ("What languages did he know?", ["language"]),
        ("Who built it, and in which year?", ["time", "person"]),
        ("Which year, and in what river?", ["time", "place"]),
        ("Why was it built when it was?", []),
        ("Why did the man who built it die?", []),
        ("Is it known where he died, or not?", []),
        ("How was it built?", []),
        ("Whenever was it?", []),
        ("Nowhere near", []),
        ("", []),
    ],
)
def test_the_kinds_that_a_question_asks_for(question, kinds):
    assert [kind.name for kind in find_kinds(question)] == kinds


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When was it built?", "It was built in 1911.", True),
        ("When was it built?", "It was built on the 2nd.", True),
        ("When was it built?", "It was built of 12 bricks.", False),
        ("When was it built?", "It was built of brick.", False),
        ("In which year did it open?", "It opened late in the century.", True),
        ("During which month did it open?", "It opened in July.", True),
        ("During which month did it open?", "It opened with a feast.", False),
        ("How many arches has it?", "It has seven arches.", True),
        ("How many arches has it?", "It has 7 arches.", True),
        ("How many arches has it?", "It has arches of stone.", False),
        ("Who built it?", "It was built by Anna Berg.", True),
        ("Who built it?", "Anna Berg built it.", True),
        ("Who built it?", "It was built by slaves.", False),
        ("Where is it?", "It stands in Paris.", True),
        ("Where is it?", "It lies Near the Rhine.", True),
        ("Where is it?", "It is north of the river.", True),
        ("Where is it?", "It is in use.", False),
        ("Where is it?", "Anna Berg built it.", False),
        ("Which language did she speak?", "She spoke Hebrew at home.", True),
        ("Which language did she speak?", "She spoke softly.", False),
        ("Which language did she speak?", "She spoke english.", False),
        ("Why was it built?", "It was built of brick.", True),
        ("Tell me how it looks", "Tall.", True),
        ("", "Tall.", True),
        ("", "", True),
        ("When was it?", "", False),
    ],
)
def test_a_sentence_says_the_kind_of_thing_asked_for(question, sentence, expected):
    assert says(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When after 1911 was it built?", "After 1911 it was built.", True),  # "after" may say when
        ("Who met Hitler?", "There he met Hitler.", False),
        ("Who met Hitler?", "There he met HITLER.", False),
        ("Who met Hitler?", "In Munich Hitler was met.", True),
        ("Who met Anna Berg?", "There they met Anna Berg.", False),
        ("Who met Anna?", "Anna Berg was met.", True),  # one word more than was asked
        ("How many of the 7 arches fell?", "All 7 arches fell.", False),
        ("How many of the 7 arches fell?", "Of 7 arches 3 fell.", True),
        ("Who was in Paris, and where?", "It was in Paris.", True),  # a place of two words
    ],
)
def test_a_thing_that_the_question_names_is_not_what_it_asks_for(question, sentence, expected):
    assert says(question, sentence) is expected


def test_one_of_several_kinds_is_enough():
    kinds = find_kinds("Who built it, and in which year?")
    assert says_kinds(kinds, "Anna Berg did.", ())
    assert says_kinds(kinds, "It was in 1911.", ())
    assert not says_kinds(kinds, "It was of brick.", ())
