"""Measure attribution on PolNeAR articles: sources, cues and contents of `veridical.extract.attribution`.

    python bench/score_attribution.py FOLDER [--cache FILE] [--errors N]

FOLDER holds ``text/*.txt`` and ``attributions/*.ann`` (brat). Measuring only: neither rules' words nor texts are taken
from it. PolNeAR also annotates hopes, beliefs, wishes, intentions and judgements of people ("wants", "supports", "vowed");
we look for who *tells* something, so attributions whose every cue word is in ``_ATTITUDES`` are left out of the counts
(and our frames that fall on them are not held against us); what was left out is printed. What has no source in the
article ("reportedly") is left out too: our frames always have one. PolNeAR has one level: our frames of the outlet that
someone told ("told X that") are inside another frame's cue and are left out. Counted: a cue that overlaps; then, for
sources and contents, spans of the pairs of attributions with overlapping cues, once exact (same words; quotation
marks, a leading "that" and final punctuation do not count) and once by overlap (the share of our tokens that are
right, and of theirs that are found: Johansson & Moschitti 2013, as Pareti 2015 counts).
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from veridical.annotate import annotate
from veridical.extract.attribution import Frame, find_frames
from veridical.lexicon import table
from veridical.model import Annotation, Report
from veridical.settings import Settings
from veridical.values import SourceKind

_ATTITUDE_WORDS = (
    "want hope wish fear worry like dislike love hate prefer support oppose favor favour back endorse plan intend "
    "aim seek try decide choose expect feel know consider regard view see understand doubt wonder imagine trust "
    "care desire need mean remember forget vow promise pledge threaten urge ask demand call request order refuse "
    "agree disagree approve disapprove criticize criticise slam attack praise hail condemn denounce mock question "
    "push propose offer advocate advise apologize apologise encourage challenge determine realize realise ignore "
    "focus interested hopeful worried concerned afraid confident convinced optimistic sure eager willing ready "
    "opposed committed angry happy proud surprised aware skeptical nervous frustrated hopes fears concerns belief "
    "idea views opinion opposition plans intention effort decision goal vision proposal policy calls criticism "
    "concern worries feeling sense expectations anger discuss discussed discussing discussion lay compare dub label "
    "refer "
)
_ATTITUDES = frozenset(_ATTITUDE_WORDS.split())
"""Cue words of wishes, intentions, judgements and calls."""
_WORD = re.compile(r"\w+")
Chars = frozenset[int]


@dataclass(frozen=True)
class Part:
    """One attribution as sets of word starts: of its source, its cue and its content."""

    source: Chars
    cue: Chars
    content: Chars
    cue_words: str


@dataclass
class Tally:
    """Right, ours and theirs, for one of the three parts."""

    exact: int = 0
    ours: int = 0
    theirs: int = 0
    precision: float = 0.0
    recall: float = 0.0

    def add(self, mine: Chars, gold: Chars, text: str) -> None:
        """Counts one matched pair."""
        shared = len(mine & gold)
        self.exact += _trim(mine, text) == _trim(gold, text)
        self.precision += shared / len(mine) if mine else 0.0
        self.recall += shared / len(gold) if gold else 0.0

    def line(self) -> str:
        """The scores as text."""
        p, r = self.exact / max(self.ours, 1), self.exact / max(self.theirs, 1)
        sp, sr = self.precision / max(self.ours, 1), self.recall / max(self.theirs, 1)
        return f"exact P {p:.3f} R {r:.3f} F {_f(p, r):.3f}   overlap P {sp:.3f} R {sr:.3f} F {_f(sp, sr):.3f}"


@dataclass
class Scores:
    """The tallies of all articles, and what went wrong, by cue word."""

    parts: dict[str, Tally] = field(default_factory=lambda: {"source": Tally(), "cue": Tally(), "content": Tally()})
    missed: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    tokens: int = 0
    seconds: float = 0.0


def _f(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def word_starts(text: str, spans: list[tuple[int, int]]) -> Chars:
    return frozenset(m.start() for a, b in spans for m in _WORD.finditer(text, a, b))


def _trim(chars: Chars, text: str) -> Chars:
    """Word starts without a leading "that" or article."""
    ordered = sorted(chars)
    while ordered and (m := _WORD.match(text, ordered[0])) and m[0].lower() in ("that", "the", "a", "an", "as", "of", "to", "by"):
        ordered.pop(0)
    return frozenset(ordered)


def read_gold(path: Path, text: str) -> list[Part]:
    """The attributions of a brat file that have a cue; fragments of a part are joined."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[dict[str, list[tuple[int, int]]]] = []
    for line in path.read_text("utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.split("\t")[0].partition(" ")[2]
            spans[key] = [(int(a), int(b)) for a, b in (p.split() for p in places.split(";"))]
        elif key.startswith("E"):
            parts: dict[str, list[tuple[int, int]]] = {}
            for item in rest.split():
                role, _, ref = item.partition(":")
                parts.setdefault(role.rstrip("0123456789"), []).extend(spans.get(ref, []))
            events.append(parts)
    out = []
    for parts in events:
        cue = parts.get("Cue", [])
        words = " ".join(text[a:b] for a, b in cue)
        out.append(
            Part(
                word_starts(text, parts.get("Source", [])),
                word_starts(text, cue),
                word_starts(text, parts.get("Content", [])),
                words,
            )
        )
    return out


def _mine(annotation: Annotation, frames: list[Frame]) -> list[Part]:
    """Our frames as parts; frames of one cue and source are one (a quotation that goes on is more content)."""
    text, tokens = annotation.report.text, annotation.tokens
    merged: dict[tuple[int, int | None, int], set[int]] = {}
    first: dict[tuple[int, int | None, int], Frame] = {}
    told = {f.source.cue_start for f in frames if f.source.kind in (SourceKind.OUTLET, SourceKind.AGENCY)} & {
        f.source.cue_start for f in frames if f.source.kind not in (SourceKind.OUTLET, SourceKind.AGENCY)
    }
    for frame in frames:
        if (
            frame.source.cue_start in told
            and frame.source.kind in (SourceKind.OUTLET, SourceKind.AGENCY)
            and frame.cue in frame.content
        ):
            continue
        key = (frame.source.cue_start or 0, frame.source.start, frame.head)
        merged.setdefault(key, set()).update(frame.content)
        first.setdefault(key, frame)
    out = []
    for key, content in merged.items():
        frame = first[key]
        cue = [(frame.source.cue_start or 0, frame.source.cue_end or 0)]
        phrase = {k for k in annotation.subtree(frame.head) if k not in content and not cue[0][0] <= tokens[k].start < cue[0][1]}
        source = frozenset(s for k in phrase for s in word_starts(text, [(tokens[k].start, tokens[k].end)]))
        spans = [(tokens[k].start, tokens[k].end) for k in content]
        out.append(Part(source, word_starts(text, cue), word_starts(text, spans), text[cue[0][0] : cue[0][1]]))
    return out


def _attitude(part: Part, annotation: Annotation) -> bool:
    """Whether no word of a cue tells of speech."""
    lemmas = {t.lemma.lower() for t in annotation.tokens if t.start in part.cue} | set(part.cue_words.lower().split())
    verbs = table("reporting")["verbs"]
    assert isinstance(verbs, dict)
    telling = {v for values in verbs.values() for v in values} - {"believe", "think", "suspect"}
    return bool(lemmas & (_ATTITUDES | {"believe", "think", "suspect"})) and not lemmas & telling


def _pair(gold: list[Part], mine: list[Part]) -> list[tuple[Part, Part]]:
    """Pairs with overlapping cues, those with most shared content first, one to one."""
    scored = sorted(
        (
            (len(g.cue & m.cue), len(g.content & m.content), i, j)
            for i, g in enumerate(gold)
            for j, m in enumerate(mine)
            if g.cue & m.cue
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_mine: set[int] = set()
    out = []
    for _, _, i, j in scored:
        if i not in used_gold and j not in used_mine:
            used_gold.add(i)
            used_mine.add(j)
            out.append((gold[i], mine[j]))
    return out


def score_article(scores: Scores, annotation: Annotation, gold: list[Part]) -> None:
    """Adds one article to the scores."""
    text = annotation.report.text
    begin = time.perf_counter()
    frames = find_frames(annotation)
    scores.seconds += time.perf_counter() - begin
    scores.tokens += len(annotation.tokens)
    mine = _mine(annotation, frames)
    out = [g for g in gold if _attitude(g, annotation) or not g.cue or not g.source]
    scores.left_out.update(" ".join(g.cue_words.lower().split()) or "(no cue)" for g in out)
    kept = [g for g in gold if g not in out]
    mine = [m for m in mine if not any(m.cue & g.cue for g in out) or any(m.cue & g.cue for g in kept)]
    pairs = _pair(kept, mine)
    for name, tally in scores.parts.items():
        tally.ours += len(mine)
        tally.theirs += len(kept)
        for g, m in pairs:
            tally.add(getattr(m, name), getattr(g, name), text)
    for g in kept:
        if not any(g is a for a, _ in pairs):
            scores.missed[g.cue_words.lower()] += 1
            scores.examples.append(f"MISSED {g.cue_words!r}: {_around(text, g)}")
    for m in mine:
        if not any(m is b for _, b in pairs):
            scores.spurious[m.cue_words.lower()] += 1
            scores.examples.append(f"SPURIOUS {m.cue_words!r}: {_around(text, m)}")
    for g, m in pairs:
        if len(g.content & m.content) * 2 < len(g.content | m.content):
            scores.examples.append(f"CONTENT {g.cue_words!r}: {_around(text, g)} || OURS {_shown(text, m.content)}")


def _shown(text: str, chars: Chars) -> str:
    return " ".join(m[0] for s in sorted(chars) if (m := _WORD.match(text, s)))[:300]


def _around(text: str, part: Part) -> str:
    every = part.cue | part.source | part.content
    return " ".join(text[min(every) : max(every) + 20].split())[:300] if every else ""


def main() -> int:
    """Prints the scores; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps the annotations between runs")
    parser.add_argument("--errors", type=int, default=0, help="how many examples of each kind to print")
    parser.add_argument("--limit", type=int, default=0, help="only so many articles")
    args = parser.parse_args()
    texts = {p.stem: p.read_text("utf-8") for p in sorted((args.folder / "text").glob("*.txt"))}
    if args.limit:
        texts = dict(list(texts.items())[: args.limit])
    annotations: dict[str, Annotation] = pickle.loads(args.cache.read_bytes()) if args.cache and args.cache.exists() else {}
    run = annotate(Settings()) if texts.keys() - annotations.keys() else None
    scores = Scores()
    for stem, text in texts.items():
        if stem not in annotations and run is not None:
            annotations[stem] = run(Report.of(text, stem))
        files = sorted((args.folder / "attributions").glob(f"{stem}*.ann"))
        if not files or annotations[stem].report.text != text:
            print(f"left out: {stem}", file=sys.stderr)
            continue
        annotations[stem].__dict__.pop("_mention_at", None)
        score_article(scores, annotations[stem], read_gold(files[0], text))
    if args.cache:
        args.cache.write_bytes(pickle.dumps(annotations))
    _print(scores, args.errors)
    return 0


def _print(scores: Scores, errors: int) -> None:
    for name, tally in scores.parts.items():
        print(f"{name:8} {tally.line()}")
    print(
        f"counted: {scores.parts['cue'].theirs} attributions of theirs, {scores.parts['cue'].ours} of ours; left out: "
        f"{sum(scores.left_out.values())} ({', '.join(f'{w} {n}' for w, n in scores.left_out.most_common(12))})"
    )
    print(f"{scores.tokens / max(scores.seconds, 1e-9):,.0f} tokens a second")
    if errors:
        print("missed:", scores.missed.most_common(60))
        print("spurious:", scores.spurious.most_common(60))
        for kind in ("MISSED", "SPURIOUS", "CONTENT"):
            for line in [e for e in scores.examples if e.startswith(kind)][:errors]:
                print(line)


if __name__ == "__main__":
    sys.exit(main())
