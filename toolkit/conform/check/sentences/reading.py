"""The sentences of a protocol's documents that are asked about a model, and who asks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.sentences.facts import GraphFacts
from conform.check.sentences.lexicon import Kind, Lexicon, Mention, lexicon_of
from conform.check.sentences.patterns import ASIDE, DOUBTFUL
from conform.check.sentences.tagging import Sentence, sentences_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.explore.graph import StateGraph

_THIS = re.compile(
    r"^(?:This(?:\s+(?:action|step))?|The\s+(?:action|step))\s+(?=[a-z])(?!action|step)"
)
_ITEM_VERB = re.compile(r"^\s*(?=(?:[Nn]ever|[Oo]nly|[Aa]lways|[Ii]s|[Ss]tays|[Mm]ay)\b|[a-z]+s\b)")


class Told:
    """What documents tell of one protocol, sentence by sentence, and the model that is asked."""

    def __init__(self, context: Context, explored: Explored, graph: StateGraph) -> None:
        self.context = context
        self.explored = explored
        self.graph = graph
        self.facts = GraphFacts(graph)
        self.lexicon: Lexicon = lexicon_of(context, explored, graph)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that state something plainly of the protocol's steps."""
        return tuple(each for each in self.plain if not each.is_aside)

    @cached_property
    def plain(self) -> tuple[Sentence, ...]:
        """The same with those of sections about implementations and the like."""
        return tuple(each for each in self.every if not DOUBTFUL.search(each.tagged))

    @cached_property
    def every(self) -> tuple[Sentence, ...]:
        """The same with those that suppose, compare or qualify."""
        found = list(self._own())
        for page in self.context.pages:
            if page.path != self.context.document.path:
                found += self._of_others(page)
        return tuple(found)

    def finding(
        self,
        code: Code,
        sentence: Sentence,
        place: tuple[int, int],
        message: str,
        *details: str,
    ) -> Finding:
        """Return a finding about a piece of a sentence, with what the model does instead."""
        span = sentence.span(*place)
        return code.finding(
            message,
            span,
            excerpt=self.context.excerpt(span),
            details=(f"the model: {self.explored.spec.path}", *details),
            hint="the document decides; correct the sentence, or the model",
        )

    def _own(self) -> Iterator[Sentence]:
        """Yield the sentences of the protocol's document, what they are about written out."""
        titles: dict[int, str] = {}
        lines = {
            line.span.line
            for action in self.context.document.leaf_actions()
            for line in (*action.guard, *action.effect)
            if self.context.text_of(line.span).lstrip()[:1] in ("-", "*", "+")
        }
        subject: Mention | None = None
        firsts: dict[tuple[int, int], Mention | None] = {}
        for passage in self.context.page().passages:
            if passage.kind is PassageKind.HEADING:
                titles = {level: text for level, text in titles.items() if level < passage.level}
                titles[passage.level] = passage.text
                subject = self._action_of(passage)
            elif passage.kind in (PassageKind.TEXT, PassageKind.ITEM, PassageKind.CELL):
                aside = any(ASIDE.search(text) for level, text in titles.items() if level > 1)
                if passage.span().line in lines:
                    continue
                about = subject
                if passage.kind is PassageKind.CELL:
                    row = passage.block, passage.row
                    if passage.column == 0:
                        firsts[row] = self._row_of(passage)
                    about = firsts.get(row) if passage.column else None
                for sentence in sentences_of(passage, self.lexicon):
                    yield replace(_about(sentence, about), is_aside=aside)

    def _of_others(self, page: Prose) -> Iterator[Sentence]:
        """Yield the sentences of another document that have a name of this protocol alone."""
        for passage in page.running():
            for sentence in sentences_of(passage, self.lexicon):
                own = [
                    each
                    for each in sentence.mentions
                    if each.kind in (Kind.ACTION, Kind.VARIABLE) and self._is_own(each.text)
                ]
                if own:
                    yield sentence

    def _is_own(self, text: str) -> bool:
        name = re.split(r"\W", text, maxsplit=1)[0]
        if name not in self.lexicon.actions and name not in self.lexicon.variables:
            return False
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        return not any(
            word.search(passage.text)
            for neighbour in self.context.neighbours
            for passage in neighbour.passages
        )

    def _action_of(self, heading: Passage) -> Mention | None:
        """Return the action that a section is about: the one whose heading it is."""
        line = heading.span().line
        for action in self.context.document.actions:
            if action.span.line == line and action.name in self.lexicon.actions:
                names = self.lexicon.actions[action.name]
                return Mention(Kind.ACTION, action.name, -1, -1, names)
        return None

    def _row_of(self, cell: Passage) -> Mention | None:
        """Return the action or the variable that a table's row is about, by its first cell."""
        found = [
            mention
            for sentence in sentences_of(cell, self.lexicon)
            for mention in sentence.mentions
            if mention.kind in (Kind.ACTION, Kind.VARIABLE)
        ]
        is_all = len(found) == 1 and len(cell.text.strip()) <= len(found[0].text) + 8
        return found[0] if is_all else None


def _about(sentence: Sentence, subject: Mention | None) -> Sentence:
    """Return a sentence with its subject written out: for `It`, or before a verb in a table."""
    if subject is None:
        return sentence
    number = len(sentence.mentions)
    tag = f"‹{subject.kind}{number}› "
    match = None
    if subject.kind is Kind.ACTION and sentence.passage.kind is not PassageKind.CELL:
        match = _THIS.match(sentence.tagged)
    elif sentence.passage.kind is PassageKind.CELL:
        lowered = sentence.tagged[:1].lower() + sentence.tagged[1:]
        match = _ITEM_VERB.match(lowered)
    if match is None:
        return sentence
    rest = sentence.tagged[match.end() :]
    rest = rest[:1].lower() + rest[1:]
    moved = len(tag) - match.end()
    start = sentence.places[0][1] if sentence.places else 0
    places = ((0, start), *((new + moved, old) for new, old in sentence.places if new > 0))
    places = (places[0], (len(tag), start + match.end()), *places[1:])
    return Sentence(sentence.passage, tag + rest, (*sentence.mentions, subject), places)


Rule = Callable[[Told], Iterator[Finding]]


def told_of(context: Context, explored: Explored) -> Told | None:
    """Return what documents tell of a model, for the first formal model of a protocol alone.

    None where its state graph is not whole, or the document was not read. What another model does
    otherwise is found where the models are compared.
    """
    roles = [role for role in (Role.TLAPLUS, Role.FIZZBEE) if role in context.formal]
    if explored.graph is None or not roles or explored.role is not roles[0]:
        return None
    if context.document.path not in context.sources or not explored.graph.state_count:
        return None
    return Told(context, explored, explored.graph)
