// The map: a dot for a site or a city, a ring as large as its region, a hatched country; what has no place stands in the margin.

const HEAT = { map: new Map(), timeline: new Map(), list: new Map() };
const NEAR = 13; // pixels within which dots are drawn as one, with their number

// The same incident lights up in list, map and timeline.
function heat(id, on) {
  for (const nodes of Object.values(HEAT)) nodes.get(id)?.classList.toggle("hot", on);
}

// One set of listeners for all marks and rows: thousands of nodes only remember which incidents they stand for.
const HEARD = new WeakMap();

function hearing(node, ids) {
  HEARD.set(node, ids);
  node.classList.add("hears");
  return node;
}

function listenToPointing() {
  const at = (event) => HEARD.get(event.target.closest?.(".hears")) || [];
  for (const [event, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    byId("overview").addEventListener(event, (given) => at(given).forEach((id) => heat(id, on)));
  }
}

function isExact(where) {
  return (where.precision === "site" || where.precision === "city") && where.latitude !== null && where.longitude !== null;
}

function isRegion(where) {
  return where.precision === "region" && where.latitude !== null && where.longitude !== null;
}

const COUNTRY_PATHS = new Map();

function isDrawable({ incident: { where } }) {
  return isExact(where) || isRegion(where) || (where.precision !== "unknown" && COUNTRY_PATHS.has(where.country));
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}

// Marks that would touch become one with a number; earlier ones gather later ones, as far as `reach` says.
function cluster(items, margin, reach) {
  let groups = [];
  for (const item of items) {
    const { longitude, latitude } = item.incident.where;
    const [x, y] = toScreen(project(longitude, latitude));
    if (x < -margin || y < -margin || x > view.width + margin || y > view.height + margin) continue;
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < NEAR);
    if (near) near.items.push(item);
    else groups.push({ x, y, items: [item] });
  }
  // A number makes its mark larger, so that it may touch what its first one did not.
  for (let before = -1; before !== groups.length;) {
    before = groups.length;
    groups = groups.reduce((kept, group) => {
      const near = kept.find((other) => Math.hypot(other.x - group.x, other.y - group.y) < reach(other) + reach(group));
      if (near) near.items.push(...group.items);
      else kept.push(group);
      return kept;
    }, []);
  }
  return groups;
}

function dotSize({ items }) {
  return items.length === 1 ? 5 : Math.min(15, 6.5 + Math.sqrt(items.length) * 1.3);
}

function labelOf(items) {
  const names = items.slice(0, 3).map(({ incident, when, stage }) => `${titleOf(incident)}, ${stageLabel(stage)}, ${when}`);
  return `${items.length > 1 ? `${items.length} incidents: ` : ""}${names.join("; ")}${items.length > 3 ? " and others" : ""}`;
}

function mark(items, place, ...shapes) {
  const one = items.length === 1;
  const node = svg("a", { class: "mark", href: one ? "#" + encodeURIComponent(items[0].id) : "#", tabindex: "-1", "aria-label": labelOf(items) },
    svg("title", {}, labelOf(items)), shapes);
  if (!one) {
    node.addEventListener("click", (event) => {
      event.preventDefault();
      change({ only: new Set(items.map((item) => item.id)), onlyLabel: place });
      document.querySelector(".only").focus();
      say(`${plural(items.length, "incident")} at ${place}`);
    });
  }
  items.forEach((item) => HEAT.map.set(item.id, node));
  return hearing(node, items.map((item) => item.id));
}

function common(items) {
  return items.every((item) => item.stage === items[0].stage) ? items[0].stage : "mixed";
}

function shortPlace({ incident: { where } }) {
  return where.city || where.admin1 || where.name || countryName(where.country);
}

// What a mark is called: its place, or that others lie so near that they are drawn as one.
function placeOf(items) {
  const place = shortPlace(items[0]);
  return items.every((item) => shortPlace(item) === place) ? place : `near ${place}`;
}

function drawDots(items, labels) {
  return cluster(items, 20, dotSize).map(({ x, y, items: here }) => {
    const stage = common(here), place = placeOf(here);
    const single = here.length === 1, size = dotSize({ items: here });
    const shape = single ? svg("g", {}, svg("circle", { r: 8.5, class: "halo" }), glyphShapes(stage))
      : svg("g", {}, svg("circle", { r: size, class: "cluster" }), svg("text", { class: "count", dy: "0.35em" }, here.length));
    labels.push({ x, y, r: size + 4, text: place });
    return mark(here, place, svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, class: `s-${stage}` }, shape));
  });
}

function drawRings(items, labels) {
  const radius = ({ items: [{ incident: { where, radius_km: km } }] }) => Math.max(9, unitsOf(km || 100, where.latitude) * view.k);
  // Regions may overlap, as they do; only rings that nearly lie on each other are one.
  return cluster(items, 400, (group) => Math.min(radius(group), 60) * 0.25).map(({ x, y, items: here }) => {
    const r = Math.max(radius({ items: here }), here.length > 1 ? 8 + 3 * String(here.length).length : 0);
    const stage = common(here), place = placeOf(here);
    // The stage sits on the rim, so that nothing marks a point inside a region.
    const rim = here.length > 1 ? svg("text", { class: "count", dy: "0.35em" }, here.length)
      : svg("g", { transform: `translate(${r * 0.71} ${r * -0.71}) scale(.78)` }, svg("circle", { r: 7.5, class: "halo" }), glyphShapes(stage));
    labels.push({ x, y, r: r + 4, text: place });
    return mark(here, place, svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, class: `s-${stage}` },
      svg("circle", { r, class: "ring" }), svg("circle", { r, class: "grip" }), rim));
  });
}

// Labels where they fit: right of the mark or left of it, never over another label or mark.
function placeLabels(labels) {
  const taken = labels.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const clash = (box) => taken.some(([a, b, c, d]) => box[0] < c && box[2] > a && box[1] < d && box[3] > b);
  return labels.map(({ x, y, r, text }) => {
    const width = text.length * 6.1 + 4;
    for (const [anchor, left] of [["start", x + r], ["end", x - r - width]]) {
      const box = [left + 1, y - 7, left + width - 1, y + 7];
      if (box[0] < 2 || box[2] > view.width - 2 || y < 8 || y > view.height - 8 || clash(box)) continue;
      taken.push(box);
      return svg("text", { class: "place", x: anchor === "start" ? x + r + 1 : x - r - 1, y, dy: "0.34em", "text-anchor": anchor }, text);
    }
    return null;
  });
}

function boundsOf(items) {
  const boxes = items.map(({ incident: { where, radius_km: radius } }) => {
    if (isExact(where) || isRegion(where)) {
      const [x, y] = project(where.longitude, where.latitude);
      const r = isRegion(where) ? unitsOf(radius || 100, where.latitude) : 0;
      return [x - r, y - r, x + r, y + r];
    }
    const { x, y, width, height } = COUNTRY_PATHS.get(where.country)[0].getBBox();
    return [x, y, x + width, y + height];
  });
  if (!boxes.length) return [0, 0, SHAPES.width, SHAPES.height];
  const all = (i, pick) => boxes.reduce((best, box) => pick(best, box[i]), boxes[0][i]);
  return [all(0, Math.min), all(1, Math.min), all(2, Math.max), all(3, Math.max)];
}

function isInView(item) {
  const [x0, y0, x1, y1] = boundsOf([item]);
  const [[left, top], [right, bottom]] = [toScreen([x0, y0]), toScreen([x1, y1])];
  return right > 0 && left < view.width && bottom > 0 && top < view.height;
}

function drawMargin(items) {
  if (!items.length) return el("p", { class: "margin" }, "Every incident shown has a place on the map.");
  const links = items.slice(0, 3).map(({ id, incident, stage }) =>
    el("a", { href: "#" + encodeURIComponent(id) }, glyph(stage, 10), capital(words(incident.type)), doubt(incident) && ` (${doubt(incident)})`));
  return el("p", { class: "margin" }, el("b", {}, `${items.length} without a place:`), " ", links.map((link) => [link, " "]), items.length > 3
    && el("button", { type: "button", class: "link", onclick: () => change({
      only: new Set(items.map((item) => item.id)), onlyLabel: "without a place" }) }, `and ${items.length - 3} more`));
}

function drawMap() {
  const land = svg("g", { class: "land" });
  for (const [code, , path] of SHAPES.countries) {
    const node = svg("path", { d: path });
    if (code) COUNTRY_PATHS.set(code, [...(COUNTRY_PATHS.get(code) || []), node]);
    land.append(node);
  }
  land.append(svg("path", { d: SHAPES.disputed, class: "disputed" }));
  const hatched = svg("g"), marks = svg("g"), names = svg("g", { class: "names", "aria-hidden": "true" });
  const frame = svg("svg", { class: "frame", tabindex: "0", role: "application", "aria-roledescription": "map",
    "aria-label": "Map. Arrow keys move it, plus and minus zoom; Tab goes on to its marks." }, land, hatched, names, marks);
  const margin = el("div", {});
  const button = (label, text, action) => el("button", { type: "button", "aria-label": label, title: label, onclick: () => { action(); redraw(); } }, text);
  const fit = () => { view.touched = false; lookAt(boundsOf(found.filter(isDrawable))); };
  const tools = el("div", { class: "tools", role: "group", "aria-label": "Map view" }, button("Zoom in", "+", () => zoomBy(1.6)),
    button("Zoom out", "−", () => zoomBy(1 / 1.6)), button("Show all marks", "fit", fit),
    button("Show the world", "world", () => { view.touched = true; lookAt([0, 0, SHAPES.width, SHAPES.height]); }));
  put(byId("map"), el("h2", { id: "map-title" }, "Where"), tools, frame,
    el("p", { class: "key" }, whereShape({ precision: "site" }), "site or city", whereShape({ precision: "region" }), "region",
      whereShape({ precision: "country" }), "country only"), margin);
  const settle = rove(marks, "a", { next: "ArrowRight", back: "ArrowLeft" });
  attachView(frame, () => redraw());

  function redraw() {
    frame.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
    land.setAttribute("transform", `translate(${view.width / 2 - view.x * view.k} ${view.height / 2 - view.y * view.k}) scale(${view.k})`);
    document.querySelectorAll(".hatch").forEach((pattern) => pattern.setAttribute("patternTransform", `rotate(45) scale(${1 / view.k})`));
    HEAT.map.clear();
    const labels = [];
    const shown = found.filter(isDrawable);
    const vague = groupBy(shown.filter(({ incident: { where } }) => !isExact(where) && !isRegion(where)), (item) => item.country);
    put(hatched, [...vague].map(([code, items]) => {
      const { x, y, width, height } = COUNTRY_PATHS.get(code)[0].getBBox();
      const [lx, ly] = toScreen([x + width / 2, y + height / 2]);
      labels.push({ x: lx, y: ly, r: 0, text: `${countryName(code)}${items.length > 1 ? ` (${items.length})` : ""}` });
      return mark(items, countryName(code), svg("g", { class: `hatched s-${common(items)}`, transform: land.getAttribute("transform") },
        COUNTRY_PATHS.get(code).map((path) => svg("path", { d: path.getAttribute("d"), fill: `url(#hatch-${common(items)})` }))));
    }));
    put(marks, drawRings(shown.filter(({ incident: { where } }) => isRegion(where)), labels),
      drawDots(shown.filter(({ incident: { where } }) => isExact(where)), labels));
    put(names, placeLabels(labels));
    marks.prepend(...hatched.childNodes); // one group, so that one row of arrow keys reaches every mark
    settle();
    put(margin, drawMargin(found.filter((item) => !isDrawable(item))));
  }

  new ResizeObserver(() => {
    const box = frame.getBoundingClientRect();
    if (!box.width || (Math.abs(box.width - view.width) < 1 && Math.abs(box.height - view.height) < 1 && view.drawn)) return;
    Object.assign(view, { width: box.width, height: box.height, drawn: true });
    if (view.touched) clampView(); else fit();
    redraw();
  }).observe(frame);
  listeners.push(() => {
    // A view that the reader chose stays, unless nothing of what was asked for is in it.
    if (!view.touched || !found.filter(isDrawable).some(isInView)) fit();
    redraw();
  });
}
