"""Levels: what is constant, of a state, of a step or temporal, and where each may stand.

Source followed: "Specifying Systems", 17.2, and SANY's level checking (LevelNode, OpApplNode,
SubstInNode and BuiltInLevel of tla2sany.semantic). An operator passes on the levels of those
arguments that its body has outside primes and temporal operators, and limits the levels of those
that stand under one. Places are SANY's: the whole application, or the whole INSTANCE.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.action_forms import check_actions
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE, TEMPORAL
from conform.languages.tlaplus.evaluation.subexpressions import Bind, navigated, without_arguments
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.level_rules import (
    BUILT_IN,
    NODES,
    Rule,
)
from conform.languages.tlaplus.meanings import Meanings
from conform.languages.tlaplus.name_rules import body_of
from conform.languages.tlaplus.open_levels import (
    NAMES,
    NOTHING,
    Level,
    Passed,
    Signature,
    as_argument,
    given_levels,
    limited,
    of_built_in,
    too_high,
    without_body,
)
from conform.languages.tlaplus.proof_levels import ProofLevels
from conform.languages.tlaplus.recursive_sections import recursive_sections
from conform.languages.tlaplus.sequents import is_sufficient
from conform.languages.tlaplus.symbols import InstanceSymbols, Kind, ModuleSymbols, Symbol
from conform.text import Span

_NEW = {"STATE": STATE, "VARIABLE": STATE, "ACTION": ACTION, "TEMPORAL": TEMPORAL}


def check_levels(modules: list[ModuleSymbols], meanings: Meanings) -> None:
    """Raise InputError for the first formula whose level does not fit; `modules` are in order."""
    checker = _Checker(meanings)
    for module in modules:
        checker.module(module)


@dataclass(slots=True, eq=False)
class _Checker:
    meanings: Meanings
    signatures: dict[Symbol, Signature] = field(default_factory=dict)
    assumed: dict[Symbol, Passed] = field(default_factory=dict)
    substitutions: dict[InstanceSymbols, dict[Symbol, Level]] = field(default_factory=dict)
    constant_modules: dict[ModuleSymbols, bool] = field(default_factory=dict)
    recursive: dict[Symbol, Passed] = field(default_factory=dict)
    sections: dict[int, tuple[syntax.Unit, ...]] = field(default_factory=dict)

    def module(self, module: ModuleSymbols) -> None:
        """Check the units of a module, again as long as recursive operators rise."""
        if module.module is None:
            return
        self.sections.update(recursive_sections(module.module.units))
        while True:
            self.recursive = {}
            for unit in module.module.units:
                self._unit(unit)
            risen = {
                symbol: passed
                for symbol, passed in self.recursive.items()
                if self._assumed(symbol).level < passed.level
            }
            if not risen:
                return
            self.assumed.update(risen)

    def _assumed(self, symbol: Symbol) -> Passed:
        return self.assumed.get(symbol, Passed())

    def _section(self, unit: syntax.Unit) -> Level:
        """Return the level that the recursive operators around a definition give it."""
        declared = self.sections.get(id(unit), ())
        levels = [self._assumed(self.meanings.units[id(each)]).level for each in declared]
        return Level(Passed(max(levels))) if levels else NOTHING

    # -------------------------------------------------------------------------------------- units

    def _unit(self, unit: syntax.Unit) -> Level:
        """Check a unit; return what it asks of the names around it."""
        match unit:
            case syntax.OperatorDefinition():
                return self._define(unit, self.meanings.parameters[id(unit)], self.of(unit.body))
            case syntax.FunctionDefinition():
                body = self.of(unit.body)
                domains = self._domains(unit, "", _domains_of(unit.bounds))
                return self._define(unit, (), domains | body)
            case syntax.Assumption():
                level = self.of(unit.body)
                if level.passed.level > CONSTANT:
                    raise InputError(
                        f"an assumption must be constant, and this one is "
                        f"{NAMES[level.passed.level]}",
                        span=unit.span,
                        hint="an assumption is about constants alone",
                    )
                return self._define(unit, (), level) if unit.name else level
            case syntax.Theorem():
                level = self.of(unit.body)
                found = self._define(unit, (), level) if unit.name else level
                self._proofs().check(unit.proof, level.passed.level)
                return found
            case syntax.UseOrHide(cited=cited) if cited is not None:
                self._proofs().check_cited(cited)
                return NOTHING
            case syntax.Instance() | syntax.InstanceDefinition():
                return self._instance(self.meanings.instances[id(unit)])
            case _:
                return NOTHING

    def _proofs(self) -> ProofLevels:
        return ProofLevels(self.of, self._unit, lambda node: id(node) in self.meanings.uses)

    def _define(self, unit: syntax.Unit, parameters: tuple[Symbol, ...], body: Level) -> Level:
        symbol = self.meanings.units[id(unit)]
        body = body | self._section(unit)
        if symbol.is_recursive:
            body = body | Level(limits=dict.fromkeys(parameters, ACTION))
        signature = Signature(parameters, body)
        self.signatures[symbol] = signature
        if symbol.is_recursive:
            self.recursive[symbol] = body.passed
            for position, parameter in enumerate(parameters):
                if signature.limit(position) < ACTION:
                    raise InputError(
                        f"parameter `{parameter.name}` of the recursive operator "
                        f"`{symbol.name}` is primed",
                        span=unit.span,
                    )
        return body.of_others(parameters)

    # ---------------------------------------------------------------------------------- instances

    def _instance(self, instance: InstanceSymbols) -> Level:
        found: dict[Symbol, Level] = {}
        is_constant = self._is_constant(instance.module)
        for symbol, given in instance.substituted.items():
            if isinstance(given, Symbol):
                level = self._operator(given) if symbol.arity else self._alone(given)
            else:
                level = self._argument(given, symbol.arity)
            found[symbol] = level
            highest = _highest(symbol)
            if not is_constant and level.passed.level > highest:
                raise InputError(
                    f"what is substituted for `{symbol.name}` is {NAMES[level.passed.level]}",
                    span=instance.unit.span,
                    expected=f"at most what is {NAMES[highest]}, "
                    f"as `{symbol.name}` is {symbol.kind.value} of module "
                    f"`{instance.module.name}`",
                )
            signature = level.operator
            if signature and signature.body.opaque & frozenset(signature.parameters):
                raise InputError(
                    f"the operator substituted for `{symbol.name}` primes its argument or asks "
                    "for a behaviour from there",
                    span=instance.unit.span,
                    hint="an operator is constant where equal arguments give equal values",
                )
        self.substitutions[instance] = found
        return NOTHING

    def _is_constant(self, module: ModuleSymbols) -> bool:
        """Whether a module has no variables and no operators above the level of constants."""
        known = self.constant_modules.get(module)
        if known is None:
            known = not any(
                symbol.kind is Kind.VARIABLE for symbol in module.declared.values()
            ) and all(
                self._signature(symbol).body.passed.level == CONSTANT
                for symbol in module.exported.values()
                if symbol.kind is Kind.OPERATOR
            )
            self.constant_modules[module] = known
        return known

    def _through(self, instance: InstanceSymbols, signature: Signature) -> Signature:
        """Return the signature of an operator of the module as the instance has it."""
        given = self.substitutions.get(instance, {})
        body = signature.body
        if not self._is_constant(instance.module):
            lowered = {
                symbol: min(limit, _highest(symbol)) if symbol in given else limit
                for symbol, limit in body.limits.items()
            }
            body = replace(body, limits=lowered)
        body = given_levels(body, given, None) | self._section(instance.unit)
        return Signature((*instance.parameters, *signature.parameters), body)

    # -------------------------------------------------------------------------------- expressions

    def of(self, node: syntax.Node) -> Level:
        """Return the level of an expression; raise InputError where one inside does not fit."""
        match node:
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                return self.of(inner)
            case syntax.Name():
                return self._used(node, ())
            case syntax.Call(operator=operator, arguments=arguments):
                return self._symbol(node, operator, arguments)
            case syntax.Path():
                return self._path(node)
            case syntax.Infix(operator=operator, left=left, right=right):
                return self._symbol(node, operator, (left, right))
            case (
                syntax.Prefix(operator=operator, operand=operand)
                | syntax.Postfix(operator=operator, operand=operand)
            ):
                return self._symbol(node, operator, (operand,))
            case syntax.Junction(operator=operator, items=items):
                return self._built_in(node, operator, BUILT_IN[operator], items)
            case syntax.Let(definitions=definitions, body=body):
                level = NOTHING
                self.sections.update(recursive_sections(definitions))
                for unit in definitions:
                    level = level | self._unit(unit)
                return level | self.of(body)
            case _:
                return self._construct(node)

    def _construct(self, node: syntax.Node) -> Level:
        match node:
            case syntax.Quantified():
                return self._quantified(node)
            case (
                syntax.FunctionLiteral(bounds=bounds, body=body)
                | syntax.SetMap(bounds=bounds, element=body)
            ):
                return self._comprehension(node, body, _domains_of(bounds))
            case syntax.SetFilter(bound=bound, predicate=body):
                return self._comprehension(node, body, (bound.domain,))
            case syntax.Choose(domain=domain, body=body):
                return self._comprehension(node, body, (domain,) if domain else ())
            case syntax.Except():
                return self._except(node)
            case syntax.UnboundedQuantified(quantifier=quantifier, body=body):
                level = limited(self.of(body), TEMPORAL, is_opaque=False)
                if quantifier in ("\\AA", "\\EE"):
                    return Level(Passed(TEMPORAL), level.limits, level.calls)
                return level
            case syntax.Fairness(kind=kind, subscript=subscript, action=action):
                return self._built_in(node, kind, NODES[type(node)], (subscript, action))
            case syntax.New(kind=kind, domain=domain):
                if domain is not None and self.of(domain).passed.level == TEMPORAL:
                    raise InputError("a temporal formula is no set", span=node.span)
                return Level(Passed(_NEW.get(kind, CONSTANT)))
            case syntax.Lambda(body=body):
                return self.of(body)
            case syntax.OperatorSymbol():
                return NOTHING
            case _ if type(node) in NODES:
                inside = _expressions(node)
                return self._built_in(node, "", NODES[type(node)], inside)
            case _:
                return self._all(children(node))

    def _all(self, nodes: tuple[syntax.Node, ...]) -> Level:
        level = NOTHING
        for node in nodes:
            level = level | self.of(node)
        return level

    def _quantified(self, node: syntax.Quantified) -> Level:
        inner = self.of(node.body)
        domains = self._domains(node, node.quantifier, _domains_of(node.bounds))
        if inner.passed.level == TEMPORAL:
            for bound in node.bounds:
                if self.of(bound.domain).passed.level == ACTION:
                    raise InputError(
                        "a temporal formula is quantified over a set that speaks of a step",
                        span=bound.domain.span,
                    )
        return limited(inner, TEMPORAL, is_opaque=False) | domains

    def _comprehension(
        self, node: syntax.Node, body: syntax.Expression, domains: tuple[syntax.Expression, ...]
    ) -> Level:
        inner = self._built_in(node, "", NODES[type(node)], (body,))
        return inner | self._domains(node, "", domains)

    def _domains(
        self, node: syntax.Node, operator: str, domains: tuple[syntax.Expression, ...]
    ) -> Level:
        """Return the level of the sets of bound names; SANY holds no open name in them to it."""
        result = NOTHING
        for domain in domains:
            level = self.of(domain)
            if level.passed.level > ACTION:
                raise too_high(node.span, operator, level.passed.level, ACTION)
            result = result | limited(level, TEMPORAL, is_opaque=False)
        return result

    def _except(self, node: syntax.Except) -> Level:
        """Return the level of an EXCEPT; the places of errors in a selector are the update's."""
        level = NOTHING
        for update in node.updates:
            path = [each for each in update.path if isinstance(each, syntax.IndexSelector)]
            for selector in path:
                if len(selector.indices) > 1:
                    rule = NODES[type(selector)]
                    level = level | self._built_in(selector, "", rule, selector.indices)
            inside = tuple(index for selector in path for index in selector.indices)
            level = level | self._built_in(update, "", NODES[type(update)], inside)
        values = tuple(update.value for update in node.updates)
        return level | self._built_in(node, "", NODES[type(node)], (node.function, *values))

    # -------------------------------------------------------------------------------- application

    def _symbol(
        self, node: syntax.Expression, operator: str, operands: tuple[syntax.Expression, ...]
    ) -> Level:
        rule = BUILT_IN.get(operator)
        if rule is None:
            return self._used(node, operands)
        return self._built_in(node, operator, rule, operands)

    def _built_in(
        self,
        node: syntax.Node,
        operator: str,
        rule: Rule,
        operands: tuple[syntax.Expression, ...],
    ) -> Level:
        levels = [self.of(operand) for operand in operands]
        result = Level(Passed(rule.level))
        for position, level in enumerate(levels):
            highest = rule.highest[min(position, len(rule.highest) - 1)]
            if level.passed.level > highest:
                raise too_high(node.span, operator, level.passed.level, highest)
            result = result | limited(level, highest, is_opaque=rule.is_opaque)
        check_actions(node, operator, operands, [level.passed.level for level in levels])
        return result

    def _used(self, node: syntax.Expression, arguments: tuple[syntax.Expression, ...]) -> Level:
        symbol = self.meanings.uses[id(node)][-1]
        if symbol.kind is Kind.OPERATOR:
            return self._applied(self._signature(symbol), symbol.name, arguments, node.span)
        return self._open(symbol, arguments)

    def _open(self, symbol: Symbol, arguments: tuple[syntax.Expression, ...]) -> Level:
        """Return the level of a declared or bound name, applied to arguments."""
        result = self._alone(symbol)
        for position, argument in enumerate(arguments):
            level = self._argument(argument, 0)
            call = (symbol, position, level.passed)
            result = result | level | Level(calls=frozenset({call}))
        return result

    def _alone(self, symbol: Symbol) -> Level:
        match symbol.kind:
            case Kind.OPERATOR:
                return self._signature(symbol).body
            case Kind.VARIABLE:
                return Level(Passed(STATE, frozenset({symbol})))
            case Kind.BOUND:
                new = symbol.unit
                level = _NEW.get(new.kind, CONSTANT) if isinstance(new, syntax.New) else CONSTANT
                return Level(Passed(level))
            case Kind.STEP:
                body = body_of(symbol)
                if body is not None and is_sufficient(body):
                    body = body.operand
                return NOTHING if body is None else self.of(body)
            case _:
                return Level(Passed(CONSTANT, frozenset({symbol})))

    def _path(self, node: syntax.Path) -> Level:
        chain = self.meanings.uses[id(node)]
        symbol = chain[-1]
        given = node.segments[: len(chain)]
        arguments = tuple(argument for segment in given for argument in segment.arguments)
        selectors = node.segments[len(chain) :]
        signature = self._of_chain(chain, selectors)
        for selector in selectors:
            self._all(selector.arguments)
        if symbol.kind is not Kind.OPERATOR:
            return self._open(symbol, arguments)
        name = "!".join(segment.name for segment in given)
        return self._applied(signature, name, arguments, node.span)

    def _of_chain(
        self, chain: tuple[Symbol, ...], selectors: tuple[syntax.Segment, ...]
    ) -> Signature:
        """Return the signature of an operator of instances, or of a part of it."""
        signature = self._signature(chain[-1], selectors)
        for instance in reversed(chain[:-1]):
            if instance.instance is not None:
                signature = self._through(instance.instance, signature)
        return signature

    def _signature(self, symbol: Symbol, selectors: tuple[syntax.Segment, ...] = ()) -> Signature:
        if symbol.of is not None and symbol.instance is not None:
            return self._through(symbol.instance, self._signature(symbol.of, selectors))
        known = self.signatures.get(symbol)
        if selectors and known is not None:
            body = body_of(symbol)
            assert body is not None
            part, crossings = navigated(body, selectors)
            level = self.of(part)
            for crossing in crossings:
                if isinstance(crossing, Bind):
                    for argument in crossing.arguments:
                        level = level | self.of(argument)
            return Signature(known.parameters, level)
        if known is not None and not (symbol.is_recursive and symbol in self.assumed):
            return known
        return known or without_body(symbol, self._assumed(symbol).level)

    def _operator(self, symbol: Symbol) -> Level:
        """Return the level of an operator that is passed as an argument, by its symbol."""
        if symbol.kind is Kind.OPERATOR:
            return as_argument(self._signature(symbol))
        return self._alone(symbol)

    def _argument(self, node: syntax.Expression, arity: int) -> Level:
        """Return the level of an argument, which may be an operator."""
        match node:
            case syntax.Lambda(body=body):
                signature = Signature(self.meanings.parameters[id(node)], self.of(body))
                return as_argument(signature)
            case syntax.Name() | syntax.OperatorSymbol() | syntax.Path() if arity:
                if id(node) not in self.meanings.uses:
                    return of_built_in(node)
                chain = self.meanings.uses[id(node)]
                if chain[-1].kind is Kind.OPERATOR:
                    return as_argument(self._of_operator(node, chain))
                return self._alone(chain[-1])
            case _:
                return self.of(node)

    def _of_operator(self, node: syntax.Expression, chain: tuple[Symbol, ...]) -> Signature:
        """Return the signature of an operator that is passed on, or of a part of one."""
        if not isinstance(node, syntax.Path) or len(node.segments) == len(chain):
            return self._of_chain(chain, ())
        body = body_of(chain[-1])
        assert body is not None
        selectors = without_arguments(body, node.segments[len(chain) :])
        signature = self._of_chain(chain, selectors)
        bound = sum(len(selector.arguments) for selector in selectors)
        selected = [Symbol(f"!@ {each}", Kind.PARAMETER, (), None) for each in range(bound)]
        return Signature((*signature.parameters, *selected), signature.body)

    def _applied(
        self,
        signature: Signature,
        name: str,
        arguments: tuple[syntax.Expression, ...],
        span: Span,
    ) -> Level:
        """Return the level of an operator applied to arguments, or raise InputError."""
        given = {
            parameter: self._argument(argument, parameter.arity)
            for parameter, argument in zip(signature.parameters, arguments, strict=False)
        }
        return given_levels(signature.body, given, (name, span))


def _highest(declared: Symbol) -> int:
    """Return the highest level of what is substituted for a declared name."""
    return CONSTANT if declared.kind is Kind.CONSTANT else STATE


def _expressions(node: syntax.Node) -> tuple[syntax.Expression, ...]:
    """Return the expressions inside a construct, those of bounds, fields and updates included."""
    found: list[syntax.Expression] = []
    for child in children(node):
        if isinstance(child, syntax.Expression):
            found.append(child)
        elif not isinstance(child, syntax.Identifier):
            found.extend(_expressions(child))
    return tuple(found)


def _domains_of(bounds: tuple[syntax.Bound, ...]) -> tuple[syntax.Expression, ...]:
    return tuple(bound.domain for bound in bounds)
