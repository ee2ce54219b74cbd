"""The rules over what readings of a protocol do, beside what its documents say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from conform.check import cf241_effect_footprint, cf242_guard_footprint, cf247_contradicted_line
from conform.check.cf241_effect_footprint import differing_effects
from conform.check.cf242_guard_footprint import differing_guards
from conform.check.cf245_drawn_transition import drawn_transitions
from conform.check.cf247_contradicted_line import contradicted_lines
from conform.check.cf261_types_differ import differing_types
from conform.check.cf283_touched_in_table import left_out_of_tables, touched_in_tables
from conform.check.cf284_scenario_table import untaken_scenarios
from conform.check.cf285_missing_transition import missing_transitions
from conform.check.cf360_sequence_claim import contradicted_examples
from conform.check.cf361_unreachable_value import unreached_values
from conform.check.cf363_no_effect import actions_without_effect
from conform.check.cf364_implied_by_types import implied_invariants
from conform.check.cf365_vacuous import vacuous_properties
from conform.check.cf366_set_by import values_not_set
from conform.check.cf379_comment_on_declaration import comments_on_declarations
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.record_fields import fields_otherwise
from conform.check.models.state_tables import state_tables_otherwise
from conform.check.sentences.asking import contradicted_sentences
from conform.domain.finding import Finding

ModelRule = Callable[[Context, Explored], Iterator[Finding]]

MODEL_RULES: tuple[ModelRule, ...] = (
    contradicted_examples,
    unreached_values,
    actions_without_effect,
    implied_invariants,
    vacuous_properties,
    differing_effects,
    differing_guards,
    drawn_transitions,
    contradicted_lines,
    differing_types,
    values_not_set,
    touched_in_tables,
    left_out_of_tables,
    untaken_scenarios,
    missing_transitions,
    state_tables_otherwise,
    fields_otherwise,
    contradicted_sentences,
    comments_on_declarations,
)


def findings_of(context: Context, readings: Sequence[Explored]) -> list[Finding]:
    """Return the findings of all rules on all readings, in the readings' order.

    What is found in several readings at one place of a document, with one message but for the name
    of the reading, is told once, of the first, and says where else. A reading without a complete
    state graph is asked only what can be told without one.
    """
    found: dict[tuple[object, ...], Finding] = {}
    for explored in readings:
        for rule in MODEL_RULES:
            for finding in rule(context, explored):
                message = finding.message.replace(explored.spec.path, "")
                message = message.replace(explored.configuration, "")
                key = finding.code, finding.span, message
                if (first := found.get(key)) is None:
                    found[key] = replace(finding, seen_in=explored.spec.path)
                elif first.seen_in != explored.spec.path:
                    also = f"likewise in {explored.spec.path}"
                    details = tuple(dict.fromkeys((*first.details, also)))
                    found[key] = replace(first, seen_in="", details=details)
    footprints = {(f.span.path, f.span.line) for f in found.values() if _is_footprint(f) and f.span}
    return [
        each
        for each in found.values()
        if each.code != cf247_contradicted_line.CODE.identifier
        or (each.span and (each.span.path, each.span.line) not in footprints)
    ]


def _is_footprint(finding: Finding) -> bool:
    """Say whether a finding tells already that a line is about other variables than the model."""
    return finding.code in (
        cf241_effect_footprint.CODE.identifier,
        cf242_guard_footprint.CODE.identifier,
    )
