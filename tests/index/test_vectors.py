"""Search over few passages and over many."""

import numpy as np
import pytest

from pactqa.index import vectors
from pactqa.index.vectors import VectorIndex, build_faiss


@pytest.fixture(scope="module")
def made():
    chance = np.random.default_rng(7)
    topics = chance.standard_normal((30, 32))
    rows = topics[chance.integers(30, size=4040)] + chance.standard_normal((4040, 32))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return rows[:4000], rows[4000:]


def nearest(rows, question, k, numbers):
    order = sorted(numbers, key=lambda number: -float(rows[number - 5] @ question))
    return order[:k]


def build(rows, monkeypatch, most):
    monkeypatch.setattr(vectors, "EXACT_UP_TO", most)
    return VectorIndex(build_faiss(np.arange(5, 4005), rows), "made")


def test_few_passages_are_searched_exactly(made, monkeypatch):
    rows, questions = made
    index = build(rows, monkeypatch, 4000)
    for question in questions[:5]:
        found = index.search(question, 20)
        assert [number for number, _ in found] == nearest(rows, question, 20, range(5, 4005))
        assert found[0][1] == pytest.approx(float(rows[found[0][0] - 5] @ question), abs=1e-5)


def test_of_many_nearly_all_of_the_nearest_are_found_and_not_all_are_looked_at(made, monkeypatch):
    rows, questions = made
    index = build(rows, monkeypatch, 3999)
    assert len(index) == 4000
    assert 1 <= index._index.nprobe <= index._index.nlist / 10
    shares = []
    for question in questions:
        found = [number for number, _ in index.search(question, 20)]
        assert len(found) == len(set(found)) == 20
        shares.append(len({*found} & {*nearest(rows, question, 20, range(5, 4005))}) / 20)
    assert np.mean(shares) > 0.95


def test_among_some_of_many_the_search_is_exact(made, monkeypatch):
    rows, questions = made
    index = build(rows, monkeypatch, 100)
    some = list(range(5, 4005, 37))
    for question in questions[:5]:
        found = [number for number, _ in index.search(question, 20, some)]
        assert found == nearest(rows, question, 20, some)


def test_a_division_into_cells_survives_the_file(made, monkeypatch):
    import faiss

    rows, questions = made
    index = build(rows, monkeypatch, 100)
    content = vectors._serialize(index._index)
    opened = VectorIndex(faiss.deserialize_index(np.frombuffer(content, np.uint8)), "opened")
    assert opened.search(questions[0], 20) == index.search(questions[0], 20)
