"""Every environment variable about the server that pactqa reads, and what its value must be.

    PACTQA_HOSTS                the names that the page may be asked under
    PACTQA_FRAMES               the sites that may show the page in a frame
    PACTQA_PROXY                "yes": a proxy in front is believed about the visitor
    PACTQA_VISITOR_QUESTIONS    what one visitor may ask in a minute
    PACTQA_AT_ONCE              how many questions are answered at once
    PACTQA_LOG                  "requests" or "questions": what is written of each request
    PACTQA_WATCH                "1": the corpus is watched, and read when it changes

A Space of Hugging Face is behind a proxy and in a frame; it says its own name in SPACE_HOST.
"""

import re
from typing import Literal, cast

from pactqa.errors import SettingError
from pactqa.settings import choose, read_number, read_value

__all__ = [
    "is_behind_proxy",
    "read_at_once",
    "read_frames",
    "read_hosts",
    "read_log",
    "read_visitor_questions",
    "watches_corpus",
]

_VISITOR_QUESTIONS, _AT_ONCE = "PACTQA_VISITOR_QUESTIONS", "PACTQA_AT_ONCE"
_SPACES = "https://huggingface.co"


def read_hosts() -> tuple[str, ...]:
    """Gives the names, in small letters, that the page may be asked under besides its own.

    A Space of Hugging Face says its own name.
    """
    return tuple(
        f"{read_value('PACTQA_HOSTS')} {read_value('SPACE_HOST')}".lower().replace(",", " ").split()
    )


def read_frames() -> tuple[str, ...]:
    """Gives the sites that may show the page in a frame, as origins; none means only itself.

    Raises:
        SettingError: if one is no origin.
    """
    sites = (read_value("PACTQA_FRAMES") or (_SPACES if read_value("SPACE_HOST") else "")).split()
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
    value = read_value("PACTQA_PROXY") or ("yes" if read_value("SPACE_HOST") else "no")
    return choose("PACTQA_PROXY", value, ("no", "yes")) == "yes"


def read_visitor_questions() -> int:
    """Gives how much one visitor may ask in a minute.

    Raises:
        SettingError: if it is not a number from 1 to 100,000.
    """
    return read_number(_VISITOR_QUESTIONS, 240, 100_000)


def read_at_once() -> int:
    """Gives how many questions are answered at once.

    Raises:
        SettingError: if it is not a number from 1 to 1,000.
    """
    return read_number(_AT_ONCE, 16, 1000)


def read_log() -> Literal["off", "requests", "questions"]:
    """Gives what is written of each request.

    Raises:
        SettingError: if it is another word.
    """
    chosen = choose("PACTQA_LOG", read_value("PACTQA_LOG"), ("off", "requests", "questions"))
    return cast(Literal["off", "requests", "questions"], chosen)


def watches_corpus() -> bool:
    """Tells whether the corpus is watched, and read when it changes.

    Raises:
        SettingError: if the setting is neither "0" nor "1".
    """
    return choose("PACTQA_WATCH", read_value("PACTQA_WATCH"), ("0", "1")) == "1"
