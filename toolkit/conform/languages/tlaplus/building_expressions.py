"""From the parser's reductions to nodes: the expressions of `grammar.lark`.

Every method takes the list of the children of its rule: tokens, nodes, lists of either. A chain
(`folding.Chain`) stays flat until the end of its expression is known.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.building_paths import (
    as_reference,
    as_segment,
    join,
    label_of,
    refuse_selectors,
    without_arguments,
)
from conform.languages.tlaplus.comprehensions import (
    bounds_of,
    comprehension,
    enumerated,
    refuse_begun_bounds,
    refuse_bound,
    refuse_bounds,
    without_names,
)
from conform.languages.tlaplus.folding import Chain, check, check_label, fold, postfixed
from conform.languages.tlaplus.heads import DEFINABLE_PREFIXES
from conform.languages.tlaplus.literals import number_value, spaced_decimal, string_value
from conform.languages.tlaplus.operators import canonical
from conform.languages.tlaplus.scanning import NUMBER_SETS
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span

Parts: TypeAlias = list[Any]
"""Children of a rule, of the types that the grammar says."""


_BRACKETS = frozenset({"LPAR", "LSQB", "LBRACE", "LANGLE"})
_OPERATORS = frozenset({"INFIX", "EQUAL", "MINUS", "ELEMENT", "PREFIX"})


def identifier(token: Token) -> tree.Identifier:
    return tree.Identifier(token.span, token.text)


class _Lists:
    """Rules that only gather."""

    def nothing(self, parts: Parts) -> Parts:
        return parts

    def first(self, parts: Parts) -> Any:
        return parts[0]

    def second(self, parts: Parts) -> Any:
        return parts[1]

    def first_of_list(self, parts: Parts) -> Parts:
        return parts

    def extended(self, parts: Parts) -> Parts:
        parts[0].append(parts[1])
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar

    def appended(self, parts: Parts) -> Parts:
        parts[0].append(parts[-1])
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar

    def separated(self, parts: Parts) -> Parts:
        parts[0].extend(parts[1:])
        return parts[0]  # type: ignore[no-any-return]  # chains and the commas between them

    def first_name(self, parts: Parts) -> Parts:
        return [identifier(parts[0])]

    def next_name(self, parts: Parts) -> Parts:
        parts[0].append(identifier(parts[2]))
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar


class _Operands(_Lists):
    """Names, literals, calls, paths, and what brackets enclose."""

    def __init__(self) -> None:
        self._deferred: list[tuple[tree.Expression, ReadingError]] = []

    def lone_symbol(self, parts: Parts) -> tree.Expression:
        """An operator that stands where an operand should: legal as an argument alone."""
        symbol = tree.OperatorSymbol(parts[0].span, canonical(parts[0].text))
        wants_operand = symbol.operator in DEFINABLE_PREFIXES and symbol.operator != "-."
        fault = ReadingError(
            f"`{parts[0].text}` has no operands",
            _after(symbol.span) if wants_operand else symbol.span,
            expected="an expression",
            hint="an operator stands alone only as an argument of another",
        )
        self._deferred.append((symbol, fault))
        return symbol

    def argument(self, parts: Parts) -> tree.Expression:
        argument: tree.Expression = parts[0]
        if isinstance(argument, tree.OperatorSymbol):
            self._deferred.pop()
            if argument.operator == "\\X":
                raise ReadingError("`\\X` builds products and cannot be passed on", argument.span)
        return argument

    def bare_bracket(self, parts: Parts) -> tree.Expression:
        """`[A]` without a subscript: SANY finds it wrong after all that is ill-formed."""
        refuse_begun_bounds(parts[1], parts[2])
        box = tree.Parentheses(join(parts[0], parts[2]), fold(parts[1][0]))
        fault = ReadingError(
            "`[` … `]` is neither an action with its subscript, a function nor a record",
            parts[0].span,
            expected="`]_` with a subscript, `|->` or `->`",
            hint="an action in brackets needs a subscript: [Next]_vars; a sequence is <<a, b>>",
        )
        self._deferred.append((box, fault))
        return box

    def late(self) -> list[ReadingError]:
        """Return what is wrong though it can be read on, in the order of the text."""
        faults = [fault for _, fault in self._deferred]
        return sorted(faults, key=lambda fault: (fault.span.line, fault.span.column))

    def interrupted(self, values: list[Any]) -> None:
        """Report a conflict of operators in a chain that a fault broke off: it stands before."""
        opener = ""
        for before, value, following in zip(
            [None, *values], values, [*values[1:], None], strict=False
        ):
            if isinstance(value, Token) and value.type in _BRACKETS:
                opener = value.type
            elif isinstance(value, Chain):
                is_operator = isinstance(following, Token) and following.type in _OPERATORS
                is_begun = isinstance(before, Token) and before.type in ("LBRACE", "COLON")
                is_bound = opener == "LSQB" or (opener == "LBRACE" and is_begun)
                chain = without_names(value) if is_bound else value
                check([*chain, following] if is_operator else chain)
            elif isinstance(value, list):
                for element in value:
                    if isinstance(element, Chain):
                        check(element)

    def number(self, parts: Parts) -> tree.Expression:
        token = parts[0]
        return tree.Number(token.span, number_value(token))

    def decimal(self, parts: Parts) -> tree.Expression:
        return tree.Decimal(parts[0].span, parts[0].text)

    def string(self, parts: Parts) -> tree.Expression:
        return tree.String(parts[0].span, string_value(parts[0].text))

    def at(self, parts: Parts) -> tree.Expression:
        return tree.At(parts[0].span)

    def lambda_(self, parts: Parts) -> tree.Expression:
        return tree.Lambda(join(parts[0], parts[3]), tuple(parts[1]), parts[3])

    # A path is a Name or Call while it has one segment, then a list of segments.

    def name(self, parts: Parts) -> tree.Expression:
        text = parts[0].text
        return tree.Name(parts[0].span, NUMBER_SETS.get(text, text))

    def call(self, parts: Parts) -> tree.Expression:
        return tree.Call(
            join(parts[0], parts[3]), canonical(parts[0].text), tuple(parts[2]), parts[1].span
        )

    def longer_path(self, parts: Parts) -> list[tree.Segment]:
        path, _, segment = parts
        segments = path if isinstance(path, list) else [as_segment(path)]
        segments.append(segment)
        return segments

    def first_path(self, parts: Parts) -> list[tree.Segment]:
        return [parts[0], parts[2]]

    def plain_segment(self, parts: Parts) -> tree.Segment:
        return tree.Segment(parts[0].span, canonical(parts[0].text), ())

    def call_segment(self, parts: Parts) -> tree.Segment:
        span = join(parts[0], parts[3])
        return tree.Segment(span, canonical(parts[0].text), tuple(parts[2]))

    def arguments_segment(self, parts: Parts) -> tree.Segment:
        return tree.Segment(join(parts[0], parts[2]), "", tuple(parts[1]))

    def reference(self, parts: Parts) -> tree.Expression:
        return as_reference(parts[0])

    def parentheses(self, parts: Parts) -> tree.Expression:
        return tree.Parentheses(join(parts[0], parts[2]), parts[1])

    def first_item(self, parts: Parts) -> Parts:
        return parts

    def junction(self, parts: Parts) -> tree.Expression:
        bullet, *items = parts[0]
        return tree.Junction(join(bullet, items[-1]), canonical(bullet.text), tuple(items))

    def empty_set(self, parts: Parts) -> tree.Expression:
        return tree.SetEnumeration(join(parts[0], parts[1]), ())

    def set_enumeration(self, parts: Parts) -> tree.Expression:
        return tree.SetEnumeration(join(parts[0], parts[2]), enumerated(parts[1]))

    def comprehension(self, parts: Parts) -> tree.Expression:
        return comprehension(join(parts[0], parts[4]), parts[1], parts[3], parts[4])

    def function_literal(self, parts: Parts) -> tree.Expression:
        bounds = bounds_of(parts[1], parts[2])
        return tree.FunctionLiteral(join(parts[0], parts[4]), bounds, parts[3])

    def function_set(self, parts: Parts) -> tree.Expression:
        refuse_bound(parts[1], parts[2])
        return tree.FunctionSet(join(parts[0], parts[4]), fold(parts[1]), parts[3])

    def record_literal(self, parts: Parts) -> tree.Expression:
        return tree.RecordLiteral(join(parts[0], parts[2]), tuple(parts[1]))

    def record_set(self, parts: Parts) -> tree.Expression:
        return tree.RecordSet(join(parts[0], parts[2]), tuple(parts[1]))

    def field(self, parts: Parts) -> tree.FieldValue:
        return tree.FieldValue(join(parts[0], parts[2]), parts[0].text, parts[2])

    def except_(self, parts: Parts) -> tree.Expression:
        refuse_bound(parts[1], parts[2])
        return tree.Except(join(parts[0], parts[4]), fold(parts[1]), tuple(parts[3]))

    def update(self, parts: Parts) -> tree.Update:
        return tree.Update(join(parts[0], parts[3]), tuple(parts[1]), parts[3])

    def index_selector(self, parts: Parts) -> tree.IndexSelector:
        return tree.IndexSelector(join(parts[0], parts[2]), tuple(parts[1]))

    def field_selector(self, parts: Parts) -> tree.FieldSelector:
        return tree.FieldSelector(join(parts[0], parts[1]), parts[1].text)

    def empty_tuple(self, parts: Parts) -> tree.Expression:
        return tree.TupleLiteral(join(parts[0], parts[1]), ())

    def tuple_literal(self, parts: Parts) -> tree.Expression:
        return tree.TupleLiteral(join(parts[0], parts[2]), _folded(parts[1]))

    def action_box(self, parts: Parts) -> tree.Expression:
        refuse_bound(parts[1], parts[2])
        refuse_selectors(parts[3])
        return tree.ActionBox(join(parts[0], parts[3]), fold(parts[1]), parts[3])

    def action_diamond(self, parts: Parts) -> tree.Expression:
        refuse_selectors(parts[3])
        folded = _folded(parts[1])
        node = tree.ActionDiamond(join(parts[0], parts[3]), folded[0], parts[3])
        if len(folded) > 1:
            self._deferred.append((node, _no_action(parts[2])))
        return node

    def empty_diamond(self, parts: Parts) -> tree.Expression:
        refuse_selectors(parts[2])
        none = tree.TupleLiteral(join(parts[0], parts[1]), ())
        node = tree.ActionDiamond(join(parts[0], parts[2]), none, parts[2])
        self._deferred.append((node, _no_action(parts[1])))
        return node

    def subscript_field(self, parts: Parts) -> tree.Expression:
        return tree.Field(join(parts[0], parts[2]), parts[0], parts[2].text)

    def subscript_application(self, parts: Parts) -> tree.Expression:
        return tree.Application(join(parts[0], parts[3]), parts[0], tuple(parts[2]))

    def fairness_of_call(self, parts: Parts) -> tree.Expression:
        """`WF_v(A)`: what looks like a call of v is the subscript v and the action A."""
        word, path = parts
        last: tree.Segment | tree.Call | tree.Name = path[-1] if isinstance(path, list) else path
        arguments = list(last.arguments) if not isinstance(last, tree.Name) else []
        if len(arguments) != 1:
            raise ReadingError(
                f"`{word.text}` needs a subscript and an action",
                word.span,
                expected=f"{word.text}vars(Action)",
                hint="fairness of an action names the variables and the action: WF_vars(Next)",
            )
        if isinstance(arguments[0], tree.OperatorSymbol | tree.Lambda):
            raise ReadingError(f"`{word.text}` needs an action, not an operator", arguments[0].span)
        subscript = without_arguments(path, arguments[0])
        refuse_selectors(subscript)
        return tree.Fairness(join(word, last), word.text[:2], subscript, arguments[0])

    def fairness_of_path(self, parts: Parts) -> tree.Expression:
        parts[1] = as_reference(parts[1])
        refuse_selectors(parts[1])
        return self.fairness(parts)

    def fairness(self, parts: Parts) -> tree.Expression:
        word, subscript, _, action, end = parts
        return tree.Fairness(join(word, end), word.text[:2], subscript, action)


class ExpressionBuilder(_Operands):
    """Chains, and the expressions that stretch to the right."""

    def begun_chain(self, parts: Parts) -> Chain:
        return Chain(parts)

    def formula(self, parts: Parts) -> tree.Expression:
        return parts[0]  # type: ignore[no-any-return]  # an expression, by the grammar

    def folded(self, parts: Parts) -> tree.Expression:
        return fold(parts[0])

    def closed_chain(self, parts: Parts) -> Chain:
        chain, last = parts
        if isinstance(last, tree.Labelled):
            before_operand = len(chain) == 1 or isinstance(chain[-2], Token)
            check_label(chain[-1], last, is_prefix=before_operand)
        chain.append(last)
        return chain  # type: ignore[no-any-return]  # a chain, by the grammar

    def folded_open(self, parts: Parts) -> tree.Expression:
        return fold(self.closed_chain(parts))

    def postfix(self, parts: Parts) -> Chain:
        return postfixed(parts[0], parts[1])

    def application(self, parts: Parts) -> Chain:
        chain: Chain = parts[0]
        function = chain[-1]
        assert isinstance(function, tree.Expression)
        refuse_bounds(parts[2], parts[3])
        chain[-1] = tree.Application(join(function, parts[3]), function, tuple(parts[2]))
        return chain

    def field_access(self, parts: Parts) -> Chain:
        chain: Chain = parts[0]
        record = chain[-1]
        assert isinstance(record, tree.Expression)
        chain[-1] = tree.Field(join(record, parts[2]), record, parts[2].text)
        return chain

    def spaced_decimal(self, parts: Parts) -> Chain:
        """`0 . 1`: as for SANY, a decimal number may have spaces in it."""
        chain, _, places = parts
        chain[-1] = spaced_decimal(chain[-1], places)
        return chain  # type: ignore[no-any-return]  # a chain, by the grammar

    def if_(self, parts: Parts) -> tree.Expression:
        return tree.If(join(parts[0], parts[5]), parts[1], parts[3], parts[5])

    def arm(self, parts: Parts) -> tree.Arm:
        return tree.Arm(join(parts[0], parts[2]), parts[0], parts[2])

    def case(self, parts: Parts) -> tree.Expression:
        return tree.Case(join(parts[0], parts[1][-1]), tuple(parts[1]), None)

    def case_other(self, parts: Parts) -> tree.Expression:
        return tree.Case(join(parts[0], parts[5]), tuple(parts[1]), parts[5])

    def let(self, parts: Parts) -> tree.Expression:
        return tree.Let(join(parts[0], parts[3]), tuple(parts[1]), parts[3])

    def pattern(self, parts: Parts) -> Parts:
        return parts

    def empty_pattern(self, parts: Parts) -> Parts:
        return [parts[0], [], parts[1]]

    def bound(self, parts: Parts) -> tree.Bound:
        names = parts[0]
        return tree.Bound(join(names[0], parts[2]), tuple(names), False, parts[2])

    def pattern_bound(self, parts: Parts) -> tree.Bound:
        begin, names, _ = parts[0]
        return tree.Bound(join(begin, parts[2]), tuple(names), True, parts[2])

    def quantified(self, parts: Parts) -> tree.Expression:
        quantifier = canonical(parts[0].text)
        return tree.Quantified(join(parts[0], parts[3]), quantifier, tuple(parts[1]), parts[3])

    def unbounded_quantified(self, parts: Parts) -> tree.Expression:
        span, quantifier = join(parts[0], parts[3]), canonical(parts[0].text)
        return tree.UnboundedQuantified(span, quantifier, tuple(parts[1]), parts[3])

    def choose(self, parts: Parts) -> tree.Expression:
        names = (identifier(parts[1]),)
        return tree.Choose(join(parts[0], parts[3]), names, False, None, parts[3])

    def bounded_choose(self, parts: Parts) -> tree.Expression:
        names = (identifier(parts[1]),)
        return tree.Choose(join(parts[0], parts[5]), names, False, parts[3], parts[5])

    def choose_tuple(self, parts: Parts) -> tree.Expression:
        names = tuple(parts[1][1])
        return tree.Choose(join(parts[0], parts[3]), names, True, None, parts[3])

    def bounded_choose_tuple(self, parts: Parts) -> tree.Expression:
        names = tuple(parts[1][1])
        return tree.Choose(join(parts[0], parts[5]), names, True, parts[3], parts[5])

    def labelled(self, parts: Parts) -> tree.Expression:
        label, colons, body = parts
        name, parameters = label_of(label, colons)
        return tree.Labelled(name.span.through(body.span), name, parameters, body)


def _folded(elements: Parts) -> tuple[tree.Expression, ...]:
    return tuple([fold(element) for element in elements[::2]])


def _no_action(closing: Token) -> ReadingError:
    """`<<A, B>>_v`: SANY reads it, and TLC looks at A alone."""
    return ReadingError(
        f"unexpected `{closing.text}`", closing.span, hint="<<A>>_v takes one action"
    )


def _after(span: Span) -> Span:
    """Return the place right after something: SANY wants the operand of a prefix operator there."""
    return Span(span.path, span.end_line, span.end_column + 1, span.end_line, span.end_column + 1)
