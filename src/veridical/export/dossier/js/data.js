// The data as they were embedded, and what is derived from them once: order, search text, relations from the other end.

const DATA = JSON.parse(byId("data").textContent);
const SHAPES = JSON.parse(byId("shapes").textContent);
const LOOK = DATA.look;
const REPORTS = DATA.reports;
const COUNTRY_NAMES = new Map(SHAPES.countries.filter(([code]) => code).map(([code, name]) => [code, name]));
const ROLES = ["perpetrators", "organizations", "targets", "weapons", "authorities", "subjects"];
const NEVER = 1e9;

function killedOf(incident) {
  const killed = incident.counts.filter((count) => count.measure === "killed");
  return killed.find((count) => count.of === null) || killed[0] || null;
}

function interval(when) {
  if (!when.earliest && !when.latest) return null;
  const first = dayNumber(when.earliest || when.latest), last = dayNumber(when.latest || when.earliest);
  return Number.isFinite(first) && Number.isFinite(last) ? [first, Math.max(first, last)] : null;
}

function searchText(incident) {
  const parts = [incident.id, words(incident.type), incident.modes.map(words), stageLabel(stageOf(incident)), incident.when.as_written,
    whenText(incident.when), Object.values(incident.where).filter((v) => typeof v === "string"), countryName(incident.where.country),
    ROLES.map((role) => incident[role].map((party) => [party.name, party.status])), incident.charges, incident.reason,
    incident.claims.map((claim) => claim.attribution.map((source) => source.name)),
    incident.reports.map((id) => [REPORTS[id].title, REPORTS[id].publisher, REPORTS[id].name])];
  return fold(parts.flat(4).filter(Boolean).join(" \n "));
}

const ITEMS = DATA.incidents.map((incident) => {
  const killed = killedOf(incident);
  const span = interval(incident.when);
  return {
    incident, id: incident.id, stage: stageOf(incident), type: incident.type, country: incident.where.country || "", span, killed,
    search: searchText(incident), when: whenText(incident.when), place: placeText(incident.where),
    sort: { when: span ? span[0] : NEVER, killed: killed ? killed.best ?? killed.low ?? killed.high ?? -1 : -1 },
  };
});
const BY_ID = new Map(ITEMS.map((item) => [item.id, item]));

// Relations as seen from the incident they point at.
const POINTING = new Map();
for (const { incident } of ITEMS) {
  for (const { relation, id } of incident.related) {
    if (!POINTING.has(id)) POINTING.set(id, []);
    POINTING.get(id).push({ relation, id: incident.id });
  }
}

function originsOf(incident) {
  const names = incident.claims.map((claim) => claim.attribution.at(-1)?.name ?? "unnamed publisher");
  return [...new Set(names)];
}

const TOTAL_ORIGINS = new Set(ITEMS.flatMap(({ incident }) => originsOf(incident))).size;

// How sure the reports are of the incident itself, when it is not stated as fact: never left off its name.
function doubt(incident) {
  return LOOK.certainty_short[incident.certainty] || "";
}

function titleOf(incident) {
  const place = incident.where;
  const hedge = doubt(incident) && ` (${doubt(incident)})`;
  return `${capital(words(incident.type))}${hedge}, ${placeParts(place).slice(0, 2).join(", ") || "place unknown"}`;
}
