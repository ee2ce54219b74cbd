r"""A model defines an operator that nothing uses.

What it means
    The module or the FizzBee specification defines it, and no other definition, action, property or
    configuration names it: whatever it says, no step and no verdict depends on it. The guard that
    it was written for asks something else, or is gone. So it is told of a helper whose formula
    never uses one of the helper's parameters.

    A formula that reads like a property or an action is CF216, a constant CF239. A tuple that only
    groups variables is left alone, and so is a formula of behaviours, such as Spec beside INIT and
    NEXT.

Example
    MinOffset == CHOOSE o \in Offsets : ...     in a module that never says MinOffset again

What to do
    Use it, or remove it. A helper that a document describes for its implementations says so:
    *no action uses it*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.files.project_files import ProjectFiles
from conform.check.models.unused_parameters import unused_parameters
from conform.check.texts.belonging import folded
from conform.check.texts.remarks import is_remarked
from conform.domain.finding import Code, Finding, Severity
from conform.text import Span

CODE = Code("CF279", "operator that nothing uses", Severity.WARNING)

_EXCUSE = re.compile(
    r"\bno (?:action|guard|step|property|formula|model)\b|\b(?:not|never) (?:used|called|needed)\b"
    r"|\bunused\b|\bnothing uses\b",
    re.IGNORECASE,
)
_COMMENTS = {
    ".tla": re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL),
    ".cfg": re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL),
    ".fizz": re.compile(r"#[^\n]*"),
}
_RECURSIVE = re.compile(r"^\s*RECURSIVE\b[^\n]*", re.MULTILINE)
_LEFT_ALONE = re.compile(r"==\s*<<|\[\]\s*\[")
_WORD = re.compile(r"[^\W\d]\w*")
MAX_MODEL_BYTES = 2_000_000
"""Beside a longer module nothing is said to be unused."""


def unused_operators(context: Context) -> Iterator[Finding]:
    """Yield a warning for each operator that nothing uses, once for those of all models."""
    found: dict[str, list[tuple[str, Span, str]]] = {}
    for role, artefact in context.formal.items():
        names = _operators(context, role, artefact)
        used = _words_elsewhere(context, role, artefact) if names else None
        if used is None:
            continue
        for name, span in names.items():
            told = (helper.name for helper in context.document.helpers)
            stated = next((each for each in told if folded(each) == folded(name)), name)
            if not (
                name in used
                or _is_used_beside(context, artefact, name, span)
                or is_remarked(context, stated, _EXCUSE)
            ):
                found.setdefault(folded(name), []).append((name, span, artefact.spec.path))
    for role, artefact in context.formal.items():
        for name, parameter, span in unused_parameters(context, role, artefact):
            yield CODE.finding(
                f"`{name}` never uses its parameter `{parameter}`",
                span,
                excerpt=context.excerpt(span),
                hint="use it, or remove it",
            )
    for (name, span, path), *others in found.values():
        yield CODE.finding(
            f"nothing in {path} uses `{name}`",
            span,
            excerpt=context.excerpt(span),
            details=tuple(f"nor `{each}` at {place}" for each, place, _path in others),
            hint="use it, or remove it",
        )


def _operators(context: Context, role: Role, artefact: FormalArtefact) -> dict[str, Span]:
    """Return the operators that are neither actions, properties nor unused formulas, by name."""
    spec = artefact.spec
    if role is Role.FIZZBEE:
        return {helper.name: helper.span for helper in spec.helpers}
    kept = {action.name for action in spec.actions} | {each.name for each in spec.properties}
    kept |= set(artefact.unused)
    return {
        name: definition.span
        for name, definition in artefact.definitions.items()
        if name not in kept
        and definition.span.path == spec.path
        and not _LEFT_ALONE.search(context.text_of(definition.span))
    }


def _words_elsewhere(context: Context, role: Role, artefact: FormalArtefact) -> set[str] | None:
    """Return the words of all other modules and configurations; None if they are not all known."""
    if role is Role.FIZZBEE:
        return set()
    words: set[str] = set()
    for path in sorted(ProjectFiles(context.root).paths):
        comment = _COMMENTS.get(path[path.rfind(".") :])
        if comment is None or path.endswith(".fizz") or path == artefact.spec.path:
            continue
        file = context.root / path
        try:
            if file.stat().st_size > MAX_MODEL_BYTES:
                return None
            words.update(_WORD.findall(comment.sub(" ", file.read_text(encoding="utf-8"))))
        except (OSError, UnicodeDecodeError):
            return None
    return words


def _is_used_beside(context: Context, artefact: FormalArtefact, name: str, span: Span) -> bool:
    """Say whether the model names an operator outside of its definition; True if unsure."""
    source = context.sources.get(artefact.spec.path)
    if source is None:
        return True
    lines = source.lines()
    beside = "\n".join((*lines[: span.line - 1], *lines[span.end_line :]))
    comment = _COMMENTS[source.path[source.path.rfind(".") :]]
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return word.search(_RECURSIVE.sub("", comment.sub(" ", beside))) is not None
