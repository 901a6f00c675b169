// Where the map looks: projection (Miller, as the shapes were compiled), zoom and pan. Units are those of shapes.json.

function project(longitude, latitude) {
  const northing = (degrees) => 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * degrees * Math.PI / 180));
  const y = (northing(84) - northing(Math.max(-58, Math.min(84, latitude)))) * 180 / Math.PI;
  return [(longitude + 180) * SHAPES.units, y * SHAPES.units];
}

function unitsOf(kilometres, latitude) {
  return kilometres / (111.2 * Math.max(0.2, Math.cos(latitude * Math.PI / 180))) * SHAPES.units;
}

const FARTHEST = 14; // pixels a unit: 280 a degree; nearer, the outlines would claim more than they know
const view = { width: 540, height: 340, x: 0, y: 0, k: 1, touched: false };

function smallestZoom() {
  return Math.min(view.width / SHAPES.width, view.height / SHAPES.height);
}

function clampView() {
  view.k = Math.max(smallestZoom(), Math.min(FARTHEST, view.k));
  const halfX = view.width / view.k / 2, halfY = view.height / view.k / 2;
  view.x = halfX * 2 >= SHAPES.width ? SHAPES.width / 2 : Math.max(halfX, Math.min(SHAPES.width - halfX, view.x));
  view.y = halfY * 2 >= SHAPES.height ? SHAPES.height / 2 : Math.max(halfY, Math.min(SHAPES.height - halfY, view.y));
}

// Looks at a box of map units, with air around it and never nearer than ten degrees across.
function lookAt(box) {
  const [x0, y0, x1, y1] = box;
  const least = 10 * SHAPES.units;
  const across = Math.max(x1 - x0, least), down = Math.max(y1 - y0, least * view.height / view.width);
  view.k = Math.min(view.width / (across * 1.25), view.height / (down * 1.35));
  view.x = (x0 + x1) / 2;
  view.y = (y0 + y1) / 2;
  clampView();
}

function toScreen([x, y]) {
  return [(x - view.x) * view.k + view.width / 2, (y - view.y) * view.k + view.height / 2];
}

// Zooms by a factor and keeps what lies under the screen point where it is.
function zoomBy(factor, sx = view.width / 2, sy = view.height / 2) {
  const ux = view.x + (sx - view.width / 2) / view.k, uy = view.y + (sy - view.height / 2) / view.k;
  const before = view.k;
  view.k *= factor;
  view.k = Math.max(smallestZoom(), Math.min(FARTHEST, view.k));
  view.x = ux - (ux - view.x) * before / view.k;
  view.y = uy - (uy - view.y) * before / view.k;
  view.touched = true;
  clampView();
}

function panBy(dx, dy) {
  view.x += dx / view.k;
  view.y += dy / view.k;
  view.touched = true;
  clampView();
}

// Pointer, wheel and keys on the frame of the map; `redraw` is called after each change.
function attachView(frame, redraw) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("a")) return;
    from = [event.clientX, event.clientY];
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("held");
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    panBy(from[0] - event.clientX, from[1] - event.clientY);
    from = [event.clientX, event.clientY];
    redraw();
  });
  const release = () => { from = null; frame.classList.remove("held"); };
  frame.addEventListener("pointerup", release);
  frame.addEventListener("pointercancel", release);
  frame.addEventListener("wheel", (event) => {
    // A bare wheel scrolls the page, as everywhere; with Ctrl, or pinched, it zooms.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY / 200), event.clientX - box.left, event.clientY - box.top);
    redraw();
  }, { passive: false });
  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (step) panBy(...step);
    else if (event.key === "+" || event.key === "=") zoomBy(1.5);
    else if (event.key === "-") zoomBy(1 / 1.5);
    else return;
    event.preventDefault();
    redraw();
  });
}
