"""The errors that pactqa raises on purpose.

Every message says what happened, where (file, line, byte or setting), and what to do. The page and
the command line show these messages as they are; any other exception is a bug.

    PactqaError
    ├── SettingError      an environment variable or option has an unusable value
    ├── EssayError        a file of the corpus cannot be read as an essay
    ├── EncoderError      the embedding model cannot be loaded, or is not the one expected
    ├── ReaderError       the reader's weights cannot be loaded, or are not the ones expected
    ├── StoreError        the index folder cannot be read or written
    ├── QuestionError     a question, a number of passages or an essay filter is unusable
    └── EvaluationError   a file of labelled questions or documents is unusable
"""

__all__ = [
    "EncoderError",
    "EssayError",
    "EvaluationError",
    "PactqaError",
    "QuestionError",
    "ReaderError",
    "SettingError",
    "StoreError",
]


class PactqaError(Exception):
    """Is the base of every error that pactqa raises on purpose."""


class SettingError(PactqaError):
    """Tells that an environment variable or an option has an unusable value."""


class EssayError(PactqaError):
    """Tells that one file of the corpus cannot be read as an essay; the others are not affected."""


class EncoderError(PactqaError):
    """Tells that the embedding model cannot be loaded, or is not the one expected."""


class ReaderError(PactqaError):
    """Tells that the reader's weights cannot be loaded, or are not the ones expected."""


class StoreError(PactqaError):
    """Tells that the index folder cannot be read or written."""


class QuestionError(PactqaError):
    """Tells that a question, a number of passages or an essay filter is unusable."""


class EvaluationError(PactqaError):
    """Tells that a file of labelled questions or documents is unusable."""
