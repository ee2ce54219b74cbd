"""Plain tables of import paths, for the parts that are chosen by name, one at a time.

A row is `module` or `module:attribute`. Nothing is imported before `resolve` is asked, so that a
command pays for what it uses alone. To add a report format or a finding: write its module, add its
row, and run the contract tests, which go over every table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from conform.domain.exploration import ExplorationReport
from conform.domain.report import ProtocolReport, Report
from conform.errors import UsageError
from conform.report.options import WriteOptions
from conform.text import nearest

REPORT_WRITERS: dict[str, str] = {
    "text": "conform.report.to_text:write",
    "json": "conform.report.to_json:write",
    "junit": "conform.report.to_junit:write",
}
"""Report format → the writer of a Report."""

EXPLORATION_WRITERS: dict[str, str] = {
    "text": "conform.report.exploration_to_text:write",
    "json": "conform.report.exploration_to_json:write",
    "junit": "conform.report.exploration_to_junit:write",
}
"""Report format → the writer of an ExplorationReport."""

FINDING_MODULES: dict[str, str] = {
    "CF101": "conform.languages.tlaplus.cf101_undeclared_assignment",
    "CF102": "conform.check.cf102_empty_document",
    "CF103": "conform.check.cf103_unreadable_artefact",
    "CF104": "conform.check.cf104_missing_cell",
    "CF105": "conform.check.cf105_lost_table",
    "CF106": "conform.check.cf106_repeated_column",
    "CF107": "conform.languages.tlaplus.cf107_overruled_assignment",
    "CF110": "conform.languages.markdown.formal.cf110_unreadable_line",
    "CF111": "conform.languages.markdown.formal.cf111_unknown_name",
    "CF112": "conform.languages.markdown.formal.cf112_wrong_arity",
    "CF113": "conform.languages.markdown.formal.cf113_wrong_target",
    "CF114": "conform.languages.markdown.formal.cf114_assigned_twice",
    "CF115": "conform.languages.markdown.formal.cf115_hidden_name",
    "CF201": "conform.check.cf201_unmapped_construct",
    "CF202": "conform.check.cf202_missing_construct",
    "CF203": "conform.check.cf203_arity",
    "CF204": "conform.check.cf204_undocumented_construct",
    "CF205": "conform.check.cf205_unchecked_property",
    "CF206": "conform.check.cf206_broken_link",
    "CF207": "conform.check.cf207_empty_cell",
    "CF208": "conform.check.cf208_unknown_subject",
    "CF209": "conform.check.cf209_no_mapping",
    "CF210": "conform.check.cf210_undocumented_helper",
    "CF211": "conform.check.cf211_parameter_value",
    "CF212": "conform.check.cf212_missing_parameter",
    "CF213": "conform.check.cf213_documents_disagree",
    "CF214": "conform.check.cf214_undocumented_setting",
    "CF215": "conform.check.cf215_configurations_differ",
    "CF216": "conform.check.cf216_unused_formula",
    "CF217": "conform.check.cf217_property_kind",
    "CF218": "conform.check.cf218_no_fairness",
    "CF219": "conform.check.cf219_result_row",
    "CF220": "conform.check.cf220_no_result",
    "CF221": "conform.check.cf221_verdicts_disagree",
    "CF222": "conform.check.cf222_absence",
    "CF223": "conform.check.cf223_general_claim",
    "CF224": "conform.check.cf224_numbering",
    "CF225": "conform.check.cf225_number_of_name",
    "CF226": "conform.check.cf226_fairness",
    "CF227": "conform.check.cf227_fairness_section",
    "CF228": "conform.check.cf228_tables_disagree",
    "CF229": "conform.check.cf229_cell_kind",
    "CF230": "conform.check.cf230_dead_link",
    "CF231": "conform.check.cf231_missing_file",
    "CF232": "conform.check.cf232_command",
    "CF233": "conform.check.cf233_missing_section",
    "CF234": "conform.check.cf234_heading_number",
    "CF235": "conform.check.cf235_stated_number",
    "CF236": "conform.check.cf236_stated_value",
    "CF237": "conform.check.cf237_primitive",
    "CF238": "conform.check.cf238_near_name",
    "CF239": "conform.check.cf239_unused_constant",
    "CF240": "conform.check.cf240_steps",
    "CF241": "conform.check.cf241_effect_footprint",
    "CF242": "conform.check.cf242_guard_footprint",
    "CF243": "conform.check.cf243_two_enumerations",
    "CF244": "conform.check.cf244_value_outside_type",
    "CF245": "conform.check.cf245_drawn_transition",
    "CF246": "conform.check.cf246_claim_of_all",
    "CF247": "conform.check.cf247_contradicted_line",
    "CF248": "conform.check.cf248_comment_number",
    "CF249": "conform.check.cf249_action_range",
    "CF250": "conform.check.cf250_comment_claim",
    "CF251": "conform.check.cf251_assumption",
    "CF252": "conform.check.cf252_layer_number",
    "CF253": "conform.check.cf253_link_label",
    "CF254": "conform.check.cf254_worked_example",
    "CF255": "conform.check.cf255_action_in_words",
    "CF256": "conform.check.cf256_action_in_text",
    "CF257": "conform.check.cf257_default_value",
    "CF258": "conform.check.cf258_unknown_construct",
    "CF259": "conform.check.cf259_left_out",
    "CF260": "conform.check.agreement.cf260_formulas_differ",
    "CF261": "conform.check.cf261_types_differ",
    "CF262": "conform.check.cf262_foreign_configuration",
    "CF263": "conform.check.cf263_section_topic",
    "CF264": "conform.check.cf264_variants",
    "CF265": "conform.check.cf265_actor",
    "CF266": "conform.check.cf266_labels_covered",
    "CF267": "conform.check.cf267_result_note",
    "CF268": "conform.check.cf268_named_configuration",
    "CF269": "conform.check.cf269_order",
    "CF270": "conform.check.cf270_differences",
    "CF271": "conform.check.cf271_sizes",
    "CF272": "conform.check.cf272_values_in_comment",
    "CF273": "conform.languages.fizzbee.cf273_overridden_option",
    "CF274": "conform.check.cf274_stated_option",
    "CF275": "conform.check.cf275_denied_feature",
    "CF276": "conform.check.cf276_untyped_variable",
    "CF277": "conform.check.cf277_used_by",
    "CF278": "conform.check.cf278_counted_parts",
    "CF279": "conform.check.cf279_unused_operator",
    "CF280": "conform.check.cf280_command_of_all",
    "CF281": "conform.check.cf281_words_of_formula",
    "CF282": "conform.check.cf282_end_of_range",
    "CF283": "conform.check.cf283_touched_in_table",
    "CF284": "conform.check.cf284_scenario_table",
    "CF285": "conform.check.cf285_missing_transition",
    "CF286": "conform.check.cf286_file_left_out",
    "CF287": "conform.check.systems.cf287_value_in_code",
    "CF288": "conform.check.systems.cf288_cases_in_code",
    "CF289": "conform.check.systems.cf289_key_in_code",
    "CF290": "conform.check.systems.cf290_command_in_code",
    "CF291": "conform.check.systems.cf291_section_in_code",
    "CF292": "conform.check.systems.cf292_setting_in_code",
    "CF293": "conform.check.systems.cf293_row_section",
    "CF294": "conform.check.systems.cf294_listed_states",
    "CF295": "conform.check.systems.cf295_outcome",
    "CF296": "conform.check.systems.cf296_padded_example",
    "CF297": "conform.check.systems.cf297_path_in_pseudocode",
    "CF298": "conform.check.systems.cf298_protocol_name",
    "CF299": "conform.check.systems.cf299_field_in_code",
    "CF301": "conform.check.cf301_verdict",
    "CF302": "conform.check.cf302_never_enabled",
    "CF303": "conform.check.cf303_undecided",
    "CF304": "conform.check.cf304_deadlock",
    "CF305": "conform.check.cf305_cut_short",
    "CF306": "conform.check.cf306_evaluation",
    "CF307": "conform.check.cf307_assumption",
    "CF308": "conform.check.cf308_nothing_checked",
    "CF309": "conform.check.cf309_no_expectation",
    "CF310": "conform.check.cf310_not_looked_at",
    "CF311": "conform.check.cf311_engines_disagree",
    "CF312": "conform.check.systems.cf312_property_of_error",
    "CF313": "conform.check.systems.cf313_operation_in_code",
    "CF314": "conform.check.systems.cf314_case_never_made",
    "CF315": "conform.check.systems.cf315_text_in_code",
    "CF316": "conform.check.systems.cf316_test_identifier",
    "CF317": "conform.check.systems.cf317_order_in_code",
    "CF320": "conform.check.agreement.cf320_initial_states",
    "CF321": "conform.check.agreement.cf321_possible_in_one",
    "CF322": "conform.check.agreement.cf322_effect",
    "CF323": "conform.check.agreement.cf323_property_verdicts",
    "CF324": "conform.check.agreement.cf324_lone_variable",
    "CF325": "conform.check.agreement.cf325_lone_action",
    "CF326": "conform.check.agreement.cf326_unmatched_values",
    "CF327": "conform.check.agreement.cf327_not_compared",
    "CF328": "conform.check.agreement.cf328_property_kind",
    "CF329": "conform.check.agreement.cf329_other_constants",
    "CF330": "conform.check.cf330_excerpt",
    "CF340": "conform.languages.markdown.formal.cf340_not_executed",
    "CF350": "conform.check.cf350_state_count",
    "CF351": "conform.check.cf351_counts_disagree",
    "CF352": "conform.check.cf352_unmodelled",
    "CF353": "conform.check.cf353_deadlock_claim",
    "CF360": "conform.check.cf360_sequence_claim",
    "CF361": "conform.check.cf361_unreachable_value",
    "CF363": "conform.check.cf363_no_effect",
    "CF364": "conform.check.cf364_implied_by_types",
    "CF365": "conform.check.cf365_vacuous",
    "CF366": "conform.check.cf366_set_by",
    "CF367": "conform.check.sentences.cf367_changed_by",
    "CF368": "conform.check.sentences.cf368_transition_told",
    "CF369": "conform.check.sentences.cf369_taken_told",
    "CF370": "conform.check.cf370_bounded_search",
    "CF371": "conform.languages.fizzbee.cf371_unheeded_option",
    "CF372": "conform.languages.fizzbee.cf372_unlike_count",
    "CF373": "conform.check.sentences.cf373_value_told",
    "CF374": "conform.check.sentences.cf374_steps_told",
    "CF375": "conform.check.sentences.cf375_condition_told",
    "CF376": "conform.check.sentences.cf376_kept_told",
    "CF377": "conform.languages.fizzbee.cf377_idle_assertion",
    "CF378": "conform.check.sentences.cf378_state_shown",
    "CF379": "conform.check.cf379_comment_on_declaration",
    "CF401": "conform.generate.cf401_missing_file",
    "CF402": "conform.generate.cf402_stale_file",
    "CF403": "conform.generate.cf403_edited_file",
    "CF404": "conform.generate.cf404_not_generated",
    "CF405": "conform.generate.cf405_extra_file",
    "CF406": "conform.generate.cf406_unstated_liveness",
    "CF501": "conform.replay.cf501_divergence",
    "CF502": "conform.replay.cf502_declined",
    "CF503": "conform.replay.cf503_accepted",
    "CF504": "conform.replay.cf504_raised",
    "CF505": "conform.replay.cf505_no_trace",
    "CF506": "conform.replay.cf506_not_a_step",
    "CF507": "conform.replay.cf507_unexercised_action",
    "CF508": "conform.replay.cf508_unknown_action",
    "CF509": "conform.replay.cf509_contract",
}
"""Finding code → the module that makes its findings; that module's docstring is its page."""

MODEL_OPENERS: dict[str, str] = {
    ".tla": "conform.commands.tla_artefact:open_module",
    ".fizz": "conform.commands.fizz_artefact:open_specification",
    ".md": "conform.commands.document_artefact:open_document",
}
"""Suffix of a file → what opens it as a model: (path, configuration or None) → ModelArtefact."""

PROTOCOL_CHECKER = "conform.commands.protocol_checks:check_protocols"
"""What checks protocols, of which a run that finds every report kept has no need."""

TABLES: dict[str, dict[str, str]] = {
    "model suffix": MODEL_OPENERS,
    "report format": REPORT_WRITERS,
    "exploration format": EXPLORATION_WRITERS,
    "finding code": FINDING_MODULES,
}
"""Every table above under the word for its keys, for the contract tests."""


def resolve(path: str) -> Any:
    """Import what a row names: a module, or with `:` an attribute of one."""
    module, _, attribute = path.partition(":")
    imported = import_module(module)
    return getattr(imported, attribute) if attribute else imported


def entry(table: Mapping[str, str], key: str, what: str) -> Any:
    """Return what `table` has for `key`, imported, or raise UsageError with the nearest key."""
    if key not in table:
        close = nearest(key, table)
        raise UsageError(
            f"there is no {what} {key!r}",
            expected=", ".join(table),
            hint=f"did you mean {close}?" if close else "",
        )
    return resolve(table[key])


def model_opener(suffix: str) -> Callable[[Path, Path | None], Any]:
    """Return what opens files with this suffix as models; the opener of TLA+ for unknown ones."""
    opener: Callable[[Path, Path | None], Any]
    opener = resolve(MODEL_OPENERS.get(suffix.lower(), MODEL_OPENERS[".tla"]))
    return opener


def protocol_checker() -> Callable[..., dict[str, ProtocolReport]]:
    """Return what checks protocols: commands.protocol_checks says with which arguments."""
    checker: Callable[..., dict[str, ProtocolReport]] = resolve(PROTOCOL_CHECKER)
    return checker


def report_writer(form: str) -> Callable[[Report, WriteOptions], str]:
    """Return the writer of reports in format `form`, or raise UsageError: sarif is not yet one."""
    writer: Callable[[Report, WriteOptions], str] = entry(REPORT_WRITERS, form, "report format")
    return writer


def exploration_writer(form: str) -> Callable[[ExplorationReport, WriteOptions], str]:
    """Return the writer of explorations in format `form`, or raise UsageError."""
    writer: Callable[[ExplorationReport, WriteOptions], str]
    writer = entry(EXPLORATION_WRITERS, form, "report format")
    return writer
