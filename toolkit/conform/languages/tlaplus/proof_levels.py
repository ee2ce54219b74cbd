"""Levels in proofs: those of the formulas of each step, and what a temporal goal asks of steps.

Source followed: SANY's level checking of theorems (TheoremNode of tla2sany.semantic). Where what is
to be shown is temporal, a step that reasons about one state says nothing of it: CASE, HAVE, TAKE
and WITNESS are about constants there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import CONSTANT, TEMPORAL
from conform.languages.tlaplus.open_levels import Level
from conform.languages.tlaplus.proof_tree import (
    Cited,
    Defined,
    Picked,
    Proof,
    Said,
    Stated,
    Step,
    Steps,
    Taken,
)
from conform.text import Span


class ProofLevels:
    """The checks on the proofs of modules."""

    def __init__(
        self,
        of: Callable[[syntax.Node], Level],
        define: Callable[[syntax.Unit], Level],
        is_known: Callable[[syntax.Node], bool],
    ) -> None:
        """Take what gives the level of a formula, and what checks a definition or an INSTANCE.

        Facts that are not known come from modules whose text is not at hand.
        """
        self._of = of
        self._define = define
        self._is_known = is_known

    def check(self, proof: Proof | None, goal: int) -> None:
        """Check the proof of what has the level `goal`; raise InputError."""
        match proof:
            case Cited():
                self.check_cited(proof)
            case Steps(steps=steps):
                for step in steps:
                    self._check_step(step, goal)

    def check_cited(self, cited: Cited) -> None:
        """Check the formulas after BY, USE or HIDE; raise InputError."""
        for fact in cited.facts:
            is_name = isinstance(fact, syntax.Name | syntax.Path)
            if not isinstance(fact, syntax.Identifier) and (not is_name or self._is_known(fact)):
                self._of(fact)

    def _check_step(self, step: Step, goal: int) -> None:
        match step.content:
            case Stated(body=body):
                self.check(step.proof, self._level(body))
            case Picked(names=names, body=body):
                level = self._level(body)
                for domain in _domains(names):
                    if self._level(domain) > CONSTANT and level == TEMPORAL:
                        raise _not_constant("the set of a temporal PICK", domain.span)
                self.check(step.proof, level)
            case Taken(span=span, names=names):
                self._check_constant("TAKE", span, _domains(names), goal)
            case Said(word=word, span=span, expressions=expressions):
                highest = self._check_constant(word, span, expressions, goal)
                self.check(step.proof, max(goal, highest))
            case Defined(units=units):
                for unit in units:
                    self._define(unit)
            case Cited() as cited:
                self.check_cited(cited)

    def _check_constant(
        self, word: str, span: Span, formulas: Iterable[syntax.Expression], goal: int
    ) -> int:
        """Return the highest level of formulas; it must be constant where the goal is temporal."""
        highest = max(map(self._level, formulas), default=CONSTANT)
        if goal == TEMPORAL and highest > CONSTANT:
            raise _not_constant(f"what {word} says", span)
        return highest

    def _level(self, formula: syntax.Expression) -> int:
        return self._of(formula).passed.level


def _domains(
    names: tuple[syntax.Identifier, ...] | tuple[syntax.Bound, ...],
) -> list[syntax.Expression]:
    return [each.domain for each in names if isinstance(each, syntax.Bound)]


def _not_constant(what: str, span: Span) -> InputError:
    return InputError(
        f"{what} is not constant, and what is to be shown is temporal",
        span=span,
        expected="a formula of constants alone",
        hint="show the step from one state to the next in a lemma of its own",
    )
