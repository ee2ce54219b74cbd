"""What the formulas of a property say of states and steps, in a form that readings share.

The truth of all that speaks of the moment at hand is one truth value; around it stand the temporal
operators. Instances of a quantified property are told apart by their values alone, in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TypeAlias, assert_never

from msgspec import Struct

from conform.domain.model import Model
from conform.domain.states import Slots, State
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
)

Meaning: TypeAlias = bool | tuple[str, tuple["Meaning", ...]]
"""A truth value, or a temporal operator with the meanings below it."""


class StatedProperty(Struct, frozen=True):
    """The formulas of one property in one model; those of invariants stand under Always."""

    formulas: tuple[Temporal, ...]

    def meaning(self, before: State, after: State) -> tuple[Meaning, ...]:
        """Return what the formulas say of a step, sorted; EvaluationError where they cannot."""
        found = [_meaning(formula, before, after) for formula in self.formulas]
        return tuple(sorted(dict.fromkeys(found), key=repr))

    def shape(self) -> frozenset[str]:
        """Return the operators of the formulas: properties of other shapes are not compared."""
        return frozenset(_shape(formula) for formula in self.formulas)

    def reads(self) -> Slots | None:
        """Return the slots that the formulas speak of, None where that is not known."""
        every = [atom.predicate.reads for each in self.formulas for atom in _atoms(each)]
        known = [reads for reads in every if reads is not None]
        return frozenset[int]().union(*known) if len(known) == len(every) else None


def stated_property(model: Model, names: Set[str]) -> StatedProperty:
    """Return all formulas that a model has for a property, which it may state under `names`."""
    states = [StateAtom(each) for each in model.invariants if each.name in names]
    steps = [StepAtom(each) for each in model.action_properties if each.name in names]
    temporal = [each.formula for each in model.liveness if each.property_name in names]
    momentary = [And((*states, *steps))] if states or steps else []
    return StatedProperty((*map(Always, momentary), *temporal))


def _meaning(formula: Temporal, before: State, after: State) -> Meaning:
    match formula:
        case StateAtom(predicate):
            return predicate.holds(before)
        case StepAtom(predicate):
            return predicate.holds(before, after)
        case Not(inner):
            found = _meaning(inner, before, after)
            return not found if isinstance(found, bool) else ("not", (found,))
        case And(formulas):
            return _joined("and", [_meaning(each, before, after) for each in formulas])
        case Or(formulas):
            return _joined("or", [_meaning(each, before, after) for each in formulas])
        case Always(inner):
            return "always", (_meaning(inner, before, after),)
        case Eventually(inner):
            return "eventually", (_meaning(inner, before, after),)
        case LeadsTo(premise, conclusion):
            parts = (_meaning(premise, before, after), _meaning(conclusion, before, after))
            return "leads to", parts
        case _:
            assert_never(formula)


def _joined(word: str, parts: list[Meaning]) -> Meaning:
    """Return one truth value for those among parts, and a node where other parts are left."""
    truths = [part for part in parts if isinstance(part, bool)]
    rest = tuple(part for part in parts if not isinstance(part, bool))
    truth = all(truths) if word == "and" else any(truths)
    return (word, (truth, *rest)) if rest else truth


def _shape(formula: Temporal) -> str:
    match formula:
        case StateAtom() | StepAtom():
            return "."
        case Not(inner):
            shape = _shape(inner)
            return shape if shape == "." else f"not {shape}"
        case And(formulas) | Or(formulas):
            word = "and" if isinstance(formula, And) else "or"
            shapes = sorted({_shape(each) for each in formulas})
            return "." if shapes == ["."] else f"{word}({','.join(shapes)})"
        case Always(inner):
            return f"always({_shape(inner)})"
        case Eventually(inner):
            return f"eventually({_shape(inner)})"
        case LeadsTo(premise, conclusion):
            return f"({_shape(premise)} leads to {_shape(conclusion)})"
        case _:
            assert_never(formula)


def _atoms(formula: Temporal) -> Iterator[StateAtom | StepAtom]:
    match formula:
        case StateAtom() | StepAtom():
            yield formula
        case Not(inner) | Always(inner) | Eventually(inner):
            yield from _atoms(inner)
        case And(formulas) | Or(formulas):
            for each in formulas:
                yield from _atoms(each)
        case LeadsTo(premise, conclusion):
            yield from _atoms(premise)
            yield from _atoms(conclusion)
        case _:
            assert_never(formula)
