"""Replay against small implementations, correct and faulty."""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from conform.domain.finding import Finding
from conform.domain.trace import Trace, TraceStep
from conform.domain.values import ModelValue, SetValue
from conform.errors import InputError
from conform.replay.divergence import DivergenceKind
from conform.replay.findings import findings_of
from conform.replay.recorded import replay_trace, replay_traces
from conform.replay.replaying import PathStep, Replayer, plain_parameters
from tests.unit.replay.ledger import CONSTANTS, MODEL, RUN, SPEC, Ledger, follow, replayer


def finding(made: type[Ledger], trace: Trace = RUN) -> Finding:
    """Return the one finding of replaying `trace` against a faulty implementation."""
    result = replay_traces([trace], replayer(made))
    (found,) = findings_of(result.divergences)
    return found


def test_correct_implementation_has_no_divergence() -> None:
    result = replay_traces([RUN, RUN], replayer())
    assert result.divergences == ()
    assert (result.traces, result.steps) == (2, 8)
    assert result.exercised == {"Deposit": 4, "Withdraw": 2, "Close": 2}


def test_each_trace_gets_a_fresh_implementation() -> None:
    made: list[Ledger] = []

    def create(constants: Mapping[str, object]) -> Ledger:
        assert constants == CONSTANTS
        made.append(Ledger())
        return made[-1]

    replay_traces([RUN, RUN], Replayer(create, CONSTANTS, SPEC.variables))
    assert len(made) == 2


def test_parameters_and_choices_are_handed_over_as_plain_data() -> None:
    given: list[Mapping[str, object]] = []

    class Curious(Ledger):
        def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
            given.append(parameters)
            return super().perform(action, parameters)

    replay_traces([RUN], replayer(Curious))
    assert given[0] == {"w": "w1", "amount": 2}


class Forgetful(Ledger):
    def change(self, owner: str, amount: int) -> bool:
        self.seen.add(owner)
        self.balance[owner] += abs(amount)
        return True


class Strict(Ledger):
    def change(self, owner: str, amount: int) -> bool:
        return amount != -1 and super().change(owner, amount)


class Rich(Ledger):
    def __init__(self) -> None:
        super().__init__()
        self.balance["w1"] = 1


class Raising(Ledger):
    def close(self) -> bool:
        raise ValueError("no way")


class Leaving(Ledger):
    def close(self) -> bool:
        sys.exit(0)


class Slipping(Ledger):
    def close(self) -> bool:
        return bool(self.balance["w3"])


class Ignorant(Ledger):
    def close(self) -> bool:
        raise LookupError("what is Close?")


class Dispatching(Ledger):
    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        known = {"Deposit": super().perform, "Withdraw": super().perform}
        return known[action](action, parameters)


class Silent(Ledger):
    def close(self) -> bool:
        self.is_open = False
        return None  # type: ignore[return-value]  # the fault


class Lacking(Ledger):
    def state(self) -> Mapping[str, object]:
        return {"balance": self.balance, "isOpen": self.is_open}


class Misspelling(Ledger):
    def state(self) -> Mapping[str, object]:
        return {"balance": self.balance, "is_open": self.is_open, "seen": self.seen}


class Telling(Ledger):
    def state(self) -> Mapping[str, object]:
        return {**super().state(), "extra": 1}


class Strange(Ledger):
    def state(self) -> Mapping[str, object]:
        return {**super().state(), "isOpen": 1.5}


class Listing(Ledger):
    def state(self) -> Mapping[str, object]:
        return [1]  # type: ignore[return-value]  # the fault


class Endless(Ledger):
    def state(self) -> Mapping[str, object]:
        loop: list[object] = []
        loop.append(loop)
        return {**super().state(), "isOpen": loop}


class Numeric(Ledger):
    def state(self) -> Mapping[str, object]:
        return {**super().state(), "isOpen": int(self.is_open)}


MESSAGES = [
    (Forgetful, "CF501", "run, step 4: after Withdraw(w=w1) the implementation differs in balance"),
    (Rich, "CF501", "run: the implementation starts with another balance"),
    (Numeric, "CF501", "run: the implementation starts with another isOpen"),
    (Strict, "CF502", "run, step 4: the implementation declined Withdraw(w=w1), which the spec"),
    (Raising, "CF504", "run, step 5: perform, asked for Close, raised ValueError: no way"),
    (Leaving, "CF504", "run, step 5: perform, asked for Close, raised SystemExit: 0"),
    (Slipping, "CF504", "run, step 5: perform, asked for Close, raised KeyError: 'w3'"),
    (Ignorant, "CF508", "run, step 5: the implementation does not know Close: LookupError: what"),
    (Dispatching, "CF508", "run, step 5: the implementation does not know Close: KeyError"),
    (Silent, "CF509", "run, step 5, Close: perform returned None, neither True nor False"),
    (Lacking, "CF509", "run: state lacks seen"),
    (Misspelling, "CF509", "state has is_open, which is no variable of the spec (is it isOpen?)"),
    (Telling, "CF509", "run: state has extra, which is no variable of the spec"),
    (Strange, "CF509", "run: the value of isOpen is no plain data: 1.5 is of type float"),
    (Endless, "CF509", "run: the value of isOpen is no plain data: data nested too deeply"),
    (Listing, "CF509", "run: state returned [1], which maps no variables to values"),
]


@pytest.mark.parametrize(
    ("made", "code", "message"), MESSAGES, ids=lambda v: getattr(v, "__name__", "")
)
def test_faulty_implementation_is_found(made: type[Ledger], code: str, message: str) -> None:
    found = finding(made)
    assert found.code == code
    assert message in found.message


def test_difference_is_shown_in_aligned_lines() -> None:
    assert finding(Forgetful).details[:2] == (
        "balance.w1  expected  1",
        "            found     3",
    )


def test_steps_that_led_to_a_divergence_are_shown() -> None:
    assert finding(Forgetful).details[2:] == (
        "the steps that led there:",
        "  step 2: Deposit(w=w1, amount=2)",
        "  step 3: Deposit(w=w2, amount=1)",
    )


def test_boolean_and_integer_are_told_apart() -> None:
    assert finding(Numeric).details == ("isOpen  expected  TRUE", "        found     1")


def test_exception_points_to_the_line_of_the_implementation() -> None:
    found = finding(Raising)
    assert found.span is not None
    assert found.span.path == __file__
    assert 'raise ValueError("no way")' in found.excerpt


def test_interruption_by_the_user_goes_through() -> None:
    class Interrupted(Ledger):
        def close(self) -> bool:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay_traces([RUN], replayer(Interrupted))


def test_replay_stops_after_the_divergences_asked_for() -> None:
    assert replay_traces([RUN] * 5, replayer(Strict)).traces == 1
    result = replay_traces([RUN] * 5, replayer(Strict), max_divergences=3)
    assert (result.traces, len(result.divergences)) == (3, 3)


def test_trace_after_a_divergence_is_replayed() -> None:
    good = follow(("Close", "", 0))
    result = replay_traces([RUN, good], replayer(Strict), max_divergences=2)
    assert result.exercised["Close"] == 1


def test_create_that_raises_is_a_finding() -> None:
    def create(constants: Mapping[str, object]) -> Ledger:
        raise OSError("no disk")

    result = replay_traces([RUN], Replayer(create, {}, SPEC.variables))
    (found,) = findings_of(result.divergences)
    assert found.message == "run: create raised OSError: no disk"


def test_create_that_makes_something_else_is_a_finding() -> None:
    result = replay_traces([RUN], Replayer(lambda c: object(), {}, SPEC.variables))  # type: ignore[arg-type,return-value]  # the fault
    (found,) = findings_of(result.divergences)
    assert (
        found.message == "run: create returned a value of type object, which has no method perform"
    )


# --- States in other clothes ---------------------------------------------------------------------


class Flag(enum.StrEnum):
    W1 = "w1"
    W2 = "w2"


class Count(enum.IntEnum):
    ZERO = 0
    ONE = 1
    TWO = 2


def test_enumeration_members_count_as_what_they_extend() -> None:
    class Modern(Ledger):
        def state(self) -> Mapping[str, object]:
            balance = {Flag(name): Count(amount) for name, amount in self.balance.items()}
            seen = frozenset(map(Flag, self.seen))
            return {"balance": balance, "isOpen": self.is_open, "seen": seen}

    assert replay_traces([RUN], replayer(Modern)).divergences == ()


def test_other_mappings_are_read() -> None:
    class Proxying(Ledger):
        def state(self) -> Mapping[str, object]:
            return MappingProxyType({**super().state(), "balance": MappingProxyType(self.balance)})

    assert replay_traces([RUN], replayer(Proxying)).divergences == ()


# --- Paths in memory and probes ------------------------------------------------------------------


def probing(made: type[Ledger]) -> tuple[Replayer, DivergenceKind | None]:
    """Replay Close and then a probe of Deposit, which is disabled by then."""
    player = replayer(made)
    opened = player.expected(SPEC.values(next(MODEL.initial_states())))
    closed = player.expected(SPEC.values((0, False, 0, SetValue([]))))
    deposit = plain_parameters((("w", ModelValue("w1")),), (("amount", 1),))
    steps = [PathStep("Close", {}, closed), PathStep("Deposit", deposit, None)]
    divergence = player.replay_path("path 1", opened, steps)
    return player, divergence.kind if divergence else None


def test_declined_probe_is_counted() -> None:
    player, kind = probing(Ledger)
    assert kind is None
    assert player.result.declined == {"Deposit": 1}
    assert player.result.exercised == {"Close": 1}


def test_accepted_probe_is_a_divergence() -> None:
    class Open(Ledger):
        def change(self, owner: str, amount: int) -> bool:
            self.balance[owner] += amount
            return True

    player, kind = probing(Open)
    assert kind is DivergenceKind.ACCEPTED
    (found,) = findings_of(player.result.divergences)
    assert found.code == "CF503"
    assert found.message == (
        "path 1, step 2: the implementation accepted Deposit(w=w1, amount=1), "
        "which the spec disables"
    )


def test_declined_probe_that_changed_the_state_is_a_divergence() -> None:
    class Sloppy(Ledger):
        def change(self, owner: str, amount: int) -> bool:
            self.balance[owner] += amount
            return False

    player, kind = probing(Sloppy)
    assert kind is DivergenceKind.CONTRACT
    (found,) = findings_of(player.result.divergences)
    assert "declined a step and changed its state" in found.message


# --- Traces that cannot be replayed as they are --------------------------------------------------


def test_stuttering_steps_are_not_performed_but_counted_in_numbers() -> None:
    first, *others = RUN.steps
    still = TraceStep(2, None, (), (), first.variables)
    later = [
        TraceStep(s.number + 1, s.action, s.parameters, s.choices, s.variables) for s in others
    ]
    trace = Trace("run", (first, still, *later))
    assert replay_traces([trace], replayer()).steps == 4
    assert "step 5: the implementation declined" in finding(Strict, trace).message


def test_step_without_an_action_asks_for_alignment() -> None:
    first, second, *_ = RUN.steps
    trace = Trace("run", (first, TraceStep(2, None, None, (), second.variables)))
    with pytest.raises(InputError, match="step 2 does not say which action"):
        replay_trace(trace, replayer())


def test_trace_with_other_variables_is_refused() -> None:
    trace = Trace("run", (TraceStep(1, None, (), (), (("x", 1),)),))
    with pytest.raises(InputError, match="not the spec's: balance, isOpen, seen, x"):
        replay_trace(trace, replayer())


def test_trace_without_states_is_refused() -> None:
    with pytest.raises(InputError, match="without states"):
        replay_trace(Trace("run", ()), replayer())
