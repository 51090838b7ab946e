"""The errors that pactqa raises on purpose.

Every message says what happened, where (file, line, byte or setting), and what to do. The page and
the command line show these messages as they are; any other exception is a bug.

    PactqaError
    ├── SettingError      an environment variable or option has an unusable value
    ├── ConversionError   a file cannot be made into text; a sentence without name and full stop
    ├── EssayError        a file of the corpus cannot be read as an essay
    ├── CorpusError       an essay cannot be added, edited, removed or restored as asked
    │   └── EssayExistsError    there is one of that name already, and nothing was said of it
    ├── EncoderError      the embedding model cannot be loaded, or is not the one expected
    ├── ReaderError       the reader cannot be loaded, or is not the one expected
    ├── StanceError       the model for stances cannot be loaded, or is no such model
    ├── StoreError        the index cannot be read or written
    │   ├── MissingIndexError   there is no index, or not any more
    │   ├── UnreachableIndexError   the server that keeps the index does not answer
    │   └── DamagedIndexError   what the index holds is not what was written
    ├── ClaimError        a claim, a text with claims or a saved sheet is unusable
    ├── QuestionError     a question, a number of passages or an essay filter is unusable
    └── EvaluationError   a file of labelled questions or documents is unusable
"""

__all__ = [
    "ClaimError",
    "ConversionError",
    "CorpusError",
    "DamagedIndexError",
    "EncoderError",
    "EssayError",
    "EssayExistsError",
    "EvaluationError",
    "MissingIndexError",
    "PactqaError",
    "QuestionError",
    "ReaderError",
    "SettingError",
    "StanceError",
    "StoreError",
    "UnreachableIndexError",
]


class PactqaError(Exception):
    """The base of every error that pactqa raises on purpose."""


class SettingError(PactqaError):
    """An environment variable or an option with an unusable value."""


class EssayError(PactqaError):
    """A file of the corpus that cannot be read as an essay; the others are not affected.

    Attributes:
        place: the file or folder below the corpus, with slashes, `""` for the corpus itself; None
            where no place of the corpus is meant.
    """

    place: str | None = None


class ConversionError(PactqaError):
    """A file that cannot be made into text; who asked for it adds the file's name."""


class CorpusError(PactqaError):
    """An essay that cannot be added, edited, removed or restored as asked; nothing was changed."""


class EssayExistsError(CorpusError):
    """An essay whose place in the corpus is taken; it is replaced only when that is said."""


class EncoderError(PactqaError):
    """An embedding model that cannot be loaded, or is not the one expected."""


class ReaderError(PactqaError):
    """A reader that cannot be loaded, or is not the one expected."""


class StanceError(PactqaError):
    """A model for stances that cannot be loaded, or is no model for natural language inference."""


class StoreError(PactqaError):
    """An index that cannot be read or written."""


class MissingIndexError(StoreError):
    """An index that is not there, or not any more; it is built from the essays."""


class UnreachableIndexError(StoreError):
    """An index whose server does not answer, or not in time; it may answer the next time."""


class DamagedIndexError(StoreError):
    """An index that does not hold what was written; it is built anew from the essays."""


class ClaimError(PactqaError):
    """A claim, a text with claims, or a saved sheet that is unusable."""


class QuestionError(PactqaError):
    """A question, a number of passages or an essay filter that is unusable."""


class EvaluationError(PactqaError):
    """A file of labelled questions or documents that is unusable."""
