"""From the parser's reductions to nodes: the units of `grammar.lark`.

Every method bears the name of a rule or alias of the grammar and takes the list of its children:
tokens, nodes, lists of either. Expressions are built by `building_expressions`, proofs by
`building_proofs`.
"""

from __future__ import annotations

from msgspec.structs import replace

from conform.languages.tlaplus import syntax as tree
from conform.languages.tlaplus.building_expressions import Parts, identifier
from conform.languages.tlaplus.building_paths import join
from conform.languages.tlaplus.building_proofs import ProofBuilder
from conform.languages.tlaplus.operators import canonical
from conform.parsing.tokens import ReadingError, Token


class Builder(ProofBuilder):
    """The whole of the grammar: units of modules too."""

    def module(self, parts: Parts) -> tree.Module:
        begin, name, _, extends, units, end = parts
        span, faults = join(begin, end), self.taken_faults()
        return tree.Module(span, identifier(name), tuple(extends), tuple(units), faults)

    def separator(self, parts: Parts) -> tree.Unit:
        return tree.Separator(parts[0].span)

    def constants(self, parts: Parts) -> tree.Unit:
        return tree.Constants(join(parts[0], parts[1][-1]), tuple(parts[1]))

    def variables(self, parts: Parts) -> tree.Unit:
        return tree.Variables(join(parts[0], parts[1][-1]), tuple(parts[1]))

    def recursive(self, parts: Parts) -> tree.Unit:
        return tree.Recursive(join(parts[0], parts[1][-1]), tuple(parts[1]))

    def local(self, parts: Parts) -> tree.Unit:
        return replace(parts[1], span=join(parts[0], parts[1]), is_local=True)  # type: ignore[no-any-return]

    def _definition(self, name: Token, parameters: Parts, parts: Parts) -> tree.Unit:
        defined = tree.Identifier(name.span, canonical(name.text))
        span = join(parts[0], parts[-1])
        return tree.OperatorDefinition(span, defined, tuple(parameters), parts[-1], False)

    def plain_definition(self, parts: Parts) -> tree.Unit:
        return self._definition(parts[0], [], parts)

    def operator_definition(self, parts: Parts) -> tree.Unit:
        return self._definition(parts[0], parts[2], parts)

    def infix_definition(self, parts: Parts) -> tree.Unit:
        return self._definition(parts[1], [_plain(parts[0]), _plain(parts[2])], parts)

    def prefix_definition(self, parts: Parts) -> tree.Unit:
        return self._definition(parts[0], [_plain(parts[1])], parts)

    def postfix_definition(self, parts: Parts) -> tree.Unit:
        return self._definition(parts[1], [_plain(parts[0])], parts)

    def function_definition(self, parts: Parts) -> tree.Unit:
        name, _, bounds, _, _, body = parts
        span = join(name, body)
        return tree.FunctionDefinition(span, identifier(name), tuple(bounds), body, False)

    def plain_instance_definition(self, parts: Parts) -> tree.Unit:
        return self._instance_definition(parts, [])

    def instance_definition(self, parts: Parts) -> tree.Unit:
        return self._instance_definition(parts, parts[2])

    def _instance_definition(self, parts: Parts, parameters: Parts) -> tree.Unit:
        name, module, substitutions = parts[0], parts[-2], parts[-1]
        return tree.InstanceDefinition(
            join(name, substitutions[-1] if substitutions else module),
            identifier(name),
            tuple(parameters),
            identifier(module),
            tuple(substitutions),
            False,
        )

    def instance(self, parts: Parts) -> tree.Unit:
        word, module, substitutions = parts
        span = join(word, substitutions[-1] if substitutions else module)
        return tree.Instance(span, identifier(module), tuple(substitutions), False)

    def substitution(self, parts: Parts) -> tree.Substitution:
        return tree.Substitution(join(parts[0], parts[2]), canonical(parts[0].text), parts[2])

    def assumption(self, parts: Parts) -> tree.Unit:
        return tree.Assumption(join(parts[0], parts[1]), None, parts[1])

    def named_assumption(self, parts: Parts) -> tree.Unit:
        return tree.Assumption(join(parts[0], parts[3]), identifier(parts[1]), parts[3])

    def theorem(self, parts: Parts) -> tree.Unit:
        return self._theorem(parts, None)

    def named_theorem(self, parts: Parts) -> tree.Unit:
        return self._theorem(parts, identifier(parts[1]))

    def _theorem(self, parts: Parts, name: tree.Identifier | None) -> tree.Unit:
        statement, proof = parts[-2], parts[-1]
        span = join(parts[0], proof or statement)
        kept = None if isinstance(proof, Token) else proof
        return tree.Theorem(span, name, statement, proof is not None, kept)

    def assume_prove(self, parts: Parts) -> tree.Expression:
        word, assumptions, prove, conclusion = parts
        node = tree.AssumeProve(join(word, conclusion), tuple(assumptions), conclusion)
        is_boxed = word.text.startswith("[]")
        if is_boxed != prove.text.startswith("[]"):
            wanted = "[]PROVE" if is_boxed else "PROVE"
            self._faults.append(
                tree.Fault(word.span, f"{word.text} goes with {prove.text}", wanted)
            )
        if not is_boxed:
            self._refuse_boxed(assumptions)
        return tree.Prefix(node.span, "[]", node) if is_boxed else node

    def _refuse_boxed(self, assumptions: Parts) -> None:
        """Note each []ASSUME among the assumptions of an ordinary ASSUME."""
        for each in assumptions:
            if isinstance(each, tree.Prefix) and isinstance(each.operand, tree.AssumeProve):
                message = "[]ASSUME is assumed by an ordinary ASSUME"
                self._faults.append(tree.Fault(each.span, message, "ASSUME, or [] before both"))

    def new(self, parts: Parts) -> tree.New:
        return self._new(parts, "CONSTANT", parts[1], parts[2:])

    def new_of_level(self, parts: Parts) -> tree.New:
        return self._new(parts, parts[1].text, parts[2], parts[3:])

    def declared_level(self, parts: Parts) -> tree.New:
        return self._new(parts, parts[0].text, parts[1], parts[2:])

    def _new(self, parts: Parts, kind: str, declared: tree.Declaration, rest: Parts) -> tree.New:
        domain = rest[-1] if rest else None
        if rest and declared.arity:
            is_named = declared.name[0] == "_" or declared.name[0].isalnum()
            raise ReadingError(
                "an operator with parameters is declared without a set",
                declared.span if is_named else rest[0].span,
                expected="`,` or PROVE",
                hint="assume of its values what they are: \\A x : F(x) \\in S",
            )
        return tree.New(join(parts[0], parts[-1]), kind.removesuffix("S"), declared, domain)

    def plain_declaration(self, parts: Parts) -> tree.Declaration:
        return _plain(parts[0])

    def operator_declaration(self, parts: Parts) -> tree.Declaration:
        return tree.Declaration(join(parts[0], parts[3]), parts[0].text, len(parts[2]))

    def infix_declaration(self, parts: Parts) -> tree.Declaration:
        return tree.Declaration(join(parts[0], parts[2]), canonical(parts[1].text), 2)

    def prefix_declaration(self, parts: Parts) -> tree.Declaration:
        return tree.Declaration(join(parts[0], parts[1]), canonical(parts[0].text), 1)

    def postfix_declaration(self, parts: Parts) -> tree.Declaration:
        return tree.Declaration(join(parts[0], parts[1]), canonical(parts[1].text), 1)


def _plain(token: Token) -> tree.Declaration:
    return tree.Declaration(token.span, token.text, 0)
