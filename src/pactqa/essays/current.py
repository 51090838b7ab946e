"""What the essays' files say now: whatever was indexed is compared with it before it is quoted."""

from pathlib import Path

from pactqa.errors import EssayError
from pactqa.essays.files import Essay, read_essay
from pactqa.essays.splitting import Passage

__all__ = ["CurrentTexts"]


class CurrentTexts:
    """The texts in the files of a corpus as they are now. Several threads may use it."""

    def __init__(self, corpus: Path) -> None:
        """Names the folder; nothing is read yet."""
        self._corpus = corpus
        self._read: dict[str, tuple[int, int, str]] = {}

    def text_of(self, essay: Essay) -> str:
        """Gives the text in an essay's file, `""` if it cannot be read.

        It is read again only when the file changed.
        """
        file = self._corpus / essay.file
        try:
            state = file.stat()
            known = self._read.get(essay.id)
            if known and known[:2] == (state.st_mtime_ns, state.st_size):
                return known[2]
            text = read_essay(file, self._corpus).text
        except (OSError, EssayError):
            return ""
        self._read[essay.id] = (state.st_mtime_ns, state.st_size, text)
        return text

    def says_still(self, essay: Essay, passage: Passage) -> bool:
        """Tells whether an essay's file says, at its place, what is quoted as a passage."""
        return self.text_of(essay)[passage.start : passage.end] == passage.text
