"""Reads the parts of an archive that is a document: XML, within bounds, nothing from outside."""

import io
import zipfile
from typing import TYPE_CHECKING

from pactqa.errors import ConversionError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["open_archive", "parse_part", "read_part", "read_year"]

_PART_MAX = 100_000_000


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Opens an archive that `recognise_kind` has looked into."""
    return zipfile.ZipFile(io.BytesIO(content))


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Reads a part, or says that it is not there or damaged."""
    try:
        with archive.open(name) as part:
            found = part.read(_PART_MAX + 1)
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise ConversionError(
            f"the file is damaged: its part {name[:100]} cannot be read. Save it anew"
        ) from error
    if len(found) > _PART_MAX:
        raise ConversionError(f"its part {name[:100]} has more than {_PART_MAX:,} bytes. Divide it")
    return found


def parse_part(archive: zipfile.ZipFile, name: str) -> "_Element":
    """Parses a part as XML; nothing outside the part is read, and no entity is put in.

    Raises:
        ConversionError: if it is missing, too large or no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    content = read_part(archive, name)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if not error.lineno:  # as the parser says that it got no memory
            raise MemoryError from error
        raise ConversionError(
            f"the file is damaged: its part {name[:100]} is no XML ({error!s:.100}). Save it anew"
        ) from error


def read_year(date: str | None) -> int | None:
    """Gives the year of a date such as 2011-05-03T10:00:00.

    >>> read_year("2011-05-03"), read_year("May"), read_year(None)
    (2011, None, None)
    """
    digits = (date or "").strip()[:4]
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
