"""A bound on the steps of a path left states out of the search.

What it means
    FizzBee bounds how many actions a path may start: `max_actions`, 100 where nothing is said. The
    search came to states where the bound let nothing start that could have. What was checked holds
    of the states within the bound, which is FizzBee's own verdict; beyond it nothing was looked at.

    So it is with liveness, where the property holds in each state in which the bound ended the
    search: that, too, is FizzBee's own verdict, which takes a behaviour that the bound ends for one
    that stays there for ever. Where it does not hold, FizzBee tells a violation; here, since the
    bound and not the model ended the behaviour, the property is INCOMPLETE. It is INCOMPLETE as
    well where a bound on single actions cut something off. A violation that no bound had a part in
    is told in any case.

Example
    A counter without an end has 101 states within the default bound:

        atomic action Init:
            n = 0
        atomic action Count:
            n += 1

What to do
    Bound the model itself, as with `require n < 10`; or raise `max_actions` in `fizz.yaml` or the
    front matter, where the states are finite in number.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.explore.result import ExplorationResult
from conform.explore.verdicts import bounds_text
from conform.text import Span

CODE = Code("CF370", "search cut by a bound on steps", Severity.WARNING)


def bounded_search(result: ExplorationResult, span: Span, excerpt: str) -> list[Finding]:
    """Return a warning if bounds on steps left something out; `span` is of the whole model."""
    if not result.cut_by:
        return []
    return [
        CODE.finding(
            f"{bounds_text(result.cut_by)} ended the search: states beyond it were not looked at",
            span,
            excerpt=excerpt,
            hint="bound the model itself, or raise the bound",
        )
    ]
