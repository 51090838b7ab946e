"""The model for stances: labels in any order, what it decides, and what is refused."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pactqa.errors import StanceError
from pactqa.models.choice import load_nli
from pactqa.models.nli import CrossEncoderNli

ORDER = ("contradiction", "entailment", "neutral")


class FakeModel:
    """Gives the logits written in each text: "2 0 1" for the labels in their order."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.config = SimpleNamespace(id2label=dict(enumerate(labels)))
        self.pairs: list[tuple[str, str]] = []

    def predict(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        self.pairs += pairs
        return np.array([[float(word) for word in text.split()] for text, _ in pairs])


def save_tiny_model(folder: Any, labels: tuple[str, ...]) -> None:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] stalin trusted hitler distrusted the west".split()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
        id2label=dict(enumerate(labels)), label2id={label: n for n, label in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    model.classifier.weight.data.zero_()
    model.classifier.bias.data.copy_(model.classifier.bias.data.new_tensor([3.0, 0.0, 0.0]))
    model.save_pretrained(folder)
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)


@pytest.mark.parametrize(
    ("labels", "logits"),
    [
        (("contradiction", "entailment", "neutral"), "0 5 0"),
        (("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), "5 0 0"),
        (("neutral", "Contradiction", "Entailment"), "0 0 5"),
    ],
)
def test_the_order_of_the_labels_is_read_from_the_config(labels, logits):
    assert CrossEncoderNli("fake", FakeModel(labels)).judge("a claim", [logits]) == ["supports"]


def test_each_stance_and_a_small_margin():
    nli = CrossEncoderNli("fake", FakeModel(ORDER))
    texts = ["5 0 0", "0 5 0", "0 0 5", "2 2.1 0", "1 1.5 1.2", "1000 0 0"]
    assert nli.judge("a claim", texts) == [
        "contradicts", "supports", "undecided", "undecided", "undecided", "contradicts",
    ]  # fmt: skip
    assert nli.judge("a claim", []) == []


def test_the_text_is_the_premise_and_the_claim_what_follows_from_it():
    model = FakeModel(ORDER)
    CrossEncoderNli("fake", model).judge("a claim", ["1 2 3"])
    assert model.pairs == [("1 2 3", "a claim")]


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("entailment", "not_entailment"),
        ("entailment", "entailment", "contradiction"),
        (),
    ],
)
def test_a_model_without_the_three_labels_is_refused(labels):
    with pytest.raises(StanceError, match=r"other-model.*entailment, neutral.*PACTQA_NLI"):
        CrossEncoderNli("other-model", FakeModel(labels))


def test_a_model_that_gives_other_numbers_is_refused():
    with pytest.raises(StanceError, match=r"shape \(1, 2\).*PACTQA_NLI"):
        CrossEncoderNli("fake", FakeModel(ORDER)).judge("a claim", ["1 2"])


def test_a_folder_with_a_model_is_loaded_by_the_setting(tmp_path, monkeypatch):
    folder = tmp_path / "tiny"
    save_tiny_model(folder, ("Contradiction", "Neutral", "Entailment"))
    monkeypatch.setenv("PACTQA_NLI", str(folder))
    nli = load_nli()
    assert nli is not None
    assert nli.name == str(folder)
    assert nli.judge("stalin trusted hitler", ["the west", "stalin"]) == ["contradicts"] * 2


def test_without_the_setting_there_is_none(monkeypatch):
    monkeypatch.setenv("PACTQA_NLI", " ")
    assert load_nli() is None


def test_what_cannot_be_loaded_is_named_with_the_setting(tmp_path):
    with pytest.raises(StanceError, match=r"cannot be loaded.*Set PACTQA_NLI") as caught:
        CrossEncoderNli.load(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
