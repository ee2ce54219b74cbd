"""What pseudo-code and functions do to the objects of a store, in order.

An event is an operation of an interface on an object, told by the form of its key, or a call of a
function that both have and that comes to such operations. Where the store has no interface, its
functions are taken that are called as operations of stores are. Keys are written out in
pseudo-code, or made by a function of the sources that has their form in a text; a variable stands
for the key that it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.systems.cf289_key_in_code import form_of
from conform.check.systems.system import System, level
from conform.domain.code_index import Call, CodeFile, Function
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

_HEAD = re.compile(
    r"\s*(?:function|func|fn|def|procedure|algorithm|operation)\s+(?P<name>\w+)\s*\("
)
_BARE = re.compile(r"(?P<name>[a-z]\w*)\s*\([^()]*\)\s*(?:->[^:]*)?:\s*")
"""The first line of a block may name its procedure without a word for what it is."""

_CALL = re.compile(r"(?<![\w])(?:\w+\.)*(?P<name>[A-Za-z]\w*)\(")
_BOUND = re.compile(r"\s*(?:let\s+)?(?P<name>\w+)\s*:?=(?!=)\s*(?P<value>.*)")
_PATH = re.compile(r"(?<![\w/{.])\{?\w+\}?(?:/(?:\w+\([^()]*\)|\{[^{}]*\}|<\w+>|[\w.]+|-)+)+/?")
_HOLE = re.compile(r"\{[^{}]*\}|<\w+>|\w+\([^()]*\)")
_WORD = re.compile(r"[A-Za-z]\w*")
_VERBS = frozenset(("get", "put", "delete", "list", "head", "create", "write", "fetch", "remove"))
"""What functions of a store begin with, where it has no interface."""

_ALIKE = {
    **dict.fromkeys(("get", "read", "load", "fetch"), "get"),
    **dict.fromkeys(("put", "write", "store", "save", "upload", "create", "swap"), "put"),
}
"""What operations are called that do the same to an object."""

_DEPTH = 3
"""So deep are functions looked into that a function calls."""

MAX_EVENTS = 500
"""What a function does after so many operations is left out."""

Label = tuple[str, str]
"""The operation, and the form of the key of its object; none for a call of a function."""


class Event(Struct, frozen=True):
    """One operation, and where it is written."""

    label: Label
    span: Span


class Procedure(Struct, frozen=True):
    """A piece of pseudo-code with a name, and what it does, in order."""

    name: str
    events: tuple[Event, ...]
    passage: Passage


class Operations:
    """The vocabulary of one system: operations, functions and makers of keys, by levelled name."""

    def __init__(self, system: System) -> None:
        """Collect it from the sources."""
        self._operations = {
            level(name)
            for file in system.files
            for interface in file.interfaces
            if not interface.is_type
            for name, _span in interface.operations
        }
        self._makers = {name: form for file in system.files for name, form in _makers(file)}
        named: dict[str, list[Function]] = {}
        for function in (each for file in system.files for each in file.functions):
            named.setdefault(level(function.name), []).append(function)
        self.functions: Mapping[str, Function] = {
            name: found[0] for name, found in named.items() if len(found) == 1
        }
        if not self._operations:
            self._operations = {
                level(name) for name in named if _verb(named[name][0].name) in _VERBS
            }
        self._acting = self._all_acting()

    def _all_acting(self) -> frozenset[str]:
        """Return the functions that call an operation, or one that does."""
        calls = {
            name: {level(call.name) for call in function.calls}
            for name, function in self.functions.items()
        }
        found = frozenset(self._operations)
        while further := {name for name, called in calls.items() if called & found} - found:
            found |= further
        return found

    def procedures(self, page: Prose) -> Iterator[Procedure]:
        """Yield the pieces of pseudo-code of a page that have a name."""
        for lines in page.blocks(PassageKind.CODE):
            name, start = "", 0
            for at, line in enumerate(lines):
                if head := _HEAD.match(line.text) or _BARE.fullmatch(line.text):
                    if name:
                        yield self._procedure(name, lines[start:at])
                    name, start = head["name"], at
            if name:
                yield self._procedure(name, lines[start:])

    def _procedure(self, name: str, lines: tuple[Passage, ...]) -> Procedure:
        bound: dict[str, str] = {}
        events = []
        for line in lines[1:]:
            assigned = _BOUND.match(line.text)
            for call in _CALL.finditer(line.text):
                form = self._form(line.text[call.end() :], bound)
                if label := self._label(call["name"], form):
                    events.append(Event(label, line.span(*call.span("name"))))
            if assigned and (form := self._form(assigned["value"], bound)):
                bound[assigned["name"]] = form
        return Procedure(name, tuple(events), lines[0])

    def _label(self, name: str, form: str) -> Label | None:
        plain, verb = level(name), _verb(name)
        if plain in self._operations or (form and plain in self._acting and verb in _ALIKE):
            return (_ALIKE.get(verb, verb), form) if form else None
        return (plain, "") if plain in self.functions and plain in self._acting else None

    def _form(self, text: str, bound: Mapping[str, str]) -> str:
        """Return the form of the first key in a text, nothing for none."""
        for match in re.finditer(rf"{_PATH.pattern}|{_WORD.pattern}", text):
            if "/" in match[0]:
                return self._known(re.sub(r"^(?:\{\}|\w+)/", "{}/", _HOLE.sub("{}", match[0])))
            if found := self._makers.get(level(match[0])) or bound.get(match[0]):
                return found
        return ""

    def _known(self, form: str) -> str:
        """Return the form that a function makes and a written key has, else the key's own."""
        parts = form.split("/")
        for made in self._makers.values():
            wanted = made.split("/")
            if len(wanted) == len(parts) and all(
                each in (part, "{}") for part, each in zip(parts, wanted, strict=True)
            ):
                return made
        return form

    def events(self, function: Function, wanted: frozenset[Label], depth: int = 0) -> list[Event]:
        """Return what a function does, with what those do that it calls and that are not wanted."""
        bound = {call.bound: form for call in function.calls if (form := self._made(call))}
        bound.pop("", None)
        found: list[Event] = []
        for call in function.calls:
            if len(found) >= MAX_EVENTS:
                break
            label = self._label(call.name, self._form(call.arguments, bound))
            inner = self.functions.get(level(call.name))
            if label in wanted:
                found.append(Event(label, call.span))
            elif label and not label[1] and inner and inner is not function and depth < _DEPTH:
                found += self.events(inner, wanted, depth + 1)
        return found

    def _made(self, call: Call) -> str:
        return self._makers.get(level(call.name), "") if call.bound else ""


def _verb(name: str) -> str:
    return re.split(r"(?<=.)[_A-Z]", name)[0].lower()


def _makers(file: CodeFile) -> Iterator[tuple[str, str]]:
    """Yield the functions with the form of one key in a text, and that form."""
    starts = [(each.span.line, level(each.name)) for each in file.functions]
    found: dict[str, set[str]] = {}
    for literal in file.literals:
        above = [name for line, name in starts if line <= literal.span.line]
        if above and (form := form_of(literal.text)):
            found.setdefault(above[-1], set()).add(form)
    yield from ((name, min(forms)) for name, forms in found.items() if len(forms) == 1)
