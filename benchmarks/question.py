"""Measures a question on a warm program, in its parts, on the project's essays.

python benchmarks/question.py [--rounds N]
"""

import argparse
import tempfile
import time
from pathlib import Path

import faiss
from common import QUESTION, ROOT, make_questions, report, take_turns, timed
from sentence_transformers import SentenceTransformer

from pactqa import Assistant
from pactqa.models.packaged import find_packaged_model
from pactqa.search.query import encode_question
from pactqa.search.ranking import search_passages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(ROOT / "corpus", Path(folder, "index"))
        model = SentenceTransformer(str(find_packaged_model()), device="cpu")
        texts = [passage.text for e in assistant.essays() for passage in assistant.passages(e.id)]
        plain = faiss.IndexFlatIP(384)
        plain.add(model.encode(texts, normalize_embeddings=True))
        questions = iter(make_questions(rounds + 1))
        fitted = assistant._models.fitted

        def search() -> None:
            with assistant.read() as (snapshot, now):
                query = encode_question(assistant.encoder, QUESTION, now.vocabulary.is_name)
                given = (snapshot, now.index, now.essays, query, fitted.ranking)
                search_passages(*given, recent=now.recent)

        def search_plainly() -> None:
            plain.search(model.encode([QUESTION], normalize_embeddings=True), 5)

        found = assistant.ask(QUESTION)
        read = [hit.key_text for hit in found.hits][:1] * 9
        ways = {
            "one forward pass of the encoder": lambda: assistant.encoder.encode_query(QUESTION),
            "encoding and search": search,
            "the reader, 9 sentences": lambda: assistant.reader.read(QUESTION, read),
            "the whole question": lambda: assistant.ask(next(questions)),
            "sentence-transformers + faiss": search_plainly,
        }
        for action in list(ways.values())[:-1]:
            action()
        for name, clock in (("wall", time.perf_counter), ("processor", time.process_time)):
            questions = iter(make_questions(rounds))
            measures = {
                way: (lambda action=action, clock=clock: timed(action, clock))
                for way, action in ways.items()
            }
            medians = report(f"A question, {name}", take_turns(measures, rounds), "ms")
            passes = medians["encoding and search"] / medians["one forward pass of the encoder"]
            print(f"  encoding and search: {passes:.2f} forward passes")


if __name__ == "__main__":
    main()
