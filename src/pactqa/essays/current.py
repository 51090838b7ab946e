"""What the essays' files say now: whatever was indexed is compared with it before it is quoted."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from pactqa.errors import EssayError
from pactqa.essays.bounds import read_bytes
from pactqa.essays.files import Essay, compose_essay, is_plain, make_digest
from pactqa.essays.splitting import Passage

__all__ = ["CurrentTexts"]

_Found = TypeVar("_Found")


class CurrentTexts:
    """The texts in the files of a corpus as they are now. Several threads may use it."""

    def __init__(self, corpus: Path) -> None:
        """Names the folder; nothing is read yet."""
        self._corpus = corpus
        self._read: dict[str, tuple[int, int, str]] = {}

    def text_of(self, essay: Essay) -> str | None:
        """Gives the text in an essay's file, `""` if there is none or it is no essay any more.

        None means that it cannot be known: a folder or a file cannot be opened now. It is read
        again only when the file changed. A file that was converted is not converted again: its text
        is the one that was made of it as long as its digest is the same.
        """
        file = self._corpus / essay.file
        try:
            state = file.stat()
            known = self._read.get(essay.id)
            if known and known[:2] == (state.st_mtime_ns, state.st_size):
                return known[2]
            text = self._read_text(file, essay)
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError:
            return None
        except EssayError as error:
            return None if isinstance(error.__cause__, OSError) else ""
        self._read[essay.id] = (state.st_mtime_ns, state.st_size, text)
        return text

    def _read_text(self, file: Path, essay: Essay) -> str:
        content, relative = read_bytes(file), Path(essay.file)
        if make_digest(relative, content, converted=essay.converted) == essay.sha256:
            return essay.text
        if essay.converted or not is_plain(content):
            return ""
        return compose_essay(file, relative, lambda: content).text

    def last_text_of(self, essay: Essay) -> str:
        """Gives the text in an essay's file, or the one read last if that cannot be known now."""
        text = self.text_of(essay)
        return essay.text if text is None else text

    def says_still(self, essay: Essay, passage: Passage) -> bool:
        """Tells whether an essay's file says, at its place, what is quoted as a passage.

        A file that cannot be opened now is taken to say what it said when it was read last.
        """
        return self.last_text_of(essay)[passage.start : passage.end] == passage.text

    def find_unreadable(self, essays: Iterable[Essay]) -> tuple[str, ...]:
        """Gives the ids of the essays whose file cannot be opened now, each once."""
        return tuple(dict.fromkeys(e.id for e in essays if self.text_of(e) is None))

    def take(
        self, found: Iterable[_Found], k: int, place_of: Callable[[_Found], tuple[Essay, Passage]]
    ) -> tuple[list[_Found], tuple[str, ...]]:
        """Takes the first `k` of what was found whose essay still says, in its file, the passage.

        Args:
            found: best first.
            k: how many are taken at most.
            place_of: gives the essay and the passage that one stands in.

        Returns:
            What is taken, and the ids of the essays that do not say theirs any more.
        """
        taken: list[_Found] = []
        stale: dict[str, None] = {}
        for one in found:
            if len(taken) == k:
                break
            essay, passage = place_of(one)
            if self.says_still(essay, passage):
                taken.append(one)
            else:
                stale[essay.id] = None
        return taken, tuple(stale)
