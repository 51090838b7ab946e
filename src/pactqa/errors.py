"""The errors that pactqa raises on purpose.

Every message says what happened, where (file, line, byte or setting), and what to do. The page and
the command line show these messages as they are; any other exception is a bug.

    PactqaError
    ├── SettingError      an environment variable or option has an unusable value
    ├── EssayError        a file of the corpus cannot be read as an essay
    ├── EncoderError      the embedding model cannot be loaded, or is not the one expected
    ├── ReaderError       the reader cannot be loaded, or is not the one expected
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
    """The base of every error that pactqa raises on purpose."""


class SettingError(PactqaError):
    """An environment variable or an option with an unusable value."""


class EssayError(PactqaError):
    """A file of the corpus that cannot be read as an essay; the others are not affected."""


class EncoderError(PactqaError):
    """An embedding model that cannot be loaded, or is not the one expected."""


class ReaderError(PactqaError):
    """A reader that cannot be loaded, or is not the one expected."""


class StoreError(PactqaError):
    """An index folder that cannot be read or written."""


class QuestionError(PactqaError):
    """A question, a number of passages or an essay filter that is unusable."""


class EvaluationError(PactqaError):
    """A file of labelled questions or documents that is unusable."""
