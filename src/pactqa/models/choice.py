"""Chooses the reader: the packaged one, or the one that a setting names in its place."""

from pactqa.models.cross_encoder import CrossEncoderReader
from pactqa.models.encoder import find_packaged_model
from pactqa.models.reader import Reader, SentenceReader
from pactqa.settings import read_reader

__all__ = ["load_reader"]


def load_reader() -> Reader:
    """Loads the packaged reader, or the CrossEncoder that `PACTQA_READER` names in its place.

    Raises:
        EncoderError: if the packaged embedding model, which the packaged reader builds on, is not
            installed.
        ReaderError: if the reader cannot be loaded, or is not the published one.
    """
    name = read_reader()
    return CrossEncoderReader.load(name) if name else SentenceReader.load(find_packaged_model())
