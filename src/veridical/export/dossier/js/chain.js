// The chain of sources, always drawn the same way: outermost first, each link a chip with its kind; its cue on hover and on focus.

let chips = 0;

function chainKey(claim) {
  return claim.report + " " + claim.attribution.map((source) => `${source.kind}:${source.name}`).join("‹");
}

function chip(source, report, items, light) {
  const first = report !== null;
  const id = `cue-${++chips}`;
  const name = source.name || (first ? "publisher unknown" : "unnamed");
  const button = el("button", { type: "button", class: "chip", "aria-describedby": id },
    el("span", { class: "name" }, name), el("span", { class: "kind" }, !source.name && first ? REPORTS[report].name : LOOK.source_kind[source.kind] || source.kind));
  light.value(button, items);
  const cue = source.cue ? ["cue in the report: ", el("q", {}, source.cue)] : first ? ["the outlet that published it"] : ["no cue: it follows from the sentence"];
  return el("li", {}, button, el("span", { class: "cue", id, role: "tooltip" }, cue));
}

// One chain; each chip lights the name and the cue of its link.
function drawChain(claim, found, light) {
  const steps = claim.attribution.map((source, i) => chip(source, i === 0 ? claim.report : null, found.ofLink(claim, i), light));
  return el("ol", { class: "chain", "aria-label": "Chain of sources, outermost first" }, steps);
}

// The different chains of some claims, each once, in the order of the claims.
function distinctChains(claims) {
  const seen = new Map();
  for (const claim of claims) {
    const key = chainKey(claim);
    if (!seen.has(key)) seen.set(key, []);
    seen.get(key).push(claim);
  }
  return [...seen.values()];
}

function chainsOf(claims, found, light) {
  return distinctChains(claims).map(([claim]) => drawChain(claim, found, light));
}
