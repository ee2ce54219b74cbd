"""Products the parts of which have names: `Tasks → Workers × 0..Max`, told as `(owner, version)`.

A document that uses the parts by these names, as in `lock[t].owner`, means records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.markdown.formal.syntax import Binary, Expression, FunctionSet, RecordSet

_USED = re.compile(
    r"(?<![\w.])(?P<name>[^\W\d]\w*)"
    r"(?:\[[^\[\]\n]*+(?:\[[^\[\]\n]*+\][^\[\]\n]*+)*\])*\.(?P<field>[a-z]\w*)(?![\w(/])"
)
_NAMED = re.compile(r"(?<![\w\])])\(\s*(?P<names>[a-z]\w*(?:\s*,\s*[a-z]\w*)+)\s*\)")


class ProductFields(Struct, frozen=True):
    """The fields of products in one document: those used, by variable, and tuples of names."""

    used: Mapping[str, frozenset[str]]
    orders: frozenset[tuple[str, ...]]

    def named(self, name: str, type_set: Expression, told: str) -> Expression | None:
        """Return the type of a variable with names for the parts of its products.

        `told` is what the document says beside it. None where parts are used by names the order
        of which nothing tells.
        """
        match type_set:
            case FunctionSet(values=values):
                inner = self.named(name, values, told)
                return inner if inner is None else replace(type_set, values=inner)
            case Binary(operator="\\X", span=span) if used := self.used.get(name):
                parts = _parts(type_set)
                order = self._order(used, len(parts), told)
                return RecordSet(span, tuple(zip(order, parts, strict=True))) if order else None
            case _:
                return type_set

    def _order(self, used: Collection[str], count: int, told: str) -> Sequence[str]:
        """Return the names of so many parts in their order; empty for none that is certain."""
        orders = [each for each in self.orders if len(each) == count and set(each).issuperset(used)]
        if len(orders) == 1:
            return orders[0]
        words = [word.lower() for word in re.findall(r"\w+", told)]
        if orders or len(used) != count or any(words.count(each.lower()) != 1 for each in used):
            return ()
        return sorted(used, key=lambda each: words.index(each.lower()))


def product_fields(text: str, variables: Collection[str]) -> ProductFields:
    """Return what a document says of the fields of its `variables`.

    Tuples of the variables themselves name no parts.
    """
    used: dict[str, set[str]] = {}
    for found in _USED.finditer(text):
        if found["name"] in variables:
            used.setdefault(found["name"], set()).add(found["field"])
    tuples = (tuple(re.findall(r"\w+", found["names"])) for found in _NAMED.finditer(text))
    orders = {each for each in tuples if len(set(each)) == len(each)}
    return ProductFields(
        {name: frozenset(fields) for name, fields in used.items()},
        frozenset(each for each in orders if variables and not set(each) & set(variables)),
    )


def _parts(product: Expression) -> list[Expression]:
    if isinstance(product, Binary) and product.operator == "\\X":
        return [*_parts(product.left), product.right]
    return [product]
