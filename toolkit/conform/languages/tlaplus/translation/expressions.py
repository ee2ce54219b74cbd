"""Names, calls, arithmetic, logic, IF, CASE and LET."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from conform.domain.machine import python_literal
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.translation.calling import use_definition
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.fragments import (
    FALSE,
    TRUE,
    Fragment,
    comparison,
    conditional,
    conjunction,
    disjunction,
    implication,
    negated,
)
from conform.languages.tlaplus.translation.standard import infix_builtin, stored
from conform.languages.tlaplus.translation.translator import (
    Translator,
    local_definitions,
    text_of,
    unsupported,
)
from conform.languages.tlaplus.translation.types import (
    BOOLEAN,
    INTEGER,
    Boolean,
    Text,
    may_be_equal,
)

NO_VALUE = "no_value"


def translate_number(_translator: Translator, node: syntax.Number, _context: Context) -> Fragment:
    """Return a Number in Python."""
    return Fragment(str(node.value), INTEGER)


def translate_string(_translator: Translator, node: syntax.String, _context: Context) -> Fragment:
    """Return a String in Python."""
    return Fragment(python_literal(node.value), Text((node.value,)))


def translate_parentheses(
    translator: Translator, node: syntax.Parentheses, context: Context
) -> Fragment:
    """Return a Parentheses in Python."""
    return translator.expression(node.expression, context)


def translate_labelled(translator: Translator, node: syntax.Labelled, context: Context) -> Fragment:
    """Return a Labelled in Python."""
    return translator.expression(node.expression, context)


# --------------------------------------------------------------------------------- the operators


def translate_prefix(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    """Return a Prefix in Python."""
    match node.operator:
        case "~":
            return negated(truth(translator, node.operand, context))
        case "ENABLED":
            return _enabled(translator, node, context)
        case "-.":
            operand = integer(translator, node.operand, context)
            return Fragment(f"-{operand.at(11)}", INTEGER, 11, operand.is_total)
        case "UNCHANGED":
            return _unchanged_value(translator, node, context)
        case "SUBSET" | "UNION" | "DOMAIN":
            return PREFIXES[node.operator](translator, node, context)
        case _:
            raise unsupported(f"`{node.operator}` is not translated", node.span)


PREFIXES: dict[str, Callable[[Translator, syntax.Prefix, Context], Fragment]] = {}
"""SUBSET, UNION and DOMAIN; the module that knows of functions fills it."""


def _enabled(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    operand = node.operand
    while isinstance(operand, syntax.Parentheses):
        operand = operand.expression
    if isinstance(operand, syntax.Name | syntax.Call):
        name = operand.name if isinstance(operand, syntax.Name) else operand.operator
        arguments = operand.arguments if isinstance(operand, syntax.Call) else ()
        method = translator.actions.get(name)
        if method and name not in context.names and context.state:
            parts = [stored(translator.expression(each, context)) for each in arguments]
            if len(parts) == translator.action_parameters[name]:
                text = f"{context.machine}.{method}({', '.join(part.text for part in parts)})"
                return Fragment(text, BOOLEAN, is_total=False)
    raise unsupported(
        "ENABLED of a formula that is no action of Next is not translated",
        node.span,
        "name the action, and list it in Next",
    )


def _unchanged_value(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    parts = []
    for part in _listed(translator, node.operand, context):
        primed = syntax.Postfix(node.span, "'", part)
        parts.append(equality(translator, primed, part, node, context))
    return conjunction(parts)


def _listed(
    translator: Translator, node: syntax.Expression, context: Context
) -> Iterator[syntax.Expression]:
    """Yield the expressions that a tuple, or a definition that is one, lists."""
    match node:
        case syntax.Parentheses(expression=inner):
            yield from _listed(translator, inner, context)
        case syntax.TupleLiteral(elements=elements):
            for element in elements:
                yield from _listed(translator, element, context)
        case syntax.Name(name=name) if name not in context.names:
            found = translator.specification.unambiguous(name)
            if isinstance(found, Definition) and isinstance(found.body, syntax.TupleLiteral):
                yield from _listed(translator, found.body, context)
            else:
                yield node
        case _:
            yield node


def translate_postfix(translator: Translator, node: syntax.Postfix, context: Context) -> Fragment:
    """Return a Postfix in Python."""
    if node.operator != "'":
        raise unsupported(f"`{node.operator}` is not translated", node.span)
    return translator.expression(node.operand, under_prime(context, node))


def under_prime(context: Context, node: syntax.Expression) -> Context:
    """Return the context of what a prime is on."""
    if context.after:
        return replace(context, state=context.after, machine=f"self.at({context.after})")
    if context.primed is None:
        raise unsupported("a prime has no meaning here", node.span)
    return replace(context, state="", machine="")


def translate_infix(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    """Return an Infix in Python."""
    left, right = node.left, node.right
    match node.operator:
        case "/\\":
            return conjunction(
                [truth(translator, left, context), truth(translator, right, context)]
            )
        case "\\/":
            return disjunction(
                [truth(translator, left, context), truth(translator, right, context)]
            )
        case "=>":
            return implication(truth(translator, left, context), truth(translator, right, context))
        case "<=>":
            sides = truth(translator, left, context), truth(translator, right, context)
            return comparison("==", *sides)
        case "=":
            return equality(translator, left, right, node, context)
        case "#":
            return negated(equality(translator, left, right, node, context))
    found = translator.specification.unambiguous(node.operator)
    if isinstance(found, Definition):
        return use_definition(translator, found, (left, right), node, context)
    return infix_builtin(translator, node, context)


def translate_junction(translator: Translator, node: syntax.Junction, context: Context) -> Fragment:
    """Return a Junction in Python."""
    parts = [truth(translator, item, context) for item in node.items]
    return conjunction(parts) if node.operator == "/\\" else disjunction(parts)


def truth(translator: Translator, node: syntax.Expression, context: Context) -> Fragment:
    """Return a boolean expression; a comprehension may give it a more specific form."""
    found = translator.hinted(translator.expression(node, context), BOOLEAN)
    if not isinstance(found.type, Boolean) and translator.is_settled:
        raise unsupported(f"`{text_of(node)[:60]}` is not known to be a boolean", node.span)
    return found


def integer(translator: Translator, node: syntax.Expression, context: Context) -> Fragment:
    """Return an integer expression."""
    return translator.hinted(translator.expression(node, context), INTEGER)


def equality(
    translator: Translator,
    left: syntax.Expression,
    right: syntax.Expression,
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    """Return `left = right`."""
    one = stored(translator.expression(left, context))
    two = stored(translator.expression(right, context))
    one, two = translator.hinted(one, two.type), translator.hinted(two, one.type)
    for constant, other in ((one, two), (two, one)):
        if constant.text == TRUE.text:
            return other
        if constant.text == FALSE.text:
            return negated(other)
    if translator.is_settled and not may_be_equal(one.type, two.type):
        raise unsupported(
            f"`{text_of(node)[:60]}` compares values whose types do not tell if they are equal",
            node.span,
            "state the variables' types in an invariant, as in TypeOK",
        )
    return comparison("==", one, two)


# ----------------------------------------------------------------------------- IF, CASE and LET


def translate_if(translator: Translator, node: syntax.If, context: Context) -> Fragment:
    """Return an If in Python."""
    then = translator.expression(node.consequent, context)
    otherwise = translator.expression(node.alternative, context)
    if then.type != otherwise.type:
        then, otherwise = stored(then), stored(otherwise)
    return _conditional(truth(translator, node.condition, context), then, otherwise)


def _conditional(condition: Fragment, then: Fragment, otherwise: Fragment) -> Fragment:
    """Return a conditional expression; between truth values, a plain formula where there is one."""
    found = conditional(condition, then, otherwise)
    if isinstance(then.type, Boolean) and isinstance(otherwise.type, Boolean):
        if (then.text, otherwise.text) == (TRUE.text, FALSE.text):
            return condition
        if otherwise.text == FALSE.text:
            return conjunction([condition, then])
        if otherwise.text == TRUE.text:
            return disjunction([negated(condition), then])
        if then.text == TRUE.text:
            return disjunction([condition, otherwise])
        if then.text == FALSE.text:
            return conjunction([negated(condition), otherwise])
    return found


def translate_case(translator: Translator, node: syntax.Case, context: Context) -> Fragment:
    """Return a Case in Python."""
    if node.other is not None:
        result = stored(translator.expression(node.other, context))
    else:
        translator.support.add(NO_VALUE)
        failing = f"{NO_VALUE}({python_literal(failure_of(node))})"
        of = translator.expression(node.arms[-1].value, context).type
        result = Fragment(failing, of, is_total=is_exhaustive(translator, node))
    for arm in reversed(node.arms):
        value = stored(translator.expression(arm.value, context))
        result = _conditional(truth(translator, arm.condition, context), value, result)
    return result


def is_exhaustive(translator: Translator, node: syntax.Case) -> bool:
    """Whether the arms are `v = literal` for all values that the type invariant gives v."""
    literals: set[str] = set()
    names: set[str] = set()
    for arm in node.arms:
        match arm.condition:
            case syntax.Infix(operator="=", left=syntax.Name(name=name), right=right):
                names.add(name)
                literals.add(text_of(right))
            case _:
                return False
    wanted = translator.enumerations.get(names.pop()) if len(names) == 1 else None
    return wanted is not None and wanted <= literals


def failure_of(node: syntax.Case) -> str:
    """Return what to say where no arm of a CASE is true."""
    text = text_of(node)
    return f"no arm is true: {text if len(text) <= 60 else text[:57] + '...'}"


def translate_let(translator: Translator, node: syntax.Let, context: Context) -> Fragment:
    """Return a Let in Python."""
    inner = context.with_names(local_definitions(node.definitions, context))
    return translator.expression(node.body, inner)
