"""A property holds in one reading of the protocol, and fails in another.

What it means
    Both readings were explored to the end and both decide the property, which the mapping tables
    say is the same one; and they decide it differently. At most one of them can be what the
    document says. Where a liveness property differs, the fairness that the readings state
    differently is listed: it is the usual reason, and leaves no trace in the state graph.

Example
    `AppendProgress`: PASS in document, FAIL in TLA+

        document  PASS
        TLA+      FAIL, tlaplus/LeaderlessLog.tla:342:1
        fairness of AssignOffset  document  strong
                                  TLA+      weak

What to do
    Read the trace of the reading in which it fails from its end. Correct what the readings state
    differently: the document decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from conform.check.agreement.fairness import differing_fairness
from conform.check.agreement.property_agreement import Judgement
from conform.domain.finding import Code, Finding
from conform.domain.report import Verdict

CODE = Code("CF323", "readings disagree on a property")


def verdicts_differ(name: str, judgements: Sequence[Judgement]) -> Finding:
    """Return the finding for a property that the `judgements`, one of a reading each, differ on."""
    shown = ", ".join(f"{each.verdict} in {each.reading.name}" for each in judgements)
    odd = odd_one(judgements)
    finding = CODE.finding(
        f"property `{name}`: {shown}",
        odd.span,
        excerpt=odd.reading.excerpt(odd.span),
        details=tuple(_details(judgements)),
        hint="the document decides; correct what the other reading states differently",
        subject=name,
    )
    return replace(finding, seen_in=odd.reading.spec.path if odd.reading.spec else "")


def odd_one(judgements: Sequence[Judgement]) -> Judgement:
    """Return the reading to point to: one that is outvoted, not the document, one that fails."""
    verdicts = [each.verdict for each in judgements]

    def is_right(each: Judgement) -> tuple[int, bool, bool]:
        is_document = each.reading.role is None
        return verdicts.count(each.verdict), is_document, each.verdict is Verdict.PASS

    return min(judgements, key=is_right)


def _details(judgements: Sequence[Judgement]) -> Iterator[str]:
    width = max(len(each.reading.name) for each in judgements)
    for each in judgements:
        reason = f": {each.reason}" if each.reason else ""
        yield f"{each.reading.name:<{width}}  {each.verdict}, {each.span}{reason}"
    if any(each.is_liveness for each in judgements):
        yield from differing_fairness([(each.reading, each.naming) for each in judgements])
    failing = next(each for each in judgements if each.verdict is Verdict.FAIL)
    if failing.trace is not None:
        steps = len(failing.trace.steps)
        yield f"the trace has {steps} states and is shown with the property"
