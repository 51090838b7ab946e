"""The lines of a text, and the characters that no text may hold.

A line ends where a file's line does: at CR LF, CR or LF. Python's own `splitlines` ends lines at
ten other characters as well, U+2028 among them, which are part of an essay's words here.
"""

import re
from collections.abc import Iterator

__all__ = ["find_line_number", "is_valid", "join_surrogates", "repair_surrogates", "split_lines"]

_NEWLINE = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def split_lines(text: str) -> Iterator[tuple[int, int]]:
    r"""Gives the start and the end of each line, its line end included.

    >>> list(split_lines("One\r\n\ntwo"))
    [(0, 5), (5, 6), (6, 9)]
    """
    return (match.span() for match in _LINE.finditer(text))


def find_line_number(text: str, at: int) -> int:
    r"""Gives the number, from 1, of the line that holds a character.

    >>> find_line_number("One\ntwo", 5)
    2
    """
    return len(_NEWLINE.findall(text, 0, at)) + 1


def join_surrogates(text: str) -> str:
    r"""Puts the character in the place of each surrogate pair, as `json.dumps` writes an emoji.

    >>> join_surrogates("bees \ud83d\udc1d") == "bees \N{HONEYBEE}"
    True
    """
    return _SURROGATE_PAIR.sub(lambda pair: _decode_pair(pair[0]), text)


def repair_surrogates(text: str) -> str:
    r"""Puts `?` in the place of each half of a surrogate pair, so that no offset changes.

    JSON, YAML, a file's name or an argument that is not UTF-8 can bring such halves into a text;
    no tokenizer, file or database takes them.

    >>> repair_surrogates("bees \ud800 dance")
    'bees ? dance'
    """
    return _SURROGATE.sub("?", text)


def is_valid(text: str) -> bool:
    """Tells whether a text can be written as UTF-8: it holds no half of a surrogate pair."""
    return not _SURROGATE.search(text)


def _decode_pair(pair: str) -> str:
    return pair.encode("utf-16", "surrogatepass").decode("utf-16")
