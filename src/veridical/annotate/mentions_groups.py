"""Names of armed groups that the tagger takes for people, places or parts: told by what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from veridical.lexicon import words
from veridical.model import Annotation, NameSpan, Token

GROUP = "GROUP"
"""Label of a name that its text calls an armed group; OntoNotes has none for it."""
_PARTICLES = frozenset({"de", "del", "da", "do", "dos", "du", "des"})
_QUOTES = ("“", '"', "‘", "'", "the", "The")


def fold_name(name: str) -> str:
    """A name without case, hyphens, apostrophe shapes and a leading article, for comparing names."""
    out = name.casefold().replace("’", "'").replace("-", " ").replace(".", "").strip()
    return " ".join(out.removeprefix("the ").split())


def on_one_line(annotation: Annotation, names: Sequence[NameSpan]) -> list[NameSpan]:
    """The names, those that a line's end broke before a particle whole again ("Vina", "del Mar")."""
    out: list[NameSpan] = []
    for n in sorted(names, key=lambda n: (n.start, -n.end)):
        last = out[-1] if out else None
        if last is not None and last.end == n.start and annotation.tokens[n.start].text.lower() in _PARTICLES:
            between = annotation.report.text[annotation.tokens[n.start - 1].end : annotation.tokens[n.start].start]
            if between.count("\n") == 1:
                out[-1] = NameSpan(last.start, n.end, last.label)
                continue
        out.append(n)
    return out


def whole_bodies(annotation: Annotation, names: Sequence[NameSpan]) -> list[NameSpan]:
    """Bodies whose name goes on to a bracketed acronym, "the Army of the Golden River (KPS)", there and wherever they recur."""
    tokens = annotation.tokens
    starts = {n.start: n for n in names}
    out: list[NameSpan] = []
    for n in names:
        if (
            n.label not in ("ORG", "NORP", "PERSON", "GPE", "LOC", "FAC", GROUP)
            or n.end + 4 >= len(tokens)
            or tokens[n.end].text.lower() != "of"
        ):
            continue
        begin = n.end + 2 if tokens[n.end + 1].text.lower() == "the" else n.end + 1
        second = starts.get(begin) or starts.get(n.end + 1)
        if (
            second is None
            or second.end + 2 >= len(tokens)
            or tokens[second.end].text != "("
            or tokens[second.end + 2].text != ")"
        ):
            continue
        short = tokens[second.end + 1].text
        if sum(c.isupper() for c in short) >= 2 and tokens[second.end].sent == tokens[n.start].sent:
            out.append(NameSpan(_first(annotation, n.start), second.end, "ORG"))
    return out + _again(annotation, out)


def _first(annotation: Annotation, start: int) -> int:
    """Where a name begins when the tagger left its possessor out: "People’s" before "Army"."""
    tokens = annotation.tokens
    while (
        start >= 2
        and tokens[start - 1].text in ("’s", "'s", "’", "'")
        and tokens[start - 2].pos == "PROPN"
        and tokens[start - 2].sent == tokens[start].sent
    ):
        start -= 2
    return start


def _again(annotation: Annotation, found: Sequence[NameSpan]) -> list[NameSpan]:
    """The same words elsewhere in the report."""
    tokens = annotation.tokens
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for n in found:
        texts = tuple(t.text for t in tokens[n.start : n.end])
        if tokens[n.start].text.lower() == "the":
            texts = texts[1:]
        by_first.setdefault(texts[0], set()).add(texts)
    out = []
    for i, token in enumerate(tokens):
        for texts in by_first.get(token.text, ()):
            if tuple(t.text for t in tokens[i : i + len(texts)]) == texts:
                out.append(NameSpan(i, i + len(texts), found[0].label))
    return out


def called_groups(annotation: Annotation) -> list[NameSpan]:
    """Names that a group is told to bear: "a cell known to its followers as X", "calling itself X", "a militia called X"."""
    tokens = annotation.tokens
    out = []
    for i in range(1, len(tokens) - 1):
        start = _after_cue(tokens, i)
        if start is None:
            continue
        while start < len(tokens) and tokens[start].text in _QUOTES:
            start += 1
        end = _capitals(tokens, start)
        if end > start:
            out.append(NameSpan(start, end, GROUP))
    return out + _again(annotation, [n for n in out if n.end - n.start > 1])


def _after_cue(tokens: Sequence[Token], i: int) -> int | None:
    """Where the name begins, when a cue of a group's name begins at token ``i``."""
    word = tokens[i].text.lower()
    if word in ("calling", "calls", "called", "call", "styling", "calling") and tokens[i + 1].text.lower() in (
        "itself",
        "themselves",
    ):
        return i + 2
    if word not in ("known", "called", "named", "dubbed", "nicknamed", "codenamed") or not _group_before(tokens, i):
        return None
    if word == "known":
        after = next(
            (
                k
                for k in range(i + 1, min(i + 7, len(tokens)))
                if tokens[k].text.lower() == "as" and tokens[k].sent == tokens[i].sent
            ),
            None,
        )
        return None if after is None else after + 1
    return i + 1


def _group_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun before a cue is one for a group; a comma or "that is" may stand between."""
    for k in range(i - 1, max(i - 5, -1), -1):
        if tokens[k].text == "," or tokens[k].pos in ("AUX", "ADV") or tokens[k].text.lower() in ("that", "which", "also"):
            continue
        return _group_noun(tokens[k])
    return False


def _group_noun(token: Token) -> bool:
    return token.text.islower() and token.lemma in words("coreference", "group_nominals") and token.tag != "NNS"


def _capitals(tokens: Sequence[Token], start: int) -> int:
    """The end of the run of capitalised words, with particles inside, that begins at ``start``."""
    end = k = start
    while k < len(tokens) and tokens[k].sent == tokens[start].sent:
        if tokens[k].text[:1].isupper():
            end = k + 1
        elif tokens[k].text.lower() not in words("coreference", "name_particles") or end == start:
            break
        k += 1
    return end


def armed_by_context(annotation: Annotation, names: Sequence[NameSpan]) -> frozenset[str]:
    """The folded names that the report calls armed groups somewhere: by a cue, beside a group noun or in apposition to one."""
    people = {
        part
        for n in names
        if n.label == "PERSON"
        for text in [fold_name(annotation.text(n.start, n.end))]
        if " " in text
        for part in text.split()
    }
    out = set()
    for n in names:
        folded = fold_name(annotation.text(n.start, n.end))
        if n.label == GROUP or (
            n.label in ("PERSON", "ORG", "EVENT", "FAC", "PRODUCT", "WORK_OF_ART", "GPE", "LOC")
            and folded not in people
            and _beside(annotation, n)
        ):
            out.add(folded)
    return frozenset(out)


def _beside(annotation: Annotation, name: NameSpan) -> bool:
    tokens = annotation.tokens
    place = name.label in ("GPE", "LOC")
    after = tokens[name.end] if name.end < len(tokens) else None
    before = tokens[name.start - 1] if name.start else None
    if after is not None and after.text == "," and _described(tokens, name.end + 1):
        return True
    if place:
        return False
    if before is not None and _group_noun(before) and before.sent == tokens[name.start].sent and _armed(tokens, name.start - 1):
        return True
    article = (before is not None and before.text.lower() in ("the", "a", "an", "’s", "'s")) or tokens[
        name.start
    ].text.lower() == "the"
    if after is None or not _group_noun(after) or after.sent != tokens[name.start].sent or not article:
        return False
    return after.lemma in words("coreference", "armed_nouns") or (name.label == "PERSON" and name.end - name.start > 1)


def _described(tokens: Sequence[Token], start: int) -> bool:
    """Whether "a splinter group", "the breakaway guerrilla column" stands at ``start``."""
    if start >= len(tokens) or tokens[start].text.lower() not in ("a", "an", "the"):
        return False
    for k in range(start + 1, min(start + 6, len(tokens))):
        if _group_noun(tokens[k]) and not (k + 1 < len(tokens) and _group_noun(tokens[k + 1])):
            return _armed(tokens, k)
        if tokens[k].pos not in ("ADJ", "NOUN", "PROPN", "VERB", "ADV") and tokens[k].text != "-":
            return False
    return False


def _armed(tokens: Sequence[Token], noun: int) -> bool:
    """Whether a group noun is one for the armed, or the words directly before it say so."""
    if tokens[noun].lemma in words("coreference", "armed_nouns"):
        return True
    near = {t.text.lower() for t in tokens[max(noun - 4, 0) : noun]} | {t.lemma.lower() for t in tokens[max(noun - 4, 0) : noun]}
    return bool(near & (words("coreference", "armed_words") | words("coreference", "splinter_words")))
