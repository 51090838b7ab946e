"""Every environment variable that pactqa reads, and what its value must be.

    PACTQA_CORPUS, PACTQA_INDEX                   folders of the essays and of the index
    PACTQA_ESSAY_BYTES                            the largest size of an essay's file, in bytes
    PACTQA_ESSAY_PAGES                            the most pages that a PDF may have
    PACTQA_CONVERT_SECONDS, PACTQA_CONVERT_BYTES  the time, and the memory in bytes, that reading a
                                                  file that is no text may take
    PACTQA_HOST, else GRADIO_SERVER_NAME          the address that the page listens on
    PACTQA_PORT, else GRADIO_SERVER_PORT          the port, a number from 1 to 65535
    PACTQA_HOSTS                                  the names that the page may be asked under
    PACTQA_FRAMES                                 the sites that may show the page in a frame
    PACTQA_PROXY                                  "yes": a proxy in front tells the visitor's
                                                  address and the name of the page
    PACTQA_VISITOR_QUESTIONS                      what one visitor may ask in a minute
    PACTQA_AT_ONCE                                how many questions are answered at once
    PACTQA_LINKS                                  "follow": links that lead out of the corpus
                                                  are followed
    PACTQA_MODEL                                  another embedding model: a folder or a name
    PACTQA_QUERY_PREFIX, PACTQA_PASSAGE_PREFIX    what such a model wants before each text
    PACTQA_READER, else PACTQA_RERANKER           a CrossEncoder in the packaged reader's place;
                                                  the second is its name in older versions
    PACTQA_NLI                                    a CrossEncoder that tells support from
                                                  contradiction: a folder or a name
    PACTQA_FEEDBACK                               the file for "helpful / not relevant"
    PACTQA_STYLE                                  of references: mla, chicago or apa
    PACTQA_PAPER                                  of Word documents: A4 or Letter

An empty value, or one of white space alone, counts as none, except that an empty prefix takes the
place of the one that the model declares. Each is read when it is asked for, so a value that nobody
needs is never an error.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from pactqa.errors import SettingError

__all__ = [
    "CONVERT_BYTES",
    "CONVERT_SECONDS",
    "CORPUS",
    "ESSAY_BYTES",
    "ESSAY_PAGES",
    "HOST",
    "INDEX",
    "PORT",
    "follows_links",
    "is_behind_proxy",
    "read_at_once",
    "read_convert_bytes",
    "read_convert_seconds",
    "read_corpus",
    "read_essay_bytes",
    "read_feedback_file",
    "read_frames",
    "read_host",
    "read_hosts",
    "read_index",
    "read_model",
    "read_nli",
    "read_pages",
    "read_paper",
    "read_passage_prefix",
    "read_port",
    "read_query_prefix",
    "read_reader",
    "read_style",
    "read_visitor_questions",
]

CORPUS, INDEX = "PACTQA_CORPUS", "PACTQA_INDEX"
ESSAY_BYTES = "PACTQA_ESSAY_BYTES"
ESSAY_PAGES = "PACTQA_ESSAY_PAGES"
CONVERT_SECONDS, CONVERT_BYTES = "PACTQA_CONVERT_SECONDS", "PACTQA_CONVERT_BYTES"
HOST, PORT = "PACTQA_HOST", "PACTQA_PORT"

_VISITOR_QUESTIONS, _AT_ONCE = "PACTQA_VISITOR_QUESTIONS", "PACTQA_AT_ONCE"
_STYLES, _PAPERS = ("mla", "chicago", "apa"), ("A4", "Letter")  # the first is the default
_SPACES = "https://huggingface.co"
_HOST_DEFAULT, _PORT_DEFAULT = "127.0.0.1", "7860"
_ESSAY_BYTES_MAX, _ESSAY_PAGES_MAX = 1_000_000_000, 10_000
_CONVERT_SECONDS_MAX, _CONVERT_BYTES_MAX = 86_400, 1_000_000_000_000


def read_corpus(default: Path) -> Path:
    """Gives the folder of the essays, the default if none is set."""
    return Path(_read(CORPUS) or default)


def follows_links() -> bool:
    """Tells whether links that lead out of the corpus are followed.

    Raises:
        SettingError: if the setting has another value than "follow".
    """
    value = _read("PACTQA_LINKS")
    return bool(value) and _choose("PACTQA_LINKS", value, ("follow",)) == "follow"


def read_index(default: Path) -> Path:
    """Gives the folder of the index, the default if none is set."""
    return Path(_read(INDEX) or default)


def read_essay_bytes() -> int:
    """Gives the largest size that an essay's file may have, or raises a SettingError."""
    return _read_number(ESSAY_BYTES, 10_000_000, _ESSAY_BYTES_MAX)


def read_pages() -> int:
    """Gives the most pages that a PDF may have, or raises a SettingError."""
    return _read_number(ESSAY_PAGES, 500, _ESSAY_PAGES_MAX)


def read_convert_seconds() -> int:
    """Gives the seconds that reading a file that is no text may take, or raises a SettingError."""
    return _read_number(CONVERT_SECONDS, 60, _CONVERT_SECONDS_MAX)


def read_convert_bytes() -> int:
    """Gives the memory in bytes that the same may take, or raises a SettingError."""
    return _read_number(CONVERT_BYTES, 1_000_000_000, _CONVERT_BYTES_MAX)


def read_host() -> str:
    """Gives the address that the page listens on."""
    return _read(HOST, "GRADIO_SERVER_NAME") or _HOST_DEFAULT


def read_port() -> int:
    """Gives the port that the page listens on.

    Raises:
        SettingError: if it is not a number from 1 to 65535.
    """
    name = next((name for name in (PORT, "GRADIO_SERVER_PORT") if _read(name)), PORT)
    text = _read(name) or _PORT_DEFAULT
    if not _is_number(text, 65535):
        raise SettingError(
            f"The port is {text!r}, which is no number from 1 to 65535 (setting {name}). "
            f"Set {PORT} to one."
        )
    return int(text)


def read_hosts() -> tuple[str, ...]:
    """Gives the names, in small letters, that the page may be asked under besides its own.

    A Space of Hugging Face says its own name.
    """
    return tuple(f"{_read('PACTQA_HOSTS')} {_read('SPACE_HOST')}".lower().replace(",", " ").split())


def read_frames() -> tuple[str, ...]:
    """Gives the sites that may show the page in a frame, as origins; none means only itself.

    Raises:
        SettingError: if one is no origin.
    """
    sites = (_read("PACTQA_FRAMES") or (_SPACES if _read("SPACE_HOST") else "")).split()
    for site in sites:
        if not re.fullmatch(r"(?:https?://)?[\w*.:-]+", site, re.ASCII):
            raise SettingError(
                f"PACTQA_FRAMES has {site!a}, which is no site. Name sites such as "
                "https://school.example, with blanks between them, or * for all."
            )
    return tuple(sites)


def is_behind_proxy() -> bool:
    """Tells whether a proxy in front is believed about the visitor and the page's own name.

    Raises:
        SettingError: if the setting has another value than "yes" or "no".
    """
    value = _read("PACTQA_PROXY") or ("yes" if _read("SPACE_HOST") else "no")
    return _choose("PACTQA_PROXY", value, ("no", "yes")) == "yes"


def read_visitor_questions() -> int:
    """Gives how much one visitor may ask in a minute, or raises a SettingError."""
    return _read_number(_VISITOR_QUESTIONS, 240, 100_000)


def read_at_once() -> int:
    """Gives how many questions are answered at once, or raises a SettingError."""
    return _read_number(_AT_ONCE, 16, 1000)


def read_model() -> str:
    """Gives the folder or name of another embedding model; `""` means the packaged one."""
    return _read("PACTQA_MODEL")


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
    return _read("PACTQA_READER", "PACTQA_RERANKER")


def read_nli() -> str:
    """Gives the folder or name of a CrossEncoder for stances; `""` means that there is none."""
    return _read("PACTQA_NLI")


def read_feedback_file() -> Path | None:
    """Gives the file that verdicts are written to; None means that none are asked for."""
    name = _read("PACTQA_FEEDBACK")
    return Path(name) if name else None


def read_style(option: str | None = None) -> str:
    """Gives the style of references, a key of `references.STYLES`; `mla` if none is set.

    Args:
        option: what the option `--style` says, which comes first.

    Raises:
        SettingError: if there is no such style.
    """
    return _choose(
        "--style" if option else "PACTQA_STYLE", option or _read("PACTQA_STYLE"), _STYLES
    )


def read_paper() -> str:
    """Gives the paper of Word documents, `A4` or `Letter`; `A4` if none is set.

    Raises:
        SettingError: if it is another.
    """
    return _choose("PACTQA_PAPER", _read("PACTQA_PAPER"), _PAPERS)


def _read_number(name: str, default: int, most: int) -> int:
    """Gives a number from 1 on, the default if none is set."""
    text = _read(name) or str(default)
    if not _is_number(text, most):
        raise SettingError(
            f"{name} is {text[:40]!a}, which is no number from 1 to {most:,}. "
            f"Set it to one, such as {default}, or take it out."
        )
    return int(text)


def _is_number(text: str, most: int) -> bool:
    """Tells whether a text is a number from 1 on, in digits alone."""
    # Not int() at once: it also takes " 1_0", and fails on a number of 5,000 digits.
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return is_short and 0 < int(text) <= most


def _choose(name: str, text: str, choices: Sequence[str]) -> str:
    """Gives one of some words, in whatever case it is written; the first if none is."""
    found = [choice for choice in choices if choice.casefold() == text.casefold()]
    if text and not found:
        raise SettingError(f"{name} is {text!a}. Set it to one of: {', '.join(choices)}.")
    return found[0] if found else choices[0]


def _read(*names: str) -> str:
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
