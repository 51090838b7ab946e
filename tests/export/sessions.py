"""The sessions that the tests of the exports write: a hostile one, and one to read by eye."""

from dataclasses import replace

from pactqa.answer import Answer
from pactqa.essays.files import EditorNote, Essay
from pactqa.essays.splitting import split_essay
from pactqa.search.ranking import Hit

HOSTILE = Essay(
    id="bees",
    title="*Bees* & <b>",
    text='=HYPERLINK("http://evil.example","x") of *bees*. They "dance", all.\n\n'
    "1. A second one\r\nwith a break.\n\nBell\x07 and \U0001f41d end.",
    notes=(EditorNote("dance", "+1 note"),),
)
PLAIN = Essay(
    id="kings",
    title="Kings",
    author="Carr, E. H.",
    text="# Taxes\n\nThe king came. He raised a tax. Bread was dear.\n\nNobody laughed.",
    notes=(
        EditorNote("He raised", "Parliament did."),
        EditorNote("dear", "At fourteen sous."),
        EditorNote("Nobody", "Some did."),
    ),
)


def hits_of(essay, key):
    """Gives every passage of an essay, the sentence of that number marked in it."""
    return tuple(
        Hit(essay, passage, passage.sentences[min(key, len(passage.sentences) - 1)], 0.5, rank)
        for rank, passage in enumerate(split_essay(essay), start=1)
    )


def hostile_session():
    hits = hits_of(HOSTILE, 9)
    return [
        Answer("=1+1", "=1+1", "answered", 0.9, hits[:2]),
        Answer("and <cold>?", "Why? <cold>?", "nearby", 0.4, hits[2:]),
        Answer("@bread", "@bread", "absent", 0.1, ()),
    ]


def plain_session():
    first, second = hits_of(PLAIN, 1)
    return [
        Answer("Who came", "Who came", "answered", 0.9, (first,)),
        Answer("and bread", "Who came bread", "nearby", 0.4, (replace(second, rank=1),)),
        Answer("Bees", "Bees", "absent", 0.1, ()),
    ]
