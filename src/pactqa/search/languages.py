"""Tells when a question is clearly not in English: French, Spanish, German, or another script.

The small words of a language give it away (Grefenstette, "Comparing two language identification
schemes", 1995). Words that English has too, or that stand in names ("Charles de Gaulle"), do not
count; a text that has as many English ones is English.
"""

import re

__all__ = ["find_language"]

_SURE = {
    "French": """pourquoi qui quand où est c'est qu'est n'est était étaient sont ont avait avaient
        quel quelle quels quelles quoi fut il elle ils elles une avec dans ce cette ces leur leurs
        être fait peut parce signé combien lequel laquelle votre notre pas entre aux d'un d'une
        l'union l'essai""",
    "Spanish": """qué quién quién quiénes quien cuándo cuando cuánto cuántos dónde donde cómo cuál
        cuáles porqué fue fueron era eran una unos unas con para por pero también está están
        hay su sus este esta estos estas firmó ha han del los entre según más""",
    "German": """warum wer wie wann wo wohin woher wieso weshalb welche welcher welches welchen
        welchem wem wen ist sind war waren wurde wurden haben hatte hatten nicht mit für ein eine
        einen einem einer und oder auf über zwischen sich kann können ich sie wir ihr sein seine
        seinen unterzeichnet unterschrieb bitte gab es""",
}
_UNSURE = {
    "French": "le la les des du de un et en que ne se sur par pour au son sa ses a",
    "Spanish": "el la las de un y en que se lo al a no es si",
    "German": "der die das den dem des was in von zu im am an bei nach aus hat",
}
_ENGLISH = frozenset(
    """
    the of and to in was were is are did does do that this it he she they his her their with for on
    by at from what who why how when where which whose about not had has have as an be been but if
    or would could will can you i we my me there between into than then so say says mean
    """.split()
)
_ASK_ALONE = frozenset(
    "pourquoi comment où quand qui porqué warum wieso weshalb wer wann wo qué quién cómo".split()
)
_SURE_WORDS = {language: frozenset(words.split()) for language, words in _SURE.items()}
_UNSURE_WORDS = {language: frozenset(words.split()) for language, words in _UNSURE.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[a-zà-öø-ɏ]", re.IGNORECASE)
_SHARE = 1 / 3
_MOST = 2_000


def find_language(text: str) -> str | None:
    """Gives the language of a text that is clearly not English; None if it may be English.

    Returns:
        "French", "Spanish", "German", or "another language" for two words or more of another
        script than the Latin one.

    >>> find_language("Pourquoi Staline a-t-il signé le pacte ?")
    'French'
    >>> find_language("Why did Stalin sign?") is None
    True
    """
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text[:_MOST])]
    if not words:
        return None
    if not _LATIN.search(text):
        return "another language" if len(words) > 1 else None
    if len(words) == 1 and words[0] in _ASK_ALONE - {"comment", "wo"}:
        return next(language for language, own in _SURE_WORDS.items() if words[0] in own)
    english = sum(word in _ENGLISH for word in words)
    scores = {
        language: (
            sum(word in sure for word in words),
            sum(word in _UNSURE_WORDS[language] for word in words),
        )
        for language, sure in _SURE_WORDS.items()
    }
    language = max(scores, key=lambda name: (sum(scores[name]), scores[name][0]))
    sure, unsure = scores[language]
    foreign = sure + unsure
    is_clear = sure and foreign >= 2 and foreign > 2 * english and foreign / len(words) >= _SHARE
    return language if is_clear else None
