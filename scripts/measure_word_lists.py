"""Measures each word list and pattern of the search: the figures with it, and without.

    python scripts/measure_word_lists.py --own-words FOLDER --selqa FOLDER
        [--every N] [--only NAME …]

FOLDER holds `documents.jsonl` and `questions.jsonl` (or `dev.jsonl`), as `pactqa evaluate` reads
them. A list is taken away by putting an empty one in its place, in every module that has it. A
figure in which it makes no difference says nothing for it; `reasons` is how many of the passages
that give a reason (see `tests/test_questions.py`) stand in the first eight, over its paraphrases of
the main question; `missing` is how many words answerable questions are told that the essays lack.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from pactqa.assistant import Assistant  # noqa: E402
from pactqa.evaluation.evaluate import evaluate, open_documents  # noqa: E402
from pactqa.evaluation.labels import LabelledQuestion, read_documents, read_questions  # noqa: E402
from pactqa.models.choice import load_reader  # noqa: E402
from pactqa.models.encoder import SentenceEncoder  # noqa: E402
from pactqa.search.english import English  # noqa: E402
from tests.test_questions import PARAPHRASES, REASONS, places  # noqa: E402


def never(*_: object) -> bool:
    """Says no to everything."""
    return False


def no_names(_: str) -> frozenset[str]:
    """Knows no other name of anything."""
    return frozenset()


LISTS: dict[str, dict[str, object]] = {
    "(nothing)": {},
    "stop words": {
        f"{module}.STOP_WORDS": frozenset()
        for module in ("search.query", "search.ranking", "search.outline", "search.words")
    },
    "kinds": {"search.query.find_kinds": lambda _: ()},
    "asking and announcing": {
        "search.recent.asks_or_announces": never,
        "search.outline.asks_or_announces": never,
    },
    "words of reason": {"search.outline.gives_reason": never},
    "words of asking for reasons": {"search.outline._ASKING": frozenset()},
    "light words": {"judgement.mentions.is_light": never},
    "everyday words": {"judgement.mentions.read_english": lambda: English({})},
    "frames": {"assistant.strip_frame": lambda text: text},
    "names of countries": {"finding.same_names": no_names, "search.library.same_names": no_names},
}
"""What is put in whose place, by the name of the list."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own-words", type=Path, required=True)
    parser.add_argument("--selqa", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="take every Nth question of own words")
    parser.add_argument("--only", nargs="*", default=list(LISTS), choices=list(LISTS))
    options = parser.parse_args()
    encoder, reader = SentenceEncoder.load(), load_reader()
    with ExitStack() as kept:

        def open_folder(folder: Path) -> tuple[Assistant, Callable[[], dict[str, float]]]:
            place = Path(kept.enter_context(tempfile.TemporaryDirectory()))
            documents = read_documents(folder / "documents.jsonl")
            assistant = open_documents(place, documents, encoder, reader)
            file = folder / "questions.jsonl"
            rows = read_questions(file if file.exists() else folder / "dev.jsonl")
            every = options.every if file.exists() else 1

            def measure() -> dict[str, float]:
                assistant._library = None  # which keeps what was told of sentences
                figures = evaluate(assistant, rows[::every], documents).figures
                return {name: figures[name].value for name in ("hit@1", "key_sentence")} | {
                    "missing": count_missing(assistant, rows[::every])
                }

            return assistant, measure

        place = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        essays = Assistant.open(ROOT / "corpus", place, encoder, reader=reader)
        _, own = open_folder(options.own_words)
        _, selqa = open_folder(options.selqa)
        print(f"{'without':<28} own words: hit@1  key  missing   SelQA: hit@1  key   reasons")
        for name in options.only:
            with replaced(LISTS[name]):
                one, other, reasons = own(), selqa(), count_reasons(essays)
            print(
                f"{name:<28} {one['hit@1']:>16.3f} {one['key_sentence']:.3f} {one['missing']:>6.0f}"
                f" {other['hit@1']:>14.3f} {other['key_sentence']:.3f} {reasons:>8.2f}",
                flush=True,
            )


@contextmanager
def replaced(places: dict[str, object]) -> Iterator[None]:
    """Puts other values in some places of the package for a while."""
    with ExitStack() as kept:
        for place, value in places.items():
            kept.enter_context(patch(f"pactqa.{place}", value))
        yield


def count_missing(assistant: Assistant, rows: list[LabelledQuestion]) -> int:
    """Counts the words that answerable questions are told the documents lack."""
    return sum(len(assistant.ask(row.question).missing) for row in rows if row.answerable)


def count_reasons(essays: Assistant) -> float:
    """Gives the mean number of reasons in the first eight passages, over the paraphrases."""
    counts = []
    essays._library = None
    for question in PARAPHRASES:
        counts.append(len(REASONS.intersection(places(essays.ask(question, k=8)))))
    return sum(counts) / len(counts)


if __name__ == "__main__":
    main()
