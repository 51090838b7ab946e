"""Takes the frame off a question: greetings, "can you tell me", "what do the essays say about".

How a person asks says nothing of what is asked for, and must not change what is found. The rules
are about English manners of asking and name no subject. What is left keeps its letters as typed.
"""

import re

__all__ = ["ASKING_WORD", "strip_frame"]

ASKING_WORD = r"""(?: who(?:m|se|[’']?s)? | what(?:ever|[’']?s)? | which | why | how(?:[’']?s)?
    | when | where(?:[’']?s)? | did | does | do | is | are | was | were | has | have | had | can
    | could | would | will | shall | should | may | might | must | am
    | (?:did|does|do|is|are|was|were|has|have|had|ca|could|would|wo|should) n[’']?t )\b"""
"""Begins a question in English; for a verbose pattern in which case does not count."""

_TEXTS = r"""(?: (?:the|these|those|this|your|both|my|our|any|either) \s+ (?:of \s+ the \s+)?
    (?:two \s+ | given \s+ | student \s+)? )?
    (?:essays? | texts? | articles? | passages? | sources? | documents? | authors? | writers?
       | corpus) \b"""
_THAT = r"""(?: about | regarding | concerning | mentioning | saying | explaining | showing
    | describing
    | (?:that|which) \s+ (?:mentions? | says? | talks? \s+ about | explains? | shows?) ) \b"""
_FIND = rf"""(?: (?:quot(?:es?|ations?) | passages? | excerpts? | evidence | info(?:rmation)?) \s+
        (?: (?:on|of|for|from) \b | {_THAT} )
    | (?:paragraphs? | sentences? | lines? | parts? | details? | something | anything | everything
        | stuff) \s+ {_THAT} )"""
_SAYS = r"""(?: (?:say|write|tell|mention|think|argue|claim|state|explain|describe|talk|cover|report
    |contain) s? | discuss(?:es)? | have ) \b"""
_MAKES = r"""(?: (?:tell|explain|describe|clarify|list|name|show) \b
        (?: \s+ (?:to\s+)? (?:me|us) \b )?
    | (?:give|find|get|help) \s+ (?:me|us) \b )"""
_GREETS = r"""(?: hi+ | hello+ | hey+ | hiya | yo | greetings | howdy
    | dear \s+ (?:sir|madam|all|bot) | good \s+ (?:morning|afternoon|evening|day) | excuse \s+ me
    | sorry | ok(?:ay)? | so | well | um+ | uh+ | er+m? | hm+
    | quick(?:\s+question)? | (?:my\s+)? question (?:\s+is)?
    | q | i \s+ have \s+ a \s+ (?:quick \s+)? question | please | pls | plz | kindly | thanks
    | thank \s+ you | nice \s+ to \s+ meet \s+ you | how \s+ are \s+ you ) \b
    (?: \s+ (?:there|everyone|everybody|all|folks|guys|bot|again|team|friends?|sir|madam) \b )?"""

_FRAME_OPENS = rf"""(?: {ASKING_WORD} | please\b | pls\b | plz\b | kindly\b | explain\b | describe\b
    | tell\b | show\b | give\b | find\b | i\b | according\b | quot(?:es?|ations?)\b | any\b
    | hi\b | hello\b | hey\b | quick\b | in\s+your\b
    | for\s+my\b | so\b | ok\b | there\b | discuss\b | compare\b | name\b | list\b | state\b )"""

# Taken off as they stand, whatever follows.
_LEAD = re.compile(
    rf"""[\s“"'‘(\[*#>-]*+ (?:
      {_GREETS} (?: \s*[,!.;:?…–—-]+\s* | (?= \s+ {_FRAME_OPENS} ) )
    | (?:according \s+ to | based \s+ on | as \s+ per | going \s+ by | judging \s+ by | in | from
        | using | as \s+ (?:stated|said|written|explained|described) \s+ in)
      \s+ {_TEXTS} (?: \s*[,:;] | (?= \s+ {ASKING_WORD} ) )
    | in \s+ (?:your|my) \s+ (?:own \s+)? (?:opinion|view|words) \b \s*[,:]?
    | (?:for|in) \s+ (?:my|our) \s+ (?:\w{{2,12}} \s+)?
      (?:homework|essay|exam|class|school|assignment|project|coursework|paper|test|lesson|teacher)
      \b (?: \s*[,:] | (?= \s+ {_FRAME_OPENS} ) )
    | (?:in \s+ short | briefly | in \s+ a \s+ few \s+ words | in \s+ detail) \b \s*[,:]?
    | (?:can|could|would|will) \s+ (?:you|u|someone|anyone|anybody|somebody) \s+
      (?:(?:please|pls|plz|kindly|possibly|maybe|just|also) \s+)? {_MAKES}
      (?: \s+ (?:understand|know|find|please) \b )?
    | (?:please|pls|plz|kindly) \b \s*[,:]?
    | (?:do|did|would) \s+ (?:you|u) \s+ (?:happen \s+ to \s+)? know \b
    | (?:does|do) \s+ (?:anyone|anybody|someone|we) \s+ know \b
    | (?:have \s+ you \s+ (?:got\s+)?)? any \s+ idea \b (?: \s+ (?:of|about) \b )?
    | (?:tell|show|teach|help) \s+ (?:me|us) \b (?: \s+ (?:please|understand) \b )?
    | (?:explain|clarify) \b (?: \s+ to \s+ (?:me|us) \b )? (?: \s+ please \b )?
    | (?:describe|discuss|outline|state|say) \b (?= \s+ {ASKING_WORD} )
    | i \s+ (?:do \s* n[’']?t | do \s+ not) \s+ (?:know|understand|get) \b (?= \s+ {ASKING_WORD} )
    | i[’']?m \s+ (?:wondering | curious | trying \s+ to \s+ (?:find \s+ out|understand)) \b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What follows these is a thing, not a question, unless it opens like one.
_TOPIC = re.compile(
    rf"""[\s“"'‘(\[*#>-]*+ (?:
      (?:what|where|how) \s+ (?:do|does|did|is|are) \s+ {_TEXTS} \s+ (?:have \s+ to \s+)? {_SAYS}
      (?: \s+ (?:us|me) \b )? (?: \s+ anything \b )? (?: \s+ (?:about|on|of|regarding) \b )?
    | (?:what|where) \s+ (?:is|are|was) \s+ (?:there\s+)? (?:said|written|mentioned|stated) \s+
      (?:in \s+ {_TEXTS} \s+)? (?:about|on|of) \b
    | (?:do|does|did) \s+ {_TEXTS} \s+ (?:ever \s+ | also \s+)? {_SAYS}
      (?: \s+ (?:anything|something|much) \b )? (?: \s+ (?:about|on|of) \b )?
    | is \s+ there \s+ (?:anything|something|any \s+ mention|a \s+ mention|any \s+ information)
      (?: \s+ in \s+ {_TEXTS} )? \s+ (?:about|on|of|regarding) \b
    | (?:are \s+ there | do \s+ you \s+ have | is \s+ there | have \s+ you \s+ got) \s+
      (?:any\s+|some\s+)? {_FIND}
    | (?:(?:give|find|show|get|list|send|bring) \s+ (?:me\s+|us\s+)?
        | (?:i|we) \s+ (?:need|want) \s+ | (?:i[’']?m\s+)? looking \s+ for \s+
        | search \s+ (?:for\s+)? | look \s+ (?:up|for) \s+ )
      (?: (?:all|some|any|an?|the|a\s+few|a\s+couple\s+of|two|three|several|good|best|more)
          \s+ ){{0,3}}
      {_FIND}
    | (?:some\s+|any\s+|good\s+)? (?:quot(?:es?|ations?) | passages? | info(?:rmation)?) \s+
      (?: (?:on|of|for|from) \b | {_THAT} )
    | (?:(?:tell|show|teach) \s+ (?:me|us) \s+)?
      (?: (?:some(?:thing)? | anything | everything | a \s+ (?:bit|little)) (?: \s+ more \b )?
        | more \s+ (?:things|facts|details|information|info) )
      \s+ (?:about|on|regarding) \b
    | what \s+ (?:do|did|does) \s+ (?:you|u|they) \s+ (?:think|say|know|have) \s+ (?:about|of|on) \b
    | (?:i|we) (?: \s+ (?:would|really|just) \b | [’']?d \b ){{0,3}} \s+
      (?:want|need|like|love) \s+ (?:to \s+ (?:know|find \s+ out|understand|learn|ask|see|hear)) \b
      (?: \s+ (?:more\s+)? (?:about|of) \b )?
    | (?:i|we) \s+ wanna \s+ know \b (?: \s+ about \b )?
    | i \s+ (?:was|am|were) \s+ (?:just\s+)? wondering \b (?: \s+ about \b )? | i \s+ wonder \b
    | (?:more\s+)? about \b (?= \s+ \S )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"""(?: [\s,;.!?…–—-]+ (?:
        (?:according \s+ to | based \s+ on | in | from | as \s+ (?:stated|said) \s+ in)
        \s+ (?:the|these|this|both|your) \s+ (?:two\s+)? (?:essays?|texts?|articles?|passages?)
      | (?:in|for) \s+ (?:my|our) \s+ (?:homework|essay|exam|class|school|assignment|project)
      | in \s+ your \s+ (?:own\s+)? (?:opinion|words|view)
      | if \s+ (?:possible|you \s+ (?:can|know|please|don[’']?t \s+ mind))
      | (?<!say\s)(?<!says\s)(?<!word\s)(?:please|pls|plz)
      | (?:thanks?|thank \s+ you|thx|tysm) \s+ (?:you\s+)?
        (?:so \s+ much | very \s+ much | a \s+ lot | in \s+ advance)
      )
    | [,;.!?…–—-] \s*+ (?:many \s+)?
      (?:thanks|thank \s+ you|thx|ty|tysm|cheers|ta|bye|i \s+ wonder) )$""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL_MAX = 80
_MARKS = " \t\r\n?!.,;:…？！¿¡–—"
_ASKS = re.compile(rf"\s*{ASKING_WORD}", re.IGNORECASE | re.VERBOSE)


def strip_frame(question: str) -> str:
    """Gives a question without its greeting, its frame, its thanks and its heap of marks.

    Args:
        question: as the visitor wrote it.

    Returns:
        What is asked, with the letters as typed; the question itself if nothing would be left.

    >>> strip_frame("Hi, can you tell me why Stalin signed?!?!")
    'why Stalin signed?'
    >>> strip_frame("What do the essays say about Munich?")
    'Munich'
    >>> strip_frame("hello there!")
    'hello there!'
    """
    start = 0
    is_topic = False
    while True:
        topic = _TOPIC.match(question, start)
        lead = topic or _LEAD.match(question, start)
        if lead is None or not _has_word(question, lead.end(), len(question)):
            break
        start = lead.end()
        while question[start] in " \t\r\n,:;.!…–—-":
            start += 1
        is_topic = topic is not None and not _ASKS.match(question, start)
    end, mark = _strip_tail(question, start)
    text = question[start:end]
    if not _has_word(text, 0, len(text)):
        return question
    return text if is_topic and mark == "?" else text + mark


def _strip_tail(question: str, start: int) -> tuple[int, str]:
    """Gives where the question ends without thanks and marks, and the mark to end it with."""
    end, marks, asks = len(question), 0, False
    while True:
        while end > start and question[end - 1] in _MARKS:
            end -= 1
            marks += not question[end].isspace()
            asks = asks or question[end] in "?？"
        window = question[max(start, end - _TAIL_MAX) : end]
        tail = _TAIL.search(window)
        left = end - len(window) + tail.start() if tail else end
        if tail is None or not _has_word(question, start, left):
            break
        asks = asks or "?" in tail[0]
        end, marks = left, 0
    if asks:
        return end, "?"
    return end, question[end] if marks == 1 and question[end : end + 1] in {".", "!", "…"} else ""


def _has_word(text: str, start: int, end: int) -> bool:
    """Tells whether a letter or digit stands between two offsets."""
    return any(text[at].isalnum() for at in range(start, end))
