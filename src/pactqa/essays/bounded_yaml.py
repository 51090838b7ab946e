"""Loads YAML that anybody may have written: within bounds of size, number, depth and length.

A few hundred bytes of YAML can stand for millions of values. What is counted here is counted while
the events are read, before any value is made of them. Numbers are not read as such: `012` and
`1:30` stay the words that they are. What is left after that is for the caller to judge.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml

from pactqa.essays.text import find_line_number

__all__ = ["YamlProblem", "load_yaml", "write_values"]

_CHARACTERS_MAX = 100_000
_VALUE_MAX = 20_000
_VALUES_MAX = 4_000
_DEPTH_MAX = 10
_ALIASES_MAX = 10
_SHOWN_MAX = 200
_TAG = "tag:yaml.org,2002:"
_TRAILING = re.compile(r"(?:^[ \t]*(?:#[^\n]*)?\n)*\Z", re.MULTILINE)
_NUMBERS = (f"{_TAG}int", f"{_TAG}float")


class YamlProblem(Exception):  # noqa: N818 - a problem of a text, which its reader makes an error of
    """What keeps a text from being loaded: a sentence without its full stop, and a line, if known.

    Attributes:
        line: of the text, counted from 1, as `split_lines` counts; None if none is known.
    """

    def __init__(self, problem: str, line: int | None = None) -> None:
        """Keeps both; of a problem that repeats a long value, the beginning."""
        super().__init__(problem if len(problem) <= _SHOWN_MAX else f"{problem[:_SHOWN_MAX]}…")
        self.line = line


def load_yaml(text: str) -> Any:
    """Loads one YAML document.

    Returns:
        Text, true, false, None, dates, lists and mappings; numbers as the text that they are.

    Raises:
        YamlProblem: if it is no YAML, or more than the bounds of this module.
    """
    if len(text) > _CHARACTERS_MAX:
        raise YamlProblem(
            f"it has {len(text):,} characters, more than the {_CHARACTERS_MAX:,} that are read"
        )
    try:
        # The loader in Python, not the one in C: that one refuses the escapes of an emoji.
        return _BoundedLoader(text).get_single_data()
    except yaml.reader.ReaderError as error:
        line = find_line_number(text, error.position)
        problem = f"it holds the control character U+{error.character:04X}"
        raise YamlProblem(problem, line) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line_or_none = find_line_number(text, mark.index) if mark else None
        raise YamlProblem(error.problem or "it is not valid YAML", line_or_none) from error
    except RecursionError as error:
        raise YamlProblem("a value holds itself") from error
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise YamlProblem("it is not valid YAML") from error


def write_values(text: str, values: Mapping[str, Any]) -> str:
    r"""Gives a YAML mapping with some of its values changed; all other lines stay as they are.

    Only a mapping that is not written line by line (`{a: 1}`) is written anew as a whole.

    Args:
        text: the mapping, with "\n" alone between its lines, or `""` for none.
        values: by name, what is put in its place or at the end; None takes it out.

    Raises:
        YamlProblem: if the text is no mapping within the bounds of this module.

    >>> write_values("title: Bees # short\n# own remark\nyear: 1900\n", {"title": "Kings"})
    'title: Kings\n# own remark\nyear: 1900\n'
    """
    before = load_yaml(text) or {}
    if not isinstance(before, dict):
        raise YamlProblem("it holds no 'name: value' lines")
    wanted = {key: value for key, value in {**before, **values}.items() if value is not None}
    parts = dict(_find_entries(text))
    for key, value in values.items():
        last = _TRAILING.search(parts.get(key, ""))
        kept = last[0] if last else ""
        parts[key] = ("" if value is None else _dump({key: value})) + kept
    written = "".join(parts.values())
    # Anchors, and mappings on one line, are more than the parts know.
    return written if _is_same(written, wanted) else _dump(wanted)


def _find_entries(text: str) -> Iterator[tuple[str, str]]:
    """Gives the lines of each entry of a mapping, and under no name those before the first."""
    node = yaml.compose(text, Loader=_BoundedLoader)
    entries = [(str(key.value), key.start_mark.index) for key, _ in node.value] if node else []
    for (name, start), (_, end) in pairwise([("", 0), *entries, ("", len(text))]):
        part = text[start:end]
        yield name, part if not part or part.endswith("\n") else f"{part}\n"


def _is_same(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return bool(load_yaml(text) == load_yaml(_dump(wanted)))
    except YamlProblem:
        return False


def _dump(values: Mapping[str, Any]) -> str:
    if not values:
        return ""
    return str(yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=100))


class _BoundedLoader(yaml.SafeLoader):  # type: ignore[misc]  # the library has no types
    """A loader that counts what it reads, and tells of each value where it stands."""

    # A number of 5,000 digits, `0x…` or `1:59:59…` is no number here, so it can break nothing.
    yaml_implicit_resolvers = {  # noqa: RUF012 - a class attribute of the library
        first: [(tag, form) for tag, form in resolvers if tag not in _NUMBERS]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = self._values = self._aliases = 0

    def get_event(self) -> Any:
        event = super().get_event()
        if isinstance(event, yaml.CollectionStartEvent):
            self._depth += 1
            self._check(event, "lists within lists", self._depth, _DEPTH_MAX)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            self._aliases += 1
            self._check(event, "references to other values (*)", self._aliases, _ALIASES_MAX)
        elif isinstance(event, yaml.ScalarEvent):
            self._check(event, "characters in one value", len(event.value), _VALUE_MAX)
        if isinstance(event, yaml.NodeEvent):
            self._values += 1
            self._check(event, "values", self._values, _VALUES_MAX)
        return event

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (yaml.YAMLError, RecursionError):
            raise
        except Exception as error:  # of many kinds: `!!bool x` is a KeyError, `!!int x` another
            shown = f"{node.value[:40]!r}" if isinstance(node.value, str) else "this"
            kind = node.tag.removeprefix(_TAG)
            raise yaml.constructor.ConstructorError(
                problem=f"{shown} is no value of the kind {kind!r}", problem_mark=node.start_mark
            ) from error

    @staticmethod
    def _check(event: Any, what: str, count: int, most: int) -> None:
        if count > most:
            raise yaml.MarkedYAMLError(
                problem=f"there are more than {most:,} {what}", problem_mark=event.start_mark
            )


for _number in _NUMBERS:
    _BoundedLoader.add_constructor(_number, yaml.SafeLoader.construct_yaml_str)
