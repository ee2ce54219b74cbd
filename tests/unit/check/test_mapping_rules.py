"""The rules over documents and mapping tables: each finds what was planted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.cf102_empty_document import empty_document
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
from conform.check.context import Context
from conform.check.rules import MAPPING_RULES, READING_RULES, Rule, apply
from conform.check.texts.unwritten_mapping import mapped_by_names
from conform.domain.finding import Severity
from conform.errors import InputError
from conform.languages.markdown.reading import read_document
from conform.text import Source
from tests.unit.check.lamps import DOCUMENT, Lamp, shown

ROW_OF_SWITCH_OFF = (
    "| Action 2: `SwitchOff` | `SwitchOff` | [`Lamp.switch_off`](../src/lamp.py) |\n"
)
FLICKER = "Flicker == isOn /\\ turns < Max /\\ turns' = turns + 1 /\\ UNCHANGED isOn\n"
NEXT = "Next == (\\E n \\in 1..2 : SwitchOn(n)) \\/ SwitchOff"


@pytest.fixture
def lamp(tmp_path: Path) -> Lamp:
    """Give the protocol with its implementation."""
    return Lamp().in_folder(tmp_path)


def found(rule: Rule, context: Context, code: str) -> Iterator[tuple[str, str]]:
    """Yield the message of each finding of a rule, and the line that it points to."""
    for finding in rule(context):
        assert finding.code == code
        yield finding.message, shown(context, finding)


def test_nothing_is_found_where_all_agree(lamp: Lamp) -> None:
    assert apply(READING_RULES + MAPPING_RULES, lamp.context()) == []


# --------------------------------------------------------------------------------- CF102, CF201


def test_document_without_actions_is_found(lamp: Lamp) -> None:
    start, end = DOCUMENT.index("## Actions"), DOCUMENT.index("## Properties")
    context = replace(lamp, document=DOCUMENT[:start] + DOCUMENT[end:]).context()
    ((message, _),) = found(empty_document, context, "CF102")
    assert message == "specs/lamp.md states no actions"


def test_empty_document_states_nothing(lamp: Lamp) -> None:
    context = replace(lamp, document="").context()
    messages = [message for message, _ in found(empty_document, context, "CF102")]
    assert [message.split()[-1] for message in messages] == ["variables", "actions", "properties"]


@pytest.mark.parametrize(
    ("row", "message", "line"),
    [
        ("| State: `turns` |", "variable `turns`", "| `turns` |"),
        ("| Action 2: `SwitchOff` |", "action `SwitchOff`", "### Action 2: SwitchOff"),
        ("| Liveness L1 |", "property `GoesOut`", "### Liveness L1: GoesOut"),
    ],
)
def test_construct_without_a_row_is_found(lamp: Lamp, row: str, message: str, line: str) -> None:
    (deleted,) = [text for text in DOCUMENT.splitlines() if text.startswith(row)]
    context = lamp.edited(f"{deleted}\n", "").context()
    ((said, at),) = found(unmapped_constructs, context, "CF201")
    assert said == f"{message} has no row in the mapping tables"
    assert at.startswith(f"specs/lamp.md:{line}")


def test_helpers_without_a_row_are_one_finding_where_others_have_one(lamp: Lamp) -> None:
    stated = "### Helper: IsLate\n\n**Definition**: `turns = Max`\n\n"
    stated += stated.replace("IsLate", "IsEarly")
    context = lamp.edited("### Helper: MayTurn(n)", f"{stated}### Helper: MayTurn(n)")
    ((said, at),) = found(unmapped_constructs, context.context(), "CF201")
    assert said.startswith("helpers `IsLate`, `IsEarly` have no row in the mapping tables")
    assert at.startswith("specs/lamp.md:### Helper: IsLate")
    (row,) = [line for line in DOCUMENT.splitlines() if line.startswith("| Helper: `MayTurn`")]
    assert [*unmapped_constructs(context.edited(f"{row}\n", "").context())] == []


def test_row_about_several_actions_covers_each(lamp: Lamp) -> None:
    (row,) = [line for line in DOCUMENT.splitlines() if line.startswith("| Action 1")]
    context = lamp.edited(row, row.replace("Action 1: `SwitchOn`", "Actions 1-2: Switching"))
    context = context.edited(ROW_OF_SWITCH_OFF, "")
    assert [*unmapped_constructs(context.context())] == []


# ---------------------------------------------------------------------------------- CF202, CF203


def test_renamed_action_is_found_with_the_nearest_name(lamp: Lamp) -> None:
    module = lamp.module.replace("SwitchOff", "TurnOff")
    context = replace(lamp, module=module).context()
    ((message, line),) = found(missing_constructs, context, "CF202")
    assert message == "tlaplus/Lamp.tla has no `SwitchOff`, which this mapping row names"
    assert line == f"specs/lamp.md:{ROW_OF_SWITCH_OFF.strip()}"


def test_misspelt_name_in_a_row_is_found_with_the_nearest(lamp: Lamp) -> None:
    (finding,) = missing_constructs(lamp.edited("| `TypeOK` |", "| `TypeOk` |").context())
    assert finding.hint == "did you mean `TypeOK`?"
    assert finding.span
    assert finding.span.end_column - finding.span.column == len("TypeOk") - 1


def test_ends_of_a_range_are_looked_up(lamp: Lamp) -> None:
    context = lamp.edited("| `SwitchOff` |", "| `SwitchOn` through `SwitchOut` |").context()
    ((message, _),) = found(missing_constructs, context, "CF202")
    assert "`SwitchOut`" in message


def test_model_that_the_project_does_not_name_is_not_looked_at(lamp: Lamp) -> None:
    context = replace(lamp.edited("| `TypeOK` |", "| `Nonsense` |").context(), formal={})
    assert [*missing_constructs(context)] == []
    assert [*undocumented_constructs(context)] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| `SwitchOn(n)` |", "| `SwitchOn(n, m)` |", "2 parameters in the mapping row, but 1"),
        ("| `SwitchOff` |", "| `SwitchOff(w)` |", "1 parameter in the mapping row, but 0"),
        ("Helper: MayTurn(n)", "Helper: MayTurn(n, m)", "2 parameters in the document, but 1"),
        ("Action 2: SwitchOff\n", "Action 2: SwitchOff(w)\n", "1 parameter in the document, but 0"),
    ],
)
def test_other_number_of_parameters_is_found(lamp: Lamp, old: str, new: str, message: str) -> None:
    context = lamp.edited(old, new).context()
    (finding,) = differing_parameters(context)
    assert finding.code == "CF203"
    assert message in finding.message
    assert new.strip() in shown(context, finding)
    assert len(finding.details) == 2


def test_other_names_of_parameters_agree(lamp: Lamp) -> None:
    context = lamp.edited("| `SwitchOn(n)` |", "| `SwitchOn(by)` |").context()
    assert [*differing_parameters(context)] == []


def test_row_without_parentheses_states_no_parameters(lamp: Lamp) -> None:
    context = lamp.edited("| `SwitchOn(n)` |", "| `SwitchOn` |").context()
    assert [*differing_parameters(context)] == []


# ---------------------------------------------------------------------------- CF204, CF205, CF210


def test_action_that_no_row_names_is_found(lamp: Lamp) -> None:
    context = lamp.edited(NEXT, f"{FLICKER}{NEXT} \\/ Flicker").context()
    ((message, line),) = found(undocumented_constructs, context, "CF204")
    assert message == "action `Flicker` of tlaplus/Lamp.tla is named by no row of specs/lamp.md"
    assert line.startswith("tlaplus/Lamp.tla:Flicker ==")


def test_variable_and_property_that_no_row_names_are_found(lamp: Lamp) -> None:
    text = DOCUMENT.replace("### Liveness L1: GoesOut", "### Liveness L1: Dims")
    lines = text.replace("| `turns` |", "| `times` |").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("| State: `turns`", "| Liveness"))]
    context = replace(lamp, document="".join(kept)).context()
    messages = [message for message, _ in found(undocumented_constructs, context, "CF204")]
    assert [message.split(" of ")[0] for message in messages] == [
        "variable `turns`",
        "property `GoesOut`",
    ]


@pytest.mark.parametrize(
    ("without", "is_told"),
    [
        ((), True),
        (("## Mapping",), True),
        (("## Actions",), True),
        (("## Actions", "## Mapping"), False),
    ],
)
def test_action_is_told_of_unless_the_document_states_and_maps_none(
    lamp: Lamp, without: tuple[str, ...], is_told: bool
) -> None:
    """CF102 tells that none is stated, and CF209 that nothing is mapped: each once."""
    document = DOCUMENT
    for title in without:
        start = document.index(title)
        end = document.find("\n## ", start)
        document = document[:start] + (document[end + 1 :] if end > 0 else "")
    context = replace(
        lamp.edited(NEXT, f"{FLICKER}{NEXT} \\/ Flicker"), document=document
    ).context()
    messages = [message for message, _ in found(undocumented_constructs, context, "CF204")]
    assert any("`Flicker`" in message for message in messages) is is_told


def test_operator_that_is_no_action_is_no_construct(lamp: Lamp) -> None:
    context = lamp.edited(NEXT, f"{FLICKER}{NEXT}").context()
    assert [*undocumented_constructs(context)] == []


def test_actions_inside_a_range_are_named_by_it(lamp: Lamp) -> None:
    document = DOCUMENT.replace(ROW_OF_SWITCH_OFF, "")
    document = document.replace("| `SwitchOn(n)` |", "| `SwitchOn` through `SwitchOff` |")
    assert [*undocumented_constructs(replace(lamp, document=document).context())] == []


def test_property_that_nothing_checks_is_found(lamp: Lamp) -> None:
    context = lamp.edited("PROPERTY GoesOut\n", "").context()
    ((message, line),) = found(unchecked_properties, context, "CF205")
    assert message.startswith("property `GoesOut` is defined at tlaplus/Lamp.tla:")
    assert message.endswith("and not checked by tlaplus/Lamp.cfg")
    assert line.startswith("specs/lamp.md:| Liveness L1 |")


def test_property_that_the_model_lacks_is_not_found_twice(lamp: Lamp) -> None:
    context = lamp.edited("| `GoesOut` |", "| `GoesOn` |").context()
    assert [*unchecked_properties(context)] == []
    assert len([*missing_constructs(context)]) == 1


def test_construct_that_the_document_states_is_reported_once(lamp: Lamp) -> None:
    (row,) = [line for line in DOCUMENT.splitlines() if line.startswith("| State: `turns`")]
    context = lamp.edited(f"{row}\n", "").context()
    assert len([*unmapped_constructs(context)]) == 1
    assert [*undocumented_constructs(context)] == []


def test_helper_that_no_document_mentions_is_a_warning(lamp: Lamp) -> None:
    context = replace(lamp, document=DOCUMENT.replace("MayTurn", "CanTurn")).context()
    ((message, line),) = found(undocumented_helpers, context, "CF210")
    assert message == "helper `MayTurn` of tlaplus/Lamp.tla is mentioned in no document"
    assert line.startswith("tlaplus/Lamp.tla:MayTurn(n) ==")
    assert {finding.severity for finding in undocumented_helpers(context)} == {Severity.WARNING}


def test_tuple_of_variables_needs_no_row(lamp: Lamp) -> None:
    assert "vars ==" in lamp.module
    assert [*undocumented_helpers(lamp.context())] == []


# ----------------------------------------------------------------------------------------- CF206


@pytest.mark.parametrize(
    ("link", "message", "hint"),
    [
        ("[`Lamp.is_of`](../src/lamp.py)", "`../src/lamp.py` has no `Lamp.is_of`", "Lamp.is_on"),
        ("[`Lamp.is_on`](../src/lamps.py)", "there is no file `../src/lamps.py`", "correct"),
        ("[`Lamp.is_on`](../../lamp.py)", "`../../lamp.py` leads out of the project", "correct"),
        ("[`is_on`](../src/lamp.py)", "`../src/lamp.py` has no `is_on`", "Lamp.is_on"),
        (f"[`is_on`](../{'l' * 400})", f"there is no file `../{'l' * 400}`", "correct"),
    ],
)
def test_broken_link_is_found(lamp: Lamp, link: str, message: str, hint: str) -> None:
    context = lamp.edited("[`Lamp.is_on`](../src/lamp.py)", link).context()
    (finding,) = broken_links(context)
    assert (finding.code, finding.message) == ("CF206", message)
    assert hint in finding.hint
    assert link in shown(context, finding)


@pytest.mark.parametrize(
    "link",
    [
        "[`Lamp`](../src/lamp.py)",
        "[the lamp](../src/lamp.py)",
        "[the folder](../src)",
        "[`Lamp.is_on`](../src/lamp.py#L5)",
        "[`Lamp.is_on`](https://example.org/lamp.py)",
    ],
)
def test_sound_link_is_not_found(lamp: Lamp, link: str) -> None:
    assert [*broken_links(lamp.edited("[`Lamp.is_on`](../src/lamp.py)", link).context())] == []


def test_link_past_the_end_of_a_file_is_found(lamp: Lamp) -> None:
    link = "[`Lamp.is_on`](../src/lamp.py#L99)"
    context = lamp.edited("[`Lamp.is_on`](../src/lamp.py)", link).context()
    (finding,) = broken_links(context)
    assert finding.message == "`../src/lamp.py` has no line 99: its last is 9"


def test_symbol_of_another_language_must_occur_as_a_word(lamp: Lamp) -> None:
    (lamp.root / "src" / "lamp.rs").write_text("impl Lamp { fn switch() {} }", encoding="utf-8")
    sound = lamp.edited("[`Lamp.is_on`](../src/lamp.py)", "[`Lamp::switch`](../src/lamp.rs)")
    assert [*broken_links(sound.context())] == []
    broken = sound.edited("Lamp::switch", "Lamp::swit")
    assert [finding.message for finding in broken_links(broken.context())] == [
        "`../src/lamp.rs` has no `Lamp::swit`"
    ]


@pytest.mark.parametrize(
    ("line", "leads_there"), [(9, True), (8, True), (10, True), (6, False), (11, False)]
)
def test_line_of_a_link_is_that_of_the_construct_it_names(
    lamp: Lamp, line: int, *, leads_there: bool
) -> None:
    (lamp.root / "tlaplus").mkdir()
    switching = "SwitchOn(n) == ~isOn"
    commented = lamp.edited(switching, switching.replace("==", "==\n   ")).edited(
        "Init ==", "\\* How it begins\nInit =="
    )
    commented = commented.edited("SwitchOn(n) ==\n", "\\* Switches it on\nSwitchOn(n) ==\n")
    lines = commented.module.splitlines()
    shift = lines.index("SwitchOn(n) ==") + 1 - 9
    (lamp.root / "tlaplus" / "Lamp.tla").write_text(commented.module, encoding="utf-8")
    link = f"[`SwitchOn`](../tlaplus/Lamp.tla#L{line + shift})"
    cell = "| Action 1: `SwitchOn` | `SwitchOn(n)` |"
    linked = commented.edited(cell, f"| Action 1: `SwitchOn` | {link} |")
    found = [finding.message for finding in broken_links(linked.context())]
    said = f"`SwitchOn` is at line {9 + shift}, and the link leads elsewhere"
    assert found == ([] if leads_there else [said])


def test_link_to_a_model_names_its_construct(lamp: Lamp) -> None:
    cell = "| Liveness L1 | `GoesOut` |"
    linked = lamp.edited(cell, "| Liveness L1 | [`GoesOut`](../tlaplus/Lamp.tla) |")
    unchecked = linked.edited("PROPERTY GoesOut\n", "")
    (finding,) = unchecked_properties(unchecked.context())
    assert "GoesOut" in finding.message
    other = unchecked.edited("(../tlaplus/Lamp.tla)", "(../tlaplus/Other.tla)")
    assert [*unchecked_properties(other.context())] == []


def test_link_is_relative_to_the_document_that_it_stands_in(lamp: Lamp) -> None:
    table = DOCUMENT[DOCUMENT.index("## Mapping") :]
    elsewhere = Source("docs/deep/mapping.md", table.replace("../src", "../../src"))
    context = replace(lamp, document=DOCUMENT[: DOCUMENT.index("## Mapping")]).context()
    mapping = read_document(elsewhere).mapping
    document = replace(context.document, mapping=mapping)
    sources = {**context.sources, elsewhere.path: elsewhere}
    assert [*broken_links(replace(context, document=document, sources=sources))] == []


def test_file_that_is_no_python_stops_the_check(tmp_path: Path) -> None:
    lamp = Lamp().in_folder(tmp_path, code="class Lamp(:\n")
    with pytest.raises(InputError, match=r"src/lamp\.py:1:\d+: this file is no Python"):
        [*broken_links(lamp.context())]


# ---------------------------------------------------------------------------- CF207, CF208, CF209


@pytest.mark.parametrize("cell", ["—", "-", "", "— ()"])
def test_cell_that_says_nothing_is_found(lamp: Lamp, cell: str) -> None:
    context = lamp.edited(
        "| `GoesOut` | — (checked on the model) |", f"| `GoesOut` | {cell} |"
    ).context()
    ((message, line),) = found(empty_cells, context, "CF207")
    assert message == "the row of Liveness L1 says nothing under Python Reference"
    assert line.startswith("specs/lamp.md:| Liveness L1 |")


def test_column_of_notes_may_be_empty(lamp: Lamp) -> None:
    context = lamp.edited("Python Reference", "Notes").context()
    assert [*empty_cells(context)] == []


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("| State: `turns` |", "| State: `turn` |", "did you mean `turns`?"),
        ("| Action 2: `SwitchOff` |", "| Action 3: `Explode` |", "describe it"),
        ("| Liveness L1 |", "| Liveness L2 |", "describe it"),
    ],
)
def test_row_about_an_unknown_construct_is_found(lamp: Lamp, old: str, new: str, hint: str) -> None:
    context = lamp.edited(old, new).context()
    (finding,) = unknown_subjects(context)
    assert finding.code == "CF208"
    assert hint in finding.hint
    assert shown(context, finding).startswith(f"specs/lamp.md:{new}")


def test_number_alone_tells_the_action(lamp: Lamp) -> None:
    context = lamp.edited("| Action 2: `SwitchOff` |", "| Action 2 |").context()
    assert [*unknown_subjects(context)] == []


def test_document_without_a_table_is_found(lamp: Lamp) -> None:
    context = replace(lamp, document=DOCUMENT[: DOCUMENT.index("## Mapping")]).context()
    (only,) = nothing_mapped(context)
    assert only.message == "specs/lamp.md has no mapping table"
    assert only.severity is Severity.ERROR


@pytest.mark.parametrize(("is_list", "count"), [(True, 0), (False, 1)])
def test_list_may_give_some_constants_no_value(lamp: Lamp, is_list: bool, count: int) -> None:
    start, end = DOCUMENT.index("| Parameter |"), DOCUMENT.index("## Mapping")
    items = "- `Max` - the most turns. Default: 3\n- `Least` - the fewest turns\n\n"
    document = DOCUMENT[:start] + items + DOCUMENT[end:] if is_list else DOCUMENT
    module = lamp.module.replace("CONSTANT Max", "CONSTANTS Max, Least")
    configuration = lamp.configuration.replace("CONSTANT Max = 3", "CONSTANTS Max = 3 Least = 0")
    other = replace(lamp, document=document, module=module, configuration=configuration)
    messages = [message for message, _ in found(missing_parameters, other.context(), "CF212")]
    assert len(messages) == count
    assert all("no row for `Least`" in each for each in messages)


def without_table(lamp: Lamp) -> Context:
    """Return the protocol without a mapping table, as a check looks at it."""
    context = replace(lamp, document=DOCUMENT[: DOCUMENT.index("## Mapping")]).context()
    return replace(context, document=mapped_by_names(context.document, context.formal))


def test_without_a_table_constructs_of_one_name_are_the_same(lamp: Lamp) -> None:
    context = without_table(lamp)
    ((message, _),) = found(nothing_mapped, context, "CF209")
    assert message == "specs/lamp.md has no mapping table"
    (only,) = apply(MAPPING_RULES, context)
    assert (only.code, only.severity) == ("CF209", Severity.ERROR)
    (only,) = nothing_mapped(replace(context, implementations=()))
    assert only.severity is Severity.WARNING


@pytest.mark.parametrize(("old", "new"), [("GoesOut ==", "Stops =="), ("turns", "rounds")])
def test_without_a_table_another_name_is_found(lamp: Lamp, old: str, new: str) -> None:
    other = replace(lamp, module=lamp.module.replace(old, new).replace("GoesOut", "Stops"))
    configuration = lamp.configuration.replace("GoesOut", "Stops")
    context = without_table(replace(other, configuration=configuration))
    name = "GoesOut" if new == "Stops ==" else "turns"
    messages = [message for message, _ in found(missing_constructs, context, "CF202")]
    assert any(f"`{name}`" in each for each in messages)


@pytest.mark.parametrize(
    ("names", "count"), [("N1 N2", 0), ("_N1 _N2", 0), ("N1 M2", 1), ("N1", 1)]
)
def test_without_a_table_a_property_may_be_one_of_each_element(
    lamp: Lamp, names: str, count: int
) -> None:
    several = [f"GoesOut{each}" for each in names.split()]
    definition = next(line for line in lamp.module.splitlines() if line.startswith("GoesOut =="))
    apart = "\n".join(definition.replace("GoesOut", name) for name in several)
    module = lamp.module.replace(definition, apart)
    configuration = lamp.configuration.replace("GoesOut", " ".join(several))
    other = without_table(replace(lamp, module=module, configuration=configuration))
    missing = [message for message, _ in found(missing_constructs, other, "CF202")]
    assert len(missing) == count


def test_written_table_stays_as_it_is(lamp: Lamp) -> None:
    context = lamp.context()
    assert mapped_by_names(context.document, context.formal) is context.document
    assert mapped_by_names(without_table(lamp).document, {}).mapping


def test_without_a_table_a_helper_may_be_written_out(lamp: Lamp) -> None:
    module = lamp.module.replace("MayTurn(n) == turns + n <= Max\n", "")
    inlined = replace(lamp, module=module.replace("MayTurn(n)", "turns + n <= Max"))
    assert [*missing_constructs(without_table(inlined))] == []


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("Actions 1-2: Switching", []),
        ("Actions 5-9: Switching", []),
        ("Action 1: `SwitchOver`", ["CF201", "CF208"]),
    ],
)
def test_row_about_numbers_of_a_document_without_them_is_about_what_it_names(
    lamp: Lamp, row: str, codes: list[str]
) -> None:
    document = DOCUMENT.replace("### Action 1: SwitchOn", "### 3.1 SwitchOn")
    document = document.replace("### Action 2: SwitchOff", "### 3.2 SwitchOff()")
    rows = [line for line in document.splitlines() if line.startswith("| Action ")]
    document = document.replace(rows[0], rows[0].replace("Action 1: `SwitchOn`", row))
    context = replace(lamp, document=document).context()
    assert not any(action.number for action in context.document.actions)
    told = [*unmapped_constructs(context), *unknown_subjects(context)]
    assert [each.code for each in told] == codes


def test_table_without_rows_is_found_at_its_place(lamp: Lamp) -> None:
    rows = [line for line in DOCUMENT.splitlines(keepends=True) if line.startswith("| State: ")]
    context = lamp.edited("".join(rows), "").context()
    ((message, line),) = found(nothing_mapped, context, "CF209")
    assert message == "this mapping table has no rows"
    assert line == "specs/lamp.md:| Spec Section | TLA+ Construct | Python Reference |"


def test_model_without_a_column_is_found(lamp: Lamp) -> None:
    context = lamp.edited("TLA+ Construct", "FizzBee Construct").context()
    ((message, _),) = found(nothing_mapped, context, "CF209")
    assert message == "no mapping table has a column for tlaplus/Lamp.tla"


# ---------------------------------------------------------------------------------------- CF211


def test_parameter_with_another_value_is_found_with_both_sides(lamp: Lamp) -> None:
    context = lamp.edited("CONSTANT Max = 3", "CONSTANT Max = 4").context()
    ((message, line),) = found(differing_values, context, "CF211")
    assert message == "`Max` is 3 in the document, but 4 in tlaplus/Lamp.cfg"
    assert line == "specs/lamp.md:| `Max` | `3` | `7` | the most turns |"
    (finding,) = differing_values(context)
    assert finding.details == (
        "the document:      3  (small)",
        "the configuration: 4  at tlaplus/Lamp.cfg:2:10",
    )


def test_value_of_another_configuration_does_not_matter(lamp: Lamp) -> None:
    assert list(differing_values(lamp.edited("`7`", "`8`").context())) == []


@pytest.mark.parametrize(
    ("stated", "bound", "differs"),
    [
        ("`{w2, w1}`", "{w1, w2}", False),
        ("`{w1,w2,w1}`", "{w1, w2}", False),
        ("`{w1, w2}`", "{w1, w2, w3}", True),
        ("`{}`", "{w1}", True),
        ("`{}`", "{}", False),
        ("1,000", "1000", False),
        ("`1000`", "1001", True),
        ("`TRUE`", "FALSE", True),
        ('`"on"`', '"off"', True),
        ("as many as there are", "3", False),
        ("", "3", False),
    ],
)
def test_values_are_compared_and_prose_is_not(
    lamp: Lamp, stated: str, bound: str, differs: bool
) -> None:
    declared = lamp.edited("CONSTANT Max\n", "CONSTANTS Max, Given\n")
    bound_to = declared.edited("CONSTANT Max = 3", f"CONSTANT Max = 3\nCONSTANT Given = {bound}")
    row = "| `Max` | `3` | `7` | the most turns |\n"
    context = bound_to.edited(row, f"{row}| `Given` | {stated} | | |\n").context()
    assert [code for code, _ in found(differing_values, context, "CF211")] == (
        [f"`Given` is {stated.strip('`')} in the document, but {bound} in tlaplus/Lamp.cfg"]
        if differs
        else []
    )
