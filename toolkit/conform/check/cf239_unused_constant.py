"""A constant is declared in the model and used nowhere in it.

What it means
    The module declares the constant, configurations give it a value, and no definition mentions it;
    or a FizzBee specification gives it a value, and says it nowhere else. What the document says
    that it bounds or decides is not so.

Example
    CONSTANTS Workers, MaxRetries, in a module that never says MaxRetries again.

What to do
    Use it, or remove it from the module, the configurations and the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.texts.belonging import folded
from conform.domain.finding import Code, Finding, Severity
from conform.domain.spec import Constant

CODE = Code("CF239", "constant is never used", Severity.WARNING)

_COMMENT = re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL)
_FIZZ_COMMENT = re.compile(r"#[^\n]*")


def unused_constants(context: Context) -> Iterator[Finding]:
    """Yield a warning for each constant of a model whose name occurs in it once."""
    yield from _of_module(context)
    artefact = context.formal.get(Role.FIZZBEE)
    source = context.sources.get(artefact.spec.path) if artefact else None
    if artefact is not None and source is not None:
        text = _FIZZ_COMMENT.sub("", source.text)
        for constant in artefact.spec.constants:
            if _count(constant.name, [text]) == 1 and _is_told(context, constant.name):
                yield _finding(context, artefact.spec.path, constant)


def _is_told(context: Context, name: str) -> bool:
    """Say whether a document has a constant; CF212 tells of others."""
    stated = {each.name for each in context.document.constants}
    stated |= {row.name for each in context.documents for row in each.parameters}
    return folded(name) in set(map(folded, stated)) or context.mentions(name)


def _of_module(context: Context) -> Iterator[Finding]:
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    texts = [
        _COMMENT.sub(" ", source.text)
        for path, source in context.sources.items()
        if path.endswith(".tla")
    ]
    for constant in artefact.spec.constants:
        if _count(constant.name, texts) == 1:
            yield _finding(context, artefact.spec.path, constant)


def _count(name: str, texts: list[str]) -> int:
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return sum(len(word.findall(text)) for text in texts)


def _finding(context: Context, path: str, constant: Constant) -> Finding:
    return CODE.finding(
        f"no definition of {path} uses the constant `{constant.name}`",
        constant.span,
        excerpt=context.excerpt(constant.span),
        hint="use it, or remove it from the model, its configurations and the document",
    )
