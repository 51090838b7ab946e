"""What the essays' files say now: whatever was indexed is compared with it before it is quoted."""

from pathlib import Path

from pactqa.errors import EssayError
from pactqa.essays.files import Essay, read_essay

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
