"""Starts the page; Hugging Face Spaces finds `demo` here.

Settings: PACTQA_CORPUS and PACTQA_INDEX name the folders of the essays and of the index (beside
this file if not set), PACTQA_HOST and PACTQA_PORT where to listen.
"""

import sys
from pathlib import Path

from pactqa.errors import PactqaError
from pactqa.index_settings import read_index
from pactqa.settings import read_corpus
from pactqa.web.opening import open_page

_HERE = Path(__file__).resolve().parent


def _stop(error: PactqaError) -> None:
    """Ends the program with one clear line."""
    print(f"pactqa: {error}", file=sys.stderr)
    sys.exit(2)


try:
    demo = open_page(read_corpus(_HERE / "corpus"), read_index(_HERE / "index"))
except PactqaError as error:
    _stop(error)

if __name__ == "__main__":
    from pactqa.web.page import launch_page

    try:
        launch_page(demo)
    except PactqaError as error:
        _stop(error)
