"""A document in prose is no faulty formal one; one that claims to be formal is held to it."""

from __future__ import annotations

from conform.domain.finding import Severity
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.formal.reporting import claims_to_be_formal, reported
from conform.languages.markdown.reading import read_document
from conform.text import Source

HEAD = """# Lamp

## State Variables

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `lamp` | `{ON, OFF}` | `OFF` | the lamp |
| `turns` | `0..3` | `0` | how often it was turned on |

## Actions
"""
FORMAL = """
### Action 1: TurnOn

**Guard**

- `lamp = OFF`

**Effect**

- `lamp := ON`
"""
PROSE = """
### Action 2: TurnOff

**Guard**

- the lamp is on

**Effect**

- turn it off
"""
BROKEN = """
### Action 4: Break

**Guard**

- `lamp = ON`

**Effect**

- `lamp := := OFF`
"""
MISSPELT = """
### Action 3: Count

**Guard**

- `turn < 3`

**Effect**

- `turns := turns + 1`
- see to the rest
"""


def codes(text: str) -> list[tuple[str, Severity]]:
    """Return what is reported of a document, in order."""
    source = Source("lamp.md", HEAD + text)
    formal = read_formal(read_document(source), {source.path: source})
    return [(found.code, found.severity) for found in reported(formal)]


def test_formal_document_is_held_to_every_line() -> None:
    assert codes(FORMAL) == []
    assert codes(FORMAL + PROSE) == [("CF340", Severity.INCOMPLETE)]
    broken = codes(FORMAL + BROKEN)
    assert broken == [("CF110", Severity.INCOMPLETE), ("CF340", Severity.INCOMPLETE)]


def test_prose_is_said_once_and_no_fault() -> None:
    assert codes(PROSE) == [("CF340", Severity.WARNING)]
    assert codes(PROSE + BROKEN) == [("CF340", Severity.WARNING)]
    assert codes("") == []


def test_misspelt_name_is_wrong_in_any_notation() -> None:
    found = codes(PROSE + MISSPELT)
    assert found == [("CF111", Severity.ERROR), ("CF340", Severity.WARNING)]


def test_word_that_an_initial_value_explains_is_no_misspelt_name() -> None:
    using = FORMAL.replace("lamp := ON", "lamp := dark")
    row = "| `lamp` | `{ON, OFF}` | dark: no light at all | the lamp |\n"
    explained = HEAD.replace("| `lamp` | `{ON, OFF}` | `OFF` | the lamp |\n", row) + using
    source = Source("lamp.md", explained)
    formal = read_formal(read_document(source), {source.path: source})
    assert [found.code for found in formal.findings] == []
    assert codes(using) == [("CF111", Severity.ERROR)]


def test_half_of_the_actions_make_a_claim() -> None:
    def claims(text: str) -> bool:
        source = Source("lamp.md", HEAD + text)
        return claims_to_be_formal(read_formal(read_document(source), {source.path: source}))

    assert claims(FORMAL + PROSE)
    assert not claims(FORMAL + PROSE + MISSPELT)
    assert not claims("")
