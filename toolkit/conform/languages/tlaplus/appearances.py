"""The order in which texts first appear to TLC, which is how it sorts strings and model values.

TLC keeps one table of all texts it meets, and compares strings by their places in it (source:
util/UniqueString.java; the order was found by listing the table of TLC 2.18 after runs). Places are
given to: model values and strings of the configuration; what the tool itself is made of; the tokens
of each module, in the order in which modules are read; then the strings of each module, innermost
dependency first. So a string that is also a name somewhere has the place of the name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from conform.languages.tlaplus import configuration as cfg
from conform.languages.tlaplus.literals import string_value
from conform.languages.tlaplus.scanning import Scanner, find_header
from conform.parsing.tokens import Token
from conform.text import Source

BUILT_IN = r"""
    [ . ' ^ / * - -. + = \lnot ~ \neg \land /\ \lor \/ ~> => [] <> ENABLED UNCHANGED SUBSET UNION
    DOMAIN ^+ ^* ^# \cdot \equiv <=> -+-> /= # \subseteq \in \notin < \leq <= =< > \geq >= \times \X
    \ \intersect \cap \union \cup ... .. | || && & $$ $ ?? %% % \mod ## ++ -- ** // ^^ @@ !! |- |=
    -| =| <: :> := ::= \oplus (+) \ominus (-) \odot (.) \oslash (/) \otimes (\X) \uplus \sqcap
    \sqcup \div \wr \star \o \circ \bigcirc \bullet \prec \succ \preceq \succeq \sim \simeq \ll \gg
    \asymp \subset \supset \supseteq \approx \cong \sqsubset \sqsubseteq \sqsupset \sqsupseteq
    \doteq \propto STRING FALSE TRUE BOOLEAN @
""".split()  # noqa: SIM905  # a list of so many short texts reads best as text
"""What TLC has in its table before it reads a module, and could be a string of one."""

STANDARD: Mapping[str, str] = {
    "Naturals": "EXTENDS Nat a b CHOOSE n TRUE",
    "Integers": "EXTENDS Naturals Int a 0",
    "Reals": "EXTENDS Integers Real a b CHOOSE m Infinity i r",
    "Sequences": "LOCAL INSTANCE Naturals Seq S UNION 1 n Nat Len s CHOOSE DOMAIN t i IF THEN ELSE "
    "Append e Head Tail CASE SubSeq m SelectSeq Test _ LET F 0 IN",
    "FiniteSets": "LOCAL INSTANCE Naturals INSTANCE Sequences IsFiniteSet S seq Seq s n 1 Len "
    "Cardinality LET CS T SUBSET IF THEN 0 ELSE CHOOSE x IN",
    "TLC": "LOCAL INSTANCE Naturals INSTANCE Sequences INSTANCE FiniteSets Print out val PrintT "
    "TRUE Assert IF THEN ELSE CHOOSE v JavaTime n Nat TLCGet i TLCSet d e x f g DOMAIN "
    "Permutations S w SortSeq s Op _ LET Perm p 1 Len j IN RandomElement Any ToString a b STRING "
    "TLCEval",
    "Bags": "EXTENDS TLC LOCAL INSTANCE Naturals IsABag B DOMAIN n Nat 0 BagToSet SetToBag S e 1 "
    "BagIn EmptyBag B1 B2 IF THEN ELSE LET IN d Sum f DSum SUBSET elt CHOOSE TRUE BagUnion UNION "
    "SubBag RemoveFromDom x y Combine BagSet i Biggest Range r s RSB BB BagOfAll F _ "
    "BagCardinality CopiesIn",
    "Randomization": "LOCAL INSTANCE Naturals INSTANCE FiniteSets RandomSubset k S CHOOSE T SUBSET "
    "Cardinality RandomSetOfSubsets n TestRandomSetOfSubsets i 1 5",
    "RealTime": "EXTENDS Reals VARIABLE now RTBound A v D E LET TNext t IF ENABLED THEN 0 ELSE "
    "Timer MaxTime MinTime IN RTnow NowNext r Real UNCHANGED WF_",
}
"""The words of TLC's standard modules, in the order of their first appearance there."""


class _Texts:
    """What the table needs of one module: its tokens, its strings, and the modules it names."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = [text for kind, text in tokens if kind != "STRING"]
        self.strings = [string_value(text) for kind, text in tokens if kind == "STRING"]
        self.extends: list[str] = []
        self.instances: list[str] = []
        for (_, word), (_, name) in itertools.pairwise(tokens):
            if word == "INSTANCE":
                self.instances.append(name)
        self._read_extends()

    def _read_extends(self) -> None:
        if "EXTENDS" not in self.tokens:
            return
        at = self.tokens.index("EXTENDS") + 1
        while at < len(self.tokens):
            self.extends.append(self.tokens[at])
            if self.tokens[at + 1 : at + 2] != [","]:
                return
            at += 2


def appearances(
    sources: Mapping[str, Source], root: str, configuration: cfg.Configuration
) -> Iterator[str]:
    """Yield texts in the order in which TLC first meets them, repeated where they occur again.

    `sources` are those of the modules read, by name. Standard modules need none.
    """
    for assignment in configuration.assignments:
        for value in (*assignment.arguments, assignment.value):
            yield from _texts_of_value(value)
    yield from BUILT_IN
    modules = _Modules(sources)
    for name in modules.in_reading_order(root):
        yield from modules.texts(name).tokens
    for name in modules.in_dependency_order(root):
        yield from modules.texts(name).strings


def _texts_of_value(value: cfg.CfgValue | None) -> Iterator[str]:
    match value:
        case cfg.ModelValue(name=text) | cfg.StringValue(value=text):
            yield text
        case cfg.SetValue(elements=elements):
            for element in elements:
                yield from _texts_of_value(element)


class _Modules:
    """The modules of a specification, read when first asked for."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._texts: dict[str, _Texts] = {}

    def texts(self, name: str) -> _Texts:
        """Return what the table needs of a module; nothing for one that is not known."""
        if name not in self._texts:
            self._texts[name] = _Texts(self._read(name))
        return self._texts[name]

    def _read(self, name: str) -> list[tuple[str, str]]:
        source = self._sources.get(name)
        if source is None:
            return [("", word) for word in STANDARD.get(name, "").split()]
        tokens: list[Token] = Scanner(source, find_header(source.text)).module()
        return [(token.type, token.text) for token in tokens]

    def in_reading_order(self, root: str) -> list[str]:
        """Return the modules as TLC's parser reads them: all that is extended comes first."""
        read = [root]
        while True:
            following = self._unread(root, read, extending=True, seen=set())
            following = following or self._unread(root, read, extending=False, seen=set())
            if following is None:
                return read
            read.append(following)

    def _unread(self, name: str, read: list[str], *, extending: bool, seen: set[str]) -> str | None:
        """Return the next module to read that `name`, or one that it uses, extends or instances."""
        if name in seen or name not in read:
            return None
        seen.add(name)
        texts = self.texts(name)
        for other in texts.extends if extending else texts.instances:
            if other not in read and self._is_known(other):
                return other
        for other in (*texts.extends, *texts.instances):
            found = self._unread(other, read, extending=extending, seen=seen)
            if found is not None:
                return found
        return None

    def in_dependency_order(self, root: str) -> list[str]:
        """Return the modules as TLC gives them their meaning: each after those that it uses."""
        done: dict[str, None] = {}
        entered: set[str] = set()

        def visit(name: str) -> None:
            if name in entered or not self._is_known(name):
                return
            entered.add(name)
            texts = self.texts(name)
            for other in (*texts.extends, *texts.instances):
                visit(other)
            done[name] = None

        visit(root)
        return list(done)

    def _is_known(self, name: str) -> bool:
        return name in self._sources or name in STANDARD
