"""Mentions of people, groups, authorities, weapons, documents and sites, as token ranges with a kind."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Protocol

from veridical.annotate.mentions_groups import GROUP, armed_by_context, called_groups, fold_name, on_one_line, whole_bodies
from veridical.lexicon import names_people, noun_class, words
from veridical.model import Annotation, Mention, NameSpan


class Candidate(Protocol):
    """What `mend_labels` needs to know of a gazetteer's answer."""

    @property
    def kind(self) -> str: ...
    @property
    def population(self) -> int | None: ...


_KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "facility",
    "NORP": "nationality",
    "EVENT": "event",
    "WEAPON": "weapon",
    "LAW": "document",
    GROUP: "group",
}
_NOMINALS = (
    ("weapon", "weapon_strong"),
    ("group", "group"),
    ("person", "attacker"),
    ("authority", "authority_strong"),
    ("person", "human"),
    ("document", "document"),
)
_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_SMALL = frozenset(
    {"of", "and", "the", "for", "in", "on", "de", "la", "del", "los", "al", "’s", "'s", "to", "&", "y", "e", "du", "des"}
)
_LONGEST = 8
_LARGE = 100_000
"""Inhabitants above which a place is likelier meant than an unknown body of the same name."""
_PRONOUNS = ("singular_masculine", "singular_feminine", "neuter", "plural")


@lru_cache(maxsize=1)
def known_names() -> dict[str, tuple[str, str]]:
    """Folded name → (kind, canonical name), from ``data/groups.tsv``."""
    out: dict[str, tuple[str, str]] = {}
    text = resources.files("veridical").joinpath("data/groups.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            kind, names = line.split("\t")
            for name in names.split("|"):
                out[fold_name(name)] = (kind, names.split("|")[0])
    return out


def mend_labels(
    annotation: Annotation, names: Sequence[NameSpan], lookup: Callable[[str], Sequence[Candidate]]
) -> tuple[NameSpan, ...]:
    """The tagger's names with labels that a gazetteer contradicts set right: a lone capitalised word that
    names a large place and no known body is a place, unless it is an acronym or someone's surname here."""
    texts = [annotation.text(n.start, n.end) for n in names]
    people = {
        part.casefold() for n, t in zip(names, texts, strict=True) if n.label == "PERSON" and " " in t for part in t.split()
    }
    out = []
    for n, text in zip(names, texts, strict=True):
        lone = (
            n.end - n.start == 1
            and n.label in ("ORG", "PERSON", "PRODUCT", "EVENT", "NORP")
            and text[:1].isupper()
            and not (text.isupper() and len(text) <= 5)
        )
        if (
            lone
            and text.casefold() not in people
            and fold_name(text) not in known_names()
            and any((c.population or 0) >= _LARGE or c.kind == "country" or _local(annotation, n.start) for c in lookup(text))
        ):
            out.append(NameSpan(n.start, n.end, "GPE"))
        else:
            out.append(n)
    return tuple(out)


def _local(annotation: Annotation, i: int) -> bool:
    """Whether a word stands where places do: before a noun for people or a site ("A Lurgan father"), or after "in"."""
    token = annotation.tokens[i]
    head = annotation.tokens[token.head]
    if token.dep == "compound" and head.pos == "NOUN" and head.i > i:
        return noun_class(head.lemma, "human") or noun_class(head.lemma, "facility")
    return any(annotation.tokens[c].text.lower() in ("in", "near", "outside", "at") for c in annotation.children(i, "case"))


def find_mentions(annotation: Annotation, names: Sequence[NameSpan]) -> tuple[Mention, ...]:
    """Named, described and pronominal mentions in text order; a token is the head of at most one."""
    out: dict[int, Mention] = {}
    covered: set[int] = set()
    spans = _with_known(annotation, names)
    armed = armed_by_context(annotation, spans)
    for name in spans:
        kind = "group" if fold_name(annotation.text(name.start, name.end)) in armed else _name_kind(annotation, name)
        if kind is None:
            continue
        start, end = _trim(annotation, name.start, name.end)
        if start >= end:
            continue
        head = _head(annotation, start, end)
        covered.update(range(start, end))
        out[head] = Mention(start, end, head, kind)
    for token in annotation.tokens:
        if token.i in covered or token.i in out:
            continue
        if token.pos in ("NOUN", "PROPN", "ADJ") and (kind := nominal_kind(annotation, token.i)):
            start, end = annotation.core(token.i)
            proper = [
                k for k in range(start, token.i) if annotation.tokens[k].pos == "PROPN" and annotation.tokens[k].head == token.i
            ]
            if kind == "group" and proper and noun_class(token.lemma.lower(), "group") and token.text[:1].isupper():
                out[token.i] = Mention(proper[0], end, token.i, kind)  # "the Puka Rumi Column": a name the tagger missed
                for k in range(proper[0], end):
                    out.pop(k, None) if k != token.i else None
                continue
            out[token.i] = Mention(start, end, token.i, kind, "nominal")
        elif token.pos == "PRON" and any(
            token.lemma in words("coreference", k) or token.text.lower() in words("coreference", k) for k in _PRONOUNS
        ):
            out[token.i] = Mention(token.i, token.i + 1, token.i, "person", "pronoun")
    return tuple(out[k] for k in sorted(out))


def nominal_kind(annotation: Annotation, i: int) -> str | None:
    """The kind of thing a common noun names by its class in ``data/nouns.toml``, or ``None``."""
    token = annotation.tokens[i]
    if token.pos == "ADJ" and token.dep in ("amod", "advmod"):
        return None
    pair = f"{annotation.tokens[i - 1].lemma} {token.lemma}" if i and annotation.tokens[i - 1].head == i else ""
    for kind, key in _NOMINALS:
        if noun_class(token.lemma, key) or (pair and noun_class(pair, key)):
            return kind
    if token.pos == "NOUN" and names_people(token.lemma.lower()):
        return "person"
    return None


def _with_known(annotation: Annotation, names: Sequence[NameSpan]) -> list[NameSpan]:
    """The tagger's names, mended: listed names whole, names spelled out before their acronym whole, one label a name."""
    out = on_one_line(annotation, names)
    for found in (*_listed(annotation), *_spelled_out(annotation), *whole_bodies(annotation, out), *called_groups(annotation)):
        overlapping = [n for n in out if n.start < found.end and found.start < n.end]
        if any(n.start <= found.start and found.end <= n.end and n.end - n.start > found.end - found.start for n in overlapping):
            continue
        out = [n for n in out if n not in overlapping] + [found]
    return _one_label(annotation, sorted(out, key=lambda n: (n.start, -n.end)))


def _listed(annotation: Annotation) -> list[NameSpan]:
    """Names of ``data/groups.tsv`` in the text, the longest at each place."""
    out: list[NameSpan] = []
    known = known_names()
    first_words = {name.split()[0] for name in known}
    tokens = annotation.tokens
    i = 0
    while i < len(tokens):
        size = 0
        if (tokens[i].text[:1].isupper() or tokens[i].text.lower() in ("al", "el")) and _may_start(tokens[i].text, first_words):
            size = next(
                (
                    n
                    for n in range(min(_LONGEST, len(tokens) - i), 0, -1)
                    if fold_name(annotation.text(i, i + n)) in known
                    and not (n == 1 and _is_word(tokens[i].text))
                    and tokens[i + n - 1].sent == tokens[i].sent
                ),
                0,
            )
        if size:
            out.append(NameSpan(i, i + size, "ORG"))
        i += size or 1
    return out


def _may_start(text: str, first_words: set[str]) -> bool:
    folded = fold_name(text).split()
    return bool(folded) and folded[0] in first_words


def _spelled_out(annotation: Annotation) -> list[NameSpan]:
    """A name whose initials are the acronym in brackets after it, whole: "People's Front of X and Y (PFXY)"."""
    out = []
    tokens = annotation.tokens
    for i in range(2, len(tokens) - 2):
        short = tokens[i + 1].text
        if tokens[i].text != "(" or tokens[i + 2].text != ")" or not 2 <= len(short) <= 8 or sum(c.isupper() for c in short) < 2:
            continue
        letters = [c for c in fold_ascii(short) if c.isalpha()]
        start = _initials_start(annotation, i, letters)
        if start is not None:
            out.append(NameSpan(start, i, "ORG"))
    return out


def _initials_start(annotation: Annotation, end: int, letters: list[str]) -> int | None:
    """The token where the words before ``end`` begin to spell ``letters`` with their initials; small words may be skipped."""
    at, left = end - 1, list(letters)
    first = annotation.sentences[annotation.tokens[end].sent][0]
    best = None
    while at >= first and left and end - at <= 10:
        word = fold_ascii(annotation.tokens[at].text)
        if word[:1] == left[-1] and annotation.tokens[at].text[:1].isupper():
            left.pop()
            best = at
        elif (annotation.tokens[at].text[:1].isupper() and word not in ("the",)) or not (
            annotation.tokens[at].text.lower() in _SMALL
            or not annotation.tokens[at].text[0].isalnum()
            or annotation.tokens[at].text.lower() in ("'s", "’s")
        ):
            return None
        at -= 1
    return best if not left else None


def fold_ascii(text: str) -> str:
    """Lower-case letters without diacritics, for comparing initials."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("İ", "I"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def _one_label(annotation: Annotation, names: list[NameSpan]) -> list[NameSpan]:
    """One label for one name in a report: a part of a person's full name is that person; else the label used most."""
    texts = [fold_name(annotation.text(n.start, n.end)) for n in names]
    people = {part for n, t in zip(names, texts, strict=True) if n.label == "PERSON" and " " in t for part in t.split()}
    votes: dict[str, Counter[str]] = {}
    for n, t in zip(names, texts, strict=True):
        votes.setdefault(t, Counter())[n.label] += 1
    out = []
    for n, t in zip(names, texts, strict=True):
        label = n.label
        if label in _NAME_LABELS:
            best, most = votes[t].most_common(1)[0]
            if t in people and t not in known_names():
                label = "PERSON"
            elif best in _NAME_LABELS and most > votes[t][label]:
                label = best
        out.append(NameSpan(n.start, n.end, label))
    return out


def _is_word(text: str) -> bool:
    """Short known names that are common words unless written in capitals ("IS", "ELN" are not)."""
    return not text.isupper() and text.casefold() in {"is", "let", "aa", "dawn", "raf", "eta", "ira", "jem", "ap", "ji"}


def _name_kind(annotation: Annotation, name: NameSpan) -> str | None:
    kind = _KINDS.get(name.label)
    text = annotation.text(name.start, name.end)
    folded = fold_name(text)
    if folded in known_names():
        return known_names()[folded][0]
    if (
        name.label not in ("PERSON", "NORP", GROUP)
        and kind
        and " " in folded
        and folded.split()[-1] in words("coreference", "court_heads")
    ):
        return "authority"
    if kind == "organization":
        parts = set(folded.split())
        if parts & words("coreference", "authority_name_words") and not _armed_body(annotation, name, parts):
            return "authority"
        if parts & words("coreference", "group_name_words"):
            return "group"
        if parts & words("coreference", "outlet_name_words"):
            return "outlet"
    return kind


def _armed_body(annotation: Annotation, name: NameSpan, parts: set[str]) -> bool:
    """Whether "X Army" is a group's name ("Lord's Resistance Army") and not a state's ("the Thai army", "US Air Force")."""
    shared = {"army", "force", "forces", "guard", "command"}
    if not parts & shared or "air" in parts or parts & (words("coreference", "authority_name_words") - shared):
        return False
    if "command" in parts and parts & words("coreference", "joint_words"):
        return False
    first = annotation.tokens[name.start]
    state = first.pos == "ADJ" or first.text.isupper() or (name.end - name.start < 3 and first.pos != "PROPN")
    return name.end - name.start >= 3 and not (state and name.end - name.start <= 3)


def _trim(annotation: Annotation, start: int, end: int) -> tuple[int, int]:
    """The range without a leading article, brackets, and a closing possessive."""
    while start < end and annotation.tokens[start].text.lower() in ("the", "(", "“", '"', "‘"):
        start += 1
    while start < end - 1 and annotation.tokens[end - 1].text == ".":
        end -= 1
    while start < end and annotation.tokens[end - 1].text.lower() in ("'s", "’s", "'", "’", ")", ",", "“", "”", '"', "(", "["):
        end -= 1
    return start, end


def _head(annotation: Annotation, start: int, end: int) -> int:
    """The token of a range whose own head lies outside it; the last such one."""
    outside = [k for k in range(start, end) if not start <= annotation.tokens[k].head < end or annotation.tokens[k].head == k]
    return outside[-1] if outside else end - 1
