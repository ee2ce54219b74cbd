"""One expression of TLA+, evaluated by the evaluator and as the Python it is translated to."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from conform.domain.plain import from_plain, to_plain, without_model_values
from conform.domain.values import Value
from conform.errors import ConformError, EvaluationError
from conform.generate.generating import machine_body
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import load_specification
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.text import Source

HEAD = """---- MODULE M ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS Keys, NULL
VARIABLES n, b, s, q, f, r, t, out
Inc(x) == x + 1
Fact(m) == IF m <= 1 THEN 1 ELSE m * 2
Apply(Op(_), x) == Op(x)
Small == 0..3
SeqSum(x) == LET total == Len(x) IN total + total
"""

TAIL = """
Types == /\\ n \\in Int /\\ b \\in BOOLEAN /\\ s \\in SUBSET Small /\\ q \\in Seq(Int)
         /\\ f \\in [Keys -> Int] /\\ r \\in [a : Int, b : Seq(Int)] /\\ t \\in Int \\X BOOLEAN
Init == /\\ n = 2 /\\ b = TRUE /\\ s = {1, 2} /\\ q = <<3, 1, 2>> /\\ f = [k \\in Keys |-> 5]
        /\\ r = [a |-> 1, b |-> <<4>>] /\\ t = <<7, FALSE>>
        /\\ out = Expression
Step == /\\ n' = -3 /\\ b' = ~b /\\ s' = {0, 3} /\\ q' = <<>> /\\ f' = [f EXCEPT !["x"] = 0]
        /\\ r' = [r EXCEPT !.a = @ + n, !.b[1] = 9] /\\ t' = [t EXCEPT ![1] = n]
        /\\ out' = Expression
Next == Step
Spec == Init /\\ [][Next]_n
====
"""

CONFIGURATION = 'SPECIFICATION Spec CONSTANTS Keys = {"x", "y"} NULL = NULL INVARIANT Types'

FAILED = "no value"
"""What stands for the value of an expression that has none."""


def model_of(expression: str) -> TlaModel:
    """Return the model whose variable `out` has the expression's value, in several states."""
    text = f"{HEAD}Expression == {expression}\n{TAIL}"
    specification = load_specification(Source("M.tla", text), lambda _name: None)
    return build_model(specification, parse_configuration(Source("M.cfg", CONFIGURATION)))


def evaluated(model: TlaModel) -> list[Value | str]:
    """Return the value of `out` in the initial state and after one and two steps.

    The list ends with FAILED at the first state in which the expression has no value.
    """
    found: list[Value | str] = []
    try:
        state = next(model.initial_states())
        found.append(erased(to_plain(state[-1])))
        for _ in range(2):
            state = next(model.successors(model.instances[0], state)).state
            found.append(erased(to_plain(state[-1])))
    except EvaluationError:
        found.append(FAILED)
    return found


def translated(model: TlaModel) -> list[Value | str]:
    """Return the same, computed by the generated machine."""
    configuration = parse_configuration(Source("M.cfg", CONFIGURATION))
    machine = describe_machine(model, configuration)
    for omission in machine.omissions:
        raise ConformError(omission.reason, span=omission.span, excerpt=omission.excerpt)
    made_module = ModuleType("made_by_a_translation")
    sys.modules[made_module.__name__] = made_module  # where dataclasses look for it
    names: dict[str, Any] = made_module.__dict__
    exec(compile(machine_body(machine), "made.py", "exec"), names)  # noqa: S102
    found: list[Value | str] = []
    try:
        made = names[machine.class_name]()
        found.append(erased(made.snapshot()["out"]))
        for _ in range(2):
            made.step()
            found.append(erased(made.snapshot()["out"]))
    except (ArithmeticError, LookupError, RuntimeError, TypeError):
        found.append(FAILED)
    return found


def erased(plain: object) -> Value:
    """Return plain data as a value with model values as strings."""
    return without_model_values(from_plain(plain))
