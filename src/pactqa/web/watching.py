"""Watches the folder of the essays, and has the index refreshed when a file of it changes."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

__all__ = ["Watcher"]

_log = logging.getLogger(__name__)

_QUIET, _LONGEST = 1.0, 5.0  # seconds without a change after one; the longest wait for that
_AGAIN = 5.0  # seconds until a folder that is gone is looked for again


class Watcher:
    """A watch that calls a function when something in a folder has changed and is quiet again.

    Hidden files and folders are passed over, as they are when the essays are read.
    """

    def __init__(
        self,
        folder: Path,
        changed: Callable[[], object],
        quiet: float = _QUIET,
        again: float = _AGAIN,
    ) -> None:
        """Watches nothing yet.

        Args:
            folder: the one to watch, with its subfolders.
            changed: is called in the watcher's own thread.
            quiet: how many seconds nothing must change after a change.
            again: after how many seconds a folder that is gone is looked for again.
        """
        self._folder = folder
        self._changed = changed
        self._quiet = quiet
        self._again = again
        self._stop = threading.Event()
        # A daemon: it waits for changes, and is never inside a model.
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ends it, and waits until it has ended."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        import watchfiles

        while not self._stop.is_set():
            home = self._folder.resolve()

            def counts(_: object, path: str, home: Path = home) -> bool:
                return not _is_hidden(home, Path(path))

            try:
                for _ in watchfiles.watch(
                    home,
                    watch_filter=counts,
                    debounce=int(_LONGEST * 1000),
                    step=int(self._quiet * 1000),
                    stop_event=self._stop,
                    ignore_permission_denied=True,
                ):
                    self._changed()
                    if not home.is_dir():
                        break
            except (OSError, RuntimeError) as error:
                _log.warning("%s cannot be watched now: %s", home, error)
            if self._stop.is_set():
                return
            _log.warning("%s is not there; it is watched again when it is", home)
            while not (self._stop.wait(self._again) or self._folder.is_dir()):
                pass
            if not self._stop.is_set():
                self._changed()


def _is_hidden(home: Path, path: Path) -> bool:
    """Tells whether a file or a folder above it, below the folder watched, is hidden."""
    below = path.relative_to(home) if path.is_relative_to(home) else Path(path.name)
    return any(part.startswith(".") for part in below.parts)
