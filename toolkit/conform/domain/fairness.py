"""Fairness of actions and of choices, and what it means in steps of a model."""

from __future__ import annotations

from enum import Enum, StrEnum, auto

from msgspec import Struct

from conform.domain.states import Predicate, Slots, StepPredicate
from conform.domain.values import Bindings
from conform.text import Span


class FairnessKind(StrEnum):
    """Weak: if enabled for ever, taken again and again. Strong: if enabled again and again."""

    WEAK = "weak"
    STRONG = "strong"


class ActionSteps(Struct, frozen=True):
    """`<<A>>_v` in terms of the model: the steps by `instances` that change a slot of `changing`.

    That is so whichever instance a step is taken by, and A is enabled where one of them leads on.
    With `counts_staying`, one that leads back to its state has taken A there: A is then not due in
    that state, and for strong fairness any step from it counts as one of A.
    """

    instances: frozenset[int]
    changing: Slots
    counts_staying: bool = False


class ChoiceMoment(Enum):
    """What a predicate says of a choice inside steps (`ChoiceSteps`)."""

    DUE = auto()
    """Of a state: whichever way a step by the instances goes there, the value is to be had; and no
    step that chooses it leads back."""

    CHOSEN = auto()
    """Of a step: it changes the state, and can be one that chooses the value."""

    CHOSEN_OR_STAYING = auto()
    """The same, or it changes a state from which one that chooses the value leads back."""

    PASSED = auto()
    """Of a step: it changes the state, and whichever way it was taken, the value was to be had."""


class ChoiceWay(Struct, frozen=True):
    """Instances that come to a choice in the same way, and those among them that choose a value.

    The value is to be had on the way where one of these leads on.
    """

    instances: frozenset[int]
    choosing: frozenset[int]


class ChoiceSteps(Struct, frozen=True):
    """What a predicate says of a choice, in terms of the model; no instance is in two ways.

    `others` are instances that never come by the choice, but may take the same steps.
    """

    moment: ChoiceMoment
    ways: tuple[ChoiceWay, ...]
    others: frozenset[int]


class FairnessCondition(Struct, frozen=True):
    """`WF_v(A)` or `SF_v(A)`: `enabled` is ENABLED <<A>>_v, `taken` is <<A>>_v.

    `steps` says the same without a formula to evaluate; None where the front-end cannot tell.
    """

    kind: FairnessKind
    action: str
    parameters: Bindings
    span: Span
    enabled: Predicate
    taken: StepPredicate
    steps: ActionSteps | None = None
