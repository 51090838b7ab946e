import os
from pathlib import Path

import pytest

from pactqa.errors import EssayError
from pactqa.essays.bounds import LINES_MAX, PARAGRAPH_MAX
from pactqa.essays.files import read_essay, read_folder
from pactqa.essays.listing import list_files

FRONT = "---\ntitle: The Bees\n---\n"


# What is read


def test_the_text_after_the_front_matter_is_untouched(read):
    body = '  Two  spaces, a\N{NO-BREAK SPACE}hard one,\ttabs   \r\n\r\n‘quotes’ "others" …\r\n \n'
    assert read((FRONT + body).encode()).text.lstrip("\n") == body


def test_without_front_matter_the_text_is_the_whole_file(read):
    body = "\n\n  Bees.  \n\n"
    assert read(body).text == body


def test_a_byte_order_mark_is_no_part_of_the_text(read):
    assert read(b"\xef\xbb\xbfBees fly.").text == "Bees fly."
    essay = read(b"\xef\xbb\xbf" + FRONT.encode() + b"Bees fly.")
    assert essay.title == "The Bees"
    assert essay.text.strip() == "Bees fly."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_is_read_and_kept(read, newline):
    text = newline.join(["---", "title: The Bees", "---", "", "One.", "", "Two."])
    essay = read(text)
    assert essay.title == "The Bees"
    assert essay.text.strip() == f"One.{newline}{newline}Two."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["# Why bees dance", "", "They do."], "Why bees dance"),
        (["Intro.", "", "## The dance ##", "They do."], "The dance"),
        (["Why bees dance", "=====", "", "They do."], "Why bees dance"),
        (["Two lines", "of text", "---", "", "They do."], "On bees"),
        (["#hashtag", "", "They do."], "On bees"),
        (["# #", "", "## The dance", "", "# Later", "They do."], "The dance"),
        (["One", "===", "", "# Two", "They do."], "One"),
        (["```", "# code", "```", "", "# The dance", "They do."], "The dance"),
        (["- a point", "---", "", "They do."], "On bees"),
        (["", "", "They do."], "On bees"),
    ],
)
def test_a_missing_title_is_the_first_heading_or_the_file_name(read, newline, lines, title):
    assert read(newline.join(lines), "on-bees.md").title == title


def test_the_title_of_plain_text_is_its_first_short_line_or_the_file_name(read):
    assert read("Why bees dance\n\nThey do.", "on_bees.txt").title == "Why bees dance"
    essay = read("Bees fly.\n\nThey do.", "on_bees.txt")
    assert essay.title == "On bees"
    assert essay.markdown is False


def test_a_line_of_hyphens_further_down_is_no_front_matter(read):
    text = "Bees.\n\n---\n\nFlowers.\n\n---\n"
    assert read(text).text == text


# What is refused, and with what words


@pytest.mark.parametrize(
    ("content", "byte", "line"),
    [
        (b"ab\ncd\xffef", 5, 2),
        ("“The mill was old”, ‘he’ said.\ncd".encode() + b"\xffef", 41, 2),
        (b"\xef\xbb\xbfab\n\n\xffcd", 7, 3),
        (b"ab\r\ncd\r\n\xff", 8, 3),
        (b"ab\rcd\r\xff", 6, 3),
        (b"caf\xe9", 3, 1),
    ],
)
def test_bad_utf8_is_named_by_byte_and_line(refuse, content, byte, line):
    message = refuse(content)
    assert f"byte {byte} (line {line})" in message
    assert "Save the file as UTF-8" in message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_another_encoding_is_converted_and_said_so(read, encoding):
    text = f"{FRONT}The café’s bees fly, said Zoë – and they do."
    essay = read(text.encode(encoding))
    assert essay.title == "The Bees"
    assert essay.text == text.removeprefix(FRONT.rstrip("\n"))
    assert essay.converted
    (warning,) = essay.warnings
    assert f"is not UTF-8: it was read as {encoding}." in warning


def test_a_nul_character_is_named_by_its_line(refuse):
    assert "line 3 holds a NUL character" in refuse(b"One\n\nTw\0o")


def test_a_binary_file_is_refused(refuse):
    refuse(b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\0\0\0stream")


def test_a_file_that_is_too_large_is_refused_without_reading_it(write_corpus, monkeypatch):
    folder = write_corpus({"large.md": "x"})
    os.truncate(folder / "large.md", 10_000_001)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(EssayError, match=r"large\.md: the file has 10,000,001 bytes"):
        read_essay(folder / "large.md", folder)


def test_a_file_of_just_the_largest_size_is_read(write_corpus):
    folder = write_corpus({"large.txt": (b"b" * 99_998 + b"\n\n") * 100})
    assert len(read_essay(folder / "large.txt", folder).text) == 10_000_000


def test_how_large_a_file_may_be_is_a_setting(write_corpus, monkeypatch):
    folder = write_corpus({"a.md": "Bees.", "b.md": "Bees fly."})
    monkeypatch.setenv("PACTQA_ESSAY_BYTES", "5")
    essays, errors = read_folder(folder)
    assert [essay.id for essay in essays] == ["a"]
    (error,) = errors
    assert "9 bytes, more than the 5 that" in str(error)
    assert "PACTQA_ESSAY_BYTES" in str(error)


def test_a_paragraph_without_end_is_named_by_its_line(read, refuse):
    line = "b" * (PARAGRAPH_MAX - 1) + "\n"
    assert read(f"{FRONT}One.\n\n{line}\n{line}")
    message = refuse(f"{FRONT}One.\n\n{line}bb\n")
    assert "paragraph that begins in line 6 has more than the 100,000 characters" in message
    assert "Put an empty line" in message
    assert "in line 1 " in refuse("x" * 5_000_000)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_more_lines_than_any_essay_has_are_refused(read, refuse, newline):
    assert read("a" + newline * LINES_MAX, "bees.txt")
    message = refuse("a" + newline * LINES_MAX + "b", "bees.txt")
    assert "more than the 100,000 lines" in message


def test_a_note_on_long_words_that_do_not_occur_is_not_repeated_whole(refuse):
    assert len(refuse(f"---\nnotes: [{{quote: {'b' * 9_000}, note: n}}]\n---\nBees.")) < 500


def test_a_missing_file_is_an_essay_error(tmp_path):
    with pytest.raises(EssayError, match=r"none\.md: cannot be opened"):
        read_essay(tmp_path / "none.md")


@pytest.mark.parametrize("content", ["", "  \n\n", FRONT, FRONT + " \n \n"])
def test_an_essay_without_text_is_refused(refuse, content):
    assert "no text" in refuse(content) or "the file is empty" in refuse(content)


def test_a_note_whose_words_do_not_occur_is_refused(refuse):
    message = refuse("---\nnotes:\n  - quote: seven bees\n    note: Eight.\n---\n\nSix bees.\n")
    assert "'seven bees'" in message
    assert "begins in line 7" in message


def test_a_note_on_words_of_the_front_matter_alone_is_refused(refuse):
    refuse("---\ntitle: The Bees\nnotes:\n  - quote: The Bees\n    note: x\n---\nSix.\n")


def test_another_kind_of_file_is_refused(refuse):
    assert "Supported are .md" in refuse("Bees.", "bees.png")


def test_a_name_without_a_letter_is_refused(refuse):
    assert "no letter or digit" in refuse("Bees.", "--.md")


def test_a_name_that_is_not_utf8_is_refused_in_words_that_can_be_printed(write_corpus):
    folder = write_corpus({"good.md": "Bees."})
    (folder / os.fsdecode(b"b\xffd.md")).write_text("Flowers.")
    essays, errors = read_folder(folder)
    assert [essay.id for essay in essays] == ["good"]
    assert "is not UTF-8" in str(errors[0])
    str(errors[0]).encode()  # a surrogate in the message would fail here


# Folders


def test_ids_are_made_of_the_name_below_the_folder(write_corpus):
    folder = write_corpus(
        {
            "Two Reasons.md": "a",
            "part 1/Bees & Co.txt": "b",
            "Éclair.markdown": "c",
            "UPPER.MD": "d",
        }
    )
    essays, errors = read_folder(folder)
    assert not errors
    assert {essay.id: essay.file for essay in essays} == {
        "two-reasons": "Two Reasons.md",
        "part-1-bees-co": "part 1/Bees & Co.txt",
        "éclair": "Éclair.markdown",
        "upper": "UPPER.MD",
    }


def test_the_id_does_not_depend_on_how_the_file_system_writes_accents(write_corpus):
    folder = write_corpus({"e\N{COMBINING ACUTE ACCENT}clair.md": "a"})
    assert read_folder(folder)[0][0].id == "éclair"


def test_hidden_files_and_other_kinds_are_passed_over(write_corpus):
    folder = write_corpus(
        {
            "b.md": "b",
            "a.md": "a",
            "sub/c.txt": "c",
            ".hidden.md": "x",
            ".git/d.md": "x",
            "sub/.e/f.md": "x",
            "NOTICE": "x",
            "picture.png": b"\x89PNG",
            "folder.md/g.md": "g",
        }
    )
    names = [str(path.relative_to(folder)) for path in list_files(folder).files]
    assert names == ["a.md", "b.md", "folder.md/g.md", "sub/c.txt"]


def test_a_corpus_inside_a_hidden_folder_is_read(tmp_path):
    folder = tmp_path / ".data" / "corpus"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("a")
    assert len(list_files(folder).files) == 1


def test_two_files_of_one_id_are_not_both_read(write_corpus):
    folder = write_corpus({"my-bees.md": "first", "my_bees.txt": "ok", "my bees.txt": "second"})
    essays, errors = read_folder(folder)
    assert [essay.id for essay in essays] == ["my-bees", "my_bees"]
    assert len(errors) == 1
    assert "my-bees" in str(errors[0])
    assert "Rename one" in str(errors[0])


def test_one_bad_file_never_stops_the_others(write_corpus):
    bad = {
        "1.md": b"\xff",
        "2.md": "---\ntitle: [\n---\nx",
        "3.md": "---\nopen",
        "4.md": b"\0",
        "5.md": "---\n? [a]\n: b\n---\nx",
        "6.md": "---\nd: 2011-13-45\n---\nx",
        "7.md": "",
    }
    folder = write_corpus({**bad, "0-good.md": "Bees.", "8-good.txt": "Flowers."})
    (folder / "broken.md").symlink_to(folder / "nowhere")
    essays, errors = read_folder(folder)
    assert [essay.id for essay in essays] == ["0-good", "8-good"]
    assert len(errors) == len(bad) + 1
    for name, error in zip(["broken.md", *bad], errors, strict=True):
        assert name in str(error)


def test_a_missing_folder_is_named_with_the_remedy(tmp_path):
    with pytest.raises(EssayError, match=r"nowhere: there is no such folder.*PACTQA_CORPUS"):
        read_folder(tmp_path / "nowhere")


def test_the_digest_changes_with_the_text_the_front_matter_and_the_name(write_corpus):
    files = {"a.md": "Bees.", "A.markdown": "Bees.", "b.md": "---\nyear: 1\n---\nBees."}
    folder = write_corpus(files)
    digests = [read_essay(path, folder).sha256 for path in list_files(folder).files]
    assert len(set(digests)) == 3
    again = [read_essay(path, folder).sha256 for path in list_files(folder).files]
    assert again == digests


def test_notes_within_gives_the_notes_whose_words_stand_there(read):
    essay = read(
        "---\nnotes:\n  - {quote: six bees, note: Eight.}\n  - {quote: a rose, note: Two.}\n---\n"
        "There were six bees on a rose."
    )
    at = essay.text.index("six bees")
    assert [note.note for note in essay.notes_within(at, at + 8)] == ["Eight."]
    assert essay.notes_within(at, at + 7) == ()
    assert len(essay.notes_within(0, len(essay.text))) == 2
