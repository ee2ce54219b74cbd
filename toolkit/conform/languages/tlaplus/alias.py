"""ALIAS: the record that traces show in place of the variables."""

from __future__ import annotations

from msgspec import Struct

from conform.domain.states import State
from conform.domain.values import Bindings, FunctionValue, Value
from conform.errors import ConformError
from conform.languages.tlaplus.evaluation.dispatch import Code
from conform.languages.tlaplus.evaluation.failing import fail, shown
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.stack import evaluated
from conform.languages.tlaplus.specification import Specification
from conform.text import Span


class RecordAlias(Struct, frozen=True):
    """An Alias: a formula over a step whose value is a record."""

    name: str
    span: Span
    code: Code
    specification: Specification

    def shown(self, before: State, after: State) -> Bindings:
        try:
            value = evaluated(lambda: settle(self.code(before, after, ()), self.span), self.span)
            return self._fields(value)
        except ConformError as error:
            raise self.specification.located(error) from None

    def _fields(self, value: Value) -> Bindings:
        if not isinstance(value, FunctionValue) or not value.domain.is_record:
            fail(self.span, f"ALIAS {self.name} needs a record, but found {shown(value)}")
        fields = dict(value.items())
        names = value.domain.elements
        places = self.specification.session.order.arguments(value.domain)
        return tuple((str(names[place]), fields[names[place]]) for place in places)
