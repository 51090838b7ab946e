"""What is read of each kind of file: its words, its headings, its pages, what it says of itself."""

import docx
import pytest
from documents import (
    PAGE,
    add_parts,
    make_docx,
    make_epub,
    make_odt,
    make_pdf,
    set_lines,
)

from pactqa.conversion.epub import read_epub
from pactqa.conversion.open_document import read_open_document
from pactqa.conversion.pdf import read_pdf
from pactqa.conversion.web_page import read_web_page
from pactqa.conversion.word import read_word

# Web pages


def test_a_web_page_is_read_without_what_belongs_to_the_site_and_that_is_told():
    page = read_web_page(PAGE.encode())
    assert page.text.startswith(
        "# The Mill\n\nThe mill was old & it burnt down in the winter of 1911, as the miller "
        "said[1], and nobody was there to see it.\n\n## The miller\n\nHe was a man"
    )
    assert "\n\n    # This is no heading but" in page.text
    assert page.text.endswith("\n\n- One thing that is said of him here\n- Another thing to say of "
                              "it all\n")  # fmt: skip
    assert page.removed == (
        "Home",
        "Join now!",
        "Related essays: The King",
        "Cookie notice. Sign up today!",
    )
    assert (page.title, page.author, page.year, page.site) == (
        "The Mill",
        "Ann Lee",
        2011,
        "Old Essays",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_web_page_says_in_which_encoding_it_is(encoding):
    page = PAGE.replace("utf-8", encoding).encode(encoding)
    assert "“who knew” everybody" in read_web_page(page).text


def test_a_page_whose_text_cannot_be_told_is_taken_whole_and_that_is_said():
    page = read_web_page(b"<html><nav>Home</nav><p>It burnt.</p><p>It was old.</p>")
    assert page.text == "It burnt.\n\nIt was old.\n"
    assert "all of it was taken" in page.warnings[0]
    assert page.removed == ("Home",)


# Word


def test_a_word_document_gives_headings_paragraphs_items_and_cells():
    found = read_word(make_docx("It burnt.", "", "It was old.", cells=["One", "Two"]))
    assert found.text == "## The Mill\n\nIt burnt.\n\nIt was old.\n\nOne\n\nTwo\n"


def test_a_style_made_from_a_heading_is_one(tmp_path):
    document = docx.Document()
    style = document.styles.add_style("Chapter's name", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("The dance", style="Chapter's name")
    document.add_paragraph("They dance.", style="List Bullet")
    document.add_heading("Bees", 0)
    document.save(tmp_path / "a.docx")
    found = read_word((tmp_path / "a.docx").read_bytes())
    assert found.text == "### The dance\n\n- They dance.\n\n# Bees\n"
    assert found.title == "Bees"


def test_without_headings_short_paragraphs_in_bold_are_headings(tmp_path):
    document = docx.Document()
    for words, bold in [("The dance", True), ("They dance.", False), ("Not all of it", None)]:
        paragraph = document.add_paragraph()
        paragraph.add_run(words).bold = bool(bold)
        if bold is None:
            paragraph.add_run(" is bold").bold = True
    document.add_paragraph().add_run("Bold as this is, it is a sentence.").bold = True
    document.save(tmp_path / "a.docx")
    assert read_word((tmp_path / "a.docx").read_bytes()).text == (
        "## The dance\n\nThey dance.\n\nNot all of it is bold\n\n"
        "Bold as this is, it is a sentence.\n"
    )


def test_what_was_inserted_is_read_and_what_was_deleted_is_not():
    made = make_docx("KEPT")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {space}><w:body><w:p><w:r><w:t xml:space='preserve'>It </w:t></w:r>"
        '<w:ins w:id="1" w:author="x"><w:r><w:t>burnt</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>stood</w:delText></w:r></w:del>'
        "<w:r><w:t>.</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read_word(add_parts(made, {"word/document.xml": body.encode()})).text == "It burnt.\n"


def test_macros_and_pictures_are_left_out_and_that_is_said(tmp_path):
    assert (
        "holds macros, which were left out" in read_word(make_docx("A.", macros=True)).warnings[0]
    )
    document = docx.Document()
    document.add_paragraph("It burnt.").add_run().add_picture(str(_make_picture(tmp_path)))
    document.save(tmp_path / "a.docx")
    assert read_word((tmp_path / "a.docx").read_bytes()).warnings == ("Left out: 1 picture.",)


def _make_picture(tmp_path):
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    return tmp_path / "a.png"


# OpenDocument


def test_an_open_document_gives_headings_items_notes_and_its_last_words():
    body = (
        '<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>'
        '<text:p text:style-name="P1">The Mill</text:p>'
        '<text:h text:outline-level="1">One</text:h><text:p>It<text:s text:c="2"/><text:span>burnt'
        "</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>"
        "So he said.</text:p></text:note-body></text:note><office:annotation><text:p>A remark"
        "</text:p></office:annotation>.<text:line-break/># Verse</text:p>"
        "<text:list><text:list-item><text:p>One</text:p></text:list-item><text:list-item>"
        "<text:p>Two</text:p></text:list-item></text:list>"
    )  # fmt: skip
    fields = "<meta:initial-creator>Ann Lee</meta:initial-creator><meta:creation-date>2011-05"
    found = read_open_document(make_odt(body, f"{fields}</meta:creation-date>"))
    assert found.text == (
        "# The Mill\n\n## One\n\nIt burnt[1].\n    # Verse\n\n- One\n- Two\n\n[1] So he said.\n"
    )
    assert (found.title, found.author, found.year) == ("The Mill", "Ann Lee", 2011)


# EPUB


def test_an_epub_is_read_in_the_order_of_its_spine():
    found = read_epub(make_epub("<h1>One</h1><p>It <i>bur</i>nt.</p>", "<p>It was old.</p>"))
    assert found.text == "# One\n\nIt burnt.\n\nIt was old.\n"
    assert (found.title, found.author) == ("The Mill", "Lee, Ann; Ray, Tom")
    assert (found.year, found.language) == (2011, "en-GB")


# PDF

BODY = [f"The mill of the town was line {at} of what was" for at in range(20)]


def test_words_that_only_a_gap_between_letters_divides_are_two():
    words = [("It wa", 0), ("sa", 2.6), ("mill.", 0)]  # as troff's printer sets "was a mill"
    found = read_pdf(make_pdf(pages=[[(50, 700, "F1", 12, words)]]), 10)
    assert found.text == "It was a mill.\n"
    tight = read_pdf(make_pdf(pages=[[(50, 700, "F1", 12, [("It was a mill.", 0.8)])]]), 10)
    assert tight.text == "It was a mill.\n", "letters that stand wide are one word"


def test_the_lines_of_a_pdf_are_joined_and_its_hyphens_taken_out():
    found = read_pdf(make_pdf("The mill was a beauti-", "ful place and", "it burnt."), 10)
    assert found.text == "The mill was a beautiful place and it burnt.\n"
    found = read_pdf(make_pdf("A well-known mill.", "It was a well-", "known one."), 10)
    assert "a well-known one" in found.text


def test_paragraphs_headings_and_pages_of_a_pdf_are_found():
    first = [
        *set_lines(["The Old Mill"], 760, size=24),
        *set_lines(["1. The fire"], 720, font="F2", size=12),
        *set_lines([*BODY, "said of it then."], 700),
        *set_lines(["Another para was begun after a gap", "and it goes on over the end of"], 380),
    ]
    second = [
        *set_lines(["this page, as may be seen.", "It ends here."], 700),
        *set_lines(["Indented is the next one", "of two lines."], 640, left=70)[:1],
        *set_lines(["as may be seen from this."], 626),
    ]
    found = read_pdf(make_pdf(pages=[first, second], title="untitled"), 10)
    blocks = found.text.strip().split("\n\n")
    assert blocks[0] == "# The Old Mill"
    assert blocks[1] == "### 1. The fire"
    assert blocks[2].startswith("The mill of the town was line 0 of what was The mill")
    assert blocks[2].endswith("said of it then.")
    assert blocks[3] == (
        "Another para was begun after a gap and it goes on over the end of this page, as may be "
        "seen. It ends here."
    )
    assert blocks[4] == "Indented is the next one as may be seen from this."
    assert len(blocks) == 5
    assert found.title == "The Old Mill"
    (one, two) = found.page_starts
    assert (one.start, one.page, two.page) == (2, "1", "2")
    assert found.text[two.start :].startswith("this page, as may be seen.")


def test_running_heads_and_page_numbers_are_taken_off_and_number_the_pages():
    pages = [
        [
            *set_lines([f"THE MILL {at}"], 780),
            *set_lines([f"Words of page {at}, which are not alike: {'x' * at}.", "More."], 700),
            *set_lines([f"- {at} -"], 30, left=290),
        ]
        for at in range(211, 216)
    ]
    found = read_pdf(make_pdf(pages=pages), 10)
    assert "THE MILL" not in found.text
    assert "- 211 -" not in found.text
    assert found.removed == ("THE MILL …", "- … -")
    assert [start.page for start in found.page_starts] == ["211", "212", "213", "214", "215"]


def test_a_pdf_says_of_itself_what_it_says():
    found = read_pdf(make_pdf("The mill.", title="On mills", author="Ann Lee"), 10)
    assert (found.title, found.author) == ("On mills", "Ann Lee")


def test_a_page_without_text_is_named():
    found = read_pdf(make_pdf(pages=[set_lines(["The mill."]), []]), 10)
    assert found.warnings == ("No text on page 2: pictures, or a scan.",)
