"""Decodes the bytes of a text: UTF-8 where it is, else the encoding that fits best."""

import re
from dataclasses import dataclass

from pactqa.errors import ConversionError

__all__ = ["DecodedText", "decode_text"]

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8"}
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_LIKELY = ["cp1252", "cp1250", "cp1251", "iso8859_15", "iso8859_2", "koi8_r", "mac_roman", "cp850"]
_TRIED_MAX, _LETTERS_LEAST = 200_000, 20
_CHAOS_MAX, _CHAOS_ALIKE = 0.15, 0.02


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, and the encoding that it was read in; None for UTF-8, which needs no word."""

    text: str
    encoding: str | None = None


def decode_text(content: bytes) -> DecodedText:
    r"""Decodes a text.

    A file that is UTF-8 but for a few bytes is damaged and not of another encoding: it is refused,
    because in every other encoding all its quotation marks would come out wrong.

    Raises:
        ConversionError: names the first byte that is wrong, if no encoding fits.

    >>> decode_text("“The mill” burnt, said Zoë, for 5 €.".encode("cp1252"))
    DecodedText(text='“The mill” burnt, said Zoë, for 5 €.', encoding='cp1252')
    """
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-16-le" if _is_wide(content) else "utf-8")
    try:
        text = content.decode(encoding).removeprefix("\N{BYTE ORDER MARK}")
        named = None if encoding == "utf-8" else encoding
    except UnicodeDecodeError as error:
        found = None if mark or _is_mostly_utf8(content) else _guess(content)
        if found is None:
            line = len(_NEWLINE.findall(content, 0, error.start)) + 1
            raise ConversionError(
                f"byte {error.start} (line {line}) is not UTF-8, and no other encoding fits. Save "
                "the file as UTF-8 text; nothing of it was guessed"
            ) from error
        text, named = found.text, found.encoding
    at = text.find("\0")
    if at >= 0:
        line = len(re.findall(r"\r\n|\r|\n", text[:at])) + 1
        raise ConversionError(
            f"line {line} holds a NUL character, so this is no text file, whatever its name says. "
            "Export the essay as UTF-8 text"
        )
    return DecodedText(text, named)


def _is_mostly_utf8(content: bytes) -> bool:
    """Tells whether more of what is not ASCII is well-formed UTF-8 than is not."""
    good = bad = at = 0
    while at < len(content):
        try:
            good += _count_wide(content[at:])
            break
        except UnicodeDecodeError as error:
            good += _count_wide(content[at : at + error.start])
            bad += 1
            at += error.start + 1
            if bad > good + 100:
                break
    return good > bad


def _count_wide(content: bytes) -> int:
    return sum(not character.isascii() for character in content.decode("utf-8"))


def _guess(content: bytes) -> DecodedText | None:
    """Gives the text in the likeliest of the encodings that fit; None if none does."""
    from charset_normalizer import from_bytes

    if sum(map(str.isalpha, content.decode("latin-1"))) < _LETTERS_LEAST:
        return None  # too little to tell
    fits = from_bytes(content[:_TRIED_MAX], cp_isolation=_LIKELY, threshold=_CHAOS_MAX)
    least = min((one.chaos for one in fits), default=0)
    # The library takes Western letters for Central European ones where both would do.
    alike = {
        name
        for one in fits
        if one.chaos <= least + _CHAOS_ALIKE
        for name in one.could_be_from_charset
    }
    for name in (name for name in _LIKELY if name in alike):
        try:
            return DecodedText(content.decode(name), name)
        except UnicodeDecodeError:
            continue
    return None


def _is_wide(content: bytes) -> bool:
    """Tells whether text of Latin letters has two bytes for each, and no mark that says so."""
    some = content[1:2000:2]
    return len(some) > 3 and some.count(0) > len(some) * 0.8
