"""Names that a document puts into the words of a helper, and that the model's formula never uses.

*It lies within `RangeStart` and `RangeEnd`*, of a formula that only asks for RangeStart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context, Definition, FormalArtefact
from conform.check.linking import names_for
from conform.domain.prose import Passage, PassageKind
from conform.domain.spec import Helper

_COMMENT = re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*")
_OTHER = re.compile(
    r"\b(?:not|unlike|instead|see|used|uses|called|by|like|compare|example|e\.g|replaces?|until|such"
    r"|guards?|ignores?|whatever|regardless|without|never|no)\b",
    re.IGNORECASE,
)
"""Words of a sentence that may speak of something else than the helper's own meaning."""
_SENTENCE_END = re.compile(r"(?<![ie]\.[eg])\.(?:\s|$)")


class UnusedName(Struct, frozen=True):
    """A name in the words of a helper, where it stands, and the formula that has none of it."""

    name: str
    passage: Passage
    start: int
    formula: str


def unused_names(context: Context, helper: Helper) -> Iterator[UnusedName]:
    """Yield the constants, variables and operators that only the sentence about a helper has.

    A formula uses what the operators in it use; and one operator for another that has the same
    constant.
    """
    artefact = context.formal.get(Role.TLAPLUS)
    passage = next(
        (
            each
            for each in context.page().of(PassageKind.ITEM, PassageKind.TEXT)
            if each.span().line <= helper.span.line <= each.span(len(each.text)).end_line
        ),
        None,
    )
    if artefact is None or passage is None:
        return
    end = _SENTENCE_END.search(passage.text)
    stop = end.start() if end else len(passage.text)
    told = [(start, code) for start, code in passage.coded() if start < stop]
    others = {each.name for each in context.document.helpers if each.span.line == helper.span.line}
    if len(others) > 1 or _OTHER.search(passage.plain(), 0, stop):
        return
    constants = {constant.name for constant in artefact.spec.constants}
    known = constants | {variable.name for variable in artefact.spec.variables}
    known |= set(artefact.definitions) - {action.name for action in artefact.spec.actions}
    for name in names_for(context, helper, Role.TLAPLUS):
        definition = artefact.definitions.get(name)
        if definition is None:
            continue
        formula = formula_text(context, definition)
        used = {name, *definition.parameters, *_used(context, artefact, formula)}
        for start, code in told:
            for match in _WORD.finditer(code):
                if match[0] not in known - used or match[0] == helper.name:
                    continue
                own = artefact.definitions.get(match[0])
                meant = _used(context, artefact, formula_text(context, own)) if own else set()
                if meant & constants & used:
                    continue
                used.add(match[0])
                yield UnusedName(match[0], passage, start + match.start(), str(definition.span))


def formula_text(context: Context, definition: Definition) -> str:
    """Return the formula of an operator of a module, without comments; empty if it is not known."""
    if definition.text:
        return definition.text
    return _COMMENT.sub(" ", context.text_of(definition.span)).partition("==")[2]


def _used(context: Context, artefact: FormalArtefact, text: str) -> set[str]:
    """Return the words of a formula, and those of the operators that it names, and so on."""
    found: set[str] = set()
    waiting = [text]
    while waiting:
        for word in set(_WORD.findall(waiting.pop())) - found:
            found.add(word)
            if (definition := artefact.definitions.get(word)) is not None:
                waiting.append(formula_text(context, definition))
    return found
