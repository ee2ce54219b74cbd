"""A root module with all that it needs: its constants, variables, definitions and assumptions."""

from __future__ import annotations

from dataclasses import dataclass, field

from conform.errors import ConformError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.elaboration import Elaboration, Elaborator
from conform.languages.tlaplus.evaluation.analysis import Analysis
from conform.languages.tlaplus.evaluation.scope import (
    Binding,
    Definition,
    Missing,
    ModuleScope,
    Scope,
    VariableSlot,
)
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.standard.modules import EVERYWHERE, STANDARD_MODULES
from conform.languages.tlaplus.evaluation.standard.texts import STANDARD_FOLDER, standard_source
from conform.languages.tlaplus.evaluation.trees import names_in
from conform.languages.tlaplus.levels import check_levels
from conform.languages.tlaplus.library import FindModule, Library
from conform.languages.tlaplus.module_names import ModuleSystem
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source, Span


@dataclass(slots=True, eq=False)
class Specification:
    """What a root module declares and defines; `scope` binds its names.

    `definitions` are those of the user that can be used in it, in the order of the text, extended
    modules first. `sources` are by path. `assumptions` come with the scope of their module: those
    of extended modules first, and none of instances, as TLC checks them. The value of a constant is
    Missing in the scope until a configuration gives it one. `session` is what surrounds the
    evaluations.
    """

    module: syntax.Module
    sources: dict[str, Source]
    scope: ModuleScope
    elaborator: Elaborator
    session: Session
    analysis: Analysis = field(default_factory=Analysis)
    constants: list[syntax.Declaration] = field(default_factory=list)
    variables: list[syntax.Identifier] = field(default_factory=list)
    assumptions: list[tuple[syntax.Assumption, Scope]] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The source of the root module."""
        return self.sources[self.module.span.path]

    def unambiguous(self, name: str) -> Binding | None:
        """Return what `name` is bound to, for one who reads each body with the names of the root.

        Raises UnsupportedError for a definition of a module whose names mean other things there:
        those that are LOCAL, hidden by others of the same name, or substituted.
        """
        found = self.scope.find(name)
        if isinstance(found, Definition) and found.scope is not self.scope:
            for used in sorted(names_in(found.body)):
                meant = found.scope.find(used)
                if meant is not None and meant is not self.scope.find(used):
                    raise UnsupportedError(
                        f"`{name}` uses `{used}`, which means something else in the root module",
                        span=found.span,
                        hint="write the definition into the root module",
                    )
        return found

    def rebind(self, name: str, binding: Binding) -> None:
        """Let `name` mean `binding`, in every module where it names the same operator."""
        self.elaborator.rebind(self.scope, name, binding)

    def rebind_in(self, module: str, name: str, binding: Binding) -> bool:
        """Let the operator that `module` calls `name` mean `binding`; return whether there is one.

        Raises LookupError where the specification has no such module.
        """
        return self.elaborator.rebind_in(self.module, module, name, binding)

    def located(self, error: ConformError) -> ConformError:
        """Return `error` with the excerpt of the line that its span points to."""
        if error.span and not error.excerpt and error.span.path in self.sources:
            error.excerpt = self.sources[error.span.path].excerpt(error.span)
        return error

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for a foreign span."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""


def load_specification(
    source: Source, find_module: FindModule, find_standard: FindModule = standard_source
) -> Specification:
    """Parse a root module and all that it needs, or raise a located ConformError.

    Modules are sought with `find_module` first, then among the standard ones.
    """
    module = parse_module(source)
    sources = {source.path: source}
    outermost = Scope()
    outermost.names = dict(EVERYWHERE)
    session = Session()
    library = Library(find_module, find_standard, session.equipped(STANDARD_MODULES), sources)
    elaborator = Elaborator(library, outermost)
    scope = ModuleScope(outermost, module.name.name, elaborator)
    specification = Specification(module, sources, scope, elaborator, session)
    try:
        system = ModuleSystem(library, EVERYWHERE)
        system.look_at(module)
        check_levels(system.modules, system.meanings)
        _elaborate(specification)
    except ConformError as error:
        raise specification.located(error) from None
    return specification


def _elaborate(specification: Specification) -> None:
    """Bind the names of the root module: constants to nothing yet, variables to slots."""
    constants: dict[str, Binding] = {}
    variables: dict[str, Binding] = {}

    def constant(declared: syntax.Declaration | syntax.Identifier) -> Binding:
        if declared.name not in constants and isinstance(declared, syntax.Declaration):
            specification.constants.append(declared)
            constants[declared.name] = Missing(declared.span)
        return constants[declared.name]

    def variable(declared: syntax.Declaration | syntax.Identifier) -> Binding:
        if declared.name not in variables and isinstance(declared, syntax.Identifier):
            variables[declared.name] = VariableSlot(len(specification.variables))
            specification.variables.append(declared)
        return variables[declared.name]

    at = Elaboration(constant, variable)
    specification.scope = specification.elaborator.module(specification.module, at)
    specification.assumptions.extend(at.assumptions)
    specification.definitions.update(
        (name, binding)
        for name, binding in specification.scope.names.items()
        if isinstance(binding, Definition) and _is_users(binding)
    )


def _is_users(definition: Definition) -> bool:
    """Whether a definition is one of the user's, and neither standard nor a named statement."""
    is_statement = isinstance(definition.origin, syntax.Assumption | syntax.Theorem)
    return not is_statement and not definition.span.path.startswith(STANDARD_FOLDER)
