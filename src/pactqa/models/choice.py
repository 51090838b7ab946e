"""Loads the models that the settings name: encoder, reader, and the one that gives stances."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pactqa.models.cross_encoder import CrossEncoderReader
from pactqa.models.encoder import Encoder, SentenceEncoder
from pactqa.models.nli import CrossEncoderNli, Nli
from pactqa.models.packaged import find_packaged_model
from pactqa.models.reader import Reader, SentenceReader
from pactqa.settings import read_nli, read_reader

__all__ = ["load_models", "load_nli", "load_reader"]


def load_models(exports: Path | None = None) -> tuple[Encoder, Reader]:
    """Loads the encoder and the reader that the settings name, side by side.

    Args:
        exports: where exported networks are kept, the folder of the index.

    Raises:
        EncoderError, ReaderError: if one of them cannot be loaded.
        SettingError: if a setting of theirs is unusable.
    """
    with ThreadPoolExecutor(1) as beside:
        reader = beside.submit(load_reader, exports)
        return SentenceEncoder.load(exports=exports), reader.result()


def load_reader(exports: Path | None = None) -> Reader:
    """Loads the packaged reader, or the CrossEncoder that `PACTQA_READER` names in its place.

    Args:
        exports: where exported networks are kept, the folder of the index.

    Raises:
        EncoderError: if the packaged embedding model, which the packaged reader builds on, is not
            installed.
        ReaderError: if the reader cannot be loaded, or is not the published one.
    """
    name = read_reader()
    if name:
        return CrossEncoderReader.load(name)
    return SentenceReader.load(find_packaged_model(), exports=exports)


def load_nli() -> Nli | None:
    """Loads the model that gives stances, which `PACTQA_NLI` names; None if it names none.

    Raises:
        StanceError: if it cannot be loaded, or is no model for natural language inference.
    """
    name = read_nli()
    return CrossEncoderNli.load(name) if name else None
