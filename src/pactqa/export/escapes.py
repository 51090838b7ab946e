"""Disarms what a format would take for markup, for a formula, or could not hold at all."""

import re

__all__ = ["disarm_cell", "plain_markdown", "plain_xml"]

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:])")
_LINE_ENDS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
# What a spreadsheet takes for the beginning of a formula, white space before it or not.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠|%]|[\t\r\n]")
# XML 1.0, and so DOCX, has no place for these; they show nothing on paper either.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain_markdown(text: str) -> str:
    r"""Writes a text so that Markdown shows it as it is, on one line.

    >>> print(plain_markdown("*a* <b>\nc"))
    \*a\* \<b\> c
    """
    return _MARKUP.sub(r"\\\1", _LINE_ENDS.sub(" ", text))


def disarm_cell(cell: str) -> str:
    """Gives a cell that no spreadsheet computes: an apostrophe before it, which none shows.

    >>> disarm_cell("=1+1"), disarm_cell("one")
    ("'=1+1", 'one')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain_xml(text: str) -> str:
    """Gives a text with a mark in the place of each character that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
