"""The command `pactqa editor`, which makes an entry of the setting PACTQA_EDITORS."""

import sys
from getpass import getpass
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from pactqa.errors import SettingError
from pactqa.settings import EDITORS

__all__ = ["commands"]

_err = Console(stderr=True, highlight=False)

commands = typer.Typer()


@commands.command()
def editor(name: Annotated[str, typer.Argument(help="The name to log in with.")]) -> None:
    """Ask for an editor's password, and print the entry that lets the editor log in."""
    from pactqa.web.passwords import check_name, check_password, hash_password

    check_name(name)
    password = _ask_password()
    check_password(password)
    print(f"{name}:{hash_password(password)}")
    hint = (
        f"Put this line into {EDITORS}, or into the file that it names, and start the page again."
    )
    _err.print(Text(hint), soft_wrap=True)


def _ask_password() -> str:
    """Asks twice at a terminal; takes the first line of a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password (not shown): ")
    if password != getpass("The same again: "):
        raise SettingError("The two passwords differ. Try again.")
    return password
