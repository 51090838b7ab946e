"""Holds the parts of the page that are the same for every visitor and every corpus."""

from pactqa.export.references import STYLES

__all__ = ["HEAD_HTML", "OPTIONS_HTML", "PANEL_HTML", "TOGGLE_HTML"]

HEAD_HTML = (
    '<header class="pq-head"><h1>Ask the essays</h1>'
    "<p>Answers are quotations, word for word. Nothing is written for you.</p></header>"
    '<div id="pq-status" role="status" class="pq-sr"></div>'
    '<div class="pq-wait" aria-hidden="true">Looking through the essays…</div>'
)

PANEL_HTML = (
    '<div id="pq-panel" role="complementary" aria-labelledby="pq-panel-title" hidden></div>'
)

TOGGLE_HTML = (
    '<button type="button" class="pq-button pq-toggle" aria-expanded="false" '
    'aria-controls="pq-options">Options<span class="pq-chosen"></span></button>'
)

_STYLES = "".join(
    f'<label><input type="radio" name="pq-style" value="{style}"> {name}</label>'
    for style, name in STYLES.items()
)
_SAVES = "".join(
    f'<button type="button" class="pq-button" data-save="{kind}">{name}</button>'
    for kind, name in (("docx", "Word (DOCX)"), ("md", "Markdown"), ("csv", "Table (CSV)"))
)

OPTIONS_HTML = (
    f'<fieldset class="pq-field"><legend>References in</legend>{_STYLES}</fieldset>'
    '<fieldset class="pq-field"><legend>Save your questions and the passages as</legend>'
    f"{_SAVES}</fieldset>"
)
