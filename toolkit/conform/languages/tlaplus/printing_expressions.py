r"""The expressions of `printing`: a writer that knows its column.

Each method returns the column of the outermost bulleted list that is still open where the text
ends, or 0. An operator that follows must stand left of that column, or it would belong to the
list's last item.
"""

from __future__ import annotations

from collections.abc import Sequence

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.operators import INFIX, POSTFIX, PREFIX

_ESCAPES = str.maketrans(
    {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
)


class Writer:
    """Text under construction."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._column = 1

    @property
    def column(self) -> int:
        """The column where the next character goes."""
        return self._column

    def write(self, text: str) -> None:
        """Add text without line ends."""
        if text.startswith("*") and self._parts and self._parts[-1].endswith("("):
            text = " " + text  # `(*` would begin a comment
        self._parts.append(text)
        self._column += len(text)

    def newline(self, column: int) -> None:
        """Go to a column of a new line, or stay if nothing is written yet."""
        if self._parts or self._lines:
            self._lines.append("".join(self._parts).rstrip())
        self._parts = [" " * (column - 1)] if column > 1 else []
        self._column = column

    def text(self) -> str:
        """Return what is written."""
        return "\n".join([*self._lines, "".join(self._parts)])


class Layout(Writer):
    """Writes expressions, lists with one item a line."""

    in_word = "IN  "

    def expression(self, node: tree.Expression) -> int:
        """Write an expression; each class of node has a method of its name."""
        edge: int = getattr(self, type(node).__name__)(node)
        return edge

    def definition(self, unit: tree.Unit) -> None:
        raise NotImplementedError

    def separate(self, edge: int, text: str) -> None:
        """Write what continues the expression before it, whose open list stands at `edge`."""
        if edge:
            self.newline(max(1, edge - 1))
            text = text.lstrip()
        self.write(text)

    def sequence(self, nodes: Sequence[tree.Expression]) -> None:
        for index, node in enumerate(nodes):
            if index:
                self.write(", ")
            self.expression(node)

    def enclosed(self, begin: str, nodes: Sequence[tree.Expression], end: str) -> int:
        self.write(begin)
        self.sequence(nodes)
        self.write(end)
        return 0

    def bounds(self, bounds: Sequence[tree.Bound]) -> None:
        for index, bound in enumerate(bounds):
            if index:
                self.write(", ")
            self.write(_bound_names(bound.names, is_tuple=bound.is_tuple) + " \\in ")
            self.expression(bound.domain)

    # -------------------------------------------------------------------------- what is a word

    def Number(self, node: tree.Number) -> int:
        self.write(str(node.value))
        return 0

    def Decimal(self, node: tree.Decimal) -> int:
        self.write(node.text)
        return 0

    def String(self, node: tree.String) -> int:
        self.write(f'"{node.value.translate(_ESCAPES)}"')
        return 0

    def Name(self, node: tree.Name) -> int:
        self.write(node.name)
        return 0

    def At(self, _node: tree.At) -> int:
        self.write("@")
        return 0

    def OperatorSymbol(self, node: tree.OperatorSymbol) -> int:
        self.write(f" {node.operator} ")  # `(+)` would be an operator
        return 0

    # ----------------------------------------------------------------------- what has operands

    def Call(self, node: tree.Call) -> int:
        return self.enclosed(f"{node.operator}(", node.arguments, ")")

    def Path(self, node: tree.Path) -> int:
        for index, segment in enumerate(node.segments):
            if index:
                self.write("! " if segment.name in INFIX else "!")
            self.write(segment.name)
            if segment.arguments:
                self.enclosed("(", segment.arguments, ")")
        return 0

    def Prefix(self, node: tree.Prefix) -> int:
        if isinstance(node.operand, tree.AssumeProve):
            return self._sequent(node.operand, "[]")
        operator = "-" if node.operator == "-." else node.operator
        needs_space = operator.isalpha() or isinstance(node.operand, tree.Prefix)
        self.write(operator + " " * needs_space)
        return self.expression(node.operand)

    def Infix(self, node: tree.Infix) -> int:
        self.separate(self.expression(node.left), f" {node.operator} ")
        return self.expression(node.right)

    def Series(self, node: tree.Series) -> int:
        return self._row(f" {node.operator} ", node.operands)

    def Product(self, node: tree.Product) -> int:
        return self._row(" \\X ", node.factors)

    def _row(self, sign: str, nodes: Sequence[tree.Expression]) -> int:
        edge = self.expression(nodes[0])
        for node in nodes[1:]:
            self.separate(edge, sign)
            edge = self.expression(node)
        return edge

    def Postfix(self, node: tree.Postfix) -> int:
        self.separate(self.expression(node.operand), node.operator)
        return 0

    def Application(self, node: tree.Application) -> int:
        self.separate(self.expression(node.function), "[")
        return self.enclosed("", node.arguments, "]")

    def Field(self, node: tree.Field) -> int:
        edge = self.expression(node.record)
        dot = " ." if isinstance(node.record, tree.Number) else "."
        self.separate(edge, dot + node.name)
        return 0

    def Parentheses(self, node: tree.Parentheses) -> int:
        return self.enclosed("(", [node.expression], ")")

    def Junction(self, node: tree.Junction) -> int:
        column = self.column
        for index, item in enumerate(node.items):
            if index:
                self.newline(column)
            self.write(node.operator + " ")
            self.expression(item)
        return column

    # ------------------------------------------------------------------------ what has brackets

    def TupleLiteral(self, node: tree.TupleLiteral) -> int:
        return self.enclosed("<<", node.elements, ">>")

    def SetEnumeration(self, node: tree.SetEnumeration) -> int:
        return self.enclosed("{", node.elements, "}")

    def SetFilter(self, node: tree.SetFilter) -> int:
        self.write("{")
        self.bounds([node.bound])
        return self.enclosed(" : ", [node.predicate], "}")

    def SetMap(self, node: tree.SetMap) -> int:
        self.enclosed("{", [node.element], " : ")
        self.bounds(node.bounds)
        self.write("}")
        return 0

    def FunctionLiteral(self, node: tree.FunctionLiteral) -> int:
        self.write("[")
        self.bounds(node.bounds)
        return self.enclosed(" |-> ", [node.body], "]")

    def FunctionSet(self, node: tree.FunctionSet) -> int:
        self.enclosed("[", [node.domain], " -> ")
        return self.enclosed("", [node.codomain], "]")

    def RecordLiteral(self, node: tree.RecordLiteral) -> int:
        return self._fields(node.fields, " |-> ")

    def RecordSet(self, node: tree.RecordSet) -> int:
        return self._fields(node.fields, " : ")

    def _fields(self, fields: Sequence[tree.FieldValue], sign: str) -> int:
        for index, field in enumerate(fields):
            self.write(", " if index else "[")
            self.write(field.name + sign)
            self.expression(field.value)
        self.write("]")
        return 0

    def Except(self, node: tree.Except) -> int:
        self.enclosed("[", [node.function], " EXCEPT ")
        for index, update in enumerate(node.updates):
            self.write(", !" if index else "!")
            for selector in update.path:
                self._selector(selector)
            self.enclosed(" = ", [update.value], "")
        self.write("]")
        return 0

    def _selector(self, selector: tree.IndexSelector | tree.FieldSelector) -> None:
        if isinstance(selector, tree.FieldSelector):
            self.write(f".{selector.name}")
        else:
            self.enclosed("[", selector.indices, "]")

    def ActionBox(self, node: tree.ActionBox) -> int:
        self.enclosed("[", [node.action], "]_")
        return self.expression(node.subscript)

    def ActionDiamond(self, node: tree.ActionDiamond) -> int:
        self.enclosed("<<", [node.action], ">>_")
        return self.expression(node.subscript)

    def Fairness(self, node: tree.Fairness) -> int:
        self.write(f"{node.kind}_")
        self.expression(node.subscript)
        return self.enclosed("(", [node.action], ")")

    # ------------------------------------------------------------------ what stretches rightward

    def If(self, node: tree.If) -> int:
        self.enclosed("IF ", [node.condition], " THEN ")
        self.enclosed("", [node.consequent], " ELSE ")
        return self.expression(node.alternative)

    def Case(self, node: tree.Case) -> int:
        edge = 0
        for index, arm in enumerate(node.arms):
            self.enclosed(" [] " if index else "CASE ", [arm.condition], " -> ")
            edge = self.expression(arm.value)
        if node.other is not None:
            self.write(" [] OTHER -> ")
            edge = self.expression(node.other)
        return edge

    def Let(self, node: tree.Let) -> int:
        self.write("LET ")
        column = self.column
        for index, unit in enumerate(node.definitions):
            if index:
                self.next_definition(column)
            self.definition(unit)
        self.next_definition(column - 4)
        self.write(self.in_word)
        return self.expression(node.body)

    def next_definition(self, column: int) -> None:
        """Go to where the next part of a LET stands."""
        self.newline(column)

    def Quantified(self, node: tree.Quantified) -> int:
        self.write(f"{node.quantifier} ")
        self.bounds(node.bounds)
        self.write(" : ")
        return self.expression(node.body)

    def UnboundedQuantified(self, node: tree.UnboundedQuantified) -> int:
        self.write(f"{node.quantifier} {_bound_names(node.names, is_tuple=False)} : ")
        return self.expression(node.body)

    def Choose(self, node: tree.Choose) -> int:
        self.write("CHOOSE " + _bound_names(node.names, is_tuple=node.is_tuple))
        if node.domain is not None:
            self.enclosed(" \\in ", [node.domain], "")
        self.write(" : ")
        return self.expression(node.body)

    def Lambda(self, node: tree.Lambda) -> int:
        self.write(f"LAMBDA {_bound_names(node.parameters, is_tuple=False)} : ")
        return self.expression(node.body)

    def Labelled(self, node: tree.Labelled) -> int:
        names = _bound_names(node.parameters, is_tuple=False)
        self.write(node.label.name + (f"({names})" if names else "") + " :: ")
        return self.expression(node.expression)

    def AssumeProve(self, node: tree.AssumeProve) -> int:
        return self._sequent(node, "")

    def _sequent(self, node: tree.AssumeProve, box: str) -> int:
        self.write(f"{box}ASSUME ")
        edge = 0
        for index, assumption in enumerate(node.assumptions):
            if index:
                self.separate(edge, ", ")
            if isinstance(assumption, tree.New):
                edge = self._new(assumption)
            else:
                edge = self.expression(assumption)
        self.separate(edge, f" {box}PROVE ")
        return self.expression(node.conclusion)

    def _new(self, new: tree.New) -> int:
        self.write(f"NEW {new.kind} {print_declaration(new.declaration)}")
        if new.domain is None:
            return 0
        self.write(" \\in ")
        return self.expression(new.domain)


def _bound_names(names: Sequence[tree.Identifier], *, is_tuple: bool) -> str:
    text = ", ".join(name.name for name in names)
    return f"<<{text}>>" if is_tuple else text


def print_declaration(declaration: tree.Declaration) -> str:
    """Return a declaration: `N`, `Op(_, _)`, `_ + _`."""
    name = declaration.name
    if name in INFIX:
        return f"_ {name} _"
    if name in PREFIX:
        return f"{name} _"
    if name in POSTFIX:
        return f"_ {name}"
    return f"{name}({', '.join(['_'] * declaration.arity)})" if declaration.arity else name
