"""pactqa answers questions about a folder of essays with their own passages, word for word."""

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
