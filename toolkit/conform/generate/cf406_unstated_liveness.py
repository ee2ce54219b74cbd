"""The generated machine does not state the liveness properties of the specification.

What it means
    A machine states all liveness properties with their fairness, or none. Its tables speak of whole
    actions and of the values of their parameters, and its properties of states. Here the fairness
    has a subscript that leaves variables out, or a property speaks of steps. So the machine is
    compared with the other readings in its states and invariants alone; the properties themselves
    are checked in the module. It is a warning, as nothing is left unchecked but the machine.

Example
    `WF_queue(Send)` in a module with the variables queue and sent; `[]<><<Send>>_vars`

What to do
    Write the subscript as the tuple of all variables, and say what a step does by the states that
    it leads to; or take it as it is.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.domain.machine import Omission

CODE = Code("CF406", "generated machine states no liveness", Severity.WARNING)


def unstated_liveness(omission: Omission) -> Finding:
    """Return the finding for liveness properties that a machine leaves to a model checker."""
    return CODE.finding(
        f"the generated machine does not state {omission.name}: {omission.reason}",
        omission.span,
        excerpt=omission.excerpt,
        hint=omission.hint,
    )
