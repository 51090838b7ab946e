"""Follow-up questions: which lean on the one before, and what is searched for then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.search.followup import is_follow_up, resolve
from pactqa.search.frames import strip_frame
from pactqa.search.intents import recognise_intent

FIRST = "Why did Stalin sign the pact?"


@pytest.mark.parametrize(
    "question",
    [
        "and Poland?",
        "And what about Poland?",
        "what about Britain",
        "How about the army?",
        "But Hitler?",
        "… and France?",
        "“and Poland?”",
        "why?",
        "Why so?",
        "how?",
        "Who signed it?",
        "What did he fear?",
        "Did they agree?",
        "ok, and Munich?",
        "AND POLAND",
        "ａｎｄ Poland?",
    ],
)
def test_a_question_that_leans_on_the_one_before(question):
    assert is_follow_up(question)
    assert FIRST.removeprefix("Why ") in resolve(question, FIRST).text


@pytest.mark.parametrize(
    "question",
    [
        FIRST,
        "Why did Stalin distrust the West?",
        "But why did Stalin distrust the Western powers?",
        "Andorra and Poland?",
        "Orwell",
        "Что подписал Сталин?",
        "Why did he sign the pact with Hitler in Moscow?",
        "Butter exports of Denmark",
    ],
)
def test_a_question_that_stands_alone(question):
    assert not is_follow_up(question)
    assert resolve(question, FIRST).text == question


@pytest.mark.parametrize("previous", [None, "", "   "])
def test_without_a_question_before_nothing_is_added(previous):
    assert resolve("and Poland?", previous).text == "and Poland?"


def test_a_chain_asks_the_first_question_of_the_last_thing():
    poland = resolve("and Poland?", FIRST).text
    assert poland == f"{FIRST} Poland?"
    assert resolve("and France?", poland).text == f"{FIRST} France?"
    assert resolve("why?", poland).text == poland


def test_the_same_word_twice_is_added_once():
    assert resolve("and Poland?", f"{FIRST} Poland?").text == f"{FIRST} Poland?"


def test_a_very_long_question_before_is_cut_at_a_word():
    resolved = resolve("what about him?", "word " * 1900).text
    assert len(resolved) < 520
    assert resolved.endswith("word … him?")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gives_a_text_and_nothing_fails(question, previous):
    resolved = resolve(question, previous).text
    assert resolved == question or resolved.strip()
    assert len(resolved) <= len(question) + 510


@given(st.text(max_size=60))
def test_asking_again_what_was_searched_changes_nothing(question):
    assert resolve(question, None).text == question


@pytest.mark.parametrize(
    ("previous", "question", "text"),
    [
        ("Did the king sign?", "why?", "Why did the king sign?"),
        ("when did the king sign?", "But why?", "why did the king sign?"),
        ("When did the king sign?", "how come?", "Why did the king sign?"),
        ("What did the king fear?", "why is that?", "Why did the king fear?"),
        ("Why did the king sign?", "when exactly?", "When did the king sign?"),
        ("Was the treaty secret?", "Why did he do that?", "Why was the treaty secret?"),
        (
            "Why did the king sign? Poland? Munich?",
            "really?",
            "Why did the king sign? Munich? really?",
        ),
        ("munich", "why?", "why munich?"),
        ("Who signed the treaty?", "why?", "Who signed the treaty? why?"),
        ("Who was the king?", "why?", "Who was the king? why?"),
        ("Why did the king sign? Poland?", "how?", "How did the king sign? Poland?"),
        (
            "Why did the king sign? Did he fear war?",
            "why?",
            "Why did the king sign? Why did he fear war?",
        ),
    ],
)
def test_a_bare_word_asks_it_of_what_was_asked(previous, question, text):
    assert resolve(question, previous).text == text
    assert resolve(question, previous).added == ()


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("what about Britain?", ("Britain",)),
        ("and the Red Army?", ("Red", "Army")),
        ("and Stalin in Poland, Poland?", ("Poland",)),
        ("Who feared it?", ("feared",)),
        ("why?", ()),
        ("Why did the bees leave the hive?", ()),
    ],
)
def test_the_words_that_are_new_are_told(question, added):
    assert resolve(question, FIRST).added == added


def test_no_chain_of_bare_questions_grows():
    searched = "Who signed the treaty?"
    for question in ["why?", "how?", "really?", "why not?", "and?", "so?"] * 20:
        searched = resolve(question, searched).text
    assert len(searched) < 50


# Four turns each: what is typed, and what is searched for then. None is no question, and "-" before
# a turn says that it finds nothing, so that the next one leans on the turn before it.
CONVERSATIONS = [
    [
        ("Why did Stalin sign the pact?", "Why did Stalin sign the pact?"),
        ("what about Britain?", "Why did Stalin sign the pact? Britain?"),
        ("and France?", "Why did Stalin sign the pact? France?"),
        ("why?", "Why did Stalin sign the pact? France?"),
    ],
    [
        ("hello", None),
        ("who signed the pact", "who signed the pact"),
        ("when?", "who signed the pact when?"),
        ("thanks!", None),
    ],
    [
        ("Did Stalin trust Hitler?", "Did Stalin trust Hitler?"),
        ("why not?", "Did Stalin trust Hitler? why not?"),
        ("and Chamberlain?", "Did Stalin trust Hitler? Chamberlain?"),
        ("tell me more", None),
    ],
    [
        ("munich", "munich"),
        ("why?", "why munich?"),
        ("who was there?", "why munich? who was there?"),
        ("what about the army buildup", "why munich? the army buildup"),
    ],
    [
        ("When was the pact signed?", "When was the pact signed?"),
        ("where?", "Where was the pact signed?"),
        ("why?", "Why was the pact signed?"),
        ("how?", "How was the pact signed?"),
    ],
    [
        ("hi, can you tell me why Stalin feared Germany?", "why Stalin feared Germany?"),
        ("and Japan?", "why Stalin feared Germany? Japan?"),
        ("What were the Great Purges?", "What were the Great Purges?"),
        ("and their effect?", "What were the Great Purges? their effect?"),
    ],
    [
        ("What did Stalin want in Poland?", "What did Stalin want in Poland?"),
        ("Did he get it?", "What did Stalin want in Poland? Did he get it?"),
        ("what else?", None),
        ("how about Finland?", "What did Stalin want in Poland? Finland?"),
    ],
    [
        ("- Who won the football cup?", "Who won the football cup?"),
        ("why?", "why?"),
        ("Why was Stalin wary of Hitler?", "Why was Stalin wary of Hitler?"),
        ("and Churchill?", "Why was Stalin wary of Hitler? Churchill?"),
    ],
    [
        ("Was the pact secret?", "Was the pact secret?"),
        ("- and the football cup?", "Was the pact secret? the football cup?"),
        ("why?", "Why was the pact secret?"),
        ("who wrote this essay?", None),
    ],
    [
        ("Stalin trusted Hitler.", None),
        ("Did Stalin trust Hitler?", "Did Stalin trust Hitler?"),
        ("and vice versa?", "Did Stalin trust Hitler? vice versa?"),
        ("ok, and Munich?", "Did Stalin trust Hitler? Munich?"),
    ],
    [
        ("stalins motives", "stalins motives"),
        ("more", None),
        ("and hitlers?", "stalins motives hitlers?"),
        ("why?", "why stalins motives hitlers?"),
    ],
    [
        ("quotes about the Baltic states please", "the Baltic states"),
        ("and Poland", "the Baltic states Poland"),
        ("Why did he want them?", "the Baltic states Poland Why did he want them?"),
        ("thank you", None),
    ],
    [
        ("What is Lebensraum?", "What is Lebensraum?"),
        ("who wanted it?", "What is Lebensraum? who wanted it?"),
        ("why?", "What is Lebensraum? who wanted it? why?"),
        ("and Mein Kampf?", "What is Lebensraum? Mein Kampf?"),
    ],
    [
        ("summarise essay 2", None),
        ("What does the essay say about Munich?", "Munich"),
        ("why?", "why Munich?"),
        ("when?", "when Munich?"),
    ],
    [
        ("Who was Molotov?", "Who was Molotov?"),
        ("and Ribbentrop?", "Who was Molotov? Ribbentrop?"),
        ("and Chamberlain?", "Who was Molotov? Chamberlain?"),
        ("and Churchill?", "Who was Molotov? Churchill?"),
    ],
    [
        ("Pourquoi Staline a-t-il signé le pacte ?", None),
        ("why did stalin sign?", "why did stalin sign?"),
        ("but why?", "why did stalin sign?"),
        ("but when?", "when did stalin sign?"),
    ],
    [
        ("How strong was the Red Army?", "How strong was the Red Army?"),
        ("why?", "How strong was the Red Army? why?"),
        ("why?", "How strong was the Red Army? why?"),
        ("What about the Reich?", "How strong was the Red Army? the Reich?"),
    ],
    [
        ("Did the pact cause the war?", "Did the pact cause the war?"),
        ("How?", "How did the pact cause the war?"),
        ("But why did Stalin distrust the Western powers?",) * 2,
        ("since when?", "But why did Stalin distrust the Western powers? since when?"),
    ],
    [
        ("Where did they sign?", "Where did they sign?"),
        ("Who signed?", "Who signed?"),
        ("in secret?", "in secret?"),
        ("was it in secret?", "in secret? was it in secret?"),
    ],
    [
        ("What did Germany gain?", "What did Germany gain?"),
        ("What about the USSR?", "What did Germany gain? the USSR?"),
        ("Why?", "Why did Germany gain? the USSR?"),
        ("What about Britain?", "Why did Germany gain? Britain?"),
    ],
]


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: turns[0][0])
def test_a_conversation_of_four_turns(turns):
    previous = None
    assert len(turns) == 4
    for typed, expected in turns:
        question = typed.removeprefix("- ")
        if recognise_intent(question) is not None:
            assert expected is None, typed
            continue
        resolved = resolve(strip_frame(question), previous)
        assert resolved.text == expected
        if not typed.startswith("- "):
            previous = resolved.text
