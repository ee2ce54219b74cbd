"""A trace is not a behaviour of the model.

What it means
    The first state is no initial state of the model, or a step is none of its steps: no action (of
    the name and parameters that the trace tells) leads from the state before to the recorded one.
    The trace is of another version of the spec, of other constants, or was edited.

Example
    traces/run.txt, step 3: WALWriteSuccess(w=w1) does not lead to the recorded state; the closest
    state that it leads to differs in writerState[w1]

        writerState[w1]  expected  "ASSIGNING_OFFSET"
                         found     "DONE"

    `expected` is what the model says, `found` what the trace says.

What to do
    Record the trace again with the present spec and the configuration that is named in
    conform.yaml. If it was recorded with those, the two engines disagree: please report it.
"""

from __future__ import annotations

from conform.domain.actions import ActionInstance
from conform.domain.difference import Difference
from conform.domain.finding import Code, Finding
from conform.domain.plain import to_plain
from conform.domain.trace import TraceStep
from conform.domain.values import Bindings
from conform.replay.divergence import comparison, shown_call

CODE = Code("CF506", "a trace that is not a behaviour of the model")


def other_variables(source: str, number: int, told: set[str], spec: set[str]) -> Finding:
    """Return the finding for a state whose variables are not the spec's."""
    lacking, unknown = sorted(spec - told), sorted(told - spec)
    parts = [f"lacks {', '.join(lacking)}"] if lacking else []
    parts += [f"has {', '.join(unknown)}, unknown to the spec"] if unknown else []
    return CODE.finding(f"{source}: state {number} {' and '.join(parts)}")


def not_initial(source: str, differences: tuple[Difference, ...] | None) -> Finding:
    """Return the finding for a first state that is not initial; None: the model has no initial."""
    if differences is None:
        return CODE.finding(f"{source}: the model has no initial state")
    names = ", ".join(difference.place for difference in differences)
    message = f"{source}: the first state is no initial state of the model: it differs in {names}"
    return CODE.finding(message, details=comparison(differences))


def unknown_action(source: str, step: TraceStep, near: str | None) -> Finding:
    """Return the finding for a step with an action that the model does not have."""
    message = f"{source}, step {step.number}: the model has no action {step.action}"
    return CODE.finding(message, hint=f"did you mean {near}?" if near else "")


def not_a_step(
    source: str,
    step: TraceStep,
    differences: tuple[Difference, ...] | None,
    explanation: ActionInstance | None,
) -> Finding:
    """Return the finding for a step that nothing explains.

    `differences` are those of the closest successor, None when there is none at all. `explanation`
    is an instance with another name or other parameters that does lead to the recorded state.
    """
    where = f"{source}, step {step.number}"
    hint = f"{_call(explanation.action, explanation.parameters)} leads there" if explanation else ""
    subject = _call(step.action, (*(step.parameters or ()), *step.choices))
    if differences is None:
        state = f"state {step.number - 1}"
        return CODE.finding(f"{where}: {subject} is not enabled in {state}", hint=hint)
    names = ", ".join(difference.place for difference in differences)
    message = f"{subject} does not lead to the recorded state; the closest that it leads to differs"
    return CODE.finding(
        f"{where}: {message} in {names}", details=comparison(differences), hint=hint
    )


def _call(action: str | None, parameters: Bindings) -> str:
    if action is None:
        return "any action of the model"
    return shown_call(action, {name: to_plain(value) for name, value in parameters})
