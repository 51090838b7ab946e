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
from starlette.routing import BaseRoute

from pactqa.assistant import Assistant
from pactqa.export.sheet_json import SHEET_MAX_BYTES
from pactqa.models.torch_engine import use_one_thread
from pactqa.server_settings import read_log, watches_corpus
from pactqa.settings import read_essay_bytes, read_host, read_port
from pactqa.web.chat import build_chat
from pactqa.web.corpus_state import CorpusState
from pactqa.web.editor_routes import UPLOAD_PATH, Editors, make_editor_routes
from pactqa.web.feedback import FeedbackFile
from pactqa.web.forms import FORM_MAX_BYTES
from pactqa.web.gradio_calls import GradioCalls
from pactqa.web.guard import Guard, Policy
from pactqa.web.half_open import bound_connections
from pactqa.web.memory import QUEUE_LIMITS, VISITS_MOST, bound_memory
from pactqa.web.passwords import Accounts
from pactqa.web.refreshing import Refresher
from pactqa.web.request_log import RequestLog
from pactqa.web.routes import ASSETS, make_routes
from pactqa.web.suggestions import Suggester
from pactqa.web.templates import extend_template
from pactqa.web.waiting import explain_port
from pactqa.web.watching import Watcher

__all__ = ["LAUNCH_SETTINGS", "Page", "build_page", "launch_page"]

_CACHE_SECONDS = 3600
_SYSTEM_FONTS = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_HEAD = (
    '<meta name="description" content="Questions about essays, answered with their own passages, '
    'word for word."><meta name="color-scheme" content="light dark">'
    # Not by `css_paths`, because Gradio would rewrite every selector.
    f'<link rel="stylesheet" href="{ASSETS}/style.css">'
    f'<link rel="stylesheet" href="{ASSETS}/claims.css">'
    f'<link rel="stylesheet" href="{ASSETS}/essays.css">'
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
    "state_session_capacity": VISITS_MOST,
    "footer_links": [],
    "show_error": False,
    "quiet": True,
}


class Page(gr.Blocks):
    """The page of an Assistant, complete however it is launched."""

    def __init__(self, routes: list[BaseRoute]) -> None:
        """Makes a page without widgets, with the routes beside it; `build_page` adds them."""
        self._routes = routes
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
        limits = {
            UPLOAD_PATH: read_essay_bytes(),
            "/claims/": SHEET_MAX_BYTES,
            "/turns": FORM_MAX_BYTES,
            "/export/": FORM_MAX_BYTES,
        }
        policy = Policy.from_settings(options.get("server_name"))
        guard = Middleware(Guard, policy=policy, body_most=limits)
        calls, log = Middleware(GradioCalls, page=self), read_log()
        noting = [] if log == "off" else [Middleware(RequestLog, kind=log)]
        bound_connections()
        extend_template(gradio_templates.env, "frontend/index.html", _WAYS_TO_PLAIN)
        own = {"routes": self._routes, "middleware": [*noting, guard, calls]}
        return super().launch(*arguments, **(LAUNCH_SETTINGS | {"app_kwargs": own} | options))


def build_page(assistant: Assistant) -> Page:
    """Builds the page around an Assistant without starting a server.

    Raises:
        SettingError: if the file for feedback cannot be written, PACTQA_STYLE is no style, or
            PACTQA_EDITORS or PACTQA_WATCH cannot be understood.
    """
    use_one_thread()
    feedback = FeedbackFile.from_setting()
    accounts = Accounts.from_setting()
    editors = Editors.of(accounts) if accounts else None
    is_watched = watches_corpus()
    suggester, state = Suggester(assistant), CorpusState(assistant)
    refresher = Refresher(assistant, state)
    routes = make_routes(assistant, suggester, feedback is not None, state, editors)
    if editors:
        routes += make_editor_routes(assistant, editors, refresher)
    page = Page(routes)
    with page:
        build_chat(assistant, suggester, feedback, state, has_editors=editors is not None)
    page.queue(**QUEUE_LIMITS)
    bound_memory(page._queue)
    suggester.start()
    state.find()
    if is_watched:
        Watcher(assistant.corpus, refresher.start).start()
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
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())  # before anybody can be answered
    try:
        page.launch(server_name=host, server_port=port, prevent_thread_lock=True)
    except OSError as error:
        raise explain_port(host, port) from error
    print(f"Ask the essays at {page.local_url}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        ended.wait()
    page.close(verbose=False)  # what is being answered is finished, in five seconds at most
