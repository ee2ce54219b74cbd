"""`x \\in S` and `S \\subseteq T`, by what S is and mostly without building it."""

from __future__ import annotations

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.fragments import (
    COMPARISON,
    FALSE,
    OR,
    TRUE,
    Fragment,
    all_total,
    comparison,
    conjunction,
    disjunction,
    negated,
)
from conform.languages.tlaplus.translation.naming import local_name
from conform.languages.tlaplus.translation.sets import (
    element_type,
    elements,
    is_lazy,
    meaning_of,
    set_operand,
)
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
    UNKNOWN,
    FunctionOf,
    Mixed,
    RecordOf,
    SequenceOf,
    SetOf,
    TupleOf,
    Type,
    may_be_equal,
)


def _in(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    element = stored(translator.expression(node.left, context))
    return member(translator, element, node.right, context)


def _not_in(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    return negated(_in(translator, node, context))


def _subset_of(translator: Translator, node: syntax.Infix, context: Context) -> Fragment:
    if is_lazy(translator, node.right, context):
        over = elements(translator, node.left, context)
        return _each(translator, over.text, over.type, node.right, context, over.is_total)
    left = set_operand(translator, node.left, context)
    right = set_operand(translator, node.right, context)
    return comparison("<=", left, right, is_ordered=False)


def member(
    translator: Translator, element: Fragment, node: syntax.Expression, context: Context
) -> Fragment:
    """Return `element \\in node`."""
    node, context = meaning_of(translator, node, context)
    element = translator.hinted(element, element_type(translator, node, context))
    match node:
        case syntax.Infix(operator="..", left=left, right=right):
            return _between(translator, element, left, right, context)
        case syntax.SetEnumeration(elements=parts):
            return _one_of(translator, element, parts, context)
        case syntax.Name(name="Nat"):
            return comparison(">=", element, Fragment("0", INTEGER))
        case syntax.Name(name="Int" | "BOOLEAN" | "STRING" as name) if name not in context.names:
            kind = {"Int": "int", "BOOLEAN": "bool", "STRING": "str"}[name]
            return Fragment(
                f"isinstance({element.text}, {kind})", BOOLEAN, is_total=element.is_total
            )
        case syntax.Infix(operator="\\cup", left=left, right=right):
            sides = [member(translator, element, side, context) for side in (left, right)]
            return disjunction(sides)
        case syntax.Infix(operator="\\cap", left=left, right=right):
            sides = [member(translator, element, side, context) for side in (left, right)]
            return conjunction(sides)
        case syntax.Infix(operator="\\", left=left, right=right):
            inside = member(translator, element, left, context)
            return conjunction([inside, negated(member(translator, element, right, context))])
        case syntax.SetFilter(bound=bound, predicate=predicate) if not bound.is_tuple:
            names = {bound.names[0].name: element}
            inside = member(translator, element, bound.domain, context)
            test = translator.expression(predicate, context.with_names(names))
            return conjunction([inside, test])
        case _:
            return _in_space(translator, element, node, context)


def _in_space(
    translator: Translator, element: Fragment, node: syntax.Expression, context: Context
) -> Fragment:
    match node:
        case syntax.Prefix(operator="SUBSET", operand=operand):
            _require(translator, element, SetOf, node)
            return _all_in(translator, element.at(OR), element, operand, context)
        case syntax.Call(operator="Seq", arguments=(base,)):
            _require(translator, element, SequenceOf | TupleOf, node)
            return _all_in(translator, element.at(OR), element, base, context)
        case syntax.FunctionSet(domain=domain, codomain=codomain):
            _require(translator, element, FunctionOf, node)
            keys = stored(translator.expression(domain, context))
            arguments = replace(element, text=f"{element.at(13)}.keys()", precedence=13)
            same = comparison("==", arguments, keys)
            values = f"{element.at(13)}.values()"
            return conjunction([same, _all_in(translator, values, element, codomain, context)])
        case syntax.RecordSet(fields=fields):
            return _in_records(translator, element, fields, node, context)
        case syntax.Product(factors=factors):
            return _in_product(translator, element, factors, node, context)
        case _:
            found = translator.expression(node, context)
            held = found.type.element if isinstance(found.type, SetOf) else UNKNOWN
            if translator.is_settled:
                if not isinstance(found.type, SetOf):
                    raise unsupported(f"`{text_of(node)[:60]}` is not known to be a set", node.span)
                if not may_be_equal(held, element.type):
                    raise unsupported("membership between values of different kinds", node.span)
            return comparison("in", element, found)


def _between(
    translator: Translator,
    element: Fragment,
    left: syntax.Expression,
    right: syntax.Expression,
    context: Context,
) -> Fragment:
    low = translator.hinted(translator.expression(left, context), INTEGER)
    high = translator.hinted(translator.expression(right, context), INTEGER)
    middle = COMPARISON + 1
    text = f"{low.at(middle)} <= {element.at(middle)} <= {high.at(middle)}"
    return Fragment(text, BOOLEAN, COMPARISON, all_total([low, element, high]))


def _one_of(
    translator: Translator,
    element: Fragment,
    parts: tuple[syntax.Expression, ...],
    context: Context,
) -> Fragment:
    if not parts:
        return FALSE
    found = [stored(translator.expression(part, context)) for part in parts]
    if translator.is_settled:
        for node, part in zip(parts, found, strict=True):
            if not may_be_equal(element.type, part.type):
                raise unsupported("membership between values of different kinds", node.span)
    if len(found) == 1:
        return comparison("==", element, found[0])
    inner = Fragment(f"{{{', '.join(part.text for part in found)}}}", SetOf(element.type))
    return comparison("in", element, replace(inner, is_total=all_total(found)))


def _all_in(
    translator: Translator,
    text: str,
    whole: Fragment,
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    match whole.type:
        case FunctionOf(result=of) | SetOf(element=of) | SequenceOf(element=of):
            return _each(translator, text, of, node, context, whole.is_total)
        case TupleOf(elements=types):
            of = types[0] if types else UNKNOWN
            return _each(translator, text, of, node, context, whole.is_total)
        case _:
            return _each(translator, text, UNKNOWN, node, context, whole.is_total)


def _each(
    translator: Translator,
    text: str,
    of: Type,
    node: syntax.Expression,
    context: Context,
    total: bool,
) -> Fragment:
    wanted = "entry" if isinstance(of, RecordOf) else "value"
    identifier = _fresh(wanted, context)
    within = replace(context, taken=context.taken | {identifier})
    test = member(translator, Fragment(identifier, of), node, within)
    if test.text == TRUE.text:
        return TRUE
    return Fragment(
        f"all({test.at(1)} for {identifier} in {text})", BOOLEAN, is_total=total and test.is_total
    )


def _fresh(wanted: str, context: Context) -> str:
    return wanted if wanted not in context.taken else local_name(f"inner_{wanted}", context.taken)


def _in_records(
    translator: Translator,
    element: Fragment,
    fields: tuple[syntax.FieldValue, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    names = tuple(sorted(each.name for each in fields))
    if not isinstance(element.type, RecordOf):
        _require(translator, element, RecordOf, node)
        return TRUE
    if element.type.fields != names:
        return FALSE
    record = translator.records[names]
    tests = []
    for each in fields:
        attribute = f"{element.at(13)}.{record.attributes[each.name]}"
        part = Fragment(attribute, record.types[each.name], is_total=element.is_total)
        tests.append(member(translator, part, each.value, context))
    return conjunction(tests)


def _in_product(
    translator: Translator,
    element: Fragment,
    factors: tuple[syntax.Expression, ...],
    node: syntax.Expression,
    context: Context,
) -> Fragment:
    if not isinstance(element.type, TupleOf):
        _require(translator, element, TupleOf, node)
        return TRUE
    if len(element.type.elements) != len(factors):
        return FALSE
    tests = []
    for place, (factor, of) in enumerate(zip(factors, element.type.elements, strict=True)):
        part = Fragment(f"{element.at(13)}[{place}]", of, is_total=element.is_total)
        tests.append(member(translator, part, factor, context))
    return conjunction(tests)


def _require(
    translator: Translator, element: Fragment, kind: object, node: syntax.Expression
) -> None:
    """Raise UnsupportedError unless the element is known to be of the set's kind."""
    if not translator.is_settled or isinstance(element.type, kind):  # type: ignore[arg-type]
        return
    what = "a value of several kinds" if isinstance(element.type, Mixed) else "this value"
    raise unsupported(
        f"whether {what} is in `{text_of(node)[:60]}` depends on what its type does not tell",
        node.span,
    )


MEMBERSHIP: dict[str, Operation] = {"\\in": _in, "\\notin": _not_in, "\\subseteq": _subset_of}
"""The infix operators that ask what is in a set."""
