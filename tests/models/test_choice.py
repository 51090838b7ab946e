"""Which reader is taken."""

from pathlib import Path

import numpy as np
import pytest

from pactqa.models.choice import load_reader
from tests.models.test_cross_encoder import make_cross_encoder, sentence


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PACTQA_READER", "PACTQA_RERANKER"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.model
def test_the_packaged_reader_is_the_default() -> None:
    assert load_reader().name == "minilm-l6-reader"


@pytest.mark.model
@pytest.mark.parametrize("setting", ["PACTQA_READER", "PACTQA_RERANKER"])
def test_the_setting_names_another_whose_scores_are_logits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    folder, question = tmp_path / "tiny", "Who designed the garden?"
    model = make_cross_encoder(folder, labels=1)
    monkeypatch.setenv(setting, str(folder))
    reader = load_reader()
    assert reader.name == str(folder)
    texts = ["Elena Moretti designed the garden.", "The garden is open."]
    shares = model.predict([(question, text) for text in texts])  # with its own sigmoid
    logits = reader.read(question, [sentence(text) for text in texts])
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), shares, atol=1e-5)
