"""Names and calls: variables are loaded, definitions written out, other operators called."""

from __future__ import annotations

from conform.errors import EvaluationError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.bodies import KNOWN, body_context, constant, is_once_a_run
from conform.languages.tlaplus.evaluation.bounds import is_closed
from conform.languages.tlaplus.evaluation.closed_calls import is_quick
from conform.languages.tlaplus.evaluation.definitions import (
    lambda_definition,
    passed_on,
    with_arguments,
)
from conform.languages.tlaplus.evaluation.dispatch import Context, Mode
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, NO_SLOTS
from conform.languages.tlaplus.evaluation.lets import opened
from conform.languages.tlaplus.evaluation.operator_paths import passed_operator
from conform.languages.tlaplus.evaluation.scope import (
    Alias,
    Baked,
    Binding,
    Builtin,
    Definition,
    Local,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.cheapness import is_cheap
from conform.languages.tlaplus.evaluation.source.emitter import INLINED_NODES, Emitter
from conform.languages.tlaplus.evaluation.source.invariance import is_worth_keeping
from conform.languages.tlaplus.evaluation.source.numbers import arithmetic
from conform.languages.tlaplus.evaluation.source.operands import Delayed, Operand, Place
from conform.languages.tlaplus.evaluation.source.operators import operator_call
from conform.languages.tlaplus.evaluation.source.sequences import length

_OPERATORS = (syntax.Lambda, syntax.OperatorSymbol, syntax.Path)


def name(emitter: Emitter, node: syntax.Name, place: Place) -> Operand:
    """Emit a name that stands alone."""
    binding = place.context.scope.find(node.name)
    match binding:
        case VariableSlot(index):
            if place.context.mode is Mode.UNPRIMED:
                return emitter.slot(index)
            return emitter.following(index, place)
        case Baked(value):
            return emitter.constant(value)
        case Local(index=index) if 0 <= index < len(place.environment):
            return emitter.bound(place.environment[index])
        case Alias(expression, scope):
            return emitter.value(expression, place.at(place.context.at(scope)))
        case Definition(parameters=()):
            return _definition(emitter, binding, node, place)
        case Builtin(arity=0) if _is_plain(binding):
            return emitter.constant(binding.apply(node.span))
        case _:
            return emitter.fallback(node, place)


def prefix_call(emitter: Emitter, node: syntax.Call, place: Place) -> Operand:
    """Emit `Op(a, b)`."""
    return applied_operator(emitter, node.operator, node.arguments, node, place)


def applied_operator(
    emitter: Emitter,
    operator: str,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    place: Place,
) -> Operand:
    """Emit an operator, named or a symbol, applied to its arguments."""
    binding = place.context.scope.find(operator)
    return _applied(emitter, binding, arguments, node, place)


def path(emitter: Emitter, node: syntax.Path, place: Place) -> Operand:
    """Emit `I(x)!Op(y)`; a part of a definition is left to the closure."""
    use = emitter.compiler.target(node, place.context)
    if use.selectors:
        return emitter.fallback(node, place)
    return _applied(emitter, use.binding, use.arguments, node, place)


def _applied(
    emitter: Emitter,
    binding: Binding | None,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    place: Place,
) -> Operand:
    match binding:
        case Definition(parameters=()) if not arguments:
            return _definition(emitter, binding, node, place)
        case Definition() if len(binding.parameters) == len(arguments):
            if not is_quick(binding) and is_closed(emitter.compiler, node, place.context):
                return emitter.fallback(node, place)
            return _call(emitter, binding, arguments, node, place)
        case Builtin() if _is_plain(binding) and binding.arity == len(arguments):
            if any(_is_operator(argument, place.context) for argument in arguments):
                return emitter.fallback(node, place)
            known = arithmetic(emitter, binding, arguments, place)
            if known is None:
                known = length(emitter, binding, arguments, place)
            return _builtin(emitter, binding, arguments, node, place) if known is None else known
        case Alias() if arguments:
            return _passed(emitter, binding, arguments, node, place)
        case _:
            return emitter.fallback(node, place)


def _passed(
    emitter: Emitter,
    passed: Alias,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    place: Place,
) -> Operand:
    """Emit the application of an operator that was itself passed as an argument."""
    depth = place.context.depth
    operator = passed_operator(passed.expression, passed.scope, depth)
    if isinstance(operator, syntax.Lambda):
        found = lambda_definition(operator, passed.scope, depth)
        if len(found.parameters) == len(arguments):
            return _call(emitter, found, arguments, node, place)
    if isinstance(operator, syntax.Name | syntax.OperatorSymbol):
        symbol = operator.name if isinstance(operator, syntax.Name) else operator.operator
        scope, given = passed_on(arguments, place.context.scope, passed.scope)
        applied = syntax.Call(operator.span, symbol, given)
        return emitter.value(applied, place.at(place.context.at(scope)))
    return emitter.fallback(node, place)


def postfix(emitter: Emitter, node: syntax.Postfix, place: Place) -> Operand:
    """Emit a primed expression, or a postfix operator that is defined."""
    if node.operator != "'":
        return applied_operator(emitter, node.operator, (node.operand,), node, place)
    if place.context.mode is Mode.PRIMED:
        return emitter.fallback(node, place)
    return emitter.value(node.operand, place.at(place.context.primed()))


def let(emitter: Emitter, node: syntax.Let, place: Place) -> Operand:
    """Emit LET ... IN."""
    return emitter.value(node.body, inside_let(emitter, node, place))


def inside_let(
    emitter: Emitter, node: syntax.Let, place: Place, *, in_action: bool = False
) -> Place:
    """Return the place of the body of a LET, whose values are computed where they are wanted."""
    inner, values = opened(emitter.compiler, node, place.context, in_action=in_action)
    for value, context in values:
        place = place.within(inner, emitter.delay(value, place.at(context)))
    return place.at(inner)


def _is_plain(builtin: Builtin) -> bool:
    """Whether a standard operator is a function of values."""
    return builtin.is_pure and not builtin.operators and not builtin.refusal


def _is_operator(argument: syntax.Expression, context: Context) -> bool:
    """Whether an argument may be an operator rather than a value."""
    if isinstance(argument, _OPERATORS):
        return True
    if not isinstance(argument, syntax.Name):
        return False
    match context.scope.find(argument.name):
        case Definition(parameters=()) | Builtin(arity=0) | Local() | Baked() | VariableSlot():
            return False
        case Alias(expression, scope):
            return _is_operator(expression, context.at(scope))
        case _:
            return True


def _definition(
    emitter: Emitter, found: Definition, node: syntax.Expression, place: Place
) -> Operand:
    footprint = emitter.compiler.analysis.of_definition(found)
    is_constant = footprint.level == CONSTANT and footprint.is_pure and not found.depth
    if _is_of_state(emitter, found, place):
        called = operator_call(emitter, found, (), place) if emitter.is_called else None
        if called is not None:
            return called
        inside = _inside_call(emitter, found, (), place)
        return emitter.once((found, place.context.mode), found.body, inside)
    if is_once_a_run(found, footprint):
        return emitter.fallback(node, place)
    if footprint.swaps_states or not is_constant:
        return _call(emitter, found, (), node, place)
    code = constant(emitter.compiler, found)
    known = found.compiled[KNOWN]
    if not known and is_cheap(found.body, found.scope):
        try:
            code((), None, ())
        except (EvaluationError, RecursionError):
            return emitter.fallback(node, place)
    return emitter.constant(known[0]) if known else emitter.fallback(node, place)


def _is_of_state(emitter: Emitter, found: Definition, place: Place) -> bool:
    """Whether a definition has one value in all the code, and is worth keeping."""
    if found.depth or found.is_recursive or emitter.nodes > INLINED_NODES:
        return False
    if place.context.mode is Mode.PRIMED and place.after is not None:
        return False
    return is_worth_keeping(found.body, found.scope, emitter.compiler.analysis)


def _call(
    emitter: Emitter,
    found: Definition,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    place: Place,
) -> Operand:
    operators = [
        _is_operator(argument, place.context) and not parameter.arity
        for parameter, argument in zip(found.parameters, arguments, strict=True)
    ]
    if any(operators):  # where a value is wanted
        return emitter.fallback(node, place)
    if found.is_recursive or emitter.nodes > INLINED_NODES:
        called = operator_call(emitter, found, arguments, place)
        return emitter.fallback(node, place) if called is None else called
    if emitter.compiler.analysis.of_definition(found).swaps_states:
        names = tuple(parameter.name for parameter in found.parameters)
        scope = with_arguments(found.scope, names, arguments, place.context.scope)
        return emitter.value(found.body, place.at(place.context.at(scope)))
    inside = _inside_call(emitter, found, arguments, place)
    if arguments and _has_one_value(emitter, found, inside):
        names = tuple(given.name for given in inside.environment)
        return emitter.once((found, inside.context.mode, names), found.body, inside)
    return emitter.value(found.body, inside)


def _has_one_value(emitter: Emitter, found: Definition, inside: Place) -> bool:
    """Whether a call has one value in all the code, and is worth keeping."""
    if found.depth or any(parameter.arity for parameter in found.parameters):
        return False
    if not all(isinstance(one, Operand) and emitter.is_fixed(one) for one in inside.environment):
        return False
    return is_worth_keeping(found.body, inside.context.scope, emitter.compiler.analysis)


def _inside_call(
    emitter: Emitter,
    found: Definition,
    arguments: tuple[syntax.Expression, ...],
    place: Place,
) -> Place:
    """Return the place of a definition's body: its arguments are computed where they are wanted.

    An operator among them is bound by name: what it depends on stands in the caller's environment,
    which the body therefore keeps.
    """
    if any(parameter.arity for parameter in found.parameters):
        return _inside_call_with_operators(emitter, found, arguments, place)
    operands = [_argument(emitter, argument, place) for argument in arguments]
    lazy = tuple(isinstance(operand, Delayed) for operand in operands)
    context = body_context(found, lazy, place.context.mode)
    environment = (*place.environment[: found.depth], *operands)
    return Place(context, environment, place.after)


def _inside_call_with_operators(
    emitter: Emitter,
    found: Definition,
    arguments: tuple[syntax.Expression, ...],
    place: Place,
) -> Place:
    names: dict[str, Binding] = {}
    environment = list(place.environment)
    for parameter, argument in zip(found.parameters, arguments, strict=True):
        if parameter.arity:
            names[parameter.name] = Alias(argument, place.context.scope)
            continue
        operand = _argument(emitter, argument, place)
        is_lazy = isinstance(operand, Delayed)
        names[parameter.name] = Local(len(environment), CONSTANT, NO_SLOTS, NO_SLOTS, is_lazy)
        environment.append(operand)
    scope = found.scope.with_names(names)
    context = Context(scope, len(environment), place.context.mode)
    return Place(context, tuple(environment), place.after)


def _argument(emitter: Emitter, argument: syntax.Expression, place: Place) -> Operand | Delayed:
    """Return an argument: what cannot fail is computed at once."""
    if isinstance(argument, syntax.Number | syntax.String):
        return emitter.value(argument, place)
    if isinstance(argument, syntax.Name):
        match place.context.scope.find(argument.name):
            case Local(index=index) if 0 <= index < len(place.environment):
                return place.environment[index]
            case Baked():
                return emitter.value(argument, place)
            case VariableSlot() if place.context.mode is Mode.UNPRIMED:
                return emitter.value(argument, place)
    return emitter.delay(argument, place)


def _builtin(
    emitter: Emitter,
    builtin: Builtin,
    arguments: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    place: Place,
) -> Operand:
    operands = [emitter.value(argument, place) for argument in arguments]
    given = [py.load(operand.name) for operand in operands]
    return emitter.let(py.call(emitter.object(builtin.apply), emitter.object(node.span), *given))
