"""The trace formats, and which of them a file is in: told by its content, not by its name."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from conform.domain.trace import Trace
from conform.errors import InputError, UsageError
from conform.text import Source, nearest
from conform.traces import itf, tlc_json, tlc_text
from conform.traces.json_source import load, top_level_keys
from conform.traces.shapes import Shapes


class Format(Struct, frozen=True):
    """A trace format. `keeps_kinds` says whether values keep their kinds without shapes.

    `ending` is what its files are named with.

    `read` gives no trace for a source without any, and raises a located InputError for an
    ill-formed one; `write` gives text that ends in a newline.
    """

    name: str
    title: str
    ending: str
    keeps_kinds: bool
    read: Callable[[Source, Shapes | None], tuple[Trace, ...]]
    write: Callable[[Trace], str]


FORMATS: tuple[Format, ...] = (
    Format("tlc-text", "TLC's output", ".txt", tlc_text.KEEPS_KINDS, tlc_text.read, tlc_text.write),
    Format(
        "tlc-json",
        "TLC's -dumpTrace json",
        ".json",
        tlc_json.KEEPS_KINDS,
        tlc_json.read,
        tlc_json.write,
    ),
    Format("itf", "Informal Trace Format", ".itf.json", itf.KEEPS_KINDS, itf.read, itf.write),
)
"""Every format; detection tells them apart."""


def format_named(name: str) -> Format:
    """Return the format of that name, or raise UsageError with the nearest known one."""
    names = [row.name for row in FORMATS]
    if name in names:
        return FORMATS[names.index(name)]
    close = nearest(name, names)
    raise UsageError(
        f"no trace format is called {name!r}",
        expected=", ".join(names),
        hint=f"did you mean {close}?" if close else "",
    )


def detect(source: Source) -> str:
    """Return the name of the format that `source` is in; TLC's text for an empty one.

    Raises InputError for content that is in none.
    """
    text = source.text.lstrip()
    if text.startswith("{"):
        return _detect_object(source)
    if text.startswith("["):
        return "tlc-json"
    if text and not tlc_text.looks_like(text):
        raise _unknown(source)
    return "tlc-text"


def read_traces(
    source: Source, shapes: Shapes | None = None, *, format_name: str | None = None
) -> tuple[Trace, ...]:
    """Return the traces in `source`, none for a source without any; raise a located InputError.

    `shapes` restore what the format cannot tell (traces.shapes). `format_name` None: `detect` says.
    """
    return format_named(format_name or detect(source)).read(source, shapes)


def _detect_object(source: Source) -> str:
    keys = top_level_keys(source.text)
    if "states" in keys and ("vars" in keys or "#meta" in keys):
        return "itf"
    if "counterexample" in keys or "state" in keys:
        return "tlc-json"
    load(source)  # an ill-formed document says where
    raise _unknown(source)


def _unknown(source: Source) -> InputError:
    span = source.whole()
    return InputError(
        "not a trace in a known format",
        span=span,
        excerpt=source.excerpt(span),
        expected="TLC's output, TLC's -dumpTrace json or an ITF document",
    )
