"""One incident from its claims: ranges and alternatives kept, nothing averaged, no order of input felt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from veridical.errors import VeridicalError
from veridical.model import Alternative, Claim, Disagreement, Incident, Report, content_hash
from veridical.resolve.alternatives import Observation, Rules, Settled, settle
from veridical.resolve.certainty import confidence_of, dispute_certainty, is_denial, settle_certainty
from veridical.resolve.comparing import COUNT, REASON, STAGE, TYPE, WHEN, WHERE, place_rank, places_conflict
from veridical.resolve.order import canonical_order, report_of
from veridical.resolve.origins import name_origins
from veridical.resolve.parties import merge_charges, merge_parties
from veridical.resolve.rivals import dispute_organizations
from veridical.resolve.wording import find_copies
from veridical.values import Count, When, WhenPrecision, Where, WherePrecision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims of one incident in canonical order with what every field needs to know of them."""

    claims: tuple[Claim, ...]
    origins: Mapping[str, str | None]
    published: Mapping[str, str]
    choices: Mapping[str, str]

    def settle(self, field: str, values: Sequence[tuple[Claim, T]], rules: Rules[T]) -> Settled[T]:
        """The alternatives of a field from (claim, value) pairs in canonical order."""
        seen = [Observation(v, self.origins[c.id], c.id, self.published[c.report]) for c, v in values]
        return settle(seen, rules, self.choices.get(field))


def merge(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    choices: Mapping[str, str] | None = None,
    copies: Mapping[str, str] | None = None,
) -> Incident:
    """The incident that these claims tell of; `veridical.resolve.alternatives` says which value is shown.

    ``choices`` maps a field ("when", "counts.killed") to the id of the claim whose value a reviewer
    wants shown. ``copies`` maps a report to the report it copies; without it the given claims' reports are
    compared. ``related`` is left empty: only `relate` knows the other incidents. Raises VeridicalError for no claims.
    """
    ordered = canonical_order(claims, reports)
    if not ordered:
        raise VeridicalError("no claims to merge: give at least one claim")
    used = tuple({c.report: report_of(c, reports) for c in ordered}.values())
    alike = find_copies(used) if copies is None else copies
    origins = name_origins(ordered, reports, alike)
    published = {r.id: r.published or "" for r in used}
    # Whoever denies the event itself tells of no values of it, unless nobody says anything else.
    said = tuple(c for c in ordered if not is_denial(c)) or ordered
    return _assemble(ordered, _Told(said, origins, published, choices or {}), used)


def _assemble(ordered: tuple[Claim, ...], told: _Told, used: tuple[Report, ...]) -> Incident:
    claims = told.claims
    types = told.settle("type", [(c, c.type) for c in claims], TYPE)
    stages = told.settle("stage", [(c, c.stage) for c in claims if c.stage is not None], STAGE)
    whens = told.settle("when", [(c, c.when) for c in claims if c.when.known], WHEN)
    wheres = told.settle("where", [(c, c.where) for c in claims if c.where.known], WHERE)
    reasons = told.settle("reason", [(c, c.reason) for c in claims if c.reason], REASON)
    counts, disputed_counts = _settle_counts(told)
    disputes = [
        *_dispute("type", types),
        *_dispute("stage", stages),
        *_dispute("when", whens),
        *_dispute("where", wheres),
        *disputed_counts,
        *dispute_certainty(ordered, told.origins),
        *dispute_organizations(ordered, told.origins),
    ]
    when, where = _shown_when(whens, claims), _shown_where(wheres, claims)
    type_ = types.shown or claims[0].type
    return Incident(
        id=incident_id(ordered[0], type_, when, where),
        type=type_,
        modes=tuple(sorted({m for c in claims for m in c.modes})),
        stage=stages.shown,
        when=when,
        where=where,
        parties=merge_parties(claims, told.published),
        charges=merge_charges(claims),
        counts=counts,
        reason=reasons.shown,
        certainty=settle_certainty(ordered, told.origins),
        confidence=confidence_of(ordered, told.origins),
        origins=tuple(dict.fromkeys(told.origins[c.id] for c in ordered)),
        reports=used,
        disagreements=tuple(disputes),
        claims=ordered,
    )


def _shown_when(settled: Settled[When], claims: Sequence[Claim]) -> When:
    """The shown date; with none known, the words of an unresolved one."""
    if settled.shown is not None:
        return settled.shown
    return next((c.when for c in claims if c.when.as_written), When())


def _shown_where(settled: Settled[Where], claims: Sequence[Claim]) -> Where:
    """The shown place; a site or town without a country is filled from the vaguer places, if those agree."""
    shown = settled.shown
    if shown is None or shown.country is not None:
        return shown or Where()
    agreeing = [c.where for c in claims if c.where.country and not places_conflict(shown, c.where)]
    wider = WHERE.precision
    found = sorted({w for w in agreeing if place_rank(w) < place_rank(shown)}, key=lambda w: (-wider(w), repr(w)))
    if not found or any(places_conflict(a, b) for i, a in enumerate(found) for b in found[:i]):
        return shown
    best = found[0]
    filled = replace(shown, city=shown.city or best.city, admin1=shown.admin1 or best.admin1, country=best.country)
    if place_rank(best) < place_rank(Where(precision=WherePrecision.CITY)):
        return filled  # the middle of a country or region is no place of a site
    return replace(filled, latitude=best.latitude, longitude=best.longitude, geonames_id=best.geonames_id)


def _settle_counts(told: _Told) -> tuple[tuple[Count, ...], list[Disagreement]]:
    """Each measure's low and high over the live alternatives, best of the shown one, and the disputes."""
    by_part: dict[tuple[str, str], list[tuple[Claim, Count]]] = {}
    for claim in told.claims:
        for count in claim.counts:
            by_part.setdefault((count.measure, (count.of or "").casefold()), []).append((claim, count))
    counts, disputes = [], []
    for (measure, _), values in sorted(by_part.items()):
        settled = told.settle(f"counts.{measure}", values, COUNT)
        live = [o.value for o in settled.options]
        lows, highs = [c.low for c in live], [c.high for c in live]
        counts.append(Count(measure, live[0].of, _least(lows), live[0].best, _most(highs)))
        disputes.extend(_dispute(f"counts.{measure}", settled))
    return tuple(counts), disputes


def _least(values: Sequence[int | None]) -> int | None:
    told = [v for v in values if v is not None]
    return min(told) if len(told) == len(values) else None


def _most(values: Sequence[int | None]) -> int | None:
    told = [v for v in values if v is not None]
    return max(told) if len(told) == len(values) else None


def _dispute(field: str, settled: Settled[T]) -> list[Disagreement]:
    if not settled.disputed:
        return []
    return [Disagreement(field, tuple(Alternative(plain(o.value), tuple(o.origins), tuple(o.claims)) for o in settled.options))]


def plain(value: object) -> object:
    """A value as JSON data, in the record's form; closed vocabularies become their words."""
    if isinstance(value, When | Where | Count):
        return {k: str(v) if k in ("precision", "extent") else v for k, v in asdict(value).items()}
    return None if value is None else str(value)


def incident_id(earliest: Claim, type_: str, when: When, where: Where) -> str:
    """Country (XXX unknown), date with zeros for unknown parts, type, six digits of the earliest claim's hash.

    >>> from veridical.model import Claim
    >>> from veridical.values import Certainty, Factuality
    >>> claim = Claim("c1", "r", "x", "e", "bombing", None, Factuality.CERTAIN, Certainty.STATED, (), ())
    >>> incident_id(claim, "bombing", When.year(2017), Where(country="TUR"))[:21]
    'TUR-20170000-bombing-'
    """
    return f"{where.country or 'XXX'}-{_stamp(when)}-{type_}-{content_hash(earliest.id, length=6)}"


def _stamp(when: When) -> str:
    """YYYYMMDD with zeros for what the precision or an open end leaves unknown."""
    if when.earliest is None or when.latest is None:
        return "00000000"
    first, last = when.earliest[:10].split("-"), when.latest[:10].split("-")
    if when.precision is WhenPrecision.DAY and first == last:
        return "".join(first)
    if first[:2] == last[:2] and when.precision is not WhenPrecision.YEAR:
        return f"{first[0]}{first[1]}00"
    return f"{first[0]}0000" if first[0] == last[0] else "00000000"
