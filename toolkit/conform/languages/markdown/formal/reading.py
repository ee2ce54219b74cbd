"""Reading the formal part of a document: from its Spec to lines, names, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from conform.domain.finding import Code, Finding
from conform.domain.spec import Action, Helper, Line, Property, Spec, Variable
from conform.errors import InputError
from conform.languages.markdown.blocks import read_blocks
from conform.languages.markdown.formal import (
    cf111_unknown_name,
    cf112_wrong_arity,
    cf113_wrong_target,
    cf115_hidden_name,
)
from conform.languages.markdown.formal.assignments import assigned_twice
from conform.languages.markdown.formal.cf110_unreadable_line import unreadable_line
from conform.languages.markdown.formal.cf114_assigned_twice import assigned_again
from conform.languages.markdown.formal.defined_types import defined_types, with_defined
from conform.languages.markdown.formal.document import (
    FormalAction,
    FormalDocument,
    FormalHelper,
    FormalLine,
    FormalProperty,
    FormalVariable,
    ProseLine,
)
from conform.languages.markdown.formal.free_parameters import closed
from conform.languages.markdown.formal.heads import headless, parameter_of
from conform.languages.markdown.formal.implied_sets import ImpliedSets
from conform.languages.markdown.formal.initial_values import (
    parse_initial,
    parse_initial_over,
    parse_type,
    parse_type_over,
    with_fields_named,
)
from conform.languages.markdown.formal.lines import (
    LineReader,
    Parse,
    formulas_of,
    introduced,
    with_otherwise,
)
from conform.languages.markdown.formal.local_names import with_locals
from conform.languages.markdown.formal.meanings import Checker, Meanings, Misuse
from conform.languages.markdown.formal.parsing import (
    parse_effect,
    parse_formula,
    parse_guard,
    parse_text,
)
from conform.languages.markdown.formal.passages import Passages
from conform.languages.markdown.formal.product_fields import product_fields
from conform.languages.markdown.formal.programs import without_sequences
from conform.languages.markdown.formal.ranges import Ranges, read_ranges
from conform.languages.markdown.formal.ranges_by_use import RangesByUse, range_by_use
from conform.languages.markdown.formal.record_words import RecordWords
from conform.languages.markdown.formal.stale_names import stale_names
from conform.languages.markdown.formal.syntax import (
    Binary,
    Condition,
    Expression,
    Name,
    SetOf,
    Statement,
)
from conform.languages.markdown.formal.traversal import walk
from conform.languages.markdown.formal.truths import Truths
from conform.languages.markdown.formal.worded_types import over_sets, type_in_signs
from conform.languages.markdown.index_sets import index_sets
from conform.languages.markdown.manuscript import Fragment
from conform.languages.markdown.outline import read_outline
from conform.text import Source, Span

_CODES: dict[str, Code] = {
    "name": cf111_unknown_name.CODE,
    "arity": cf112_wrong_arity.CODE,
    "target": cf113_wrong_target.CODE,
    "hides": cf115_hidden_name.CODE,
}
MAX_PLACES = 8
"""Further places of one unknown name that its finding lists."""

_WORD = re.compile(r"[^\W\d]\w*")


def read_formal(document: Spec, sources: Mapping[str, Source]) -> FormalDocument:
    """Return the formal part of a document; `sources` has its text by the path that it is shown as.

    What is wrong in a line is a finding, and the rest is read all the same.
    """
    source = sources[document.path]
    return _Reader(document, source).read()


class _Reader:
    """Reads one document."""

    def __init__(self, document: Spec, source: Source) -> None:
        self._document = document
        self._source = source
        manuscript, blocks = read_blocks(source)
        self._passages = Passages(manuscript, blocks)
        outline = read_outline(blocks)
        self._ranges: Ranges = read_ranges(outline)
        self._sets = index_sets(outline)
        self._defined_types = defined_types(outline)
        self._fields = product_fields(source.text, [each.name for each in document.variables])
        self._types = {each.name: self._type(each) for each in document.variables}
        self._literals = frozenset(self._listed_values())
        self._meanings = self._names()
        self._variables = tuple(map(self._variable, document.variables))
        self._in_words = frozenset(
            word
            for stated, read in zip(document.variables, self._variables, strict=True)
            if read.initial is None and stated.initial_line is not None
            for word in _WORD.findall(stated.initial_line.text)
        )
        self._lines = LineReader(self._passages, self._knows)
        sets = ImpliedSets(self._variables)
        self._words = RecordWords(self._variables)
        self._bounds = RangesByUse(self._variables, self._sets)
        self._truths = Truths(self._variables, self._sets)
        self._guard = self._with_words(lambda text: parse_guard(sets.given(text)))
        self._effect = self._with_words(lambda text: parse_effect(sets.given(text)))
        self._findings: list[Finding] = []
        self._unknown: dict[tuple[str, str], int] = {}

    def read(self) -> FormalDocument:
        document = self._document
        helpers = tuple(map(self._helper, document.helpers))
        actions = tuple(map(self._action, document.leaf_actions()))
        properties = tuple(self._property(found, actions) for found in document.properties)
        constraints = tuple(self._constraint(line) for line in document.constraints)
        self._check_values()
        return FormalDocument(
            source=self._source,
            name=document.title or document.path,
            constants=tuple(constant.name for constant in document.constants),
            variables=self._variables,
            helpers=helpers,
            actions=actions,
            groups={
                action.name: tuple(leaf.name for leaf in action.leaves())
                for action in document.actions
                if action.outcomes
            },
            properties=properties,
            constraints=constraints,
            fairness=document.fairness,
            unread_fairness=document.unread_fairness,
            parameters=document.parameters,
            stated_ranges=self._ranges.general,
            literals=self._literals,
            findings=tuple(sorted(self._findings, key=_place_of)),
        )

    def _with_words(self, parse: Parse) -> Parse:
        """Return a parser that puts records where words stand for them, and sets where none is."""
        return lambda text: self._words.in_statements(self._bounds.in_statements(parse(text)))

    # ---------------------------------------------------------------------------------- names

    def _names(self) -> Meanings:
        document = self._document
        constants = {constant.name for constant in document.constants}
        actions: dict[str, int] = {}
        for action in document.actions:
            actions[action.name] = len(action.parameters)
            actions.update((leaf.name, len(leaf.parameters)) for leaf in action.leaves())
        return Meanings(
            constants=frozenset(constants.union(row.name for row in document.parameters)),
            variables=frozenset(variable.name for variable in document.variables),
            helpers={helper.name: len(helper.parameters) for helper in document.helpers},
            actions=actions,
            literals=self._literals,
            ranges=frozenset(self._ranges.general),
        )

    def _listed_values(self) -> Iterator[str]:
        """Yield the names that the types of variables list as values, as in `{Open, Fenced}`."""
        declared = {constant.name for constant in self._document.constants}
        declared.update(variable.name for variable in self._document.variables)
        declared.update(helper.name for helper in self._document.helpers)
        for type_set in self._types.values():
            for node in walk(type_set) if type_set is not None else ():
                if isinstance(node, SetOf):
                    names = [each.name for each in node.elements if isinstance(each, Name)]
                    yield from (name for name in names if name not in declared)

    def _knows(self, statements: Iterable[Statement], local: frozenset[str]) -> bool:
        checker = Checker(self._meanings)
        checker.statements(statements, local)
        return not checker.misuses

    def _report(self, where: str, misuses: Iterable[Misuse]) -> None:
        """Add findings; a name that is not declared has one, with its further places."""
        for found in misuses:
            place = self._unknown.get((found.topic, found.name))
            if found.topic == "name" and place is not None:
                first = self._findings[place]
                also = (*first.details, f"also: {found.span}")
                self._findings[place] = replace(first, details=also[:MAX_PLACES])
                continue
            self._unknown[found.topic, found.name] = len(self._findings)
            excerpt = self._source.excerpt(found.span)
            message = f"{where}: {found.message}"
            self._findings.append(
                _CODES[found.topic].finding(message, found.span, excerpt=excerpt, hint=found.hint)
            )

    def _check(self, where: str, node: Expression, local: frozenset[str] = frozenset()) -> None:
        checker = Checker(self._meanings)
        checker.expression(node, local)
        self._report(where, checker.misuses)

    # -------------------------------------------------------------------------- declarations

    def _variable(self, variable: Variable) -> FormalVariable:
        """Read a variable; a value in prose is taken where all its words are known."""
        line, type_set = variable.initial_line, self._types[variable.name]
        initial = self._initial(variable, type_set)
        if initial is not None and line is not None and not line.is_formal:
            condition = Condition(initial.span, initial)
            initial = initial if self._knows([condition], frozenset()) else None
        return FormalVariable(variable.name, initial, type_set, variable.span)

    def _initial(self, variable: Variable, type_set: Expression | None) -> Expression | None:
        line, domain = variable.initial_line, variable.domain
        if line is None or (type_set is None and variable.name in self._fields.used):
            return None  # what has fields is a record, and which one is not told
        text = self._passages.at(line.span)
        try:
            if domain and type_set is None:
                return parse_initial_over(text, domain, self._meanings.is_value)
            return parse_initial(text, type_set, self._meanings.is_value)
        except InputError:
            return None

    def _type(self, variable: Variable) -> Expression | None:
        if variable.type_line is None:
            return None
        text, over = self._passages.at(variable.type_line.span), variable.domain
        names = {constant.name for constant in self._document.constants}
        names.update(row.name for row in self._document.parameters)
        named = names.union(self._defined_types)
        for each in (over_sets(text, named), type_in_signs(text, names)):
            try:
                stated = parse_type_over(each, over) if over else parse_type(each)
            except InputError:
                continue
            declared = names.union(each.name for each in self._document.variables)
            found = with_defined(with_fields_named(stated, declared), self._defined_types)
            return self._fields.named(variable.name, found, self._told_of(variable))
        return None

    def _told_of(self, variable: Variable) -> str:
        """Return the lines that declare a variable."""
        return "\n".join(self._source.lines()[variable.span.line - 1 : variable.span.end_line])

    def _formula(self, line: Line | None) -> Expression | None:
        if line is None:
            return None
        try:
            return parse_formula(self._passages.at(line.span))
        except InputError:
            return None

    def _check_values(self) -> None:
        for stated, variable in zip(self._document.variables, self._variables, strict=True):
            where = f"initial value of `{variable.name}`"
            line = stated.initial_line
            if variable.initial is not None:
                self._check(where, variable.initial)
            elif line is not None and self._passages.is_code_alone(line.span):
                self._unreadable(where, line)

    def _unreadable(self, where: str, line: Line) -> None:
        try:
            parse_formula(self._passages.at(line.span))
        except InputError as error:
            self._findings.append(unreadable_line(where, error))

    def _helper(self, helper: Helper) -> FormalHelper:
        parameters = tuple(parameter_of(text)[0] for text in helper.parameters)
        parse = self._with_words(headless(helper.name))
        read = self._lines.read(helper.lines, parse, frozenset(parameters))
        where = f"helper `{helper.name}`"
        body = _conjunction(formulas_of(s for line in read.formal for s in line.statements))
        for prose in read.prose:
            if prose.error is not None and helper.lines[0].is_formal:
                self._findings.append(unreadable_line(where, prose.error))
        if read.prose:
            body = None
        if body is not None:
            checker = Checker(self._meanings)
            local: frozenset[str] = frozenset()
            for parameter in parameters:
                local = checker.bound(parameter, helper.span, local)
            checker.expression(body, local)
            self._report(where, checker.misuses)
        return FormalHelper(helper.name, parameters, body, helper.span)

    def _property(self, found: Property, actions: Sequence[FormalAction]) -> FormalProperty:
        headed = self._with_words(headless(found.name))
        truths = self._truths
        parse: Parse = lambda text: headed(truths.given(text, ()))  # noqa: E731
        read = self._lines.read(found.lines, parse, frozenset())
        where = f"property `{found.name}`"
        formulas = formulas_of(s for line in read.formal for s in line.statements)
        error = next((prose.error for prose in read.prose if prose.error), None)
        if error is not None:
            self._findings.append(unreadable_line(where, error))
        if read.prose:
            formulas = ()
        formulas = tuple(self._closed(formula, actions) for formula in formulas)
        for formula in formulas:
            self._check(where, formula, frozenset())
        return FormalProperty(found.name, found.kind, formulas, error, found.span)

    def _closed(self, formula: Expression, actions: Sequence[FormalAction]) -> Expression:
        """Return a formula for all values of the parameters of actions that it leaves free."""
        checker = Checker(self._meanings)
        checker.expression(formula, frozenset())
        free = {found.name for found in checker.misuses if found.topic == "name"}
        return closed(formula, free, actions) or formula

    def _constraint(self, line: Line) -> tuple[str, Expression | None, Span]:
        formula = self._formula(line)
        if formula is not None:
            self._check("state constraint", formula)
        elif line.is_formal:
            self._unreadable("state constraint", line)
        return line.text, formula, line.span

    # -------------------------------------------------------------------------------- actions

    def _action(self, action: Action) -> FormalAction:
        headed = [parameter_of(text) for text in action.parameters]
        parameters = tuple(name for name, _ in headed)
        local = frozenset(parameters)
        truths = self._truths

        def parse_guard_here(text: Fragment) -> tuple[Statement, ...]:
            return self._guard(truths.given(text, local))

        guard = self._lines.read(action.guard, parse_guard_here, local)
        named = local | introduced(guard.formal)
        declared = self._meanings.variables | named

        def parse_effect_here(text: Fragment) -> tuple[Statement, ...]:
            return with_locals(self._effect(truths.given(text, named)), declared)

        effect = self._lines.read(action.effect, parse_effect_here, named)
        effect = without_sequences(with_otherwise(effect, self._source))
        lines = guard.formal + effect.formal
        prose = guard.prose + effect.prose
        self._check_lines(action, parameters, lines, _words_of(prose))
        stale = {
            each.name: each
            for part, parse in ((effect.prose, self._effect), (guard.prose, self._guard))
            for each in reversed([*self._stale(part, parse, named)])
        }
        self._report(f"action {action.name}", stale.values())
        errors = [each.error for each in prose if each.error is not None]
        if len(errors) == len(prose):  # no line is in words: the action claims to be formal
            self._findings += (unreadable_line(f"action {action.name}", e) for e in errors)
        return FormalAction(
            name=action.name,
            parameters=parameters,
            ranges=tuple(self._range(action, name, given, lines) for name, given in headed),
            guard=guard.formal,
            effect=effect.formal,
            prose=prose,
            span=action.span,
        )

    def _stale(
        self, prose: Sequence[ProseLine], parse: Parse, local: frozenset[str]
    ) -> Iterator[Misuse]:
        """Yield the unknown variables with an index in lines that would be formal but for them."""
        for line in prose if self._document.variables else ():
            try:
                statements = parse(self._passages.at(line.span))
            except InputError:
                continue
            others = _words_of(each for each in prose if each is not line) | self._in_words
            found = stale_names(Checker(self._meanings), statements, local)
            yield from (each for each in found if each.name not in others)

    def _check_lines(
        self,
        action: Action,
        parameters: Sequence[str],
        lines: Sequence[FormalLine],
        in_prose: frozenset[str],
    ) -> None:
        """Report what is wrong in formal lines; lines in prose may introduce names in words.

        So may an initial value in prose, which says what `unlocked` is.
        """
        checker = Checker(self._meanings)
        local: frozenset[str] = frozenset()
        for parameter in parameters:
            local = checker.bound(parameter, action.span, local)
        statements = [statement for line in lines for statement in line.statements]
        checker.statements(statements, local)
        introduced = in_prose | self._in_words
        misuses = (each for each in checker.misuses if each.name not in introduced)
        self._report(f"action {action.name}", misuses)
        self._findings += (
            assigned_again(f"action {action.name}", twice, self._source)
            for twice in assigned_twice(statements)
        )

    def _range(
        self, action: Action, name: str, given: str, lines: Sequence[FormalLine]
    ) -> Expression | None:
        """Return the set that a parameter ranges over: as stated, or as it is used."""
        if given:
            try:
                return parse_text(given, self._source, action.span)
            except InputError as error:
                self._findings.append(unreadable_line(f"action {action.name}", error))
                return None
        stated = self._ranges.of(action.name)
        used = stated.get(name) or range_by_use(name, lines, self._variables)
        return used or (Name(action.span, self._sets[name]) if name in self._sets else None)


def _words_of(prose: Iterable[ProseLine]) -> frozenset[str]:
    return frozenset(word for line in prose for word in _WORD.findall(line.text))


def _conjunction(formulas: Sequence[Expression]) -> Expression | None:
    joined: Expression | None = None
    for formula in formulas:
        if joined is None:
            joined = formula
        else:
            joined = Binary(joined.span.through(formula.span), "/\\", joined, formula)
    return joined


def _place_of(finding: Finding) -> tuple[int, int]:
    return (finding.span.line, finding.span.column) if finding.span else (0, 0)
