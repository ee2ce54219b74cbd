"""A formal line of a document is not true of what a model does.

What it means
    Documents whose guards and effects are partly prose are not executed as a whole. A line that is
    formal can be asked about all the same, in each state and at each step of a model: the model
    takes an action where a line of the document's guard is false, changes a variable otherwise than
    the effect says, begins with another value, or reaches a state in which the formal statement of
    a property is false; or it does not take an action where every line of the guard is true. Where
    the whole document is executed, comparing the readings finds it.

    A line of a guard that the model does not ask for, and that is true in every reachable state
    in which the model takes the action, is a warning: it is seen by changing one part of such a
    state. Of a line of an effect that reads what a line above it assigns nothing is said: many
    mean the value after that. A word that is an initial value, *all unlocked*, stands for the
    record that the model begins with there.

Example
    **Guard**: `logState = FENCED`      and the module's FenceLog asks for logState = "OPEN"

What to do
    Decide which is right, and correct the other: the document is the source of truth.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.asked_guards import Asking, arguments_of
from conform.check.models.borrowed_helpers import with_helpers_of
from conform.check.models.definition_words import strings_in
from conform.check.models.differing_helpers import differing_helpers
from conform.check.models.differing_parts import apart
from conform.check.models.differing_statements import differing_statements
from conform.check.models.explored import Explored
from conform.check.models.footprints import (
    Linked,
    linked_actions,
    variables_in_model,
    words_around,
    words_of,
)
from conform.check.models.reached_values import (
    atoms,
    name_of,
    names_in_variable,
    values_of_slot,
)
from conform.check.models.unlike_makes import standing_words, unlike_part
from conform.domain.actions import ActionInstance
from conform.domain.finding import Code, Finding, Severity
from conform.domain.states import State
from conform.domain.values import FunctionValue, ModelValue, Value, format_value, kind_of
from conform.errors import ConformError
from conform.explore.graph import StateGraph
from conform.explore.trace import variables_of
from conform.languages.markdown.formal.document import FormalDocument, FormalLine
from conform.languages.markdown.formal.partial import ActionLines, LineCode, PartialDocument
from conform.languages.markdown.formal.reading import read_formal
from conform.text import Span

CODE = Code("CF247", "line that a model contradicts")

MAX_EDGES = 400_000
"""Steps that are looked at; a larger graph is asked about the first of them."""

MAX_SCANNED, RARE = 5_000_000, 10_000
"""Among so many steps, an action instance that has fewer is looked at in all of them."""


def contradicted_lines(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each formal line that a step or a state of a TLA+ model makes false."""
    if explored.role is not Role.TLAPLUS or explored.graph is None:
        return
    if context.document.path not in context.sources:
        return
    document = context.formulas or read_formal(context.document, context.sources)
    if not document.is_executable:
        whole = with_helpers_of(document, context.formal.get(explored.role))
        yield from _Asking(context, explored, explored.graph, whole).findings()


_Steps: TypeAlias = tuple[Sequence[int], tuple[Value, ...]]
"""Edges, ascending, and the values that the document's parameters have on them."""


class _States(Struct, frozen=True):
    """The states of a graph as the document's variables have them; 0 stands for other ones."""

    graph: StateGraph
    places: tuple[tuple[int, ...], ...]

    def state(self, number: int) -> State:
        return self.of(self.graph.state(number))

    def of(self, state: State) -> State:
        return tuple(self._value(places, state) for places in self.places)

    def slots_at(self, places: Iterable[int]) -> Iterable[int]:
        return (slot for place in sorted(places) for slot in self.places[place])

    def _value(self, places: tuple[int, ...], state: State) -> Value:
        slots = self.graph.slots
        if not places:
            return 0
        if len(places) == 1 and slots[places[0]].key is None:
            return state[places[0]]
        part = tuple(state[place] for place in places)
        ((_name, value),) = variables_of([slots[place] for place in places], part)
        return value


class _Asking:
    """Asks the lines of one document about one graph."""

    def __init__(
        self, context: Context, explored: Explored, graph: StateGraph, document: FormalDocument
    ) -> None:
        self._context = context
        self._explored = explored
        self._graph = graph
        self._document = document
        self._names = variables_in_model(context, explored)
        self._variables = tuple(variable.name for variable in document.variables)
        artefact = context.formal.get(Role.TLAPLUS)
        words = frozenset(_words(graph)) | (strings_in(context, artefact) if artefact else set())
        places = [
            tuple(i for i, slot in enumerate(graph.slots) if slot.variable == self._names.get(name))
            for name in self._variables
        ]
        self._states = _States(graph, tuple(places))
        first = dict(zip(self._variables, self._states.state(0), strict=True))
        standing = standing_words(context.document, first) if graph.initial_count == 1 else {}
        standing = {word: value for word, value in standing.items() if word not in words}
        self._lines = PartialDocument(
            document, explored.constants, frozenset(self._names), words, standing
        )
        self._known: dict[int, State] = {}
        self._values: dict[int, list[Value]] = {}
        self._held: dict[int, frozenset[str]] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield what is found of initial values, actions and properties."""
        yield from self._initial()
        lines = {action.name: action for action in self._lines.actions()}
        edges = self._edges()
        for linked in linked_actions(self._context, self._explored):
            asked = lines.get(linked.stated.name)
            if asked is not None:
                taken = [(each, edges.get(each.number, [])) for each in linked.instances]
                told = list(self._action(asked, taken))
                yield from told
                if not told:
                    yield from self._guards_compared(linked, asked, taken)
        false = dict(self._invariants()) | dict(self._steps())
        yield from false.values()
        yield from differing_statements(
            self._context, self._explored, self._graph, self._lines, self._states, set(false)
        )
        yield from differing_helpers(
            self._context, self._graph, self._document, self._lines, self._states
        )

    def _state(self, number: int) -> State:
        if number not in self._known:
            self._known[number] = self._states.state(number)
        return self._known[number]

    def _edges(self) -> dict[int, list[int]]:
        """Return the edges that are looked at by instance: the first ones, and of rare ones more.

        What is done once, and late, is not among the first of a large graph.
        """
        columns, found = self._graph.columns, {}
        for instance in range(len(self._graph.instances)):
            scanned = [edge for edge in columns.edges_by(instance).tolist() if edge < MAX_SCANNED]
            first = bisect_left(scanned, MAX_EDGES)
            found[instance] = scanned[: max(first, RARE)]
        return found

    def _initial(self) -> Iterator[Finding]:
        for stated in self._lines.initial_values():
            actual = [self._state(i)[stated.slot] for i in range(self._graph.initial_count)]
            if actual and all(_differ(stated.value, value) for value in actual):
                name = self._variables[stated.slot]
                stated_value, value = _shown(stated.value), _shown(actual[0])
                message = (
                    f"`{name}` is {stated_value} initially in the document, in the model {value}"
                )
                yield self._finding(message, stated.span, ())

    def _action(
        self, lines: ActionLines, taken: list[tuple[ActionInstance, list[int]]]
    ) -> Iterator[Finding]:
        asked = [(each, edges, arguments_of(lines, each)) for each, edges in taken]
        steps = [(edges, given) for _each, edges, given in asked if given is not None]
        for guard in lines.guard:
            for edge, given in self._unlike(steps, guard.code.reads):
                before = self._state(self._graph.sources[edge])
                if guard.results(before, given) == [] and self._holds_somewhere(guard, steps):
                    message = f"the model takes `{lines.name}` where this is false"
                    yield self._finding(message, guard.line.span, self._told(before, guard.line))
                    break
        yield from self._effect(lines, steps)

    def _guards_compared(
        self,
        linked: Linked,
        lines: ActionLines,
        taken: list[tuple[ActionInstance, list[int]]],
    ) -> Iterator[Finding]:
        """Yield what the model asks for besides the lines of a guard, or less than them."""
        asking = Asking(self._graph, self._explored.model, self._states, lines, taken, self._values)
        in_words = (
            _meet(place, line.span) for place in lines.prose for line in linked.stated.guard
        )
        is_whole = lines.is_whole and not any(in_words) and not self._is_told_beside(linked)
        refused = asking.refused() if is_whole and lines.guard else None
        if refused is not None:
            line = lines.guard[0].line
            message = f"the model does not take `{lines.name}` where the guard holds"
            texts = " ".join(guard.line.text for guard in lines.guard)
            state = self._state(refused)
            details = [f"{n} = {_shown(v)}" for n, v in self._named(state) if n in texts]
            yield self._finding(message, line.span, tuple(details))
        for guard in lines.guard:
            changed = asking.taken_without(guard)
            if changed is not None:
                message = (
                    f"the model's `{lines.name}` does not ask for this, which is true wherever "
                    "it is taken"
                )
                found = self._finding(message, guard.line.span, self._told(changed, guard.line))
                yield replace(found, severity=Severity.WARNING)

    def _is_told_beside(self, linked: Linked) -> bool:
        """Whether words beside a guard name a variable that the model reads and the guard omits."""
        slots = self._graph.slots
        read = {
            slots[slot].variable
            for each in linked.instances
            for slot in (range(len(slots)) if each.reads is None else each.reads)
        }
        omitted = {name for name, own in self._names.items() if own in read}
        omitted -= words_of(linked.stated.guard)
        return not omitted.isdisjoint(words_around(self._context, linked.stated))

    def _holds_somewhere(self, guard: LineCode, steps: Sequence[_Steps]) -> bool:
        """Whether a line is true in some state: one that never is speaks of other values."""
        every = {given for _edges, given in steps}
        states = map(self._state, range(self._graph.state_count))
        return any(guard.results(state, given) for state in states for given in every)

    def _unlike(
        self, steps: Sequence[_Steps], before: Iterable[int], after: Iterable[int] = ()
    ) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Yield one of the steps that have the same values at some slots, before and after."""
        every = list(dict.fromkeys(given for _edges, given in steps))
        kinds = [(every.index(given), edges) for edges, given in steps]
        slots = map(self._states.slots_at, (before, after))
        for kind, edge in self._graph.columns.unlike(kinds, *slots):
            yield edge, every[kind]

    def _effect(self, lines: ActionLines, steps: Sequence[_Steps]) -> Iterator[Finding]:
        effect = lines.effect
        wrong: dict[int, tuple[Value, Value, State]] = {}
        touched = effect.code.reads | set(lines.assigned) if effect else ()
        for edge, given in self._unlike(steps, touched, lines.assigned) if effect else ():
            before = self._state(self._graph.sources[edge])
            after = self._state(self._graph.targets[edge])
            assert effect is not None
            results = effect.results(before, given)
            for slot in lines.assigned if results else ():
                assert results is not None
                is_wrong = all(self._differ(slot, each[slot], after[slot]) for each in results)
                if slot in wrong or not is_wrong:
                    continue
                if not self._follows(lines, slot, before, after, given):
                    wrong[slot] = (results[0][slot], after[slot], before)
        for slot, (stated, actual, before) in wrong.items():
            name, line = self._variables[slot], lines.assigned[slot]
            own = self._own_names(slot)
            if _differ(stated, actual) or not (told := unlike_part(name, stated, actual, own)):
                told = apart(name, stated, actual)
            part, stated, actual = told
            message = f"by this `{part}` becomes {_shown(stated)}, in the model {_shown(actual)}"
            yield self._finding(f"`{lines.name}`: {message}", line.span, self._told(before, line))

    def _follows(
        self,
        lines: ActionLines,
        slot: int,
        before: State,
        after: State,
        given: tuple[Value, ...],
    ) -> bool:
        """Say whether a line is right of the values that the lines above it assign.

        All assignments are made at once, and yet many write them as a program does.
        """
        name, line = self._variables[slot], lines.assigned[slot]
        above = {
            other
            for other, each in lines.assigned.items()
            if (each.span.line, each.span.column) < (line.span.line, line.span.column)
        }
        read = set(re.findall(r"[^\W\d]\w*", line.text)) - {name}
        if read.isdisjoint(self._variables[other] for other in above):
            return False
        between = tuple(after[i] if i in above else value for i, value in enumerate(before))
        results = lines.alone[slot].results(between, given)
        return not results or not all(
            self._differ(slot, each[slot], after[slot]) for each in results
        )

    def _differ(self, slot: int, stated: Value, actual: Value) -> bool:
        """Say whether a variable is surely not what is stated, in another make or not."""
        if _differ(stated, actual):
            return True
        own = self._own_names(slot)
        return unlike_part(self._variables[slot], stated, actual, own) is not None

    def _own_names(self, slot: int) -> frozenset[str]:
        """Return the names that the model's variable has within its values."""
        if slot not in self._held:
            variable = self._names.get(self._variables[slot], "")
            self._held[slot] = names_in_variable(self._graph, variable)
        return self._held[slot]

    def _invariants(self) -> Iterator[tuple[str, Finding]]:
        """Yield the properties whose formulas are false in a state, by name."""
        reported: set[str] = set()
        for name, formula in self._lines.invariants():
            if name in reported:
                continue
            for state in self._told_apart_by(formula.reads):
                try:
                    holds = formula.holds(state)
                except ConformError:
                    break
                if not holds:
                    reported.add(name)
                    message = f"the formal statement of `{name}` is false in a state of the model"
                    every = tuple(f"{n} = {_shown(v)}" for n, v in self._named(state))
                    yield name, self._finding(message, formula.span, every)
                    break

    def _steps(self) -> Iterator[tuple[str, Finding]]:
        """Yield the properties whose formulas are false of a step, by name."""
        edges = range(min(len(self._graph.edge_instances), MAX_EDGES))
        reported: set[str] = set()
        for name, formula in self._lines.about_steps():
            reads = range(len(self._variables)) if formula.reads is None else formula.reads
            steps = [(edges, ())] if name not in reported else []
            for edge, _given in self._unlike(steps, reads, reads):
                before = self._state(self._graph.sources[edge])
                after = self._state(self._graph.targets[edge])
                try:
                    holds = formula.holds(before, after)
                except ConformError:
                    break
                if not holds:
                    reported.add(name)
                    label = self._graph.instances[self._graph.edge_instances[edge]].label
                    message = f"the formal statement of `{name}` is false of a step of the model"
                    changed = tuple(
                        f"{n} = {_shown(one)}, then {_shown(other)}"
                        for (n, one), (_n, other) in zip(
                            self._named(before), self._named(after), strict=True
                        )
                        if one != other
                    )
                    details = (f"the step: {label}", *changed)
                    yield name, self._finding(message, formula.span, details)
                    break

    def _told_apart_by(self, reads: Iterable[int] | None) -> Iterator[State]:
        """Yield the first state with each combination of values at some slots, None for all."""
        slots = self._states.slots_at(range(len(self._variables)) if reads is None else reads)
        return map(self._state, self._graph.columns.column(slots).firsts.tolist())

    def _named(self, state: State) -> Iterator[tuple[str, Value]]:
        for name, value in zip(self._variables, state, strict=True):
            if name in self._names:
                yield name, value

    def _told(self, state: State, line: FormalLine) -> tuple[str, ...]:
        return tuple(
            f"{name} = {_shown(value)}" for name, value in self._named(state) if name in line.text
        )

    def _finding(self, message: str, span: Span, details: tuple[str, ...]) -> Finding:
        return CODE.finding(
            message,
            span,
            excerpt=self._context.excerpt(span),
            details=(f"the model: {self._explored.spec.path}", *details),
            hint="the document decides; correct the other",
        )


def _meet(one: Span, other: Span) -> bool:
    """Say whether two places of a text have a character in common."""
    starts = [(each.line, each.column) for each in (one, other)]
    ends = [(each.end_line, each.end_column) for each in (one, other)]
    return max(starts) <= min(ends)


def _words(graph: StateGraph) -> Iterator[str]:
    """Yield every string that occurs in the states, as a value or as a field."""
    for index in range(len(graph.slots)):
        for value in values_of_slot(graph, index):
            for part in atoms(value, with_arguments=True):
                yield from name_of(part)


def _differ(one: Value, other: Value) -> bool:
    """Say whether two values of the same make differ; of others nobody knows.

    Strings and model values are names both: `NONE` is none of the tasks.
    """
    if isinstance(one, str | ModelValue) and isinstance(other, str | ModelValue):
        return name_of(one) != name_of(other)
    if kind_of(one) != kind_of(other):
        return False
    if isinstance(one, FunctionValue) and isinstance(other, FunctionValue):
        if one.domain.elements != other.domain.elements:
            return False
        return any(_differ(a, b) for a, b in zip(one.values, other.values, strict=True))
    return one != other


def _shown(value: Value) -> str:
    text = format_value(value)
    return text if len(text) <= 80 else f"{text[:79]}\N{HORIZONTAL ELLIPSIS}"
