"""Temporal formulas over the predicates of a model, and the properties that ask for them."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from msgspec import Struct

from conform.domain.states import Predicate, StepPredicate
from conform.domain.values import Bindings
from conform.text import Span


class StateAtom(Struct, frozen=True, eq=False):
    """The predicate holds in the state at hand. Atoms are equal if they are one."""

    predicate: Predicate


class StepAtom(Struct, frozen=True, eq=False):
    """The predicate holds on the step at hand. Atoms are equal if they are one."""

    predicate: StepPredicate


class Not(Struct, frozen=True, cache_hash=True):
    """The formula does not hold."""

    formula: Temporal


class And(Struct, frozen=True, cache_hash=True):
    """All formulas hold: with none of them, TRUE."""

    formulas: tuple[Temporal, ...]


class Or(Struct, frozen=True, cache_hash=True):
    """Some formula holds: with none of them, FALSE."""

    formulas: tuple[Temporal, ...]


class Always(Struct, frozen=True, cache_hash=True):
    """`[]F`: the formula holds now and at all times to come."""

    formula: Temporal


class Eventually(Struct, frozen=True, cache_hash=True):
    """`<>F`: the formula holds now or at some time to come."""

    formula: Temporal


class LeadsTo(Struct, frozen=True, cache_hash=True):
    """`premise ~> conclusion`: whenever the premise holds, the conclusion holds then or later."""

    premise: Temporal
    conclusion: Temporal


Temporal: TypeAlias = StateAtom | StepAtom | Not | And | Or | Always | Eventually | LeadsTo
"""A temporal formula: true or false of a behaviour, an infinite sequence of states.

It must not tell apart behaviours that differ in stuttering alone. So a step atom stands either
under Always, and is true where nothing changes, as `[A]_v` is; or under Eventually, and is false
there, as `<<A>>_v` is; Not turns the one into the other.
"""


def is_momentary(formula: Temporal) -> bool:
    """Whether the formula speaks of the moment at hand alone: neither `[]` nor `<>` in it."""
    match formula:
        case StateAtom() | StepAtom():
            return True
        case Not(inner):
            return is_momentary(inner)
        case And(formulas) | Or(formulas):
            return all(map(is_momentary, formulas))
        case Always() | Eventually() | LeadsTo():
            return False
        case _:
            assert_never(formula)


def has_steps(formula: Temporal) -> bool:
    """Whether the formula speaks of a step anywhere."""
    match formula:
        case StepAtom():
            return True
        case StateAtom():
            return False
        case Not(inner) | Always(inner) | Eventually(inner):
            return has_steps(inner)
        case And(formulas) | Or(formulas):
            return any(map(has_steps, formulas))
        case LeadsTo(premise, conclusion):
            return has_steps(premise) or has_steps(conclusion)
        case _:
            assert_never(formula)


class TemporalProperty(Struct, frozen=True):
    """A temporal formula, perhaps one of several, that the property `property_name` asks for.

    `instance` has the values of the quantified constants that tell it from the others.
    """

    property_name: str
    instance: Bindings
    span: Span
    formula: Temporal
