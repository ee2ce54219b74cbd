"""Two places state different counts of states for one configuration.

What it means
    The README, the document or the comment of a configuration give numbers that cannot all be true
    of it. One of them was not updated.

Example
    M.cfg -- Small config (~10^3 states)     and     \\* Small configuration: 66,770 distinct states

What to do
    Correct the one that is wrong; CF350 says which, where the configuration is explored to the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.texts.stated_counts import agrees, counts_of, worded
from conform.domain.finding import Code, Finding
from conform.domain.spec import StatedCount

CODE = Code("CF351", "stated counts disagree")


def disagreeing_counts(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pair of counts of one configuration that exclude each other."""
    artefact = context.formal.get(Role.TLAPLUS)
    for file in artefact.configurations if artefact else ():
        for first, second in combinations(counts_of(context, file), 2):
            if _exclude(first, second):
                yield CODE.finding(
                    f"{worded(second)} {second.measure} of {file.path} are stated here, "
                    f"{worded(first)} at {first.span}",
                    second.span,
                    excerpt=context.excerpt(second.span),
                    hint="correct the one that is wrong",
                )


def _exclude(one: StatedCount, other: StatedCount) -> bool:
    """Whether no count could be both; states of either sort are only compared with powers."""
    same = one.measure == other.measure
    if not same and not (one.is_power and other.is_power):
        return False
    if "depth" in (one.measure, other.measure) and not same:
        return False
    if one.is_power and other.is_power:
        return not (_meets(one, other) or _meets(other, one))
    if one.is_power or one.is_approximate:
        return not agrees(one, other.value)
    return not agrees(other, one.value)


def _meets(one: StatedCount, other: StatedCount) -> bool:
    return agrees(one, other.value) or agrees(one, other.upper or other.value)
