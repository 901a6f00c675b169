// How values read: dates, places and tolls in words, with their precision and their open ends.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 86400000;

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;
}

function words(name) {
  return String(name ?? "").replaceAll("_", " ");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dayNumber(iso) {
  return Math.round(Date.parse(iso + "T00:00:00Z") / DAY);
}

function isoOf(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function dateParts(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return { year, month, day };
}

// A day from a year, a month or a day as typed; the last one that it means when it ends a range; null when it is no date.
function wholeDate(text, last) {
  const found = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim());
  if (!found) return null;
  const year = Number(found[1]), month = found[2] ? Number(found[2]) : last ? 12 : 1;
  const day = found[3] ? Number(found[3]) : last ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 1;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

function longDay(iso) {
  const { year, month, day } = dateParts(iso);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

function spanOfDays(first, last) {
  const a = dateParts(first), b = dateParts(last);
  if (a.year !== b.year) return `${longDay(first)} – ${longDay(last)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} – ${longDay(last)}`;
  return `${a.day}–${longDay(last)}`;
}

function whenText(when) {
  const { earliest, latest, precision } = when;
  if (!earliest && !latest) return "no date";
  if (!latest) return `from ${longDay(earliest)}`;
  if (!earliest) return `until ${longDay(latest)}`;
  const a = dateParts(earliest), b = dateParts(latest);
  if (precision === "day" || earliest === latest) return longDay(earliest);
  if (precision === "year") return a.year === b.year ? `${a.year}` : `${a.year}–${b.year}`;
  if (precision === "month" && a.month === b.month) return `${MONTHS[a.month - 1]} ${a.year}`;
  if (precision === "season") {
    return a.year === b.year ? `${MONTHS[a.month - 1]}–${MONTHS[b.month - 1]} ${a.year}`
      : `${MONTHS[a.month - 1]} ${a.year} – ${MONTHS[b.month - 1]} ${b.year}`;
  }
  return spanOfDays(earliest, latest);
}

function countryName(code) {
  return (code && COUNTRY_NAMES.get(code)) || code || "";
}

// The place in short, inmost first, without saying a name twice ("Mosul, Mosul").
function placeParts(where) {
  const parts = [where.name, where.city, where.precision === "region" && !where.name ? where.admin1 : null, countryName(where.country)];
  const seen = [];
  for (const part of parts) {
    if (part && !seen.some((other) => other === part || other.includes(part))) seen.push(part);
  }
  return seen;
}

function placeText(where) {
  return placeParts(where).join(", ") || "no place";
}

// A toll as nodes: low–best–high with the shown value marked; an open bound is an open end.
function tollNodes(count) {
  const { low, best, high } = count;
  const shown = (n) => (n === best ? el("b", {}, n.toLocaleString("en")) : n.toLocaleString("en"));
  if (low === null && high === null) return best === null ? ["not told"] : ["about ", shown(best)];
  const known = [...new Set([low, best, high].filter((n) => n !== null))].sort((a, b) => a - b);
  const nodes = [];
  if (low === null) nodes.push(el("span", { class: "open" }, "… ‹ "));
  known.forEach((n, i) => nodes.push(i ? "–" : null, shown(n)));
  if (high === null) nodes.push(el("span", { class: "open" }, " ‹ …"));
  return nodes;
}

function tollText(count) {
  const { low, best, high } = count;
  const part = count.of ? ` of ${count.of}` : "";
  if (low !== null && low === high) return `${low}${part}`;
  if (low === null && high === null) return best === null ? "not told" : `about ${best}${part}`;
  const range = high === null ? `at least ${low}` : low === null ? `at most ${high}` : `${low} to ${high}`;
  return `${range}${best !== null && best !== low ? `, shown ${best}` : ""}${part}`;
}

// Search folds case and marks: "medellin" finds Medellín.
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i").toLowerCase();
}

// Offsets are code points; a string without astral characters is its own index.
function slicer(text) {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return { length: text.length, cut: (a, b) => text.slice(a, b) };
  const points = Array.from(text);
  return { length: points.length, cut: (a, b) => points.slice(a, b).join("") };
}
