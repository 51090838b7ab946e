"""What is made to be slow: each takes seconds where time grows with length, hours with its square.

A piece runs in a process of its own, which is ended after two minutes, so that a regression is a
failure and no hang. How long it takes is not measured.
"""

import subprocess
import sys

import pytest

START = """
from pactqa.conversion.blocks import Block, join_blocks
from pactqa.essays import uploads
from pactqa.essays.files import Essay
from pactqa.essays.headings import find_headings
from pactqa.essays.splitting import Span, split_essay
from pactqa.judgement.differences import find_differences
from pactqa.judgement.numbers import read_numbers
from pactqa.search.claims import find_claims
from pactqa.search.followup import is_follow_up, resolve
from pactqa.search.frames import strip_frame
from pactqa.search.kinds import find_kinds
from pactqa.search.languages import find_language
from pactqa.search.names import find_names
from pactqa.search.other_names import find_other_names
from pactqa.search.outline import asks_for_reasons
from pactqa.search.quotations import find_quotations, read_quoted_words, split_parts
from pactqa.search.intents import recognise_intent
from pactqa.search.sentences import asks_or_announces, gives_reason
from pactqa.search.statements import is_statement
from pactqa.search.vocabulary import read_vocabulary
from pactqa.search.words import read_words

LONG = [unit * (200_000 // len(unit)) for unit in (
    " ", "A-", "A’", "A.", "A ", "Ab of the ", ", ", "—", "(", "[", "1,", ". ", ", or A ",
    "known as A ", "accessed ", "In 1939 ", "Soviet ", "a’s ", "x",
)]
MARKS = [unit * (100_000 // len(unit)) for unit in (
    '"', "'", "“", "„", "‘", "«", "”", "`", ' "a', " 'a", "“a ", "„a ", "‘a ", "“““a”a ",
)]
QUESTIONS = [(unit * 10_000)[:10_000] for unit in (
    " ", "a", "A-A", "?", "! ", "why ", "hi, ", "please ", "what did the ", "and so ", "essay ",
    "‘a ",    "in the essays ", "reasons ", "1", "é", ".", "what about ", "did not ", "so well ok ",
)]
"""
PIECES = {
    "other names": "for text in LONG + MARKS: find_other_names([text, f'Bees{text}known'])",
    "names": "for text in LONG[1:8]: find_names(text)",
    "words": "for text in LONG: read_vocabulary([text])\nfor text in LONG[:4]: read_words(text)",
    "quotations": "for text in MARKS: list(find_quotations(text)); read_quoted_words(text)",
    "parts": "for text in MARKS + LONG: split_parts(text, Span(0, len(text)))",
    "claims": """for text in ['"Bees." ' * 9_000, 'accessed ' * 60_000, *LONG]: find_claims(text)
find_claims('Lee, Ann. ' + '1939 ' * 40_000 + 'a')""",
    "headings": """for text in ('# a' + ' ' * 20_000 + 'b', '#' + ' ' * 90_000, '# ' * 90_000):
    list(find_headings(text))
    split_essay(Essay(id='a', title='', text=text + ' a'))""",
    "numbers": "for text in ['1,' * 40_000, ' hundred' * 9_000, 'ten ' * 999]: read_numbers(text)",
    "topics": """from pactqa.web import topics
list(topics._find_names('A-' * 200_000))""",
    "uploads": """for text in LONG + ['\\n' + ' ' * 200_000, ' \\n' * 100_000, 'a-\\n' * 90_000]:
    uploads.read_upload('a.txt', f'a{text}'.encode())
    join_blocks([Block(text), Block(text, 1)])""",
    "differences": """for text in ('A ' * 50_000, 'Soviet ' * 10_000, 'only one of the ' * 5_000):
    find_differences('Bees A x known as Soviet of the 1939 ' + text[:1_900], 'Bees x A ' + text)""",
    "questions": """for text in QUESTIONS:
    for asked in (text, 'Why ' + text, text + ' why did bees dance?', 'Bees dance ' + text + 'x'):
        recognise_intent(asked), is_follow_up(asked), resolve(asked, 'Why?')
        resolve('Why?', asked)
        strip_frame(asked), find_kinds(asked), find_language(asked), is_statement(asked)
        asks_for_reasons(asked), asks_or_announces(asked), gives_reason(asked)""",
}


@pytest.mark.parametrize("name", PIECES)
def test_no_text_takes_more_than_its_length(name):
    code = f"{START}\n{PIECES[name]}"
    done = subprocess.run([sys.executable, "-c", code], timeout=120, capture_output=True, text=True)
    assert not done.returncode, done.stderr[-600:]
