// The timeline: a tick for a day, a bar with soft ends for what is less precise, hollow dots in the margin for what has no date.

const TIME = { left: 64, right: 10, top: 4, axis: 18, tall: 10, width: 540, height: 120, most: 230 };

// The days drawn: the range that was asked for, or all that is dated, with air; at least a week.
function timeDomain(items) {
  const [first, last] = rangeOf();
  const spans = items.map((item) => item.span).filter(Boolean);
  let low = first > -Infinity ? first : spans.reduce((best, span) => Math.min(best, span[0]), Infinity);
  let high = last < Infinity ? last : spans.reduce((best, span) => Math.max(best, span[1]), -Infinity);
  if (!(low <= high)) return null;
  const air = first > -Infinity && last < Infinity ? 0 : Math.max(1, Math.round((high - low) * 0.02));
  low -= air;
  high += air + 1;
  if (high - low < 8) high = low + 8;
  return [low, high];
}

// Steps of the axis from a day to fifty years: the finest that leaves its labels room.
function timeTicks([low, high], width) {
  const room = Math.max(2, Math.floor(width / 74)), days = high - low;
  const plain = (step) => Array.from({ length: Math.ceil(days / step) + 1 }, (_, i) => Math.ceil(low) + i * step);
  for (const step of [1, 2, 7, 14]) {
    if (days / step <= room) return plain(step).map((day) => ({ day, text: dayLabel(day, days) }));
  }
  const { year: y0 } = dateParts(isoOf(low)), { year: y1 } = dateParts(isoOf(high));
  for (const step of [1, 2, 3, 6]) {
    if (days / 30.4 / step <= room) {
      const months = Array.from({ length: ((y1 - y0 + 1) * 12) / step }, (_, i) => i * step);
      return months.map((m) => ({ day: Date.UTC(y0, m, 1) / DAY, text: m % 12 === 0 ? `${y0 + m / 12}` : MONTHS[m % 12], year: m % 12 === 0 }));
    }
  }
  const step = [1, 2, 5, 10, 20, 50].find((s) => days / 365 / s <= room) || 100;
  const start = Math.floor(y0 / step) * step;
  return Array.from({ length: Math.ceil((y1 - start) / step) + 1 }, (_, i) => ({ day: Date.UTC(start + i * step, 0, 1) / DAY, text: `${start + i * step}` }));
}

function dayLabel(day, days) {
  const { year, month, day: date } = dateParts(isoOf(day));
  return days > 60 ? `${date} ${MONTHS[month - 1]} ${year}` : `${date} ${MONTHS[month - 1]}`;
}

// Lanes are filled from the top; when they would not fit, they grow thinner, at last they overlap.
function packLanes(items, scale) {
  const lanes = [];
  const placed = items.filter((item) => item.span).sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]).map((item) => {
    const x = scale(item.span[0]), end = scale(item.span[1] + 1);
    const width = Math.max(item.incident.when.precision === "day" ? 3 : 6, end - x);
    let lane = lanes.findIndex((until) => until + 2 <= x);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = x + width;
    return { item, x, width, lane };
  });
  return { placed, lanes: lanes.length };
}

function bar({ item, x, width, lane }, pitch, most) {
  const day = item.incident.when.precision === "day";
  const lasted = item.incident.when.extent === "throughout";
  const tall = Math.max(2, Math.min(TIME.tall, pitch - 2));
  const y = TIME.top + (lane % most) * pitch;
  const thin = day ? 0 : tall * 0.18;
  const shape = svg("rect", { x: day && width <= 4 ? x : x, y: y + thin, width: day ? Math.min(width, 3) : width, height: tall - 2 * thin,
    fill: day || lasted ? "currentColor" : `url(#soft-${item.stage})` });
  const label = `${titleOf(item.incident)}, ${stageLabel(item.stage)}, ${item.when}`;
  const node = svg("a", { class: `mark s-${item.stage}`, href: "#" + encodeURIComponent(item.id), tabindex: "-1", "aria-label": label },
    svg("title", {}, label), svg("rect", { x: x - 2, y: y - 1, width: Math.max(width, 3) + 4, height: tall + 2, class: "grip" }), shape);
  HEAT.timeline.set(item.id, node);
  return hearing(node, [item.id]);
}

function drawUndated(items, height) {
  const across = 4, step = 12, rows = Math.max(1, Math.floor((height - TIME.top - 4) / step));
  const shown = items.slice(0, across * rows - (items.length > across * rows ? across : 0));
  return [shown.map((item, i) => {
    const label = `${titleOf(item.incident)}, ${stageLabel(item.stage)}, no date`;
    const node = svg("a", { class: `mark s-${item.stage}`, href: "#" + encodeURIComponent(item.id), tabindex: "-1", "aria-label": label },
      svg("title", {}, label), svg("circle", { class: "stroke dot", cx: 7 + (i % across) * step, cy: TIME.top + 6 + Math.floor(i / across) * step, r: 3.5 }));
    HEAT.timeline.set(item.id, node);
    return hearing(node, [item.id]);
  }), items.length > shown.length && svg("text", { class: "tick", x: 2, y: TIME.top + 10 + Math.ceil(shown.length / across) * step }, `+${items.length - shown.length}`)];
}

function dateInput(key, label) {
  const input = el("input", { type: "text", id: `time-${key}`, "aria-label": `${label}: a year, a month (1987-05) or a day (1987-05-14)`, placeholder: label.toLowerCase(),
    inputmode: "numeric", autocomplete: "off", spellcheck: "false", maxlength: 10, onchange: () => {
      const valid = input.value.trim() === "" || wholeDate(input.value, key === "to");
      input.setAttribute("aria-invalid", String(!valid));
      if (valid) change({ [key]: input.value.trim() });
      else say("Not a date: write a year, a month like 1987-05 or a day like 1987-05-14");
    } });
  listeners.push(() => { if (input.getAttribute("aria-invalid") !== "true") input.value = state[key]; });
  return input;
}

function drawTimeline() {
  const plot = svg("svg", { class: "time", role: "group", "aria-label": "Timeline. Arrow keys go from mark to mark, Enter opens one." });
  const whole = el("button", { type: "button", class: "link", onclick: () => change({ from: "", to: "" }) }, "whole time");
  const note = el("p", { class: "margin" });
  put(byId("timeline"), el("h2", { id: "timeline-title" }, "When"),
    el("div", { class: "tools range" }, dateInput("from", "From"), el("span", { "aria-hidden": "true" }, "–"), dateInput("to", "To"), whole),
    plot, el("p", { class: "key" }, whenShape({ earliest: "x", precision: "day" }), "day", whenShape({ earliest: "x", precision: "year" }), "month, year …",
      whenShape({ earliest: "x", precision: "range", extent: "throughout" }), "lasted", whenShape({}), "no date"), note);
  const settle = rove(plot, "a", { next: "ArrowRight", back: "ArrowLeft" });
  const brush = attachBrush(plot);

  function redraw() {
    HEAT.timeline.clear();
    const { width } = TIME;
    const items = found, undated = found.filter((item) => !item.span);
    const domain = timeDomain(items);
    whole.hidden = !state.from && !state.to;
    const inner = width - TIME.left - TIME.right;
    const scale = domain ? (day) => TIME.left + (day - domain[0]) / (domain[1] - domain[0]) * inner : null;
    const clamp = (day) => Math.max(TIME.left - 4, Math.min(width - TIME.right + 4, scale(day)));
    const { placed, lanes } = domain ? packLanes(items, clamp) : { placed: [], lanes: 0 };
    const least = Number(getComputedStyle(plot).getPropertyValue("--least")) || 110;
    TIME.height = Math.max(least, Math.min(TIME.most, lanes * (TIME.tall + 3) + TIME.axis + TIME.top + 8));
    plot.style.height = `${TIME.height}px`;
    const space = TIME.height - TIME.axis - TIME.top - 4;
    const pitch = Math.max(3, Math.min(TIME.tall + 5, space / Math.max(1, lanes))), most = Math.max(1, Math.floor(space / pitch));
    const floor = TIME.height - TIME.axis;
    Object.assign(brush, { domain, inner });
    plot.setAttribute("viewBox", `0 0 ${width} ${TIME.height}`);
    const ticks = domain ? timeTicks(domain, inner).filter(({ day, text }) => day >= domain[0] && scale(day) + 4 + text.length * 6.2 < width) : [];
    put(plot, svg("g", { class: "axis", "aria-hidden": "true" }, svg("path", { d: `M${TIME.left} ${floor}H${width - TIME.right}` }),
      ticks.map(({ day, text, year }) => [svg("path", { d: `M${scale(day)} ${TIME.top}V${floor + 4}`, class: year ? "year" : null }),
        svg("text", { class: "tick", x: scale(day) + 3, y: TIME.height - 4 }, text)]),
      svg("text", { class: "tick", x: 2, y: TIME.height - 4 }, undated.length ? "no date" : "")),
    svg("rect", { class: "brush", y: TIME.top, height: floor - TIME.top, width: 0 }),
    svg("g", {}, drawUndated(undated, floor), placed.map((one) => bar(one, pitch, most))));
    settle();
    put(note, document.createTextNode(domain ? "" : "No dated incident matches: clear a filter, or widen the range."));
    note.hidden = Boolean(domain);
  }

  new ResizeObserver(() => {
    const box = plot.getBoundingClientRect();
    if (!box.width || (Math.abs(box.width - TIME.width) < 1 && TIME.drawn)) return;
    Object.assign(TIME, { width: box.width, drawn: true });
    redraw();
  }).observe(plot);
  listeners.push(redraw);
}

// Dragging over the timeline asks for those days; the two date fields do the same by keyboard.
function attachBrush(plot) {
  const brush = { domain: null, inner: 1 };
  let from = null;
  const at = (event) => Math.max(TIME.left, Math.min(TIME.width - TIME.right, event.clientX - plot.getBoundingClientRect().left));
  const dayAt = (x) => Math.floor(brush.domain[0] + (x - TIME.left) / brush.inner * (brush.domain[1] - brush.domain[0]));
  plot.addEventListener("pointerdown", (event) => {
    if (event.button || !brush.domain || event.target.closest("a") || event.clientX - plot.getBoundingClientRect().left < TIME.left) return;
    from = at(event);
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event), box = plot.querySelector(".brush");
    box.setAttribute("x", Math.min(from, to));
    box.setAttribute("width", Math.abs(to - from));
  });
  plot.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, at(event)].sort((x, y) => x - y);
    from = null;
    if (b - a > 5) change({ from: isoOf(dayAt(a)), to: isoOf(dayAt(b)) });
  });
  plot.addEventListener("pointercancel", () => { from = null; plot.querySelector(".brush").setAttribute("width", 0); });
  return brush;
}
