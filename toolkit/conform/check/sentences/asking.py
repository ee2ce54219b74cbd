"""Every rule over sentences, asked about one model."""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.sentences.cf367_changed_by import changes_told_otherwise
from conform.check.sentences.cf368_transition_told import transitions_told_otherwise
from conform.check.sentences.cf369_taken_told import taken_otherwise
from conform.check.sentences.cf373_value_told import values_told_otherwise
from conform.check.sentences.cf374_steps_told import steps_told_otherwise
from conform.check.sentences.cf375_condition_told import conditions_told_otherwise
from conform.check.sentences.cf376_kept_told import kept_otherwise
from conform.check.sentences.cf378_state_shown import unreached_examples
from conform.check.sentences.reading import Rule, told_of
from conform.check.sentences.recoveries import recoveries_otherwise
from conform.check.sentences.runs_told import runs_told_otherwise
from conform.domain.finding import Finding

RULES: tuple[Rule, ...] = (
    changes_told_otherwise,
    transitions_told_otherwise,
    taken_otherwise,
    values_told_otherwise,
    steps_told_otherwise,
    conditions_told_otherwise,
    kept_otherwise,
    unreached_examples,
    recoveries_otherwise,
    runs_told_otherwise,
)


def contradicted_sentences(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each sentence that the steps or states of a model contradict."""
    told = told_of(context, explored)
    if told is not None:
        for rule in RULES:
            yield from rule(told)
