"""Writes front matter into the text of a file, without touching a character of the essay below.

Lines of the front matter that are not concerned stay as they are too, remarks among them.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pactqa.errors import EssayError
from pactqa.essays.bounded_yaml import YamlProblem, write_values
from pactqa.essays.front_matter import BOUNDARY, FrontMatter, split_front_matter

__all__ = ["replace_front_matter"]

_NEWLINE = re.compile(r"\r\n|\r|\n")


def replace_front_matter(path: Path, text: str, front: FrontMatter) -> str:
    r"""Gives the text of a file with another front matter; what is not changed is left as it is.

    A file without front matter gets one, and an empty line below it.

    Args:
        path: the file, for the messages.
        text: what the file holds.
        front: what its front matter shall say.

    Raises:
        EssayError: if the front matter that is there cannot be read, or the new one could not be.

    >>> replace_front_matter(Path("a.md"), "Bees fly.", FrontMatter(title="Bees", year=2011))
    '---\ntitle: Bees\nyear: 2011\n---\n\nBees fly.'
    """
    before, body, _ = split_front_matter(path, text)
    old, new = _list_values(before), _list_values(front)
    changed = {name: value for name, value in new.items() if old[name] != value}
    if not changed:
        return text
    header = _find_header(text)
    newline = found[0] if (found := _NEWLINE.search(text)) else "\n"
    try:
        lines = write_values(_NEWLINE.sub("\n", header), changed)
    except YamlProblem as error:
        raise EssayError(f"{path}: {error}. Mend the front matter by hand.") from error
    end = "\n---" if header else "\n---\n\n"
    written = f"---\n{lines.strip()}{end}".replace("\n", newline) + body
    if split_front_matter(path, written)[:2] != (front, body if header else 2 * newline + body):
        raise EssayError(
            f"{path}: its front matter cannot be changed so without changing more. Do it by hand."
        )
    return written


def _find_header(text: str) -> str:
    """Gives what stands between the two lines of hyphens, `""` for a text without them."""
    opening = BOUNDARY.match(text)
    closing = BOUNDARY.search(text, opening.end()) if opening else None
    return text[opening.end() : closing.start()].lstrip("\r\n") if opening and closing else ""


def _list_values(front: FrontMatter) -> Mapping[str, Any]:
    """Gives what YAML is written of each field; None for one that is left out."""
    values = {name: value or None for name, value in asdict(front).items()}
    if front.accessed:
        values["accessed"] = datetime.date.fromisoformat(front.accessed)
    values["notes"] = [asdict(note) for note in front.notes] or None
    values["paged"] = [asdict(begin) for begin in front.paged] or None
    return values
