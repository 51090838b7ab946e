"""What a sentence does, by its words."""

import pytest

from pactqa.search.sentences import asks_or_announces, gives_reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Why do bees dance?",
        "“Why?” he asked.",
        "This essay says why.",
        "My Article is on bees.",
        "In this text bees dance.",
        "The article explores how bees dance.",
        "I will say why.",
        "We shall see.",
        "Here I intend to say why.",
        "It will examine the dance.",
        "What follows will argue for bees.",
    ],
)
def test_a_sentence_that_asks_or_announces_is_known(sentence):
    assert asks_or_announces(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bees dance because they must.",
        "Bees will dance.",
        "An essayist wrote this.",
        "The studying took time.",
        "They willfully examine it.",
        "This is an essay.",
        "In 1911 the article on bees was praised.",  # of another one, which it names
        "",
    ],
)
def test_one_that_states_is_not(sentence):
    assert not asks_or_announces(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He signed because he had to.",
        "BECAUSE of this he signed.",
        "The reason was time.",
        "It caused a war.",
        "Owing to the war he signed.",
        "He signed in order to win time.",
        "He signed so that time was won.",
        "He aimed at Poland.",
        "He sought time.",
        "The army distrusted him.",
        "It was won by waiting.",
        "As a result he signed.",
    ],
)
def test_a_sentence_with_a_word_of_cause_or_purpose_gives_a_reason(sentence):
    assert gives_reason(sentence)


@pytest.mark.parametrize("sentence", ["He signed.", "A sincere man.", "He stood by the king."])
def test_another_sentence_gives_none(sentence):
    assert not gives_reason(sentence)
