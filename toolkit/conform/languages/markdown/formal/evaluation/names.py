"""Names, helpers, conditionals and Lets."""

from __future__ import annotations

import re

from conform.domain.values import SetValue, Value
from conform.languages.markdown.formal.evaluation.core import (
    NOTHING,
    Code,
    Core,
    Scope,
    constant,
    joined,
    truth,
)
from conform.languages.markdown.formal.syntax import (
    Apply,
    Case,
    Expression,
    If,
    LetIn,
    Literal,
    Name,
)

BOOLEANS = SetValue((False, True))
LITERAL_WORD = re.compile(r"[A-Z][A-Z0-9_]*")
"""What stands for itself where nothing declares it: a word in capitals."""

TRUE_SETS = ("BOOLEAN", "Bool", "Boolean", "𝔹")


def literal(_core: Core, node: Literal, _scope: Scope) -> Code:
    """Compile a number, a string or a truth value."""
    return constant(node.value)


def name(core: Core, node: Name, scope: Scope) -> Code:
    """Compile a name: local, variable, constant, helper, or a word that stands for itself."""
    found = node.name
    if found in scope.places:
        place = scope.places[found]
        return Code(lambda _s, e: e[place], NOTHING, frozenset({place}))
    if found in scope.lets:
        return scope.lets[found].code(core, primed=scope.primed)
    if found in core.slots:
        slot = core.slots[found]
        index = slot + len(core.slots) if scope.primed else slot
        return Code(lambda s, _e: s[index], frozenset({slot}), frozenset())
    if found in core.constants:
        return constant(core.constants[found])
    if found in core.helpers:
        return call(core, node, found, (), scope)
    if found.startswith("range of ") and (given := found.removeprefix("range of ")) in core.ranges:
        return core.code(core.ranges[given], Scope())
    if found in TRUE_SETS:
        return constant(BOOLEANS)
    if found in core.model_values:
        return constant(core.model_values[found])
    return constant(found)


def call(
    core: Core, node: Expression, found: str, arguments: tuple[Expression, ...], scope: Scope
) -> Code:
    """Compile a helper with its arguments; its body sees nothing of the names around."""
    body = _body(core, node, found, primed=scope.primed)
    codes = [core.code(argument, scope) for argument in arguments]
    run = body.run
    if not codes:
        return Code(lambda s, _e: run(s, ()), body.reads, frozenset())
    runs = [code.run for code in codes]
    if len(runs) == 1:
        only = runs[0]
        found_code = joined(lambda s, e: run(s, (only(s, e),)), *codes)
    else:
        found_code = joined(lambda s, e: run(s, tuple([each(s, e) for each in runs])), *codes)
    return Code(found_code.run, found_code.reads | body.reads, found_code.uses)


def _body(core: Core, node: Expression, found: str, *, primed: bool) -> Code:
    known = core.helper_codes.get((found, primed))
    if known is not None:
        return known
    if found in core.reading:
        raise core.error(node.span, f"helper `{found}` is defined by itself")
    form = core.helpers[found]
    core.reading.add(found)
    try:
        body = core.code(form.body, Scope(primed=primed).plus(*form.parameters))
    finally:
        core.reading.discard(found)
    core.helper_codes[found, primed] = body
    return body


def conditional(core: Core, node: If, scope: Scope) -> Code:
    """Compile IF; the branch that is not taken need have no value."""
    parts = [core.code(each, scope) for each in (node.condition, node.consequent, node.alternative)]
    test = truth(core, node.condition, parts[0])
    one, other = parts[1].run, parts[2].run
    return joined(lambda s, e: one(s, e) if test(s, e) else other(s, e), *parts)


def cases(core: Core, node: Case, scope: Scope) -> Code:
    """Compile CASE: the first arm whose test holds."""
    parts = [core.code(each, scope) for arm in node.arms for each in arm]
    arms = [
        (truth(core, arm[0], test), value.run)
        for arm, test, value in zip(node.arms, parts[::2], parts[1::2], strict=True)
    ]
    other = core.code(node.other, scope) if node.other is not None else None

    def run(s: tuple[Value, ...], e: tuple[Value, ...]) -> Value:
        for test, value in arms:
            if test(s, e):
                return value(s, e)
        if other is None:
            raise core.error(node.span, "no arm of this CASE holds", hint="add OTHER -> …")
        return other.run(s, e)

    return joined(run, *parts, *([other] if other else []))


def let_in(core: Core, node: LetIn, scope: Scope) -> Code:
    """Compile LET … IN: each definition sees those before it."""
    for definition in node.definitions:
        scope = scope.naming(definition.name, definition.value)
    return core.code(node.body, scope)


def applied(core: Core, node: Apply, scope: Scope) -> Code:
    """Compile `F(a)` of a helper."""
    return call(core, node, node.name, node.arguments, scope)
