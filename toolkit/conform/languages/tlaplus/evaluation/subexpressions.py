"""Parts of definitions by their position or label: `Op(1)!2!<<`, `Op!(x)`, `Op!lab(x)`.

Source followed: "TLA+ Version 2: A Preliminary Guide" by L. Lamport, section 6, as SANY has it:
parentheses count for nothing, the names of a LET cannot be selected from outside, and EXCEPT has no
parts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.definitions import let_scope, with_arguments
from conform.languages.tlaplus.evaluation.instances import Target
from conform.languages.tlaplus.evaluation.scope import RecursiveFunction, Scope
from conform.languages.tlaplus.evaluation.trees import children


class Bind(Struct, frozen=True):
    """On the way to a part, names are bound to arguments of the selectors."""

    names: tuple[str, ...]
    arguments: tuple[syntax.Expression, ...]


class Enter(Struct, frozen=True):
    """On the way to a part, a LET is entered."""

    definitions: tuple[syntax.Unit, ...]


Crossing: TypeAlias = Bind | Enter
"""What gives names a meaning between a definition and a part of it."""


class Part(Struct, frozen=True):
    """An expression inside the body of a definition, and what its names mean."""

    node: syntax.Expression
    scope: Scope


def selected(body: syntax.Expression, scope: Scope, use: Target, caller: Scope, depth: int) -> Part:
    """Return the part of `body` that the selectors of `use` name; their arguments are `caller`'s.

    `depth` is that of the environment. Raises InputError or UnsupportedError, located.
    """
    node, crossings = navigated(body, use.selectors)
    for crossing in crossings:
        match crossing:
            case Bind(names, arguments):
                scope = with_arguments(scope, names, arguments, caller)
            case Enter(definitions):
                scope = let_scope(definitions, scope, depth)
    return Part(node, scope)


def navigated(
    body: syntax.Expression, selectors: tuple[syntax.Segment, ...]
) -> tuple[syntax.Expression, tuple[Crossing, ...]]:
    """Return the part of a body that selectors name, and what gives its names a meaning there."""
    _check_colons(selectors)
    node = body
    crossings: list[Crossing] = []
    labels_count = True
    waiting = list(selectors)
    place = node.span
    while waiting:
        selector = waiting.pop(0)
        bare = _bare(node)
        if selector.name == ":":
            continue
        if selector.name == "@":
            raise InputError(
                "`!@` is an operator, and stands where one is passed on",
                span=selector.span,
                hint="give values for the names bound there: `!(x, y)`",
            )
        if not selector.name:
            node, bound = _applied(bare, selector)
            crossings.extend(bound)
        elif _is_position(selector.name):
            if isinstance(bare, syntax.Case):
                node = _of_case(bare, selector, waiting.pop(0) if waiting else None)
            else:
                node = _operand(bare, selector)
            if isinstance(bare, syntax.Let):
                crossings.append(Enter(bare.definitions))
        elif labels_count:
            node, between = _labelled(node, selector)
            crossings.extend(between)
            continue
        else:
            raise InputError(
                f"`{selector.name}` cannot follow a position: a label is named after its operator",
                span=place,  # SANY tells it at the position
            )
        labels_count = False
        place = selector.span
    return node, tuple(crossings)


def filled(
    body: syntax.Expression,
    selectors: tuple[syntax.Segment, ...],
    values: Callable[[int], tuple[syntax.Expression, ...]],
) -> tuple[syntax.Segment, ...]:
    """Return the selectors of an operator with arguments: those of its labels and of each `!@`.

    `values` gives as many of them as are wanted. Raises InputError for a part that is not there.
    """
    done: list[syntax.Segment] = []
    for selector in selectors:
        if selector.name == "@":
            count = len(_bound_at(navigated(body, tuple(done))[0], selector))
            done.append(syntax.Segment(selector.span, "", values(count)))
        elif _is_label(selector) and selector.name != ":":
            found, _ = _label(navigated(body, tuple(done))[0], selector)
            given = values(len(found.parameters))
            done.append(syntax.Segment(selector.span, selector.name, given))
        else:
            done.append(selector)
    navigated(body, tuple(done))
    return tuple(done)


def without_arguments(
    body: syntax.Expression, selectors: tuple[syntax.Segment, ...]
) -> tuple[syntax.Segment, ...]:
    """Return the selectors of an operator, with a zero for each argument that it wants."""
    return filled(body, selectors, lambda count: (syntax.Number(body.span, 0),) * count)


def _bound_at(node: syntax.Expression, selector: syntax.Segment) -> tuple[syntax.Identifier, ...]:
    binder = _binder(_bare(node))
    if binder is None:
        raise InputError(
            "`!@` selects the body of a quantifier, a set or a function; this is none",
            span=selector.span,
        )
    return binder[0]


def _check_colons(selectors: tuple[syntax.Segment, ...]) -> None:
    """Raise InputError for a `!:` that follows a position, or is followed by one."""
    for before, after in itertools.pairwise((None, *selectors, None)):
        if after is not None and after.name == ":" and before and not _is_label(before):
            raise InputError(
                "`!:` follows the name of an operator, and no position", span=before.span
            )
        if before and before.name == ":" and after and not _is_label(after):
            raise InputError(
                "after `!:` comes the name of an operator or nothing", span=before.span
            )


def _is_label(selector: syntax.Segment) -> bool:
    return bool(selector.name) and selector.name != "@" and not _is_position(selector.name)


def _bare(node: syntax.Expression) -> syntax.Expression:
    while isinstance(node, syntax.Parentheses | syntax.Labelled):
        node = node.expression
    return node


def _is_position(name: str) -> bool:
    return name in ("<<", ">>") or name.isdigit()


# ------------------------------------------------------------------------------------- positions


def _operand(node: syntax.Expression, selector: syntax.Segment) -> syntax.Expression:
    operands = _operands(node)
    position = {"<<": 1, ">>": 2}.get(selector.name) or int(selector.name)
    if isinstance(node, syntax.Except) and position > 1:
        raise InputError("the updates of an EXCEPT cannot be selected", span=selector.span)
    is_second = selector.name != ">>" or len(operands) == 2  # of two
    if not is_second or not 0 < position <= len(operands):
        raise InputError(
            f"there is no part {selector.name} here: the expression has {len(operands)}",
            span=selector.span,
        )
    operand = operands[position - 1]
    if isinstance(operand, syntax.New):
        raise InputError("a declaration is selected here, and no expression", span=selector.span)
    return operand


def _operands(node: syntax.Expression) -> tuple[syntax.Expression | syntax.New, ...]:
    match node:
        case (
            syntax.Quantified(bounds=bounds)
            | syntax.FunctionLiteral(bounds=bounds)
            | RecursiveFunction(bounds=bounds)
            | syntax.SetMap(bounds=bounds)
        ):
            return tuple(bound.domain for bound in bounds)
        case syntax.SetFilter(bound=bound):
            return (bound.domain,)
        case syntax.Choose(domain=domain):
            return (domain,) if domain else ()
        case syntax.RecordLiteral(fields=fields) | syntax.RecordSet(fields=fields):
            return tuple(field.value for field in fields)
        case syntax.Application(function=function, arguments=arguments):
            given = arguments[0] if len(arguments) == 1 else _tuple(node, arguments)
            return (function, given)
        case syntax.Field(record=record, name=name):
            return (record, syntax.String(node.span, name))
        case syntax.Let(body=body):
            return (body,)
        case syntax.Path(segments=segments):
            return tuple(argument for segment in segments for argument in segment.arguments)
        case syntax.Fairness(subscript=subscript, action=action):
            return (subscript, action)
        case syntax.AssumeProve(assumptions=assumptions, conclusion=conclusion):
            return (*assumptions, conclusion)
        case syntax.Except(function=function):
            return (function,)
        case syntax.Lambda() | syntax.UnboundedQuantified():
            return ()
        case _:
            return tuple(each for each in children(node) if isinstance(each, syntax.Expression))


def _tuple(node: syntax.Node, elements: tuple[syntax.Expression, ...]) -> syntax.Expression:
    return syntax.TupleLiteral(node.span, elements)


def _of_case(
    node: syntax.Case, selector: syntax.Segment, following: syntax.Segment | None
) -> syntax.Expression:
    """Return `!i!1`, the condition of an arm, or `!i!2`, its value; OTHER has a value alone."""
    side = following.name if following else ""
    wanted = {"<<": "1", ">>": "2"}.get(side, side)
    number = int(selector.name) if selector.name.isdigit() else 0
    if wanted == "2" and number == len(node.arms) + 1 and node.other is not None:
        return node.other
    if wanted not in ("1", "2") or not 0 < number <= len(node.arms):
        raise InputError(
            "a part of a CASE is `!i!1` or `!i!2` for one of its arms",
            span=(following or selector).span,
        )
    arm = node.arms[number - 1]
    return arm.condition if wanted == "1" else arm.value


# ------------------------------------------------------------------------------- bodies, by values


def _applied(
    node: syntax.Expression, selector: syntax.Segment
) -> tuple[syntax.Expression, tuple[Crossing, ...]]:
    """Return the body of a quantifier or the like, its names bound to the arguments of `!(x)`."""
    if isinstance(node, RecursiveFunction):
        raise UnsupportedError(
            "the body of a recursive function cannot be selected, in TLC neither",
            span=selector.span,
        )
    binder = _binder(node)
    if binder is None:
        raise InputError(
            "`!(...)` selects the body of a quantifier, a set or a function; this is none",
            span=selector.span,
        )
    names, body = binder
    if len(names) != len(selector.arguments):
        raise InputError(
            f"{len(selector.arguments)} given for {len(names)} bound names", span=selector.span
        )
    bound = Bind(tuple(name.name for name in names), selector.arguments)
    return body, (bound,)


def _binder(
    node: syntax.Node,
) -> tuple[tuple[syntax.Identifier, ...], syntax.Expression] | None:
    """Return the names that a node binds and the body that they are bound in."""
    match node:
        case (
            syntax.Quantified(bounds=bounds, body=body)
            | syntax.FunctionLiteral(bounds=bounds, body=body)
            | syntax.SetMap(bounds=bounds, element=body)
        ):
            return tuple(name for bound in bounds for name in bound.names), body
        case syntax.SetFilter(bound=bound, predicate=body):
            return bound.names, body
        case (
            syntax.Choose(names=names, body=body)
            | syntax.UnboundedQuantified(names=names, body=body)
            | syntax.Lambda(parameters=names, body=body)
        ):
            return names, body
        case _:
            return None


# ----------------------------------------------------------------------------------------- labels


def _labelled(
    node: syntax.Expression, selector: syntax.Segment
) -> tuple[syntax.Expression, tuple[Crossing, ...]]:
    """Return the expression behind a label, and what gives its names a meaning."""
    found, crossings = _label(node, selector)
    return found.expression, tuple(_with_arguments(found, crossings, selector))


def _label(
    node: syntax.Expression, selector: syntax.Segment
) -> tuple[syntax.Labelled, tuple[Crossing, ...]]:
    for found, crossings in labels(node):
        if found.label.name == selector.name:
            return found, crossings
    raise InputError(f"there is no label `{selector.name}` here", span=selector.span)


def labels(
    node: syntax.Node, crossings: tuple[Crossing, ...] = ()
) -> Iterator[tuple[syntax.Labelled, tuple[Crossing, ...]]]:
    """Yield the labels in a body that are in no other one, with the names bound on the way.

    A Bind among the crossings has no arguments yet.
    """
    if isinstance(node, syntax.Labelled):
        yield node, crossings
        return
    binder = _binder(node)
    for child in children(node):
        if isinstance(child, syntax.Unit):
            continue  # a definition of a LET has labels of its own
        inner = crossings
        if binder is not None and child is binder[1]:
            inner = (*crossings, Bind(tuple(name.name for name in binder[0]), ()))
        elif isinstance(node, syntax.Let):
            inner = (*crossings, Enter(node.definitions))
        yield from labels(child, inner)


def _with_arguments(
    found: syntax.Labelled, crossings: tuple[Crossing, ...], selector: syntax.Segment
) -> Iterator[Crossing]:
    names = [parameter.name for parameter in found.parameters]
    if len(names) != len(selector.arguments):
        raise InputError(
            f"the label `{selector.name}` takes {len(names)} arguments, "
            f"but {len(selector.arguments)} given",
            span=selector.span,
        )
    given = dict(zip(names, selector.arguments, strict=True))
    for crossing in crossings:
        if isinstance(crossing, Bind):
            yield Bind(crossing.names, tuple(given[name] for name in crossing.names))
        else:
            yield crossing


def check_labels(node: syntax.Node) -> None:
    """Raise InputError for a label that is there twice, or has other parameters than it must have.

    These are the names bound between it and the definition or the label around it.
    """
    seen: set[str] = set()
    for found, crossings in labels(node):
        name = found.label.name
        if name in seen:
            raise InputError(f"the label `{name}` is there twice", span=found.span)
        seen.add(name)
        bound = [
            each for crossing in crossings if isinstance(crossing, Bind) for each in crossing.names
        ]
        for parameter in found.parameters:
            if parameter.name not in bound:
                raise InputError(
                    f"`{parameter.name}` is no parameter of the label `{name}`: it is not bound "
                    "around it",
                    span=found.span,
                )
        if len(found.parameters) > len(bound):
            raise InputError(f"a parameter of the label `{name}` is there twice", span=found.span)
        for each in bound:
            if each not in [parameter.name for parameter in found.parameters]:
                raise InputError(
                    f"the label `{name}` must have the parameter `{each}`, which is bound "
                    "around it",
                    span=found.span,
                )
        check_labels(found.expression)
