"""Why one reading takes a step that the other does not: guards and effects put side by side."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.check.agreement.comparison import DifferenceKind, GraphDifference, JointWalk
from conform.check.agreement.correspondence import CommonVariable, Side
from conform.check.agreement.images import slots_of, value_of
from conform.check.agreement.walkable import WalkableGraph
from conform.domain.actions import ActionInstance
from conform.domain.difference import narrowed
from conform.domain.explanation import Condition, Effect, Explanation
from conform.domain.values import Bindings, Value, format_value
from conform.errors import ConformError
from conform.text import Span

MAX_WIDTH = 400
"""Characters of a value, or of a text of an artefact, that a line shows."""


class Account(Struct, frozen=True):
    """Why a step differs: two aligned lines or more, and the place in each reading."""

    lines: tuple[str, ...]
    places: dict[Side, Span]
    variables: tuple[str, ...] = ()


class _Told(Struct, frozen=True):
    """What one reading says of the step: its instance, if it has one, and its explanation."""

    walkable: WalkableGraph
    instance: ActionInstance | None
    explanation: Explanation | None

    @property
    def name(self) -> str:
        return self.walkable.reading.name

    def place(self, actions: tuple[str, ...]) -> Span:
        """Return where the action is."""
        if self.instance is not None:
            return self.instance.span
        reading = self.walkable.reading
        return reading.place_of(actions[0]) if actions else reading.span


def account_of(walk: JointWalk, difference: GraphDifference) -> Account:
    """Return why the readings differ at `difference`."""
    told = {side: _told(walk, difference, side) for side in Side}
    if difference.kind is DifferenceKind.POSSIBLE:
        return _of_guards(difference, told)
    return _of_effects(walk, difference, told)


def shown_step(name: str, parameters: Bindings) -> str:
    """Return an action with its parameters, as traces show it."""
    shown = ", ".join(f"{each} |-> {format_value(value)}" for each, value in parameters)
    return f"{name}({shown})" if shown else name


# ------------------------------------------------------------------------------------- explanations


def _told(walk: JointWalk, difference: GraphDifference, side: Side) -> _Told:
    walkable, step = walk.graph(side), difference.steps[side]
    graph = walkable.graph
    if step is not None:
        instance = graph.instances[graph.edge_instances[step.edge]]
        return _Told(walkable, instance, _explained(walkable, instance, graph.sources[step.edge]))
    label = walk.left.labels.all[difference.label]
    candidates = [each for each in graph.instances if walkable.labels.agrees(side, each, label)]
    state = difference.states[side][0]
    found = [_Told(walkable, each, _explained(walkable, each, state)) for each in candidates]
    return min(found, key=_false_conditions, default=_Told(walkable, None, None))


def _false_conditions(told: _Told) -> int:
    return len(_failing(told.explanation)) if told.explanation else 0


def _explained(walkable: WalkableGraph, instance: ActionInstance, state: int) -> Explanation | None:
    """Return what the model says of an instance in a state, None where it cannot say anything."""
    explain = getattr(walkable.reading.model, "explain", None)
    if explain is None:
        return None
    try:
        found = explain(instance, walkable.graph.state(state))
    except ConformError:
        return None
    return found if isinstance(found, Explanation) else None


def _failing(explanation: Explanation) -> list[Condition]:
    return [each for each in explanation.conditions if each.holds is False]


# ------------------------------------------------------------------------------------------ guards


def _of_guards(difference: GraphDifference, told: dict[Side, _Told]) -> Account:
    having = told[difference.has_it]
    lacking = told[difference.has_it.other]
    actions = difference.action.own(difference.has_it.other)
    width = max(len(having.name), len(lacking.name))
    place = having.place(difference.action.own(difference.has_it))
    lines = [f"{having.name:<{width}}  can take it: its guard holds, at {place}"]
    places = {difference.has_it: place, difference.has_it.other: lacking.place(actions)}
    failing = _failing(lacking.explanation) if lacking.explanation else []
    if not actions:
        lines.append(f"{lacking.name:<{width}}  has no such action")
    elif lacking.instance is None:
        lines.append(
            f"{lacking.name:<{width}}  has no instance of {actions[0]} with these parameters, at "
            f"{places[difference.has_it.other]}"
        )
    elif failing:
        places[difference.has_it.other] = failing[0].span
        for number, condition in enumerate(failing):
            head = lacking.name if number == 0 else ""
            lines.append(f"{head:<{width}}  {_condition(condition, having)}")
    else:
        why = _without_reason(lacking)
        lines.append(f"{lacking.name:<{width}}  {why}, at {places[difference.has_it.other]}")
    return Account(tuple(lines), places)


def _without_reason(lacking: _Told) -> str:
    """Return what can be said of a step that no false conjunct explains."""
    if lacking.explanation is None:
        return "cannot take it"
    unknown = [each for each in lacking.explanation.conditions if each.holds is None]
    if unknown:
        return f"cannot take it: `{_cut(unknown[0].text)}` has no value"
    return "cannot take it, though each line of its guard holds"


def _condition(condition: Condition, having: _Told) -> str:
    """Return a conjunct that is false, and what the other reading has in its place."""
    text = f"`{_cut(condition.text)}` is FALSE, at {condition.span}"
    if having.explanation is None:
        return text
    wanted = _plainly(condition.text)
    same = [each for each in having.explanation.conditions if _plainly(each.text) == wanted]
    if same:
        return f"{text}; the same line is TRUE in {having.name}, at {same[0].span}"
    return f"{text}; {having.name} has no such line"


_SIGNS = {
    "∧": "/\\", "∨": "\\/", "¬": "~", "≠": "#", "/=": "#", "≤": "<=", "=<": "<=", "≥": ">=",
    "∈": "\\in", "∉": "\\notin", "∀": "\\A", "∃": "\\E", "⇒": "=>", "==": "=", "↦": "|->",
}  # fmt: skip
"""Signs of documents and of FizzBee with those of TLA+ that mean the same."""


def _plainly(text: str) -> str:
    """Return a formula without what notations differ in: signs, quotes and blanks."""
    for sign, ascii_sign in _SIGNS.items():
        text = text.replace(sign, ascii_sign)
    return "".join(text.replace('"', "").replace("'", "").split())


# ----------------------------------------------------------------------------------------- effects


def _of_effects(walk: JointWalk, difference: GraphDifference, told: dict[Side, _Told]) -> Account:
    images = walk.left.images
    steps = {side: difference.steps[side] for side in Side}
    left, right = steps[Side.LEFT], steps[Side.RIGHT]
    assert left is not None and right is not None
    places = {side: told[side].place(difference.action.own(side)) for side in Side}
    lines: list[str] = []
    names: list[str] = []
    for variable in images.differing(left.image, right.image):
        values = {
            side: _value_after(walk.graph(side), step.edge, variable, side)
            for side, step in ((Side.LEFT, left), (Side.RIGHT, right))
        }
        matching = images.matchings[images.variables.index(variable)]
        part = narrowed(
            variable.left, matching.common(values[Side.LEFT]), matching.common(values[Side.RIGHT])
        )
        assert part.expected is not None and part.found is not None
        shown = {Side.LEFT: part.expected, Side.RIGHT: part.found}
        names.append(part.place)
        for side in Side:
            effect = _effect_on(told[side], variable.own(side))
            if effect is not None and len(names) == 1:
                places[side] = effect.span
        lines += _sides(part.place, shown, told, variable)
    return Account(tuple(lines), places, tuple(names))


def _sides(
    place: str, values: dict[Side, Value], told: dict[Side, _Told], variable: CommonVariable
) -> Iterator[str]:
    width = max(len(each.name) for each in told.values())
    for number, side in enumerate(Side):
        head = place if number == 0 else ""
        says = _says(told[side], variable.own(side))
        value = _cut(format_value(values[side]))
        yield f"{head:<{len(place)}}  {told[side].name:<{width}}  {value}{says}"


def _says(told: _Told, variable: str) -> str:
    if told.explanation is None:
        return f", at {told.instance.span}" if told.instance else ""
    effect = _effect_on(told, variable)
    if effect is None:
        where = f" at {told.instance.span}" if told.instance else ""
        return f", as before: nothing is said of {variable}{where}"
    return f", by `{_cut(effect.text)}` at {effect.span}"


def _effect_on(told: _Told, variable: str) -> Effect | None:
    effects = told.explanation.effects if told.explanation else ()
    return next((each for each in effects if each.variable == variable), None)


def _value_after(walkable: WalkableGraph, edge: int, variable: CommonVariable, side: Side) -> Value:
    graph = walkable.graph
    places = slots_of(graph.slots, variable.own(side))
    return value_of(graph.slots, places, graph.state(graph.targets[edge]))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MAX_WIDTH else flat[:MAX_WIDTH] + "…"
