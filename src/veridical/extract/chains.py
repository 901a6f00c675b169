"""Chains of sources: frames nested into attributions, outermost first, with the publisher always the first link."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.extract.attribution import Frame
from veridical.model import Annotation, Attribution, Source
from veridical.values import SourceKind

_DEEPEST = 3
_OUTLETS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
_CARRIERS = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Chains:
    """Answers, for a token, who says what stands there."""

    annotation: Annotation
    frames: tuple[Frame, ...]
    carriers: tuple[tuple[str, tuple[Frame, ...]], ...]

    def at(self, i: int) -> tuple[Frame, ...]:
        """The frames over token ``i``, outermost first, completed by the outlet that relays their outermost source."""
        over = [f for f in self.frames if i in f.content]
        over.sort(key=lambda f: (sum(f.cue in g.content for g in over if g is not f), -len(f.content), f.cue))
        over = _distinct(over)
        if over:
            known = dict(self.carriers)
            for _ in range(_DEEPEST):
                outer = known.get(_key(over[0]))
                if not outer or any(_key(f) == _key(o) for f in over for o in outer):
                    break
                over = [*outer, *over]
        return tuple(over)

    def attribution(self, frames: tuple[Frame, ...]) -> Attribution:
        """The chain of sources of some frames, the publisher first."""
        publisher = self.annotation.report.publisher
        links = [Source(publisher, SourceKind.OUTLET)]
        links += [f.source for f in frames if not publisher or (f.source.name or "").casefold() != publisher.casefold()]
        return tuple(links)


def build_chains(annotation: Annotation, frames: list[Frame]) -> Chains:
    """Chains over a report; learns which outlet or document relays a speaker throughout it.

    A paper that once writes "DW quoted X as saying" relays DW also where it later writes only "according to X".
    """
    seen: dict[str, tuple[Frame, ...]] = {}
    bare = Chains(annotation, tuple(frames), ())
    for frame in frames:
        if frame.source.kind in _OUTLETS:
            continue
        wanted = _OUTLETS if frame.source.kind is SourceKind.DOCUMENT else _CARRIERS
        above = tuple(f for f in bare.at(frame.cue) if f is not frame and f.source.kind in wanted and _key(f) != _key(frame))
        if not above:
            sharing = [
                f
                for f in frames
                if f is not frame
                and f.source.kind in wanted
                and f.content >= frame.content
                and f.cue in (frame.cue, frame.cue - 1)
            ]
            above = tuple(sharing[:1])
        if above and frame.source.name:
            seen.setdefault(_key(frame), above)
    return Chains(annotation, tuple(frames), tuple(seen.items()))


def _key(frame: Frame) -> str:
    return f"#{frame.entity}" if frame.entity is not None else (frame.source.name or "").casefold()


def _distinct(frames: list[Frame]) -> list[Frame]:
    """One link a source: an inner repetition of a source says nothing new."""
    out: list[Frame] = []
    for frame in frames:
        if not any(_key(frame) == _key(o) for o in out):
            out.append(frame)
    return out
