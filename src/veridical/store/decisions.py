"""Reviewers' decisions in SQLite: verdicts and chosen values, anchored to words, re-attached when claims change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec

from veridical.errors import StoreError
from veridical.model import Claim, Link, Report
from veridical.store.anchors import anchor_of, attach, carry
from veridical.store.base import Anchor, Choice, Unattached
from veridical.store.choices import check_choice
from veridical.store.connection import Connection

VERDICTS = ("same", "different", "unsure", "unjudged")


@dataclass(frozen=True, slots=True)
class _Decision:
    number: int
    kind: str
    body: bytes
    anchors: tuple[tuple[str, Anchor], ...]
    """(the claim's id when it was decided, the words it stood on)"""

    @property
    def subject(self) -> tuple[object, ...]:
        """What is decided here; of two decisions with one subject the later is in force."""
        places = sorted((a.report, a.field, a.start, a.end, a.type, a.origin or "") for _, a in self.anchors)
        return (self.kind, *places)


class DecisionTables(Connection):
    """The part of the store that keeps decisions; `veridical.store.sqlite` supplies reports and claims."""

    def report(self, report: str) -> Report | None:
        """A report by its id."""
        raise NotImplementedError

    def claims_of(self, report: str) -> tuple[Claim, ...]:
        """The claims of a report's active run."""
        raise NotImplementedError

    def successor(self, report: str) -> str | None:
        """The current version of a report: itself, another at its address, or ``None`` when it is gone."""
        raise NotImplementedError

    def claim(self, claim: str) -> Claim:
        """A claim by its id; StoreError when there is none."""
        raise NotImplementedError

    def judge(self, link: Link) -> None:
        """Stores a verdict on two claims (their ids); the latest on the same two wins. StoreError for unknown claims."""
        if link.verdict not in VERDICTS:
            raise StoreError(f"{link.verdict!r} is no verdict: use one of {', '.join(VERDICTS)}")
        if link.left == link.right:
            raise StoreError("a claim cannot be linked to itself: name two claims")
        self._decide("link", replace(link, decided_at=link.decided_at or _now()), (link.left, link.right), "type")

    def choose(self, choice: Choice) -> None:
        """Stores a reviewer's value; the latest for the same claim and field wins. StoreError for an unknown claim."""
        check_choice(choice)
        self._decide("choice", replace(choice, decided_at=choice.decided_at or _now()), (choice.claim,), choice.field)

    def _decide(self, kind: str, decision: Link | Choice, claims: tuple[str, ...], field: str) -> None:
        anchors = [(c, anchor_of(self.claim(c), field)) for c in claims]
        with self.transaction():
            number = self.db.execute(
                "INSERT INTO decisions (kind, body) VALUES (?, ?)", (kind, msgspec.json.encode(decision))
            ).lastrowid
            self.db.executemany(
                "INSERT INTO decision_anchors VALUES (?, ?, ?, ?, ?)",
                [(number, seat, a.report, c, msgspec.json.encode(a)) for seat, (c, a) in enumerate(anchors)],
            )
            self.count_up("revision")

    def decisions(self) -> tuple[Link, ...]:
        """The verdicts in force, re-attached to the ids of the active claims."""
        found: dict[tuple[str, str], Link] = {}
        for decision, claims in self._attached("link"):
            if all(claims) and claims[0] != claims[1]:
                link = msgspec.json.decode(decision.body, type=Link)
                left, right = sorted(c.id for c in claims if c)
                found[left, right] = replace(link, left=left, right=right)
        return tuple(found[pair] for pair in sorted(found))

    def choices(self) -> tuple[Choice, ...]:
        """The chosen values in force in the order they were made, re-attached to the ids of the active claims."""
        found: dict[tuple[str, str], Choice] = {}
        for decision, (claim,) in self._attached("choice"):
            if claim:
                choice = msgspec.json.decode(decision.body, type=Choice)
                found.pop((claim.id, choice.field), None)
                found[claim.id, choice.field] = replace(choice, claim=claim.id)
        return tuple(found.values())

    def unattached(self) -> tuple[Unattached, ...]:
        """Decisions in force that attach to no active claim."""
        found = []
        for kind in ("link", "choice"):
            for decision, claims in self._attached(kind):
                if all(claims) and len({c.id for c in claims if c}) == len(claims):
                    continue
                lost = [a for (_, a), c in zip(decision.anchors, claims, strict=True) if c is None]
                why = (
                    "no claim stands any more on " + " and on ".join(f"“{a.quote}” in report {a.report}" for a in lost)
                    if lost
                    else "both words now belong to one claim"
                )
                found.append(Unattached(decision.number, kind, tuple(a for _, a in decision.anchors), _say(decision), why))
        return tuple(sorted(found, key=lambda x: x.number))

    def _in_force(self, kind: str) -> Iterator[_Decision]:
        rows = self.db.execute(
            "SELECT d.number, d.body, a.claim, a.body FROM decisions d JOIN decision_anchors a"
            " USING (number) WHERE d.kind = ? ORDER BY d.number, a.seat",
            (kind,),
        ).fetchall()
        gathered: dict[int, tuple[bytes, list[tuple[str, Anchor]]]] = {}
        for number, body, claim, anchor in rows:
            gathered.setdefault(number, (body, []))[1].append((claim, msgspec.json.decode(anchor, type=Anchor)))
        latest: dict[tuple[object, ...], _Decision] = {}
        for number, (body, anchors) in gathered.items():
            decision = _Decision(number, kind, body, tuple(anchors))
            latest.pop(decision.subject, None)
            latest[decision.subject] = decision
        yield from latest.values()

    def _attached(self, kind: str) -> Iterator[tuple[_Decision, tuple[Claim | None, ...]]]:
        for decision in self._in_force(kind):
            yield decision, tuple(self._reattach(claim, anchor) for claim, anchor in decision.anchors)

    def _reattach(self, claim: str, anchor: Anchor) -> Claim | None:
        carried = self.carried(anchor)
        if carried is None:
            return None
        candidates = self.claims_of(carried.report)
        return next((c for c in candidates if c.id == claim), None) or attach(carried, candidates)

    def carried(self, anchor: Anchor) -> Anchor | None:
        """The anchor in the current version of its report; ``None`` when its words are no longer told apart there."""
        now = self.successor(anchor.report)
        if now is None or now == anchor.report:
            return anchor if now else None
        old, new = self.report(anchor.report), self.report(now)
        return carry(anchor, old, new) if old and new else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _say(decision: _Decision) -> str:
    if decision.kind == "link":
        link = msgspec.json.decode(decision.body, type=Link)
        return f"{link.verdict}, decided by {link.decided_by} on {link.decided_at or 'an unknown day'}"
    choice = msgspec.json.decode(decision.body, type=Choice)
    return f"{choice.field} is {choice.value!r}, decided by {choice.decided_by} on {choice.decided_at or 'an unknown day'}"
