"""Measures what a refresh costs where one of many essays came, changed, was renamed or went.

    python benchmarks/refresh.py [--essays N] [--words N]

The essays are made of the sentences of the project's own, each with a number of its own, so that no
two passages are alike. Beside each time stands what the encoder was given: all texts, of which the
passages and their sentences are counted apart from titles by what a refresh tells of its progress.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from common import keep, make_passages

from pactqa import Assistant
from pactqa.models.choice import load_reader
from pactqa.models.encoder import Encoding, SentenceEncoder

WORDS_A_PASSAGE = 100  # of `make_passages`, on average


class CountingEncoder(SentenceEncoder):
    """The encoder in use, which counts what it is given."""

    given = 0

    def encode_passages(self, texts: Sequence[str]) -> list[Encoding]:
        type(self).given += len(texts)
        return super().encode_passages(texts)


def write_essays(corpus: Path, count: int, words: int) -> None:
    """Writes essays of about so many words, of passages none of which is another's."""
    size = max(words // WORDS_A_PASSAGE, 1)
    passages = make_passages(count * size)
    for number in range(count):
        own = passages[number * size : (number + 1) * size]
        write_essay(corpus / f"essay-{number:05d}.md", number, own)


def write_essay(file: Path, number: int, passages: Sequence[str]) -> None:
    text = "\n\n".join(passages)
    file.write_text(f"---\ntitle: The essay of number {number}\n---\n\n{text}\n", "utf-8")


def measure(assistant: Assistant) -> tuple[float, int, int]:
    """Refreshes; gives the seconds, the passages encoded and the texts given to the encoder."""
    told = [0]

    def note(done: int, total: int) -> None:
        told[0] = done

    CountingEncoder.given = 0
    began = time.perf_counter()
    assistant.refresh(note)
    return time.perf_counter() - began, told[0], CountingEncoder.given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--essays", type=int, default=2000)
    parser.add_argument("--words", type=int, default=1000)
    chosen = parser.parse_args()
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        write_essays(corpus, chosen.essays, chosen.words)
        exports = Path(folder)
        encoder, reader = CountingEncoder.load(exports=exports), load_reader(exports)
        assistant = Assistant(corpus, Path(folder, "index"), encoder, reader)
        build, passages, given = measure(assistant)
        print(
            f"first build of {chosen.essays:,} essays: {passages:,} passages, {build:.0f} s, "
            f"{passages / build:.1f} passages a second, {given:,} texts encoded",
            flush=True,
        )
        one, other, third = chance.sample(sorted(corpus.glob("*.md")), 3)
        title = one.read_text("utf-8").split("\n\n")[0]

        def add() -> None:
            write_essay(corpus / "added.md", chosen.essays, [f"Added, {p}" for p in parts(other)])

        def change() -> None:
            paragraphs = parts(one)
            paragraphs[len(paragraphs) // 2] += " The bees knew nothing of that."
            one.write_text("\n\n".join([title, *paragraphs]), "utf-8")

        def rename() -> None:
            other.rename(corpus / "renamed.md")

        ways: dict[str, Callable[[], object]] = {
            "nothing": lambda: None,
            "one added": add,
            "one changed in one paragraph": change,
            "one renamed": rename,
            "one removed": third.unlink,
        }
        rows = {"first build": (build, passages, given)}
        for name, act in ways.items():
            act()
            rows[name] = seconds, encoded, given = measure(assistant)
            print(
                f"  {name:<30}{seconds:7.2f} s {seconds / build:8.2%} of the first build; "
                f"passages encoded: {encoded}, texts: {given}",
                flush=True,
            )
        keep("Refresh", {"rows": rows, "passages a second": passages / build})


def parts(file: Path) -> list[str]:
    """Gives the paragraphs of an essay without its front matter."""
    return file.read_text("utf-8").split("\n\n")[1:]


if __name__ == "__main__":
    main()
