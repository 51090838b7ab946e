"""Word: the exact words, with headings, indented quotations and the key sentence marked."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt

from pactqa.essays.splitting import split_essay
from pactqa.export.word import write_docx
from tests.export.sessions import HOSTILE, hostile_session, plain_session

WHOLE = [
    ("Title", "Questions and passages"),
    ("Heading 1", "Who came"),
    ("Normal", "1. Kings, Taxes, paragraph 1"),
    ("Quote", "The king came. He raised a tax. Bread was dear."),
    ("Normal", "Editor’s note on “He raised”: Parliament did."),
    ("Normal", "Editor’s note on “dear”: At fourteen sous."),
    ("Normal", "Carr, E. H., “Kings,” [site not given], n.d., para. 1."),
    ("Heading 1", "and bread"),
    ("Normal", "Searched as: Who came bread"),
    ("Normal", "The essays may not answer this directly. The closest passages:"),
    ("Normal", "2. Kings, Taxes, paragraph 2"),
    ("Quote", "Nobody laughed."),
    ("Normal", "Editor’s note on “Nobody”: Some did."),
    ("Normal", "Carr, E. H., “Kings,” [site not given], n.d., para. 2."),
    ("Heading 1", "Bees"),
    ("Normal", "Nothing in the essays was found to be about this."),
]


@pytest.fixture
def paragraphs():
    return docx.Document(io.BytesIO(write_docx(plain_session(), "chicago"))).paragraphs


def test_a_session_is_written_whole(paragraphs):
    assert [(p.style.name, p.text.replace("E. H. Carr", "Carr, E. H.")) for p in paragraphs] == [
        *WHOLE
    ]


def test_the_key_sentence_is_bold_and_highlighted_and_nothing_else_is(paragraphs):
    for paragraph, key in (
        (paragraphs[3], "He raised a tax."),
        (paragraphs[11], "Nobody laughed."),
    ):
        assert [run.text for run in paragraph.runs if run.bold] == [key]
        assert [run.text for run in paragraph.runs if run.font.highlight_color] == [key]
        assert {run.font.highlight_color for run in paragraph.runs} <= {
            None,
            WD_COLOR_INDEX.YELLOW,
        }
        assert {run.italic for run in paragraph.runs} == {False}  # the style would slant it


def test_the_place_stays_with_its_quotation_and_the_number_is_bold(paragraphs):
    assert paragraphs[2].paragraph_format.keep_with_next
    assert [(run.text, run.bold) for run in paragraphs[2].runs] == [
        ("1. ", True),
        ("Kings, Taxes, paragraph 1", None),
    ]


def test_quotations_and_notes_are_indented_and_references_are_small(paragraphs):
    for number in (3, 4, 5, 11, 12):
        assert abs(paragraphs[number].paragraph_format.left_indent - Cm(1)) < Pt(1)
    assert next((run.text, run.bold) for run in paragraphs[4].runs) == ("Editor’s note", True)
    assert [run.font.size for run in paragraphs[6].runs] == [Pt(9)]


def test_what_has_no_place_in_xml_is_replaced_and_all_else_is_exact():
    content = write_docx(hostile_session(), "chicago")
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert split_essay(HOSTILE)[0].text in texts
    assert "Bell\ufffd and \U0001f41d end." in texts
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert document.core_properties.author == ""
    assert document.core_properties.title == "Questions and passages"
