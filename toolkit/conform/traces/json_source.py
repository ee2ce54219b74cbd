"""JSON documents from strangers: read within bounds, with errors that point at the place.

Python's json module is the parser; it knows no positions. When a reader finds something wrong it
raises Misplaced, each level it passes adds its key, and only then is the text searched for it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from conform.errors import InputError
from conform.text import Source
from conform.traces.places import MAX_DEPTH, error_at

Json: TypeAlias = object
"""None, bool, int, float, str, list or dict of the same, as the json module gives them."""

_T = TypeVar("_T")
_BLANK = re.compile(r"[ \t\r\n]*")


class Misplaced(Exception):  # noqa: N818  # becomes a located InputError in `located`
    """Something in a document that should not be there; `path` leads to it, innermost key first."""

    def __init__(self, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.path: list[str | int] = []


def load(source: Source) -> Json:
    """Return the document in `source`, or raise InputError where it is ill-formed or too deep."""
    try:
        return json.loads(source.text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        raise error_at(source, error.pos, error.pos + 1, f"no JSON: {error.msg}") from None
    except Misplaced as misplaced:
        raise error_at(source, 0, 1, misplaced.message) from None
    except RecursionError:
        start = _too_deep(source.text)
        raise error_at(source, start, start + 1, _DEPTH_MESSAGE) from None
    except ValueError as error:  # an integer with more digits than Python converts
        raise error_at(source, 0, 1, f"a number that cannot be read: {error}") from None


def located(source: Source, misplaced: Misplaced) -> InputError:
    """Return the InputError for what a reader found wrong, pointing at its place in the text."""
    path = misplaced.path[::-1]
    start, end = _place(source.text, path)
    message = f"{misplaced.message}, at {_shown(path)}" if path else misplaced.message
    return error_at(source, start, end, message, expected=misplaced.expected)


def each(items: Iterable[tuple[str | int, Json]], read: Callable[[Json], _T]) -> Iterator[_T]:
    """Yield what `read` makes of each item; a Misplaced that it raises learns the item's key."""
    for key, item in items:
        try:
            yield read(item)
        except Misplaced as misplaced:
            misplaced.path.append(key)
            raise


def member(owner: dict[str, Json], key: str, read: Callable[[Json], _T]) -> _T:
    """Return what `read` makes of the value under `key`; raise Misplaced where there is none."""
    if key not in owner:
        raise Misplaced(f"an object without the key {key!r}")
    return next(each([(key, owner[key])], read))


def element(owner: list[Json], index: int, read: Callable[[Json], _T]) -> _T:
    """Return what `read` makes of the element at `index`, which must exist."""
    return next(each([(index, owner[index])], read))


def an_object(item: Json) -> dict[str, Json]:
    """Return `item` if it is an object, or raise Misplaced."""
    if not isinstance(item, dict):
        raise Misplaced(f"{_kind(item)} instead of an object")
    return item


def an_array(item: Json) -> list[Json]:
    """Return `item` if it is an array, or raise Misplaced."""
    if not isinstance(item, list):
        raise Misplaced(f"{_kind(item)} instead of an array")
    return item


def a_string(item: Json) -> str:
    """Return `item` if it is a string, or raise Misplaced."""
    if not isinstance(item, str):
        raise Misplaced(f"{_kind(item)} instead of a string")
    return item


def a_number(item: Json) -> int:
    """Return `item` if it is an integer, or raise Misplaced."""
    if type(item) is not int:
        raise Misplaced(f"{_kind(item)} instead of an integer")
    return item


def deeper(depth: int) -> int:
    """Return the next depth of nesting, or raise Misplaced where the limit is passed."""
    if depth >= MAX_DEPTH:
        raise Misplaced(_DEPTH_MESSAGE)
    return depth + 1


def top_level_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the object that `text` holds; none for anything else or ill-formed."""
    try:
        return tuple(key for key, _, _ in _members(text, _skip_blank(text, 0)))
    except (ValueError, IndexError, RecursionError, Misplaced):
        return ()


_DEPTH_MESSAGE = f"nested more than {MAX_DEPTH} levels deep"


def _kind(item: Json) -> str:
    match item:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return f"the number {item!r:.30}"
        case str():
            return f"the string {item!r:.30}"
        case list():
            return "an array"
        case _:
            return "an object"


def _without_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, many in Counter(n for n, _ in pairs).items() if many > 1)
        raise Misplaced(f"an object with the key {twice!r} twice")
    return found


def _shown(path: list[str | int]) -> str:
    shown = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return shown.removeprefix(".")


# --- Finding a place again: the members of one object or array at a time -------------------------

_DECODER = json.JSONDecoder()


def _place(text: str, path: list[str | int]) -> tuple[int, int]:
    """Return where the value at `path` starts and ends in `text`, 0-based offsets."""
    start = _skip_blank(text, 0)
    end = len(text.rstrip())
    for key in path:
        members = _members(text, start) if isinstance(key, str) else _elements(text, start)
        for found, member_start, member_end in members:
            if found == key:
                start, end = member_start, member_end
                break
    return start, end


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield each key of the object at `start` with the offsets of its value."""
    place = start
    while text[place] in "{,":
        name = _skip_blank(text, place + 1)
        if text[name] == "}":
            return
        key, after = _DECODER.raw_decode(text, name)
        value = _skip_blank(text, _skip_blank(text, after) + 1)
        end = _DECODER.raw_decode(text, value)[1]
        yield key, value, end
        place = _skip_blank(text, end)


def _elements(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield each index of the array at `start` with the offsets of its value."""
    place, index = start, 0
    while text[place] in "[,":
        value = _skip_blank(text, place + 1)
        if text[value] == "]":
            return
        end = _DECODER.raw_decode(text, value)[1]
        yield index, value, end
        place, index = _skip_blank(text, end), index + 1


def _skip_blank(text: str, start: int) -> int:
    found = _BLANK.match(text, start)
    return found.end() if found else start


def _too_deep(text: str) -> int:
    """Return the offset of the first bracket beyond the depth limit."""
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > MAX_DEPTH:
            return found.start()
    return 0
