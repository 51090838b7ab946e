"""The app with the tests' own small encoder: it starts at once and answers in milliseconds."""

import sys
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from conftest import FITTED, FakeEncoder, FakeReader

    import pactqa.assistant
    from pactqa.index_settings import read_index
    from pactqa.settings import read_corpus
    from pactqa.web.page import build_page, launch_page

    pactqa.assistant.load_fitted = lambda: FITTED
    folders = read_corpus(Path("corpus")), read_index(Path("index"))
    opened = pactqa.assistant.Assistant.open(*folders, FakeEncoder(), reader=FakeReader())
    launch_page(build_page(opened))


if __name__ == "__main__":
    main()
