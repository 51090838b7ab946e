"""Renders the templates of the page: values in, HTML out; the one place that knows Jinja.

Every value that a template prints goes through `show`, whether the template asks for it or not, so
that what a browser makes of it has the same characters again: the `textContent` of a quotation is
the essay's slice.
"""

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pactqa.messages import count_of
from pactqa.web.links import essay_link, question_link

__all__ = ["extend_template", "render", "show"]

_FOLDER = Path(__file__).with_name("templates")


def show(value: object) -> Markup:
    """Encodes a value so that a browser shows its characters and nothing else.

    >>> show("<b> & Co")
    Markup('&lt;b&gt; &amp; Co')
    """
    # A browser would read a bare carriage return as a line feed.
    return escape(value).replace("\r", Markup("&#13;"))


def render(template: str, **values: Any) -> Markup:
    """Renders a template of the folder `templates` with the values that it names."""
    return Markup(_environment.get_template(template).render(values))


def extend_template(environment: Environment, template: str, parts: dict[str, str]) -> None:
    """Puts parts of our own into a template of another library, once.

    Args:
        environment: the library's.
        template: its name there.
        parts: the text to put in, by the text of the template that it is put before.
    """
    loader = environment.loader
    if loader is None:
        return
    source = loader.get_source(environment, template)[0]
    for before, part in parts.items():
        if part not in source:
            source = source.replace(before, part + before, 1)
    environment.loader = ChoiceLoader([DictLoader({template: source}), loader])


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        finalize=show,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["show"] = show
    environment.globals.update(
        count_of=count_of, essay_link=essay_link, question_link=question_link
    )
    return environment


_environment = _make_environment()
