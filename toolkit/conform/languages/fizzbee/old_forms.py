"""The blocks `init:` and `invariants:` of early FizzBee, read as what took their place.

An `init:` block is Starlark: no choices and no flows. It becomes the action Init. The lines of an
`invariants:` block, `always x < 3`, have no names: they become assertions `invariant_1`,
`invariant_2` and so on.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from conform.domain.fairness import FairnessKind
from conform.errors import UnsupportedError
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.building_expressions import join, whole
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.syntax_expressions import Expression, Identifier, Name, Node
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span


def init_action(span: Span, word: Token, body: tree.Block) -> tree.Action:
    """Return the action that an `init:` block stands for.

    Raises ReadingError for what Starlark does not have there, and for a variable that is first
    assigned inside an `if` or a loop: it would be no variable of the state in an action.
    """
    for node in _statements(body):
        if not isinstance(node, _STARLARK) or (isinstance(node, tree.Block) and node.flow):
            raise ReadingError(
                "an `init:` block holds assignments, calls, `if` and `for`",
                node.span,
                hint="write the action `action Init:`, which can also choose",
            )
    _heed_inner_variables(body)
    name = Identifier(word.span, "Init")
    block = replace(body, flow=tree.Flow.ATOMIC)
    return tree.Action(span, tree.Flow.ATOMIC, FairnessKind.STRONG, name, block)


_STARLARK = (
    tree.Block,
    tree.If,
    tree.For,
    tree.Assign,
    tree.AugmentedAssign,
    tree.CallStatement,
    tree.ExpressionStatement,
    tree.Pass,
    tree.Break,
    tree.Continue,
)


_KINDS = (
    tree.AssertionKind.ALWAYS,
    tree.AssertionKind.ALWAYS_EVENTUALLY,
    tree.AssertionKind.EVENTUALLY_ALWAYS,
)


def _statements(root: Node) -> Iterator[tree.Statement]:
    """Yield the statements below a node in the order of the text."""
    for child in children(root):
        if isinstance(child, tree.Statement):
            yield child
        if not isinstance(child, Expression):
            yield from _statements(child)


def _heed_inner_variables(body: tree.Block) -> None:
    known: set[str] = set()
    for statement in body.statements:
        for node in (statement, *_statements(statement)):
            target = _assigned(node)
            if target is None or target.name in known:
                continue
            if node is not statement:
                raise ReadingError(
                    f"`{target.name}` is first assigned inside a block of `init:`, "
                    "which is not treated",
                    target.span,
                    hint="assign it in a line of its own before",
                    error=UnsupportedError,
                )
            known.add(target.name)


def _assigned(statement: tree.Statement) -> Name | None:
    match statement:
        case tree.Assign(target=Name() as target) | tree.CallStatement(variable=Name() as target):
            return target
        case _:
            return None


def invariant(modifiers: list[Token], condition: Expression, number: int) -> tree.Assertion:
    """Return the assertion that a line of an `invariants:` block stands for.

    Raises ReadingError unless the words before the condition make a kind that is checked.
    """
    words = " ".join(modifier.text for modifier in modifiers)
    kinds = [str(kind) for kind in _KINDS]
    if words not in kinds:
        raise ReadingError(
            f"FizzBee checks no `{words}` invariants",
            whole(modifiers),
            expected=", ".join(kinds),
            hint="write `always eventually`" if words == "eventually" else "",
        )
    span = join(modifiers[0], condition)
    body = tree.Block(condition.span, None, (tree.Return(condition.span, condition),))
    name = Identifier(span, f"invariant_{number}")
    return tree.Assertion(span, tree.AssertionKind(words), name, (), body)
