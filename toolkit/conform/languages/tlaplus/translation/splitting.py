"""Next taken apart into named actions, symbolically: with the sets that parameters range over.

The same unfolding as `behaviour.split`, which needs the values of the constants; here a quantifier
becomes a loop. Names and parameters of the actions are the same on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.translation.context import Context, Delayed, Meaning
from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.naming import local_name
from conform.languages.tlaplus.translation.sets import elements, in_order
from conform.languages.tlaplus.translation.standard import stored
from conform.languages.tlaplus.translation.translator import Translator, unsupported
from conform.languages.tlaplus.translation.types import Type
from conform.text import Span


class BoundLoop(Struct, frozen=True):
    """A quantifier of Next: name, identifier, type of the values, and the iterable."""

    name: str
    identifier: str
    type: Type
    domain: str
    tla_domain: str


class Instances(Struct, frozen=True):
    """Nested loops, and for each parameter its value in terms of them."""

    loops: tuple[BoundLoop, ...]
    arguments: tuple[Fragment, ...]


class SplitAction(Struct, frozen=True):
    """An action of Next: its parameters as (name, identifier, type), its formula and place."""

    name: str
    parameters: tuple[tuple[str, str, Type], ...]
    instances: Instances
    node: syntax.Expression
    context: Context
    span: Span
    definition: Definition | None


class _Path(Struct, frozen=True):
    """How far the unfolding has come: the definition entered last, and what it was given."""

    name: str
    span: Span
    definition: Definition | None = None
    given: tuple[tuple[str, Fragment], ...] = ()
    loops: tuple[BoundLoop, ...] = ()
    inner: tuple[BoundLoop, ...] = ()
    """The loops opened since that definition was entered: parameters too."""


def split_next(translator: Translator, node: syntax.Expression, name: str) -> list[SplitAction]:
    """Return the actions of Next in the order of the text."""
    return list(_Splitter(translator).split(node, Context(), _Path(name, node.span)))


class _Splitter(Struct, frozen=True):
    translator: Translator

    def split(
        self, node: syntax.Expression, context: Context, path: _Path
    ) -> Iterator[SplitAction]:
        match node:
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                yield from self.split(inner, context, path)
            case syntax.Junction(operator="\\/", items=items):
                for item in items:
                    yield from self.split(item, context, path)
            case syntax.Infix(operator="\\/", left=left, right=right):
                yield from self.split(left, context, path)
                yield from self.split(right, context, path)
            case syntax.Quantified(quantifier="\\E") if self._is_constant(node, context):
                yield from self._loop(node, context, path)
            case syntax.Quantified(quantifier="\\E"):
                yield self._leaf(node, context, self._named_after_body(node.body, path))
            case syntax.Name() | syntax.Call():
                yield from self._call(node, context, path)
            case _:
                yield self._leaf(node, context, path)

    def _is_constant(self, node: syntax.Quantified, context: Context) -> bool:
        analysis = self.translator.specification.analysis
        scope = self.translator.specification.scope
        if any(isinstance(meaning, Delayed) for meaning in context.names.values()):
            return False
        found = [analysis.of(bound.domain, scope) for bound in node.bounds]
        return all(each.level == CONSTANT and each.is_pure for each in found)

    def _loop(
        self, node: syntax.Quantified, context: Context, path: _Path
    ) -> Iterator[SplitAction]:
        for bound in node.bounds:
            if bound.is_tuple:
                raise unsupported("a tuple of parameters is not translated", bound.span)
            over = elements(self.translator, bound.domain, context)
            for name in bound.names:
                identifier, context = context.bind(name.name, over.type, over.domain)
                loop = BoundLoop(
                    name.name, identifier, over.type, in_order(self.translator, over), over.domain
                )
                path = replace(path, loops=(*path.loops, loop), inner=(*path.inner, loop))
        yield from self.split(node.body, context, path)

    def _call(
        self, node: syntax.Name | syntax.Call, context: Context, path: _Path
    ) -> Iterator[SplitAction]:
        name = node.name if isinstance(node, syntax.Name) else node.operator
        arguments = node.arguments if isinstance(node, syntax.Call) else ()
        found = None if name in context.names else self.translator.specification.unambiguous(name)
        if not isinstance(found, Definition) or found.is_recursive:
            yield self._leaf(node, context, path)
            return
        names: dict[str, Meaning] = {}
        given: list[tuple[str, Fragment]] = []
        for parameter, argument in zip(found.parameters, arguments, strict=True):
            if self._is_constant_argument(argument, parameter, context):
                value = stored(self.translator.expression(argument, context))
                given.append((parameter.name, value))
                names[parameter.name] = value
            else:
                names[parameter.name] = Delayed(argument, context)
        entered = _Path(found.name, found.span, found, tuple(given), path.loops)
        yield from self.split(found.body, context.of_body(names, node.span), entered)

    def _is_constant_argument(
        self, node: syntax.Expression, parameter: syntax.Declaration, context: Context
    ) -> bool:
        if parameter.arity or isinstance(node, syntax.OperatorSymbol | syntax.Lambda):
            return False
        specification = self.translator.specification
        if isinstance(node, syntax.Name) and isinstance(context.names.get(node.name), Delayed):
            return False
        found = specification.analysis.of(node, specification.scope)
        return found.level == CONSTANT and found.is_pure

    def _named_after_body(self, body: syntax.Expression, path: _Path) -> _Path:
        """Name `\\E m \\in msgs : Receive(m)` after the action in it, as `behaviour` does."""
        while isinstance(body, syntax.Parentheses):
            body = body.expression
        if isinstance(body, syntax.Name | syntax.Call):
            name = body.name if isinstance(body, syntax.Name) else body.operator
            found = self.translator.specification.unambiguous(name)
            if isinstance(found, Definition):
                level = self.translator.specification.analysis.of_definition(found).level
                if level == ACTION:
                    return replace(path, name=name, span=found.span, definition=found)
        return path

    def _leaf(self, node: syntax.Expression, context: Context, path: _Path) -> SplitAction:
        """Return the action that ends here, its parameters bound to identifiers of their own."""
        names = dict(context.names)
        taken = {loop.identifier for loop in path.inner}
        parameters: list[tuple[str, str, Type]] = []
        arguments: list[Fragment] = []
        for name, value in path.given:
            identifier = local_name(name, taken)
            taken.add(identifier)
            names[name] = Fragment(identifier, value.type, domain=value.domain)
            parameters.append((name, identifier, value.type))
            arguments.append(value)
        for loop in path.inner:
            names[loop.name] = Fragment(loop.identifier, loop.type, domain=loop.tla_domain)
            parameters.append((loop.name, loop.identifier, loop.type))
            arguments.append(Fragment(loop.identifier, loop.type))
        within = Context(names, frozenset(taken), state="state")
        instances = Instances(path.loops, tuple(arguments))
        return SplitAction(
            path.name, tuple(parameters), instances, node, within, path.span, path.definition
        )
