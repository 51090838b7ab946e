import re

import frontmatter
import pytest

from pactqa.essays.files import read_essay, read_folder
from pactqa.essays.listing import list_files
from pactqa.essays.splitting import split_essay

PASSAGES = {
    "stalins-motivations-a-strategic-analysis": 9,
    "why-did-stalin-sign-the-nazi-soviet-pact": 5,
}
NOTED = {
    "On August 28th, 1939": "23 August",
    "Neville Chamberlain, British foreign minister": "Prime Minister",
    "Winston Churchill, soon to take his post": "May 1940",
    "This secret agreement": "additional protocol",
    "the lands East of the line of Vistula": "Narew, Vistula and San",
}
FURNITURE = [
    *("Authors Avatar", "Author's Avatar", "Join now", "preview of the whole essay", "Sign up"),
    *("Log in", "Cookie", "Click here", "Subscribe", "Share this", "Read more", "Comments"),
    *("Advertisement", "http://", "https://", "www.", "©"),
]


@pytest.fixture(scope="module")
def essays(real_corpus):
    found, errors = read_folder(real_corpus)
    assert errors == []
    return {essay.id: essay for essay in found}


def test_the_two_essays_are_there_with_all_their_paragraphs(essays):
    assert set(essays) >= set(PASSAGES)
    for essay_id, count in PASSAGES.items():
        assert len(split_essay(essays[essay_id])) == count


def test_file_names_are_ones_that_a_person_would_choose(real_corpus):
    for path in list_files(real_corpus).files:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.md", path.name)
        assert read_essay(path, real_corpus).id == path.stem


def test_every_passage_and_sentence_is_an_exact_slice(essays):
    for essay in essays.values():
        for passage in split_essay(essay):
            assert essay.text[passage.start : passage.end] == passage.text
            for span in passage.sentences:
                assert passage.start <= span.start < span.end <= passage.end
                sentence = essay.text[span.start : span.end]
                assert sentence == sentence.strip()
                assert sentence in passage.text


def test_every_quotation_is_in_the_file_byte_for_byte(essays, real_corpus):
    for essay in essays.values():
        content = (real_corpus / essay.file).read_bytes()
        for passage in split_essay(essay):
            assert passage.text.encode() in content


def test_the_front_matter_is_complete(essays, real_corpus):
    for essay in essays.values():
        fields = frontmatter.load(str(real_corpus / essay.file)).metadata
        assert {"title", "author", "source", "notes"} <= set(fields)
        assert essay.title == fields["title"]
        assert essay.source
        assert essay.notes
    assert essays["why-did-stalin-sign-the-nazi-soviet-pact"].excerpt is True
    assert essays["stalins-motivations-a-strategic-analysis"].excerpt is False


def test_the_words_of_every_note_occur_once_and_in_one_passage(essays):
    for essay in essays.values():
        for note in essay.notes:
            assert essay.text.count(note.quote) == 1, note.quote
            holders = [p for p in split_essay(essay) if note.quote in p.text]
            assert len(holders) == 1, note.quote
            assert essay.notes_within(holders[0].start, holders[0].end)


@pytest.mark.parametrize(("quote", "fact"), NOTED.items())
def test_the_notes_that_a_student_needs_are_there(essays, quote, fact):
    notes = [note.note for essay in essays.values() for note in essay.notes if note.quote == quote]
    assert len(notes) == 1
    assert fact in notes[0]


def test_no_note_says_the_words_it_corrects_only(essays):
    for essay in essays.values():
        for note in essay.notes:
            assert note.note.endswith(".")
            assert note.note not in essay.text


def test_there_is_no_site_furniture(essays):
    for essay in essays.values():
        for words in FURNITURE:
            assert words.casefold() not in essay.text.casefold(), (essay.id, words)
        assert essay.title not in essay.text, "the title is not repeated"


@pytest.mark.parametrize(
    "words",
    [
        "of the Soviet leader , behind the signing",
        "the trustworthiness of \N{NO-BREAK SPACE}the Soviet Union",
        "first years of the 1930’s",
        "align the german people",
        "so he needed ...",
        "foreign (and internal) policy. \N{NO-BREAK SPACE}\n",
        "much as the extermination of the jews",
        "Flaws in Stalins Strategic Assessment",
        "seek Lebensraum (living space)",
        "## 4. Ideological Pragmatism\n",
        "## Stalin’s first objectives-\n",
    ],
)
def test_the_authors_words_are_not_improved(essays, words):
    assert sum(essay.text.count(words) for essay in essays.values()) == 1


def test_it_is_said_to_whom_the_essays_belong(real_corpus):
    notice = (real_corpus / "NOTICE").read_text(encoding="utf-8")
    assert "belong to their authors" in " ".join(notice.split())
