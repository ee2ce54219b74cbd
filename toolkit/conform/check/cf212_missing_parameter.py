"""A constant is declared or bound in one place and missing in another.

What it means
    The constants of a protocol are written down several times: in the document's section on them,
    in tables of parameters, in the CONSTANTS of the module, at the top of a FizzBee model. One of
    these lacks a constant that others have. Whoever reads the table does not know what was checked,
    and whoever reads the model does not know what the constant stands for.

Example
    CONSTANTS Workers, MaxLockVersion     beside a table of parameters with `Workers` alone

What to do
    Add the row, or the constant; remove what is left over from an earlier version. In a FizzBee
    model MAX_BATCH stands for `MaxBatch`, and COMPACT_END for `CompactRangeEnd`; constants that are
    only names for values (IDLE = "IDLE") need no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import names_for
from conform.check.texts.belonging import folded
from conform.check.texts.parameter_tables import ParameterTable, parameter_tables
from conform.check.texts.short_names import counterparts
from conform.domain.finding import Code, Finding
from conform.domain.spec import Constant
from conform.text import Span, nearest

CODE = Code("CF212", "constant is missing in a table or a model")

_FEWEST_SHARED = 2
"""So many constants two models share before one that only the module has is missed."""

_SIZE = re.compile(r"-?\d+|[\[{(].*", re.DOTALL)
"""The values of constants that bound a model: numbers, and lists or sets."""


_TLA_ALONE = re.compile(
    r"\b(?:TLA\+|TLC)(?:[ -](?:model|config\w*))?[ -]only\b|\bonly in TLA\+", re.I
)


def missing_parameters(context: Context) -> Iterator[Finding]:
    """Yield a finding for each constant that a table, a document or a model lacks."""
    module = context.formal.get(Role.TLAPLUS)
    if module is not None:
        for table in parameter_tables(context):
            yield from _missing_in_table(context, table, module)
        yield from _missing_in_document(context, module)
        yield from _missing_in_module(context, module)
    fizzbee = context.formal.get(Role.FIZZBEE)
    if fizzbee is not None:
        yield from _missing_in_fizzbee(context, fizzbee)
        yield from _only_in_fizzbee(context, fizzbee)
    if module is not None and fizzbee is not None:
        yield from _only_in_module(context, module, fizzbee)


def _missing_in_table(
    context: Context, table: ParameterTable, module: FormalArtefact
) -> Iterator[Finding]:
    others = {row.name for each in parameter_tables(context) for row in each.rows}
    own = {
        row.name for each in parameter_tables(context) for row in each.rows if _same(each, table)
    }
    first = next(each for each in parameter_tables(context) if _same(each, table))
    if table != first:
        return
    for constant in _of_protocol(module) if _is_tabled(context, table) else ():
        if constant.name in own:
            continue
        elsewhere = f", and {module.checked_by} binds it" if module.bindings else ""
        close = nearest(constant.name, own - {found.name for found in module.spec.constants})
        yield _finding(
            context,
            f"the table of parameters has no row for `{constant.name}`, which "
            f"{module.spec.path} declares{elsewhere}",
            table.rows[0].span,
            f"did you mean it by `{close}`?" if close else "add the row",
        )
    known = {constant.name for constant in module.spec.constants}
    for name in sorted(own - known - {found.name for found in context.document.constants}):
        row = next(
            row for each in parameter_tables(context) for row in each.rows if row.name == name
        )
        close = nearest(name, known - others)
        yield _finding(
            context,
            f"the table of parameters has `{name}`, which {module.spec.path} does not declare",
            row.span,
            f"did you mean `{close}`?" if close else "declare it, or remove the row",
        )


def _of_protocol(module: FormalArtefact) -> Iterator[Constant]:
    """Yield the constants but those that a module for TLC adds to the module of the protocol.

    Nor those that are model values of their own name: `Null = Null` is a value and no parameter.
    """
    variables = {variable.span.path for variable in module.spec.variables}
    is_beside = bool(variables) and module.spec.path not in variables
    for constant in module.spec.constants:
        bound = module.bindings.get(constant.name)
        is_value = bound is not None and bound.value == constant.name
        if not is_value and not (is_beside and constant.span.path == module.spec.path):
            yield constant


def _same(one: ParameterTable, other: ParameterTable) -> bool:
    return one.document.path == other.document.path


def _is_tabled(context: Context, table: ParameterTable) -> bool:
    """Say whether values stand in a table: in a list, items may as well give none."""
    at = table.rows[0].span
    source = context.sources.get(at.path)
    return source is None or source.line(at.line).lstrip().startswith("|")


def _missing_in_document(context: Context, module: FormalArtefact) -> Iterator[Finding]:
    declared = {found.name for found in context.document.constants}
    if not declared:
        return
    for constant in _of_protocol(module):
        if constant.name not in declared and not _is_mapped(context, constant.name):
            close = nearest(constant.name, declared)
            yield _finding(
                context,
                f"constant `{constant.name}` of {module.spec.path} is none of the constants of "
                f"{context.document.path}",
                constant.span,
                f"did you mean `{close}`?" if close else "describe it in the document",
            )


def _is_mapped(context: Context, name: str) -> bool:
    constants = context.document.constants
    return any(name in names_for(context, found, Role.TLAPLUS) for found in constants)


def _missing_in_module(context: Context, module: FormalArtefact) -> Iterator[Finding]:
    known = module.known_names()
    for constant in context.document.constants:
        if known.isdisjoint(names_for(context, constant, Role.TLAPLUS)):
            close = nearest(constant.name, known)
            yield _finding(
                context,
                f"constant `{constant.name}` of the document is not declared in {module.spec.path}",
                constant.span,
                f"did you mean `{close}`?" if close else "declare it, or correct the document",
            )


def _missing_in_fizzbee(context: Context, fizzbee: FormalArtefact) -> Iterator[Finding]:
    named = _counterparts(context, fizzbee)
    for name, span in _constants_of_protocol(context):
        if _is_left_to_tla(context, span):
            continue
        if name not in named and not _bounds_search(context, name):
            yield _finding(
                context,
                f"constant `{name}` has no counterpart in {fizzbee.spec.path}",
                span,
                f"add it to the model, as {_shouted(name)}",
            )


def _bounds_search(context: Context, name: str) -> bool:
    """Say whether the module needs a constant for its CONSTRAINT alone, and nowhere else.

    FizzBee bounds its own search, where a document says by which option.
    """
    module = context.formal.get(Role.TLAPLUS)
    if module is None or not context.mentions("max_actions"):
        return False
    listed = {each.name for file in module.configurations for each in file.names("CONSTRAINT")}
    using = {
        place
        for place, definition in module.definitions.items()
        if name in re.findall(r"\w+", context.text_of(definition.span))
    }
    return bool(using) and using <= listed


def _counterparts(context: Context, fizzbee: FormalArtefact) -> dict[str, str]:
    """Return what the FizzBee model calls each constant that it has under some name."""
    declared = (constant.name for constant in fizzbee.spec.constants)
    names = (name for name, _span in _constants_of_protocol(context))
    return counterparts(names, (*fizzbee.bindings, *declared))


def _only_in_module(
    context: Context, module: FormalArtefact, fizzbee: FormalArtefact
) -> Iterator[Finding]:
    """Yield the constants that no document has, and the FizzBee model has under no name.

    Each constant of the model that is a number or a list has to be another one of the module.
    """
    constants = tuple(_of_protocol(module))
    stated = {name for name, _span in _constants_of_protocol(context)}
    declared = (constant.name for constant in fizzbee.spec.constants)
    named = counterparts((each.name for each in constants), (*fizzbee.bindings, *declared))
    sized = {
        name for name, binding in fizzbee.bindings.items() if _SIZE.fullmatch(binding.value.strip())
    }
    if not stated or len(named) < _FEWEST_SHARED or not sized <= set(named.values()):
        return
    for constant in constants:
        bound = module.bindings.get(constant.name)
        is_size = bound is not None and _SIZE.fullmatch(bound.value.strip())
        if is_size and constant.name not in stated | named.keys():
            yield _finding(
                context,
                f"constant `{constant.name}` of {module.spec.path} has no counterpart in "
                f"{fizzbee.spec.path}",
                constant.span,
                f"add it to the model, as {_shouted(constant.name)}",
            )


def _is_left_to_tla(context: Context, span: Span) -> bool:
    """Say whether the row of a constant says that TLA+ alone has it."""
    source = context.sources.get(span.path)
    return bool(source and _TLA_ALONE.search(source.line(span.line)))


def _constants_of_protocol(context: Context) -> Iterator[tuple[str, Span]]:
    found = {constant.name: constant.span for constant in context.document.constants}
    for table in parameter_tables(context):
        for row in table.rows:
            found.setdefault(row.name, row.span)
    yield from found.items()


def _shouted(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _only_in_fizzbee(context: Context, fizzbee: FormalArtefact) -> Iterator[Finding]:
    known = {folded(name) for name, _span in _constants_of_protocol(context)}
    named = set(_counterparts(context, fizzbee).values())
    for name, binding in fizzbee.bindings.items():
        if not known or not _SIZE.fullmatch(binding.value.strip()) or context.mentions(name):
            continue
        is_close = any(folded(name) in each or each in folded(name) for each in known)
        if not is_close and name not in named:
            yield _finding(
                context,
                f"constant `{name}` of {fizzbee.spec.path} is mentioned in no document",
                binding.span,
                "describe it in the document, or remove it",
            )


def _finding(context: Context, message: str, span: Span, hint: str) -> Finding:
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)
