"""From the parser's reductions to proofs: what is kept of them is in `proof_tree`.

Every rule of a proof gives something with a span, so that a theorem knows where it ends.
"""

from __future__ import annotations

from typing import TypeAlias

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.building_expressions import (
    ExpressionBuilder,
    Parts,
    identifier,
)
from conform.languages.tlaplus.building_paths import join
from conform.languages.tlaplus.proof_tree import (
    Cited,
    Content,
    Defined,
    Picked,
    Proof,
    Said,
    Stated,
    Step,
    Steps,
    Taken,
)
from conform.parsing.tokens import ReadingError, Token

Read: TypeAlias = Token | Proof | None
"""A proof as it was read: the Token of OBVIOUS or OMITTED names nothing."""


class ProofBuilder(ExpressionBuilder):
    """The rules of proofs, and of USE and HIDE.

    What is well-formed and has no meaning is noted for the module.
    """

    def __init__(self) -> None:
        super().__init__()
        self._faults: list[tree.Fault] = []

    def taken_faults(self) -> tuple[tree.Fault, ...]:
        """Return what was noted since the last module ended."""
        taken = sorted(self._faults, key=lambda fault: (fault.span.line, fault.span.column))
        self._faults.clear()
        return tuple(taken)

    def use(self, parts: Parts) -> tree.Unit:
        cited = self.cited(parts)
        return tree.UseOrHide(cited.span, cited)

    def no_proof(self, parts: Parts) -> None:
        return None

    # ------------------------------------------------------------------------------------ citations

    def no_basis(self, parts: Parts) -> tuple[Parts, Parts]:
        return [], []

    def basis(self, parts: Parts) -> tuple[Parts, Parts]:
        if isinstance(parts[0], Token):
            return [], parts[1]
        return parts[0], parts[2] if len(parts) > 1 else []

    def cited_module(self, parts: Parts) -> tree.Identifier:
        return identifier(parts[1])

    def cited(self, parts: Parts) -> Cited:
        word, (facts, definitions) = parts[0], parts[-1]
        if not facts and not definitions:
            self._faults.append(
                tree.Fault(word.span, f"{word.text} names nothing", "facts, or DEF and names")
            )
        span = join(word, (facts + definitions or parts[-2:-1])[-1])
        return Cited(span, word.text, tuple(facts), tuple(definitions))

    # ---------------------------------------------------------------------------------------- steps

    def begun_steps(self, parts: Parts) -> list[Step]:
        if len(parts) == 1:
            return []
        begun, name, (content, proof) = parts
        begun.append(self._step(name, content, proof))
        return begun  # type: ignore[no-any-return]  # what this rule made before

    def steps(self, parts: Parts) -> Steps:
        begun, name, qed, proof, _ = parts
        last = self._step(name, Said("QED", qed.span, ()), proof)
        span = join(name, proof or qed)
        if begun:
            span = begun[0].span.through(span)
        return Steps(span, (*begun, last))

    def _step(self, name: Token, content: Content, proof: Read) -> Step:
        self._refuse_named_level(name)
        kept = None if isinstance(proof, Token) else proof
        return Step(name.span, name.text.rstrip("."), content, kept)

    def _refuse_named_level(self, step: Token) -> None:
        """Note that a step of the level `<*>` or `<+>` has a name."""
        level, _, name = step.text.partition(">")
        if level in ("<*", "<+") and name.strip("."):
            message = f"`{step.text}` names a step whose level is not written out"
            self._faults.append(tree.Fault(step.span, message, "a number as the level, or no name"))

    def stated(self, parts: Parts) -> tuple[Content, Read]:
        return Stated(parts[-2], is_sufficient=len(parts) > 2), parts[-1]

    def case_step(self, parts: Parts) -> tuple[Content, Read]:
        return _said(parts[0], [parts[1]]), parts[2]

    def picked_step(self, parts: Parts) -> tuple[Content, Read]:
        return Picked(tuple(parts[1]), parts[3]), parts[4]

    def said(self, parts: Parts) -> tuple[Token, Content]:
        said = parts[1] if isinstance(parts[1], list) else [parts[1]]
        return parts[0], _said(parts[0], said)

    def taken(self, parts: Parts) -> tuple[Token, Content]:
        return parts[0], Taken(join(parts[0], parts[1][-1]), tuple(parts[1]))

    def defined_step(self, parts: Parts) -> tuple[Token | tree.Unit, Content]:
        units = parts[-1] if isinstance(parts[-1], list) else [parts[-1]]
        first = parts[0] if isinstance(parts[0], Token) else units[0]
        return first, Defined(tuple(units))

    def unproved_step(self, parts: Parts) -> tuple[Content, None]:
        unproved, proof = parts
        begin, content = (unproved, unproved) if isinstance(unproved, Cited) else unproved
        if proof is not None:
            raise ReadingError(
                "this kind of step takes no proof",
                begin.span,
                expected="the next step",
                hint="state what is to be proved as a step of its own",
            )
        return content, None


def _said(word: Token, formulas: list[tree.Expression]) -> Said:
    return Said(word.text, join(word, formulas[-1]), tuple(formulas))
