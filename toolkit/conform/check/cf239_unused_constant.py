"""A constant is declared in the model and used nowhere in it.

What it means
    The module declares the constant, configurations give it a value, and no definition mentions it:
    what the document says that it bounds or decides is not so.

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
from conform.domain.finding import Code, Finding, Severity

CODE = Code("CF239", "constant is never used", Severity.WARNING)

_COMMENT = re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL)


def unused_constants(context: Context) -> Iterator[Finding]:
    """Yield a warning for each constant of a TLA+ module whose name occurs in it once."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    texts = [
        _COMMENT.sub(" ", source.text)
        for path, source in context.sources.items()
        if path.endswith(".tla")
    ]
    for constant in artefact.spec.constants:
        word = re.compile(rf"(?<!\w){re.escape(constant.name)}(?!\w)")
        if sum(len(word.findall(text)) for text in texts) == 1:
            yield CODE.finding(
                f"no definition of {artefact.spec.path} uses the constant `{constant.name}`",
                constant.span,
                excerpt=context.excerpt(constant.span),
                hint="use it, or remove it from module, configurations and document",
            )
