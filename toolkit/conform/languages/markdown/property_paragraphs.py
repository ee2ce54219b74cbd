"""Properties that have no heading: paragraphs and list items that begin with the name of one.

Only what stands in a region of properties counts, and in no construct's own section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from conform.domain.spec import Line, Property
from conform.languages.markdown.blocks import Block, Fence, Paragraph
from conform.languages.markdown.clauses import code_line
from conform.languages.markdown.inline import reading
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import Section, open_sections
from conform.languages.markdown.titles import Region, Role, Title, read_title

_LEADING_CODE = re.compile(
    r"\*{0,2}`(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()`]*)\))?(?P<body>[^`]*)`\*{0,2}"
    r"\s*(?P<mark>[:=\u225c\u2014\u2013]|-\s|\bis\b|$)"
)
_LEADING_BOLD = re.compile(r"\*\*(?P<text>[^*]{2,80}?)\s*:?\*\*\s*(?P<mark>:?)")

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

_MARKED_CODE = re.compile(
    r"(?<![\w`])\*{0,2}formal(?:ly|\s+statement|\s+definition)?\s*:?\*{0,2}\s*:?\s+`(?P<code>[^`]+)`",
    re.I,
)
"""The formula of a property behind its word, wherever more sentences follow it."""


def properties_in_paragraphs(root: Section) -> Iterator[Property]:
    """Yield the properties that paragraphs of a region of properties begin with."""
    for section in open_sections(root, Region.PROPERTIES):
        for index, block in enumerate(section.blocks):
            stated = _property(block.content, section) if isinstance(block, Paragraph) else None
            if stated is not None:
                lines = _formula(block, section.blocks[index + 1 :], section)
                formal = "\n".join(line.text for line in lines)
                yield replace(stated, formal=formal, lines=lines)


def _begins_property(block: Block, section: Section) -> bool:
    return isinstance(block, Paragraph) and _property(block.content, section) is not None


def _formula(stated: Block, behind: Sequence[Block], section: Section) -> tuple[Line, ...]:
    """Return the formula of a property that `stated` begins: a code block or one piece of code.

    The code stands behind a colon or a sentence at the end of a paragraph, or alone in one that
    follows.
    """
    if isinstance(stated, Paragraph) and (latex := _LEADING_LATEX.fullmatch(stated.content.text)):
        formula = stated.content.part(*latex.span("formula"))
        return (code_line(formula),) if formula.text else ()
    following = takewhile(lambda each: not _begins_property(each, section), behind)
    for block in (stated, *following):
        if isinstance(block, Fence):
            return tuple(map(code_line, block.lines))
        if isinstance(block, Paragraph):
            pattern = _LAST_CODE if block is stated else _ONLY_CODE
            marked = list(_MARKED_CODE.finditer(block.content.text))
            match = marked[0] if len(marked) == 1 else pattern.search(block.content.text)
            if match:
                return (code_line(block.content.part(*match.span("code"))),)
    return ()


def _property(content: Fragment, section: Section) -> Property | None:
    if match := _LEADING_BOLD.match(content.text):
        stop = match.start("text") + len(match["text"].rstrip(" .:"))
        inside = content.part(match.start("text"), stop)
        title = read_title(inside)
        if title.role is Role.PROPERTY and (title.label or _is_name(title)):
            return _stated(title, inside, content.part(match.end()), section)
    elif match := _LEADING_LATEX.fullmatch(content.text):
        stop = match.start("text") + len(match["text"].rstrip(" .:"))
        inside = content.part(match.start("text"), stop)
        title = read_title(inside)
        if title.role is Role.PROPERTY:
            return _stated(title, inside, content.part(len(content.text)), section)
    elif match := _LEADING_CODE.match(content.text):
        inside = content.part(match.start("name") - 1, match.end("name"))
        if section.kind and match["mark"] and match["parameters"] is None:
            name = content.part(match.start("name"), match.end("name"))
            title = Title(Role.PROPERTY, name.text, name.text)
            return _stated(title, name, content.part(match.end()), section)
    return None


def _is_name(title: Title) -> bool:
    """Whether a title without a label is a name of a formula and no English word."""
    return sum(character.isupper() for character in title.name) > 1


def _stated(title: Title, at: Fragment, rest: Fragment, section: Section) -> Property:
    statement = " ".join(reading(rest).split())
    kind = title.kind or section.kind
    return Property(title.name, title.label, kind, statement, "", None, at.span())
