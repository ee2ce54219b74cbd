"""From the parser's reductions to nothing: proofs are checked by `grammar.lark` and not kept.

Every rule of a proof gives its last token or node, so that a theorem knows where it ends.
"""

from __future__ import annotations

from typing import TypeAlias

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.building_expressions import ExpressionBuilder, Parts, join
from conform.parsing.tokens import ReadingError, Token

Last: TypeAlias = Token | tree.Node
"""What ends a stretch of the text."""


class ProofBuilder(ExpressionBuilder):
    """The rules of proofs, and of USE and HIDE."""

    def use(self, parts: Parts) -> tree.Unit:
        return tree.UseOrHide(join(parts[0], _last(parts)))

    def no_proof(self, parts: Parts) -> None:
        return None

    def leaf(self, parts: Parts) -> Last:
        return _last(parts)

    def basis(self, parts: Parts) -> Last:
        return _last(parts)

    def facts(self, parts: Parts) -> Last:
        return _last(parts)

    def begun_steps(self, parts: Parts) -> None:
        return None

    def steps(self, parts: Parts) -> Last:
        return _last(parts[:-1])

    def step(self, parts: Parts) -> None:
        return None

    def picked(self, parts: Parts) -> Last:
        return _last(parts)

    def step_definitions(self, parts: Parts) -> tree.Node:
        return parts[0]  # type: ignore[no-any-return]  # a definition, by the grammar

    def unproved(self, parts: Parts) -> Last:
        return parts[0]  # type: ignore[no-any-return]  # a token or a unit, by the grammar

    def unproved_step(self, parts: Parts) -> None:
        begin, proof = parts
        if proof is not None:
            raise ReadingError(
                "this kind of step takes no proof",
                begin.span,
                expected="the next step",
                hint="state what is to be proved as a step of its own",
            )


def _last(parts: Parts) -> Last:
    """Return the last part that stands in the text; a list stands for its last element."""
    part = next(part for part in reversed(parts) if part)
    last: Last = part[-1] if isinstance(part, list) else part
    return last
