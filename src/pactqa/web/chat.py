"""Wires the page's widgets to the Assistant; what is shown comes from `turns` and the templates.

The log of questions and answers is our own HTML and not a `gr.Chatbot`: that one reads what it
shows as Markdown and LaTeX, removes labels and data attributes, has its source read aloud and
paints text at 80 % opacity. Its template must stay `${value}`: in a Handlebars template Gradio
would evaluate `${…}` inside an essay as a program.
"""

from typing import Any

import gradio as gr

from pactqa.answer import QUESTION_MAX
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.export.interface import render_cited
from pactqa.export.references import STYLES
from pactqa.settings import read_style
from pactqa.web.conversation import Conversation, Step, ask_link, ask_next, known_essays
from pactqa.web.feedback import VERDICTS, FeedbackFile
from pactqa.web.links import parse_link
from pactqa.web.routes import ASSETS
from pactqa.web.suggestions import Suggester
from pactqa.web.templates import render
from pactqa.web.turns import render_log, render_welcome

__all__ = ["build_chat"]

_PATIENCE = 3.0  # seconds that the first visitor after the start may wait for suggestions
_DONE = "() => { window.pactqa?.done(); }"
# Gradio runs this as the body of a function. It looks for the names of the events in its text, and
# an address that is not whole would be taken to be beside Gradio's own script.
_START = f"""
import(new URL("{ASSETS}/main.js", document.baseURI)).then((page) => page.start({{
  watch,
  ask: (search) => trigger("pq_ask", {{ search }}),
  rate: (turn, verdict) => trigger("pq_thumb", {{ turn, verdict }}),
}}));
"""


def build_chat(assistant: Assistant, suggester: Suggester, feedback: FeedbackFile | None) -> None:
    """Builds the widgets inside an open `gr.Blocks` and wires them."""

    def show_step(step: Step) -> tuple[str, Conversation]:
        essays = known_essays(assistant)
        return render_log(step.turns, essays, feedback is not None, step.message), step.turns

    def ask_typed(question: str, only: list[str], turns: Conversation) -> tuple[Any, ...]:
        step = ask_next(assistant, suggester, turns, question, only)
        return *show_step(step), question if step.message else ""

    def ask_clicked(event: gr.EventData, turns: Conversation) -> tuple[Any, ...]:
        link = parse_link(str(_field(event, "search") or ""))
        step = ask_link(assistant, suggester, turns, link)
        only = step.turns[-1].answer.only if step.turns else ()
        return *show_step(step), list(only)

    def write_thumb(event: gr.EventData, turns: Conversation) -> None:
        number, verdict = _field(event, "turn"), _field(event, "verdict")
        known = isinstance(number, int) and 0 < number <= len(turns)
        if feedback and known and verdict in VERDICTS:
            feedback.write(turns[number - 1].answer, verdict)

    def greet() -> tuple[str, Any]:
        essays = known_essays(assistant)
        choices = [(essay.title, essay.id) for essay in essays]
        suggestions = suggester.first(patience=_PATIENCE)
        return render_welcome(essays, suggestions), gr.update(choices=choices)

    turns = gr.State(())
    with gr.Column(elem_classes="pq"):
        _put("head.html", "pq-head")
        with gr.Column(elem_id="pq-main"):
            log = gr.HTML(
                render_log((), (), False),
                elem_id="pq-talk",
                js_on_load=_START,
                apply_default_css=False,
            )
            welcome = gr.HTML("", elem_id="pq-welcome", js_on_load=None, apply_default_css=False)
        with gr.Column(elem_id="pq-ask"):
            _put("toggle.html", "pq-bar")
            with gr.Column(elem_id="pq-options"):
                only = gr.CheckboxGroup(
                    choices=[(essay.title, essay.id) for essay in assistant.essays()],
                    label="Ask only these essays (none ticked: all)",
                    elem_id="pq-only",
                )
                _put("options.html", "pq-take", styles=STYLES)
            box = gr.Textbox(
                label="Your question",
                placeholder="Ask a question",
                submit_btn="Ask",
                lines=1,
                max_lines=6,
                max_length=QUESTION_MAX,
                elem_id="pq-box",
            )
        _put("side.html", "pq-side")

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
    gr.on(None, greet, None, [welcome, only], **quiet)
    # Gradio documents `api` but does not list it as exported.
    gr.api(_make_api(assistant), api_name="ask", queue=False)  # type: ignore[attr-defined]


def _put(template: str, elem_id: str, **values: Any) -> None:
    """Puts a part onto the page that is the same for every visitor."""
    html = render(template, **values)
    gr.HTML(html, elem_id=elem_id, js_on_load=None, apply_default_css=False)


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
