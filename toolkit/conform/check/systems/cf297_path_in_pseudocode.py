"""Pseudo-code uses a key that the table of keys does not have.

What it means
    The document shows the forms of its keys, with placeholders in braces, and a line of pseudo-code
    makes one whose fixed parts fit none of them.

Example
    get(topic/idx/7)     where the table has `{topic}/index/{offset}`.

What to do
    Correct the line, or the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose

CODE = Code("CF297", "key in pseudo-code has no such form")

_FORM = re.compile(r"\{(?P<first>\w+)\}(?:/[\w{}<>.-]+)+/?")
_LEAST = 3

Form = tuple[str, ...]


def paths_in_pseudocode(context: Context) -> Iterator[Finding]:
    """Yield a finding for each key in a line of code that fits no form of the page."""
    for page in context.pages:
        forms = _forms(page)
        if len(forms) < _LEAST:
            continue
        firsts = "|".join(sorted({re.escape(form[0].strip("{}")) for form in forms}))
        path = re.compile(
            rf"(?<![\w/{{.])(?:\{{(?:{firsts})\}}|(?:{firsts}))(?P<rest>(?:/[\w{{}}.<>()+-]*)+)"
        )
        for passage in page.of(PassageKind.CODE):
            for match in path.finditer(passage.text):
                parts = tuple(_closed(part) for part in match["rest"][1:].split("/"))
                if not any(_fits(parts, form[1:]) for form in forms):
                    span = passage.span(match.start(), match.end("rest"))
                    yield CODE.finding(
                        f"`{match[0].rstrip(',)')}` has the form of no key in the table",
                        span,
                        excerpt=context.excerpt(span),
                        hint="correct the line, or the table",
                    )


def _forms(page: Prose) -> list[Form]:
    """Return the forms in the cells of tables, part by part."""
    return [
        tuple(text.rstrip("/").split("/"))
        for passage in page.of(PassageKind.CELL)
        for _start, text in passage.coded()
        if _FORM.fullmatch(text)
    ]


def _closed(part: str) -> str:
    """Return a part without brackets that were opened before the key."""
    while part.count(")") > part.count("("):
        part = part[: part.rindex(")")]
    return part


def _fits(parts: Form, form: Form) -> bool:
    """Say whether a key, or with a `/` at its end the beginning of one, has a form."""
    if parts and parts[-1] == "":
        parts = parts[:-1]
        form = form[: len(parts)]
    return len(parts) == len(form) and all(
        "{" in wanted or "<" in wanted or part == wanted
        for part, wanted in zip(parts, form, strict=True)
    )
