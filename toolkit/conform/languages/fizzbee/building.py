"""From the parser's reductions to nodes: the file, its declarations and statements.

Every method bears the name of a rule or alias of `grammar.lark` and takes the list of its children.
What FizzBee fills in by default is filled in here (visitActiondef and visitFunctiondef of its
BuildAstVisitor).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from msgspec.structs import replace

from conform.domain.fairness import FairnessKind
from conform.errors import UnsupportedError
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.arguments import check_parameters, check_plain
from conform.languages.fizzbee.building_expressions import Parts, join, whole
from conform.languages.fizzbee.building_statements import StatementBuilder
from conform.languages.fizzbee.old_forms import init_action, invariant
from conform.languages.fizzbee.syntax_expressions import Expression, Identifier, Node, Parameter
from conform.parsing.tokens import ReadingError, Token
from conform.text import Span, nearest


class Builder(StatementBuilder):
    """The whole of the grammar: `front_matter` is what was cut out of the text before."""

    def __init__(self, path: str, front_matter: tree.FrontMatter | None = None) -> None:
        self._path = path
        self._front_matter = front_matter
        self._invariants = 0

    def module(self, parts: Parts) -> tree.Module:
        ends: list[Node] = [*_flat(parts[0])]
        members = tuple(_kept(_flat(parts[0])))
        span = join(ends[0], ends[-1]) if ends else Span(self._path, 1, 1, 1, 1)
        return tree.Module(span, self._front_matter, members)

    # -------------------------------------------------------------------------- declarations

    def definition(self, parts: Parts) -> tree.Definition:
        word, name, _, parameters, _, _, body = parts
        check_parameters(parameters)
        return tree.Definition(join(word, body), identifier(name), tuple(parameters), body)

    def function(self, parts: Parts) -> tree.Function:
        return _function(parts[0], None, parts)

    def function_with_flow(self, parts: Parts) -> tree.Function:
        return _function(parts[0], parts[0], parts[1:])

    def action(self, parts: Parts) -> tree.Action:
        return _action(parts[0], None, None, parts)

    def action_with_flow(self, parts: Parts) -> tree.Action:
        return _action(parts[0], parts[0], None, parts[1:])

    def fair_action(self, parts: Parts) -> tree.Action:
        return _action(parts[0][0], None, parts[0][1], parts[1:])

    def fair_action_with_flow(self, parts: Parts) -> tree.Action:
        return _action(parts[0], parts[0], parts[1][1], parts[2:])

    def flow(self, parts: Parts) -> Token:
        return parts[0]  # type: ignore[no-any-return]  # a token, by the grammar

    def fair(self, parts: Parts) -> tuple[Token, FairnessKind]:
        return parts[0], FairnessKind.WEAK

    def fair_level(self, parts: Parts) -> tuple[Token, FairnessKind]:
        level = parts[2].text
        if level not in set(FairnessKind):
            close = nearest(level, FairnessKind)
            raise ReadingError(
                f"`{level}` is no level of fairness",
                parts[2].span,
                expected="weak or strong",
                hint=f"did you mean `{close}`?" if close else "",
            )
        return parts[0], FairnessKind(level)

    def assertion(self, parts: Parts) -> tree.Assertion:
        modifiers, _, name, _, body = parts
        return _assertion(modifiers, name, [], body)

    def assertion_with_states(self, parts: Parts) -> tree.Assertion:
        modifiers, _, name, _, names, _, _, body = parts
        return _assertion(modifiers, name, names, body)

    def role(self, parts: Parts) -> tree.Role:
        decorators, word, name, _, members = parts
        return _role(decorators, word, name, members, is_symmetric=False)

    def symmetric_role(self, parts: Parts) -> tree.Role:
        decorators, word, _, name, _, members = parts
        return _role(decorators, word, name, members, is_symmetric=True)

    # ------------------------------------------------------------------------------- old forms

    def old_init(self, parts: Parts) -> tree.Action:
        word, _, body = parts
        return init_action(join(word, body), word, body)

    def old_invariants(self, parts: Parts) -> tuple[tree.Assertion, ...]:
        return tuple(parts[4])

    def invariant_line(self, parts: Parts) -> tree.Assertion:
        modifiers, condition, _ = parts
        self._invariants += 1
        return invariant(modifiers, condition, self._invariants)

    # ---------------------------------------------------------------------- what is not treated

    def compose(self, parts: Parts) -> NoReturn:
        raise _untreated("compositions (`compose:`)", parts)

    def refine(self, parts: Parts) -> NoReturn:
        raise _untreated("refinements (`refine:`)", parts)


def identifier(token: Token) -> Identifier:
    """Return the name that a token declares."""
    return Identifier(token.span, token.text)


def _flat(parts: Parts) -> Iterable[tree.Member]:
    """Yield the members of a file: an `invariants:` block is several."""
    for part in parts:
        if isinstance(part, tuple):
            yield from part
        else:
            yield part


def _kept(members: Iterable[tree.Member]) -> Iterable[tree.Member]:
    return (member for member in members if not tree.is_docstring(member))


def _settled(
    written: Token | None, body: tree.Block, *, is_init: bool = False
) -> tuple[tree.Flow, tree.Block]:
    """Return the flow of an action or function, and its body with a flow of its own."""
    flow = tree.Flow(written.text) if written else body.flow or tree.Flow.SERIAL
    if is_init:
        flow = tree.Flow.ATOMIC
        body = replace(body, flow=None) if body.flow is tree.Flow.SERIAL else body
    return flow, body if body.flow else replace(body, flow=flow)


def _action(
    first: Token, flow: Token | None, fairness: FairnessKind | None, parts: Parts
) -> tree.Action:
    _, name, _, body = parts
    is_init = name.text == "Init"
    settled, block = _settled(flow, body, is_init=is_init)
    kind = FairnessKind.STRONG if is_init else fairness
    return tree.Action(join(first, body), settled, kind, identifier(name), block)


def _function(first: Token, flow: Token | None, parts: Parts) -> tree.Function:
    _, name, _, parameters, _, _, body = parts
    check_plain(parameters)
    check_parameters(parameters)
    settled, block = _settled(flow, body)
    taken: tuple[Parameter, ...] = tuple(parameters)
    return tree.Function(join(first, body), settled, identifier(name), taken, block)


def _assertion(
    modifiers: list[Token], name: Token, states: list[Token], body: tree.Block
) -> tree.Assertion:
    words = " ".join(modifier.text for modifier in modifiers)
    span = join(modifiers[0], body)
    if words not in set(tree.AssertionKind):
        raise ReadingError(
            f"FizzBee checks no `{words}` assertions",
            whole(modifiers),
            expected=", ".join(tree.AssertionKind),
            hint="write `always eventually`" if words == "eventually" else "",
        )
    kind = tree.AssertionKind(words)
    if kind is not tree.AssertionKind.TRANSITION:
        if states:
            raise ReadingError(
                f"an `{words}` assertion has no parameters",
                whole(states),
                hint="only a transition assertion looks at two states",
            )
        return tree.Assertion(span, kind, identifier(name), (), body)
    return tree.Assertion(span, kind, identifier(name), _two_states(states, name), body)


def _two_states(states: list[Token], name: Token) -> tuple[Identifier, ...]:
    if not states:
        return Identifier(name.span, "before"), Identifier(name.span, "after")
    if len(states) != 2 or states[0].text == states[1].text:
        raise ReadingError(
            "a transition assertion has two parameters of different names",
            whole(states),
            expected="(before, after)",
        )
    return tuple(identifier(state) for state in states)


def _role(
    decorators: list[Expression],
    word: Token,
    name: Token,
    members: list[tree.RoleMember],
    *,
    is_symmetric: bool,
) -> tree.Role:
    return tree.Role(
        join(decorators[0] if decorators else word, members[-1]),
        tuple(decorators),
        is_symmetric,
        identifier(name),
        tuple(member for member in members if not tree.is_docstring(member)),
    )


def _untreated(what: str, parts: Parts, hint: str = "") -> ReadingError:
    return ReadingError(f"{what} are not treated", whole(parts), hint=hint, error=UnsupportedError)
