r"""From syntax trees back to TLA+ text, in ASCII.

`print_module` gives text that reads back as the same tree, spans aside, with lists on lines of
their own. `print_expression` gives one line for messages and comments; a list becomes `(a /\ b)`.
The tree is expected to be one that the reader could have made: parentheses are nodes of it, and
none are added but those.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.operators import INFIX, POSTFIX, PREFIX
from conform.languages.tlaplus.printing_expressions import Layout, print_declaration

_OPEN_FORMS = (
    tree.If,
    tree.Case,
    tree.Let,
    tree.Quantified,
    tree.UnboundedQuantified,
    tree.Choose,
    tree.Lambda,
    tree.Labelled,
)
_LIST_RANGE = INFIX["/\\"].high


def print_expression(expression: tree.Expression) -> str:
    """Return an expression as one line of ASCII TLA+."""
    line = Line()
    line.expression(expression)
    return line.text()


def print_module(module: tree.Module) -> str:
    """Return a module as text with a final newline; proofs are printed as OMITTED."""
    layout = ModuleLayout()
    layout.module(module)
    return layout.text() + "\n"


def print_unit(unit: tree.Unit) -> str:
    """Return one unit of a module as text, without a final newline."""
    layout = ModuleLayout()
    layout.unit(unit)
    return layout.text()


class ModuleLayout(Layout):
    """Writes units, each from the column where the writer stands."""

    def module(self, module: tree.Module) -> None:
        """Write a module, header to closing line."""
        self.write(f"---- MODULE {module.name.name} ----")
        if module.extends:
            self.newline(1)
            self.write("EXTENDS " + _names(module.extends))
        for unit in module.units:
            self.newline(1)
            self.unit(unit)
        self.newline(1)
        self.write("=" * 78)

    def unit(self, unit: tree.Unit) -> None:
        match unit:
            case tree.Module():
                self.module(unit)
            case tree.Separator():
                self.write("-" * 78)
            case tree.Constants(declarations=declarations):
                self.write("CONSTANTS " + _declarations(declarations))
            case tree.Variables(names=names):
                self.write("VARIABLES " + _names(names))
            case tree.UseOrHide():
                self.write("USE TRUE")
            case tree.Assumption(name=name, body=body):
                self.write("ASSUME " + _naming(name))
                self.expression(body)
            case tree.Theorem():
                self._theorem(unit)
            case _:
                self.definition(unit)

    def definition(self, unit: tree.Unit) -> None:
        """Write what may stand in a LET too, or an INSTANCE."""
        match unit:
            case tree.Recursive(declarations=declarations):
                self.write("RECURSIVE " + _declarations(declarations))
            case tree.OperatorDefinition():
                self.write(_local(unit.is_local) + _head(unit) + " == ")
                self.expression(unit.body)
            case tree.FunctionDefinition():
                self.write(f"{_local(unit.is_local)}{unit.name.name}[")
                self.bounds(unit.bounds)
                self.write("] == ")
                self.expression(unit.body)
            case tree.InstanceDefinition():
                head = unit.name.name + _parameters(unit.parameters)
                self.write(f"{_local(unit.is_local)}{head} == INSTANCE {unit.module.name}")
                self._substitutions(unit.substitutions)
            case tree.Instance():
                self.write(f"{_local(unit.is_local)}INSTANCE {unit.module.name}")
                self._substitutions(unit.substitutions)
            case _:
                raise TypeError(f"no unit of TLA+: {type(unit).__name__}")

    def _theorem(self, theorem: tree.Theorem) -> None:
        self.write("THEOREM " + _naming(theorem.name))
        self.expression(theorem.body)
        if theorem.has_proof:
            self.newline(1)
            self.write("OMITTED")

    def _substitutions(self, substitutions: Sequence[tree.Substitution]) -> None:
        for index, substitution in enumerate(substitutions):
            self.write(", " if index else " WITH ")
            self.write(f"{substitution.name} <- ")
            self.expression(substitution.expression)


class Line(ModuleLayout):
    """Writes expressions on one line."""

    in_word = "IN "

    def Junction(self, node: tree.Junction) -> int:
        self.write("(")
        for index, item in enumerate(node.items):
            if index:
                self.write(f" {node.operator} ")
            bracket = _needs_brackets(item)
            self.enclosed("(" * bracket, [item], ")" * bracket)
        self.write(")")
        return 0

    def next_definition(self, _column: int) -> None:
        self.write(" ")


def _needs_brackets(item: tree.Expression) -> bool:
    if isinstance(item, tree.Infix):
        return INFIX[item.operator].low <= _LIST_RANGE or _needs_brackets(item.right)
    if isinstance(item, tree.Prefix):
        return _needs_brackets(item.operand)
    return isinstance(item, _OPEN_FORMS)


def _names(names: Sequence[tree.Identifier]) -> str:
    return ", ".join(name.name for name in names)


def _naming(name: tree.Identifier | None) -> str:
    return f"{name.name} == " if name else ""


def _local(is_local: bool) -> str:
    return "LOCAL " if is_local else ""


def _head(definition: tree.OperatorDefinition) -> str:
    name = definition.name.name
    parameters = definition.parameters
    if name in INFIX and len(parameters) == 2:
        return f"{parameters[0].name} {name} {parameters[1].name}"
    if name in PREFIX:
        return f"{name} {parameters[0].name}"
    if name in POSTFIX:
        return f"{parameters[0].name} {name}"
    return name + _parameters(parameters)


def _parameters(parameters: Sequence[tree.Declaration]) -> str:
    return f"({_declarations(parameters)})" if parameters else ""


def _declarations(declarations: Sequence[tree.Declaration]) -> str:
    return ", ".join(print_declaration(declaration) for declaration in declarations)
