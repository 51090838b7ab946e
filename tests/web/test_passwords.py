"""Passwords of editors: hashed by scrypt, read from a list or a file, compared in equal time."""

import base64
import hashlib
import time

import pytest

from pactqa.errors import SettingError
from pactqa.web.passwords import Accounts, check_name, check_password, hash_password

PASSWORD = "one two three"


def cheap_hash(password=PASSWORD, salt=b"sixteen bytes ok"):
    """Makes a hash that costs little, by the documented form and not by the code under test."""
    key = hashlib.scrypt(password.encode(), salt=salt, n=2**10, r=8, p=1, dklen=32)
    parts = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (salt, key)]
    return f"scrypt.10.8.1.{parts[0]}.{parts[1]}"


def test_only_the_right_password_of_the_right_name_is_right():
    accounts = Accounts({"anna": cheap_hash(), "bob": cheap_hash("another word")})
    assert accounts.is_right("anna", PASSWORD)
    assert not accounts.is_right("anna", "another word")
    assert not accounts.is_right("anna", PASSWORD + " ")
    assert not accounts.is_right("anna", "")
    assert not accounts.is_right("carl", PASSWORD)
    assert not accounts.is_right("", "")
    assert not accounts.is_right("anna", "\udc80")


def test_a_hash_that_is_made_is_right_for_its_password_and_salted():
    made = hash_password(PASSWORD)
    assert made != hash_password(PASSWORD)
    assert PASSWORD not in made
    accounts = Accounts({"anna": made})
    assert accounts.is_right("anna", PASSWORD)
    assert not accounts.is_right("anna", "one two four")


def test_an_unknown_name_takes_as_long_as_a_wrong_password():
    accounts = Accounts({"anna": hash_password(PASSWORD)})

    def measure(name):
        start = time.thread_time()
        accounts.is_right(name, "wrong")
        return time.thread_time() - start

    known, unknown = (min(measure(name) for _ in range(2)) for name in ("anna", "nobody"))
    assert unknown > known / 2


def test_no_setting_means_no_editor(monkeypatch):
    monkeypatch.delenv("PACTQA_EDITORS", raising=False)
    assert Accounts.from_setting() is None


@pytest.mark.parametrize("between", [" ", ",", ", ", "\n"])
def test_a_list_of_editors(monkeypatch, between):
    entries = [f"anna:{cheap_hash()}", f"b.ob@x:{cheap_hash('another word')}"]
    monkeypatch.setenv("PACTQA_EDITORS", between.join(entries))
    accounts = Accounts.from_setting()
    assert accounts.is_right("anna", PASSWORD)
    assert accounts.is_right("b.ob@x", "another word")


def test_a_file_of_editors(monkeypatch, tmp_path):
    file = tmp_path / "editors"
    file.write_text(f"# who may\n\n  anna:{cheap_hash()}\r\nbob:{cheap_hash('another word')}\n")
    monkeypatch.setenv("PACTQA_EDITORS", str(file))
    accounts = Accounts.from_setting()
    assert accounts.is_right("anna", PASSWORD)
    assert accounts.is_right("bob", "another word")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("anna:secret word", "what stands after anna: is no hash"),
        ("anna", "what stands after anna: is no hash"),
        (f"an na:{cheap_hash()}", "is no name of an editor"),
        (f"{'a' * 61}:{cheap_hash()}", "is no name of an editor"),
        (f"anna:{cheap_hash()}\nanna:{cheap_hash()}", "there are two of it"),
        (f"anna:{cheap_hash().replace('.10.', '.30.')}", "the cost is out of bounds"),
        (f"anna:{cheap_hash().replace('.10.', '.1.')}", "the cost is out of bounds"),
        ("# nobody", "names no editor"),
        (b"\xff\xfe", "nor a file that can be read"),
    ],
)
def test_what_is_no_list_of_editors_is_told_and_no_password_is_shown(
    monkeypatch, tmp_path, content, words
):
    file = tmp_path / "editors"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.setenv("PACTQA_EDITORS", str(file))
    with pytest.raises(SettingError, match="PACTQA_EDITORS") as found:
        Accounts.from_setting()
    assert words in str(found.value)
    assert "secret" not in str(found.value)


def test_a_setting_that_is_neither_a_list_nor_a_file(monkeypatch, tmp_path):
    monkeypatch.setenv("PACTQA_EDITORS", str(tmp_path / "none"))
    with pytest.raises(SettingError, match="No such file"):
        Accounts.from_setting()


def test_names_and_passwords_have_bounds():
    assert check_name("anna-lee") == "anna-lee"
    check_password("ten signs!")
    for name in ("", "a b", "a:b", "x" * 61):
        with pytest.raises(SettingError, match="cannot be the name"):
            check_name(name)
    for password in ("nine sign", "x" * 1001):
        with pytest.raises(SettingError, match="Choose one of 10 to 1,000"):
            check_password(password)
