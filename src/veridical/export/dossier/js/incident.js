// One incident whole: its fields beside the reports they rest on, and who says it.

function neighbours(id) {
  const at = found.findIndex((item) => item.id === id);
  return at < 0 ? [null, null] : [found[at - 1] || null, found[at + 1] || null];
}

function goTo(item, text, key) {
  if (!item) return el("span", { class: "off" }, text);
  return el("a", { href: "#" + encodeURIComponent(item.id), "data-go": key, title: titleOf(item.incident) }, text);
}

function drawWays(id) {
  const [before, after] = neighbours(id);
  const at = found.findIndex((item) => item.id === id);
  return el("nav", { class: "ways", "aria-label": "Incidents" }, el("a", { href: "#", "data-go": "home" }, "← all incidents"),
    el("span", { class: "steps" }, goTo(before, "‹ previous", "back"), at >= 0 && el("span", { class: "at" }, `${at + 1} of ${found.length}`), goTo(after, "next ›", "next")));
}

function drawHead(item) {
  const { incident } = item;
  return el("header", { class: "head" }, el("h2", { tabindex: "-1", id: "title" }, glyph(item.stage, 22), el("span", {}, titleOf(incident))),
    el("p", {}, el("span", { class: `s-${item.stage} stage-name` }, capital(stageLabel(item.stage))), el("span", {}, item.when),
      el("span", {}, squares(incident.origins), el("span", { "aria-hidden": "true" }, plural(incident.origins, "independent origin")), ` in ${plural(incident.reports.length, "report")}`),
      incident.disagreements.length > 0 && el("span", {}, `≠ ${plural(incident.disagreements.length, "disagreement")}`),
      el("span", { class: "id" }, incident.id)));
}

// Who says it: each chain once, with what its last speaker commits to.
function drawClaims(incident, found, light) {
  const rows = distinctChains(incident.claims).map((claims) => {
    const [claim] = claims;
    const says = [...new Set(claims.map((one) => LOOK.factuality[one.factuality] || one.factuality))].join("; ");
    const stages = [...new Set(claims.map((one) => one.stage).filter((stage) => stage && stage !== incident.stage))];
    const fields = new Set(claims.flatMap((one) => one.evidence.map(([field]) => field)));
    return el("li", {}, drawChain(claim, found, light), el("p", {}, says, stages.map((stage) => [", ", glyph(stage, 10), " ", stageLabel(stage)]),
      el("span", { class: "tells" }, ` · on ${[...fields].map((field) => fieldLabel(field).toLowerCase()).join(", ")}`)));
  });
  return el("section", { class: "says" }, el("h3", {}, "Who says it"), el("ul", {}, rows));
}

function reportJumps(incident) {
  if (incident.reports.length < 2) return null;
  return el("nav", { class: "jumps", "aria-label": "Reports" }, incident.reports.map((id) => el("button", { type: "button", class: "link", onclick: () => {
    const section = byId(`report-${id}`);
    section.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    section.querySelector("h4").focus({ preventScroll: true });
  } }, REPORTS[id].publisher || REPORTS[id].name)));
}

function drawIncident(item) {
  const { incident } = item;
  const evidence = collectEvidence(incident);
  const pane = el("div", { class: "pane", tabindex: "0", role: "region", "aria-label": "Reports" });
  const light = makeLight(() => pane);
  const left = el("div", { class: "facts" }, fieldRows(incident, evidence, light), drawClaims(incident, evidence, light));
  put(pane, incident.reports.map((id) => drawReport(id, evidence, light)));
  put(byId("incident"), drawWays(item.id), drawHead(item), el("div", { class: "whole" }, left,
    el("section", { class: "sources", "aria-labelledby": "sources-title" }, el("div", { class: "bar" },
      el("h3", { id: "sources-title" }, plural(incident.reports.length, "report")), reportJumps(incident), drawKey()), pane)));
  light.showFirst();
}

function drawMissing(id) {
  put(byId("incident"), el("nav", { class: "ways", "aria-label": "Incidents" }, el("a", { href: "#", "data-go": "home" }, "← all incidents")),
    el("div", { class: "empty" }, el("h2", { tabindex: "-1", id: "title" }, "No such incident"),
      el("p", {}, "This dossier has no incident ", el("code", {}, id), ". It may have been merged into another one: search for its place or date in the list.")));
}
