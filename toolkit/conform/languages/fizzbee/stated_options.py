"""What the texts of options say, key by key with its place, before one is laid over the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct

from conform.config.document import Located, compose
from conform.languages.fizzbee.options import Options
from conform.text import Source, Span


class StatedOption(Struct, frozen=True):
    """One option of a text: `max_actions`, `Send.max_actions` of one action; its value as text."""

    key: str
    value: str
    span: Span


def stated_options(source: Source) -> tuple[StatedOption, ...]:
    """Return what a text says that has been read as options, in order; 0 says nothing there."""
    document = compose(source)
    return tuple(_stated(document, "")) if document else ()


def _stated(located: Located, action: str) -> Iterator[StatedOption]:
    for key, value in located.items("the options"):
        name = _snake_case(str(key.node.value))
        match name, value.node:
            case "options", yaml.MappingNode():
                yield from _stated(value, "")
            case "action_options", yaml.MappingNode():
                for named, bounds in value.items("bounds by action"):
                    yield from _stated(bounds, f"{named.node.value}.")
            case _, yaml.ScalarNode(value=text) if str(text) not in ("", "0"):
                yield StatedOption(f"{action}{name}", str(text).lower(), value.span)
            case _:
                pass


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def effective_options(options: Options) -> dict[str, str]:
    """Return the options of the whole search by key, with their values as a text would say them."""
    return {
        "max_actions": str(options.max_actions),
        "max_concurrent_actions": str(options.max_concurrent_actions),
        "crash_on_yield": str(options.crash_on_yield).lower(),
        "deadlock_detection": str(options.deadlock_detection).lower(),
        "liveness": options.liveness or "strict",
    }
