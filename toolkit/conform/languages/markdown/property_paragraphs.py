"""Properties that have no heading: paragraphs and list items that begin with the name of one.

Only what stands in a region of properties counts, and in no construct's own section.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from conform.domain.spec import Line, Property
from conform.languages.markdown.blocks import Block, Fence, Paragraph
from conform.languages.markdown.clauses import code_line, text_line
from conform.languages.markdown.helper_paragraphs import LEADING_CODE, defined_in_code
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section, open_sections
from conform.languages.markdown.titles import (
    LABEL,
    Region,
    Role,
    Title,
    is_compound,
    kind_in,
    kind_of,
    read_title,
)

_LEADING_BOLD = re.compile(r"\*\*(?P<text>[^*]{2,80}?)\s*:?\*\*\s*(?P<mark>:?)")

_NAME = r"[^\W\d]\w*"
_NAMED = re.compile(
    rf"(?:\(?\*{{0,2}}(?P<label>{LABEL.pattern})\*{{0,2}}\s*[.:)\N{{EM DASH}}\N{{EN DASH}}-]?\s*)?"
    rf"(?:\*\*`?(?P<bold>{_NAME})`?(?P<inner>[.:]?)\*\*|`(?P<code>{_NAME})`"
    rf"|\*(?P<slanted>{_NAME})\*|(?P<plain>{_NAME}))"
    r"\s*(?:\((?P<aside>[^()]{1,40})\))?\s*(?P<mark>[:.\N{EM DASH}\N{EN DASH}]|-\s|$)?"
)
"""Its label or its kind may stand beside the name: `S1. OneLeader -`, `**OneLeader** (safety):`."""

_IN_PARENTHESES = re.compile(
    rf"\*{{0,2}}(?P<label>{LABEL.pattern})\s*\(\*{{0,2}}`?(?P<name>{_NAME})`?\*{{0,2}}\)"
    r"\*{0,2}\s*[.:\N{EM DASH}\N{EN DASH}-]\*{0,2}(?=\s|$)"
)
"""A name in parentheses behind its label: `P1 (OneLeader).`"""

_LABELLED = re.compile(
    rf"\(?\*{{0,2}}(?P<label>{LABEL.pattern})\*{{0,2}}\s*[.:)\N{{EM DASH}}\N{{EN DASH}}-]*\s+"
    r"\*\*(?P<text>[^*`]{2,80}?)[.:]?\*\*"
)
"""A title in bold behind a label: `(S1) **Mutual exclusion.**`."""

_PARAPHRASED = re.compile(
    rf"\*\*(?P<text>[^*`]{{2,80}}?)\*\*\s*\(`(?P<name>(?=[A-Z]){_NAME})`\)\s*"
    r"[:.\N{EM DASH}\N{EN DASH}-]"
)

_LEADING_LATEX = re.compile(
    r"\${1,2}\s*\\text(?:bf|sf|tt|it|rm)?\{(?P<text>[^{}]{2,80})\}\s*:?(?:\s*\\q?quad)?\s*"
    r"(?P<formula>[^$]*?)\s*\${1,2}[.\s]*"
)
"""A property in a formula of LaTeX, its name as text in front."""

_LAST_CODE = re.compile(
    r"(?<!\*\*)(?::|:\*\*|\N{EM DASH}|(?<=[^\W\d_])\.)\s+`(?P<code>[^`]*\s[^`]+)`[.\s]*$"
)
_ONLY_CODE = re.compile(
    r"^(?:\*{0,2}(?:formal(?:ly|\s+statement|\s+definition)?|formula|tla\+)\s*:?\*{0,2}\s*:?\s*)?"
    r"`(?P<code>[^`]+)`[.\s]*$",
    re.I,
)

_CODE_BEHIND_NAME = re.compile(
    rf"^(?:\(?{LABEL.pattern}\)?[.:]?\s+(?:(?=\*)|\({_NAME}\)))?"
    r"(?:\*\*[^*]+\*\*(?:\s*\([^()]*\))?|(?<=\)))"
    r"\s*[:.\N{EM DASH}\N{EN DASH}-]?\s*`(?P<code>[^`]*\s[^`]+)`[.\s]*$"
)
"""A formula right behind the name of its property, and nothing else."""

LATEX = re.compile(r"^\s*(?P<mark>\${1,2})(?P<code>[^$]+)(?P=mark)[.\s]*$")
"""A paragraph that is a formula of LaTeX."""

_IN_SIGNS = re.compile(
    r"^[^`]*?(?:[:.]\*{0,2}|\*\*|[\N{EM DASH}\N{EN DASH}])\s+"
    r"(?P<formula>[\N{FOR ALL}\N{THERE EXISTS}\N{WHITE SQUARE}][^`]+)$"
)
"""A formula without marks of code at the end; what is none stays a sentence."""

_MARKED_CODE = re.compile(
    r"(?<![\w`])\*{0,2}formal(?:ly|\s+statement|\s+definition)?\s*:?\*{0,2}\s*:?\s+`(?P<code>[^`]+)`",
    re.I,
)
"""The formula of a property behind its word, wherever more sentences follow it."""


def properties_in_paragraphs(root: Section, others: Collection[str]) -> Iterator[Property]:
    """Yield the properties that paragraphs of a region of properties begin with.

    Without any in a section, those that its code defines. `others` are names of constructs that are
    no properties: what is said of them is part of something else.
    """
    for section in open_sections(root, Region.PROPERTIES):
        found = [each for each in _in_section(section) if each.name not in others]
        yield from found or (each for each in _defined_in(section) if each.name not in others)


def _in_section(section: Section) -> Iterator[Property]:
    for index, block in enumerate(section.blocks):
        stated = _begun_by(block, section)
        if stated is not None:
            lines = _formula(block, section.blocks[index + 1 :], section)
            formal = "\n".join(line.text for line in lines)
            yield replace(stated, formal=formal, lines=lines)


def _defined_in(section: Section) -> Iterator[Property]:
    for block in section.blocks:
        for each in defined_in_code(block.lines) if isinstance(block, Fence) else ():
            if not each.parameters and is_compound(each.name):
                formal = each.definition
                yield Property(each.name, "", section.kind, "", formal, None, each.span, each.lines)


def _formula(stated: Block, behind: Sequence[Block], section: Section) -> tuple[Line, ...]:
    """Return the formula of a property that `stated` begins: a code block or one piece of code.

    The code stands behind a colon or a sentence at the end of a paragraph, or alone in one that
    follows.
    """
    if isinstance(stated, Paragraph) and (latex := _LEADING_LATEX.fullmatch(stated.content.text)):
        formula = stated.content.part(*latex.span("formula"))
        return (code_line(formula),) if formula.text else ()
    following = takewhile(lambda each: _begun_by(each, section) is None, behind)
    for block in (stated, *following):
        if isinstance(block, Fence):
            return tuple(map(code_line, block.lines))
        if isinstance(block, Paragraph):
            text = block.content.text
            patterns = (_LAST_CODE, _CODE_BEHIND_NAME) if block is stated else (_ONLY_CODE, LATEX)
            marked = list(_MARKED_CODE.finditer(text))
            found = (pattern.search(text) for pattern in patterns)
            if match := marked[0] if len(marked) == 1 else next(filter(None, found), None):
                return (code_line(block.content.part(*match.span("code"))),)
    return _in_signs(stated)


def _in_signs(stated: Block) -> tuple[Line, ...]:
    """Return the formula without marks of code that a paragraph ends with; perhaps none."""
    match stated:
        case Paragraph(content=content) if plain := _IN_SIGNS.search(content.text):
            line = text_line(content.part(*plain.span("formula")))
            return (line,) if line else ()
        case _:
            return ()


def _begun_by(block: Block, section: Section) -> Property | None:
    """Return the property that a paragraph begins with, with neither formula nor verdict."""
    if not isinstance(block, Paragraph):
        return None
    content = block.content
    return (
        _titled(content, section)
        or _in_latex(content, section)
        or _in_code(content, section)
        or _named(block, section)
        or _paraphrased(content, section)
        or _labelled(content, section)
        or _in_parentheses(content, section)
    )


def _titled(content: Fragment, section: Section) -> Property | None:
    """Return the property that bold text announces as a heading would: `**S1: OneLeader**`."""
    match = _LEADING_BOLD.match(content.text)
    if match is None:
        return None
    inside = _without_mark(content, match)
    title = read_title(inside)
    if title.role is Role.PROPERTY and (title.label or is_compound(title.name)):
        return _stated(title, inside, content.part(match.end()), section)
    return None


def _in_latex(content: Fragment, section: Section) -> Property | None:
    match = _LEADING_LATEX.fullmatch(content.text)
    if match is None:
        return None
    inside = _without_mark(content, match)
    title = read_title(inside)
    if title.role is Role.PROPERTY:
        return _stated(title, inside, content.part(len(content.text)), section)
    return None


def _in_code(content: Fragment, section: Section) -> Property | None:
    """Return the property of a name in code, where the section says of which kind all are."""
    match = LEADING_CODE.match(content.text)
    if match is None or match["parameters"] is not None or not (section.kind and match["mark"]):
        return None
    name = content.part(*match.span("name"))
    title = Title(Role.PROPERTY, name.text, name.text)
    return _stated(title, name, content.part(match.end()), section)


def _named(block: Paragraph, section: Section) -> Property | None:
    """Return the property of a name alone, marked or, in a list, plain: `**OneLeader** (safety):`.

    Words of English are none: a name has capitals inside, or its kind or its label beside it.
    """
    content = block.content
    match = _NAMED.match(content.text)
    if match is None or not (match["mark"] or match["inner"]):
        return None
    group = next(each for each in ("bold", "code", "slanted", "plain") if match[each])
    name = content.part(*match.span(group))
    aside = match["aside"] or ""
    label = match["label"] or (aside if LABEL.fullmatch(aside) else "")
    kind = kind_in(aside)
    is_marked = group != "plain"
    if not is_compound(name.text) and not (is_marked and (kind or label)):
        return None
    if not is_marked and not (block.opens_item or label):
        return None
    title = Title(Role.PROPERTY, name.text, name.text, label=label, kind=kind or kind_of(label))
    return _stated(title, name, content.part(match.end()), section)


def _paraphrased(content: Fragment, section: Section) -> Property | None:
    """Return the property whose name follows its title: **One leader** (`OneLeader`)."""
    match = _PARAPHRASED.match(content.text)
    if match is None:
        return None
    name = content.part(*match.span("name"))
    title = read_title(content.part(*match.span("text")))
    title = replace(title, name=name.text, kind=title.kind or kind_in(title.text))
    return _stated(title, name, content.part(match.end()), section)


def _labelled(content: Fragment, section: Section) -> Property | None:
    match = _LABELLED.match(content.text)
    if match is None:
        return None
    text, label = match["text"], match["label"]
    title = Title(Role.PROPERTY, text, text, label=label, kind=kind_of(label))
    return _stated(title, content.part(*match.span("text")), content.part(match.end()), section)


def _in_parentheses(content: Fragment, section: Section) -> Property | None:
    match = _IN_PARENTHESES.match(content.text)
    if match is None or not is_compound(match["name"]):
        return None
    name, label = match["name"], match["label"]
    title = Title(Role.PROPERTY, name, name, label=label, kind=kind_of(label))
    return _stated(title, content.part(*match.span("name")), content.part(match.end()), section)


def _without_mark(content: Fragment, match: re.Match[str]) -> Fragment:
    """Return the text of a title without the mark at its end."""
    return content.part(match.start("text"), match.start("text") + len(match["text"].rstrip(" .:")))


def _stated(title: Title, at: Fragment, rest: Fragment, section: Section) -> Property:
    statement = " ".join(reading(rest).split())
    kind = title.kind or section.kind
    return Property(title.name, title.label, kind, statement, "", None, at.span())
