"""pactqa answers questions about a folder of essays with their own passages, word for word.

What it offers is imported when it is first asked for: `pactqa --help` needs none of it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactqa.answer import Answer
    from pactqa.assistant import Assistant
    from pactqa.errors import PactqaError
    from pactqa.essays.files import Essay
    from pactqa.essays.front_matter import EditorNote
    from pactqa.essays.splitting import Passage, Span
    from pactqa.evidence import Evidence, EvidenceSentence
    from pactqa.search.ranking import Hit

__all__ = [
    "Answer",
    "Assistant",
    "EditorNote",
    "Essay",
    "Evidence",
    "EvidenceSentence",
    "Hit",
    "PactqaError",
    "Passage",
    "Span",
]
__version__ = "0.1.0"

_MODULES = {
    "Answer": "answer",
    "Assistant": "assistant",
    "EditorNote": "essays.front_matter",
    "Essay": "essays.files",
    "Evidence": "evidence",
    "EvidenceSentence": "evidence",
    "Hit": "search.ranking",
    "PactqaError": "errors",
    "Passage": "essays.splitting",
    "Span": "essays.splitting",
}


def __getattr__(name: str) -> object:
    """Imports one of the names that the package offers."""
    if name not in _MODULES:
        raise AttributeError(f"module 'pactqa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"pactqa.{_MODULES[name]}"), name)
