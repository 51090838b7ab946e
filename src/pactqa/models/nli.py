"""Tells whether a text supports or contradicts a claim, by a model for natural language inference.

The model is any CrossEncoder of sentence-transformers with the three labels entailment, neutral and
contradiction (Bowman et al., "A large annotated corpus for learning natural language inference",
2015, https://arxiv.org/abs/1508.05326), named by `PACTQA_NLI`. The order of its labels is read from
its own config. None comes with pactqa: without one no stance is given, for nearness is no support.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np

from pactqa.errors import StanceError
from pactqa.models.torch_engine import keep_libraries_quiet

__all__ = ["MARGIN", "CrossEncoderNli", "Nli", "Stance"]

Stance = Literal["supports", "contradicts", "undecided"]

MARGIN = 0.3
"""How much likelier than the next a stance must be; less is undecided."""

_LABELS = ("entail", "neutral", "contradict")


class Nli(Protocol):
    """What pactqa needs of such a model: what does each text say of a claim."""

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        ...

    def judge(self, claim: str, texts: Sequence[str]) -> list[Stance]:
        """Gives the stance of each text; a text is read alone, whatever stands beside it."""
        ...


class CrossEncoderNli:
    """A CrossEncoder with three labels."""

    def __init__(self, name: str, model: Any) -> None:
        """Wraps a loaded model.

        Raises:
            StanceError: if it has not the three labels.
        """
        self._name = name
        self._model = model
        self._columns = _read_labels(name, model.config.id2label)

    @classmethod
    def load(cls, name: str) -> "CrossEncoderNli":
        """Loads a CrossEncoder from a folder, or by a name that the library can resolve.

        Raises:
            StanceError: if it cannot be loaded, or has not the three labels.
        """
        keep_libraries_quiet(offline=Path(name).is_dir())
        try:
            from sentence_transformers import CrossEncoder
            from torch.nn import Identity

            model = CrossEncoder(name, device="cpu", activation_fn=Identity())
        except Exception as error:  # the library raises many kinds; each means the same to a user
            raise StanceError(
                f"The model {name} cannot be loaded ({error}). Set PACTQA_NLI to a folder with a "
                "sentence-transformers CrossEncoder for natural language inference, or leave it "
                "empty: then no stance is given."
            ) from error
        return cls(name, model)

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        return self._name

    def judge(self, claim: str, texts: Sequence[str]) -> list[Stance]:
        """Gives the stance of each text; `undecided` where neither is likelier by the margin.

        Raises:
            StanceError: if the model does not give three numbers a pair.
        """
        if not texts:
            return []
        logits = np.asarray(self._model.predict([(text, claim) for text in texts]), np.float64)
        if logits.shape != (len(texts), 3):
            raise StanceError(
                f"The model {self._name} gave numbers of shape {logits.shape} for {len(texts)} "
                "texts; three a text are needed. Set PACTQA_NLI to a model with three labels."
            )
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return [_decide(*row) for row in chances[:, self._columns]]


def _decide(supports: float, neutral: float, contradicts: float) -> Stance:
    """Decides by three probabilities.

    >>> _decide(0.8, 0.1, 0.1), _decide(0.1, 0.2, 0.7), _decide(0.45, 0.1, 0.45)
    ('supports', 'contradicts', 'undecided')
    """
    if supports - max(neutral, contradicts) >= MARGIN:
        return "supports"
    if contradicts - max(neutral, supports) >= MARGIN:
        return "contradicts"
    return "undecided"


def _read_labels(name: str, labels: Any) -> list[int]:
    """Gives the columns of entailment, neutral and contradiction."""
    named = {int(at): str(label).casefold() for at, label in dict(labels or {}).items()}
    columns = [[at for at, label in named.items() if wanted in label] for wanted in _LABELS]
    if len(named) != len(_LABELS) or any(len(found) != 1 for found in columns):
        raise StanceError(
            f"The model {name} has the labels {', '.join(map(str, named.values())) or 'none'}; "
            "entailment, neutral and contradiction are needed. Set PACTQA_NLI to a CrossEncoder "
            "for natural language inference, or leave it empty."
        )
    return [found[0] for found in columns]
