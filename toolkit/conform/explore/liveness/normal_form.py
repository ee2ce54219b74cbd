"""Temporal formulas taken apart into what a search on a graph can look for.

A formula is brought into negation normal form and simplified by laws of temporal logic (Manna and
Pnueli, "The Temporal Logic of Reactive and Concurrent Systems", 1992, chapter 3); then its
conjunctions and disjunctions outside of `[]` and `<>` become a disjunction of cases. What a case
asks of the long run alone, a Limit, is told apart: no automaton need follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import TypeGuard, assert_never

from msgspec import Struct

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
    is_momentary,
)

TRUE = And(())
FALSE = Or(())

MAX_CASES = 512
"""Cases of one formula; each is a search of its own. TLC's disjuncts grow in the same way."""


class TooManyCasesError(Exception):
    """A formula falls into more cases, or a case into more states, than can be searched."""


class Limit(Struct, frozen=True):
    """What a behaviour must do in the long run: `recurs` again and again, or `avoids` never more.

    Both are formulas without `[]` and `<>`. `avoids` is None where nothing but recurring will do.
    """

    recurs: Temporal
    avoids: Temporal | None


class Case(Struct, frozen=True):
    """One way for a behaviour to satisfy a formula.

    `here` are formulas of the first state; `rest` the formulas that an automaton must follow;
    `limits` what the long run must do. With `starts_anywhere` they may be satisfied from any moment
    of the behaviour on, else from its beginning.
    """

    here: tuple[Temporal, ...]
    rest: tuple[Temporal, ...]
    limits: tuple[Limit, ...]
    starts_anywhere: bool


def cases(formula: Temporal) -> tuple[Case, ...]:
    """Return the cases of a formula: a behaviour satisfies it if it satisfies one of them.

    There is none when the formula is FALSE by its form. Raises TooManyCasesError.
    """
    parts = _disjuncts(normal(formula))
    return tuple(dict.fromkeys(case for part in parts for case in _cases_of(part)))


def _cases_of(part: tuple[Temporal, ...]) -> Iterator[Case]:
    """Yield the cases of one conjunction; `<>F` alone, limits aside, is F from any moment on."""
    here, rest, limits = _sorted(part)
    if not here and len(rest) == 1 and isinstance(rest[0], Eventually):
        for inner in _disjuncts(rest[0].formula):
            inner_here, inner_rest, inner_limits = _sorted(inner)
            every = tuple(dict.fromkeys((*limits, *inner_limits)))
            yield Case(inner_here, inner_rest, every, starts_anywhere=True)
    else:
        yield Case(here, rest, limits, starts_anywhere=False)


def _sorted(
    part: Iterable[Temporal],
) -> tuple[tuple[Temporal, ...], tuple[Temporal, ...], tuple[Limit, ...]]:
    here: list[Temporal] = []
    rest: list[Temporal] = []
    limits: list[Limit] = []
    for formula in part:
        limit = _limit(formula)
        if limit is not None:
            limits.append(limit)
        elif is_of_state(formula):
            here.append(formula)
        else:
            rest.append(formula)
    return tuple(here), tuple(rest), tuple(limits)


def _disjuncts(formula: Temporal) -> tuple[tuple[Temporal, ...], ...]:
    """Return a normal formula as a disjunction of conjunctions.

    Limits are kept whole, and so is what speaks of the state at hand alone.
    """
    if _limit(formula) is not None:
        return ((formula,),)
    match formula:
        case Or(formulas) if formulas and is_of_state(formula):
            found: tuple[tuple[Temporal, ...], ...] = ((formula,),)
        case Or(formulas):
            found = tuple(part for inner in formulas for part in _disjuncts(inner))
        case And(formulas):
            found = reduce(_product, map(_disjuncts, formulas), ((),))
        case _:
            found = ((formula,),)
    if len(found) > MAX_CASES:
        raise TooManyCasesError
    return found


def _product(
    left: tuple[tuple[Temporal, ...], ...], right: tuple[tuple[Temporal, ...], ...]
) -> tuple[tuple[Temporal, ...], ...]:
    if len(left) * len(right) > MAX_CASES:
        raise TooManyCasesError
    return tuple(tuple(dict.fromkeys((*one, *other))) for one in left for other in right)


def _limit(formula: Temporal) -> Limit | None:
    """Return what `[]<>P`, `<>[]P`, or a disjunction of such asks of the long run, or None.

    `[]<>P` or `[]<>Q` is `[]<>(P or Q)`; more than one `<>[]` makes no single limit.
    """
    parts = formula.formulas if isinstance(formula, Or) else (formula,)
    recurs: list[Temporal] = []
    avoids: list[Temporal] = []
    for part in parts:
        match part:
            case Always(Eventually(inner)) if is_momentary(inner):
                recurs.append(inner)
            case Eventually(Always(inner)) if is_momentary(inner):
                avoids.append(normal(Not(inner)))
            case _:
                return None
    if not parts or len(avoids) > 1:
        return None
    return Limit(disjunction(recurs), avoids[0] if avoids else None)


# ---------------------------------------------------------------------------------- normal form


def normal(formula: Temporal, *, is_negated: bool = False) -> Temporal:
    """Return the formula, or its negation, with Not at atoms alone, without LeadsTo, simplified."""
    match formula:
        case StateAtom() | StepAtom():
            return Not(formula) if is_negated else formula
        case Not(inner):
            return normal(inner, is_negated=not is_negated)
        case And(formulas):
            inner_forms = [normal(inner, is_negated=is_negated) for inner in formulas]
            return disjunction(inner_forms) if is_negated else conjunction(inner_forms)
        case Or(formulas):
            inner_forms = [normal(inner, is_negated=is_negated) for inner in formulas]
            return conjunction(inner_forms) if is_negated else disjunction(inner_forms)
        case Always(inner):
            within = normal(inner, is_negated=is_negated)
            return eventually(within) if is_negated else always(within)
        case Eventually(inner):
            within = normal(inner, is_negated=is_negated)
            return always(within) if is_negated else eventually(within)
        case LeadsTo(premise, conclusion):
            answered = Always(Or((Not(premise), Eventually(conclusion))))
            return normal(answered, is_negated=is_negated)
        case _:
            assert_never(formula)


def conjunction(formulas: Iterable[Temporal]) -> Temporal:
    """Return the conjunction of normal formulas, as flat as can be."""
    parts: dict[Temporal, None] = {}
    for formula in formulas:
        parts.update(dict.fromkeys(formula.formulas if isinstance(formula, And) else (formula,)))
    if FALSE in parts or _has_opposites(parts):
        return FALSE
    return next(iter(parts)) if len(parts) == 1 else And(tuple(parts))


def disjunction(formulas: Iterable[Temporal]) -> Temporal:
    """Return the disjunction of normal formulas, as flat as can be."""
    parts: dict[Temporal, None] = {}
    for formula in formulas:
        parts.update(dict.fromkeys(formula.formulas if isinstance(formula, Or) else (formula,)))
    if TRUE in parts or _has_opposites(parts):
        return TRUE
    return next(iter(parts)) if len(parts) == 1 else Or(tuple(parts))


def _has_opposites(parts: Iterable[Temporal]) -> bool:
    return any(isinstance(part, Not) and part.formula in parts for part in parts)


def always(formula: Temporal) -> Temporal:
    """Return `[]` of a normal formula: over conjunctions, past what has one value for ever."""
    if _is_lasting(formula) or isinstance(formula, Always):
        return formula
    match formula:
        case And(formulas) if not is_momentary(formula):
            parts = [always(inner) for inner in formulas]
            plain = [part.formula for part in parts if _is_always_plain(part)]
            others = [part for part in parts if not _is_always_plain(part)]
            return conjunction([*([Always(conjunction(plain))] if plain else []), *others])
        case Or(formulas):
            lasting, others = _told_apart(formulas)
            if lasting:
                return disjunction([always(disjunction(others)), *lasting])
    return Always(formula)


def eventually(formula: Temporal) -> Temporal:
    """Return `<>` of a normal formula: over disjunctions, past what has one value for ever."""
    if _is_lasting(formula) or isinstance(formula, Eventually):
        return formula
    match formula:
        case Or(formulas) if not is_momentary(formula):
            parts = [eventually(inner) for inner in formulas]
            plain = [part.formula for part in parts if _is_eventually_plain(part)]
            others = [part for part in parts if not _is_eventually_plain(part)]
            return disjunction([*([Eventually(disjunction(plain))] if plain else []), *others])
        case And(formulas):
            lasting, others = _told_apart(formulas)
            if lasting:
                return conjunction([eventually(conjunction(others)), *lasting])
    return Eventually(formula)


def _is_always_plain(formula: Temporal) -> TypeGuard[Always]:
    return isinstance(formula, Always) and is_momentary(formula.formula)


def _is_eventually_plain(formula: Temporal) -> TypeGuard[Eventually]:
    return isinstance(formula, Eventually) and is_momentary(formula.formula)


def _told_apart(formulas: Iterable[Temporal]) -> tuple[list[Temporal], list[Temporal]]:
    """Return the formulas with one value at all moments, and the others."""
    lasting: list[Temporal] = []
    others: list[Temporal] = []
    for formula in formulas:
        (lasting if _is_lasting(formula) else others).append(formula)
    return lasting, others


def _is_lasting(formula: Temporal) -> bool:
    """Whether a formula has one value at all moments of a behaviour, by its form."""
    match formula:
        case Always(Eventually()) | Eventually(Always()):
            return True
        case And(formulas) | Or(formulas):
            return all(map(_is_lasting, formulas))
        case _:
            return False


# ------------------------------------------------------------------------------------ questions


def is_of_state(formula: Temporal) -> bool:
    """Whether the formula speaks of the state at hand alone."""
    match formula:
        case StateAtom():
            return True
        case Not(inner):
            return is_of_state(inner)
        case And(formulas) | Or(formulas):
            return all(map(is_of_state, formulas))
        case _:
            return False
