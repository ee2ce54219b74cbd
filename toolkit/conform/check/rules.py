"""The rules over what artefacts say, in the order in which their findings are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conform.check.cf102_empty_document import empty_document
from conform.check.cf104_missing_cell import missing_cells
from conform.check.cf105_lost_table import lost_tables
from conform.check.cf106_repeated_column import repeated_columns
from conform.check.cf201_unmapped_construct import unmapped_constructs
from conform.check.cf202_missing_construct import missing_constructs
from conform.check.cf203_arity import differing_parameters
from conform.check.cf204_undocumented_construct import undocumented_constructs
from conform.check.cf205_unchecked_property import unchecked_properties
from conform.check.cf206_broken_link import broken_links
from conform.check.cf207_empty_cell import empty_cells
from conform.check.cf208_unknown_subject import unknown_subjects
from conform.check.cf209_no_mapping import nothing_mapped
from conform.check.cf210_undocumented_helper import undocumented_helpers
from conform.check.cf211_parameter_value import differing_values
from conform.check.cf212_missing_parameter import missing_parameters
from conform.check.cf213_documents_disagree import disagreeing_tables
from conform.check.cf214_undocumented_setting import undocumented_settings
from conform.check.cf215_configurations_differ import differing_configurations
from conform.check.cf216_unused_formula import unused_definitions
from conform.check.cf217_property_kind import differing_kinds
from conform.check.cf218_no_fairness import liveness_without_fairness
from conform.check.cf219_result_row import unknown_results
from conform.check.cf220_no_result import missing_results
from conform.check.cf221_verdicts_disagree import disagreeing_verdicts
from conform.check.cf222_absence import wrong_absences
from conform.check.cf223_general_claim import contradicted_claims
from conform.check.cf224_numbering import misnumbered
from conform.check.cf225_number_of_name import misplaced_numbers
from conform.check.cf226_fairness import differing_fairness
from conform.check.cf227_fairness_section import unfit_fairness
from conform.check.cf228_tables_disagree import contradicting_tables
from conform.check.cf229_cell_kind import miscalled_constructs
from conform.check.cf230_dead_link import dead_links
from conform.check.cf231_missing_file import missing_files
from conform.check.cf232_command import bad_commands
from conform.check.cf233_missing_section import missing_parts
from conform.check.cf234_heading_number import heading_numbers
from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf236_stated_value import wrong_values
from conform.check.cf237_primitive import primitives_used
from conform.check.cf238_near_name import near_names
from conform.check.cf239_unused_constant import unused_constants
from conform.check.cf240_steps import statements_of_steps
from conform.check.cf243_two_enumerations import differing_enumerations
from conform.check.cf244_value_outside_type import values_outside_types
from conform.check.cf246_claim_of_all import claims_of_all
from conform.check.cf248_comment_number import misnumbering_comments
from conform.check.cf249_action_range import ranges_of_actions
from conform.check.cf250_comment_claim import wrong_comments
from conform.check.cf251_assumption import differing_assumptions
from conform.check.cf252_layer_number import differing_numbers
from conform.check.cf253_link_label import mislabelled_links
from conform.check.cf254_worked_example import wrong_examples
from conform.check.cf255_action_in_words import misdescribed_actions
from conform.check.cf256_action_in_text import misnumbered_actions
from conform.check.cf257_default_value import differing_defaults
from conform.check.cf258_unknown_construct import unknown_constructs
from conform.check.cf259_left_out import actions_left_out
from conform.check.cf262_foreign_configuration import foreign_configurations
from conform.check.cf263_section_topic import wrong_topics
from conform.check.cf264_variants import misnamed_variants
from conform.check.cf265_actor import actors_without_parameter
from conform.check.cf266_labels_covered import labels_covered
from conform.check.cf267_result_note import contradicted_notes
from conform.check.cf268_named_configuration import values_of_another
from conform.check.cf269_order import misordered_steps
from conform.check.cf270_differences import differences_out_of_date
from conform.check.cf271_sizes import sizes_of_configurations
from conform.check.cf272_values_in_comment import values_in_comments
from conform.check.cf274_stated_option import misstated_options
from conform.check.cf275_denied_feature import denied_features
from conform.check.cf276_untyped_variable import untyped_variables
from conform.check.cf277_used_by import disagreeing_uses
from conform.check.cf278_counted_parts import miscounted_parts
from conform.check.cf279_unused_operator import unused_operators
from conform.check.cf280_command_of_all import commands_of_all
from conform.check.cf281_words_of_formula import contradicting_words
from conform.check.cf282_end_of_range import other_ends, other_names
from conform.check.cf286_file_left_out import files_left_out
from conform.check.cf309_no_expectation import missing_expectations
from conform.check.cf310_not_looked_at import unread_documents
from conform.check.cf330_excerpt import excerpts_that_differ
from conform.check.cf351_counts_disagree import disagreeing_counts
from conform.check.cf352_unmodelled import unmodelled_constructs
from conform.check.cf353_deadlock_claim import unchecked_deadlock
from conform.check.comments.comment_facts import facts_in_comments
from conform.check.comments.opposed_words import opposed_descriptions
from conform.check.comments.settings_in_comments import settings_in_comments
from conform.check.context import Context
from conform.check.models.enabled_statements import enabled_statements
from conform.check.sentences.protocol_statements import statements_about_protocols
from conform.check.systems.cf287_value_in_code import bounds_in_code, values_in_code
from conform.check.systems.cf288_cases_in_code import cases_in_code
from conform.check.systems.cf289_key_in_code import keys_in_code
from conform.check.systems.cf290_command_in_code import commands_in_code
from conform.check.systems.cf291_section_in_code import sections_in_code
from conform.check.systems.cf292_setting_in_code import settings_in_code, unknown_settings
from conform.check.systems.cf293_row_section import rows_of_sections
from conform.check.systems.cf294_listed_states import listed_states
from conform.check.systems.cf295_outcome import undefined_outcomes
from conform.check.systems.cf296_padded_example import padded_examples
from conform.check.systems.cf297_path_in_pseudocode import paths_in_pseudocode
from conform.check.systems.cf298_protocol_name import protocol_names
from conform.check.systems.cf299_field_in_code import fields_in_code
from conform.check.systems.cf312_property_of_error import properties_of_errors
from conform.check.systems.cf313_operation_in_code import operations_in_code
from conform.check.systems.cf314_case_never_made import cases_never_made
from conform.check.systems.cf315_text_in_code import texts_in_code
from conform.check.systems.cf316_test_identifier import tests_of_the_matrix
from conform.check.systems.cf317_order_in_code import order_in_code
from conform.check.systems.counted_rows import wrong_counts
from conform.check.systems.primitives_in_columns import columns_of_primitives
from conform.check.systems.settings_of_functions import swapped_settings
from conform.check.systems.state_drawings import differing_drawings
from conform.check.systems.unread_sources import unread_sources
from conform.domain.finding import Finding

Rule = Callable[[Context], Iterator[Finding]]

SYSTEM_RULES: tuple[Rule, ...] = (
    values_in_code,
    cases_in_code,
    keys_in_code,
    commands_in_code,
    sections_in_code,
    settings_in_code,
    rows_of_sections,
    listed_states,
    undefined_outcomes,
    padded_examples,
    paths_in_pseudocode,
    protocol_names,
    fields_in_code,
    properties_of_errors,
    operations_in_code,
    cases_never_made,
    texts_in_code,
    wrong_counts,
    differing_drawings,
    bounds_in_code,
    unknown_settings,
    tests_of_the_matrix,
    order_in_code,
    columns_of_primitives,
    swapped_settings,
    unread_sources,
)
"""What the pages of a system say, and what its sources do."""

TEXT_RULES: tuple[Rule, ...] = (
    unread_documents,
    missing_cells,
    lost_tables,
    repeated_columns,
    dead_links,
    missing_files,
    files_left_out,
    bad_commands,
    missing_parts,
    heading_numbers,
    wrong_numbers,
    wrong_values,
    primitives_used,
    near_names,
    unused_constants,
    statements_of_steps,
    differing_enumerations,
    values_outside_types,
    claims_of_all,
    misnumbering_comments,
    ranges_of_actions,
    wrong_comments,
    facts_in_comments,
    opposed_descriptions,
    settings_in_comments,
    statements_about_protocols,
    differing_numbers,
    mislabelled_links,
    wrong_examples,
    differing_assumptions,
    misdescribed_actions,
    misnumbered_actions,
    differing_defaults,
    unknown_constructs,
    foreign_configurations,
    wrong_topics,
    misnamed_variants,
    actors_without_parameter,
    misordered_steps,
    disagreeing_uses,
    miscounted_parts,
    *SYSTEM_RULES,
)
"""What holds of the text of the documents, whatever the models do."""

READING_RULES: tuple[Rule, ...] = (empty_document, missing_expectations, *TEXT_RULES)

MAPPING_RULES: tuple[Rule, ...] = (
    nothing_mapped,
    unknown_subjects,
    unmapped_constructs,
    missing_constructs,
    differing_parameters,
    undocumented_constructs,
    unchecked_properties,
    broken_links,
    empty_cells,
    undocumented_helpers,
    differing_values,
    missing_parameters,
    disagreeing_tables,
    undocumented_settings,
    differing_configurations,
    unused_definitions,
    differing_kinds,
    liveness_without_fairness,
    unknown_results,
    missing_results,
    disagreeing_verdicts,
    wrong_absences,
    contradicted_claims,
    misnumbered,
    misplaced_numbers,
    differing_fairness,
    unfit_fairness,
    contradicting_tables,
    miscalled_constructs,
    disagreeing_counts,
    unmodelled_constructs,
    unchecked_deadlock,
    actions_left_out,
    labels_covered,
    contradicted_notes,
    values_of_another,
    differences_out_of_date,
    sizes_of_configurations,
    values_in_comments,
    misstated_options,
    denied_features,
    untyped_variables,
    unused_operators,
    enabled_statements,
    commands_of_all,
    contradicting_words,
    excerpts_that_differ,
    other_ends,
    other_names,
)


def apply(rules: tuple[Rule, ...], context: Context) -> list[Finding]:
    """Return the findings of all rules, rule by rule; what two of them say is told once."""
    found: dict[tuple[object, ...], Finding] = {}
    for rule in rules:
        for finding in rule(context):
            found.setdefault((finding.code, finding.span, finding.message), finding)
    return list(found.values())
