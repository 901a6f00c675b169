"""The incident record: DESIGN.md's contract for `extract`, the jsonl profile and the API.

Keys come in the contract's order and are always present. Names given to ``withhold`` are left out:
a party becomes ``NAME_WITHHELD``, other words that hold the name become ``None`` or are dropped, and
so is evidence whose quote holds it, because a quote is never altered.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from veridical.model import Claim, Disagreement, Incident, Party, Report
from veridical.values import Count, When, Where

NAME_WITHHELD = "name withheld"


def to_record(incident: Incident, withhold: frozenset[str] = frozenset()) -> dict[str, object]:
    """The incident as plain JSON data in the contract's form, without the names in ``withhold``."""
    veil = _Veil.over(incident, withhold)
    return {
        "id": incident.id,
        "type": incident.type,
        "modes": list(incident.modes),
        "stage": incident.stage.value if incident.stage else None,
        "when": _when(incident.when, veil),
        "where": _where(incident.where, veil),
        "perpetrators": [_person(p, veil, part=True) for p in incident.party("perpetrators")],
        "organizations": [
            {"name": veil.name(p.name), "actor_id": p.actor_id, "as_written": veil.keep(p.as_written)}
            for p in incident.party("organizations")
        ],
        "targets": _named(incident.party("targets"), veil),
        "weapons": _named(incident.party("weapons"), veil),
        "authorities": _named(incident.party("authorities"), veil),
        "subjects": [_person(p, veil) for p in incident.party("subjects")],
        "charges": list(incident.charges),
        "counts": [_count(c) for c in incident.counts],
        "reason": veil.text(incident.reason),
        "certainty": incident.certainty.value,
        "confidence": incident.confidence,
        "origins": len(incident.origins),
        "reports": [_report(r) for r in incident.reports],
        "related": [{"relation": r.relation, "id": r.event} for r in incident.related],
        "disagreements": [_disagreement(d, veil) for d in incident.disagreements],
        "claims": [_claim(c, veil) for c in incident.claims],
    }


def dumps(record: dict[str, object]) -> str:
    """One line of JSON, the same bytes for the same record; letters of all languages as themselves."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def _flat(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).casefold().split())


@dataclass(frozen=True, slots=True)
class _Veil:
    """The names to leave out, folded, with the other names and surnames of the same parties."""

    hidden: tuple[str, ...] = ()

    @classmethod
    def over(cls, incident: Incident, withhold: frozenset[str]) -> _Veil:
        if not withhold:
            return cls()
        names = {_flat(n) for n in withhold}
        for party in (p for _, parties in incident.parties for p in parties):
            every = {_flat(n) for n in (party.name, *party.as_written) if n[:1].isupper()}
            if every & names:
                names |= every
        surnames = {n.split()[-1] for n in names if len(n.split()) > 1 and len(n.split()[-1]) > 3}
        return cls(tuple(sorted(x for x in names | surnames if x)))

    def covers(self, text: str) -> bool:
        """Whether the text holds a hidden name as whole words."""
        if not self.hidden:
            return False
        padded = f" {_flat(text)} "
        return any(f" {n} " in padded for n in self.hidden)

    def name(self, text: str) -> str:
        return NAME_WITHHELD if self.covers(text) else text

    def text(self, text: str | None) -> str | None:
        return None if text is None or self.covers(text) else text

    def keep(self, texts: Iterable[str]) -> list[str]:
        return [t for t in texts if not self.covers(t)]


def _person(party: Party, veil: _Veil, part: bool = False) -> dict[str, object]:
    """A person never goes without the status that the sources give."""
    row: dict[str, object] = {"name": veil.name(party.name), "actor_id": party.actor_id}
    if part:
        row["part"] = party.part or "attacker"
    return {**row, "status": party.status.value if party.status else "unknown", "status_date": party.status_date}


def _named(parties: Iterable[Party], veil: _Veil) -> list[dict[str, object]]:
    return [{"name": veil.name(p.name)} for p in parties]


def _when(when: When, veil: _Veil) -> dict[str, object]:
    return {
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": when.precision.value,
        "extent": when.extent.value,
        "as_written": veil.text(when.as_written),
    }


def _where(where: Where, veil: _Veil) -> dict[str, object]:
    return {
        "name": veil.text(where.name),
        "city": where.city,
        "admin1": where.admin1,
        "country": where.country,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geonames_id": where.geonames_id,
        "precision": where.precision.value,
    }


def _count(count: Count) -> dict[str, object]:
    return {"measure": count.measure, "of": count.of, "low": count.low, "best": count.best, "high": count.high}


def _report(report: Report) -> dict[str, object]:
    return {"id": report.id, "name": report.name, "publisher": report.publisher, "url": report.url, "published": report.published}


def _disagreement(disagreement: Disagreement, veil: _Veil) -> dict[str, object]:
    return {
        "field": disagreement.field,
        "values": [
            {
                "value": _veiled(a.value, veil),
                "origins": [None if o is None else veil.name(o) for o in a.origins],
                "claims": list(a.claims),
            }
            for a in disagreement.values
        ],
    }


def _veiled(value: object, veil: _Veil) -> object:
    if isinstance(value, str):
        return veil.name(value)
    if isinstance(value, dict):
        return {k: veil.text(v) if isinstance(v, str) else v for k, v in value.items()}
    return value


def _claim(claim: Claim, veil: _Veil) -> dict[str, object]:
    return {
        "id": claim.id,
        "report": claim.report,
        "extractor": claim.extractor,
        "stage": claim.stage.value if claim.stage else None,
        "factuality": claim.factuality.value,
        "attribution": [
            {"name": None if s.name is None else veil.name(s.name), "kind": s.kind.value, "cue": veil.text(s.cue)}
            for s in claim.attribution
        ],
        "evidence": [
            {"field": e.field, "start": e.start, "end": e.end, "quote": e.quote}
            for e in claim.evidence
            if not veil.covers(e.quote)
        ],
    }
