"""Chooses the models that a setting may name: the reader, and the one that gives stances."""

from pactqa.models.cross_encoder import CrossEncoderReader
from pactqa.models.encoder import find_packaged_model
from pactqa.models.nli import CrossEncoderNli, Nli
from pactqa.models.reader import Reader, SentenceReader
from pactqa.settings import read_nli, read_reader

__all__ = ["load_nli", "load_reader"]


def load_reader() -> Reader:
    """Loads the packaged reader, or the CrossEncoder that `PACTQA_READER` names in its place.

    Raises:
        EncoderError: if the packaged embedding model, which the packaged reader builds on, is not
            installed.
        ReaderError: if the reader cannot be loaded, or is not the published one.
    """
    name = read_reader()
    return CrossEncoderReader.load(name) if name else SentenceReader.load(find_packaged_model())


def load_nli() -> Nli | None:
    """Loads the model that gives stances, which `PACTQA_NLI` names; None if it names none.

    Raises:
        StanceError: if it cannot be loaded, or is no model for natural language inference.
    """
    name = read_nli()
    return CrossEncoderNli.load(name) if name else None
