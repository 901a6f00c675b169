// Search, stage, type and country. The stage buttons are also the legend of every glyph on the page.

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

function picker(id, label, key, options) {
  const select = el("select", { id, onchange: (event) => change({ [key]: event.target.value }) },
    el("option", { value: "" }, `any ${label}`), options.map(([value, text]) => el("option", { value }, text)));
  listeners.push(() => { select.value = state[key]; });
  return el("span", { class: "field" }, el("label", { for: id, class: "unseen" }, capital(label)), select);
}

function stageButtons() {
  const counts = counted(ITEMS.map((item) => item.stage));
  const buttons = STAGE_ORDER.filter((stage) => counts.has(stage)).map((stage) => {
    const button = el("button", { type: "button", class: "stage", "aria-pressed": "false", onclick: () => {
      change({ stages: state.stages.includes(stage) ? state.stages.filter((s) => s !== stage) : [...state.stages, stage] });
    } }, glyph(stage), el("span", {}, stageLabel(stage)), el("span", { class: "n" }, counts.get(stage)));
    listeners.push(() => button.setAttribute("aria-pressed", state.stages.includes(stage)));
    return button;
  });
  return el("div", { class: "stages", role: "group", "aria-label": "Stage" }, buttons);
}

function drawFilters() {
  const search = el("input", { type: "search", id: "q", placeholder: "Search names, places, reports", autocomplete: "off", spellcheck: "false",
    "aria-label": "Search names, places, reports", oninput: debounce((event) => change({ q: event.target.value }), 120) });
  const types = [...counted(ITEMS.map((item) => item.type))].sort((a, b) => a[0].localeCompare(b[0]));
  const countries = [...counted(ITEMS.map((item) => item.country).filter(Boolean))]
    .sort((a, b) => countryName(a[0]).localeCompare(countryName(b[0])));
  const unplaced = ITEMS.filter((item) => !item.country).length;
  const countryOptions = countries.map(([code, n]) => [code, `${countryName(code)} (${n})`]);
  if (unplaced) countryOptions.push([UNPLACED, `country unknown (${unplaced})`]);
  const clear = el("button", { type: "button", class: "link", id: "clear", onclick: () => { clearFilters(); search.focus(); } }, "Clear filters");
  const only = el("button", { type: "button", class: "only", onclick: () => change({ only: null, onlyLabel: "" }) });
  listeners.push(() => {
    if (search.value !== state.q) search.value = state.q;
    clear.hidden = !isFiltered();
    only.hidden = !state.only;
    put(only, document.createTextNode(`${state.onlyLabel} `), el("span", { "aria-hidden": "true" }, "×"), unseen("remove this filter"));
  });
  put(byId("filters"), el("div", { class: "asks" }, search,
    picker("type", "type", "type", types.map(([type, n]) => [type, `${words(type)} (${n})`])),
    picker("country", "country", "country", countryOptions), only, clear), stageButtons());
}

function drawTally() {
  const reports = Object.keys(REPORTS).length;
  put(byId("tally"), el("span", {}, plural(ITEMS.length, "incident")), " from ", el("span", {}, plural(reports, "report")), ", resting on ",
    el("span", {}, plural(TOTAL_ORIGINS, "independent origin")),
    DATA.all_reports > reports && `; ${plural(DATA.all_reports - reports, "other report")} told of none`);
}
