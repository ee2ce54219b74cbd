"""Reading the `.cfg` files of TLC: what is bound, what is checked.

Follows TLC's ModelConfig, with its tokens those of TLA+. Where TLC stops silently at a character
that is no token, or makes a model value of any odd token, an error is raised instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.errors import UnsupportedError
from conform.languages.tlaplus.configuration_advice import explain
from conform.languages.tlaplus.depth import MAX_DEPTH
from conform.languages.tlaplus.literals import number_value, string_value
from conform.languages.tlaplus.operators import CANONICAL
from conform.languages.tlaplus.scanning import Scanner
from conform.languages.tlaplus.syntax import Identifier
from conform.parsing.lalr import UnexpectedTokenError, load_tables, run
from conform.parsing.tokens import FaultToken, ReadingError, Token
from conform.text import Source, Span

GRAMMAR = Path(__file__).with_name("configuration.lark")

ONE = {
    "SPECIFICATION": "specification",
    "INIT": "init",
    "NEXT": "next",
    "VIEW": "view",
    "SYMMETRY": "symmetry",
    "ALIAS": "alias",
}
"""Keywords that take one name, once; and the field of Configuration."""

LISTS = {
    "INVARIANT": "invariants",
    "INVARIANTS": "invariants",
    "PROPERTY": "properties",
    "PROPERTIES": "properties",
    "CONSTRAINT": "constraints",
    "CONSTRAINTS": "constraints",
    "ACTION_CONSTRAINT": "action_constraints",
    "ACTION_CONSTRAINTS": "action_constraints",
    "POSTCONDITION": "postconditions",
    "POSTCONDITIONS": "postconditions",
}
"""Keywords that take names up to the next keyword, and may repeat; and the field."""

KEYWORDS = {
    "CONSTANT": "SECTION",
    "CONSTANTS": "SECTION",
    "CHECK_DEADLOCK": "CHECK_DEADLOCK",
    **dict.fromkeys(ONE, "ONE"),
    **dict.fromkeys(LISTS, "LIST"),
}
"""Every keyword that is treated, and the type of its token."""

UNTREATED = frozenset({"_PERIODIC", "_RL_REWARD", "_POSSIBLE"})
"""Keywords that TLC knows and that concern simulation or experiments."""


class IntegerValue(Struct, frozen=True):
    """A natural number."""

    span: Span
    value: int


class StringValue(Struct, frozen=True):
    """A string, its escapes resolved."""

    span: Span
    value: str


class BooleanValue(Struct, frozen=True):
    """TRUE or FALSE."""

    span: Span
    value: bool


class ModelValue(Struct, frozen=True):
    """Any other name: a value equal to itself alone."""

    span: Span
    name: str


class SetValue(Struct, frozen=True):
    """`{ v, w }`, its elements as written: not sorted, duplicates kept."""

    span: Span
    elements: tuple[CfgValue, ...]


CfgValue: TypeAlias = IntegerValue | StringValue | BooleanValue | ModelValue | SetValue


class ConstantAssignment(Struct, frozen=True):
    """`name = value`, or `name <- replacement`; `module` is M of `= [M]` and `<- [M]`.

    Exactly one of `value` and `replacement` is None. `arguments` are those of `F(1) = 5`.
    """

    name: str
    module: str | None
    value: CfgValue | None
    replacement: str | None
    arguments: tuple[CfgValue, ...]
    span: Span


class Configuration(Struct, frozen=True):
    """A `.cfg` file. What is absent is None or empty; names are not resolved.

    `overruled` are assignments that say another thing than one of `assignments` to the same name.
    """

    path: str
    span: Span
    assignments: tuple[ConstantAssignment, ...] = ()
    overruled: tuple[ConstantAssignment, ...] = ()
    specification: Identifier | None = None
    init: Identifier | None = None
    next: Identifier | None = None
    view: Identifier | None = None
    symmetry: Identifier | None = None
    alias: Identifier | None = None
    invariants: tuple[Identifier, ...] = ()
    properties: tuple[Identifier, ...] = ()
    constraints: tuple[Identifier, ...] = ()
    action_constraints: tuple[Identifier, ...] = ()
    postconditions: tuple[Identifier, ...] = ()
    check_deadlock: bool | None = None


def written(value: CfgValue) -> str:
    """Return a value as a configuration has it: `{w1, w2}`, `"on"`, `TRUE`."""
    match value:
        case IntegerValue(value=number):
            return str(number)
        case StringValue(value=text):
            return f'"{text}"'
        case BooleanValue(value=truth):
            return "TRUE" if truth else "FALSE"
        case ModelValue(name=name):
            return name
        case SetValue(elements=elements):
            return f"{{{', '.join(map(written, elements))}}}"


def parse_configuration(source: Source) -> Configuration:
    """Return what a `.cfg` says; an empty file is an empty configuration.

    Raises InputError, with its place, where it is ill-formed or says something twice, and
    UnsupportedError for a keyword that is known and not treated.
    """
    tokens = Scanner(source).everything()
    _refine(source, tokens)
    try:
        statements = run(load_tables(GRAMMAR), tokens, "configuration", _Builder())
        return _gathered(source, tokens[-1], statements)
    except ReadingError as fault:
        raise fault.located_in(source) from None
    except UnexpectedTokenError as unexpected:
        raise explain(unexpected, KEYWORDS).located_in(source) from None


def _refine(source: Source, tokens: list[Token]) -> None:
    """Give keywords and names the types that the grammar of configurations knows."""
    depth = 0
    for index, token in enumerate(tokens):
        text = token.text
        if tokens[index + 1 : index + 2] and tokens[index + 1].type == "LARROW":
            _refine_replaced(token)
        if text in KEYWORDS:
            token.type = "NAME" if _is_named(tokens, index) else KEYWORDS[text]
        elif text in UNTREATED:
            raise UnsupportedError(
                f"`{text}` is not treated",
                span=token.span,
                excerpt=source.excerpt(token.span),
                hint="remove it: it concerns only TLC's simulation and experiments",
            )
        elif text[:1].isalpha() and token.type != "FAIR":
            token.type = "NAME"
        depth += (token.type == "LBRACE") - (token.type == "RBRACE")
        if depth > MAX_DEPTH:
            fault = ReadingError(f"sets nested more than {MAX_DEPTH} deep", token.span)
            tokens[index] = FaultToken(fault)
            return


def _is_named(tokens: list[Token], index: int) -> bool:
    """Whether a keyword stands where TLC takes it for a name: `NEXT NEXT`, `C = VIEW`.

    Where something else stands that no name can be followed by, a name was forgotten instead.
    """
    before, after, second = tokens[index - 1], *(tokens[index + 1 :] * 2)[:2]
    if not index or before.type not in ("ONE", "EQUAL", "LARROW"):
        return False
    is_assigned = before.type != "ONE" and second.type in ("EQUAL", "LARROW", "LPAR", "BANG")
    return is_assigned or after.text in KEYWORDS or after is tokens[-1]


def _refine_replaced(token: Token) -> None:
    """Let an operator symbol stand before `<-`, in its canonical spelling, as a name."""
    if token.type in ("INFIX", "MINUS", "PREFIX", "POSTFIX"):
        token.text = CANONICAL.get(token.text, token.text)
        token.type = "NAME"


class _Setting(Struct, frozen=True):
    keyword: Token
    names: tuple[Token, ...]


_Statement: TypeAlias = list[ConstantAssignment] | _Setting


def _gathered(source: Source, end: Token, statements: list[_Statement]) -> Configuration:
    assignments: list[ConstantAssignment] = []
    settings: dict[str, Any] = {}
    for statement in statements:
        if isinstance(statement, list):
            assignments.extend(statement)
        else:
            _set(settings, statement)
    span = Span(source.path, 1, 1, end.line, end.column)
    counting, overruled = _that_count(assignments)
    return Configuration(source.path, span, counting, overruled, **settings)


def _set(settings: dict[str, Any], setting: _Setting) -> None:
    keyword = setting.keyword.text
    if keyword in LISTS:
        names = tuple(Identifier(name.span, name.text) for name in setting.names)
        settings[LISTS[keyword]] = settings.get(LISTS[keyword], ()) + names
        return
    field = ONE.get(keyword, "check_deadlock")
    if field in settings:
        raise ReadingError(
            f"`{keyword}` stands here a second time",
            setting.keyword.span,
            hint=f"{keyword} may be given once",
        )
    (name,) = setting.names
    settings[field] = (
        _truth(name) if field == "check_deadlock" else Identifier(name.span, name.text)
    )


def _truth(name: Token) -> bool:
    if name.text in ("TRUE", "FALSE"):
        return name.text == "TRUE"
    raise ReadingError(
        f"`{name.text}` is no truth value",
        name.span,
        expected="TRUE or FALSE",
        hint=f"write {name.text.upper()}" if name.text.upper() in ("TRUE", "FALSE") else "",
    )


def _that_count(
    assignments: list[ConstantAssignment],
) -> tuple[tuple[ConstantAssignment, ...], tuple[ConstantAssignment, ...]]:
    """Return the assignments that count, and those that they overrule; points are not overruled.

    As for TLC, the last one counts, and a replacement counts more than a value.
    """
    overruled = []
    found: dict[object, ConstantAssignment] = {}
    for assignment in assignments:
        plain = [_without_span(argument) for argument in assignment.arguments]
        key = (assignment.name, assignment.module, tuple(plain))
        first = found.setdefault(key, assignment)
        if _meaning(first) == _meaning(assignment):
            continue
        if plain:
            raise ReadingError(
                f"`{assignment.name}` is given a value a second time",
                assignment.span,
                hint=f"its first value stands in line {first.span.line}",
            )
        counts = first.replacement is None or assignment.replacement is not None
        overruled.append(first if counts else assignment)
        found[key] = assignment if counts else first
    return tuple(found.values()), tuple(overruled)


def _meaning(assignment: ConstantAssignment) -> tuple[object, str | None]:
    value = assignment.value
    return None if value is None else _without_span(value), assignment.replacement


def _without_span(value: CfgValue) -> object:
    if isinstance(value, SetValue):
        return ("set", *[_without_span(element) for element in value.elements])
    return replace(value, span=Span("", 1, 1, 1, 1))


Parts: TypeAlias = list[Any]
"""Children of a rule, of the types that `configuration.lark` says."""


class _Builder:
    """One method for each rule or alias of the grammar."""

    def interrupted(self, values: Parts) -> None:
        """Nothing that waits is wrong by itself."""

    def nothing(self, parts: Parts) -> Parts:
        return parts

    def first(self, parts: Parts) -> Any:
        return parts[0]

    def extended(self, parts: Parts) -> Parts:
        return self.appended(parts)

    def appended(self, parts: Parts) -> Parts:
        parts[0].append(parts[-1])
        return parts[0]  # type: ignore[no-any-return]  # a list, by the grammar

    def constants(self, parts: Parts) -> Parts:
        return parts[1]  # type: ignore[no-any-return]  # a list, by the grammar

    def one(self, parts: Parts) -> _Setting:
        return _Setting(parts[0], (parts[1],))

    def check_deadlock(self, parts: Parts) -> _Setting:
        return self.one(parts)

    def many(self, parts: Parts) -> _Setting:
        return _Setting(parts[0], tuple(parts[1]))

    def plain_constant(self, parts: Parts) -> tuple[Span, str, tuple[CfgValue, ...]]:
        names = parts[0]
        span = names[0].span.through(names[-1].span)
        return span, "!".join(name.text for name in names), ()

    def applied_constant(self, parts: Parts) -> tuple[Span, str, tuple[CfgValue, ...]]:
        name, _, values, end = parts
        return name.span.through(end.span), name.text, tuple(values)

    def assigned(self, parts: Parts) -> ConstantAssignment:
        return _assignment(parts[0], None, value=parts[2])

    def assigned_in_module(self, parts: Parts) -> ConstantAssignment:
        return _assignment(parts[0], parts[3], value=parts[5])

    def replaced(self, parts: Parts) -> ConstantAssignment:
        return _assignment(parts[0], None, replacement=parts[2])

    def replaced_in_module(self, parts: Parts) -> ConstantAssignment:
        return _assignment(parts[0], parts[3], replacement=parts[5])

    def integer(self, parts: Parts) -> CfgValue:
        return IntegerValue(parts[0].span, number_value(parts[0]))

    def string(self, parts: Parts) -> CfgValue:
        return StringValue(parts[0].span, string_value(parts[0].text))

    def name(self, parts: Parts) -> CfgValue:
        span, text = parts[0].span, parts[0].text
        is_truth = text in ("TRUE", "FALSE")
        return BooleanValue(span, text == "TRUE") if is_truth else ModelValue(span, text)

    def empty_set(self, parts: Parts) -> CfgValue:
        return SetValue(parts[0].span.through(parts[1].span), ())

    def set_(self, parts: Parts) -> CfgValue:
        return SetValue(parts[0].span.through(parts[2].span), tuple(parts[1]))


def _assignment(
    constant: tuple[Span, str, tuple[CfgValue, ...]],
    module: Token | None,
    *,
    value: CfgValue | None = None,
    replacement: Token | None = None,
) -> ConstantAssignment:
    span, name, arguments = constant
    last = value.span if value else replacement.span if replacement else span
    return ConstantAssignment(
        name,
        module.text if module else None,
        value,
        replacement.text if replacement else None,
        arguments,
        span.through(last),
    )
