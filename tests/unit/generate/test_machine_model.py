"""A generated machine as a Model: explored, equal to the model that it was generated from."""

from __future__ import annotations

import pytest

from conform.check.agreement.agreeing import AgreementOutcome, agree
from conform.check.agreement.reading import Reading
from conform.domain.report import Verdict
from conform.errors import UnsupportedError
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.generate.execution import execute
from conform.generate.generating import machine_body
from conform.generate.machine_model import MachineModel, build_machine_model
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import load_specification
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.text import Source, Span

MODULE = """\
---- MODULE M ----
EXTENDS Integers, FiniteSets
CONSTANTS People, NONE
VARIABLES seat, line, log, open
vars == <<seat, line, log, open>>
Init == seat = NONE /\\ line = {} /\\ log = <<>> /\\ open = TRUE
Within == Cardinality(line) <= 2
Join(p, n) == open /\\ p \\notin line /\\ line' = line \\union {p} /\\ UNCHANGED <<seat, log, open>>
  /\\ n > 0
Sit == seat = NONE /\\ \\E p \\in line : seat' = p /\\ line' = line \\ {p}
  /\\ UNCHANGED <<log, open>>
Leave == seat # NONE /\\ seat' = NONE /\\ log' = <<[who |-> seat, at |-> 1]>>
  /\\ UNCHANGED <<line, open>>
Close == open /\\ open' = FALSE /\\ UNCHANGED <<seat, line, log>>
Pick == \\E k \\in 1..2 : open /\\ k = 2 /\\ log' = <<[who |-> NONE, at |-> k]>>
  /\\ UNCHANGED <<seat, line, open>>
Next == (\\E p \\in People, n \\in 0..1 : Join(p, n)) \\/ Sit \\/ Leave \\/ Close \\/ Pick
Spec == Init /\\ [][Next]_vars
Types == seat \\in People \\union {NONE} /\\ line \\subseteq People /\\ open \\in BOOLEAN
Alone == seat \\notin line
Shut == [][open' => open]_vars
Empty == line = {}
====
"""

CONFIGURATION = """\
SPECIFICATION Spec
CONSTANTS People = {a, b, c} NONE = NONE
CONSTRAINT Within
INVARIANTS Types Alone
PROPERTY Shut
CHECK_DEADLOCK FALSE
"""


def tla_model(module: str = MODULE, configuration: str = CONFIGURATION) -> TlaModel:
    """Return the model of the module."""
    specification = load_specification(Source("M.tla", module), lambda _name: None)
    return build_model(specification, parse_configuration(Source("M.cfg", configuration)))


def generated(model: TlaModel, configuration: str, change: tuple[str, str] = ("", "")) -> Source:
    """Return the text that is generated for a model, with a text replaced."""
    machine = describe_machine(model, parse_configuration(Source("M.cfg", configuration)))
    text = machine_body(machine)
    assert change[0] in text
    return Source("generated/machine.py", text.replace(*change))


def machine_model(
    configuration: str = CONFIGURATION,
    change: tuple[str, str] = ("", ""),
    constraints: tuple[str, ...] = ("Within",),
    module: str = MODULE,
) -> MachineModel:
    """Return the model of the generated machine."""
    model = tla_model(module, configuration)
    machine = describe_machine(model, parse_configuration(Source("M.cfg", configuration)))
    return build_machine_model(machine, generated(model, configuration, change), constraints)


def explored(model: TlaModel | MachineModel) -> ExplorationResult:
    """Return the exploration of a model, with its graph."""
    return explore(model, ExploreOptions(keep_graph=True, stop_at_first=False, self_check=1))


def compared(machine: MachineModel, configuration: str = CONFIGURATION) -> AgreementOutcome:
    """Return what comparing the machine with the module gives."""
    readings = []
    models: tuple[tuple[str, TlaModel | MachineModel], ...] = (
        ("TLA+", tla_model(configuration=configuration)),
        ("generated machine", machine),
    )
    for name, model in models:
        result = explored(model)
        span = Span(name, 1, 1, 1, 1)
        readings.append(Reading(name, model, result.graph, result.properties, span))
    return agree(readings)


def test_machine_does_what_the_module_does() -> None:
    outcome = compared(machine_model())
    assert (outcome.findings, outcome.verdict) == ((), Verdict.PASS)
    assert outcome.properties == 3
    (row,) = outcome.rows
    assert row.states == explored(tla_model()).distinct_states
    assert row.steps > 100


def test_constraint_bounds_the_machine_too() -> None:
    assert "within Within of generated machine" in compared(machine_model()).rows[0].summary
    with pytest.raises(UnsupportedError, match="the constraint Bound has no counterpart"):
        machine_model(constraints=("Bound",))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("open=False", "open=True", "Close does not do the same to `open`"),
        ("seat=p", 'seat="NONE"', "does not do the same to `seat`"),
    ],
)
def test_machine_that_does_something_else_is_told(old: str, new: str, message: str) -> None:
    outcome = compared(machine_model(change=(old, new)))
    assert any(message in finding.message for finding in outcome.findings)
    assert outcome.verdict is Verdict.FAIL


def test_line_of_a_guard_that_is_false_is_explained() -> None:
    model = machine_model(change=("if not state.open:", "if state.open:"))
    finding = next(each for each in compared(model).findings if "Close" in each.message)
    assert "generated machine  `open` is FALSE, at generated/machine.py:" in finding.details[1]


def test_property_that_the_machine_states_otherwise_is_told() -> None:
    changed = machine_model(change=("return self.state.seat not in self.state.line", "return True"))
    outcome = compared(changed)
    said = [finding.message for finding in outcome.findings]
    assert said == ["property `Alone`: FAIL in TLA+, PASS in generated machine"]


def test_states_are_found_again_by_a_model_that_never_met_them() -> None:
    met = explored(machine_model()).graph
    fresh = machine_model()
    assert met is not None
    for number in range(met.state_count):
        state = met.state(number)
        for instance in fresh.instances:
            targets = {
                met.state(met.targets[edge])
                for edge in met.edges_of(number)
                if met.edge_instances[edge] == instance.number
            }
            within = {
                each.state
                for each in fresh.successors(instance, state)
                if fresh.constraints[0].holds(each.state)
            }
            assert within == targets


def test_machine_without_an_action_is_not_compared() -> None:
    module = MODULE.replace("Close == open", "Close == (open \\/ open' = open) /\\ open")
    with pytest.raises(UnsupportedError, match="the generated machine lacks the action Close"):
        machine_model(module=module)


# --------------------------------------------------------------------------------------- execution

HOSTILE = [
    "import os\n",
    "from os import system\n",
    "from .secrets import key\n",
    "x = eval('1')\n",
    "x = open('f')\n",
    "x = ().__class__.__bases__\n",
    "x = __import__('os')\n",
    "x = getattr(1, '__class__')\n",
    "def f():\n    global x\n",
    "while True:\n    pass\n",
    "with x:\n    pass\n",
    "del x\n",
    "async def f():\n    await x\n",
    "x = (y := 1)\n",
    "exec('x')\n",
    "def f(:\n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_no_machine_has_is_not_executed(text: str) -> None:
    sound = generated(tla_model(), CONFIGURATION).text
    assert execute(Source("machine.py", sound)).M
    with pytest.raises(UnsupportedError, match="generated code"):
        execute(Source("machine.py", f"{sound}\n{text}"))


def test_what_a_specification_says_does_not_become_code() -> None:
    """Quotes and line ends in a text stay inside of its literal."""
    hostile = '"\\"\\"\\"\\nimport os\\n#"'
    module = MODULE.replace("Alone == ", f'Alone == {hostile} # "" /\\ ')
    assert explored(machine_model(module=module)).distinct_states > 10
