"""Statements are told from questions, and from the pieces of questions that people type."""

import pytest

from pactqa.search.statements import is_statement


@pytest.mark.parametrize(
    "text",
    [
        "Stalin trusted Hitler.",
        "Stalin trusted Hitler",
        "stalin was afraid of war",
        "STALIN WAS AFRAID OF WAR",
        "The queen met the king in Munich!",
        "Bees never sting twice",
        "Britain did not want an alliance",
        "The king didn’t trust the queen.",
        "The pact gave Stalin time.",
        "The second essay says that bees sting.",
        "the pact started world war 2",
    ],
)
def test_a_statement(text):
    assert is_statement(text)


@pytest.mark.parametrize(
    "text",
    [
        "Did Stalin trust Hitler?",
        "Stalin trusted Hitler?",
        "did stalin trust hitler",
        "munich",
        "the secret protocol",
        "Stalin Hitler pact.",
        "proton found when",
        "caffeol discovered by",
        "Harney Peak named after",
        "quickest racquetball you can buy",
        "the year the pact was signed",
        "the pact signed in moscow",
        "the most trusted general",
        "the newly occupied land",
        "the occupied land",
        "the queen trusted secretly",
        "country which was largest",
        "wich song was first",
        "JEWS LEFT IN GREECE TODAY",
        "at the end of the war did prices go up",
        "Name the two rivers that were crossed.",
        "Report the result of the ballot that lifted the tax.",
        "Explain why the queen signed the treaty.",
        "I think the king was a fool.",
        "Because he was afraid.",
        "hello.",
        "x was " * 100 + "y.",
        "",
    ],
)
def test_no_statement(text):
    assert not is_statement(text)
