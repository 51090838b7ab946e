"""Disarms what a format would take for markup, for a formula, or could not hold at all."""

import re
import unicodedata

__all__ = ["disarm_cell", "plain_markdown", "plain_xml"]

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:])")
_LINE_ENDS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
# XML 1.0, and so DOCX, has no place for these; they show nothing on paper either.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = frozenset("=+-@|%")
"""What a spreadsheet takes for the beginning of a formula, in any width."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Me", "Mn", "Zl", "Zp", "Zs"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers and a sign without a dot


def plain_markdown(text: str) -> str:
    r"""Writes a text so that Markdown shows it as it is, on one line.

    >>> print(plain_markdown("*a* <b>\nc"))
    \*a\* \<b\> c
    """
    return _MARKUP.sub(r"\\\1", _LINE_ENDS.sub(" ", text))


def disarm_cell(cell: str) -> str:
    """Puts an apostrophe before a cell that is computed, or would be after what nobody sees.

    >>> disarm_cell("=1+1"), disarm_cell("one = 1")
    ("'=1+1", 'one = 1')
    """
    shown = next((character for character in cell if not _is_invisible(character)), "")
    is_formula = unicodedata.normalize("NFKC", shown)[:1] in _FORMULA if shown else False
    return f"'{cell}" if is_formula or cell.startswith(("\t", "\r", "\n")) else cell


def plain_xml(text: str) -> str:
    """Gives a text with a mark in the place of each character that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _BLANK_LETTERS
