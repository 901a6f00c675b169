// The start, and the way between the list and one incident: the address says which is open.

const THEMES = ["auto", "light", "dark"];
let opened = null;
let remembered = 0;

function setTheme(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  put(byId("theme"), document.createTextNode(`theme: ${theme}`));
  byId("theme").dataset.now = theme;
  try { localStorage.setItem("veridical-theme", theme); } catch { /* a page from a file may have no store */ }
}

function storedTheme() {
  try { return THEMES.includes(localStorage.getItem("veridical-theme")) ? localStorage.getItem("veridical-theme") : "auto"; } catch { return "auto"; }
}

function hashId() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return location.hash.slice(1); }
}

function showOverview() {
  byId("incident").hidden = true;
  byId("overview").hidden = false;
  document.title = byId("home").textContent;
  scrollTo(0, remembered);
  if (opened === null) return;
  const from = opened;
  opened = null;
  const at = found.findIndex((item) => item.id === from);
  if (at >= 0 && Math.floor(at / PAGE) !== state.page) change({ page: Math.floor(at / PAGE) });
  walkTo(document.querySelector("#list tbody"), at < 0 ? 0 : at % PAGE);
}

function showIncident(id) {
  if (opened === null) remembered = scrollY;
  opened = id;
  const item = BY_ID.get(id);
  byId("overview").hidden = true;
  byId("incident").hidden = false;
  if (item) drawIncident(item);
  else drawMissing(id);
  document.title = item ? `${titleOf(item.incident)} · ${byId("home").textContent}` : byId("home").textContent;
  scrollTo(0, 0);
  byId("title").focus({ preventScroll: true });
}

function route() {
  const id = hashId();
  if (id === "main") byId("main").focus();
  else if (id) showIncident(id);
  else showOverview();
}

function goBy(key) {
  document.querySelector(`#incident [data-go=${key}]`)?.click();
}

function listenToKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // No letters as shortcuts: they would catch what is dictated or typed elsewhere (WCAG 2.1.4).
  if (event.key === "Escape") {
    if (!byId("incident").hidden) goBy("home");
    else if (isFiltered()) clearFilters();
  } else if (event.target.id === "title" && event.key === "ArrowRight") goBy("next");
  else if (event.target.id === "title" && event.key === "ArrowLeft") goBy("back");
}

function start() {
  document.body.prepend(sharedDefs());
  setTheme(storedTheme());
  byId("theme").addEventListener("click", () => setTheme(THEMES[(THEMES.indexOf(byId("theme").dataset.now) + 1) % THEMES.length]));
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    (byId("incident").hidden ? document.querySelector("#list a[tabindex='0']") || byId("main") : byId("title")).focus();
  });
  listenToPointing();
  drawTally();
  drawFilters();
  drawMap();
  drawTimeline();
  drawList();
  change({});
  addEventListener("hashchange", route);
  addEventListener("keydown", listenToKeys);
  route();
}

start();
