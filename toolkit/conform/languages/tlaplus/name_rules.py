"""What SANY asks of single nodes once it is known what their names stand for.

Source followed: SANY's Generator (tla2sany.semantic), where it reports what no grammar can refuse.
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.errors import ConformError, InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.subexpressions import without_arguments
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.sequents import is_no_formula
from conform.languages.tlaplus.symbols import Kind, Symbol
from conform.text import Span


def arguments(count: int) -> str:
    """Return `count` arguments in words."""
    return f"{count} argument" if count == 1 else f"{count} arguments"


def body_of(symbol: Symbol) -> syntax.Expression | None:
    """Return the body of what a symbol defines, None for what has none."""
    match symbol.unit:
        case syntax.OperatorDefinition() | syntax.Assumption() | syntax.Theorem() as unit:
            return unit.body
        case syntax.FunctionDefinition() as unit:
            return syntax.FunctionLiteral(unit.span, unit.bounds, unit.body)
        case _:
            return None


def head_of(unit: syntax.OperatorDefinition | syntax.FunctionDefinition) -> Span:
    """Return the span of a definition up to its name: LOCAL and a first operand stand before it."""
    return unit.span.through(unit.name.span)


def arguments_of(node: syntax.Node, name: str) -> Span:
    """Return the span of the arguments that a call of `name` gives: SANY counts them there.

    A segment of a path does not keep its parenthesis: it stands right after the name, as nearly
    always.
    """
    match node:
        case syntax.Call(span=span, opening=Span() as opening):
            return opening.through(span)
        case syntax.Segment(span=span, arguments=(_, *_)):
            column = span.column + len(name)
            return Span(span.path, span.line, column, span.end_line, span.end_column)
        case _:
            return node.span


def refuse_own_name(
    symbol: Symbol, names: Iterable[syntax.Identifier | syntax.Declaration]
) -> None:
    """Raise InputError for a definition that has its own name for a parameter: `n(n) == ...`."""
    if not symbol.is_promised and symbol.name in [each.name for each in names]:
        raise InputError(
            f"`{symbol.name}` is both what is defined and a parameter of it",
            span=symbol.span,
            hint="give the parameter another name",
        )


def refuse_count(symbol: Symbol, given: int, span: Span) -> None:
    """Raise InputError unless an operator is given as many arguments as it takes."""
    if symbol.arity != given:
        raise wrong_count(symbol.name, symbol.arity, given, span)


def wrong_count(name: str, arity: int, given: int, span: Span) -> InputError:
    """Return the error for an operator that is given too few arguments or too many."""
    return InputError(f"operator `{name}` takes {arguments(arity)}, but {given} given", span=span)


def refuse_sequent(symbol: Symbol, span: Span) -> None:
    """Raise InputError where the name of a theorem `ASSUME … PROVE …` is used as an expression."""
    body = body_of(symbol)
    if isinstance(_unlabelled(body), syntax.AssumeProve):
        raise InputError(
            f"`{symbol.name}` is an ASSUME/PROVE, and no expression",
            span=span,
            hint=f"select a part of it by its number: `{symbol.name}!1`",
        )
    if symbol.kind is Kind.STEP and (body is None or is_no_formula(body)):
        raise InputError(
            f"the step `{symbol.name}` states no formula that could stand here",
            span=span,
            expected="the name of a step that states a formula",
            hint="cite it after BY",
        )


def refuse_part_of_itself(symbol: Symbol, span: Span) -> None:
    """Raise InputError where a part of an operator is selected inside its RECURSIVE definition."""
    if symbol.is_promised:
        raise InputError(
            f"a part of `{symbol.name}` is selected before its definition ends",
            span=span,
            hint="give the part a name of its own",
        )


def refuse_in_subscript(symbol: Symbol | None, span: Span, given: Span) -> None:
    """Raise InputError for a call in a subscript, whose arguments `given` count for nothing.

    SANY passes over those of an operator that takes none, be they without a meaning; of WF and SF
    it refuses them. What is written has another meaning than what is checked, so it is refused.
    """
    if symbol is None:
        return
    if not symbol.arity and symbol.kind is not Kind.INSTANCE:
        raise InputError(
            f"`{symbol.name}` takes no arguments, and gets some in a subscript",
            span=given,
            hint=f"write `{symbol.name}` alone: TLC would pass over what is in the parentheses",
        )
    if symbol.arity:
        raise InputError(
            f"operator `{symbol.name}` stands in a subscript, where it gets no arguments",
            span=span,
            expected="a name, or an expression in parentheses",
            hint="write the subscript in parentheses: [A]_(B(x))",
        )


def refuse_higher(passed: Iterable[Symbol], wanted_by: Symbol, span: Span) -> None:
    """Raise InputError for an operator that is passed on, and takes operators itself."""
    if any(any(each.parameters) for each in passed):
        raise InputError(
            f"`{wanted_by.name}` wants an operator that takes expressions, and this one takes "
            "an operator",
            span=span,
            hint="write a LAMBDA that passes it on",
        )


def without_parts(symbol: Symbol, span: Span, *, is_standard: bool) -> ConformError:
    """Return the error for a selected part of what has no text: SANY has that of its modules."""
    if is_standard:
        return UnsupportedError(
            f"a part of the standard operator `{symbol.name}` is selected, whose text is not kept",
            span=span,
            hint="write the part out",
        )
    return InputError(
        f"`{symbol.name}` has no definition, of which a part could be selected", span=span
    )


def refuse_selected_sequent(part: syntax.Expression, span: Span) -> None:
    """Raise InputError where selectors lead to an ASSUME/PROVE."""
    if isinstance(_unlabelled(part), syntax.AssumeProve):
        raise InputError("an ASSUME/PROVE is selected here, and no expression", span=span)


def refuse_given(path: syntax.Path, wanted_by: str) -> None:
    """Raise InputError for a path that is passed as an operator, and has arguments."""
    for segment in path.segments:
        if segment.arguments:
            raise InputError(
                f"{wanted_by} wants an operator here, and this path has arguments",
                span=segment.span,
                hint="write a LAMBDA, or leave the arguments away to make them parameters",
            )


def refuse_operator(
    body: syntax.Expression, selectors: tuple[syntax.Segment, ...], span: Span
) -> None:
    """Raise InputError for `!@` in a path that is used as an expression."""
    if any(selector.name == "@" for selector in selectors):
        without_arguments(body, selectors)
        raise InputError(
            "a path with `!@` is an operator, which is used without arguments here",
            span=span,
            hint="give values for the names bound there: `!(x, y)`",
        )


def refuse_label(node: syntax.Node) -> None:
    """Raise InputError for a label in what has no name: nothing could name the label.

    Definitions in a LET are passed over: a label in one is named after it.
    """
    if isinstance(node, syntax.Labelled):
        raise InputError(
            f"the label `{node.label.name}` stands in no definition",
            span=node.span,
            hint="name the statement, `ASSUME Name == ...` or `<1>1.`, or drop the label",
        )
    for child in children(node):
        if not isinstance(child, syntax.Unit):
            refuse_label(child)


def refuse_other_arguments(symbol: Symbol, node: syntax.Application) -> None:
    """Raise InputError where a function gets several arguments, and another number than it takes.

    One argument may be a tuple.
    """
    unit, given = symbol.unit, len(node.arguments)
    if not isinstance(unit, syntax.FunctionDefinition) or given == 1:
        return
    taken = sum(1 if bound.is_tuple else len(bound.names) for bound in unit.bounds)
    if taken != given:
        raise InputError(
            f"the function `{symbol.name}` is defined with {arguments(taken)}, and gets {given}",
            span=node.span,
        )


def refuse_same_fields(fields: Iterable[syntax.FieldValue]) -> None:
    """Raise InputError for a field that a record has twice."""
    seen: set[str] = set()
    for field in fields:
        if field.name in seen:
            raise InputError(f"the field `{field.name}` is there twice", span=field.span)
        seen.add(field.name)


def refuse_in_recursion(unit: syntax.Unit, known: Iterable[Symbol]) -> None:
    """Raise InputError for a unit that may not stand where one of the symbols awaits a definition.

    That is between a RECURSIVE declaration and what it announces: there are definitions alone.
    """
    if not isinstance(unit, _NOT_IN_RECURSION):
        return
    waiting = next((symbol for symbol in known if symbol.is_promised), None)
    if waiting is not None:
        raise InputError(
            f"this cannot stand between `RECURSIVE {waiting.name}` and its definition",
            span=unit.span,
            hint=f"move it before the declaration of `{waiting.name}`, or after its definition",
        )


_NOT_IN_RECURSION = (
    syntax.Constants,
    syntax.Variables,
    syntax.Assumption,
    syntax.Theorem,
    syntax.UseOrHide,
    syntax.Module,
)


def repeats(known: Symbol | None, new: syntax.New) -> bool:
    """Return whether a NEW says again what one before it said."""
    match known:
        case Symbol(unit=syntax.New(kind=kind, declaration=declaration)):
            return kind == new.kind and declaration.arity == new.declaration.arity
        case _:
            return False


def is_filter_meant(element: syntax.Infix, blamed: Span | None) -> bool:
    r"""Return whether `{x \in S | p}` was meant as a filter; what is unknown in it is blamed."""
    return element.left.span == blamed or _is_bar(element.right, blamed)


def _is_bar(node: syntax.Expression, blamed: Span | None) -> bool:
    """Return whether a `|` outside all brackets stands where something is blamed."""
    return isinstance(node, syntax.Infix) and (
        (node.operator == "|" and node.operator_span == blamed)
        or _is_bar(node.left, blamed)
        or _is_bar(node.right, blamed)
    )


def bare(node: syntax.Expression) -> syntax.Expression:
    """Return what stands in parentheses."""
    while isinstance(node, syntax.Parentheses):
        node = node.expression
    return node


def _unlabelled(node: syntax.Expression | None) -> syntax.Expression | None:
    while isinstance(node, syntax.Labelled | syntax.Parentheses):
        node = node.expression
    return node
