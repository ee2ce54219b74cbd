"""A stated number of states, or depth, is not the one that the exploration finds.

What it means
    A document, or a comment in a configuration, says how many states the model has. The exploration
    to the end has another number: the model was changed since, or another model was counted. Often
    the number is the only thing that tells an omitted guard.

Example
    \\* Small configuration: 66,770 distinct states     of a model that has 84,498

What to do
    Find out which change made the difference, then correct the number or the model. `~10^5` is
    taken as an order of magnitude, `about 60,000` and `60K` to a quarter. A number is compared when
    the text around it names the configuration or its file, or FizzBee alone: then with its model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.texts.stated_counts import agrees, counts_of, counts_of_fizzbee, worded
from conform.domain.finding import Code, Finding
from conform.domain.spec import StatedCount

CODE = Code("CF350", "stated count differs from the measured one")


class MeasuredCounts(Struct, frozen=True):
    """What an exploration to the end counted; `depth` counts states, as TLC does."""

    distinct: int
    generated: int
    depth: int


def differing_counts(context: Context, measured: Mapping[str, MeasuredCounts]) -> Iterator[Finding]:
    """Yield a finding for each stated count that is not the measured one.

    `measured` has the counts of the TLA+ model by the name of a configuration; configurations that
    were not explored to the end are absent.
    """
    artefact = context.formal.get(Role.TLAPLUS)
    for file in artefact.configurations if artefact else ():
        actual = measured.get(file.name)
        if actual is not None:
            for count in counts_of(context, file):
                yield from _compared(context, file.path, count, actual)


def differing_counts_of_fizzbee(context: Context, actual: MeasuredCounts) -> Iterator[Finding]:
    """Yield a finding for each count of the FizzBee model that is not the measured one."""
    artefact = context.formal.get(Role.FIZZBEE)
    for count in counts_of_fizzbee(context) if artefact else ():
        if artefact:
            yield from _compared(context, artefact.spec.path, count, actual)


def _compared(
    context: Context, path: str, count: StatedCount, actual: MeasuredCounts
) -> Iterator[Finding]:
    candidates = {
        "distinct states": (actual.distinct,),
        "states generated": (actual.generated,),
        "depth": (actual.depth,),
        "states": (actual.distinct, actual.generated),
    }[count.measure]
    if any(agrees(count, candidate) for candidate in candidates):
        return
    found = " or ".join(f"{candidate:,}" for candidate in candidates)
    yield CODE.finding(
        f"{worded(count)} {count.measure} of {path} are stated, {found} are found",
        count.span,
        excerpt=context.excerpt(count.span),
        hint="find out which change made the difference",
    )
