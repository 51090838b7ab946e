"""Which reader is taken."""

from pathlib import Path

import numpy as np
import pytest

from pactqa.models.choice import load_reader
from pactqa.models.packaged import find_packaged_model
from pactqa.models.reader import SentenceReader
from tests.models.test_cross_encoder import make_cross_encoder, sentence


def test_the_packaged_reader_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PACTQA_READER", raising=False)
    monkeypatch.delenv("PACTQA_RERANKER", raising=False)
    asked = []
    monkeypatch.setattr(
        SentenceReader,
        "load",
        lambda *folder, exports: asked.append((*folder, exports)) or "packaged",
    )
    assert load_reader(tmp_path) == "packaged"
    assert asked == [(find_packaged_model(), tmp_path)]


def test_the_setting_names_another_whose_scores_are_logits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, question = tmp_path / "tiny", "Who designed the garden?"
    model = make_cross_encoder(folder, labels=1)
    monkeypatch.setenv("PACTQA_READER", str(folder))
    reader = load_reader()
    assert reader.name == str(folder)
    texts = ["Elena Moretti designed the garden.", "The garden is open."]
    shares = model.predict([(question, text) for text in texts])  # with its own sigmoid
    logits = reader.read(question, [sentence(text) for text in texts])
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), shares, atol=1e-5)
