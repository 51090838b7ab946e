"""Opens the essays while the tools of the page, which take longer, are imported."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pactqa.assistant import Assistant

if TYPE_CHECKING:
    from pactqa.web.page import Page

__all__ = ["open_page", "serve"]


def open_page(corpus: str | os.PathLike[str], index: str | os.PathLike[str]) -> "Page":
    """Opens the essays and builds the page around them, without starting a server.

    Raises:
        PactqaError: if the essays, the index, the model or a setting cannot be used.
    """
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(Assistant.open, corpus, index)
        from pactqa.web.page import build_page

        return build_page(opening.result())


def serve(
    corpus: str | os.PathLike[str],
    index: str | os.PathLike[str],
    host: str | None = None,
    port: int | None = None,
) -> None:
    """Opens the essays and serves the page until it is interrupted.

    Raises:
        PactqaError: if the essays, the index, the model or a setting cannot be used.
    """
    page = open_page(corpus, index)
    from pactqa.web.page import launch_page

    launch_page(page, host, port)
