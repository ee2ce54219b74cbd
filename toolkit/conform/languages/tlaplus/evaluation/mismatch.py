"""Equality as TLC decides it: kinds that cannot be compared are an error, not inequality.

Source followed: tlc2/value/impl/*.java, `equals` and `compareTo`. Two composite values are
compared by size first and then elementwise up to the first difference, so that
`{1, 2} = {"a"}` is FALSE and `{1} = {"a"}` an error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import combinations, starmap

from msgspec import Struct

from conform.domain.values import Domain, FunctionValue, ModelValue, SetValue, Value, in_order

_ATOMS = frozenset({int, bool, str})

COMPARED_DEEPLY = 16
"""Elements up to which the composite values of a set are all compared with each other."""


KEPT_SHAPES = 4096
"""Shapes that are kept, so that equal ones are one object; a model's values have few."""

_OF_SETS: dict[int, tuple[object, ...]] = {}
"""Shapes of sets, by the identity of that of their elements, which they keep alive."""

_OF_EMPTY_SET = (SetValue,)


class Described(Struct, frozen=True):
    """A set that is no value, as it would be written."""

    text: str


class KindMismatchError(Exception):
    """Two values of kinds that cannot be compared, or sets that are only described."""

    def __init__(self, left: Value | Described, right: Value | Described) -> None:
        super().__init__()
        self.left = left
        self.right = right


def equal(left: Value, right: Value) -> bool:
    """Return whether two values are equal; raise KindMismatchError if they cannot be compared."""
    if left is right:
        return True
    kind = type(left)
    if kind is type(right):
        if kind in _ATOMS:
            return left == right
        if kind is FunctionValue:
            return _equal_functions(left, right)  # type: ignore[arg-type]  # kind says so
        if kind is SetValue:
            return _equal_sets(left, right)  # type: ignore[arg-type]  # kind says so
        return left == right or _distinct_model_values(left, right)
    if kind is ModelValue or type(right) is ModelValue:
        return _distinct_model_values(left, right)
    raise KindMismatchError(left, right)


def same_kind(left: Value, right: Value) -> None:
    """Raise KindMismatchError unless the two values can be compared."""
    equal(left, right)


def check_comparable(elements: Collection[Value]) -> None:
    """Raise KindMismatchError unless the values can be in one set, as TLC finds out by sorting it.

    Model values go with everything. Composite values of a large set are compared at their outermost
    level alone, which differs from TLC only for sets that no sound specification builds.
    """
    kinds = set(map(type, elements))
    kinds.discard(ModelValue)
    if len(kinds) > 1:
        ordered = [element for element in in_order(elements) if type(element) is not ModelValue]
        raise KindMismatchError(ordered[0], ordered[-1])
    if kinds and not kinds <= _ATOMS and len(elements) <= COMPARED_DEEPLY:
        _compare_all([(element, shape_of(element)) for element in elements])


def _compare_all(shaped: list[tuple[Value, object]]) -> None:
    """Compare each two values that their shapes do not show to be comparable."""
    if are_kindred({shape for _, shape in shaped}):
        return
    for (left, one), (right, other) in combinations(shaped, 2):
        if type(left) is type(right) and (one is None or one != other):
            equal(left, right)


def go_together(one: object, other: object) -> bool:
    """Whether values of these shapes are known to be comparable.

    Model values without a type are, with everything, and records with other fields, of which
    nothing but their fields is compared. Functions are if their values at each argument are, and
    sets if their elements are; of sets of several sizes, as of the empty one, no more is compared.
    """
    if one is ModelValue or other is ModelValue or one == other:
        return True
    match one, other:
        case (Domain() as left, tuple() as first), (Domain() as right, tuple() as second):
            if left == right:
                return all(map(go_together, first, second))
            return left.are_strings and right.are_strings
        case (kind, *first), (other_kind, *second) if kind is other_kind is SetValue:
            return all(map(go_together, first, second))
        case _:
            return False


def shape_of(value: Value) -> object:
    """Return something hashable that is the same only for values that can be compared.

    None where nothing is known: a set whose elements differ in shape, or that tells what is asked.
    """
    kind = type(value)
    if kind is FunctionValue:
        known = value.shape  # type: ignore[union-attr]  # kind says so
        return _shape_of_function(value) if known is False else known  # type: ignore[arg-type]
    if kind in _ATOMS:
        return kind
    if kind is SetValue:
        known = value.shape  # type: ignore[union-attr]  # kind says so
        return _shape_of_set(value) if known is False else known  # type: ignore[arg-type]
    return (_type_of(value) or ModelValue) if isinstance(value, ModelValue) else None


def is_flat(function: FunctionValue, shape: object) -> bool:
    """Whether a function is of a shape and of atoms and model values alone, at a glance.

    Of these the type is the shape. A typed model value is taken for one without a type, which the
    shape is of then: the two can be compared, and are not equal.
    """
    if type(shape) is not tuple or shape[0] is not function.domain:
        return False
    values = function.values
    return type(values) is tuple and (*map(type, values),) == shape[1]


def _shape_of_set(elements: SetValue) -> object:
    if type(elements.elements) is not frozenset:
        return None
    found = {*map(shape_of, elements.elements)}
    elements.shape = None if None in found or len(found) > 1 else _shape_over(*found)
    return elements.shape


def _shape_of_function(function: FunctionValue) -> object:
    if type(function.values) is not tuple:
        return None
    shapes = (*map(shape_of, function.values),)
    if None in shapes:
        function.shape = None
        return None
    known = function.domain.shapes
    key = (*map(id, shapes),)  # which stay alive in the shape
    shape = known.get(key)
    if shape is None:
        if len(known) >= KEPT_SHAPES:
            known.clear()
        shape = known[key] = (function.domain, shapes)
    function.shape = shape
    return shape


def _shape_over(*elements: object) -> tuple[object, ...]:
    """Return the shape of a set whose elements have this one shape, or that has none.

    It is one object for all such sets, so that most shapes are found equal by identity.
    """
    if not elements:
        return _OF_EMPTY_SET
    shape = _OF_SETS.get(id(elements[0]))
    if shape is None:
        if len(_OF_SETS) >= KEPT_SHAPES:
            _OF_SETS.clear()
        shape = _OF_SETS[id(elements[0])] = (SetValue, *elements)
    return shape


def are_kindred(shapes: Collection[object]) -> bool:
    """Whether different shapes show that each two values can be compared, at every depth."""
    if None in shapes:
        return False
    return len(shapes) < 2 or all(starmap(go_together, combinations(shapes, 2)))


@lru_cache(maxsize=1024)
def _shapes_in(elements: frozenset[Value]) -> frozenset[object]:
    return frozenset(map(shape_of, elements))


def _goes_with_shapes(value: Value, elements: frozenset[Value]) -> bool:
    """Whether the shapes show that a value, no atom, can be compared with all elements.

    No atom: Python takes sets of 0 and of FALSE for the same one, which can be compared with other
    atoms each.
    """
    shape = shape_of(value)
    return shape is not None and all(
        other is not None and (other == shape or go_together(shape, other))
        for other in _shapes_in(elements)
    )


def refuse_member(value: Value, elements: str) -> bool:
    """Return False for an untyped model value, which is in no set of other values; else raise."""
    if isinstance(value, ModelValue) and _type_of(value) is None:
        return False
    raise KindMismatchError(value, Described(elements))


def check_member_kind(value: Value, elements: SetValue) -> None:
    """Raise KindMismatchError unless `value`, which is no element, can be compared with them."""
    if type(value) is ModelValue and not value.is_typed:
        return
    is_atom = type(value) in _ATOMS
    recorded = None if type(elements.elements) is frozenset else elements.recorded
    if recorded is not None:
        candidates = recorded.candidates()
        if not is_atom and _goes_with_shapes(value, candidates):
            return
        if goes_with(value, candidates):
            return
    if is_atom or len(elements) > COMPARED_DEEPLY:
        for element in elements.elements:
            if type(element) is not ModelValue:
                if type(element) is not type(value):
                    equal(elements.ordered[-1], value)
                return
    if recorded is None:
        shape = shape_of(elements)
        if shape is not None and shape == (SetValue, shape_of(value)):
            return
        if _goes_with_shapes(value, elements.elements):
            return
    for element in elements.ordered:
        equal(value, element)


def goes_with(value: Value, others: Iterable[Value]) -> bool:
    """Return whether a value can be compared with all others."""
    try:
        for other in others:
            equal(value, other)
    except KindMismatchError:
        return False
    return True


def _equal_functions(left: FunctionValue, right: FunctionValue) -> bool:
    if left.domain is not right.domain and not _equal_domains(left, right):
        return False
    if left.values == right.values:
        return left == right or _differ(left.values, right.values)
    return _differ(left.values, right.values)


def _equal_domains(left: FunctionValue, right: FunctionValue) -> bool:
    if left.domain == right.domain:
        return True
    if len(left) != len(right):
        return False
    return _differ(left.domain.elements, right.domain.elements)


def _equal_sets(left: SetValue, right: SetValue) -> bool:
    if left.elements == right.elements and left == right:
        return True
    if not type(left.elements) is type(right.elements) is frozenset:
        candidates = [*_candidates(left), *_candidates(right)]
        if all(goes_with(one, candidates) for one in candidates):
            return False
    if len(left) != len(right):
        return False
    shape = shape_of(left)
    if shape is not None and shape == shape_of(right):
        return False
    return _differ(left.ordered, right.ordered)


def _candidates(elements: SetValue) -> Iterable[Value]:
    recorded = elements.recorded
    return elements.elements if recorded is None else recorded.candidates()


def _differ(left: tuple[Value, ...], right: tuple[Value, ...]) -> bool:
    """Return False at the first unequal pair, True if there is none; raise on a mismatch."""
    return all(map(equal, left, right))


def _distinct_model_values(left: Value, right: Value) -> bool:
    """Return False for a model value and anything that may be compared with it."""
    if isinstance(left, ModelValue) and isinstance(right, ModelValue):
        if left.is_typed and right.is_typed and left.name[0] != right.name[0]:
            raise KindMismatchError(left, right)
        return False
    for one in (left, right):
        if isinstance(one, ModelValue) and _type_of(one) is not None:
            raise KindMismatchError(left, right)
    return False


def _type_of(value: ModelValue) -> str | None:
    """Return the type letter of a typed model value (`A_1`), None for an untyped one."""
    return value.name[0] if value.is_typed else None
