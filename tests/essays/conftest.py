"""The fixtures of this room: one file read, and one refused."""

import pytest

from pactqa.errors import EssayError
from pactqa.essays.files import read_essay


@pytest.fixture
def read(write_corpus):
    """Reads one file of the given content."""

    def read_one(content, name="bees.md"):
        folder = write_corpus({name: content})
        return read_essay(folder / name, folder)

    return read_one


@pytest.fixture
def refuse(read):
    """Gives the message with which a file of the given content is refused."""

    def refuse_one(content, name="bees.md"):
        with pytest.raises(EssayError) as caught:
            read(content, name)
        message = str(caught.value)
        assert name in message, "the message names the file"
        return message

    return refuse_one
