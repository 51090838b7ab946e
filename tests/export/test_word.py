"""Word: the exact words, with headings, indented quotations, and the key sentence marked."""

import datetime
import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pactqa.answer import Answer
from pactqa.essays.splitting import split_essay
from pactqa.export.session import take_session
from pactqa.export.word import write_docx
from tests.export.sessions import HOSTILE, PLAIN, hits_of, hostile_session, plain_session

TODAY = datetime.datetime(2026, 3, 4, 1, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
WHOLE = [
    ("Title", "Questions and passages"),
    ("Normal", "4 March 2026"),
    ("Heading 1", "Who came"),
    ("Normal", "1. Kings · Taxes · paragraph 1"),
    ("Quote", "The king came. He raised a tax. Bread was dear."),
    ("Normal", "(Carr, n.d., para. 1)"),
    ("Normal", "Editor’s note on “He raised”: Parliament did."),
    ("Normal", "Editor’s note on “dear”: At fourteen sous."),
    ("Heading 1", "and bread"),
    ("Normal", "Searched as: Who came bread"),
    ("Normal", "The essays may not answer this directly. The closest passages:"),
    ("Normal", "2. Kings · Taxes · paragraph 2"),
    ("Quote", "Nobody laughed."),
    ("Normal", "(Carr, n.d., para. 2)"),
    ("Normal", "Editor’s note on “Nobody”: Some did."),
    ("Heading 1", "Bees"),
    ("Normal", "Nothing in the essays was found to be about this."),
    ("Heading 1", "References"),
    ("Normal", "Carr, E. H. (n.d.). Kings."),
    ("Normal", "“Kings”: This copy does not name its date, site or address."),
]


def write(answers, style="apa", paper="A4", **options):
    return write_docx(take_session(answers, style, **options), paper, TODAY)


def read(content):
    return docx.Document(io.BytesIO(content))


@pytest.fixture
def paragraphs():
    return read(write(plain_session())).paragraphs


def find(paragraphs, text):
    return next(paragraph for paragraph in paragraphs if paragraph.text == text)


def is_near(length, wanted):
    return abs(length - wanted) < Pt(1)


def test_a_session_is_written_whole(paragraphs):
    assert [(p.style.name, p.text) for p in paragraphs] == WHOLE


def test_the_key_sentence_is_bold_and_highlighted_and_nothing_else_is(paragraphs):
    quoted = [p for p in paragraphs if p.style.name == "Quote"]
    for paragraph, key in zip(quoted, ("He raised a tax.", "Nobody laughed."), strict=True):
        assert [run.text for run in paragraph.runs if run.bold] == [key]
        assert [run.text for run in paragraph.runs if run.font.highlight_color] == [key]
        assert {run.font.highlight_color for run in paragraph.runs} <= {
            None,
            WD_COLOR_INDEX.YELLOW,
        }
        assert {run.italic for run in paragraph.runs} == {False}  # the style would slant it


def test_what_belongs_together_stays_on_one_page(paragraphs):
    kept = [p.paragraph_format.keep_with_next or p.style.name == "Heading 1" for p in paragraphs]
    last = {1, 7, 14, 16, 18, 19}  # the date; the last note of each quotation; the end
    assert [n for n, keep in enumerate(kept) if n and not keep] == sorted(last)
    assert paragraphs[4].paragraph_format.keep_together
    head = find(paragraphs, "1. Kings · Taxes · paragraph 1")
    assert [(run.text, run.bold) for run in head.runs] == [
        ("1. ", True),
        ("Kings · Taxes · paragraph 1", None),
    ]


def test_a_copy_that_breaks_off_says_so_below_the_quotation():
    excerpt = replace(PLAIN, excerpt=True, notes=())
    written = read(write([Answer("q", "q", "answered", 0.9, hits_of(excerpt, 0))])).paragraphs
    said = find(written, "The copy of this essay breaks off here.")
    assert is_near(said.paragraph_format.left_indent, Cm(1))
    assert not said.paragraph_format.keep_with_next
    assert find(written, "(Carr, n.d., para. 2)").paragraph_format.keep_with_next


def test_what_the_copies_lack_is_said_close_together():
    other = replace(PLAIN, id="other", title="Queens")
    hits = (hits_of(PLAIN, 0)[0], hits_of(other, 0)[0])
    gaps = read(write([Answer("q", "q", "answered", 0.9, hits)])).paragraphs[-2:]
    assert all("does not name" in gap.text for gap in gaps)
    assert [gap.paragraph_format.keep_with_next for gap in gaps] == [True, False]
    assert all(gap.paragraph_format.space_after == Pt(2) for gap in gaps)


def test_quotations_citations_and_notes_are_indented(paragraphs):
    for paragraph in [*paragraphs[4:8], *paragraphs[12:15]]:
        assert is_near(paragraph.paragraph_format.left_indent, Cm(1))
    note = find(paragraphs, "Editor’s note on “dear”: At fourteen sous.")
    assert next((run.text, run.bold) for run in note.runs) == ("Editor’s note", True)


def test_a_reference_hangs_and_has_its_italics(paragraphs):
    entry = find(paragraphs, "Carr, E. H. (n.d.). Kings.")
    assert is_near(entry.paragraph_format.left_indent, Cm(1.27))
    assert is_near(entry.paragraph_format.first_line_indent, Cm(-1.27))
    assert [(run.text, run.italic) for run in entry.runs] == [
        ("Carr, E. H. (n.d.). ", None),
        ("Kings", True),
        (".", None),
    ]


@pytest.mark.parametrize(
    ("style", "name"),
    [("mla", "Works Cited"), ("chicago", "Bibliography"), ("apa", "References")],
)
def test_the_list_has_the_name_that_its_style_gives_it(style, name):
    headings = [
        p.text
        for p in read(write(plain_session(), style)).paragraphs
        if p.style.name == "Heading 1"
    ]
    assert headings == ["Who came", "and bread", "Bees", name]


def test_a_session_without_quotations_has_no_list():
    assert read(write(plain_session()[2:])).paragraphs[-1].text.startswith("Nothing in the essays")


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 21, 29.7), ("Letter", 21.59, 27.94)])
def test_the_paper_is_the_one_wanted(paper, width, height):
    (section,) = read(write(plain_session(), paper=paper)).sections
    assert is_near(section.page_width, Cm(width))
    assert is_near(section.page_height, Cm(height))


def test_every_page_has_its_number():
    (section,) = read(write(plain_session())).sections
    (field,) = section.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"


def test_the_properties_say_what_the_document_is():
    british = replace(PLAIN, language="en-GB")
    document = read(write([Answer("q", "q", "answered", 0.9, hits_of(british, 0))]))
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Questions and passages", "pactqa")
    assert (properties.language, properties.keywords, properties.comments) == ("en-GB", "", "")
    assert properties.created == properties.modified == TODAY
    marks = [mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))]
    assert set(marks) == {"en-GB"}


def test_a_place_links_to_the_passage_where_the_page_is_known():
    document = read(
        write(plain_session(), link_to=lambda hit: f"http://h/?p={hit.passage.start}&x")
    )
    links = [link for p in document.paragraphs for link in p.hyperlinks]
    assert [(link.text, link.address) for link in links] == [
        ("Kings · Taxes · paragraph 1", f"http://h/?p={PLAIN.text.index('The king')}&x"),
        ("Kings · Taxes · paragraph 2", f"http://h/?p={PLAIN.text.index('Nobody')}&x"),
    ]
    assert not any(p.hyperlinks for p in read(write(plain_session())).paragraphs)


def test_what_has_no_place_in_xml_is_replaced_and_all_else_is_exact():
    content = write(hostile_session())
    texts = [paragraph.text for paragraph in read(content).paragraphs]
    assert split_essay(HOSTILE)[0].text in texts
    assert "1. A second one with a break." in texts  # a line of the file is no line of the page
    assert "Bell\ufffd and \U0001f41d end." in texts
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
