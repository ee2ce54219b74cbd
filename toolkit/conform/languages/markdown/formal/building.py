"""From trees of the grammar to the syntax of expressions."""

from __future__ import annotations

import itertools
from typing import TypeAlias

from lark import Token, Tree
from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.markdown.formal.evaluation.names import LITERAL_WORD, TRUE_SETS
from conform.languages.markdown.formal.syntax import (
    Apply,
    Binary,
    Bound,
    Boxed,
    Case,
    Choice,
    Definition,
    Except,
    Expression,
    Field,
    Filter,
    FunctionOf,
    FunctionSet,
    If,
    Image,
    Index,
    LetIn,
    Literal,
    Name,
    Quantified,
    RecordOf,
    RecordSet,
    SetOf,
    TupleOf,
    Unary,
    Update,
)
from conform.languages.markdown.manuscript import Fragment
from conform.text import Span

Node: TypeAlias = "Tree[Token] | Token"

MAX_DEPTH = 150
"""Levels of a formula; deeper ones are refused, as evaluation goes down as deep."""

OPERATORS = {
    "AND": "/\\",
    "OR": "\\/",
    "NOT": "~",
    "IMPLIES": "=>",
    "LEADSTO": "~>",
    "EQUIV": "<=>",
    "EQ": "=",
    "NE": "#",
    "LT": "<",
    "LE": "<=",
    "GT": ">",
    "GE": ">=",
    "IN": "\\in",
    "NOTIN": "\\notin",
    "SUBSETEQ": "\\subseteq",
    "CUP": "\\cup",
    "CAP": "\\cap",
    "SETMINUS": "\\",
    "DOTS": "..",
    "AT_AT": "@@",
    "COLON_GT": ":>",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "CROSS": "\\X",
    "DIV": "\\div",
    "MOD": "%",
    "CONCAT": "\\o",
    "POWER": "^",
    "BOX": "[]",
    "DIAMOND": "<>",
    "ENABLED": "ENABLED",
    "UNCHANGED": "UNCHANGED",
    "DOMAIN": "DOMAIN",
    "SUBSET": "SUBSET",
    "UNION": "UNION",
}
"""Terminal of the grammar → the operator's spelling in the syntax tree."""

_CHAINABLE = frozenset({"=", "<", "<=", ">", ">="})


class Builder:
    """Builds the syntax of one text, whose places are those of `text` in the document."""

    def __init__(self, text: Fragment) -> None:
        self.text = text
        self._depth = 0

    def formulas(self, tree: Tree[Token]) -> tuple[Expression, ...]:
        """Return the expressions of a `formula_line`."""
        return tuple(map(self.expression, tree.children))

    def definitions(self, tree: Tree[Token]) -> tuple[Definition, ...]:
        """Return the definitions of a `let_line`."""
        return tuple(self._definition(child) for child in _trees(tree))

    def bounds(self, node: Node) -> tuple[Bound, ...]:
        """Return the bounds of a `bounds` or `bound` node."""
        assert isinstance(node, Tree)
        if node.data == "bounds":
            return tuple(self._bound(child) for child in _trees(node))
        return (self._bound(node),)

    def span(self, node: Node) -> Span:
        """Return the place of a node in the document."""
        if isinstance(node, Token):
            return self.text.span(int(node.start_pos or 0), int(node.end_pos or 0))
        meta = node.meta
        return self.text.span(meta.start_pos, meta.end_pos)

    def refuse(self, node: Node, message: str, *, expected: str, hint: str = "") -> InputError:
        """Return the error about a node."""
        meta = node if isinstance(node, Token) else node.meta
        start, end = int(meta.start_pos or 0), int(meta.end_pos or 0)
        return self.text.refuse(message, start=start, end=end, expected=expected, hint=hint)

    def expression(self, node: Node) -> Expression:
        """Return the expression of a node."""
        assert isinstance(node, Tree)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.refuse(
                node,
                "the formula is nested too deeply",
                expected=f"at most {MAX_DEPTH} levels",
                hint="name parts of it as helpers",
            )
        try:
            built: Expression = getattr(self, f"_{node.data}")(node)
        finally:
            self._depth -= 1
        return built

    # ------------------------------------------------------------------------------- operators

    def _group(self, node: Tree[Token]) -> Expression:
        return self.expression(_trees(node)[0])

    def _binary(self, node: Tree[Token]) -> Expression:
        left, sign, right = node.children
        assert isinstance(sign, Token)
        operator = OPERATORS[sign.type]
        return Binary(self.span(node), operator, self.expression(left), self.expression(right))

    def _unary(self, node: Tree[Token]) -> Expression:
        sign, operand = node.children
        assert isinstance(sign, Token)
        operator = OPERATORS[sign.type]
        return Unary(self.span(node), operator, self.expression(operand))

    def _primed(self, node: Tree[Token]) -> Expression:
        return Unary(self.span(node), "'", self.expression(node.children[0]))

    def _comparison(self, node: Tree[Token]) -> Expression:
        """Build `a < b <= c` as `a < b /\\ b <= c`."""
        operands = [self.expression(child) for child in node.children[::2]]
        signs = [child for child in node.children[1::2] if isinstance(child, Token)]
        operators = [OPERATORS[sign.type] for sign in signs]
        if len(signs) > 1 and not _CHAINABLE.issuperset(operators):
            raise self.refuse(
                signs[1],
                f"`{signs[0]}` and `{signs[1]}` stand in one chain",
                expected="a chain of = < ≤ > ≥",
                hint="join two comparisons with ∧",
            )
        pairs = [
            _compared(Binary(left.span.through(right.span), operator, left, right))
            for operator, (left, right) in zip(operators, itertools.pairwise(operands), strict=True)
        ]
        joined: Expression = pairs[0]
        for pair in pairs[1:]:
            joined = Binary(joined.span.through(pair.span), "/\\", joined, pair)
        return joined

    # --------------------------------------------------------------------------------- primary

    def _name(self, node: Tree[Token]) -> Expression:
        return Name(self.span(node), str(node.children[0]))

    def _at(self, node: Tree[Token]) -> Expression:
        return Name(self.span(node), "@")

    def _number(self, node: Tree[Token]) -> Expression:
        digits = str(node.children[0])
        if len(digits) > 18:  # as wide as a number of 64 bits
            raise self.refuse(node, "the number is too large", expected="at most 18 digits")
        return Literal(self.span(node), int(digits))

    def _string(self, node: Tree[Token]) -> Expression:
        return Literal(self.span(node), str(node.children[0])[1:-1])

    def _truth(self, node: Tree[Token]) -> Expression:
        return Literal(self.span(node), str(node.children[0]).upper() in ("TRUE", "⊤"))

    def _empty_set(self, node: Tree[Token]) -> Expression:
        return SetOf(self.span(node), ())

    def _apply(self, node: Tree[Token]) -> Expression:
        return Apply(self.span(node), str(node.children[0]), self._all(_trees(node)))

    def _extreme(self, node: Tree[Token]) -> Expression:
        """Build `min {…}` or `max {…}`: the built-in operator, without its parentheses."""
        name = str(node.children[0]).capitalize()
        return Apply(self.span(node), name, self._all(_trees(node)))

    def _index(self, node: Tree[Token]) -> Expression:
        function, *arguments = _trees(node)
        return Index(self.span(node), self.expression(function), self._all(arguments))

    def _field(self, node: Tree[Token]) -> Expression:
        record, _dot, name = node.children
        return Field(self.span(node), self.expression(record), str(name))

    def _conditional(self, node: Tree[Token]) -> Expression:
        condition, consequent, alternative = self._all(_trees(node))
        return If(self.span(node), condition, consequent, alternative)

    def _cases(self, node: Tree[Token]) -> Expression:
        arms: list[tuple[Expression, Expression]] = []
        other: Expression | None = None
        for arm in _trees(node):
            test, _arrow, value = arm.children
            if other is not None:
                raise self.refuse(arm, "an arm stands behind OTHER", expected="OTHER as the last")
            if isinstance(test, Token):
                other = self.expression(value)
            else:
                arms.append((self.expression(test), self.expression(value)))
        return Case(self.span(node), tuple(arms), other)

    def _let_in(self, node: Tree[Token]) -> Expression:
        *definitions, body = _trees(node)
        named = tuple(self._definition(definition) for definition in definitions)
        return LetIn(self.span(node), named, self.expression(body))

    def _boxed(self, node: Tree[Token]) -> Expression:
        action, subscript = _trees(node)
        shown = self._subscript(subscript)
        return Boxed(self.span(node), self.expression(action), shown, is_box=True)

    def _angled(self, node: Tree[Token]) -> Expression:
        action, subscript = _trees(node)
        shown = self._subscript(subscript)
        return Boxed(self.span(node), self.expression(action), shown, is_box=False)

    def _subscript(self, node: Tree[Token]) -> Expression:
        if inner := _trees(node):
            return self.expression(inner[0])
        names = [Name(self.span(t), str(t)) for t in _tokens(node) if t.type == "NAME"]
        return names[0] if len(node.children) == 1 else TupleOf(self.span(node), tuple(names))

    # ------------------------------------------------------------------- quantifiers and choice

    def _quantified(self, node: Tree[Token]) -> Expression:
        sign = _tokens(node)[0]
        bounds, body = _trees(node)
        return self._quantifier(node, sign, self.bounds(bounds), self.expression(body))

    def _ranged(self, node: Tree[Token]) -> Expression:
        """Build a quantifier without a set: each name stands for its own range."""
        sign, *names = _tokens(node)
        bounds = tuple(
            Bound(self.span(name), (str(name),), Name(self.span(name), f"range of {name}"))
            for name in names
            if name.type == "NAME"
        )
        return self._quantifier(node, sign, bounds, self.expression(_trees(node)[0]))

    def _quantifier(
        self, node: Node, sign: Token, bounds: tuple[Bound, ...], body: Expression
    ) -> Expression:
        span = self.span(node)
        if sign.type == "NEXISTS":
            return Unary(span, "~", Quantified(span, "\\E", bounds, body))
        return Quantified(span, "\\A" if sign.type == "FORALL" else "\\E", bounds, body)

    def _choice(self, node: Tree[Token]) -> Expression:
        bound, body = _trees(node)
        return Choice(self.span(node), self._bound(bound), self.expression(body))

    # ----------------------------------------------------------------------- sets and functions

    def _set_of(self, node: Tree[Token]) -> Expression:
        return SetOf(self.span(node), self._all(_trees(node)))

    def _filter(self, node: Tree[Token]) -> Expression:
        bound, body = _trees(node)
        return Filter(self.span(node), self._bound(bound), self.expression(body))

    def _image(self, node: Tree[Token]) -> Expression:
        body, bounds = _trees(node)
        return Image(self.span(node), self.expression(body), self.bounds(bounds))

    def _function_of(self, node: Tree[Token]) -> Expression:
        bounds, body = _trees(node)
        return FunctionOf(self.span(node), self.bounds(bounds), self.expression(body))

    def _function_set(self, node: Tree[Token]) -> Expression:
        domain, values = self._all(_trees(node))
        return FunctionSet(self.span(node), domain, values)

    def _record_of(self, node: Tree[Token]) -> Expression:
        return RecordOf(self.span(node), self._fields(node))

    def _record_set(self, node: Tree[Token]) -> Expression:
        """Build `[f: S, g: T]`; with a number or a word as a field it is one record."""
        fields, span = self._fields(node), self.span(node)
        if any(_is_no_set(value) for _, value in fields):
            return RecordOf(span, fields)
        return RecordSet(span, fields)

    def _braced(self, node: Tree[Token]) -> Expression:
        """Build `{f: a, g: b}` or `(f: a, g: b)`, a record, or the set `{x : x \\in S}`."""
        fields = self._fields(node)
        match fields:
            case ((name, Binary(operator="\\in", left=Name() as left, right=right)),):
                token = _tokens(_trees(node)[0])[0]
                bound = Bound(left.span, (left.name,), right)
                return Image(self.span(node), Name(self.span(token), name), (bound,))
            case _:
                return RecordOf(self.span(node), fields)

    def _fields(self, node: Tree[Token]) -> tuple[tuple[str, Expression], ...]:
        pairs = _trees(node)
        names = [str(_tokens(pair)[0]) for pair in pairs]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise self.refuse(pairs[place], f"there are two fields {name}", expected="one")
        values = self._all([_trees(pair)[0] for pair in pairs])
        return tuple(zip(names, values, strict=True))

    def _tuple_of(self, node: Tree[Token]) -> Expression:
        return TupleOf(self.span(node), self._all(_trees(node)))

    def _except_(self, node: Tree[Token]) -> Expression:
        function, *updates = _trees(node)
        built = tuple(self._update(update) for update in updates)
        return Except(self.span(node), self.expression(function), built)

    def _update(self, node: Tree[Token]) -> Update:
        *steps, value = _trees(node)
        path = tuple(self._step(step) for step in steps)
        return Update(self.span(node), path, self.expression(value))

    def _step(self, node: Tree[Token]) -> Expression:
        if node.data == "step_field":
            return Literal(self.span(node), str(node.children[-1]))
        return argument(self.span(node), self._all(_trees(node)))

    def _definition(self, node: Tree[Token]) -> Definition:
        name = _tokens(node)[0]
        return Definition(self.span(name), str(name), self.expression(_trees(node)[0]))

    def _bound(self, node: Tree[Token]) -> Bound:
        names = tuple(str(token) for token in _tokens(node) if token.type == "NAME")
        return Bound(self.span(node), names, self.expression(_trees(node)[0]))

    def _all(self, nodes: list[Tree[Token]]) -> tuple[Expression, ...]:
        return tuple(map(self.expression, nodes))


def argument(span: Span, arguments: tuple[Expression, ...]) -> Expression:
    """Return what `f[a, b]` applies `f` to: a tuple, or the one argument itself."""
    return arguments[0] if len(arguments) == 1 else TupleOf(span, arguments)


def _trees(node: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in node.children if isinstance(child, Tree)]


def _tokens(node: Tree[Token]) -> list[Token]:
    return [child for child in node.children if isinstance(child, Token)]


def _is_no_set(value: Expression) -> bool:
    """Say whether a field certainly has a value that is no set: a number, a sum, a literal word."""
    match value:
        case Literal():
            return True
        case Binary(operator=operator):
            return operator in ("+", "-", "*")
        case Name(name=name):
            return LITERAL_WORD.fullmatch(name) is not None and name not in TRUE_SETS
        case _:
            return False


def _compared(found: Binary) -> Binary:
    """Return a comparison in which `[f: a, g: b]` beside a place is a record."""
    is_equation = found.operator in ("=", "#")
    if not is_equation or not isinstance(found.left, Index | Name | Field | Unary):
        return found
    return replace(found, right=as_value(found.right))


def as_value(found: Expression) -> Expression:
    """Return what stands where a value is stored: `[f: a, g: b]` there is a record.

    So it is in branches, and as a value of a function.
    """
    match found:
        case RecordSet(span=span, fields=fields):
            return RecordOf(span, fields)
        case If(consequent=consequent, alternative=alternative):
            return replace(
                found, consequent=as_value(consequent), alternative=as_value(alternative)
            )
        case FunctionOf(body=body) | LetIn(body=body):
            return replace(found, body=as_value(body))
        case Except(updates=updates):
            stored = tuple(replace(each, value=as_value(each.value)) for each in updates)
            return replace(found, updates=stored)
        case _:
            return found
