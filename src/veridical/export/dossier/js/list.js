// The incidents as dense rows: a table, one link a row, one tab stop; arrows walk, Enter opens, headings sort.

const PAGE = 100;
const HEADS = [["type", "Incident"], ["when", "When"], [null, "as written"], ["where", "Where"], ["killed", "Killed"], ["origins", "Origins"],
  ["disagreements", "≠"]];

function headCell([key, text]) {
  if (!key) return el("th", { role: "columnheader", scope: "col", class: "written" }, text);
  const button = el("button", { type: "button", onclick: () => change({ sort: key, down: state.sort === key ? !state.down : key === "killed" || key === "origins" || key === "disagreements" }) },
    key === "disagreements" ? [el("span", { "aria-hidden": "true" }, "≠"), unseen("Disagreements")] : text, el("span", { class: "arrow", "aria-hidden": "true" }));
  return el("th", { role: "columnheader", scope: "col", class: key, "data-key": key }, button);
}

function killedCell(item) {
  const { killed } = item;
  if (!killed) return [unseen("not told")];
  // Digits end on one line down the column; an open end and the part that was counted stand after it.
  const nodes = tollNodes(killed), open = killed.high === null && killed.low !== null ? nodes.pop() : null;
  return [el("span", { class: "tally-cell", "aria-hidden": "true" }, el("span", {}, nodes), el("span", {}, open, killed.of && el("span", { class: "of" }, killed.of))),
    unseen(tollText(killed))];
}

function row(item) {
  const { incident } = item;
  const cell = (kind, ...inner) => el("td", { role: "cell", class: kind }, inner);
  const link = el("a", { href: "#" + encodeURIComponent(item.id), tabindex: "-1", id: `row-${item.id}` }, glyph(item.stage),
    el("span", {}, capital(words(incident.type))), doubt(incident) && el("small", {}, doubt(incident)), unseen(`, ${stageLabel(item.stage)}`));
  const differ = incident.disagreements.length;
  const node = el("tr", { role: "row" }, el("th", { role: "rowheader", scope: "row", class: "type" }, link),
    cell("when", whenShape(incident.when), el("span", {}, item.when)),
    cell("written", incident.when.as_written && el("q", {}, incident.when.as_written)),
    cell("where", whereShape(incident.where), el("span", {}, item.place)),
    cell("killed", killedCell(item)), cell("origins", squares(incident.origins)),
    cell("disagreements", differ > 0 && [el("span", { "aria-hidden": "true" }, "≠"), unseen(plural(differ, "disagreement"))]));
  node.addEventListener("click", (event) => {
    if (!event.target.closest("a") && !String(getSelection())) location.hash = encodeURIComponent(item.id);
  });
  HEAT.list.set(item.id, node);
  return hearing(node, [item.id]);
}

function emptyList() {
  if (!ITEMS.length) {
    return el("div", { class: "empty" }, el("p", {}, "This dossier holds no incidents."),
      el("p", {}, "Read some reports first, then export again: ", el("code", {}, "veridical build REPORTS --casebook casebook.db")));
  }
  return el("div", { class: "empty" }, el("p", {}, "No incident matches these filters."),
    el("p", {}, el("button", { type: "button", class: "link", onclick: clearFilters }, "Clear all filters"), " to see all ", plural(ITEMS.length, "incident"), "."));
}

function pager(body) {
  const pages = Math.ceil(found.length / PAGE);
  if (pages < 2) return null;
  const turn = (to) => { change({ page: to }); walkTo(body, 0); };
  const button = (text, to) => el("button", { type: "button", disabled: to < 0 || to >= pages, onclick: () => turn(to) }, text);
  return el("nav", { class: "pager", "aria-label": "Pages" }, button("‹ earlier rows", state.page - 1),
    el("span", {}, `${state.page * PAGE + 1}–${Math.min(found.length, (state.page + 1) * PAGE)} of ${found.length.toLocaleString("en")}`),
    button("further rows ›", state.page + 1));
}

function walkTo(body, index, focus = true) {
  const links = [...body.querySelectorAll("th a")];
  const target = links[Math.max(0, Math.min(links.length - 1, index))];
  links.forEach((link) => { link.tabIndex = link === target ? 0 : -1; });
  if (focus && target) {
    target.focus();
    target.closest("tr").scrollIntoView({ block: "nearest" });
  }
}

function attachWalk(body) {
  body.addEventListener("keydown", (event) => {
    const links = [...body.querySelectorAll("th a")];
    const at = links.indexOf(event.target.closest("a"));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 15, PageUp: at - 15, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= links.length && (state.page + 1) * PAGE < found.length) { change({ page: state.page + 1 }); walkTo(body, 0); }
    else if (to < 0 && state.page > 0) { change({ page: state.page - 1 }); walkTo(body, PAGE - 1); }
    else walkTo(body, to);
  });
}

function drawList() {
  const heads = HEADS.map(headCell);
  const body = el("tbody", { role: "rowgroup" });
  const table = el("table", { role: "table", "aria-labelledby": "found" }, el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads)), body);
  const count = el("h2", { id: "found" });
  const sorter = el("select", { id: "sort", "aria-label": "Sort", onchange: () => change({ sort: sorter.value, down: false }) },
    HEADS.filter(([key]) => key).map(([key, text]) => el("option", { value: key }, key === "disagreements" ? "disagreements" : text.toLowerCase())));
  const foot = el("div", {});
  const blank = el("div", {});
  put(byId("list"), el("div", { class: "count" }, count, el("label", { class: "sorter" }, "sort by ", sorter)), table, blank, foot);
  attachWalk(body);
  listeners.push(() => {
    HEAT.list.clear();
    if (table.isConnected && body.children.length) say(`${plural(found.length, "incident")} shown`);
    sorter.value = state.sort;
    put(count, document.createTextNode(found.length === ITEMS.length ? plural(found.length, "incident") : `${found.length.toLocaleString("en")} of ${plural(ITEMS.length, "incident")}`));
    heads.forEach((head) => {
      if (head.dataset.key === state.sort) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    put(body, found.slice(state.page * PAGE, (state.page + 1) * PAGE).map(row));
    walkTo(body, 0, false);
    table.hidden = !found.length;
    put(blank, !found.length && emptyList());
    put(foot, pager(body));
  });
}
