"""Options of the model checker: `fizz.yaml` beside a spec, and its front matter merged over it.

Follows proto/statespace_options.proto and the defaults of main.go. Keys are written in snake_case
or in camelCase, as protobuf's JSON takes both; 0 means that nothing is said, as in protobuf.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import yaml
from msgspec import Struct, field

from conform.config.document import Located, compose, unknown_key
from conform.text import Source, nearest


class ActionOptions(Struct, frozen=True):
    """Bounds of one action; None where nothing is said."""

    max_actions: int | None = None
    max_concurrent_actions: int | None = None
    crash_on_yield: bool | None = None


class Options(Struct, frozen=True):
    """What bounds the exploration. Counts are of actions started on one path, and of live threads.

    `actions` are by key as written: `A`, `Role.A` (all instances together), `Role#.A` (each of
    them), `Role#0.A`. `liveness` is in lower case, as written. `unheeded` are keys that ask for
    something that is not done.
    """

    max_actions: int = 100
    max_concurrent_actions: int = 2
    crash_on_yield: bool = True
    actions: Mapping[str, ActionOptions] = field(default_factory=dict)
    deadlock_detection: bool = True
    liveness: str = ""
    unheeded: tuple[str, ...] = ()

    @property
    def is_liveness_strict(self) -> bool:
        """Whether liveness is checked on all fair behaviours (main.go)."""
        return self.liveness in ("", "strict", "enabled", "true", "strict/bfs")

    @property
    def is_liveness_skipped(self) -> bool:
        """Whether it is not checked at all: two ways look at reachability, other words are off."""
        ways = ("nondeterministic", "eventual")
        return not self.is_liveness_strict and self.liveness not in ways


DEFAULT_MAX_ACTIONS = 100
DEFAULT_MAX_CONCURRENT_ACTIONS = 2
"""What applyDefaultStateOptions fills in; the second is never more than the first."""

_Values: TypeAlias = dict[str, Any]
_Reader: TypeAlias = Callable[[Located], Any]


def read_options(beside: Source | None, front_matter: Source | None) -> Options:
    """Return what both texts say, the front matter over the file beside the spec.

    Raises InputError for what is not YAML, a key that is a slip of the pen, one of a bound that is
    unknown, or a value of another type.
    """
    said: _Values = {}
    for source in (beside, front_matter):
        document = compose(source) if source else None
        if document is not None:
            _merge(said, _document(document))
    return _with_defaults(said)


def _with_defaults(said: _Values) -> Options:
    bounds: _Values = said.get("options", {})
    most = bounds.get("max_actions") or DEFAULT_MAX_ACTIONS
    together = bounds.get("max_concurrent_actions") or min(DEFAULT_MAX_CONCURRENT_ACTIONS, most)
    actions = {key: ActionOptions(**each) for key, each in said.get("action_options", {}).items()}
    return Options(
        max_actions=most,
        max_concurrent_actions=together,
        crash_on_yield=bounds.get("crash_on_yield", True),
        actions=dict(sorted(actions.items())),
        deadlock_detection=said.get("deadlock_detection", True),
        liveness=said.get("liveness", ""),
        unheeded=(*(key for key in _UNHEEDED if said.get(key)), *said.get(_OTHERS, {})),
    )


def _merge(said: _Values, more: _Values) -> None:
    """Put what is said later over what is said first: fields one by one, actions as a whole."""
    for key, value in more.items():
        if isinstance(value, dict):
            said[key] = said.get(key, {}) | value
        else:
            said[key] = value


# ------------------------------------------------------------------------------ reading of YAML


def _document(document: Located) -> _Values:
    """Return what a whole text says; keys that are like no known one are listed under _OTHERS.

    Versions of FizzBee have keys of their own, and front matter may be for other tools as well.
    """
    known = (*_DOCUMENT, *_BOUNDS)
    close = (*known, *map(_camel, known))
    written = [key.text("a name as key") for key, _value in document.items("the options")]
    others = [key for key in written if nearest(key, close) is None]
    said = _mapping(document, "the options", {**_DOCUMENT, **dict.fromkeys(others, _anything)})
    heeded = {key: value for key, value in said.items() if key not in others}
    return {**heeded, _OTHERS: dict.fromkeys(others, True)}


def _mapping(located: Located, what: str, readers: dict[str, _Reader]) -> _Values:
    """Return the values of a mapping by the snake_case names of their keys."""
    names = {_camel(name): name for name in readers} | {name: name for name in readers}
    found: _Values = {}
    for key, value in located.items(what):
        written = key.text("a name as key")
        if written not in names:
            raise unknown_key(key, written, tuple(readers))
        name = names[written]
        if name in found:
            raise key.wrong(f"{name} is given twice, as {written} too")
        found[name] = readers[name](value)
    return {name: value for name, value in found.items() if value is not None}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _count(located: Located) -> int | None:
    text = str(located.node.value) if isinstance(located.node, yaml.ScalarNode) else ""
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise located.wrong("expected a number", expected="a whole number, at most 999999999")
    return int(text) or None


def _switch(located: Located) -> bool:
    text = str(located.node.value) if isinstance(located.node, yaml.ScalarNode) else ""
    if not located.node.tag.endswith(":bool"):
        raise located.wrong("expected true or false", expected="true, false")
    return text.lower() in ("true", "yes", "on")


def _anything(_located: Located) -> bool:
    return True


def _word(located: Located) -> str:
    if not isinstance(located.node, yaml.ScalarNode):
        raise located.wrong("expected a word", expected="strict")
    return str(located.node.value).lower()


def _bounds(located: Located) -> _Values:
    return _mapping(located, "the bounds of an exploration", _BOUNDS)


def _actions(located: Located) -> _Values:
    return {
        key.text("the name of an action"): _mapping(value, "the bounds of an action", _BOUNDS)
        for key, value in located.items("bounds by action")
    }


_OTHERS = "other keys"
_UNHEEDED = ("continue_on_invariant_failures", "continue_path_on_invariant_failures")
_BOUNDS: dict[str, _Reader] = {
    "max_actions": _count,
    "max_concurrent_actions": _count,
    "crash_on_yield": _switch,
}
_DOCUMENT: dict[str, _Reader] = {
    "options": _bounds,
    "action_options": _actions,
    "deadlock_detection": _switch,
    "liveness": _word,
    **dict.fromkeys(_UNHEEDED, _switch),
}
