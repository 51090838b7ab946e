"""The plain way: sentence-transformers encodes, FAISS finds, the whole passage is the answer.

    python benchmarks/plain.py FOLDER QUESTION       answers with the five nearest paragraphs
    python benchmarks/plain.py FOLDER --many N       asks N questions and prints its memory

The index is kept in FOLDER and made if it is not there.
"""

import json
import sys
from pathlib import Path

import faiss
from common import ROOT, make_questions, read_memory
from sentence_transformers import SentenceTransformer

from pactqa.models.packaged import find_packaged_model


def main() -> None:
    folder = Path(sys.argv[1])
    model = SentenceTransformer(str(find_packaged_model()), device="cpu")
    if not (folder / "plain.faiss").exists():
        texts = [file.read_text("utf-8") for file in sorted((ROOT / "corpus").glob("*.md"))]
        passages = [part for text in texts for part in text.split("\n\n") if len(part) > 80]
        index = faiss.IndexFlatIP(model.get_embedding_dimension())
        index.add(model.encode(passages, normalize_embeddings=True))
        faiss.write_index(index, str(folder / "plain.faiss"))
        (folder / "plain.json").write_text(json.dumps(passages), "utf-8")
    index = faiss.read_index(str(folder / "plain.faiss"))
    passages = json.loads((folder / "plain.json").read_text("utf-8"))

    def ask(question: str) -> list[str]:
        _, found = index.search(model.encode([question], normalize_embeddings=True), 5)
        return [passages[number] for number in found[0]]

    if sys.argv[2] != "--many":
        print(*ask(sys.argv[2]), sep="\n\n")
        return
    for number, question in enumerate(make_questions(int(sys.argv[3])), start=1):
        ask(question)
        if number % 100 == 0:
            print(read_memory(), flush=True)


if __name__ == "__main__":
    main()
