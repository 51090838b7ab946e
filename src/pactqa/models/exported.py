"""Keeps exported networks in the folder of the index, each in a folder of its own.

An export is written under another name and renamed when it is whole, so one that is killed leaves
nothing that is used. Its card holds a digest of each file and of itself: what is damaged, or was
made by another version or of other weights, is not opened but made anew. See `exporting` for how.
"""

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["VERSION", "Exported", "keep_exported", "open_exported"]

VERSION = 1
"""Changes with whatever `exporting` does; an export of another version is made anew."""

_CARD, _NETWORK, _TOKENIZER = "card.json", "network.onnx", "tokenizer.json"
_LEFT_SECONDS = 3600


@dataclass(frozen=True, slots=True, eq=False)
class Exported:
    """An exported network.

    Attributes:
        network: the ONNX file.
        tokenizer: the tokenizer's JSON, with how it truncates.
        facts: what else is to be known of the model.
    """

    network: Path
    tokenizer: str
    facts: dict[str, Any]


def open_exported(folder: Path, kind: str, key: str) -> Exported | None:
    """Opens an export; None if there is none that is whole, of this version and of this key."""
    place = _place(folder, kind, key)
    try:
        card = json.loads((place / _CARD).read_text("utf-8"))
        digest = card.pop("digest")
        if digest != _digest_card(card) or (card["version"], card["key"]) != (VERSION, key):
            return None
        if any(_digest_file(place / name) != card[name] for name in (_NETWORK, _TOKENIZER)):
            return None
        tokenizer = (place / _TOKENIZER).read_text("utf-8")
        return Exported(place / _NETWORK, tokenizer, dict(card["facts"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_exported(
    folder: Path, kind: str, key: str, make: Callable[[Path], dict[str, Any]]
) -> None:
    """Makes an export and keeps it in place of any other of its kind.

    Args:
        folder: the folder of the index.
        kind: of the network: `encoder`, `reader`.
        key: what changes with the weights.
        make: writes `network.onnx` and `tokenizer.json` into a folder and gives the facts.

    Raises:
        OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _remove_left(folder, kind)
    part = folder / f"{kind}-{os.getpid()}-{time.monotonic_ns()}.part"
    part.mkdir()
    try:
        facts = make(part)
        card: dict[str, Any] = {"version": VERSION, "key": key, "facts": facts}
        for name in (_NETWORK, _TOKENIZER):
            card[name] = _digest_file(part / name)
        card["digest"] = _digest_card(card)
        (part / _CARD).write_text(json.dumps(card), "utf-8")
        place = _place(folder, kind, key)
        for other in folder.glob(f"{kind}-*.export"):
            shutil.rmtree(other, ignore_errors=True)
        # Another process may have put its own there just now, which is as good.
        with contextlib.suppress(OSError):
            part.rename(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _place(folder: Path, kind: str, key: str) -> Path:
    return folder / f"{kind}-{key[:16]}.export"


def _remove_left(folder: Path, kind: str) -> None:
    """Removes what exports that were killed have left; a young one may be under way."""
    for part in folder.glob(f"{kind}-*.part"):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _LEFT_SECONDS:
                shutil.rmtree(part, ignore_errors=True)


def _digest_file(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _digest_card(card: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(card, sort_keys=True).encode()).hexdigest()
