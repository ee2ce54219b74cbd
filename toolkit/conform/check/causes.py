"""One cause, one finding: what else is found because of it is listed below the one that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from conform.check.agreement import (
    cf260_formulas_differ,
    cf320_initial_states,
    cf323_property_verdicts,
    cf325_lone_action,
)
from conform.check.cf204_undocumented_construct import CODE as UNDOCUMENTED
from conform.check.cf220_no_result import CODE as NO_RESULT
from conform.check.cf221_verdicts_disagree import CODE as EXPECTATIONS_DISAGREE
from conform.check.cf223_general_claim import CODE as CLAIM_OF_ALL
from conform.check.cf226_fairness import CODE as FAIRNESS
from conform.check.cf241_effect_footprint import CODE as EFFECT_ON
from conform.check.cf242_guard_footprint import CODE as GUARD_ON
from conform.check.cf245_drawn_transition import CODE as DRAWN
from conform.check.cf301_verdict import CODE as UNEXPECTED
from conform.check.cf302_never_enabled import CODE as NEVER_ENABLED
from conform.check.cf303_undecided import CODE as UNDECIDED
from conform.check.cf305_cut_short import CODE as CUT_SHORT
from conform.check.cf309_no_expectation import CODE as NO_EXPECTATION
from conform.check.cf330_excerpt import CODE as EXCERPT
from conform.check.cf350_state_count import CODE as STATE_COUNT
from conform.check.cf351_counts_disagree import CODE as COUNTS_DISAGREE
from conform.check.cf361_unreachable_value import CODE as UNREACHABLE
from conform.check.cf363_no_effect import CODE as NO_EFFECT
from conform.check.cf364_implied_by_types import CODE as IMPLIED
from conform.check.cf365_vacuous import CODE as VACUOUS
from conform.domain.finding import Finding, Severity
from conform.domain.report import PropertyRow, ProtocolReport, Verdict

INITIAL = cf320_initial_states.CODE.identifier

FOLLOWING = {
    code.identifier
    for code in (
        *(UNEXPECTED, NEVER_ENABLED, DRAWN, STATE_COUNT, UNREACHABLE, NO_EFFECT, VACUOUS),
        cf323_property_verdicts.CODE,
    )
}
"""What a model with other initial states may be found to do, or not to do, because of them."""


SAME_CONSTRUCT = (
    (UNDOCUMENTED, cf325_lone_action.CODE, True),
    (NO_RESULT, NO_EXPECTATION, True),
    (EXPECTATIONS_DISAGREE, NO_EXPECTATION, True),
    (EFFECT_ON, GUARD_ON, False),
)
"""Kinds of finding about one construct, of which the first tells what the second does.

That is so of warnings alone where the third part says so.
"""


def told_once(findings: Iterable[Finding], rows: Sequence[PropertyRow]) -> tuple[Finding, ...]:
    """Return the findings with those folded into another one whose cause that one tells.

    Nothing is left out: what is folded stands, with its place, in the details of the other. `rows`
    are the verdicts in all models, by which a stated verdict is known to be what is wrong.
    """
    found = _of_stated_verdicts(_of_all_models([*dict.fromkeys(findings)]), rows)
    for cause, follows, of_warnings in SAME_CONSTRUCT:
        found = _of_one_construct(found, cause.identifier, follows.identifier, of_warnings)
    found = _of_excerpts(_of_counts(_after_limits(found)))
    return tuple(_after_initial_states(_likewise(found)))


def told_under_one(reports: Iterable[ProtocolReport]) -> tuple[ProtocolReport, ...]:
    """Return the reports, each finding about a text that they share under the first one alone.

    It names the others, and a protocol keeps the verdict that it has with the finding.
    """
    every = tuple(reports)
    finders: dict[Finding, list[str]] = {}
    for report in every:
        for each in report.findings:
            finders.setdefault(each, []).append(report.name)
    return tuple(
        replace(
            report,
            findings=tuple(
                _with_others(each, finders[each][1:])
                for each in report.findings
                if finders[each][0] == report.name
            ),
        )
        for report in every
    )


def _with_others(finding: Finding, names: Sequence[str]) -> Finding:
    others = ", ".join(dict.fromkeys(names))
    return replace(finding, details=(*finding.details, f"also of {others}")) if names else finding


def _of_one_construct(
    found: list[Finding], causes: str, weaker: str, of_warnings: bool
) -> list[Finding]:
    """Fold findings of one kind into the finding of another kind about the same construct."""
    for cause in [each for each in found if each.code == causes and each.subject]:
        following = [
            each
            for each in found
            if (each.code, each.subject) == (weaker, cause.subject)
            and (each.severity is Severity.WARNING or not of_warnings)
        ]
        found = _folded(found, cause, following, "what is found of it as well:")
    return found


def _of_counts(found: list[Finding]) -> list[Finding]:
    """Fold what a wrong count contradicts elsewhere into the finding that it is wrong."""
    for cause in [each for each in found if each.code == STATE_COUNT.identifier]:
        following = [
            each
            for each in found
            if each.code == COUNTS_DISAGREE.identifier
            and (each.span == cause.span or each.message.endswith(f" at {cause.span}"))
        ]
        found = _folded(found, cause, following, "what contradicts it as well:")
    return found


def _of_excerpts(found: list[Finding]) -> list[Finding]:
    """Fold an excerpt that has another fairness of actions into what is said of their fairness."""
    for excerpt in [each for each in found if each.code == EXCERPT.identifier and each.subject]:
        causes = {each.subject: each for each in found if each.code == FAIRNESS.identifier}
        first, *others = excerpt.subject.split(", ")
        if causes.keys() >= {first, *others}:
            found = _folded(found, causes[first], [excerpt], "the excerpt has it too:")
    return found


def _likewise(found: list[Finding]) -> list[Finding]:
    """Fold what is found of a property in further models into the finding of the first one."""
    told: set[tuple[str, str]] = set()
    codes = {IMPLIED.identifier, cf260_formulas_differ.CODE.identifier}
    for cause in [each for each in found if each.code in codes and each.subject]:
        key = (cause.code, cause.subject)
        if key not in told:
            told.add(key)
            same = [each for each in found if (each.code, each.subject) == key]
            found = _folded(found, cause, [each for each in same if each is not cause], "likewise:")
    return found


def _at_one_place(found: list[Finding], causes: str, weaker: str) -> list[Finding]:
    """Fold warnings of one kind into the finding of another kind about the same construct."""
    for cause in [each for each in found if each.code == causes]:
        following = [
            each
            for each in found
            if each.code == weaker
            and each.severity is Severity.WARNING
            and cause.subject == each.subject != ""
        ]
        found = _folded(found, cause, following, "what is found of it as well:")
    return found


def _after_limits(found: list[Finding]) -> list[Finding]:
    """Fold what a limit left undecided of a model into the finding that it was reached."""
    for cause in [each for each in found if each.code == CUT_SHORT.identifier and each.seen_in]:
        following = [
            each
            for each in found
            if (each.code, each.seen_in) == (UNDECIDED.identifier, cause.seen_in)
            and each.message.endswith(" was reached")
        ]
        found = _folded(found, cause, following, "what is not known for it:")
    return found


def _after_initial_states(found: list[Finding]) -> list[Finding]:
    """Fold what is seen in one model alone into its finding about other initial states."""
    for cause in [each for each in found if each.code == INITIAL and each.seen_in]:
        following = [
            each for each in found if each.code in FOLLOWING and each.seen_in == cause.seen_in
        ]
        found = _folded(found, cause, following, "what may follow from it:")
    return found


def _of_all_models(found: Sequence[Finding]) -> list[Finding]:
    """Join the findings of models that all give a property the verdict that is not expected."""
    joined: dict[tuple[object, ...], list[Finding]] = {}
    for number, each in enumerate(found):
        is_verdict = each.code == UNEXPECTED.identifier and each.subject
        key = (each.subject, each.span) if is_verdict else (number,)
        joined.setdefault(key, []).append(each)
    return [_joint(several) for several in joined.values()]


def _joint(several: Sequence[Finding]) -> Finding:
    first, *others = several
    if not others:
        return first
    *paths, last = (each.seen_in for each in several)
    message = first.message.replace(
        f"but {first.seen_in} gives", f"but {', '.join(paths)} and {last} give"
    )
    details = [line for each in others for line in (f"in {each.seen_in}:", *each.details)]
    return replace(first, message=message, details=(*first.details, *details), seen_in="")


def _of_stated_verdicts(found: list[Finding], rows: Sequence[PropertyRow]) -> list[Finding]:
    """Fold what contradicts a stated verdict into the finding that says so best.

    That is the one that all models contradict it, else the one that two places do.
    """
    measured: dict[str, set[Verdict]] = {}
    for row in rows:
        measured.setdefault(row.name, set()).add(row.verdict)
    claim, places = CLAIM_OF_ALL.identifier, EXPECTATIONS_DISAGREE.identifier
    for code, weaker in ((UNEXPECTED.identifier, (claim, places)), (places, (claim,))):
        for cause in [each for each in found if each.code == code and each.subject]:
            if measured.get(cause.subject) == {Verdict.PASS}:
                following = [
                    each for each in found if each.code in weaker and each.subject == cause.subject
                ]
                found = _folded(found, cause, following, "what contradicts it as well:")
    return found


def _folded(
    found: list[Finding], cause: Finding, following: Sequence[Finding], title: str
) -> list[Finding]:
    """Return the findings without those that follow, which the cause lists under a title."""
    if not following:
        return found
    told = replace(cause, details=(*cause.details, title, *_lines(following)))
    kept = (each for each in found if each not in following)
    return [told if each is cause else each for each in kept]


def _lines(following: Iterable[Finding]) -> Iterator[str]:
    for each in following:
        yield f"  {each.code} {each.span}: {each.message}"
