// The exact words. Evidence becomes numbered items; a report's text becomes segments, each with the items that cover it.

const GROUP_OF = new Map(Object.entries(LOOK.group).flatMap(([name, group]) => group.fields.map((field) => [field, name])));

function groupOf(field) {
  return GROUP_OF.get(field.split(".")[0]) || "what";
}

function fieldLabel(field) {
  if (field === "attribution") return "Source";
  if (field.startsWith("counts.")) return capital(words(field.slice(7)));
  return LOOK.field[field] || capital(words(field));
}

// Every quoted range of an incident, each once, and ways to find those that a value rests on.
function collectEvidence(incident) {
  const items = [], at = new Map();
  const add = (report, field, start, end, claim, tag) => {
    if (start === null || end === null || !(start < end)) return;
    const key = `${report} ${field} ${start} ${end}`;
    if (!at.has(key)) at.set(key, items.push({ index: items.length, report, field, group: groupOf(field), start, end, claims: new Set(), tags: new Set() }) - 1);
    const item = items[at.get(key)];
    item.claims.add(claim.id);
    if (tag) item.tags.add(tag);
  };
  for (const claim of incident.claims) {
    claim.evidence.forEach(([field, start, end]) => add(claim.report, field, start, end, claim));
    claim.spans.forEach(([start, end, cueStart, cueEnd], link) => {
      const tag = `${chainKey(claim)} ${link}`;
      add(claim.report, "attribution", start, end, claim, tag);
      add(claim.report, "attribution", cueStart, cueEnd, claim, tag);
    });
  }
  const where = (test) => items.filter(test).map((item) => item.index);
  return {
    items,
    ofField: (field, claims) => where((item) => item.field === field && (!claims || claims.some((id) => item.claims.has(id)))),
    ofLink: (claim, link) => where((item) => item.tags.has(`${chainKey(claim)} ${link}`)),
    ofParty: (role, party) => {
      const spans = incident.claims.flatMap((claim) => claim.arguments.filter(([r, name]) => r === role && (name === party.name
        || (party.as_written || []).includes(name))).map(([, , start, end]) => [claim.report, start, end]));
      const own = where((item) => item.field === role && spans.some(([report, start, end]) => item.report === report && item.start < end && item.end > start));
      return own.length ? own : where((item) => item.field === role);
    },
  };
}

// The text cut at every boundary: [start, end, indices of items, kind], kind being headline, boilerplate or null.
function segmentsOf(report, items, length) {
  const blocks = report.boilerplate.map(([start, end]) => ({ start, end, kind: "boilerplate" }));
  if (report.title && report.text.startsWith(report.title + "\n")) blocks.push({ start: 0, end: Array.from(report.title).length, kind: "headline" });
  const cuts = new Set([0, length]);
  for (const { start, end } of [...items, ...blocks]) cuts.add(Math.max(0, Math.min(length, start))).add(Math.max(0, Math.min(length, end)));
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, i) => {
    const end = edges[i + 1];
    const over = items.filter((item) => item.start <= start && item.end >= end);
    return { start, end, over, kind: blocks.find((block) => block.start <= start && block.end >= end)?.kind || null };
  });
}

// Nested spans, one a field group, so that overlapping tints and underlines stay apart: outer ones are taller.
function nest(groups, text) {
  return groups.reduceRight((inner, group, level) => el("span", { class: `ev g-${group} l${level}` }, inner), el("span", {}, withheld(text)));
}

// Names that were left out are grey bars to the eye, and words to the ear.
function withheld(text) {
  return text.split(/(█[█ ]*)/).map((part, i) => (i % 2 ? el("span", { class: "covered" }, unseen("name withheld"), el("span", { "aria-hidden": "true" }, part)) : part));
}

// Text that was broken at a fixed width, as agencies and archives send it: its single line ends mean nothing.
function isHardWrapped(text) {
  const lines = text.split("\n").map((line) => line.trim().length).filter(Boolean).sort((a, b) => a - b);
  return lines.length > 5 && lines[Math.floor(lines.length * 0.95)] <= 100 && lines[Math.floor(lines.length / 2)] > 40;
}

// Line ends become the space between paragraphs, or nothing where the text was hard-wrapped.
function paragraphs(text, wrapped) {
  const parts = text.split(wrapped ? /\n[ \t]*\n\s*/ : /\n\s*/);
  return parts.flatMap((part, i) => [i ? el("span", { class: "gap" }) : null, withheld(part.replaceAll("\n", " "))]);
}

function drawSegment({ start, end, over, kind }, cut, light, wrapped) {
  const text = cut(start, end);
  if (!over.length) return kind ? [el("span", { class: kind }, paragraphs(text, wrapped))] : paragraphs(text, wrapped);
  const groups = Object.keys(LOOK.group).filter((name) => over.some((item) => item.group === name));
  const fields = [...new Set(over.map((item) => fieldLabel(item.field).toLowerCase()))].join(", ");
  const starts = over.some((item) => item.start === start), ends = over.some((item) => item.end === end);
  const mark = el("span", { class: `quote${kind ? " " + kind : ""}${starts ? " first" : ""}${ends ? " last" : ""}`, role: "button", tabindex: "-1",
    "aria-label": `${text} — ${fields}` }, nest(groups, text.replaceAll("\n", " ")));
  light.quote(mark, over.map((item) => item.index));
  return mark;
}

function safeLink(url) {
  return /^https?:\/\//i.test(url || "") ? el("a", { href: url, rel: "noopener noreferrer external", target: "_blank" }, url.replace(/^https?:\/\//i, "")) : null;
}

function drawReport(id, found, light) {
  const report = REPORTS[id];
  const { length, cut } = slicer(report.text);
  const wrapped = isHardWrapped(report.text);
  const items = found.items.filter((item) => item.report === id);
  const body = el("div", { class: "text", lang: "en" }, segmentsOf(report, items, length).map((segment) => drawSegment(segment, cut, light, wrapped)));
  rove(body, ".quote", { next: "ArrowRight", back: "ArrowLeft" })();
  const head = el("header", {}, el("h4", { tabindex: "-1" }, report.publisher || "Publisher unknown"),
    el("p", {}, report.published ? `published ${longDay(report.published)}` : "publication date unknown", " · ", safeLink(report.url) || report.name));
  return el("section", { class: "report", id: `report-${id}`, "aria-label": `Report: ${report.publisher || report.name}` }, head, body);
}

function drawKey() {
  return el("p", { class: "tints" }, Object.entries(LOOK.group).map(([name, group]) => [el("span", { class: `ev g-${name}` }, group.label), " "]));
}
