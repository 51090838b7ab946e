"""What onnxruntime computes is what sentence-transformers and torch compute."""

import sys
from pathlib import Path

import numpy as np
import pytest

from pactqa.essays.text import repair_surrogates
from pactqa.models import onnx_engine, reader
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.packaged import find_packaged_model
from pactqa.models.reader import SHIPPED_WEIGHTS, SentenceReader

pytestmark = pytest.mark.model

PARAGRAPH = "The queen stays in the hive while the bees dance; nobody counts them in the winter. "
TEXTS = [
    "",
    "   \n",
    "a",
    "Bees dance in the hive.",
    "Stalin’s motivations were “complex” … and multifaceted. 😀👩‍👩‍👧 Ünïcödé! 協定",
    "bees \ud800 dance",
    "WHY DID HE SIGN?? !!! ... 1939-1941",
    "word " * 30,
    *(PARAGRAPH * count for count in (1, 2, 3, 5, 9, 14, 40)),
    "Überlängen" * 90,
    *(f"Number {number} of many that are much the same." for number in range(40)),
]


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


def test_the_encoder_gives_the_vectors_of_sentence_transformers(exports, monkeypatch):
    from sentence_transformers import SentenceTransformer

    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    encoder = SentenceEncoder.load(exports=exports)
    assert encoder.identity == "all-MiniLM-L6-v2 by onnx"
    texts = [repair_surrogates(text) for text in TEXTS]
    model = SentenceTransformer(str(find_packaged_model()), device="cpu")
    vectors = model.encode(texts, normalize_embeddings=True)
    tokens = model.encode(texts, output_value="token_embeddings")
    for found, vector, rows in zip(encoder.encode_passages(TEXTS), vectors, tokens, strict=True):
        assert found.vector @ vector > 0.9999
        rows = rows.numpy()[1 : len(found.tokens) + 1]  # without the special tokens
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        assert ((found.tokens * rows).sum(axis=1) > 0.9999).all()


def test_tokens_are_the_same_with_both_engines(exports, monkeypatch):
    monkeypatch.setenv("PACTQA_ENGINE", "torch")
    torch = SentenceEncoder.load()
    assert torch.identity == "all-MiniLM-L6-v2 by torch"
    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    onnx = SentenceEncoder.load(exports=exports)
    assert (onnx.name, onnx.dim, onnx.max_tokens) == (torch.name, torch.dim, torch.max_tokens)
    pairs = zip(onnx.encode_passages(TEXTS), torch.encode_passages(TEXTS), strict=True)
    for text, (found, expected) in zip(TEXTS, pairs, strict=True):
        assert found.offsets.tolist() == expected.offsets.tolist()
        assert found.truncated == expected.truncated
        assert onnx.count_tokens(text) == torch.count_tokens(text)


def make_pairs():
    sentences = [text for text in TEXTS if text.strip() and "\ud800" not in text]
    return [("How many bees live in one hive?", sentences), (PARAGRAPH * 20, sentences[:6])]


def test_the_exported_reader_gives_the_logits_of_torch(exports, monkeypatch):
    import torch

    from pactqa.models.network import load_network

    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    monkeypatch.setattr(reader, "has_fast_bytes", lambda: False)
    found = SentenceReader.load(find_packaged_model(), exports=exports)
    card = reader._read_card(SHIPPED_WEIGHTS.with_suffix(".json"))
    digest = card["base_embeddings_sha256"]
    network = load_network(find_packaged_model(), SHIPPED_WEIGHTS, digest).eval()
    for question, sentences in make_pairs():
        encodings = found._tokenizer.encode_batch([(question, text) for text in sentences])
        expected = []
        for one in encodings:
            given = [torch.tensor([row]) for row in (one.ids, one.attention_mask, one.type_ids)]
            with torch.inference_mode():
                expected.append(float(network(*given)))
        np.testing.assert_allclose(found.read(question, sentences), expected, atol=0.002)


def test_the_reader_of_bytes_stays_near(exports, monkeypatch):
    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    monkeypatch.setattr(reader, "has_fast_bytes", lambda: True)
    short = SentenceReader.load(find_packaged_model(), exports=exports)
    monkeypatch.setenv("PACTQA_ENGINE", "torch")
    whole = SentenceReader.load(find_packaged_model())
    assert short.name == whole.name
    for question, sentences in make_pairs():
        differences = np.abs(short.read(question, sentences) - whole.read(question, sentences))
        assert differences.mean() < 0.4  # the texts are odd; in whole sentences it is .04
        alone = [short.read(question, [text])[0] for text in sentences]
        np.testing.assert_array_equal(short.read(question, sentences), alone)


def test_another_model_is_exported_with_its_own_pooling_and_prefixes(
    tiny_model, tmp_path, monkeypatch
):
    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    onnx = SentenceEncoder.load(str(tiny_model), tmp_path)
    monkeypatch.setenv("PACTQA_ENGINE", "torch")
    torch = SentenceEncoder.load(str(tiny_model))
    assert onnx.name == torch.name
    texts = ["bees dance.", "bees " * 40, "", "hive"]
    for found, expected in zip(
        [*onnx.encode_passages(texts), onnx.encode_query("bees")],
        [*torch.encode_passages(texts), torch.encode_query("bees")],
        strict=True,
    ):
        assert found.vector @ expected.vector > 0.9999
        assert found.offsets.tolist() == expected.offsets.tolist()
        assert found.truncated == expected.truncated
        np.testing.assert_allclose(found.tokens, expected.tokens, atol=1e-4)


def test_a_name_that_is_no_folder_is_left_to_torch(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("PACTQA_ENGINE", "auto")
    from pactqa.models import encoder

    monkeypatch.setattr(encoder, "_load_with_torch", lambda files: None)
    with pytest.raises(TypeError):
        SentenceEncoder.load("no/such-model", tmp_path)
    assert "no/such-model is no folder" in caplog.text


def test_a_process_that_finds_an_export_imports_no_torch(exports, monkeypatch):
    import subprocess

    code = (
        "import sys; from pathlib import Path; from pactqa.models.choice import load_models; "
        "encoder, reader = load_models(Path(sys.argv[1])); encoder.encode_query('bees'); "
        "reader.read('bees?', ['bees']); "
        "print(*{'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules))"
    )
    monkeypatch.setenv("PACTQA_ENGINE", "onnx")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, str(exports)], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == []
    assert {place.suffix for place in Path(exports).iterdir()} == {".export"}
    assert onnx_engine.OnnxNetwork.engine == "onnx"
