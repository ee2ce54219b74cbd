"""The text of machine.py, part by part; the template puts the parts together."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from conform.domain.machine import (
    Alias,
    Citation,
    GuardLine,
    InstanceList,
    LocalValue,
    Machine,
    MachineAction,
    MachineFairness,
    MachineFormula,
    MachineProperty,
    Named,
    Operator,
    python_literal,
)
from conform.generate.docstrings import docstring
from conform.generate.python_layout import WIDTH, argument, statement
from conform.generate.python_source import AND, precedence_of

_STDLIB = {
    "collections.abc": (
        "Callable", "Iterable", "Iterator", "KeysView", "Mapping", "ValuesView",
    ),
    "dataclasses": ("dataclass", "replace"),
    "itertools": ("combinations", "product"),
    "typing": ("Any", "Literal", "NamedTuple", "NoReturn", "TypeAlias", "TypeVar"),
}  # fmt: skip


def imports_of(body: str, known: dict[str, tuple[str, ...]] | None = None) -> str:
    """Return the imports, sorted as ruff sorts them, of the names that `body` uses."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    lines = []
    for module, names in (known or _STDLIB).items():
        wanted = [name for name in names if name in used]
        if wanted:
            lines.append(f"from {module} import {', '.join(wanted)}")
    return "\n".join(lines)


def signature(name: str, parameters: Sequence[Named], returns: str) -> str:
    """Return the `def` line of a method."""
    listed = [f"{each.identifier}: {each.annotation}" for each in parameters]
    text = f"    def {name}({', '.join(['self', *listed])}) -> {returns}:"
    if len(text) <= WIDTH:
        return text
    inner = ", ".join(["self", *listed])
    if len(inner) + 8 <= WIDTH:
        return f"    def {name}(\n        {inner}\n    ) -> {returns}:"
    lines = "".join(f"        {each},\n" for each in ["self", *listed])
    return f"    def {name}(\n{lines}    ) -> {returns}:"


def annotated(name: str, annotation: str, indent: int) -> str:
    """Return an annotated field."""
    return statement(f"{name}: ", annotation, indent)


def alias_line(alias: Alias) -> str:
    """Return the definition of a type alias."""
    line = f"{alias.identifier}: TypeAlias = {alias.definition}"
    if len(line) <= WIDTH:
        return line
    node = ast.parse(alias.definition, mode="eval").body
    assert isinstance(node, ast.Subscript)
    elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    lines = "".join(f"    {python_literal(ast.literal_eval(each))},\n" for each in elements)
    return f"{alias.identifier}: TypeAlias = Literal[\n{lines}]"


def pair(key: str, value: str, indent: int) -> str:
    """Return an item of a dict display on lines of its own."""
    return argument(f"{python_literal(key)}: ", value, indent)


def cited(citation: Citation) -> str:
    """Return where something is described, as a sentence; empty if nowhere."""
    places = [place for place in (citation.document, citation.model) if place]
    return f"See {' and '.join(places)}." if places else ""


def call_text(action: MachineAction, *, with_choices: bool = False) -> str:
    """Return an action as messages name it: `StartAppend(w)`."""
    names = [each.name for each in action.parameters]
    if with_choices:
        names += [choice.parameter.name for choice in action.choices]
    return f"{action.name}({', '.join(names)})" if names else action.name


# ------------------------------------------------------------------------------------ helpers


def operator_text(operator: Operator) -> str:
    """Return the method of a helper; a property where it has no parameters."""
    lines = [] if operator.parameters else ["    @property"]
    lines.append(signature(operator.identifier, operator.parameters, operator.annotation))
    names = ", ".join(each.name for each in operator.parameters)
    title = f"{operator.name}({names})" if names else operator.name
    formula = operator.description or operator.formula
    parts = [f"{title} == {formula}", cited(operator.citation)]
    lines.append("        " + docstring(parts, 8))
    for arm in operator.arms:
        if not arm.value:
            lines.append(statement("raise ", f"ArithmeticError({python_literal(arm.failure)})", 8))
        elif arm.condition:
            lines.append(statement("if ", arm.condition, 8, ":"))
            lines.append(statement("return ", arm.value, 12))
        else:
            lines.append(statement("return ", arm.value, 8))
    return "\n".join(lines)


def property_text(found: MachineProperty) -> str:
    """Return the method of an invariant, or of a property of steps."""
    parameters = [Named("before", "before", "State")] if found.is_step else []
    what = "of the step from `before` to the present state" if found.is_step else ""
    title = " ".join(part for part in (f"{found.label} {found.name}".strip(), what) if part)
    description = found.description or found.formula
    conjuncts = [_conjunct(part) for part in found.conjuncts]
    body = " and ".join(conjuncts) if len(conjuncts) > 1 else found.conjuncts[0]
    return "\n".join(
        [
            signature(found.identifier, parameters, "bool"),
            "        " + docstring([f"{title}: {description}", cited(found.citation)], 8),
            statement("return ", body, 8),
        ]
    )


def formula_text(found: MachineFormula) -> str:
    """Return the method of a liveness property."""
    title = f"{found.label} {found.name}".strip()
    return "\n".join(
        [
            signature(found.identifier, [], "Formula"),
            "        "
            + docstring(
                [f"{title}: {found.description or found.formula}", cited(found.citation)], 8
            ),
            statement("return ", found.expression, 8),
        ]
    )


def fairness_row(row: MachineFairness) -> str:
    """Return a fairness condition on lines of its own in the table of all."""
    actions, each = (_tuple(map(python_literal, names)) for names in (row.actions, row.each))
    return argument("", f"Fairness({python_literal(row.kind)}, {actions}, {each})", 4)


def _tuple(texts: Iterable[str]) -> str:
    listed = list(texts)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def _conjunct(source: str) -> str:
    """Return an expression as an operand of `and`."""
    node = ast.parse(source, mode="eval").body
    return source if precedence_of(node) >= AND else f"({source})"


# ------------------------------------------------------------------------------------ actions


def action_text(action: MachineAction) -> str:
    """Return the methods of an action: can_, why_not_, perhaps choices_for_, and the action."""
    parts = [_can(action), _why_not(action)]
    if action.choices:
        parts.append(_choices(action))
    return "\n\n".join([*parts, _effect(action)])


def _passed(parameters: Sequence[Named]) -> str:
    return ", ".join(each.identifier for each in parameters)


def _can(action: MachineAction) -> str:
    name, passed = action.identifier, _passed(action.parameters)
    test = f"self.why_not_{name}({passed}) is None"
    if action.choices:
        test += f" and any(True for _ in self.choices_for_{name}({passed}))"
    return "\n".join(
        [
            signature(f"can_{name}", action.parameters, "bool"),
            "        " + docstring([f"Whether {call_text(action)} is enabled."], 8),
            statement("return ", test, 8),
        ]
    )


def _why_not(action: MachineAction) -> str:
    first = f"Return the first false line of the guard of {call_text(action)}, if there is one."
    lines = [
        signature(f"why_not_{action.identifier}", action.parameters, "Unmet | None"),
        "        " + docstring([first], 8),
    ]
    body: list[str] = []
    for line in action.guard:
        body += [statement(f"{each.identifier} = ", each.expression, 8) for each in line.locals]
        body.append(statement("if ", line.negation, 8, ":"))
        body.append(statement("return ", _unmet(line), 12))
    body.append("        return None")
    return "\n".join([*lines, *_with_state(body), *body])


def _unmet(line: GuardLine) -> str:
    values = ", ".join(f"{python_literal(text)}: {value}" for text, value in line.readings)
    return f"Unmet({python_literal(line.formula)}, {{{values}}})"


def _with_state(body: Sequence[str]) -> list[str]:
    """Return the line that names the present state, if `body` uses that name."""
    text = "def _():\n" + "\n".join(body)
    used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return ["        state = self.state"] if "state" in used else []


def _choices(action: MachineAction) -> str:
    types = [choice.parameter.annotation for choice in action.choices]
    yielded = types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"
    names = ", ".join(choice.parameter.name for choice in action.choices)
    first = f"Yield each {names} that {call_text(action)} may choose when its guard holds."
    body: list[str] = []
    plain = len(action.choices) == 1 and not action.choices[0].guards
    if plain:
        body.append(statement("yield from ", action.choices[0].domain, 8))
    else:
        body += list(_nested_choices(action))
    return "\n".join(
        [
            signature(
                f"choices_for_{action.identifier}", action.parameters, f"Iterator[{yielded}]"
            ),
            "        " + docstring([first], 8),
            *_with_state(body),
            *body,
        ]
    )


def _nested_choices(action: MachineAction) -> Iterator[str]:
    indent = 8
    for choice in action.choices:
        yield statement(f"for {choice.parameter.identifier} in ", choice.domain, indent, ":")
        indent += 4
        if choice.guards:
            test = " and ".join(f"({line.condition})" for line in choice.guards)
            yield statement("if ", test, indent, ":")
            indent += 4
    names = _passed([choice.parameter for choice in action.choices])
    yield " " * indent + f"yield {names}"


def _effect(action: MachineAction) -> str:
    chosen = [choice.parameter for choice in action.choices]
    title = action.citation.heading or call_text(action)
    guard = ["Guard", *action.guard_text] if action.guard_text else []
    effect = ["Effect", *action.effect_text] if action.effect_text else []
    closing = f"{cited(action.citation)} Raises NotEnabledError where it is disabled.".strip()
    given = ", ".join(
        f"{python_literal(each.name)}: {each.identifier}" for each in action.parameters
    )
    name, passed = python_literal(action.name), _passed(action.parameters)
    why_not = f"self.why_not_{action.identifier}({passed})"
    lines = [
        signature(action.identifier, [*action.parameters, *chosen], "None"),
        "        " + docstring([f"{title}.", guard, effect, closing], 8),
        statement("", f"_require({name}, {{{given}}}, {why_not})", 8),
    ]
    if chosen:
        lines += _check_choice(action)
    return "\n".join([*lines, *_new_state(action)])


def _check_choice(action: MachineAction) -> list[str]:
    chosen = [choice.parameter for choice in action.choices]
    value = chosen[0].identifier if len(chosen) == 1 else f"({_passed(chosen)})"
    name = python_literal(action.name)
    test = f"{value} not in self.choices_for_{action.identifier}({_passed(action.parameters)})"
    text = ", ".join(choice.formula for choice in action.choices)
    guards = " /\\ ".join(line.formula for choice in action.choices for line in choice.guards)
    text = f"{text} : {guards}" if guards else text
    values = ", ".join(f"{python_literal(each.name)}: {each.identifier}" for each in chosen)
    given = ", ".join(
        f"{python_literal(each.name)}: {each.identifier}" for each in (*action.parameters, *chosen)
    )
    return [
        statement("if ", test, 8, ":"),
        statement("unmet = ", f"Unmet({python_literal(text)}, {{{values}}})", 12),
        statement("raise ", f"NotEnabledError({name}, {{{given}}}, unmet)", 12),
    ]


def _new_state(action: MachineAction) -> list[str]:
    if not action.assignments:
        return []
    body: list[str] = [_local(each) for each in action.locals]
    if len(action.assignments) == 1:
        only = action.assignments[0]
        text = f"replace(state, {only.identifier}={only.expression})"
        body.append(statement("self.state = ", text, 8))
    else:
        body += ["        self.state = replace(", "            state,"]
        body += [argument(f"{e.identifier}=", e.expression, 12) for e in action.assignments]
        body.append("        )")
    return ["        state = self.state", *body]


def _local(local: LocalValue) -> str:
    return statement(f"{local.identifier} = ", local.expression, 8)


def table(head: str, rows: Sequence[str]) -> str:
    """Return the definition of a dict with a row on each line."""
    return "\n".join([f"{head} = {{", *rows, "}"]) if rows else f"{head} = {{}}"


def table_rows(machine: Machine) -> dict[str, list[str]]:
    """Return the rows of the tables at the end of the module, by the template's names."""

    def methods(*, are_steps: bool) -> list[str]:
        return [
            pair(each.name, f"{machine.class_name}.{each.identifier}", 4)
            for each in machine.properties
            if each.is_step is are_steps
        ]

    return {
        "step_rows": [step_row(action, machine.class_name) for action in machine.actions],
        "invariant_rows": methods(are_steps=False),
        "step_property_rows": methods(are_steps=True),
        "liveness_rows": [
            pair(each.name, f"{machine.class_name}.{each.identifier}", 4)
            for each in machine.liveness
        ],
    }


def step_row(action: MachineAction, class_name: str) -> str:
    """Return the row of an action in the table of steps."""
    names = [each.name for each in action.parameters]
    names += [choice.parameter.name for choice in action.choices]
    listed = _tuple(map(python_literal, names))
    return pair(action.name, f"({class_name}.{action.identifier}, {listed})", 4)


# ------------------------------------------------------------------------------------ listings


def listing(machine: Machine, *, only_enabled: bool) -> str:
    """Return the body of `enabled`, or of `instances`, which leaves the guards out."""
    lines: list[str] = []
    for action in machine.actions:
        if not only_enabled and not all(choice.is_constant for choice in action.choices):
            continue
        for instances in action.instances:
            lines += _instances(action, instances, only_enabled=only_enabled)
    return "\n".join(lines) or "        yield from ()"


def _instances(
    action: MachineAction, instances: InstanceList, *, only_enabled: bool
) -> Iterator[str]:
    indent = 8
    for loop in instances.loops:
        yield statement(f"for {loop.identifier} in ", loop.domain, indent, ":")
        indent += 4
    passed = ", ".join(instances.arguments)
    if only_enabled:
        yield statement("if ", f"self.why_not_{action.identifier}({passed}) is None", indent, ":")
        indent += 4
    given = [
        f"{python_literal(each.name)}: {value}"
        for each, value in zip(action.parameters, instances.arguments, strict=True)
    ]
    if action.choices:
        names = _passed([choice.parameter for choice in action.choices])
        yield statement(
            f"for {names} in ", f"self.choices_for_{action.identifier}({passed})", indent, ":"
        )
        indent += 4
        given += [
            f"{python_literal(choice.parameter.name)}: {choice.parameter.identifier}"
            for choice in action.choices
        ]
    yield " " * indent + f"yield {python_literal(action.name)}, {{{', '.join(given)}}}"
