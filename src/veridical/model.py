"""The nouns of Veridical as frozen values: reports, annotations, claims, links, incidents, actors.

Offsets are Unicode code points into ``Report.text`` (NFC, newlines as ``\\n``). Token indices are
positions in ``Annotation.tokens``; a token range is half open. The words are those of DESIGN.md.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from veridical.errors import SpanError
from veridical.values import (
    Certainty,
    Count,
    Factuality,
    SourceKind,
    Stage,
    Status,
    When,
    Where,
)


def content_hash(*parts: str | None, length: int = 16) -> str:
    """A hex digest of the parts in their order; ``None`` differs from the empty string."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"\0" if part is None else b"\1" + part.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Report:
    """One published text; made by `Report.of`, which normalises the text and derives the id."""

    id: str
    name: str
    text: str
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    language: str = "en"
    boilerplate: tuple[tuple[int, int], ...] = ()
    """Character ranges of ``text`` that are no evidence (appeals, comment forms, navigation)."""

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 (the fields of the record but its id)
        cls,
        text: str,
        name: str,
        publisher: str | None = None,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
        language: str = "en",
        boilerplate: tuple[tuple[int, int], ...] = (),
    ) -> Report:
        """A report whose id hashes publisher, address or name, and text.

        The text becomes NFC with ``\\n`` newlines; where anything changes by that, ``boilerplate`` must
        refer to the normalised text. ``published`` is an ISO date or ``None``.
        """
        clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        return cls(
            content_hash(publisher, url or name, clean), name, clean, publisher, url, title, published, language, boilerplate
        )

    @property
    def address(self) -> str:
        """What a later version of the same report shares: its url, or else its name."""
        return self.url or self.name


@dataclass(frozen=True, slots=True)
class Span:
    """A checked quotation: made only by `span`, so that the quote always stands at its offsets."""

    report: str
    start: int
    end: int
    quote: str


def span(report: Report, start: int, end: int, quote: str | None = None) -> Span:
    """The span of ``report.text[start:end]``; raises SpanError when it is empty or not ``quote``."""
    found = report.text[start:end]
    if not 0 <= start < end <= len(report.text) or (quote is not None and quote != found):
        raise SpanError(
            f"{report.name}: {quote!r} does not stand at {start}-{end}, {found!r} does: make spans from the stored text only"
        )
    return Span(report.id, start, end, found)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its analysis (UD v2): ``head`` is an absolute index, a root is its own head."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    sent: int


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name found by the tagger, as a token range, with an OntoNotes label (PERSON, ORG, GPE, …)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A token range that names an entity.

    ``kind``: person, organization, group (armed or political), nationality, place, facility,
    weapon, document, event or other. ``head`` is the syntactic head token. ``entity`` is the index of
    the coreference entity in ``Annotation.entities``. ``form``: name, nominal or pronoun.
    """

    start: int
    end: int
    head: int
    kind: str
    form: str = "name"
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Mentions of one thing within a report: ``name`` is its fullest proper name as written, or ``None``."""

    index: int
    kind: str
    name: str | None
    aliases: tuple[str, ...]
    mentions: tuple[int, ...]
    """Indices into ``Annotation.mentions``, in text order."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as a token range.

    ``when`` is what it resolves to by itself or by the publication date (unknown otherwise).
    ``anchor`` is "event" when it stands on another event ("15 days later", "shortly after"); then
    ``shift`` is (low, high) days to add, either ``None`` when not told. ``kind``: date, duration
    ("for nearly seven months"), set ("every Friday") or time_of_day; only dates place an event.
    """

    start: int
    end: int
    when: When
    kind: str = "date"
    anchor: str | None = None
    shift: tuple[int | None, int | None] | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name, or a site with its name, as a token range, and what it resolves to."""

    start: int
    end: int
    where: Where


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of countable things as a token range, with bounds as in `veridical.values.Count`.

    ``noun`` is the token that is counted ("39 people" → people), or ``None`` ("killing 39").
    ``more`` is true for "another 12", "12 others", "12 more".
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    noun: int | None = None
    more: bool = False


_BEFORE = frozenset({"det", "amod", "nummod", "compound", "nmod", "advmod", "flat", "punct", "goeswith", "name"})
_AFTER = frozenset({"flat", "goeswith", "fixed", "name"})


@dataclass(frozen=True)
class Annotation:
    """What the annotators found in one report; all indices point into ``tokens``."""

    report: Report
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(x) for x in below)

    def children(self, i: int, *deps: str) -> tuple[int, ...]:
        """Dependents of token ``i`` in order; with ``deps``, those whose label or label's base is named."""
        found = self._children[i]
        if not deps:
            return found
        return tuple(c for c in found if self.tokens[c].dep in deps or self.tokens[c].dep.split(":")[0] in deps)

    def subtree(self, i: int) -> tuple[int, ...]:
        """Token ``i`` and all below it, in text order."""
        out, stack = [], [i]
        while stack:
            node = stack.pop()
            out.append(node)
            stack.extend(self._children[node])
        return tuple(sorted(out))

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token ``i``, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def core(self, i: int) -> tuple[int, int]:
        """The token range of the noun phrase around head ``i`` without clauses, appositions and "of" phrases.

        Determiners, adjectives, numbers, compounds and possessors directly before the head belong to
        it, parts of a name directly after it too.
        """
        first = last = i
        for child in reversed([c for c in self._children[i] if c < i]):
            if self.tokens[child].dep.split(":")[0] not in _BEFORE:
                break
            low = min(self.subtree(child))
            if max(self.subtree(child)) + 1 < first and any(
                self.tokens[k].pos not in ("PUNCT", "PART") for k in range(max(self.subtree(child)) + 1, first)
            ):
                break
            first = low
        for child in self._children[i]:
            if child > last and self.tokens[child].dep.split(":")[0] in _AFTER and child == last + 1:
                last = max(self.subtree(child))
        articles = [c for c in self._children[i] if first < c < i and self.tokens[c].dep == "det"]
        if articles and self.tokens[articles[0] - 1].dep not in ("det:predet", "det"):
            first = articles[0]
        while first < i and self.tokens[first].pos == "PUNCT":
            first += 1
        return first, last + 1

    def text(self, start: int, end: int) -> str:
        """The report's own words from token ``start`` up to, not including, token ``end``."""
        return self.report.text[self.tokens[start].start : self.tokens[end - 1].end]

    def span(self, start: int, end: int) -> Span:
        """The checked span of a token range."""
        return span(self.report, self.tokens[start].start, self.tokens[end - 1].end)


@dataclass(frozen=True, slots=True)
class Source:
    """One link of a chain: a name as written (``None`` for an unknown publisher), its kind, its cue."""

    name: str | None
    kind: SourceKind
    cue: str | None = None
    start: int | None = None
    end: int | None = None
    """Character range of the name in the report, ``None`` for the publisher."""
    cue_start: int | None = None
    cue_end: int | None = None


Attribution = tuple[Source, ...]
"""Outermost first; the publisher is always the first link, the last one is the origin."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that one field of a claim rests on; ``field`` as in DESIGN.md's list."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A role filled by a named or described party.

    ``role``: perpetrators, organizations, targets, weapons, authorities, subjects, charges.
    ``name`` is the fullest name the report gives ("Kemal Kılıçdaroğlu" for "Kılıçdaroğlu"); ``quote``
    the words at this place. ``part``, ``status``, ``status_date`` are for people only.
    """

    role: str
    name: str
    start: int
    end: int
    quote: str
    kind: str = "other"
    part: str | None = None
    status: Status = Status.UNKNOWN
    status_date: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a claim's event to another event of the same report (its ``Claim.event``)."""

    relation: str
    event: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One report, through one attribution, says one event with these arguments at this stage.

    ``event`` is shared by the claims of one report that coreference holds to be one event; a claim
    never knows its incident. ``id`` hashes report, extractor and content.
    """

    id: str
    report: str
    extractor: str
    event: str
    type: str
    stage: Stage | None
    factuality: Factuality
    certainty: Certainty
    attribution: Attribution
    evidence: tuple[Evidence, ...]
    arguments: tuple[Argument, ...] = ()
    modes: tuple[str, ...] = ()
    when: When = field(default_factory=When)
    where: Where = field(default_factory=Where)
    counts: tuple[Count, ...] = ()
    reason: str | None = None
    relations: tuple[Relation, ...] = ()
    confidence: float = 0.5
    """The extractor's own estimate from 0 to 1."""

    def arguments_of(self, role: str) -> tuple[Argument, ...]:
        """The arguments of one role, in text order."""
        return tuple(a for a in self.arguments if a.role == role)

    @property
    def origin(self) -> str | None:
        """The name of the innermost source; ``None`` for a report whose publisher is unknown."""
        return self.attribution[-1].name if self.attribution else None


@dataclass(frozen=True, slots=True)
class ActorFact:
    """One thing a report says of a person or group.

    ``field``: alias, affiliation, role, travel, joined, nationality, status, private (a private
    victim, minor or victim of sexual violence, to be left out of exports by name). ``value`` is as written.
    """

    report: str
    actor: str
    kind: str
    field: str
    value: str
    when: When
    attribution: Attribution
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two claims or groups are: ``value`` from 0 to 1 and the reasons in words."""

    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement that two claims (by id) are same, different, unsure or unjudged; a stored decision."""

    left: str
    right: str
    verdict: str
    score: float | None = None
    reasons: tuple[str, ...] = ()
    decided_by: str = "resolver"
    decided_at: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A merged argument of an incident, with its names as written and, for people, part and status."""

    name: str
    actor_id: str | None = None
    part: str | None = None
    status: Status | None = None
    status_date: str | None = None
    as_written: tuple[str, ...] = ()
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One value of a field with the origins and claims that give it; ``value`` is plain JSON data."""

    value: object
    origins: tuple[str | None, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field whose live alternatives contradict each other, in the order in which they are shown."""

    field: str
    values: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """The claims joined by links, merged: derived, never stored as truth. Fields as in the record."""

    id: str
    type: str
    modes: tuple[str, ...]
    stage: Stage | None
    when: When
    where: Where
    parties: tuple[tuple[str, tuple[Party, ...]], ...]
    """(role, parties) for each of perpetrators, organizations, targets, weapons, authorities, subjects."""
    charges: tuple[str, ...]
    counts: tuple[Count, ...]
    reason: str | None
    certainty: Certainty
    confidence: float
    origins: tuple[str | None, ...]
    reports: tuple[Report, ...]
    disagreements: tuple[Disagreement, ...]
    claims: tuple[Claim, ...]
    related: tuple[Relation, ...] = ()
    """Relations with the ids of other incidents in ``event``."""

    def party(self, role: str) -> tuple[Party, ...]:
        """The parties of one role; empty when there are none."""
        return next((found for name, found in self.parties if name == role), ())


@dataclass(frozen=True, slots=True)
class Actor:
    """Derived: a person, organization or group with what the claims say of it."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    facts: tuple[ActorFact, ...]
    incidents: tuple[str, ...] = ()
