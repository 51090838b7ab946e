"""What a file would become as an essay."""

import pytest
from documents import PAGE, make_pdf

from pactqa.adding.changes import add
from pactqa.adding.proposals import propose, revise
from pactqa.errors import CorpusError, EssayError
from pactqa.essays.files import read_essay, read_folder

KINGS = "The king raised a tax on bread, and the people were hungry all winter."


@pytest.fixture
def one(assistant):
    return assistant({"bees.md": "# Bees\n\nBees need flowers."})


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Kings and Bread.txt", "kings-and-bread.md"),
        ("../../etc/kings.md", "kings.md"),
        ("C:\\essays\\Kings.MD", "kings.md"),
        ("a  b\tc.md", "a-b-c.md"),
        ("\N{HONEYBEE}.md", "essay.md"),
        ("..md", "essay.md"),
        ("kings\N{HONEYBEE}.md", "kings.md"),
        ("Élève Чехов.md", "élève-чехов.md"),
        ("kings\0.md", "kings.md"),
        ("k\ud800ings.md", "k-ings.md"),
        ("x" * 300 + ".md", "x" * 60 + ".md"),
        ("long " * 60 + ".md", "-".join(["long"] * 12) + ".md"),
    ],
)
def test_the_name_in_the_corpus_is_plain_whatever_the_file_is_called(one, name, file):
    proposal = propose(name, KINGS.encode(), one)
    assert proposal.file == file
    assert add(proposal, one).parent == one.corpus
    assert proposal.essay.id in one.refresh().added


def test_a_proposal_says_how_the_text_will_be_split(one):
    text = "# On kings\n\nThe king.\n\n## Taxes\n\nThe tax.\n\nThe bread.\n"
    proposal = propose("kings.md", text.encode(), one)
    assert proposal.essay.title == "On kings"
    split = [(passage.heading, passage.text) for passage in proposal.passages]
    assert split == [("On kings", "The king."), ("Taxes", "The tax."), ("Taxes", "The bread.")]
    add(proposal, one)
    one.refresh()
    assert one.passages(proposal.essay.id) == proposal.passages


def test_fields_of_the_file_are_proposed_and_can_be_revised(one):
    text = f"---\nauthor: Lee, Ann\nyear: 1999\nown: kept\n---\n{KINGS}"
    proposal = propose("kings.md", text.encode(), one)
    assert (proposal.essay.author, proposal.essay.year) == ("Lee, Ann", 1999)
    revised = revise(proposal, one, title="  On\nkings ", author="", year="2001")
    essay = revised.essay
    assert (essay.title, essay.author, essay.year) == ("On kings", None, 2001)
    assert "own: kept" in revised.written
    assert revised.essay.text == proposal.essay.text
    with pytest.raises(CorpusError, match="The year is 'MMXI'"):
        revise(proposal, one, year="MMXI")


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [("On the King.md", KINGS, "On the King"), ("a.md", f"# Kings\n\n{KINGS}", "Kings")],
)
def test_the_title_is_the_first_heading_else_the_name_of_the_file(one, name, text, title):
    assert propose(name, text.encode(), one).essay.title == title


def test_essays_that_say_the_same_are_named_with_the_share(assistant):
    other = "Bread was dear after the harvest, and nobody knew what to do about the debts."
    one = assistant({"a.md": f"{KINGS}\n\n{other}", "b.md": f"{other}", "c.md": "Bees fly."})
    proposal = propose("new.md", f"{KINGS.upper()}\n\n{other[:30]} was not.".encode(), one)
    (similar,) = proposal.similar
    assert similar.essay.id == "a"
    assert 0.6 < similar.words < 1
    assert similar.passages == 0.5
    assert propose("a.md", KINGS.encode(), one).similar == (), "not the one that is replaced"


def test_a_plain_text_becomes_markdown_with_its_headings(one):
    text = "On kings\n\nThe king.\n\n2. Taxes\r\n\r\nThe tax.\n\nBREAD\n-----\nNone.\n"
    proposal = propose("kings.txt", text.encode(), one)
    split = [(passage.heading, passage.text) for passage in proposal.passages]
    assert split == [("On kings", "The king."), ("2. Taxes", "The tax."), ("BREAD", "None.")]
    assert proposal.essay.title == "On kings"
    assert "## 2. Taxes\n" in proposal.written


def test_a_file_of_another_encoding_is_written_as_utf8_and_that_is_said(one):
    proposal = propose("kings.txt", f"{KINGS} “Why?” – Zoë".encode("cp1252"), one)
    assert proposal.essay.text.endswith("“Why?” – Zoë")
    assert "it was read as cp1252" in proposal.warnings[0]
    assert read_folder(add(proposal, one).parent)[1] == []


def test_the_pages_of_a_pdf_are_kept_in_the_markdown(one):
    pages = [
        [(50, 700, "F1", 12, f"Page {at} begins here, and this is a sentence of it."),
         (50, 650, "F1", 12, f"The {at} kings raised a tax on bread.")]
        for at in (7, 8, 9)
    ]  # fmt: skip
    proposal = propose("kings.pdf", make_pdf(pages=pages, author="Lee, Ann"), one)
    assert proposal.essay.author == "Lee, Ann"
    essay = read_essay(add(proposal, one), one.corpus)
    assert [p.page for p in essay.page_starts] == ["1", "2", "3"]
    one.refresh()
    (passage,) = [p for p in one.passages(essay.id) if "The 8 kings" in p.text]
    assert essay.pages_of(passage.start, passage.end) == ("2",)


def test_what_belongs_to_a_web_page_is_told(one):
    proposal = propose("mill.html", PAGE.encode(), one)
    assert "Join now!" in proposal.removed
    essay = proposal.essay
    assert (essay.title, essay.author, essay.year, essay.site) == (
        *("The Mill", "Ann Lee", 2011, "Old Essays"),
    )


def test_a_file_larger_than_an_essay_is_refused(one, monkeypatch):
    monkeypatch.setenv("PACTQA_ESSAY_BYTES", "5")
    with pytest.raises(EssayError, match=r"a\.md: the file has 9 bytes, more than the 5"):
        propose("a.md", b"Bees fly.", one)


def test_what_cannot_be_read_is_refused_with_its_name(one):
    for name, content, message in [
        ("../a.md", b" \n", r"^a\.md: the file is empty"),
        ("a.md", b"---\ntitle: [\n---\nx", "Mend the front matter"),
        ("a.md", b"x\0y", "NUL character"),
    ]:
        with pytest.raises(EssayError, match=message):
            propose(name, content, one)
