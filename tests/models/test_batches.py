"""Which texts share a batch, and that each gets its own outputs whatever the number of cores."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

from pactqa.models.batches import make_batches, run_batches


def encoding(*ids, types=None):
    return SimpleNamespace(ids=list(ids), type_ids=types or [0] * len(ids))


class Summing:
    """A network that gives the sum of each text's ids, where the mask is 1."""

    engine = "sums"

    def __init__(self):
        self.threads = set()

    def run(self, ids, mask, types):
        self.threads.add(threading.current_thread().name)
        return [(ids * mask).sum(axis=1).astype(np.float32), types.astype(np.float32)]


def test_texts_of_nearly_the_same_length_share_a_batch_and_others_do_not():
    encodings = [encoding(*[1] * length) for length in (20, 5, 19, 10, 20)]
    assert [batch.numbers for batch in make_batches(encodings)] == [[0, 4, 2], [3], [1]]


def test_a_batch_holds_no_more_tokens_than_fit():
    batches = make_batches([encoding(*[1] * 60) for _ in range(5)])
    assert [len(batch.numbers) for batch in batches] == [2, 2, 1]
    assert [len(batch.numbers) for batch in make_batches([encoding(*[1] * 300)] * 2)] == [1, 1]


def test_those_that_must_be_alone_are():
    batches = make_batches([encoding(1, 2), encoding(3, 4)], alone=True)
    assert [batch.numbers for batch in batches] == [[0], [1]]


@pytest.mark.parametrize("left", [False, True])
def test_padding_stands_on_the_side_that_the_model_wants(left):
    long, short = encoding(*range(1, 21), types=[1] * 20), encoding(*[7] * 19)
    (batch,) = make_batches([long, short], pad=9, left=left)
    padded = 0 if left else -1
    assert batch.ids[1, padded] == 9
    assert batch.mask[1].tolist().index(0) == padded % 20
    assert (batch.ids[1] == 7).sum() == batch.mask[1].sum() == 19
    assert batch.types[0].tolist() == [1] * 20
    assert batch.types[1].tolist() == [0] * 20


def test_a_text_without_tokens_is_padding_alone():
    (batch,) = make_batches([encoding()], pad=3)
    assert batch.ids.tolist() == [[3]]
    assert batch.mask.tolist() == [[0]]


@pytest.mark.parametrize("threads", ["1", "3"])
def test_each_batch_gets_its_own_outputs(monkeypatch, threads):
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    encodings = [encoding(*range(1, length)) for length in (3, 40, 9, 100, 20, 70)]
    network = Summing()
    found = {
        number: float(sums[row])
        for batch, (sums, _) in run_batches(network, make_batches(encodings))
        for row, number in enumerate(batch.numbers)
    }
    assert found == {n: sum(one.ids) for n, one in enumerate(encodings)}
    assert (threading.current_thread().name in network.threads) is (threads == "1")


def test_what_is_asked_while_the_program_ends_is_answered(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    ended = ThreadPoolExecutor(2)
    ended.shutdown()
    monkeypatch.setattr("pactqa.models.batches._pool", lambda threads: ended)
    batches = make_batches([encoding(1), encoding(*[1] * 50)])
    assert [sums.tolist() for _, (sums, _) in run_batches(Summing(), batches)] == [[50.0], [1.0]]


def test_an_error_of_the_network_reaches_whoever_asked(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")

    class Broken(Summing):
        def run(self, ids, mask, types):
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(run_batches(Broken(), make_batches([encoding(1), encoding(*[1] * 50)])))
