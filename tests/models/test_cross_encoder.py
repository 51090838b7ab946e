"""A CrossEncoder in the packaged reader's place; the models are tiny and random."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pactqa.errors import ReaderError
from pactqa.models.cross_encoder import CrossEncoderReader


def sentence(text: str) -> str:
    return text


def make_cross_encoder(folder: Path, labels: int) -> Any:
    """A CrossEncoder of one tiny random layer, as PACTQA_READER could name one."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] who designed the garden elena moretti is open".split()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=labels,
        initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return CrossEncoder(str(folder), device="cpu", local_files_only=True)


def test_a_cross_encoder_takes_the_readers_place(tmp_path: Path) -> None:
    model = make_cross_encoder(tmp_path / "tiny", labels=1)
    reader = CrossEncoderReader("tiny", model)
    sentences = [sentence("Elena Moretti designed the garden."), sentence("The garden is open.")]
    scores = reader.read("Who designed the garden?", sentences)
    assert reader.name == "tiny"
    assert scores.shape == (2,)
    assert scores.dtype == np.float32
    assert scores[0] != scores[1]
    np.testing.assert_allclose(
        reader.read("Who designed the garden?", sentences[::-1]), scores[::-1], atol=1e-5
    )
    assert reader.read("Who designed the garden?", []).shape == (0,)


def test_a_cross_encoder_with_several_outputs_is_refused(tmp_path: Path) -> None:
    model = make_cross_encoder(tmp_path / "three", labels=3)
    with pytest.raises(ReaderError, match="three"):
        CrossEncoderReader("three", model).read("Who designed the garden?", [sentence("It is.")])


def test_what_cannot_be_loaded_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"cannot be loaded.*Set PACTQA_READER") as caught:
        CrossEncoderReader.load(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
