"""Text in encodings that people's old computers wrote."""

import pytest

from pactqa.conversion.decoding import decode_text
from pactqa.errors import ConversionError

ENGLISH = "“The mill” burnt, said Zoë, for 5 £. It’s a long text – with dashes."
RUSSIAN = "Это длинный текст о том, почему Сталин подписал пакт с Германией в 1939 году."


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (ENGLISH, "utf-8", None),
        (ENGLISH, "utf-8-sig", None),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "cp1252", "cp1252"),
        (ENGLISH, "mac_roman", "mac_roman"),
        ("Le café était fermé, à Paris, et le moulin brûla.", "latin-1", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
    ],
)
def test_the_encoding_is_found_and_named_unless_it_is_utf8(text, encoding, named):
    found = decode_text(text.encode(encoding))
    assert found.text == text
    assert found.encoding == named


@pytest.mark.parametrize(
    "content",
    [
        ENGLISH.encode() + b"\xff",  # UTF-8 but for one byte
        b"caf\xe9",  # too short to tell
        "これは日本語の文章です。なぜ署名したのか。".encode("shift_jis"),
        b"\xff\xfeA",  # half a character
    ],
)
def test_what_fits_no_encoding_is_refused_with_its_place(content):
    with pytest.raises(ConversionError, match=r"byte \d+ \(line 1\) is not UTF-8.*nothing of it"):
        decode_text(content)
