"""What a conversion gives: a text, and what the file says of itself."""

from dataclasses import dataclass

__all__ = ["Document", "PageStart", "describe_pictures"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the original begins in the text, and how that page is numbered."""

    start: int
    page: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, and what the file says of itself.

    Attributes:
        kind: what the file is, in words: "a PDF".
        text: what is written in it; its line ends are those of the file if it is text.
        markdown: whether the text is Markdown; else it is plain.
        title, author, year, site, url, language: None where the file does not say.
        encoding: of a text that is not UTF-8.
        page_starts: where its pages begin, in their order; none if it has no pages.
        removed: the lines that were taken out because they belong to a page, not to its text.
        warnings: what was done or left out, a sentence each.
    """

    kind: str
    text: str
    markdown: bool = True
    title: str | None = None
    author: str | None = None
    year: int | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    encoding: str | None = None
    page_starts: tuple[PageStart, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def describe_pictures(count: int) -> tuple[str, ...]:
    """Gives the warning that pictures were left out, none if there were none.

    >>> describe_pictures(2)
    ('Left out: 2 pictures.',)
    """
    return (f"Left out: {count} picture{'s' if count > 1 else ''}.",) if count else ()
