"""Names in proofs: what each step makes known, for how long, and what may be cited.

Source followed: SANY's Generator (tla2sany.semantic), where it generates proofs. What a step
introduces is known to the steps after it, and forgotten with the list of steps that it stands in;
the names of an ASSUME/PROVE are known to its own proof, those of SUFFICES to the steps after it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.name_rules import repeats
from conform.languages.tlaplus.names import Names
from conform.languages.tlaplus.proof_tree import (
    Cited,
    Defined,
    Picked,
    Proof,
    Said,
    Stated,
    Step,
    Steps,
    Taken,
)
from conform.languages.tlaplus.sequents import picked, sufficient
from conform.languages.tlaplus.symbols import Kind, Symbol, SymbolTable

_DEFINED = (Kind.OPERATOR, Kind.INSTANCE)


def is_for_provers(module: str) -> bool:
    """Return whether a standard module is there for its theorems, which are not all at hand."""
    return module == "TLAPS" or module.endswith(("Theorems", "Induction"))


class ProofNames:
    """The checks on the proofs of one module, whose table says what is known."""

    def __init__(
        self,
        table: SymbolTable,
        names: Names,
        define: Callable[[syntax.Unit], object],
        is_module: Callable[[str], bool],
        language: Container[Symbol],
    ) -> None:
        """Take what makes a definition or an INSTANCE known, and which modules may be cited.

        The symbols of the `language` itself, such as TRUE, are defined by nobody.

        `is_open` is to be set where theorems come from modules whose text is not at hand: facts
        and definitions that nobody knows may be theirs.
        """
        self._table = table
        self._names = names
        self._define = define
        self._is_module = is_module
        self._language = language
        self.is_open = False
        self._no_facts: set[Symbol] = set()
        self._definitions: set[Symbol] = set()

    def check(self, statement: syntax.Expression | None, proof: Proof | None) -> None:
        """Check a proof, to which the names that its statement declares are known.

        The statement was checked before. Raises InputError.
        """
        if proof is None:
            return
        with self._table.scope(), self._names.inside(statement):
            self._assume(statement)
            match proof:
                case Cited():
                    self.check_cited(proof)
                case Steps(steps=steps):
                    before: Step | None = None
                    for step in steps:
                        self._check_step(step, before)
                        before = step

    def check_cited(self, cited: Cited, *, is_named: bool = False) -> None:
        """Check the names after BY, USE or HIDE, those of a named step or not; raise InputError."""
        for fact in cited.facts:
            if isinstance(fact, syntax.Identifier):
                self._check_module(fact)
            elif not self._may_come_from_elsewhere(fact):
                self._names.check_fact(fact)
                self._names.check_labels(fact, is_named=is_named)
                self._refuse_no_fact(fact)
                if cited.word == "HIDE":
                    self._refuse_unnamed(fact)
        for definition in cited.definitions:
            if isinstance(definition, syntax.Identifier):
                self._check_module(definition)
            elif not self._may_come_from_elsewhere(definition):
                self._check_definition(definition)

    # ---------------------------------------------------------------------------------------- steps

    def _check_step(self, step: Step, before: Step | None) -> None:
        match step.content:
            case Stated(body=body, is_sufficient=is_sufficient):
                if before is not None and _is_continued(before, step):
                    assert isinstance(body, syntax.Infix)
                    self._names.check_next(body)
                else:
                    self._names.check(body)
                self._check_labels(step, body)
                self._name(step, sufficient(body) if is_sufficient else body)
                self.check(None if is_sufficient else body, step.proof)
                if is_sufficient:
                    self._assume(body)
                    self._names.enter(body)
            case Picked(names=names, body=body):
                self._check_domains(names)
                with self._table.scope():
                    self._bind(names)
                    self._names.check(body)
                whole = picked(step.span, names, body)
                self._check_labels(step, whole)
                self._name(step, whole)
                self.check(None, step.proof)
                self._bind(names)
            case Taken(names=names):
                self._check_domains(names)
                for each in names:
                    self._check_labels(step, each)
                self._bind(names)
                self._name(step)
            case Said(expressions=expressions):
                for expression in expressions:
                    self._names.check(expression)
                    self._check_labels(step, expression)
                self._name(step)
                self.check(None, step.proof)
            case Defined(units=units):
                for unit in units:
                    self._define(unit)
                self._name(step, is_fact=False, defines=True)
            case Cited() as cited:
                self.check_cited(cited, is_named=_is_named(step))
                self._name(step, is_fact=False)

    def _check_labels(self, step: Step, node: syntax.Node) -> None:
        self._names.check_labels(node, is_named=_is_named(step))

    def _name(
        self,
        step: Step,
        body: syntax.Expression | None = None,
        *,
        is_fact: bool = True,
        defines: bool = False,
    ) -> None:
        """Make the name of a step known, also under the level that `<*>` stands for."""
        _, _, name = step.name.partition(">")
        if name:
            unit = None if body is None else syntax.Theorem(step.span, None, body, False)
            for known in (step.name, f"<*>{name}"):
                symbol = Symbol(known, Kind.STEP, (), step.span, unit)
                self._table.known[known] = symbol
                if not is_fact:
                    self._no_facts.add(symbol)
                if defines:
                    self._definitions.add(symbol)

    def _assume(self, statement: syntax.Expression | None) -> None:
        """Make the names known that an ASSUME/PROVE declares."""
        while isinstance(statement, syntax.Prefix):
            statement = statement.operand  # []ASSUME
        if not isinstance(statement, syntax.AssumeProve):
            return
        for each in statement.assumptions:
            if isinstance(each, syntax.New):
                new = each.declaration
                if not repeats(self._table.find(new.name), each):
                    arities = (0,) * new.arity
                    self._table.define(Symbol(new.name, Kind.BOUND, arities, new.span, each))

    def _check_domains(self, names: Iterable[syntax.Identifier | syntax.Bound]) -> None:
        for each in names:
            if isinstance(each, syntax.Bound):
                self._names.check(each.domain)

    def _bind(self, names: Iterable[syntax.Identifier | syntax.Bound]) -> None:
        for each in names:
            for name in each.names if isinstance(each, syntax.Bound) else (each,):
                self._table.define(Symbol(name.name, Kind.BOUND, (), name.span, name))

    # ------------------------------------------------------------------------------------ citations

    def _check_module(self, name: syntax.Identifier) -> None:
        if not self._is_module(name.name):
            raise InputError(
                f"module `{name.name}` is cited, and neither extended nor instantiated",
                span=name.span,
                expected="the name of a module that this one EXTENDS or instantiates",
            )

    def _may_come_from_elsewhere(self, cited: syntax.Expression) -> bool:
        """Return whether a name may be that of a theorem whose text is not at hand."""
        match cited:
            case syntax.Name(name=name):
                return self.is_open and self._table.find(name) is None
            case syntax.Path(segments=(first, *_)):
                known = self._table.find(first.name)
                return self.is_open and (known is None or known.kind is Kind.INSTANCE)
            case _:
                return False

    def _refuse_no_fact(self, cited: syntax.Expression) -> None:
        if self._names.resolution.cited(cited) in self._no_facts:
            raise InputError(
                "this step shows nothing that could be cited",
                span=cited.span,
                expected="a step that states or assumes a formula",
            )

    def _refuse_unnamed(self, fact: syntax.Expression) -> None:
        symbol = self._names.resolution.cited(fact)
        if symbol is None or not (
            symbol.kind is Kind.STEP or isinstance(symbol.unit, syntax.Assumption | syntax.Theorem)
        ):
            raise InputError(
                "HIDE takes the names of facts alone",
                span=fact.span,
                expected="the name of a theorem, an assumption or a step",
                hint="write HIDE DEF for the name of a definition",
            )

    def _check_definition(self, cited: syntax.Expression) -> None:
        symbol = self._names.resolution.cited(cited)
        has_arguments = isinstance(cited, syntax.Path) and any(
            segment.arguments for segment in cited.segments
        )
        if symbol is None or has_arguments:
            what = "this is no name"
        elif symbol in self._language:
            what = f"`{symbol.name}` belongs to the language"
        elif symbol.kind in _DEFINED or symbol in self._definitions:
            return
        else:
            what = f"`{symbol.name}` is {symbol.kind.value}"
        raise InputError(
            f"{what}, and DEF names definitions",
            span=cited.span,
            expected="the name of an operator that is defined",
        )


def _is_named(step: Step) -> bool:
    return not step.name.endswith(">")


def _is_continued(before: Step, step: Step) -> bool:
    """Whether `@` begins the formula of a step: `<1>2. @ = b` after `<1>1. a = c` shows `c = b`."""
    match before.content, step.content:
        case (
            Stated(body=syntax.Infix(), is_sufficient=False),
            Stated(body=syntax.Infix(left=syntax.At()), is_sufficient=False),
        ):
            return True
        case _:
            return False
