"""Sets: as values, as what loops run over, and as the right side of `\\in`."""

from __future__ import annotations

from msgspec import Struct

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import CONSTANT
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.trees import mentions
from conform.languages.tlaplus.translation.context import Context, Delayed, LocalDefinition
from conform.languages.tlaplus.translation.fragments import (
    INTERSECTION,
    OR,
    SUM,
    UNION,
    Fragment,
    all_total,
    binary,
)
from conform.languages.tlaplus.translation.naming import local_name
from conform.languages.tlaplus.translation.standard import stored
from conform.languages.tlaplus.translation.translator import (
    Operation,
    Translator,
    text_of,
    unsupported,
)
from conform.languages.tlaplus.translation.types import (
    BOOLEAN,
    INTEGER,
    TEXT,
    UNKNOWN,
    Boolean,
    FunctionOf,
    Integer,
    RecordOf,
    SequenceOf,
    SetOf,
    Text,
    TupleOf,
    Type,
    Unknown,
    join,
    join_all,
)


class Elements(Struct, frozen=True):
    """What a loop runs over: the text of an iterable, the type of its elements, its TLA+ text.

    `domain` is empty unless the set depends on no state. `is_sorted` when iteration is in
    canonical order already.
    """

    text: str
    type: Type
    is_total: bool
    domain: str
    is_sorted: bool = False


def meaning_of(
    translator: Translator, node: syntax.Expression, context: Context
) -> tuple[syntax.Expression, Context]:
    """Return what a set expression stands for where that is a set that is never enumerated.

    Names of parameters and of LET are unfolded, and names of definitions of lazy sets.
    """
    match node:
        case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
            return meaning_of(translator, inner, context)
        case syntax.Name(name=name):
            local = context.names.get(name)
            if isinstance(local, Delayed):
                within = context.of_body(local.context.names, node.span)
                return meaning_of(translator, local.node, within)
            if isinstance(local, LocalDefinition) and not local.parameters:
                within = context.of_body(local.context.names, node.span)
                return meaning_of(translator, local.body, within)
            found = None if local else translator.specification.unambiguous(name)
            if isinstance(found, Definition) and not found.parameters and not found.is_recursive:
                body, within = meaning_of(translator, found.body, context.of_body({}, node.span))
                if is_lazy(translator, body, within):
                    return body, within
    return node, context


def is_lazy(translator: Translator, node: syntax.Expression, context: Context) -> bool:
    """Whether a set is one of those that Python has no value for."""
    node, context = meaning_of(translator, node, context)
    match node:
        case syntax.FunctionSet() | syntax.RecordSet() | syntax.Product():
            return True
        case syntax.Prefix(operator="SUBSET"):
            return True
        case syntax.Infix(operator="\\cup" | "\\cap" | "\\", left=left, right=right):
            return is_lazy(translator, left, context) or is_lazy(translator, right, context)
        case syntax.Name(name="Nat" | "Int" | "STRING") | syntax.Call(operator="Seq"):
            return True
        case syntax.SetFilter(bound=bound):
            return is_lazy(translator, bound.domain, context)
        case _:
            return False


def element_type(translator: Translator, node: syntax.Expression, context: Context) -> Type:
    """Return the type of the elements of a set, lazy or not."""
    node, context = meaning_of(translator, node, context)
    match node:
        case syntax.FunctionSet(domain=domain, codomain=codomain):
            return FunctionOf(
                element_type(translator, domain, context),
                element_type(translator, codomain, context),
                constant_text(translator, domain, context),
            )
        case syntax.RecordSet(fields=fields):
            types = {each.name: element_type(translator, each.value, context) for each in fields}
            translator.record(types)
            return RecordOf(tuple(sorted(types)))
        case syntax.Product(factors=factors):
            return TupleOf(tuple(element_type(translator, each, context) for each in factors))
        case syntax.Prefix(operator="SUBSET", operand=operand):
            return SetOf(element_type(translator, operand, context))
        case syntax.Call(operator="Seq", arguments=(base,)):
            return SequenceOf(element_type(translator, base, context))
        case syntax.Name(name="Nat" | "Int"):
            return INTEGER
        case syntax.Name(name="STRING"):
            return TEXT
        case syntax.Infix(operator="\\cup", left=left, right=right):
            one = element_type(translator, left, context)
            return join(one, element_type(translator, right, context))
        case syntax.Infix(operator="\\cap" | "\\", left=left):
            return element_type(translator, left, context)
        case syntax.SetFilter(bound=bound):
            return element_type(translator, bound.domain, context)
        case _:
            found = translator.expression(node, context).type
            return found.element if isinstance(found, SetOf) else UNKNOWN


def constant_text(translator: Translator, node: syntax.Expression, context: Context) -> str:
    """Return the text of a set that is the same in every state and place; empty for others."""
    footprint = translator.specification.analysis.of(node, translator.specification.scope)
    if footprint.level > CONSTANT or not footprint.is_pure or _mentions_local(node, context):
        return ""
    return text_of(node)


def _mentions_local(node: syntax.Expression, context: Context) -> bool:
    return any(mentions(node, name) for name in context.names)


# -------------------------------------------------------------------------------------- iteration


def elements(translator: Translator, node: syntax.Expression, context: Context) -> Elements:
    """Return what to write behind `in` of a loop over a set."""
    domain = constant_text(translator, node, context)
    node, context = meaning_of(translator, node, context)
    of = element_type(translator, node, context)
    match node:
        case syntax.SetEnumeration(elements=(_, *_) as parts):
            found = [stored(translator.expression(part, context)) for part in parts]
            inner = ", ".join(part.text for part in found)
            text = f"({inner},)" if len(found) == 1 else f"({inner})"
            return Elements(text, of, all_total(found), domain)
        case syntax.Name(name="BOOLEAN"):
            return Elements("(False, True)", BOOLEAN, is_total=True, domain=domain, is_sorted=True)
        case syntax.Prefix(operator="SUBSET", operand=operand):
            base = elements(translator, operand, context)
            translator.support.add("subsets")
            return Elements(f"subsets({base.text})", of, base.is_total, domain)
        case syntax.FunctionSet(domain=arguments, codomain=results):
            sides = elements(translator, arguments, context), elements(translator, results, context)
            translator.support.add("functions")
            text = f"functions({sides[0].text}, {sides[1].text})"
            return Elements(text, of, all(side.is_total for side in sides), domain)
        case syntax.Product(factors=factors):
            parts_ = [elements(translator, factor, context) for factor in factors]
            translator.support.add("product")
            text = f"product({', '.join(part.text for part in parts_)})"
            return Elements(text, of, all(part.is_total for part in parts_), domain)
        case syntax.RecordSet(fields=fields):
            return _records(translator, fields, context, domain)
        case syntax.Prefix(operator="DOMAIN", operand=operand):
            return _arguments(translator, operand, context, of, domain)
        case _:
            return _iterable(translator, node, context, domain)


def _records(
    translator: Translator, fields: tuple[syntax.FieldValue, ...], context: Context, domain: str
) -> Elements:
    """Return the loop over a set of records: a generator over the sets of the fields."""
    names: list[str] = []
    clauses: list[str] = []
    total = True
    types: dict[str, Type] = {}
    for each in fields:
        over = elements(translator, each.value, context)
        identifier = local_name(each.name, context.taken | set(names))
        names.append(identifier)
        types[each.name] = over.type
        clauses.append(f"for {identifier} in {over.text}")
        total = total and over.is_total
    found = translator.record(types)
    pairs = zip((found.attributes[name] for name in types), names, strict=True)
    inner = ", ".join(f"{attribute}={name}" for attribute, name in pairs)
    text = f"({found.identifier}({inner}) {' '.join(clauses)})"
    return Elements(text, RecordOf(tuple(sorted(types))), total, domain)


def _arguments(
    translator: Translator, operand: syntax.Expression, context: Context, of: Type, domain: str
) -> Elements:
    function = translator.expression(operand, context)
    match function.type:
        case FunctionOf():
            return Elements(function.at(OR), of, function.is_total, domain)
        case _:
            found = translator.expression(syntax.Prefix(operand.span, "DOMAIN", operand), context)
            return Elements(found.text, of, found.is_total, domain)


def _iterable(
    translator: Translator, node: syntax.Expression, context: Context, domain: str
) -> Elements:
    found = translator.expression(node, context)
    kind = found.type if isinstance(found.type, SetOf) else SetOf(UNKNOWN)
    if translator.is_settled and not isinstance(found.type, SetOf):
        raise unsupported(f"`{text_of(node)[:60]}` is not known to be a set", node.span)
    return Elements(found.at(OR), kind.element, found.is_total, domain, kind.is_range)


def bind_bounds(
    translator: Translator, bounds: tuple[syntax.Bound, ...], context: Context
) -> tuple[list[str], Context, bool]:
    """Return the `for x in S` clauses of bounds, the context inside, and whether all are total."""
    clauses: list[str] = []
    total = True
    inner = context
    for bound in bounds:
        over = elements(translator, bound.domain, context)
        total = total and over.is_total
        if bound.is_tuple:
            names, inner = _bind_pattern(translator, bound, over, inner)
            clauses.append(f"for {', '.join(names)} in {over.text}")
            continue
        for name in bound.names:
            identifier, inner = inner.bind(name.name, over.type, over.domain)
            clauses.append(f"for {identifier} in {over.text}")
    return clauses, inner, total


def _bind_pattern(
    translator: Translator, bound: syntax.Bound, over: Elements, context: Context
) -> tuple[list[str], Context]:
    count = len(bound.names)
    types: tuple[Type, ...] = (UNKNOWN,) * count
    if isinstance(over.type, TupleOf) and len(over.type.elements) == count:
        types = over.type.elements
    elif translator.is_settled:
        raise unsupported("this pattern does not fit what is known of the set", bound.span)
    names = []
    for name, of in zip(bound.names, types, strict=True):
        identifier, context = context.bind(name.name, of)
        names.append(identifier)
    return names, context


# ----------------------------------------------------------------------------------- set algebra


def set_operand(translator: Translator, node: syntax.Expression, context: Context) -> Fragment:
    """Return a set as a frozenset."""
    found = stored(translator.expression(node, context))
    if translator.is_settled and not isinstance(found.type, SetOf):
        raise unsupported(f"`{text_of(node)[:60]}` is not known to be a set", node.span)
    return found


def _algebra(operator: str, precedence: int) -> Operation:
    def translate(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
        left = set_operand(translator, node.left, context)
        right = set_operand(translator, node.right, context)
        kind = join(left.type, right.type) if operator == "|" else left.type
        return binary(operator, precedence, left, right, kind)

    return translate


ALGEBRA: dict[str, Operation] = {
    "\\cup": _algebra("|", UNION),
    "\\cap": _algebra("&", INTERSECTION),
    "\\": _algebra("-", SUM),
}
"""The infix operators that make a set of two."""


def translate_enumeration(
    translator: Translator, node: syntax.SetEnumeration, context: Context
) -> Fragment:
    """Return a SetEnumeration in Python."""
    parts = [stored(translator.expression(each, context)) for each in node.elements]
    kind = SetOf(join_all([part.type for part in parts]))
    if not parts:
        return Fragment("frozenset()", kind)
    text = f"frozenset({{{', '.join(part.text for part in parts)}}})"
    return Fragment(text, kind, is_total=all_total(parts))


def translate_filter(translator: Translator, node: syntax.SetFilter, context: Context) -> Fragment:
    """Return a SetFilter in Python."""
    clauses, inner, total = bind_bounds(translator, (node.bound,), context)
    test = translator.expression(node.predicate, inner)
    over = element_type(translator, node.bound.domain, context)
    names = clauses[0].removeprefix("for ").partition(" in ")[0]
    head = f"({names})" if node.bound.is_tuple else names
    text = f"frozenset({head} {clauses[0]} if {test.at(OR)})"
    return Fragment(text, SetOf(over), is_total=total and test.is_total)


def translate_map(translator: Translator, node: syntax.SetMap, context: Context) -> Fragment:
    """Return a SetMap in Python."""
    clauses, inner, total = bind_bounds(translator, node.bounds, context)
    element = stored(translator.expression(node.element, inner))
    text = f"frozenset({element.at(1)} {' '.join(clauses)})"
    return Fragment(text, SetOf(element.type), is_total=total and element.is_total)


def translate_space(translator: Translator, node: syntax.Expression, context: Context) -> Fragment:
    """Return a Product or FunctionSet or RecordSet in Python."""
    over = elements(translator, node, context)
    return Fragment(f"frozenset({over.text})", SetOf(over.type), is_total=over.is_total)


# ------------------------------------------------------------------------- quantifiers and CHOOSE


def translate_quantified(
    translator: Translator, node: syntax.Quantified, context: Context
) -> Fragment:
    """Return a Quantified in Python."""
    clauses, inner, total = bind_bounds(translator, node.bounds, context)
    body, condition = node.body, ""
    while isinstance(body, syntax.Parentheses):
        body = body.expression
    if node.quantifier == "\\A" and isinstance(body, syntax.Infix) and body.operator == "=>":
        premise = translator.expression(body.left, inner)
        body, total = body.right, total and premise.is_total
        condition = f" if {premise.at(OR)}"
    test = translator.expression(body, inner)
    word = "all" if node.quantifier == "\\A" else "any"
    text = f"{word}({test.at(1)} {' '.join(clauses)}{condition})"
    return Fragment(text, BOOLEAN, is_total=total and test.is_total)


def translate_choose(translator: Translator, node: syntax.Choose, context: Context) -> Fragment:
    """Return a Choose in Python."""
    if node.domain is None:
        raise unsupported("an unbounded CHOOSE is not translated", node.span)
    over = elements(translator, node.domain, context)
    names = ", ".join(name.name for name in node.names)
    bound = syntax.Bound(node.span, node.names, node.is_tuple, node.domain)
    if node.is_tuple:
        raise unsupported(f"CHOOSE of a tuple <<{names}>> is not translated", node.span)
    _, inner, _ = bind_bounds(translator, (bound,), context)
    chosen = inner.names[node.names[0].name]
    assert isinstance(chosen, Fragment)
    ordered = over.text if over.is_sorted else f"sorted({over.text})"
    if translator.is_settled and not _is_orderable(over.type):
        raise unsupported(
            "CHOOSE over a set whose elements Python does not sort as TLC does", node.span
        )
    test = translator.expression(node.body, inner)
    condition = "" if test.text == "True" else f" if {test.at(OR)}"
    translator.support.add("choose")
    text = f"choose({chosen.text} for {chosen.text} in {ordered}{condition})"
    return Fragment(text, over.type, is_total=False)


def in_order(translator: Translator, over: Elements) -> str:
    """Return the iterable in an order that is the same in each run."""
    if over.is_sorted or over.text.startswith("("):
        return over.text
    if _is_orderable(over.type):
        return f"sorted({over.text})"
    translator.support.add("order_key")
    return f"sorted({over.text}, key=order_key)"


def _is_orderable(of: Type) -> bool:
    """Whether Python sorts values of this type as the canonical order of values does."""
    if isinstance(of, TupleOf):
        return all(map(_is_orderable, of.elements))
    return isinstance(of, Boolean | Integer | Text | Unknown)
