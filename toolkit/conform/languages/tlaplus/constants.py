"""Gives the constants of a specification their values, as a configuration says.

Source followed: ModelConfig.java and SpecProcessor.java of TLC. A constant, or any operator that is
defined, gets a value, a table of values for its arguments, or another operator in its place. What
is not declared may get a value without a word from TLC, and no replacement; so may a variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conform.domain.values import ModelValue, SetValue, Value
from conform.errors import EvaluationError, InputError
from conform.languages.tlaplus import configuration as cfg
from conform.languages.tlaplus.evaluation.failing import fail, shown
from conform.languages.tlaplus.evaluation.footprints import CONSTANT
from conform.languages.tlaplus.evaluation.instances import members
from conform.languages.tlaplus.evaluation.results import make_set, settle
from conform.languages.tlaplus.evaluation.scope import (
    Baked,
    Binding,
    Builtin,
    Definition,
    Instance,
    Missing,
    Opened,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.sets import HIGHEST
from conform.languages.tlaplus.evaluation.trees import names_in
from conform.languages.tlaplus.specification import Specification
from conform.text import Span, nearest


def bind_constants(
    specification: Specification, configuration: cfg.Configuration
) -> tuple[cfg.ConstantAssignment, ...]:
    """Bind every assignment of `configuration`; return values for what is no constant.

    That is for names that nothing declares, and for variables: TLC accepts these without a word,
    and ignores them. Raises InputError where a declared constant stays without a value, and where a
    replacement does not exist or does not fit. A specification can be bound once.
    """
    binder = _Binder(specification, configuration)
    undeclared = binder.bind_values()
    binder.bind_replacements()
    for declaration in specification.constants:
        if isinstance(specification.scope.names[declaration.name], Missing):
            raise InputError(
                f"constant `{declaration.name}` has no value in {configuration.path}",
                span=declaration.span,
                expected=f"a line such as `{declaration.name} = ...` under CONSTANTS",
                hint="every declared constant needs a value, as in TLC",
            )
    return undeclared


class _Binder:
    def __init__(self, specification: Specification, configuration: cfg.Configuration) -> None:
        self.specification = specification
        self.names = specification.scope.names
        self.arities = {found.name: found.arity for found in specification.constants}
        self.assignments = configuration.assignments
        self.replacements = {
            assignment.name: assignment
            for assignment in self.assignments
            if assignment.replacement is not None and assignment.module is None
        }

    def bind_values(self) -> tuple[cfg.ConstantAssignment, ...]:
        """Bind what is given a value; return what is no constant."""
        undeclared: list[cfg.ConstantAssignment] = []
        tables: dict[str, list[cfg.ConstantAssignment]] = {}
        for assignment in self.assignments:
            if assignment.value is None:
                continue
            name, value = assignment.name, assignment.value
            if assignment.module is not None:
                self._bind_in(assignment.module, assignment, Baked(constant(value)))
            elif name not in self.names or isinstance(self.names[name], VariableSlot):
                undeclared.append(assignment)
            elif assignment.arguments:
                tables.setdefault(name, []).append(assignment)
            else:
                self.specification.rebind(name, self._constantly(name, constant(value)))
        for name, points in tables.items():
            self._bind_table(name, points)
        return tuple(undeclared)

    def _constantly(self, name: str, value: Value) -> Binding:
        """Return what stands for a value; an operator has it whatever its arguments are."""
        arity = self._arity_of(name)
        return Builtin(name, arity, lambda _span, *_arguments: value) if arity else Baked(value)

    def _bind_table(self, name: str, points: list[cfg.ConstantAssignment]) -> None:
        arity = self._arity_of(name)
        table: dict[tuple[object, ...], Value] = {}
        for point in points:
            if len(point.arguments) != arity:
                raise _arity_error(point.span, name, arity, "this line", len(point.arguments))
            assert point.value is not None
            key = tuple(_key(constant(argument)) for argument in point.arguments)
            table[key] = constant(point.value)
        self.specification.rebind(name, _tabulated(name, arity, table))

    def bind_replacements(self) -> None:
        """Bind what is replaced by another operator, all of them seen from the start."""
        self._refuse_replaced_targets()
        found = [
            (assignment, self._replacement(assignment))
            for assignment in self.assignments
            if assignment.replacement is not None
        ]
        for assignment, binding in found:
            if assignment.module is not None:
                self._bind_in(assignment.module, assignment, binding)
            elif not self._bind_in_instance(assignment, binding):
                self.specification.rebind(assignment.name, binding)
        for assignment, binding in found:
            if isinstance(binding, Definition) and _leads_to(binding, assignment.name):
                binding.is_recursive = True  # its end, if it has one, shows in evaluation
        for assignment, binding in found:
            self._check_level(assignment, binding)

    def _refuse_replaced_targets(self) -> None:
        """Refuse what is replaced to the right of `<-`, in whatever order, as TLC does."""
        for assignment in self.assignments:
            target = assignment.replacement
            if target in self.replacements and assignment.module is None:
                raise InputError(
                    f"`{assignment.name}` is replaced by `{target}`, which the configuration "
                    "replaces itself",
                    span=assignment.span,
                    expected="what stands to the right of `<-` is to the left of none",
                )

    def _bind_in(self, module: str, assignment: cfg.ConstantAssignment, binding: Binding) -> None:
        """Bind a name of one module; that of a declared constant is none of its definitions."""
        try:
            is_known = self.specification.rebind_in(module, assignment.name, binding)
        except LookupError:
            raise InputError(
                f"the configuration names the module `{module}`, which is no part of the "
                "specification",
                span=assignment.span,
            ) from None
        if not is_known and assignment.name not in self.arities:
            raise _undefined(assignment, f"module `{module}`", self.names)

    def _bind_in_instance(self, assignment: cfg.ConstantAssignment, binding: Binding) -> bool:
        """Bind `I!Op` of a named instance; return False for a name without `!`."""
        first, _, rest = assignment.name.partition("!")
        if not rest:
            return False
        instance = self.names.get(first)
        if not isinstance(instance, Instance) or instance.unit.parameters or "!" in rest:
            raise _undefined(assignment, "the specification", self.names)
        given = members(instance, (), instance.scope, 0)
        if rest not in given:
            raise _undefined(assignment, f"the instance `{first}`", given)
        instance.opened[None] = Opened({**given, rest: binding}, (), None)
        return True

    def _replacement(self, assignment: cfg.ConstantAssignment) -> Binding:
        self._refuse_variable(assignment)
        name, what = assignment.name, assignment.replacement or ""
        is_here = assignment.module is None and "!" not in name
        if is_here and name not in self.names:
            raise _undefined(assignment, "the specification", self.names)
        binding = self._target(assignment)
        wanted, given = self._arity_of(name) if is_here else _arity(binding), _arity(binding)
        if wanted != given:
            raise _arity_error(assignment.span, name, wanted, f"`{what}`", given)
        return binding

    def _check_level(self, assignment: cfg.ConstantAssignment, binding: Binding) -> None:
        """Refuse for a declared constant what has another value in other states; operators may."""
        name = assignment.name
        level = self.specification.analysis.of_binding(binding).level
        if self.arities.get(name) == 0 and level > CONSTANT:
            raise InputError(
                f"constant `{name}` is replaced by `{assignment.replacement}`, which speaks of "
                "variables",
                span=assignment.span,
                expected="a constant operator: a declared constant has one value for all states",
            )

    def _target(self, assignment: cfg.ConstantAssignment) -> Binding:
        """Return what stands in for a name."""
        name = assignment.replacement or ""
        binding = self.specification.scope.find(name)
        if not isinstance(binding, Definition | Builtin | Baked):
            close = nearest(name, self.specification.definitions)
            raise InputError(
                f"the configuration replaces `{assignment.name}` by `{name}`, "
                "which the module does not define",
                span=assignment.span,
                hint=f"did you mean `{close}`?" if close else "",
            )
        return binding

    def _refuse_variable(self, assignment: cfg.ConstantAssignment) -> None:
        if isinstance(self.specification.scope.find(assignment.name), VariableSlot):
            raise InputError(
                f"the configuration replaces `{assignment.name}`, which is a variable",
                span=assignment.span,
                hint="constants and operators alone can be replaced",
            )

    def _arity_of(self, name: str) -> int:
        return self.arities[name] if name in self.arities else _arity(self.names[name])


def _undefined(assignment: cfg.ConstantAssignment, where: str, known: Iterable[str]) -> InputError:
    close = nearest(assignment.name.rpartition("!")[2], known)
    return InputError(
        f"the configuration replaces `{assignment.name}`, which {where} does not define",
        span=assignment.span,
        hint=f"did you mean `{close}`?" if close else "remove the line",
    )


def _leads_to(start: Definition, name: str) -> bool:
    """Whether a definition uses `name`, directly or through others."""
    seen: set[int] = set()
    waiting: list[Binding | None] = [start]
    while waiting:
        binding = waiting.pop()
        if not isinstance(binding, Definition) or id(binding) in seen:
            continue
        seen.add(id(binding))
        used = names_in(binding.body)
        if name in used:
            return True
        waiting.extend(map(binding.scope.find, sorted(used)))
    return False


def _arity(binding: Binding) -> int:
    match binding:
        case Definition(parameters=parameters):
            return len(parameters)
        case Builtin(arity=arity):
            return arity
        case _:
            return 0


def _arity_error(span: Span, name: str, wanted: int, what: str, given: int) -> InputError:
    return InputError(
        f"`{name}` takes {wanted} arguments, and {what} has {given}",
        span=span,
        hint="replace an operator by one with as many parameters",
    )


def _tabulated(name: str, arity: int, table: Mapping[tuple[object, ...], Value]) -> Builtin:
    """Return the operator that looks its value up in a table."""

    def apply(span: Span, *arguments: Any) -> Value:
        values = [settle(argument, span) for argument in arguments]
        found = table.get(tuple(map(_key, values)))
        if found is None:
            given = ", ".join(map(shown, values))
            fail(span, f"the configuration says nothing of {name}({given})")
        return found

    return Builtin(name, arity, apply)


def _key(value: Value) -> object:
    return (type(value), value) if isinstance(value, int) else value


def constant(value: cfg.CfgValue) -> Value:
    """Return the value that a configuration writes; other names are model values."""
    match value:
        case cfg.IntegerValue(value=number):
            if number > HIGHEST:
                raise InputError(
                    f"{number:,} is outside the 32-bit integers of TLC",
                    span=value.span,
                    expected=f"at most {HIGHEST:,}",
                )
            return number
        case cfg.StringValue(value=text):
            return text
        case cfg.BooleanValue(value=truth):
            return truth
        case cfg.ModelValue(name=name):
            return ModelValue(name)
        case cfg.SetValue(elements=elements):
            return _set(elements, value)


def _set(elements: Iterable[cfg.CfgValue], value: cfg.SetValue) -> SetValue:
    try:
        return make_set([constant(element) for element in elements], value.span)
    except EvaluationError as error:
        raise InputError(error.message, span=error.span) from None
