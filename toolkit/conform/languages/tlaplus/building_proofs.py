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
    """The rules of proofs, and of USE and HIDE.

    What is well-formed and has no meaning is noted for the module: nothing else is kept of a proof.
    """

    def __init__(self) -> None:
        super().__init__()
        self._faults: list[tree.Fault] = []

    def taken_faults(self) -> tuple[tree.Fault, ...]:
        """Return what was noted since the last module ended."""
        taken = tuple(self._faults)
        self._faults.clear()
        return taken

    def use(self, parts: Parts) -> tree.Unit:
        self._refuse_nothing(parts)
        return tree.UseOrHide(join(parts[0], _last(parts)))

    def no_proof(self, parts: Parts) -> None:
        return None

    def leaf(self, parts: Parts) -> Last:
        return _last(parts)

    def by(self, parts: Parts) -> Last:
        self._refuse_nothing(parts)
        return _last(parts)

    def _refuse_nothing(self, parts: Parts) -> None:
        """Note that BY, USE or HIDE names no fact and no definition."""
        if not parts[-1]:
            word = parts[0]
            self._faults.append(
                tree.Fault(word.span, f"{word.text} names nothing", "facts, or DEF and names")
            )

    def basis(self, parts: Parts) -> Last:
        return _last(parts)

    def facts(self, parts: Parts) -> Last:
        return _last(parts)

    def begun_steps(self, parts: Parts) -> None:
        if len(parts) > 1:
            self._refuse_named_level(parts[1])

    def steps(self, parts: Parts) -> Last:
        self._refuse_named_level(parts[1])
        return _last(parts[:-1])

    def _refuse_named_level(self, step: Token) -> None:
        """Note that a step of the level `<*>` or `<+>` has a name."""
        level, _, name = step.text.partition(">")
        if level in ("<*", "<+") and name.strip("."):
            message = f"`{step.text}` names a step whose level is not written out"
            self._faults.append(tree.Fault(step.span, message, "a number as the level, or no name"))

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
