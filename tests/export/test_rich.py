"""Rich text: runs, written as plain text, Markdown and HTML."""

from pactqa.export.rich import RichText, Run

TEXT = RichText.of([Run("<a> & "), Run(""), Run("*b*"), Run("c", True), Run("d", True), Run(".")])


def test_runs_set_alike_are_one_and_none_is_empty():
    assert TEXT.runs == (Run("<a> & *b*"), Run("cd", True), Run("."))
    assert RichText.of([]).runs == ()


def test_every_writing_escapes_its_own_markup_and_keeps_the_italics():
    assert TEXT.plain == "<a> & *b*cd."
    assert TEXT.html == "&lt;a&gt; &amp; *b*<i>cd</i>."
    assert TEXT.markdown == r"\<a\> \& \*b\**cd*\."
