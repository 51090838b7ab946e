"""Hashes the passwords of editors by scrypt, and reads who may log in from the settings.

A hash is `scrypt.15.8.3.SALT.KEY`: the base-2 logarithm of the cost, the block size and the
parallelism, then two parts in base64 for addresses. No sign in it means anything to a shell.
"""

import base64
import binascii
import hashlib
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pactqa.errors import SettingError
from pactqa.settings import EDITORS, read_editors

__all__ = [
    "PASSWORD_MAX",
    "PASSWORD_MIN",
    "Accounts",
    "check_name",
    "check_password",
    "hash_password",
]

PASSWORD_MIN, PASSWORD_MAX = 10, 1000
"""How many characters a password has."""

_LOG2_COST, _BLOCK, _PARALLEL = 15, 8, 3  # OWASP's "Password Storage", for scrypt
_LOG2_COST_MAX, _BLOCK_MAX, _PARALLEL_MAX = 18, 16, 16
_SALT_BYTES, _KEY_BYTES = 16, 32
_NAME = re.compile(r"[\w.@+-]{1,60}")
_HASH = re.compile(r"scrypt\.([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{1,2})\.([\w-]{16,})\.([\w-]{16,})")
_FILE_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class _Hash:
    """A hash, read: how it is made, and what it must be."""

    log2_cost: int
    block: int
    parallel: int
    salt: bytes
    key: bytes

    def make_key(self, password: str) -> bytes:
        """Gives the key of a password, made in the same way."""
        cost = 2**self.log2_cost
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"),
            salt=self.salt,
            n=cost,
            r=self.block,
            p=self.parallel,
            maxmem=256 * self.block * (cost + self.parallel),
            dklen=len(self.key),
        )


class Accounts:
    """The editors who may log in. One password is looked at at a time: each takes some memory."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        """Takes the hash of each name.

        Raises:
            SettingError: if one is no hash.
        """
        self._hashes = {name: _read_hash(name, text) for name, text in hashes.items()}
        salt, key = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_KEY_BYTES)
        self._nobody = _Hash(_LOG2_COST, _BLOCK, _PARALLEL, salt, key)
        self._lock = threading.Lock()

    @classmethod
    def from_setting(cls) -> "Accounts | None":
        """Gives the editors that PACTQA_EDITORS names, or None if it names none.

        Raises:
            SettingError: if it cannot be understood.
        """
        value = read_editors()
        if not value:
            return None
        # A list of entries, or else the name of a file of them, one a line.
        lines = re.split(r"[\s,]+", value) if ":scrypt." in value else _read_lines(Path(value))
        hashes: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, text = line.partition(":")
            if not _NAME.fullmatch(name) or name in hashes:
                raise SettingError(
                    f"{EDITORS}: {name[:60]!a} is no name of an editor, or there are two of it. "
                    "Write NAME:HASH for each; 'pactqa editor NAME' makes that."
                )
            hashes[name] = text
        if not hashes:
            raise SettingError(
                f"{EDITORS}: {value[:200]!a} names no editor. Write one, or unset it."
            )
        return cls(hashes)

    def is_right(self, name: str, password: str) -> bool:
        """Tells whether it is the password of an editor; an unknown name takes as long."""
        wanted = self._hashes.get(name)
        tried = wanted or self._nobody
        with self._lock:
            key = tried.make_key(password[: PASSWORD_MAX + 1])
        return secrets.compare_digest(key, tried.key) and wanted is not None


def hash_password(password: str) -> str:
    """Gives the hash of a password, with a new salt.

    >>> hash_password("one two three").split(".")[:4]
    ['scrypt', '15', '8', '3']
    """
    made = _Hash(_LOG2_COST, _BLOCK, _PARALLEL, secrets.token_bytes(_SALT_BYTES), bytes(_KEY_BYTES))
    salt, key = (
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (made.salt, made.make_key(password))
    )
    return f"scrypt.{_LOG2_COST}.{_BLOCK}.{_PARALLEL}.{salt}.{key}"


def check_name(name: str) -> str:
    """Gives the name of an editor as it is, if it can be one.

    Raises:
        SettingError: if it cannot.
    """
    if not _NAME.fullmatch(name):
        raise SettingError(
            f"{name[:60]!a} cannot be the name of an editor. Use 1 to 60 letters, digits, and the "
            "signs . @ + - _"
        )
    return name


def check_password(password: str) -> None:
    """Checks that a new password is long enough.

    Raises:
        SettingError: if it is too short or too long.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise SettingError(
            f"The password has {len(password):,} characters. Choose one of {PASSWORD_MIN} to "
            f"{PASSWORD_MAX:,}: some words in a row are easy to keep and hard to guess."
        )


def _read_lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > _FILE_MAX:
            raise SettingError(f"{EDITORS}: {file!s:.200} is too large for a list of editors.")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingError(
            f"{EDITORS}: {str(file)[:200]!a} is neither a list of NAME:HASH nor a file that can be "
            f"read ({reason}). 'pactqa editor NAME' makes an entry."
        ) from error
    return [line.strip() for line in text.splitlines() if not line.lstrip().startswith("#")]


def _read_hash(name: str, text: str) -> _Hash:
    found = _HASH.fullmatch(text)
    try:
        if not found:
            raise ValueError("the form is another")
        cost, block, parallel = (int(found[at]) for at in (1, 2, 3))
        if not (
            10 <= cost <= _LOG2_COST_MAX
            and 1 <= block <= _BLOCK_MAX
            and 1 <= parallel <= _PARALLEL_MAX
        ):
            raise ValueError("the cost is out of bounds")
        salt, key = (base64.urlsafe_b64decode(found[at] + "==") for at in (4, 5))
    except (ValueError, binascii.Error) as error:
        raise SettingError(
            f"{EDITORS}: what stands after {name}: is no hash ({error}). Make it by "
            "'pactqa editor NAME' and copy the whole line."
        ) from error
    return _Hash(cost, block, parallel, salt, key)
