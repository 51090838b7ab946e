"""Builds the page and launches it: the settings that make it private, offline and quick."""

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read while gradio is imported

import gradio as gr
from starlette.middleware import Middleware

from pactqa.assistant import Assistant
from pactqa.errors import SettingError
from pactqa.models.encoder import use_one_thread
from pactqa.settings import read_host, read_port
from pactqa.web.chat import build_chat
from pactqa.web.feedback import FeedbackFile
from pactqa.web.noscript import NoScript
from pactqa.web.suggestions import Suggester

__all__ = ["LAUNCH_SETTINGS", "build_page", "launch_page", "launch_settings", "serve"]

_FOLDER = Path(__file__).parent
_SYSTEM_FONTS = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_CACHE_SECONDS = 3600
_STYLE = (_FOLDER / "style.css").read_text(encoding="utf-8")
# The style sheet goes into the head, because Gradio would rewrite every selector of `css_paths`.
_HEAD = (
    '<meta name="description" content="Questions about essays, answered with their own passages, '
    'word for word."><meta name="color-scheme" content="light dark">'
    f"<style>{_STYLE}</style>"
)

LAUNCH_SETTINGS: dict[str, Any] = {
    "theme": gr.themes.Default(font=_SYSTEM_FONTS, font_mono=["ui-monospace", "monospace"]),
    "head": _HEAD,
    "share": False,
    "ssr_mode": False,
    "run_history": False,  # would keep a visitor's questions in the browser of a shared computer
    "enable_monitoring": False,  # would show everybody how the app is used
    "max_file_size": "1kb",  # nothing is ever uploaded, but Gradio's upload address is always open
    "footer_links": [],
    "show_error": False,
    "quiet": True,
}


def build_page(assistant: Assistant) -> gr.Blocks:
    """Builds the page around an Assistant without starting a server.

    Raises:
        SettingError: if the file for feedback cannot be written.
    """
    use_one_thread()
    feedback = FeedbackFile.from_setting()
    suggester = Suggester(assistant)
    suggester.start()
    with gr.Blocks(
        title="Ask the essays",
        analytics_enabled=False,
        delete_cache=(_CACHE_SECONDS, _CACHE_SECONDS),
        fill_width=True,
    ) as blocks:
        build_chat(assistant, suggester, feedback)
    page: gr.Blocks = blocks
    return page


def launch_settings(assistant: Assistant) -> dict[str, Any]:
    """Gives all that `launch` is told: the settings, and the part for browsers without scripts."""
    middleware = [Middleware(NoScript, assistant=assistant, style=_STYLE)]
    return LAUNCH_SETTINGS | {"app_kwargs": {"middleware": middleware}}


def launch_page(
    page: gr.Blocks, assistant: Assistant, host: str | None = None, port: int | None = None
) -> None:
    """Serves the page until it is interrupted.

    Args:
        page: from `build_page`.
        assistant: the one the page was built around.
        host: the address to listen on; None means the setting PACTQA_HOST, else Gradio's
            GRADIO_SERVER_NAME, else 127.0.0.1.
        port: None means PACTQA_PORT, else GRADIO_SERVER_PORT, else 7860.

    Raises:
        SettingError: if the port is not a number from 1 to 65535, or is in use.
    """
    host = host or read_host()
    port = port if port is not None else read_port()
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            **launch_settings(assistant),
        )
    except OSError as error:
        raise SettingError(
            f"Port {port} of {host} cannot be used: another program may be listening there. "
            "Choose another port (setting PACTQA_PORT)."
        ) from error
    print(f"Ask the essays at {page.local_url}", flush=True)
    page.block_thread()


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
    assistant = Assistant.open(corpus, index)
    launch_page(build_page(assistant), assistant, host, port)
