"""Every environment variable that pactqa reads, and what its value must be.

    PACTQA_CORPUS                                 the folder of the essays
    PACTQA_ESSAY_BYTES                            the largest size of an essay's file, in bytes
    PACTQA_ESSAY_PAGES                            the most pages that a PDF may have
    PACTQA_ESSAY_SECONDS                          the processor time that reading and splitting an
                                                  essay may take, in seconds
    PACTQA_CONVERT_SECONDS, PACTQA_CONVERT_BYTES  the time, and the memory in bytes, that reading a
                                                  file that is no text may take
    PACTQA_HOST, else GRADIO_SERVER_NAME          the address that the page listens on
    PACTQA_PORT, else GRADIO_SERVER_PORT          the port, a number from 1 to 65535
    PACTQA_LINKS                                  "follow": links that lead out of the corpus
                                                  are followed
    PACTQA_MODEL                                  another embedding model: a folder or a name
    PACTQA_QUERY_PREFIX, PACTQA_PASSAGE_PREFIX    what such a model wants before each text
    PACTQA_ENGINE                                 what runs the models: auto, onnx, int8, torch
    PACTQA_EXPORTS                                the folder where exported models are kept
    OMP_NUM_THREADS                               how many cores are used, else all there are
    PACTQA_READER, else PACTQA_RERANKER           a CrossEncoder in the packaged reader's place;
                                                  the second is its name in older versions
    PACTQA_NLI                                    a CrossEncoder that tells support from
                                                  contradiction: a folder or a name
    PACTQA_FEEDBACK                               the file for "helpful / not relevant"
    PACTQA_EDITORS                                who may change the essays on the page: a list
                                                  of NAME:HASH, or a file of them
    PACTQA_STYLE                                  of references: mla, chicago or apa
    PACTQA_PAPER                                  of Word documents: A4 or Letter

An empty value, or one of white space alone, counts as none, except that an empty prefix takes the
place of the one that the model declares. Each is read when it is asked for, so a value that nobody
needs is never an error. What is set about the server is in `server_settings`, and about the index
in `index_settings`.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from pactqa.errors import SettingError

__all__ = [
    "CONVERT_BYTES",
    "CONVERT_SECONDS",
    "CORPUS",
    "EDITORS",
    "ESSAY_BYTES",
    "ESSAY_PAGES",
    "ESSAY_SECONDS",
    "HOST",
    "PORT",
    "choose",
    "count_threads",
    "follows_links",
    "is_number",
    "read_convert_bytes",
    "read_convert_seconds",
    "read_corpus",
    "read_editors",
    "read_engine",
    "read_essay_bytes",
    "read_essay_seconds",
    "read_exports",
    "read_feedback_file",
    "read_host",
    "read_model",
    "read_nli",
    "read_number",
    "read_pages",
    "read_paper",
    "read_passage_prefix",
    "read_port",
    "read_query_prefix",
    "read_reader",
    "read_style",
    "read_value",
]

CORPUS = "PACTQA_CORPUS"
ESSAY_BYTES = "PACTQA_ESSAY_BYTES"
EDITORS = "PACTQA_EDITORS"
ESSAY_PAGES = "PACTQA_ESSAY_PAGES"
ESSAY_SECONDS = "PACTQA_ESSAY_SECONDS"
CONVERT_SECONDS, CONVERT_BYTES = "PACTQA_CONVERT_SECONDS", "PACTQA_CONVERT_BYTES"
HOST, PORT = "PACTQA_HOST", "PACTQA_PORT"

_STYLES, _PAPERS = ("mla", "chicago", "apa"), ("A4", "Letter")  # the first is the default
_ENGINES = ("auto", "onnx", "int8", "torch")
_HOST_DEFAULT, _PORT_DEFAULT = "127.0.0.1", "7860"
_ESSAY_BYTES_MAX, _ESSAY_PAGES_MAX = 1_000_000_000, 10_000
_ESSAY_SECONDS_MAX, _CONVERT_SECONDS_MAX, _CONVERT_BYTES_MAX = 86_400, 86_400, 1_000_000_000_000


def read_corpus(default: Path) -> Path:
    """Gives the folder of the essays, the default if none is set."""
    return Path(read_value(CORPUS) or default)


def follows_links() -> bool:
    """Tells whether links that lead out of the corpus are followed.

    Raises:
        SettingError: if the setting has another value than "follow".
    """
    value = read_value("PACTQA_LINKS")
    return bool(value) and choose("PACTQA_LINKS", value, ("follow",)) == "follow"


def read_essay_bytes() -> int:
    """Gives the largest size that an essay's file may have, or raises a SettingError."""
    return read_number(ESSAY_BYTES, 10_000_000, _ESSAY_BYTES_MAX)


def read_pages() -> int:
    """Gives the most pages that a PDF may have, or raises a SettingError."""
    return read_number(ESSAY_PAGES, 500, _ESSAY_PAGES_MAX)


def read_essay_seconds() -> int:
    """Gives the processor seconds that reading and splitting an essay may take.

    Raises:
        SettingError: if it is no number in its range.
    """
    return read_number(ESSAY_SECONDS, 60, _ESSAY_SECONDS_MAX)


def read_convert_seconds() -> int:
    """Gives the seconds that reading a file that is no text may take, or raises a SettingError."""
    return read_number(CONVERT_SECONDS, 60, _CONVERT_SECONDS_MAX)


def read_convert_bytes() -> int:
    """Gives the memory in bytes that the same may take, or raises a SettingError."""
    return read_number(CONVERT_BYTES, 1_000_000_000, _CONVERT_BYTES_MAX)


def read_host() -> str:
    """Gives the address that the page listens on."""
    return read_value(HOST, "GRADIO_SERVER_NAME") or _HOST_DEFAULT


def read_port() -> int:
    """Gives the port that the page listens on.

    Raises:
        SettingError: if it is not a number from 1 to 65535.
    """
    name = next((name for name in (PORT, "GRADIO_SERVER_PORT") if read_value(name)), PORT)
    text = read_value(name) or _PORT_DEFAULT
    if not is_number(text, 65535):
        raise SettingError(
            f"The port is {text!r}, which is no number from 1 to 65535 (setting {name}). "
            f"Set {PORT} to one."
        )
    return int(text)


def read_model() -> str:
    """Gives the folder or name of another embedding model; `""` means the packaged one."""
    return read_value("PACTQA_MODEL")


def read_engine() -> str:
    """Gives what runs the models: `onnx`, `torch`, or `auto` for the first that is possible.

    `int8` is `onnx` with a reader of bytes, where the processor is quicker with them.

    Raises:
        SettingError: if it is another.
    """
    return choose("PACTQA_ENGINE", read_value("PACTQA_ENGINE"), _ENGINES)


def read_exports(default: Path | None) -> Path | None:
    """Gives the folder where exported models are kept, the default if none is set."""
    name = read_value("PACTQA_EXPORTS")
    return Path(name) if name else default


def count_threads() -> int:
    """Gives how many processor cores this program may use."""
    text = read_value("OMP_NUM_THREADS")
    if is_number(text, 1024):
        return int(text)
    has_affinity = hasattr(os, "sched_getaffinity")  # not on every system
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def read_query_prefix() -> str | None:
    """Gives what stands before a question; None leaves it to the model.

    Raises:
        SettingError: if it is not text.
    """
    return _read_prefix("PACTQA_QUERY_PREFIX")


def read_passage_prefix() -> str | None:
    """Gives what stands before a passage; None leaves it to the model.

    Raises:
        SettingError: if it is not text.
    """
    return _read_prefix("PACTQA_PASSAGE_PREFIX")


def read_reader() -> str:
    """Gives the folder or name of a CrossEncoder; `""` means the packaged reader."""
    return read_value("PACTQA_READER", "PACTQA_RERANKER")


def read_nli() -> str:
    """Gives the folder or name of a CrossEncoder for stances; `""` means that there is none."""
    return read_value("PACTQA_NLI")


def read_feedback_file() -> Path | None:
    """Gives the file that verdicts are written to; None means that none are asked for."""
    name = read_value("PACTQA_FEEDBACK")
    return Path(name) if name else None


def read_editors() -> str:
    """Gives the list of editors with the hashes of their passwords, or a file's name; else `""`."""
    return read_value(EDITORS)


def read_style(option: str | None = None) -> str:
    """Gives the style of references, a key of `references.STYLES`; `mla` if none is set.

    Args:
        option: what the option `--style` says, which comes first.

    Raises:
        SettingError: if there is no such style.
    """
    return choose(
        "--style" if option else "PACTQA_STYLE", option or read_value("PACTQA_STYLE"), _STYLES
    )


def read_paper() -> str:
    """Gives the paper of Word documents, `A4` or `Letter`; `A4` if none is set.

    Raises:
        SettingError: if it is another.
    """
    return choose("PACTQA_PAPER", read_value("PACTQA_PAPER"), _PAPERS)


def read_number(name: str, default: int, most: int) -> int:
    """Gives a number from 1 on that a variable has, the default if it has none.

    Raises:
        SettingError: if it is no such number, or more than `most`.
    """
    text = read_value(name) or str(default)
    if not is_number(text, most):
        raise SettingError(
            f"{name} is {text[:40]!a}, which is no number from 1 to {most:,}. "
            f"Set it to one, such as {default}, or take it out."
        )
    return int(text)


def is_number(text: str, most: int) -> bool:
    """Tells whether a text is a number from 1 on, in digits alone."""
    # Not int() at once: it also takes " 1_0", and fails on a number of 5,000 digits.
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return is_short and 0 < int(text) <= most


def choose(name: str, text: str, choices: Sequence[str]) -> str:
    """Gives one of some words, in whatever case it is written; the first if none is."""
    found = [choice for choice in choices if choice.casefold() == text.casefold()]
    if text and not found:
        raise SettingError(f"{name} is {text!a}. Set it to one of: {', '.join(choices)}.")
    return found[0] if found else choices[0]


def read_value(*names: str) -> str:
    """Gives the first of some variables that has a value, or `""`."""
    return next((value for name in names if (value := os.environ.get(name, "").strip())), "")


def _read_prefix(name: str) -> str | None:
    prefix = os.environ.get(name)  # not stripped: most prefixes end with a space
    try:
        (prefix or "").encode()
    except UnicodeEncodeError as error:
        raise SettingError(
            f"{name} is {prefix!a}, which is not UTF-8 text. Set it to the words that the "
            "model wants, or take it out."
        ) from error
    return prefix
