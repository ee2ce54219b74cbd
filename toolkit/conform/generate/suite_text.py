"""The text of test_machine.py, part by part; the template puts the parts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conform.domain.machine import Machine, MachineAction, MachineProperty, python_literal
from conform.domain.plain import PlainData
from conform.generate.docstrings import docstring, harmless
from conform.generate.python_layout import WIDTH, argument, statement
from conform.generate.refusals import Refusal
from conform.generate.scenarios import Scenario, ScenarioStep

MAX_EXAMPLES = 200
STEP_COUNT = 50
"""Examples and steps of a default run: about ten seconds for an implementation in memory, and
enough that each action of the leaderless log is taken dozens of times."""

_MEMBERS = frozenset(
    (
        *("begin", "beside", "disabled", "enabled", "look", "muted", "offers", "refuses", "take"),
        *("bundle", "bundles", "check_invariants", "initialize_rules", "invariants", "rules"),
        *("name_counter", "names_list", "names_to_values", "print_end", "print_start", "teardown"),
    )
)
"""What the state machine and Hypothesis's class have already."""


def values_of(
    machine: Machine,
    implementation: str,
    scenarios: Sequence[Scenario],
    refusals: Sequence[Refusal],
) -> dict[str, object]:
    """Return what the template needs beside the machine itself."""
    has_plain = "plain" in machine.support
    return {
        "suite_docstring": docstring(_paragraphs(machine), 0),
        "implementation_line": statement(
            "IMPLEMENTATION = ",
            f'os.environ.get("CONFORM_IMPLEMENTATION", {python_literal(implementation)})',
            0,
        ),
        "scenarios": scenarios,
        "scenario_row": scenario_row,
        "refusals": _listable(machine, refusals),
        "refusal_row": refusal_row,
        "max_examples": MAX_EXAMPLES,
        "step_count": STEP_COUNT,
        "rule_name": rule_name,
        "invariant_name": invariant_name,
        "invariant_assertion": invariant_assertion,
        "has_plain": has_plain,
        "given": "plain(parameters)" if has_plain else "dict(parameters)",
        "scenario_given": _scenario_given(has_plain=has_plain),
    }


def machine_import(module: str, class_name: str, *, has_plain: bool) -> str:
    """Return the import of what the suite needs of machine.py."""
    names = ["STEP_PROPERTIES", "Constants", class_name, *(["plain"] if has_plain else [])]
    ordered = sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    listed = "".join(f"    {name},\n" for name in ordered)
    return f"from {module} import (\n{listed})"


def scenario_row(scenario: Scenario) -> str:
    """Return the row of a scenario: a step on each line, if there are several."""
    steps = _steps(scenario.steps)
    head = f"{python_literal(scenario.name)}: "
    if len(steps) == 1:
        return argument(head, f"({steps[0]},)", 4)
    return "\n".join([f"    {head}(", *(argument("", step, 8) for step in steps), "    ),"])


def refusal_row(refusal: Refusal) -> str:
    """Return the row of a refusal: the way there, and the step to be declined."""
    ways = [argument("", step, 12) for step in _steps(refusal.steps)]
    asked = f"({python_literal(refusal.action)}, {_literal(refusal.parameters)})"
    comment = f"    # {harmless(refusal.line)}"
    lines = [comment if len(comment) <= WIDTH else f"{comment[: WIDTH - 3]}..."]
    lines.append(f"    {python_literal(refusal.name)}: (")
    if len(ways) > 1:
        lines += ["        (", *ways, "        ),"]
    else:
        only = f"({_steps(refusal.steps)[0]},)" if ways else "()"
        lines.append(argument("", only, 8))
    return "\n".join([*lines, argument("", asked, 8), "    ),"])


def _steps(steps: Sequence[ScenarioStep]) -> list[str]:
    return [f"({python_literal(each.action)}, {_literal(each.parameters)})" for each in steps]


def _listable(machine: Machine, refusals: Sequence[Refusal]) -> list[Refusal]:
    """Return the refusals of actions whose instances can be listed in any state."""
    known = {
        action.name
        for action in machine.actions
        if all(choice.is_constant for choice in action.choices)
    }
    return [refusal for refusal in refusals if refusal.action in known]


def _literal(data: PlainData) -> str:
    """Return plain data as a literal, sets in the order of their literals."""
    match data:
        case Mapping():
            pairs = ", ".join(f"{_literal(key)}: {_literal(value)}" for key, value in data.items())
            return f"{{{pairs}}}"
        case tuple():
            inner = ", ".join(map(_literal, data))
            return f"({inner},)" if len(data) == 1 else f"({inner})"
        case frozenset():
            inner = ", ".join(sorted(map(_literal, data)))
            return f"frozenset({{{inner}}})" if data else "frozenset()"
        case str():
            return python_literal(data)
        case _:
            return repr(data)


def _scenario_given(*, has_plain: bool) -> str:
    return "matching(beside.machine, action, parameters)" if has_plain else "parameters"


def rule_name(action: MachineAction) -> str:
    """Return the name of an action's rule."""
    return f"{action.identifier}_" if action.identifier in _MEMBERS else action.identifier


def invariant_name(found: MachineProperty) -> str:
    """Return the name of an invariant's check."""
    return f"{found.identifier}_" if found.identifier in _MEMBERS else found.identifier


def invariant_assertion(found: MachineProperty) -> str:
    """Return the assertion of an invariant."""
    message = python_literal(f"{found.name} does not hold")
    line = f"        assert self.beside.machine.{found.identifier}(), {message}"
    if len(line) <= WIDTH:
        return line
    head = f"        assert self.beside.machine.{found.identifier}(), ("
    return f"{head}\n            {message}\n        )"


def _paragraphs(machine: Machine) -> list[str | Sequence[str]]:
    return [
        f"Holds an implementation to {machine.title}: the same steps, the same states.",
        "Each rule takes a step that the machine of machine.py has enabled, on both sides; "
        "`refuses` asks the implementation for one that is disabled; after each step the states "
        "are compared. The scenarios are shortest behaviours to each action, the refusals "
        "shortest ways to where one line of a guard alone disables one.",
        "Run it where the implementation can be imported, usually the project's root: "
        "`python -m pytest` and the path of this folder.",
    ]
