"""Wires the page's widgets to the Assistant; what is shown comes from `turns` and `essay_panel`.

The log of questions and answers is our own HTML and not a `gr.Chatbot`: that one reads what it
shows as Markdown and LaTeX, removes labels and data attributes, has its source read aloud and
paints text at 80 % opacity. Its template must stay `${value}`: in a Handlebars template Gradio
would evaluate `${…}` inside an essay as a program.
"""

import base64
import json
from pathlib import Path
from typing import Any

import gradio as gr

from pactqa.answer import QUESTION_MAX, render_json
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.export.formats import FORMATS, export_answers
from pactqa.export.references import STYLES
from pactqa.web.conversation import Conversation, Step, ask_link, ask_next, known_essays
from pactqa.web.essay_panel import open_essay_request
from pactqa.web.feedback import VERDICTS, FeedbackFile
from pactqa.web.links import parse_link
from pactqa.web.static import HEAD_HTML, OPTIONS_HTML, PANEL_HTML, TOGGLE_HTML
from pactqa.web.suggestions import Suggester
from pactqa.web.turns import render_log, render_notice, render_welcome

__all__ = ["build_chat"]

_PATIENCE = 3.0  # seconds that the first visitor after the start may wait for suggestions
_SCRIPTS = ("talk.js", "panel.js", "take.js", "listen.js")  # parts of one function, in this order
_DONE = "() => { window.pactqa?.done(); }"
_SAVE = "(payload) => { window.pactqa?.save(payload); window.pactqa?.done(); }"


def build_chat(assistant: Assistant, suggester: Suggester, feedback: FeedbackFile | None) -> None:
    """Builds the widgets inside an open `gr.Blocks` and wires them."""

    def show_step(step: Step) -> tuple[str, Conversation]:
        log = render_log(step.turns, known_essays(assistant), feedback is not None)
        notice = render_notice(step.message) if step.message else ""
        return f'<div class="pq-log">{log}{notice}</div>', step.turns

    def ask_typed(question: str, only: list[str], turns: Conversation) -> tuple[Any, ...]:
        step = ask_next(assistant, suggester, turns, question, only)
        return *show_step(step), question if step.message else ""

    def ask_clicked(event: gr.EventData, turns: Conversation) -> tuple[Any, ...]:
        link = parse_link(str(event._data.get("search", "")))
        step = ask_link(assistant, suggester, turns, link)
        only = step.turns[-1].answer.only if step.turns else ()
        return *show_step(step), list(only)

    def open_essay(request: Any) -> str:
        return open_essay_request(assistant, request)

    def write_thumb(event: gr.EventData, turns: Conversation) -> None:
        number, verdict = event._data.get("turn"), event._data.get("verdict")
        if feedback and verdict in VERDICTS and number in range(1, len(turns) + 1):
            feedback.write(turns[number - 1].answer, verdict)

    def export(event: gr.EventData, turns: Conversation) -> str:
        kind, style = event._data.get("format"), event._data.get("style")
        if kind not in FORMATS or style not in STYLES or not turns:
            return json.dumps({"message": "There is nothing to save yet. Ask a question first."})
        content = export_answers([turn.answer for turn in turns], kind, style)
        return json.dumps(
            {
                "name": f"passages.{kind}",
                "type": FORMATS[kind],
                "base64": base64.b64encode(content).decode("ascii"),
            }
        )

    def greet() -> tuple[str, Any]:
        essays = known_essays(assistant)
        choices = [(essay.title, essay.id) for essay in essays]
        suggestions = suggester.first(patience=_PATIENCE)
        return render_welcome(essays, suggestions), gr.update(choices=choices)

    turns = gr.State(())
    gr.HTML(HEAD_HTML, elem_id="pq-head", js_on_load=None, apply_default_css=False)
    with gr.Column(elem_id="pq-main"):
        log = gr.HTML(
            '<div class="pq-log"></div>',
            elem_id="pq-talk",
            js_on_load="\n".join(_read(name) for name in _SCRIPTS),
            apply_default_css=False,
            server_functions=[open_essay],
        )
        welcome = gr.HTML("", elem_id="pq-welcome", js_on_load=None, apply_default_css=False)
    with gr.Column(elem_id="pq-ask"):
        gr.HTML(TOGGLE_HTML, elem_id="pq-bar", js_on_load=None, apply_default_css=False)
        with gr.Column(elem_id="pq-options"):
            only = gr.CheckboxGroup(
                choices=[(essay.title, essay.id) for essay in assistant.essays()],
                label="Ask only these essays (none ticked: all)",
                elem_id="pq-only",
            )
            gr.HTML(OPTIONS_HTML, js_on_load=None, apply_default_css=False)
        box = gr.Textbox(
            label="Your question",
            placeholder="Ask a question",
            submit_btn="Ask",
            lines=1,
            max_lines=6,
            max_length=QUESTION_MAX,
            elem_id="pq-box",
        )
    gr.HTML(PANEL_HTML, elem_id="pq-side", js_on_load=None, apply_default_css=False)
    payload = gr.Textbox(visible="hidden", label="The file to save")

    # Not queued: each question runs in a thread of its own, so that no visitor waits for another.
    quiet: dict[str, Any] = {
        "queue": False,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    box.submit(ask_typed, [box, only, turns], [log, turns, box], **quiet).then(
        None, None, None, js=_DONE, **quiet
    )
    log.pq_ask(ask_clicked, [turns], [log, turns, only], **quiet).then(
        None, None, None, js=_DONE, **quiet
    )
    log.pq_thumb(write_thumb, [turns], None, **quiet)
    log.pq_export(export, [turns], [payload], **quiet).then(
        None, [payload], None, js=_SAVE, **quiet
    )
    gr.on(None, greet, None, [welcome, only], **quiet)
    # Gradio documents `api` but does not list it as exported.
    gr.api(_make_api(assistant), api_name="ask", queue=False)  # type: ignore[attr-defined]


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


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
            return render_json(assistant.ask(question, k=k, essays=essays, previous=previous))
        except PactqaError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask
