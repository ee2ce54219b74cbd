"""Functions, records, tuples and sequences: literals, application, EXCEPT, DOMAIN."""

from __future__ import annotations

import re

from msgspec.structs import replace

from conform.domain.machine import python_literal
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.expressions import PREFIXES
from conform.languages.tlaplus.translation.fragments import ATOM, Fragment, all_total
from conform.languages.tlaplus.translation.naming import local_name
from conform.languages.tlaplus.translation.sets import bind_bounds, constant_text, elements
from conform.languages.tlaplus.translation.standard import (
    is_literal_number,
    sequence_operand,
    stored,
    successor,
)
from conform.languages.tlaplus.translation.translator import (
    Translator,
    text_of,
    unsupported,
)
from conform.languages.tlaplus.translation.types import (
    INTEGER,
    UNKNOWN,
    FunctionOf,
    Integer,
    RecordOf,
    SequenceOf,
    SetOf,
    Text,
    TupleOf,
    Type,
    element_of,
    join,
)

_HINT = "state what its variable holds in an invariant, as in TypeOK"


def value_for(
    translator: Translator, node: syntax.Expression, context: Context, of: Type
) -> Fragment:
    """Return a value that is to be kept where values of type `of` are."""
    bare = node
    while isinstance(bare, syntax.Parentheses):
        bare = bare.expression
    if isinstance(of, SequenceOf | TupleOf) and isinstance(bare, syntax.FunctionLiteral):
        return _sequence_literal(translator, bare, context)
    found = stored(translator.expression(node, context))
    if isinstance(of, FunctionOf) and found.text == "()":
        return Fragment("FrozenMapping({})", of)
    return found


def _sequence_literal(
    translator: Translator, node: syntax.FunctionLiteral, context: Context
) -> Fragment:
    bound = node.bounds[0]
    domain = bound.domain
    match domain:
        case syntax.Infix(operator="..", left=syntax.Number(value=1)) if len(node.bounds) == 1:
            clauses, inner, total = bind_bounds(translator, node.bounds, context)
            body = stored(translator.expression(node.body, inner))
            text = f"tuple({body.at(1)} {clauses[0]})"
            return Fragment(text, SequenceOf(body.type), is_total=total and body.is_total)
    raise unsupported("a sequence must be written as a function on 1..n here", node.span)


# --------------------------------------------------------------------------------------- literals


def translate_function(
    translator: Translator, node: syntax.FunctionLiteral, context: Context
) -> Fragment:
    """Return a FunctionLiteral in Python."""
    clauses, inner, total = bind_bounds(translator, node.bounds, context)
    names = [name for bound in node.bounds for name in bound.names]
    bound_ = [inner.names[name.name] for name in names]
    keys = [each for each in bound_ if isinstance(each, Fragment)]
    body = stored(translator.expression(node.body, inner))
    key = keys[0].text if len(keys) == 1 else f"({', '.join(each.text for each in keys)})"
    types = tuple(each.type for each in keys)
    argument = types[0] if len(types) == 1 else TupleOf(types)
    domain = constant_text(translator, node.bounds[0].domain, context) if len(keys) == 1 else ""
    kind = FunctionOf(argument, body.type, domain)
    if body.is_total and len(keys) == 1 and not re.search(rf"\b{key}\b", body.text):
        over = clauses[0].partition(" in ")[2]
        text = f"FrozenMapping(dict.fromkeys({over}, {body.text}))"
    else:
        text = f"FrozenMapping({{{key}: {body.text} {' '.join(clauses)}}})"
    return Fragment(text, kind, is_total=total and body.is_total)


def translate_tuple(
    translator: Translator, node: syntax.TupleLiteral, context: Context
) -> Fragment:
    """Return a TupleLiteral in Python."""
    parts = [stored(translator.expression(each, context)) for each in node.elements]
    inner = ", ".join(part.text for part in parts)
    text = f"({inner},)" if len(parts) == 1 else f"({inner})"
    return Fragment(text, TupleOf(tuple(part.type for part in parts)), is_total=all_total(parts))


def translate_record(
    translator: Translator, node: syntax.RecordLiteral, context: Context
) -> Fragment:
    """Return a RecordLiteral in Python."""
    parts = {each.name: stored(translator.expression(each.value, context)) for each in node.fields}
    found = translator.record({name: part.type for name, part in parts.items()})
    inner = ", ".join(f"{found.attributes[name]}={part.text}" for name, part in parts.items())
    kind = RecordOf(tuple(sorted(parts)))
    return Fragment(f"{found.identifier}({inner})", kind, is_total=all_total(list(parts.values())))


# ------------------------------------------------------------------------------------ application


def translate_application(
    translator: Translator, node: syntax.Application, context: Context
) -> Fragment:
    """Return an Application in Python."""
    function = translator.expression(node.function, context)
    arguments = [stored(translator.expression(each, context)) for each in node.arguments]
    return applied(translator, function, _packed(arguments), node)


def _packed(arguments: list[Fragment]) -> Fragment:
    if len(arguments) == 1:
        return arguments[0]
    text = ", ".join(each.text for each in arguments)
    types = tuple(each.type for each in arguments)
    return Fragment(f"({text})", TupleOf(types), is_total=all_total(arguments))


def applied(
    translator: Translator, function: Fragment, argument: Fragment, node: syntax.Expression
) -> Fragment:
    """Return `function[argument]`."""
    match function.type:
        case FunctionOf(argument=of, result=result, domain=domain):
            argument = translator.hinted(argument, of)
            known = domain != "" and argument.domain == domain
            total = function.is_total and argument.is_total and known
            return Fragment(f"{function.at(ATOM)}[{argument.text}]", result, is_total=total)
        case SequenceOf() | TupleOf():
            return _item(translator, function, translator.hinted(argument, INTEGER))
        case RecordOf() if isinstance(argument.type, Text) and argument.type.literals:
            return _field_of(translator, function, argument.type.literals[0], node)
        case _:
            if translator.is_settled:
                raise unsupported(
                    f"`{text_of(node)[:60]}` applies something whose type is not known",
                    node.span,
                    _HINT,
                )
            return Fragment(f"{function.at(ATOM)}[{argument.text}]", UNKNOWN, is_total=False)


def _item(translator: Translator, sequence: Fragment, argument: Fragment) -> Fragment:
    """Return the element of a sequence; positions count from 1, and 0 is none."""
    assert isinstance(sequence.type, SequenceOf | TupleOf)
    of = element_of(sequence.type)
    if is_literal_number(argument.text) and int(argument.text) >= 1:
        place = int(argument.text) - 1
        is_known = isinstance(sequence.type, TupleOf) and place < len(sequence.type.elements)
        if isinstance(sequence.type, TupleOf) and is_known:
            of = sequence.type.elements[place]
        total = sequence.is_total and is_known
        return Fragment(f"{sequence.at(ATOM)}[{place}]", of, is_total=total)
    translator.support.add("item_at")
    return Fragment(f"item_at({sequence.text}, {argument.text})", of, is_total=False)


def translate_field(translator: Translator, node: syntax.Field, context: Context) -> Fragment:
    """Return a Field in Python."""
    record = translator.expression(node.record, context)
    return _field_of(translator, record, node.name, node)


def _field_of(
    translator: Translator, record: Fragment, name: str, node: syntax.Expression
) -> Fragment:
    match record.type:
        case RecordOf(fields):
            if name not in fields:
                raise unsupported(f"the record has no field `{name}`", node.span)
            found = translator.records[fields]
            text = f"{record.at(ATOM)}.{found.attributes[name]}"
            return Fragment(text, found.types[name], is_total=record.is_total)
        case FunctionOf(result=result):
            text = f"{record.at(ATOM)}[{python_literal(name)}]"
            return Fragment(text, result, is_total=False)
        case _:
            if translator.is_settled:
                raise unsupported(
                    f"`{text_of(node)[:60]}`: the type of the record is not known", node.span, _HINT
                )
            return Fragment(f"{record.at(ATOM)}.{name}", UNKNOWN, is_total=False)


# ----------------------------------------------------------------------------------------- EXCEPT


def translate_except(translator: Translator, node: syntax.Except, context: Context) -> Fragment:
    """Return an Except in Python."""
    found = translator.expression(node.function, context)
    for update in node.updates:
        found = _changed(translator, found, update.path, update, context)
    return found


def _changed(
    translator: Translator,
    old: Fragment,
    path: tuple[syntax.IndexSelector | syntax.FieldSelector, ...],
    update: syntax.Update,
    context: Context,
) -> Fragment:
    """Return `old` with the part at `path` changed; outside a domain it stays as it is."""
    if not path:
        within = context.with_names({"@": old})
        return value_for(translator, update.value, within, old.type)
    selector = path[0]
    if isinstance(selector, syntax.FieldSelector):
        if isinstance(old.type, RecordOf):
            return _changed_field(translator, old, selector.name, path, update, context)
        argument = Fragment(python_literal(selector.name), Text((selector.name,)))
    else:
        parts = [stored(translator.expression(each, context)) for each in selector.indices]
        argument = _packed(parts)
    match old.type, argument.type:
        case RecordOf(), Text(literals=(name,)):
            return _changed_field(translator, old, name, path, update, context)
    return _changed_item(translator, old, argument, path, update, context)


def _changed_field(
    translator: Translator,
    old: Fragment,
    name: str,
    path: tuple[syntax.IndexSelector | syntax.FieldSelector, ...],
    update: syntax.Update,
    context: Context,
) -> Fragment:
    assert isinstance(old.type, RecordOf)
    if name not in old.type.fields:
        return old
    part = _field_of(translator, old, name, update.value)
    value = _changed(translator, part, path[1:], update, context)
    found = translator.record({**translator.records[old.type.fields].types, name: value.type})
    text = f"replace({old.text}, {found.attributes[name]}={value.text})"
    return Fragment(text, old.type, is_total=old.is_total and value.is_total)


def _changed_item(
    translator: Translator,
    old: Fragment,
    argument: Fragment,
    path: tuple[syntax.IndexSelector | syntax.FieldSelector, ...],
    update: syntax.Update,
    context: Context,
) -> Fragment:
    if isinstance(old.type, TupleOf) and is_literal_number(argument.text):
        return _changed_component(translator, old, int(argument.text) - 1, path, update, context)
    of, prefix = _container(translator, old, update)
    identifier = local_name("old", context.taken)
    inner = replace(context, taken=context.taken | {identifier})
    value = _changed(translator, Fragment(identifier, of), path[1:], update, inner)
    kind = _with_element(old.type, value.type)
    total = old.is_total and argument.is_total
    is_inside = isinstance(old.type, FunctionOf) and argument.domain == old.type.domain != ""
    is_eager = value.is_total or is_inside
    if is_eager and len(path) == 1 and not _mentions_at(update.value):
        text = f"{prefix[0]}{argument.text}, {value.text})"
        return Fragment(text, kind, is_total=total and value.is_total)
    text = f"{prefix[1]}{argument.text}, lambda {identifier}: {value.text})"
    return Fragment(text, kind, is_total=total and value.is_total)


def _changed_component(
    translator: Translator,
    old: Fragment,
    place: int,
    path: tuple[syntax.IndexSelector | syntax.FieldSelector, ...],
    update: syntax.Update,
    context: Context,
) -> Fragment:
    """Return a tuple with one component changed, each of its own type."""
    assert isinstance(old.type, TupleOf)
    if not 0 <= place < len(old.type.elements):
        return old
    parts = [
        Fragment(f"{old.at(ATOM)}[{i}]", of, is_total=old.is_total)
        for i, of in enumerate(old.type.elements)
    ]
    parts[place] = _changed(translator, parts[place], path[1:], update, context)
    types = tuple(part.type for part in parts)
    inner = ", ".join(part.text for part in parts)
    text = f"({inner},)" if len(parts) == 1 else f"({inner})"
    return Fragment(text, TupleOf(types), is_total=all_total(parts))


def _mentions_at(node: syntax.Node) -> bool:
    return isinstance(node, syntax.At) or any(map(_mentions_at, children(node)))


def _container(
    translator: Translator, old: Fragment, update: syntax.Update
) -> tuple[Type, tuple[str, str]]:
    match old.type:
        case FunctionOf(result=of):
            return of, (f"{old.at(ATOM)}.replaced(", f"{old.at(ATOM)}.updated(")
        case SequenceOf() | TupleOf():
            translator.support.update(("item_replaced", "item_updated"))
            of = element_of(old.type)
            return of, (f"item_replaced({old.text}, ", f"item_updated({old.text}, ")
        case _:
            if translator.is_settled:
                raise unsupported(
                    "EXCEPT changes something whose type is not known", update.span, _HINT
                )
            return UNKNOWN, (f"{old.at(ATOM)}.replaced(", f"{old.at(ATOM)}.updated(")


def _with_element(of: Type, value: Type) -> Type:
    match of:
        case FunctionOf():
            return replace(of, result=join(of.result, value))
        case SequenceOf(element):
            return SequenceOf(join(element, value))
        case TupleOf():
            return SequenceOf(join(element_of(of), value))
        case _:
            return of


# ------------------------------------------------------------------------------ DOMAIN and its like


def _domain(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    function = translator.expression(node.operand, context)
    match function.type:
        case FunctionOf(argument=of):
            return Fragment(f"frozenset({function.text})", SetOf(of), is_total=function.is_total)
        case RecordOf(fields):
            names = ", ".join(map(python_literal, fields))
            return Fragment(f"frozenset({{{names}}})", SetOf(Text(fields)))
        case SequenceOf() | TupleOf():
            high = successor(Fragment(f"len({function.text})", Integer()))
            kind = SetOf(INTEGER, is_range=True)
            return Fragment(f"range(1, {high})", kind, is_total=function.is_total)
        case _:
            sequence_operand(translator, node.operand, context, "DOMAIN")
            return Fragment(f"frozenset({function.text})", SetOf(UNKNOWN))


def _subset(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    over = elements(translator, node, context)
    return Fragment(f"frozenset({over.text})", SetOf(over.type), is_total=over.is_total)


def _union(translator: Translator, node: syntax.Prefix, context: Context) -> Fragment:
    over = elements(translator, node.operand, context)
    kind = over.type if isinstance(over.type, SetOf) else SetOf(UNKNOWN)
    names = local_name("part", context.taken), local_name("element", context.taken)
    text = f"frozenset({names[1]} for {names[0]} in {over.text} for {names[1]} in {names[0]})"
    return Fragment(text, kind, is_total=over.is_total)


PREFIXES.update({"DOMAIN": _domain, "SUBSET": _subset, "UNION": _union})
