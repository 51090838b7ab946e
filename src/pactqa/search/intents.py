"""Recognises what is said to the program and asks the essays nothing: "hello", "who wrote this?".

A request must be the whole text, up to marks and politeness, because a question taken for a request
would hide its answer: "hello, why did he sign?" is a question.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pactqa.search.frames import strip_frame
from pactqa.search.languages import find_language
from pactqa.search.statements import is_statement

__all__ = ["Intent", "IntentKind", "recognise_intent"]


class IntentKind(StrEnum):
    """What a visitor wants who asks the essays nothing."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    AUTHOR = "author"
    DATE = "date"
    SOURCE = "source"
    ESSAYS = "essays"
    OUTLINE = "outline"
    MORE = "more"
    FOREIGN = "foreign"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Intent:
    """What a visitor wants of the program.

    Attributes:
        kind: what is wanted.
        essay_number: which essay, from 1 in the order shown; -1 is the last; None is all.
        language: the language of a text that is not English.
        leans: whether "it" or "this" may mean what was asked before instead of an essay.
    """

    kind: IntentKind
    essay_number: int | None = None
    language: str | None = None
    leans: bool = False


_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_CARDINALS = "one two three four five six".split()
_NUMBERS = {
    "last": -1,
    **{word: number for number, word in enumerate(_ORDINALS, start=1)},
    **{word: number for number, word in enumerate(_CARDINALS, start=1)},
}
_WHICH = rf"(?:{'|'.join([*_ORDINALS, 'last'])}|[1-9]\d?(?:st|nd|rd|th))"
_NOUN = r"(?:essay|text|article|document|paper)"
_DIGITS = r"(?:[1-9]\d?|one|two|three|four|five|six)"
_ESSAY = re.compile(
    rf"""\b(?: (?:this|that|the|your|each|my)\s (?:(?P<a>{_WHICH})\s)? {_NOUN}
        (?:\s(?:no\s|number\s)?(?P<b>{_DIGITS}))?
      | the\s (?P<c>{_WHICH})\s one
      | {_NOUN}\s (?:no\s|number\s)? (?P<d>{_DIGITS})
      | (?:(?:all|both|each|each\sof)\s)? (?:these|those|the|your)\s
        (?:two\s|three\s|\d+\s)? {_NOUN}s
      | (?:both\s|all\s)? {_NOUN}s? )\b""",
    re.VERBOSE,
)
_X = "§"
"""Stands for the words that name an essay."""

_IT = r"(?:it|this|that|they|them|these)"
_MADE = r"(?:written|published|made|composed|posted)"
_ABOUT_ESSAY = {
    IntentKind.AUTHOR: rf"""
        who (?:_(?:has|have|had|actually))?_(?:wrote|written|authored|made|is_the_author_of
          |are_the_authors_of|was_the_author_of|'?s_the_author_of)_(?:{_X}|{_IT})
      | (?:who(?:_(?:is|was|are|were)|'?s)_)? (?:the_)? (?:authors?|writers?)
        (?:_of_(?:{_X}|{_IT}))?
      | (?:what(?:_(?:is|are)|'?s)_)? (?:the_)? names?_of_the_(?:authors?|writers?)
        (?:_of_(?:{_X}|{_IT}))?
      | by_whom_(?:was|were)_(?:{_X}|{_IT})_{_MADE}
      | {_X}_(?:author|writer)s?""",
    IntentKind.DATE: rf"""
        (?:when|(?:in_)?(?:what|which)_year|on_(?:what|which)_(?:date|day))_(?:was|were|is)
         _(?:{_X}|{_IT})_{_MADE}
      | when_did_(?:the_authors?|he|she|they|the_writers?)_(?:write|publish)_
          (?:{_X}|{_IT})
      | how_(?:old|recent|new)_(?:is|are)_{_X}
      | (?:what(?:_is|'?s)_)? (?:the_)? (?:date|year)_of_{_X}""",
    IntentKind.SOURCE: rf"""
        where_(?:is|are|was|were)_{_X}_(?:from|published|taken_from)
      | where_(?:does|do|did)_{_X}_come_from
      | where_did_you_(?:get|find)_{_X}
      | (?:what(?:_is|'?s)_)? (?:the_)? source_of_{_X}""",
    IntentKind.OUTLINE: rf"""
        (?:summari[sz]e|sum_up|condense|shorten|outline|tl_?dr|recap) (?:_(?:of_)?(?:{_X}|{_IT}))?
      | (?:(?:give|write|make|show)_(?:me_|us_)?)? (?:an?_|the_)? (?:short_|brief_|quick_)?
        (?:summary|overview|outline|synopsis) (?:_(?:of|for)_(?:{_X}|{_IT}) )?
      | {_X}_(?:summary|outline|overview) | explain_{_X}
      | what (?:_(?:is|are)|'?s)_{_X}_(?:all_)? about
      | what (?:_is|'?s)_in_{_X}
      | what_(?:does|do|did)_{_X}_(?:say|talk_about|discuss|cover|deal_with)
      | (?:what(?:_(?:is|are)|'?s)_)? (?:the_)? (?:main|key|central)
       _(?:points?|ideas?|arguments?|topics?|themes?|message) (?:_(?:of|in)_{_X})""",
}
_ESSAYS = r"(?:essays?|texts?|articles?|documents?|sources?)"
_PLAIN = {
    IntentKind.GREETING: r"""
        (?:hi+|hello+|hey+|hiya|yo|greetings|howdy|good_(?:morning|afternoon|evening|day)|hola)
        (?:_(?:there|everyone|everybody|all|folks|guys|bot|again|team|friends?|you))?
        (?:_(?:how_are_you|how_is_it_going|how's_it_going|what'?s_up)(?:_(?:today|doing))?)?
      | how_are_you(?:_(?:today|doing|doing_today))? | what'?s_up | sup | nice_to_meet_you
      | are_you_there | anybody_there | anyone_there | bonjour | guten_tag | salut""",
    IntentKind.THANKS: r"""
        (?:(?:ok|okay|great|cool|perfect|awesome|wow|nice|good|got_it|i_see|alright|fine|well)_)*
        (?:thanks|thank_you|thankyou|thx|ty|cheers|many_thanks|much_appreciated|appreciate_it)
        (?:_(?:you|so_much|very_much|a_lot|a_bunch|again|for_(?:the|your)_(?:help|answers?)
           |bye|that_helps|that_helped|that_was_(?:helpful|great|useful)))*
      | (?:ok|okay|great|cool|perfect|awesome|wow|nice|good|got_it|i_see|alright|lol|nice_one)
        (?:_(?:ok|okay|great|cool|thanks|nice))?
      | that(?:'s|_is|_was)_(?:helpful|great|all|useful|nice|perfect|good|it)
      | (?:good)?bye(?:_bye)? | see_you(?:_later)? | good_night | good_(?:bot|job) | well_done""",
    IntentKind.HELP: r"""
        help(?:_me)? | i_need_(?:some_)?help | (?:can|could)_you_help(?:_me)?
      | how_(?:can|could|do)_you_help(?:_me)? | what_(?:can|do)_you_do | instructions
      | how_(?:does|do)_(?:this|it|the_(?:site|page|program|app))_work
      | how_do(?:es)?_(?:i|you|we|one)_use_(?:this|it|the_(?:site|page|program|app))(?:_\w+)?
      | how_to_use_(?:this|it)(?:_\w+)? | how_do_you_work
      | what(?:'?s|_is)_this_(?:page|site|website|app|program|thing|tool|place)(?:_for)?
      | who_are_you | what_are_you(?:_for)? | who_made_you | what(?:'?s|_is)_your_name
      | are_you_(?:an?_)?(?:bot|ai|human|robot|person|chatgpt|real|chatbot|machine|teacher)
      | what_(?:can|should|could|may)_i_(?:ask|do|type|say)(?:_you|_here)?(?:_about)?
      | what_(?:kind_of_|sort_of_)?questions_(?:can|may|could)_i_ask(?:_you)?
      | what_do_i_do(?:_now)? | give_me_an?_example(?:_question)?s?""",
    IntentKind.ESSAYS: rf"""
        (?:what|which)_{_ESSAYS}_(?:are_(?:there|here|in_here|included|available)
          |do_you_(?:have|know|use)|can_i_(?:ask|ask_about|read)|have_you_got|is_this_from)
      | (?:what|which)_are_(?:the|these|your)_(?:two_|three_)?{_ESSAYS}(?:_(?:called|titled))?
      | (?:(?:list|show|name|see)_(?:me_)?)(?:all_)?(?:of_)?(?:the_|your_)?{_ESSAYS}
      | how_many_{_ESSAYS}(?:_(?:are_(?:there|here)|do_you_have|have_you_got))?
      | (?:what(?:_are|_is|'?s)_)?(?:the_)?titles?(?:_of_(?:the|these|all)_(?:two_)?{_ESSAYS})?
      | what_are_the_{_ESSAYS}_titles | what(?:'?s|_is)_in_here | (?:the|all)_essays
      | what_do_you_know(?:_about)? | what_(?:topics|subjects)(?:_do_you_(?:have|know|cover))?""",
    IntentKind.MORE: r"""
        (?:(?:tell|show|give|get|find|bring)_(?:me|us)_)?
        (?:(?:some|any|even|a_bit|a_little|two|three|a_few)_)?more
        (?:_(?:passages?|quot(?:es?|ations?)|results?|examples?|details?|info(?:rmation)?|answers?
           |evidence|of_(?:it|this|that|them|these)))?
        (?:_(?:about|on)_(?:it|this|that|them))?
      | (?:can|could|would)_you_(?:tell|show|give)_(?:me|us)_(?:some_)?more
        (?:_about_(?:it|this|that))?
      | (?:show|say|see|explain|read)_(?:me_)?more | (?:and_)?(?:what|anything|something)_else
        (?:_(?:is_there|do_(?:the_essays|they)_say|does_(?:it|the_essay)_say
           |about_(?:it|this|that)))?
      | is_there_(?:anything_else|any_more|more|anything_more) | what_more
      | (?:are_there_)?(?:any_)?other_(?:passages|quotes|quotations|results|answers) | else
      | others?
      | go_on | continue | carry_on | keep_going | next | elaborate | and_more | any_more
      | more_more | i_want_(?:to_(?:know|read|see)_)?more | (?:tell_me_)?something_else | and""",
}
_POLITE_LEAD = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|so|well|please|pls|plz|and|now|sorry|thanks|yes|great|cool)\s"
    r"(?:there\s)?|(?:can|could|would|will)\s(?:you|u)\s(?:please\s|kindly\s)?"
    r"|(?:can|could)\si\s(?:get|have)\s|tell\sme\s|do\syou\sknow\s|i\s(?:want|need|would\slike)\s)"
)
_POLITE_TAIL = re.compile(
    r"\s(?:please|pls|plz|thanks|thank you|now|then|again|bot|for me|briefly|in short|in brief"
    r"|in (?:a|one|two|three|four|five|six|ten|\d+|a few|few) (?:sentences?|words?|lines?|points?)"
    r"|quickly|if you can)$"
)
_LEANS = re.compile(rf"\b{_IT}\b")
_MARKS = re.compile(r"[^\w']+")
_TOO_LONG = 90
_ROUNDS = 6


def _compile(form: str) -> re.Pattern[str]:
    """Compiles a form in which a low line stands for the space between two words."""
    return re.compile(form.replace("_", r"\s"), re.VERBOSE)


_PLAIN_FORMS = {kind: _compile(form) for kind, form in _PLAIN.items()}
_ESSAY_FORMS = {kind: _compile(form) for kind, form in _ABOUT_ESSAY.items()}


def recognise_intent(text: str) -> Intent | None:
    """Gives what a text wants of the program, or None if it asks the essays something.

    >>> recognise_intent("Could you summarise essay 2, please?").kind.value
    'outline'
    >>> recognise_intent("hello, why did Stalin sign?") is None
    True
    """
    for words in _read_politely(text) if len(text) <= _TOO_LONG else ():
        request = _match_form(words)
        if request is not None:
            return request
    language = find_language(text)
    if language is not None:
        return Intent(IntentKind.FOREIGN, language=language)
    if is_statement(strip_frame(text)):
        return Intent(IntentKind.STATEMENT)
    return None


def _read_politely(text: str) -> Iterator[str]:
    """Gives the words of a text in small letters, then the same with ever less politeness."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = " ".join(_MARKS.sub(" ", text).split())
    for _ in range(_ROUNDS):
        yield words
        less = _POLITE_TAIL.sub("", words)
        if less == words:
            less = _POLITE_LEAD.sub("", words, count=1) if _POLITE_LEAD.match(words) else words
        if less == words or not less:
            return
        words = less


def _match_form(words: str) -> Intent | None:
    for kind, form in _PLAIN_FORMS.items():
        if form.fullmatch(words):
            return Intent(kind)
    named = _ESSAY.search(words)
    number = next((part for part in named.groups() if part), None) if named else None
    about = f"{words[: named.start()]}{_X}{words[named.end() :]}" if named else words
    for kind, form in _ESSAY_FORMS.items():
        if form.fullmatch(about):
            leans = named is None and _LEANS.search(words) is not None
            return Intent(kind, _read_number(number), leans=leans)
    return None


def _read_number(word: str | None) -> int | None:
    """Gives the number that a word says: "2", "two", "second", "2nd"; -1 for "last"."""
    if word is None:
        return None
    digits = "".join(letter for letter in word if letter.isdigit())
    return int(digits) if digits else _NUMBERS[word]
