"""Starts the page; Hugging Face Spaces finds `demo` here.

Settings: PACTQA_CORPUS and PACTQA_INDEX name the folders of the essays and of the index (beside
this file if not set), PACTQA_HOST and PACTQA_PORT where to listen.
"""

import sys
from pathlib import Path

from pactqa.errors import PactqaError
from pactqa.index_settings import read_index
from pactqa.settings import read_corpus
from pactqa.web.opening import open_page, serve

_HERE = Path(__file__).resolve().parent
_PLACES = read_corpus(_HERE / "corpus"), read_index(_HERE / "index")

try:
    if __name__ == "__main__":
        serve(*_PLACES)
    else:
        demo = open_page(*_PLACES)
except PactqaError as error:
    print(f"pactqa: {error}", file=sys.stderr)
    sys.exit(2)
