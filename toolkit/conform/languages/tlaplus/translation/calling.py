"""Names and calls: variables, constants, helpers called by value, operators inlined by name."""

from __future__ import annotations

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import CONSTANT
from conform.languages.tlaplus.evaluation.scope import Baked, Builtin, Definition, VariableSlot
from conform.languages.tlaplus.translation.context import (
    Chosen,
    Context,
    Delayed,
    LocalDefinition,
    Meaning,
)
from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.literals import literal
from conform.languages.tlaplus.translation.naming import snake_case
from conform.languages.tlaplus.translation.standard import call_builtin, stored
from conform.languages.tlaplus.translation.translator import Translator, unsupported


def translate_name(translator: Translator, node: syntax.Name, context: Context) -> Fragment:
    """Return a Name in Python."""
    return use(translator, node.name, (), node, context)


def translate_call(translator: Translator, node: syntax.Call, context: Context) -> Fragment:
    """Return a Call in Python."""
    return use(translator, node.operator, node.arguments, node, context)


def translate_at(_translator: Translator, node: syntax.At, context: Context) -> Fragment:
    """Return an At in Python."""
    old = context.names.get("@")
    if not isinstance(old, Fragment):
        raise InputError("`@` has a meaning only inside an EXCEPT", span=node.span)
    return old


def use(
    translator: Translator,
    name: str,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    """Return what a name gives, applied to `arguments` if there are any."""
    local = context.names.get(name)
    if local is not None:
        return _use_local(translator, local, arguments, node, context)
    found = translator.resolve(name, node.span)
    match found:
        case VariableSlot():
            return variable(translator, name, node, context)
        case Baked(value):
            if any(constant.name == name for constant in translator.specification.constants):
                identifier = translator.constant_fields.of(name, snake_case(name))
                return Fragment(f"self.constants.{identifier}", translator.constant_type(name))
            return literal(value)
        case Builtin():
            return call_builtin(translator, found, arguments, node, context)
        case Definition():
            return use_definition(translator, found, arguments, node, context)
        case _:
            raise unsupported(f"`{name}` has no value", node.span)


def variable(
    translator: Translator, name: str, node: syntax.Expression, context: Context
) -> Fragment:
    """Return the value of a state variable."""
    identifier = translator.fields.of(name, snake_case(name))
    if context.state:
        return Fragment(f"{context.state}.{identifier}", translator.variable_type(name))
    assert context.primed is not None
    found = context.primed.get(name)
    if found is None:
        raise unsupported(f"`{name}'` is used before it has a value", node.span)
    return found


def _use_local(
    translator: Translator,
    local: Meaning,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    match local:
        case Fragment():
            return local
        case Delayed(expression, outer):
            return translator.expression(expression, context.of_body(outer.names, node.span))
        case LocalDefinition(parameters, body, outer):
            names = passed(parameters, arguments, node, context)
            within = context.of_body({**outer.names, **names}, node.span)
            return translator.expression(body, within)
        case Chosen(operator, outer):
            return _apply(translator, operator, outer, arguments, node, context)


def passed(
    parameters: tuple[syntax.Declaration, ...],
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> dict[str, Meaning]:
    """Return what the parameters of an inlined operator mean."""
    if len(parameters) != len(arguments):
        raise InputError(f"takes {len(parameters)} arguments, not {len(arguments)}", span=node.span)
    return {
        parameter.name: Chosen(argument, context) if parameter.arity else Delayed(argument, context)
        for parameter, argument in zip(parameters, arguments, strict=True)
    }


def _apply(
    translator: Translator,
    operator: syntax.Expression,
    outer: Context,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    """Apply an operator that was given as an argument."""
    names: dict[str, Meaning] = dict(outer.names)
    if isinstance(operator, syntax.Lambda):
        for parameter, argument in zip(operator.parameters, arguments, strict=True):
            names[parameter.name] = Delayed(argument, context)
        return translator.expression(operator.body, context.of_body(names, node.span))
    standing = tuple(syntax.Name(node.span, f"${place}") for place in range(len(arguments)))
    names |= {
        name.name: Delayed(argument, context)
        for name, argument in zip(standing, arguments, strict=True)
    }
    within = context.of_body(names, node.span)
    if isinstance(operator, syntax.Name):
        applied = syntax.Call(node.span, operator.name, standing)
        return translator.expression(applied, within)
    if isinstance(operator, syntax.OperatorSymbol) and len(standing) == 2:
        infix = syntax.Infix(node.span, operator.operator, *standing, node.span)
        return translator.expression(infix, within)
    raise unsupported("this operator argument is not translated", operator.span)


def use_definition(
    translator: Translator,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    """Return the use of an operator of the module: a call of its method, or its body."""
    if translator.is_helper(definition) and len(arguments) == len(definition.parameters):
        called = _call_helper(translator, definition, arguments, node, context)
        if called is not None:
            return called
    if definition.is_recursive:
        raise unsupported(
            f"the recursive operator `{definition.name}` is not translated here", node.span
        )
    names = passed(definition.parameters, arguments, node, context)
    return translator.expression(definition.body, context.of_body(names, node.span))


def _call_helper(
    translator: Translator,
    definition: Definition,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment | None:
    """Return a call by value, None where only a call by name means the same."""
    level = translator.specification.analysis.of_definition(definition).level
    if not context.state and level > CONSTANT:
        return None
    parts = [stored(translator.expression(argument, context)) for argument in arguments]
    if not all(part.is_total for part in parts) and not definition.is_recursive:
        return None
    helper = translator.helper(definition)
    parts = [translator.hinted(part, helper.parameters[i]) for i, part in enumerate(parts)]
    for place, part in enumerate(parts):
        translator.learn_parameter(helper, place, part.type)
        translator.learn_domain(helper, place, part.domain)
    text = f"{context.machine}.{helper.identifier}"
    if parts:
        text += f"({', '.join(part.text for part in parts)})"
    total = helper.is_total and all(part.is_total for part in parts)
    return Fragment(text, helper.result, is_total=total)
