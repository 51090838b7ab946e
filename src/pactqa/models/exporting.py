"""Exports a network to ONNX, in a process of its own, and opens what was exported.

Only that process imports torch, which needs seconds to be imported and hundreds of megabytes, and
gives them back when it ends.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from pactqa.errors import PactqaError
from pactqa.models.exported import Exported, keep_exported, open_exported
from pactqa.settings import read_engine, read_exports

__all__ = ["choose_engine", "open_or_export"]

_log = logging.getLogger(__name__)
_Loaded = TypeVar("_Loaded")

_EXPORTING = ("torch", "transformers", "sentence_transformers")
_SECONDS_MAX = 1800
_RUN = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given['path']; "
    "from pactqa.models import torch_engine; "
    "facts = getattr(torch_engine, given['function'])(*given['arguments']); "
    "print(json.dumps(facts))"
)


def choose_engine(
    exports: Path | None,
    load: Callable[[Path], _Loaded],
    error: type[PactqaError],
    what: str,
) -> _Loaded | None:
    """Loads an exported network; gives None where torch is to run the model instead.

    Args:
        exports: the folder where exports are kept, unless a setting names another; None if there
            is none.
        load: loads it from there.
        error: is raised where the settings want onnxruntime and it is not possible, or where torch
            is needed and not installed.
        what: the model, in words.
    """
    engine, exports = read_engine(), read_exports(exports)
    if engine == "torch" or (engine == "auto" and exports is None):
        _check_torch(error, what)
        return None
    try:
        if exports is None:
            raise OSError("there is no folder of an index")
        return load(exports)
    except Exception as reason:  # of the libraries, the system or the export: each means the same
        said = f"The {what} cannot be run by onnxruntime: {reason}."
        if engine != "auto":
            raise error(f"{said} Mend that, or set PACTQA_ENGINE to torch or auto.") from reason
        _check_torch(error, what)
        _log.warning("%s torch runs it, which takes longer; the answers are the same.", said)
        return None


def _check_torch(error: type[PactqaError], what: str) -> None:
    """Raises the error if a library is not installed that exports a model or runs it in its place.

    An installation without them runs what another one exported.
    """
    missing = [name for name in _EXPORTING if find_spec(name) is None]
    if missing:
        raise error(
            f"The {what} is not exported yet, and '{missing[0]}' is not installed, which that "
            "needs. Install requirements.txt, or set PACTQA_EXPORTS to a folder that an "
            "installation with it has filled."
        )


def open_or_export(folder: Path, kind: str, key: str, function: str, *arguments: str) -> Exported:
    """Opens an export of a network; where there is none that can be used, it is made first.

    Args:
        folder: the folder of the index, where exports are kept.
        kind: `encoder` or `reader`.
        key: what changes with the weights.
        function: of `torch_engine`, which writes the export.
        arguments: for it, before the folder that it writes to.

    Raises:
        OSError: if it cannot be made or kept.
    """
    found = open_exported(folder, kind, key)
    if found is None:
        keep_exported(folder, kind, key, lambda place: _export(place, function, arguments))
        found = open_exported(folder, kind, key)
    if found is None:
        raise OSError(f"what was exported to {folder} is not there")
    return found


def _export(place: Path, function: str, arguments: tuple[str, ...]) -> dict[str, Any]:
    given = {"path": sys.path, "function": function, "arguments": [*arguments, str(place)]}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _RUN, json.dumps(given)],
            capture_output=True,
            text=True,
            timeout=_SECONDS_MAX,
            check=False,
        )
        facts = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None
    except (subprocess.SubprocessError, ValueError, IndexError) as error:
        raise OSError(f"the export failed ({error})") from error
    if not isinstance(facts, dict):
        last = next(reversed(done.stderr.strip().splitlines()), "")
        raise OSError(f"the export failed ({last or done.returncode})")
    return facts
