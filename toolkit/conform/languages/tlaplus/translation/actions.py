"""An action taken apart: the lines of its guard, the choices it leaves open, its assignments.

The conjuncts are worked through from left to right, as the evaluator does: a formula without primes
is a line of the guard, `x' = e` an assignment (a comparison if x' has a value already), `\\E` over
an action a choice. Disjunctions of actions have no place in one method; they are refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Definition, VariableSlot
from conform.languages.tlaplus.translation.calling import passed, variable
from conform.languages.tlaplus.translation.context import (
    Context,
    Delayed,
    LocalDefinition,
)
from conform.languages.tlaplus.translation.expressions import equality, truth
from conform.languages.tlaplus.translation.fragments import (
    TRUE,
    Fragment,
    conditional,
    disjunction,
    implication,
)
from conform.languages.tlaplus.translation.functions import value_for
from conform.languages.tlaplus.translation.naming import local_name, snake_case
from conform.languages.tlaplus.translation.parts import (
    Guard,
    OpenChoice,
    Parts,
    not_to_be_hoisted,
)
from conform.languages.tlaplus.translation.readings import readings
from conform.languages.tlaplus.translation.sets import element_type, elements, in_order
from conform.languages.tlaplus.translation.translator import (
    Translator,
    local_definitions,
    text_of,
    unsupported,
    variable_named,
)
from conform.languages.tlaplus.translation.types import Type
from conform.text import Span


def take_apart(translator: Translator, node: syntax.Expression, context: Context) -> Parts:
    """Return the parts of an action; raise UnsupportedError where it has another form."""
    inlined: set[str] = set()
    while True:
        walk = _Walk(translator, Parts(), inlined)
        walk.visit(node, walk.begin(context))
        _require_all(translator, walk.parts, node.span)
        failing = set(not_to_be_hoisted(walk.parts)) - inlined
        if not failing:
            return walk.parts
        inlined |= failing


def _require_all(translator: Translator, parts: Parts, span: Span) -> None:
    for name in translator.specification.variables:
        if name.name not in parts.primed:
            raise unsupported(f"the action leaves variable `{name.name}` without a value", span)


@dataclass(slots=True)
class _Walk:
    translator: Translator
    parts: Parts
    inlined: set[str]
    is_branch: bool = False

    def begin(self, context: Context) -> Context:
        return replace(context, primed=self.parts.primed)

    def visit(self, node: syntax.Expression, context: Context) -> None:
        """Add what `node` says to the parts."""
        if not self.translator.changes_state(node, context):
            self._guard(node, context)
            return
        match node:
            case syntax.Parentheses(expression=inner) | syntax.Labelled(expression=inner):
                self.visit(inner, context)
            case syntax.Junction(operator="/\\", items=items):
                for item in items:
                    self.visit(item, context)
            case syntax.Infix(operator="/\\", left=left, right=right):
                self.visit(left, context)
                self.visit(right, context)
            case syntax.Junction(operator="\\/") | syntax.Infix(operator="\\/"):
                raise unsupported(
                    "a disjunction inside an action is not translated",
                    node.span,
                    "make each disjunct an action with a name of its own, and list them in Next",
                )
            case syntax.Infix(operator="=" | "\\in") if self._assigned(node.left, context):
                self._assignment(node, context)
            case syntax.Prefix(operator="UNCHANGED", operand=operand):
                self._unchanged(operand, context)
            case _:
                self._visit_binder(node, context)

    def _visit_binder(self, node: syntax.Expression, context: Context) -> None:
        match node:
            case syntax.Quantified(quantifier="\\E"):
                self._choice(node, context)
            case syntax.If():
                self._branch(node, context)
            case syntax.Case(arms=arms, other=other) if other is not None:
                nested = other
                for arm in reversed(arms):
                    nested = syntax.If(arm.span, arm.condition, arm.value, nested)
                self.visit(nested, context)
            case syntax.Let(definitions=definitions, body=body):
                self.visit(body, self._let(definitions, context))
            case syntax.Name() | syntax.Call():
                self._named(node, context)
            case syntax.Infix(operator="=" | "#" | "<" | ">" | "<=" | ">=" | "\\in" | "\\notin"):
                self._guard(node, context)
            case syntax.Prefix(operator="~"):
                self._guard(node, context)
            case _:
                raise unsupported(
                    f"an action of this form is not translated: {text_of(node)[:60]}", node.span
                )

    # ---------------------------------------------------------------------------------- guards

    def _guard(self, node: syntax.Expression, context: Context) -> None:
        match node:
            case syntax.Parentheses(expression=inner) if _is_conjunction(inner):
                self._guard(inner, context)
            case syntax.Junction(operator="/\\", items=items):
                for item in items:
                    self._guard(item, context)
            case syntax.Infix(operator="/\\", left=left, right=right):
                self._guard(left, context)
                self._guard(right, context)
            case _:
                fragment = truth(self.translator, node, context)
                if fragment.text != TRUE.text:
                    terms = readings(self.translator, node, context)
                    self.parts.guards.append(Guard(fragment, text_of(node), terms))

    # ----------------------------------------------------------------------------- assignments

    def _assigned(self, node: syntax.Expression, context: Context) -> str | None:
        """Return the variable that `node` primes, None where it is no primed variable."""
        while isinstance(node, syntax.Parentheses):
            node = node.expression
        if isinstance(node, syntax.Postfix) and node.operator == "'":
            return self._variable(node.operand, context)
        return None

    def _variable(self, node: syntax.Expression, context: Context) -> str | None:
        while isinstance(node, syntax.Parentheses):
            node = node.expression
        if not isinstance(node, syntax.Name):
            return None
        local = context.names.get(node.name)
        if isinstance(local, Delayed):
            return self._variable(local.node, context.of_body(local.context.names, node.span))
        return node.name if variable_named(self.translator, node.name, context) else None

    def _assignment(self, node: syntax.Infix, context: Context) -> None:
        name = self._assigned(node.left, context)
        assert name is not None
        if name in self.parts.primed:
            self._guard(node, context)
        elif node.operator == "=":
            of = self.translator.variable_type(name)
            self._set(name, value_for(self.translator, node.right, context, of), node, context)
        else:
            wanted = f"next_{snake_case(name)}"
            over = elements(self.translator, node.right, context)
            value = self._open(wanted, wanted, over.type, node.right, node, context)
            self.parts.choices[-1] = replace(self.parts.choices[-1], variable=name)
            self._set(name, value, node, context)

    def _set(self, name: str, value: Fragment, node: syntax.Expression, context: Context) -> None:
        if value.text == variable(self.translator, name, node, context).text:
            self.parts.unchanged.add(name)
        self.translator.learn_variable(name, value.type)
        self.parts.primed[name] = value

    def _unchanged(self, node: syntax.Expression, context: Context) -> None:
        match node:
            case syntax.Parentheses(expression=inner):
                self._unchanged(inner, context)
            case syntax.TupleLiteral(elements=parts):
                for part in parts:
                    self._unchanged(part, context)
            case syntax.Name(name=name):
                self._unchanged_name(name, node, context)
            case _:
                self._kept(node, context)

    def _unchanged_name(self, name: str, node: syntax.Name, context: Context) -> None:
        local = context.names.get(name)
        if isinstance(local, Delayed):
            self._unchanged(local.node, context.of_body(local.context.names, node.span))
            return
        found = None if local else self.translator.specification.unambiguous(name)
        if isinstance(found, VariableSlot):
            if name in self.parts.primed:
                self._kept(node, context)
            else:
                self.parts.primed[name] = variable(self.translator, name, node, context)
                self.parts.unchanged.add(name)
        elif isinstance(found, Definition) and not found.parameters:
            self._unchanged(found.body, context.of_body({}, node.span))
        else:
            self._kept(node, context)

    def _kept(self, node: syntax.Expression, context: Context) -> None:
        primed = syntax.Postfix(node.span, "'", node)
        fragment = equality(self.translator, primed, node, node, context)
        if fragment.text != TRUE.text:
            self.parts.guards.append(Guard(fragment, f"UNCHANGED {text_of(node)}", ()))

    # ---------------------------------------------------------------------------- choices, LET

    def _choice(self, node: syntax.Quantified, context: Context) -> None:
        inner = context
        for bound in node.bounds:
            if bound.is_tuple:
                raise unsupported("a choice of a tuple is not translated", bound.span)
            of = element_type(self.translator, bound.domain, context)
            for name in bound.names:
                chosen = self._open(name.name, name.name, of, bound.domain, bound, inner, context)
                inner = replace(
                    inner.with_names({name.name: chosen}), taken=inner.taken | {chosen.text}
                )
        self.visit(node.body, inner)

    def _open(
        self,
        name: str,
        wanted: str,
        of: Type,
        domain: syntax.Expression,
        node: syntax.Node,
        context: Context,
        outside: Context | None = None,
    ) -> Fragment:
        if self.is_branch:
            raise unsupported("a choice inside IF or CASE is not translated", node.span)
        over = elements(self.translator, domain, outside or context)
        taken = context.taken | {each.identifier for each in self.parts.choices}
        identifier = local_name(wanted, taken)
        text = f"\\E {name} \\in {text_of(domain)}"
        choice = OpenChoice(
            name, identifier, of, in_order(self.translator, over), text, bool(over.domain)
        )
        self.parts.choices.append(choice)
        return Fragment(identifier, of, domain=over.domain)

    def _let(self, definitions: tuple[syntax.Unit, ...], context: Context) -> Context:
        """Bind the names of a LET: plain ones to local variables, the others to be inlined."""
        for unit in definitions:
            names = local_definitions((unit,), context)
            context = context.with_names(names)
            for name, definition in names.items():
                if definition.parameters or self.is_branch:
                    continue
                if self.translator.changes_state(definition.body, definition.context):
                    continue
                context = self._local(name, definition, context)
        return context

    def _local(self, name: str, definition: LocalDefinition, context: Context) -> Context:
        identifier = local_name(name, context.taken)
        if identifier in self.inlined:
            return context
        value = self.translator.expression(definition.body, definition.context)
        if value.text.isidentifier():
            return context
        self.parts.locals[identifier] = value
        bound = Fragment(identifier, value.type)
        return replace(context.with_names({name: bound}), taken=context.taken | {identifier})

    def _named(self, node: syntax.Name | syntax.Call, context: Context) -> None:
        name = node.name if isinstance(node, syntax.Name) else node.operator
        arguments = node.arguments if isinstance(node, syntax.Call) else ()
        local = context.names.get(name)
        match local:
            case Delayed(inner, outer):
                self.visit(inner, context.of_body(outer.names, node.span))
                return
            case LocalDefinition(parameters, body, outer):
                names = passed(parameters, arguments, node, context)
                self.visit(body, context.of_body({**outer.names, **names}, node.span))
                return
        found = None if local else self.translator.resolve(name, node.span)
        if not isinstance(found, Definition) or found.is_recursive:
            raise unsupported(f"`{name}` cannot be inlined into an action", node.span)
        names = passed(found.parameters, arguments, node, context)
        self.visit(found.body, context.of_body(names, node.span))

    # -------------------------------------------------------------------------------------- IF

    def _branch(self, node: syntax.If, context: Context) -> None:
        """Merge the two branches: each guard under its condition, each value a conditional."""
        condition = truth(self.translator, node.condition, context)
        then = self._sub(node.consequent, context)
        otherwise = self._sub(node.alternative, context)
        text = text_of(node.condition)
        for guard in then.guards:
            merged = implication(condition, guard.fragment)
            self.parts.guards.append(
                replace(guard, fragment=merged, text=f"{text} => {guard.text}")
            )
        for guard in otherwise.guards:
            merged = disjunction([condition, guard.fragment])
            self.parts.guards.append(
                replace(guard, fragment=merged, text=f"{text} \\/ {guard.text}")
            )
        for name in dict.fromkeys((*then.primed, *otherwise.primed)):
            if name in self.parts.primed:
                continue
            if name not in then.primed or name not in otherwise.primed:
                raise unsupported(f"one branch leaves `{name}` without a value", node.span)
            if name in then.unchanged and name in otherwise.unchanged:
                self.parts.unchanged.add(name)
                self.parts.primed[name] = then.primed[name]
                continue
            self._set(
                name,
                conditional(condition, then.primed[name], otherwise.primed[name]),
                node,
                context,
            )

    def _sub(self, node: syntax.Expression, context: Context) -> Parts:
        parts = Parts(primed=dict(self.parts.primed), unchanged=set(self.parts.unchanged))
        walk = _Walk(self.translator, parts, self.inlined, is_branch=True)
        walk.visit(node, walk.begin(context))
        return parts


def _is_conjunction(node: syntax.Expression) -> bool:
    match node:
        case syntax.Parentheses(expression=inner):
            return _is_conjunction(inner)
        case syntax.Junction(operator="/\\") | syntax.Infix(operator="/\\"):
            return True
        case _:
            return False
