"""The parts of an action as the Machine has them: locals placed, guards attached to choices."""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.machine import (
    Assignment,
    Choice,
    GuardLine,
    InstanceList,
    LocalValue,
    Loop,
    MachineAction,
    Named,
)
from conform.languages.tlaplus.translation.actions import take_apart
from conform.languages.tlaplus.translation.annotations import Annotations
from conform.languages.tlaplus.translation.citations import Citations
from conform.languages.tlaplus.translation.fragments import negated
from conform.languages.tlaplus.translation.naming import snake_case
from conform.languages.tlaplus.translation.parts import Guard, Parts, names_in, uses_local
from conform.languages.tlaplus.translation.splitting import Instances, SplitAction
from conform.languages.tlaplus.translation.translator import Translator, text_of


def described_action(
    translator: Translator,
    annotations: Annotations,
    citations: Citations,
    group: list[SplitAction],
) -> MachineAction:
    """Return the description of an action that Next has as the instances in `group`."""
    action = group[0]
    context = replace(action.context, taken=action.context.taken | {"state"})
    parts = take_apart(translator, action.node, context)
    citation, described = citations.of_action(action.name, action.span)
    guards, choices = _placed(parts, annotations)
    guard_text = tuple(line.text for line in described.guard) if described else ()
    effect_text = tuple(line.text for line in described.effect) if described else ()
    if described is None:
        guard_text = tuple(guard.text for guard in parts.guards)
        effect_text = (text_of(action.node),) if len(text_of(action.node)) < 400 else ()
    return MachineAction(
        action.name,
        translator.members.of(action.name, snake_case(action.name)),
        tuple(Named(name, ident, annotations.of(of)) for name, ident, of in action.parameters),
        tuple(_instances(each.instances) for each in group),
        guards,
        choices,
        _locals_of_effect(parts),
        _assignments(translator, parts),
        guard_text,
        effect_text,
        citation,
    )


def _instances(instances: Instances) -> InstanceList:
    loops = tuple(Loop(loop.identifier, loop.domain) for loop in instances.loops)
    return InstanceList(loops, tuple(argument.text for argument in instances.arguments))


def _placed(
    parts: Parts, annotations: Annotations
) -> tuple[tuple[GuardLine, ...], tuple[Choice, ...]]:
    """Split the guard: lines that concern no choice, and those that follow one."""
    chosen = [choice.identifier for choice in parts.choices]
    before: list[GuardLine] = []
    after: dict[int, list[GuardLine]] = {place: [] for place in range(len(chosen))}
    introduced: set[str] = set()
    for guard in parts.guards:
        used = names_in(guard.fragment.text)
        places = [place for place, name in enumerate(chosen) if name in used]
        if places:
            after[max(places)].append(_line(guard, ()))
        else:
            before.append(_line(guard, _introduced(parts, guard.fragment.text, introduced)))
    choices = tuple(
        Choice(
            Named(choice.name, choice.identifier, annotations.of(choice.type)),
            choice.domain,
            choice.text,
            tuple(after[place]),
            choice.is_constant,
            choice.variable,
        )
        for place, choice in enumerate(parts.choices)
    )
    return tuple(before), choices


def _line(guard: Guard, introduced: tuple[LocalValue, ...]) -> GuardLine:
    readings = tuple((text, fragment.text) for text, fragment in guard.readings)
    false = negated(guard.fragment)
    return GuardLine(guard.text, guard.fragment.text, false.text, introduced, readings)


def _introduced(parts: Parts, text: str, done: set[str]) -> tuple[LocalValue, ...]:
    """Return the local values that `text` needs and that are not there yet, in their order."""
    found = []
    for identifier, value in parts.locals.items():
        if identifier not in done and uses_local(parts, text, identifier):
            done.add(identifier)
            found.append(LocalValue(identifier, value.text))
    return tuple(found)


def _locals_of_effect(parts: Parts) -> tuple[LocalValue, ...]:
    done: set[str] = set()
    found: list[LocalValue] = []
    for name, fragment in parts.primed.items():
        if name not in parts.unchanged:
            found.extend(_introduced(parts, fragment.text, done))
    order = list(parts.locals)
    return tuple(sorted(found, key=lambda local: order.index(local.identifier)))


def _assignments(translator: Translator, parts: Parts) -> tuple[Assignment, ...]:
    names = [name.name for name in translator.specification.variables]
    changed = [name for name in names if name in parts.primed and name not in parts.unchanged]
    return tuple(
        Assignment(translator.fields.of(name, snake_case(name)), parts.primed[name].text)
        for name in changed
    )
