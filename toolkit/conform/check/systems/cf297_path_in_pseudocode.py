"""Pseudo-code uses a key that the table of keys does not have.

What it means
    The document shows the forms of its keys, with placeholders in braces, and a line of pseudo-code
    makes one whose fixed parts fit none of them. Or a column of keys without their first part has
    one that no form ends in.

Example
    get(topic/idx/7)     where the table has `{topic}/index/{offset}`.

What to do
    Correct the line, or the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.key_layouts import layout_keys
from conform.check.systems.page_tables import code_alone, tables_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose

CODE = Code("CF297", "key in pseudo-code has no such form")

_FORM = re.compile(r"\{(?P<first>\w+)\}(?:/[\w{}<>.:()-]+)+/?")
_KEYS = r"(?:object |relative |store )?(?:keys?|paths?)"
_LEAST = 3

Form = tuple[str, ...]


def paths_in_pseudocode(context: Context) -> Iterator[Finding]:
    """Yield a finding for each key in a line of code that fits no form of the page."""
    for page in context.pages:
        forms = _forms(page)
        if len(forms) < _LEAST:
            continue
        yield from _short_keys(context, page, forms)
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


def _short_keys(context: Context, page: Prose, forms: list[Form]) -> Iterator[Finding]:
    """Yield a finding for each key of a column without its first part that no form ends in."""
    for rows in tables_of(page):
        cells = [cell for row in rows if (cell := row.under(_KEYS)) and "/" in code_alone(cell)]
        short = [cell for cell in cells if not _FORM.fullmatch(cell.text.strip())]
        parts = {at: tuple(cell.text.strip().split("/")) for at, cell in enumerate(short)}
        wrong = [
            at
            for at, each in parts.items()
            if not any(len(each) < len(form) and _fits(each, form[-len(each) :]) for form in forms)
        ]
        for at in wrong if len(short) >= _LEAST and 2 * len(wrong) < len(short) else ():
            span = short[at].span()
            yield CODE.finding(
                f"`{short[at].text.strip()}` is the end of no key in the table of keys",
                span,
                excerpt=context.excerpt(span),
                hint="correct the row, or the table of keys",
            )


def _forms(page: Prose) -> list[Form]:
    """Return the forms in the cells of tables and in trees, part by part."""
    tabled = (text for cell in page.of(PassageKind.CELL) for _start, text in cell.coded())
    drawn = (key for key, _span in layout_keys(page))
    return [
        tuple(text.rstrip("/").split("/")) for text in (*tabled, *drawn) if _FORM.fullmatch(text)
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
