// One incident's fields: each value a button that knows its quotes; where sources disagree, a row a value, with who says it.

function valueButton(items, light, ...content) {
  if (!items.length) return el("span", { class: "value plain" }, content);
  return light.value(el("button", { type: "button", class: "value" }, content), items);
}

// The status is part of the name, wherever a person is named.
function partyName(party, role) {
  const tag = LOOK.status[party.status] || null;
  const person = role === "perpetrators" || role === "subjects";
  return [el("span", { class: "party" }, el("span", { class: "name" }, party.name), " ", tag
    ? el("span", { class: `tag t-${party.status}` }, tag, party.status_date && ` ${longDay(party.status_date)}`)
    : person && el("span", { class: "tag t-unknown" }, "status not told")), party.part && party.part !== "attacker" && el("small", {}, party.part)];
}

function whenNodes(when) {
  return [whenShape(when), el("span", { class: "main" }, whenText(when)), el("small", {}, when.precision === "unknown" ? "date unknown"
    : `${when.precision}${when.extent === "throughout" ? ", throughout" : ""}`)];
}

function whereNodes(where) {
  const { latitude, longitude, geonames_id: id, precision } = where;
  const exact = latitude !== null && longitude !== null && (precision === "site" || precision === "city" || precision === "region");
  const parts = [...new Set([where.name, where.city, where.admin1, countryName(where.country)].filter(Boolean))];
  return [whereShape(where), el("span", { class: "main" }, parts.join(", ") || "no place"),
    el("small", {}, [precision === "unknown" ? "place unknown" : precision, exact && `${latitude.toFixed(2)}, ${longitude.toFixed(2)}`, id && `GeoNames ${id}`].filter(Boolean).join(" · "))];
}

function countNodes(count) {
  return [el("span", { class: "main toll" }, el("span", { "aria-hidden": "true" }, tollNodes(count)), unseen(tollText(count))),
    count.of && el("small", {}, count.of)];
}

// A value of any field, from plain data.
function anyNodes(field, value) {
  if (value === null || value === undefined) return [el("span", { class: "main" }, "not told")];
  if (field === "when" && typeof value === "object") return whenNodes(value);
  if (field === "where" && typeof value === "object") return whereNodes(value);
  if (field.startsWith("counts") && typeof value === "object" && !Array.isArray(value)) return countNodes(value);
  if (field === "stage") return [glyph(value), " ", el("span", { class: "main" }, stageLabel(value))];
  if (field === "certainty") return [el("span", { class: "main" }, LOOK.certainty[value] || value)];
  if (Array.isArray(value)) return value.map((inner) => anyNodes(field, inner));
  if (typeof value === "object") return value.name ? partyName(value, field) : [JSON.stringify(value)];
  return [el("span", { class: "main" }, words(value))];
}

function drawDisagreement({ field, values }, incident, found, light) {
  const rows = values.map((alternative, i) => {
    const claims = incident.claims.filter((claim) => alternative.claims.includes(claim.id));
    const items = found.ofField(field, alternative.claims);
    return el("tr", {}, el("th", { scope: "row" }, valueButton(items, light, anyNodes(field, alternative.value)), i === 0 && unseen("shown")),
      el("td", { class: "backing" }, squares(new Set(alternative.origins).size)),
      el("td", {}, chainsOf(claims, found, light)));
  });
  return el("table", { class: "differ" }, el("caption", {}, el("span", { "aria-hidden": "true" }, "≠ "), "sources disagree"), el("tbody", {}, rows));
}

function fieldRow(label, content, extra) {
  return el("div", { class: "row" }, el("dt", {}, label), el("dd", {}, content, extra));
}

function quoted(text) {
  return text && el("q", { class: "written" }, text);
}

// All rows of the table of fields; what no source tells is named once, at the end.
function fieldRows(incident, found, light) {
  const differ = (field) => incident.disagreements.filter((d) => d.field === field).map((d) => drawDisagreement(d, incident, found, light));
  const rows = [
    fieldRow("What", valueButton(found.ofField("type"), light, el("span", { class: "main" }, capital(words(incident.type))),
      incident.modes.length > 0 && el("small", {}, incident.modes.map(words).join(", "))), differ("type")),
    incident.stage && fieldRow("Stage", valueButton(found.ofField("stage"), light, glyph(incident.stage), " ",
      el("span", { class: "main" }, stageLabel(incident.stage))), differ("stage")),
    incident.reason && fieldRow("Reason", valueButton(found.ofField("reason"), light, el("q", {}, incident.reason)), differ("reason")),
    fieldRow("When", [valueButton(found.ofField("when"), light, whenNodes(incident.when)), quoted(incident.when.as_written)], differ("when")),
    fieldRow("Where", valueButton(found.ofField("where"), light, whereNodes(incident.where)), differ("where")),
    countRow(incident, found, light, differ),
    ...ROLES.filter((role) => incident[role].length || differ(role).length).map((role) => fieldRow(LOOK.field[role],
      el("ul", {}, incident[role].map((party) => el("li", {}, valueButton(found.ofParty(role, party), light, partyName(party, role))))), differ(role))),
    incident.charges.length > 0 && fieldRow("Charges", el("ul", {}, incident.charges.map((charge) =>
      el("li", {}, valueButton(found.ofField("charges"), light, charge.name || charge)))), differ("charges")),
    fieldRow("Certainty", valueButton(found.ofField("certainty"), light, el("span", { class: "main" }, LOOK.certainty[incident.certainty] || incident.certainty),
      el("small", {}, `extraction confidence ${incident.confidence.toFixed(2)}`)), differ("certainty")),
    relationRow(incident),
  ];
  return el("dl", { class: "fields" }, rows);
}

function countRow(incident, found, light, differ) {
  if (!incident.counts.length) return null;
  const rows = incident.counts.map((count) => {
    const field = `counts.${count.measure}`;
    // What sources disagree on stands under the last count of its measure.
    const last = incident.counts.findLast((other) => other.measure === count.measure) === count;
    return el("li", {}, valueButton(found.ofField(field), light, countNodes(count), " ", el("small", { class: "measure" }, words(count.measure))), last && differ(field));
  });
  return fieldRow("How many", el("ul", { class: "counts" }, rows));
}

function relationRow(incident) {
  const out = incident.related.map(({ relation, id }) => [LOOK.relation[relation]?.[0] || words(relation), id]);
  const back = (POINTING.get(incident.id) || []).map(({ relation, id }) => [LOOK.relation[relation]?.[1] || words(relation), id]);
  if (!out.length && !back.length) return null;
  const byTarget = groupBy([...out, ...back], ([, id]) => id);
  return fieldRow("Related", el("ul", {}, [...byTarget].map(([id, pairs]) => {
    const verb = pairs.map(([one]) => one).join(" and ");
    const item = BY_ID.get(id);
    return el("li", {}, el("span", { class: "verb" }, verb), " ", item
      ? el("a", { href: "#" + encodeURIComponent(id) }, glyph(item.stage), titleOf(item.incident), ", ", item.when)
      : el("span", {}, id, " (not in this dossier)"));
  })));
}
