// One drawn glyph a stage, the same in list, map, timeline and detail: shape alone tells them apart.

const DRAW = {
  carried_out: () => [svg("circle", { r: 5, fill: "currentColor" })],
  attempted: () => [svg("circle", { r: 4.4, class: "stroke" }), svg("path", { d: "M0-4.4a4.4 4.4 0 0 0 0 8.8z", fill: "currentColor" })],
  foiled: () => [svg("circle", { r: 4.4, class: "stroke" }), svg("path", { d: "M-3.1 3.1L3.1-3.1", class: "stroke" })],
  abandoned: () => [svg("circle", { r: 4.4, class: "stroke" })],
  planned: () => [svg("circle", { r: 4.4, class: "stroke", "stroke-dasharray": "1.7 1.75" })],
  threatened: () => [svg("path", { d: "M0-4.8L5 4H-5z", class: "stroke", "stroke-linejoin": "round" })],
  response: () => [svg("path", { d: "M0-5L5 0 0 5-5 0z", class: "stroke", "stroke-linejoin": "round" })],
  justice: () => [svg("path", { d: "M-4-4.2H4M0-4.2V4.6M-2.6 4.6H2.6M-4-4.2L-5.4 0.6H-2.6zM4-4.2L2.6 0.6H5.4z", class: "stroke thin",
    "stroke-linejoin": "round" })],
  other: () => [svg("rect", { x: -3.4, y: -3.4, width: 6.8, height: 6.8, class: "stroke" })],
};

// What an incident is drawn as: its stage, or for those without one what kind of event it is.
function stageOf(incident) {
  if (incident.stage) return incident.stage;
  for (const [name, kind] of Object.entries(LOOK.stageless)) if (kind.types.includes(incident.type)) return name;
  return "other";
}

function stageLabel(stage) {
  return (LOOK.stage[stage] || LOOK.stageless[stage]).label;
}

function glyphShapes(stage) {
  return (DRAW[stage] || DRAW.other)();
}

function glyph(stage, size = 12) {
  return svg("svg", { class: `glyph s-${stage}`, viewBox: "-6 -6 12 12", width: size, height: size, "aria-hidden": "true" }, glyphShapes(stage));
}

// Independent origins, one filled square each; over eight, the number says it.
function squares(count) {
  const shown = Math.min(count, 8);
  const width = shown * 8 - 2;
  return el("span", { class: "squares" },
    shown > 0 && svg("svg", { viewBox: `0 0 ${width} 6`, width, height: 6, "aria-hidden": "true" },
      Array.from({ length: shown }, (_, i) => svg("rect", { x: i * 8, width: 6, height: 6, fill: "currentColor" }))),
    count > 8 && el("span", { class: "more", "aria-hidden": "true" }, `+${count - 8}`),
    unseen(plural(count, "independent origin")));
}

// The precision of a date as a shape: a tick, a bar with soft ends, a hollow dot.
function whenShape(when) {
  const inner = !when.earliest && !when.latest ? [svg("circle", { cx: 12, cy: 5, r: 3.5, class: "stroke" })]
    : when.precision === "day" ? [svg("rect", { x: 11, width: 2, height: 10, fill: "currentColor" })]
      : [svg("rect", { x: 0, y: 2, width: 24, height: 6, fill: when.extent === "throughout" ? "currentColor" : "url(#soft-plain)" })];
  return svg("svg", { class: "shape", viewBox: "0 0 24 10", width: 24, height: 10, "aria-hidden": "true" }, inner);
}

function whereShape(where) {
  const inner = {
    site: () => [svg("circle", { cx: 12, cy: 5, r: 3, fill: "currentColor" })],
    city: () => [svg("circle", { cx: 12, cy: 5, r: 3, fill: "currentColor" })],
    region: () => [svg("circle", { cx: 12, cy: 5, r: 4.2, class: "stroke" })],
    country: () => [svg("rect", { x: 4.5, y: 0.5, width: 15, height: 9, class: "line", fill: "url(#small-plain)" })],
  }[where.precision] || (() => [svg("path", { d: "M8 5H16", class: "stroke", "stroke-dasharray": "1 2" })]);
  return svg("svg", { class: "shape", viewBox: "0 0 24 10", width: 24, height: 10, "aria-hidden": "true" }, inner());
}

// Fills that several drawings share, one a stage: a gradient takes its colour from where it is defined, not from where it is used.
function sharedDefs() {
  const kinds = [...Object.keys(LOOK.stage), ...Object.keys(LOOK.stageless), "mixed", "plain"];
  const soft = (kind) => svg("linearGradient", { id: `soft-${kind}`, class: `s-${kind}` }, [[0, 0], [0.25, 1], [0.75, 1], [1, 0]].map(([offset, opacity]) =>
    svg("stop", { offset, "stop-color": "currentColor", "stop-opacity": opacity })));
  const hatch = (kind, size, name) => svg("pattern", { id: `${name}-${kind}`, class: `${name} s-${kind}`, width: size, height: size, patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)" }, svg("path", { d: `M0 0V${size}`, class: "hatching" }));
  return svg("svg", { width: 0, height: 0, class: "defs", "aria-hidden": "true" },
    svg("defs", {}, kinds.map((kind) => [soft(kind), hatch(kind, 6, "hatch")]), hatch("plain", 3, "small")));
}
