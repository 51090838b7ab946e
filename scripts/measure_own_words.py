"""Measures questions in people's own words by their style, and whether their dress matters.

    python scripts/measure_own_words.py styles --own-words FOLDER
    python scripts/measure_own_words.py dresses

The first prints the figures of `pactqa evaluate` for each style of question; a style is told by the
question's form, and a question may have several. The second asks sixty questions of the project's
own essays as they are, in small letters, in capitals, with a greeting, and with a letter misplaced
in their longest word, and counts how often the status or the first passage changes.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from pactqa.assistant import Assistant
from pactqa.evaluation.evaluate import evaluate, open_documents
from pactqa.evaluation.labels import read_documents, read_questions
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder

ROOT = Path(__file__).parents[1]
STATUS = ROOT / "tests" / "data" / "questions_status.json"
SEED = 0
NUMBER = 60
ASKS = re.compile(
    r"\b(?:who|what|which|why|how|when|where|whose|whom|did|do|does|is|are|was|were|can|could)\b",
    re.IGNORECASE,
)
YES_NO = re.compile(r"\W*(?:did|do|does|is|are|was|were|can|could|has|have|had|will)\b", re.I)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    styles = commands.add_parser("styles")
    styles.add_argument("--own-words", type=Path, required=True)
    commands.add_parser("dresses")
    options = parser.parse_args()
    encoder, reader = SentenceEncoder.load(), load_reader()
    with tempfile.TemporaryDirectory() as folder:
        if options.command == "dresses":
            measure_dresses(Assistant.open(ROOT / "corpus", Path(folder), encoder, reader=reader))
            return
        documents = read_documents(options.own_words / "documents.jsonl")
        assistant = open_documents(Path(folder), documents, encoder, reader)
        questions = read_questions(options.own_words / "questions.jsonl")
        print(f"{'style':<24}{'questions':>9}  hit@1  hit@3  key    AUROC  balanced")
        for style, has_it in make_styles(assistant).items():
            rows = [question for question in questions if has_it(question.question)]
            figures = evaluate(assistant, rows, documents).figures
            names = ("hit@1", "hit@3", "key_sentence", "auroc", "balanced_accuracy")
            values = (
                f"{figures[name].value:.3f}" if name in figures else "  -  " for name in names
            )
            print(f"{style:<24}{len(rows):>9}  {'  '.join(values)}", flush=True)


def make_styles(assistant: Assistant) -> dict[str, Callable[[str], bool]]:
    """Gives for each style what tells whether a question has it."""
    return {
        "all": lambda _: True,
        "small letters": lambda question: question == question.lower(),
        "with a capital": lambda question: question != question.lower(),
        "a misspelt word": lambda question: bool(assistant.ask(question, k=1).corrections),
        "no word that asks": lambda question: not ASKS.search(question),
        "yes or no": lambda question: bool(YES_NO.match(question)),
        **{
            word: lambda question, word=word: bool(re.match(rf"\W*{word}\b", question, re.I))
            for word in ("why", "how", "what", "which", "who", "when", "where")
        },
    }


def measure_dresses(assistant: Assistant) -> None:
    """Prints for each dress in how many questions the status, the first passage, or one changes."""
    rows = json.loads(STATUS.read_text("utf-8"))
    drawn = random.Random(SEED)
    questions = drawn.sample([row["question"] for row in rows], NUMBER)
    dresses: dict[str, Callable[[str], str]] = {
        "small letters": str.lower,
        "capitals": str.upper,
        "greeting": lambda question: f"hi, can you tell me {question[0].lower()}{question[1:]}",
        "one typo": lambda question: misspell(question, drawn),
    }
    plain = [describe(assistant, question) for question in questions]
    print(f"{'dress':<16}status  first passage  either, of {NUMBER}")
    for name, dress in dresses.items():
        changed = [describe(assistant, dress(question)) for question in questions]
        pairs = list(zip(plain, changed, strict=True))
        status = sum(a[0] != b[0] for a, b in pairs)
        passage = sum(a[1] != b[1] for a, b in pairs)
        either = [q for q, (a, b) in zip(questions, pairs, strict=True) if a != b]
        print(f"{name:<16}{status:>6}  {passage:>13}  {len(either):>6}", flush=True)
        for question in either:
            print(f"    {question}")


def describe(assistant: Assistant, question: str) -> tuple[str, str]:
    """Gives the status of an answer and the id of its first passage."""
    answer = assistant.ask(question)
    return answer.status, answer.hits[0].passage.id if answer.hits else ""


def misspell(question: str, drawn: random.Random) -> str:
    """Swaps two neighbouring letters inside the longest word, or doubles or drops one."""
    word = max(re.findall(r"[^\W\d_]+", question), key=len)
    at = drawn.randrange(1, len(word) - 2)
    letters = word[at : at + 2]
    changed = drawn.choice([letters[::-1], letters[0], letters[0] + letters])
    return question.replace(word, word[:at] + changed + word[at + 2 :], 1)


if __name__ == "__main__":
    main()
