"""Opens the essays while the tools of the page, which take longer, are imported."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pactqa.settings import read_host, read_port
from pactqa.web.waiting import show_waiting

if TYPE_CHECKING:
    from pactqa.index.refresh import Progress
    from pactqa.web.page import Page

__all__ = ["open_page", "serve"]


def open_page(
    corpus: str | os.PathLike[str],
    index: str | os.PathLike[str],
    progress: "Progress | None" = None,
) -> "Page":
    """Opens the essays and builds the page around them, without starting a server.

    Args:
        corpus: the folder of the essays.
        index: the folder of the index, or the address of a server's.
        progress: is told how far it is with reading the essays.

    Raises:
        PactqaError: if the essays, the index, the model or a setting cannot be used.
    """
    from pactqa.assistant import Assistant

    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(Assistant.open, corpus, index, progress=progress)
        from pactqa.web.page import build_page

        return build_page(opening.result())


def serve(
    corpus: str | os.PathLike[str],
    index: str | os.PathLike[str],
    host: str | None = None,
    port: int | None = None,
) -> None:
    """Opens the essays and serves the page until it is interrupted.

    The address answers at once: until the page is ready, that it will be.

    Args:
        corpus: the folder of the essays.
        index: the folder of the index, or the address of a server's.
        host: the address to listen on; None means that of the settings.
        port: None means that of the settings.

    Raises:
        PactqaError: if the essays, the index, the model or a setting cannot be used.
    """
    host = host or read_host()
    port = port if port is not None else read_port()
    with show_waiting(host, port) as progress:
        page = open_page(corpus, index, progress)
    from pactqa.web.page import launch_page

    launch_page(page, host, port)
