"""Languages: what is clearly not English."""

import pytest

from pactqa.search.languages import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pourquoi la reine a-t-elle signé le traité ?", "French"),
        ("qui était la reine", "French"),
        ("Quelle est la cause de la guerre", "French"),
        ("pourquoi", "French"),
        ("¿Por qué firmó la reina el tratado?", "Spanish"),
        ("por que firmo la reina el tratado con el rey", "Spanish"),
        ("Quién era la reina", "Spanish"),
        ("Warum unterschrieb die Königin den Vertrag?", "German"),
        ("WER WAR DIE KÖNIGIN", "German"),
        ("wann wurde der Vertrag unterzeichnet", "German"),
        ("Что подписал король?", "another language"),
        ("为什么 国王", "another language"),
    ],
)
def test_another_language_is_named(text, language):
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Why did the queen sign the treaty?",
        "El Salvador in the war",
        "Charles de Gaulle la France",
        "the policy of the Quai d'Orsay and the Champs de Mars",
        "what does Lebensraum mean in der Spiegel",
        "die hard fans",
        "was hat man",
        "Mein Kampf",
        "munich",
        "comment on the war",
        "Король",
        "",
        "1939?",
    ],
)
def test_what_may_be_english_is_english(text):
    assert find_language(text) is None
