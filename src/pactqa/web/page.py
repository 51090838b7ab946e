"""Builds the page and launches it: the settings that make it private, offline and quick."""

import contextlib
import os
import signal
import threading
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read while gradio is imported

import gradio as gr
from gradio.routes import templates as gradio_templates
from starlette.middleware import Middleware

from pactqa.assistant import Assistant
from pactqa.errors import SettingError
from pactqa.export.sheet_json import SHEET_MAX_BYTES
from pactqa.models.torch_engine import use_one_thread
from pactqa.settings import read_host, read_port
from pactqa.web.chat import build_chat
from pactqa.web.feedback import FeedbackFile
from pactqa.web.forms import FORM_MAX_BYTES
from pactqa.web.guard import Guard, Policy
from pactqa.web.routes import ASSETS, make_routes
from pactqa.web.suggestions import Suggester
from pactqa.web.templates import extend_template

__all__ = ["LAUNCH_SETTINGS", "Page", "build_page", "launch_page", "serve"]

_CACHE_SECONDS = 3600
_SYSTEM_FONTS = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_HEAD = (
    '<meta name="description" content="Questions about essays, answered with their own passages, '
    'word for word."><meta name="color-scheme" content="light dark">'
    # Not by `css_paths`, because Gradio would rewrite every selector.
    f'<link rel="stylesheet" href="{ASSETS}/style.css">'
    f'<link rel="stylesheet" href="{ASSETS}/claims.css">'
)
# Gradio's page is empty without scripts, and what it is given as its head is put there by one. So
# the way to the page that needs none goes into the template itself, which knows the request.
_PLAIN = "plain?{{ request.url.query }}"
_WAYS_TO_PLAIN = {
    "</head>": f'<noscript><meta http-equiv="refresh" content="0; url={_PLAIN}"></noscript>',
    "</body>": f'<noscript><a href="{_PLAIN}">The page without scripts</a></noscript>',
}

LAUNCH_SETTINGS: dict[str, Any] = {
    "theme": gr.themes.Default(font=_SYSTEM_FONTS, font_mono=["ui-monospace", "monospace"]),
    "head": _HEAD,
    "share": False,
    "ssr_mode": False,
    "run_history": False,  # would keep a visitor's questions in the browser of a shared computer
    "enable_monitoring": False,  # would show everybody how the app is used
    "max_file_size": "1kb",  # nothing is ever uploaded; `guard` closes Gradio's address for it
    "footer_links": [],
    "show_error": False,
    "quiet": True,
}


class Page(gr.Blocks):
    """The page of an Assistant, complete however it is launched."""

    def __init__(self, assistant: Assistant, suggester: Suggester, feedback: bool) -> None:
        """Makes a page without widgets; `build_page` gives one with them."""
        self._routes = make_routes(assistant, suggester, feedback)
        super().__init__(
            title="Ask the essays",
            analytics_enabled=False,
            delete_cache=(_CACHE_SECONDS, _CACHE_SECONDS),
            fill_width=True,
        )

    def launch(self, *arguments: Any, **options: Any) -> Any:
        """Launches the page as `gr.Blocks.launch` does, with its settings and its routes.

        Options that are given hold against `LAUNCH_SETTINGS`. A login (`auth`) guards Gradio's
        page only, not the routes beside it.

        Raises:
            SettingError: if a setting of the server has a wrong value.
        """
        limits = {"/claims/": SHEET_MAX_BYTES, "/turns": FORM_MAX_BYTES, "/export/": FORM_MAX_BYTES}
        guard = Middleware(Guard, policy=Policy.from_settings(), body_most=limits)
        extend_template(gradio_templates.env, "frontend/index.html", _WAYS_TO_PLAIN)
        settings = LAUNCH_SETTINGS | {"app_kwargs": {"routes": self._routes, "middleware": [guard]}}
        return super().launch(*arguments, **(settings | options))


def build_page(assistant: Assistant) -> Page:
    """Builds the page around an Assistant without starting a server.

    Raises:
        SettingError: if the file for feedback cannot be written, or PACTQA_STYLE is no style.
    """
    use_one_thread()
    feedback = FeedbackFile.from_setting()
    suggester = Suggester(assistant)
    suggester.start()
    page = Page(assistant, suggester, feedback is not None)
    with page:
        build_chat(assistant, suggester, feedback)
    return page


def launch_page(page: gr.Blocks, host: str | None = None, port: int | None = None) -> None:
    """Serves the page until the program is interrupted or told to end.

    Args:
        page: from `build_page`.
        host: the address to listen on; None means the setting PACTQA_HOST, else Gradio's
            GRADIO_SERVER_NAME, else 127.0.0.1.
        port: None means PACTQA_PORT, else GRADIO_SERVER_PORT, else 7860.

    Raises:
        SettingError: if the port is not a number from 1 to 65535, or is in use.
    """
    host = host or read_host()
    port = port if port is not None else read_port()
    try:
        page.launch(server_name=host, server_port=port, prevent_thread_lock=True)
    except OSError as error:
        raise SettingError(
            f"Port {port} of {host} cannot be used: another program may be listening there. "
            "Choose another port (setting PACTQA_PORT)."
        ) from error
    print(f"Ask the essays at {page.local_url}", flush=True)
    _wait_for_end()
    page.close(verbose=False)  # what is being answered is finished, in five seconds at most


def _wait_for_end() -> None:
    """Waits until the program is interrupted or told to end."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with contextlib.suppress(KeyboardInterrupt):
        ended.wait()


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
    launch_page(build_page(Assistant.open(corpus, index)), host, port)
