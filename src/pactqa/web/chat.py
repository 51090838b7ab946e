"""Builds the page of `gr.HTML` parts: what they show is in the templates, answers come by `routes`.

The log of questions and answers is our own HTML and not a `gr.Chatbot`: that one reads what it
shows as Markdown and LaTeX, removes labels and data attributes, has its source read aloud and
paints text at 80 % opacity. The server gives each answer once and the browser keeps the log, so
that a long conversation sends no more for a question than a short one. The template of a `gr.HTML`
must stay `${value}`: in a Handlebars template Gradio would evaluate `${…}` inside an essay as a
program.
"""

from typing import Any

import gradio as gr

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.evidence_json import render_evidence
from pactqa.export.interface import render_cited
from pactqa.export.references import STYLES
from pactqa.settings import read_style
from pactqa.validation import QUESTION_MAX
from pactqa.web.claims import render_tools
from pactqa.web.conversation import ask_link, known_essays
from pactqa.web.feedback import VERDICTS, FeedbackFile
from pactqa.web.links import parse_link
from pactqa.web.routes import ASSETS
from pactqa.web.suggestions import Suggester
from pactqa.web.templates import render
from pactqa.web.turns import render_welcome

__all__ = ["build_chat"]

_PATIENCE = 3.0  # seconds that the first visitor after the start may wait for suggestions
_GREETED = "() => { window.pactqa?.greeted(); }"
# Gradio runs this as the body of a function. It looks for the names of the events in its text, and
# an address that is not whole would be taken to be beside Gradio's own script.
_START = f"""
import(new URL("{ASSETS}/main.js", document.baseURI)).then((page) => page.start({{
  assets: "{ASSETS}",
  rate: (link, verdict) => trigger("pq_thumb", {{ link, verdict }}),
}}));
"""


def build_chat(assistant: Assistant, suggester: Suggester, feedback: FeedbackFile | None) -> None:
    """Builds the widgets inside an open `gr.Blocks` and wires them."""

    def write_thumb(event: gr.EventData) -> None:
        link, verdict = parse_link(str(_field(event, "link") or "")), _field(event, "verdict")
        if feedback and link.question and verdict in VERDICTS:
            try:
                feedback.write(ask_link(assistant, link), verdict)
            except PactqaError as error:
                raise gr.Error(str(error), print_exception=False) from error

    def greet() -> tuple[str, str]:
        essays = known_essays(assistant)
        suggestions = suggester.first(patience=_PATIENCE)
        return render_welcome(essays, suggestions), render("only.html", essays=essays)

    with gr.Column(elem_classes="pq"):
        _put(render("head.html"), "pq-head")
        with gr.Column(elem_id="pq-main"):
            welcome = _put("", "pq-welcome")
            log = _put(render("log.html"), "pq-talk", js_on_load=_START)
        _put(render_tools(), "pq-tools")
        with gr.Column(elem_id="pq-ask"):
            _put(render("message.html"), "pq-told")
            _put(render("toggle.html"), "pq-bar")
            with gr.Column(elem_id="pq-options"):
                only = _put("", "pq-only")
                _put(render("options.html", styles=STYLES, chosen_style=read_style()), "pq-take")
            _put(render("ask.html", longest=QUESTION_MAX), "pq-box")
        _put(render("side.html"), "pq-side")

    # Not queued: each runs in a thread of its own, so that no visitor waits for another.
    quiet: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    log.pq_thumb(write_thumb, None, None, **quiet)
    gr.on(None, greet, None, [welcome, only], **quiet).then(None, None, None, js=_GREETED, **quiet)
    # Gradio documents `api` but does not list it as exported.
    gr.api(_make_api(assistant), api_name="ask", queue=False)  # type: ignore[attr-defined]
    gr.api(_make_check_api(assistant), api_name="check", queue=False)  # type: ignore[attr-defined]


def _put(html: str, elem_id: str, js_on_load: str | None = None) -> gr.HTML:
    """Puts a part onto the page."""
    return gr.HTML(html, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)


def _field(event: gr.EventData, name: str) -> Any:
    """Gives what an event says under a name, or None: a browser may send anything."""
    try:
        return getattr(event, name)
    except (AttributeError, TypeError):
        return None


def _make_api(assistant: Assistant) -> Any:
    def ask(
        question: str,
        k: int | None = None,
        essays: list[str] | None = None,
        previous: str | None = None,
    ) -> dict[str, Any]:
        """Answers a question with passages of the essays, word for word.

        Args:
            question: in words.
            k: how many passages, 1 to 20; None leaves it to the kind of question.
            essays: ids of the essays to ask; None or empty means all.
            previous: the question before, for a follow-up such as "and Poland?".
        """
        try:
            answer = assistant.ask(question, k=k, essays=essays, previous=previous)
            return render_cited(answer, read_style(), assistant.essays())
        except PactqaError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask


def _make_check_api(assistant: Assistant) -> Any:
    def check(claim: str, k: int = 8, essays: list[str] | None = None) -> dict[str, Any]:
        """Lays the sentences of the essays that bear on a claim beside it, word for word.

        Args:
            claim: in a sentence.
            k: how many sentences, 1 to 20.
            essays: ids of the essays to search; None or empty means all.
        """
        try:
            return render_evidence(assistant.check(claim, k, essays))
        except PactqaError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return check
