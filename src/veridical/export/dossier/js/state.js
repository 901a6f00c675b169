// What the reader has asked for. The page is drawn from it; whatever changes it calls `change`.

const EMPTY = { q: "", stages: [], type: "", country: "", from: "", to: "", only: null, onlyLabel: "" };
const state = { ...EMPTY, sort: "when", down: false, page: 0 };
const listeners = [];
let found = [];

const SORTS = {
  stage: (a, b) => STAGE_ORDER.indexOf(a.stage) - STAGE_ORDER.indexOf(b.stage),
  type: (a, b) => a.type.localeCompare(b.type),
  when: (a, b) => a.sort.when - b.sort.when,
  where: (a, b) => a.place.localeCompare(b.place),
  killed: (a, b) => a.sort.killed - b.sort.killed,
  origins: (a, b) => a.incident.origins - b.incident.origins,
  disagreements: (a, b) => a.incident.disagreements.length - b.incident.disagreements.length,
};
const STAGE_ORDER = [...Object.keys(LOOK.stage), ...Object.keys(LOOK.stageless)];
const UNPLACED = "?";

function isFiltered() {
  return Object.keys(EMPTY).some((key) => (key === "stages" ? state.stages.length : state[key] !== EMPTY[key]));
}

// Dates of the range as day numbers; an empty or broken input is an open end.
function rangeOf() {
  const first = wholeDate(state.from, false), last = wholeDate(state.to, true);
  return [first ? dayNumber(first) : -Infinity, last ? dayNumber(last) : Infinity];
}

function matches(item, needles, first, last) {
  if (state.stages.length && !state.stages.includes(item.stage)) return false;
  if (state.type && item.type !== state.type) return false;
  if (state.country && (state.country === UNPLACED ? item.country : item.country !== state.country)) return false;
  if (state.only && !state.only.has(item.id)) return false;
  if ((first > -Infinity || last < Infinity) && !(item.span && item.span[1] >= first && item.span[0] <= last)) return false;
  return needles.every((needle) => item.search.includes(needle));
}

function select() {
  const needles = fold(state.q).split(/\s+/).filter(Boolean);
  const [first, last] = rangeOf();
  return ITEMS.filter((item) => matches(item, needles, first, last));
}

// Sorts stably; what has no date or no toll stays at the end whichever way the order runs.
function order(items) {
  const compare = SORTS[state.sort];
  const sign = state.down ? -1 : 1;
  const last = (item) => (state.sort === "when" && item.sort.when === NEVER) || (state.sort === "killed" && item.sort.killed < 0);
  return [...items].sort((a, b) => last(a) - last(b) || sign * compare(a, b) || a.sort.when - b.sort.when || (a.id < b.id ? -1 : 1));
}

function change(given) {
  Object.assign(state, "page" in given ? {} : { page: 0 }, given);
  found = order(select());
  listeners.forEach((listener) => listener(found));
}

function clearFilters() {
  change({ ...EMPTY });
}
