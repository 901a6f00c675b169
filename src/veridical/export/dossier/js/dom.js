// Building the page: elements are made, and every text is set as text. Nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function byId(id) {
  return document.getElementById(id);
}

function put(parent, ...children) {
  parent.replaceChildren(...children.flat(3).filter((child) => child));
  return parent;
}

// Words for those who listen: what an eye reads off a shape.
function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

function say(text) {
  byId("status").textContent = text;
}

function debounce(action, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), wait);
  };
}

// One tab stop for many things: the arrow keys, Home and End move between them.
function rove(container, selector, keys) {
  const all = () => [...container.querySelectorAll(selector)];
  const step = { [keys.next]: 1, [keys.back]: -1 };
  const move = (to) => {
    const nodes = all();
    if (!nodes.length) return;
    const target = nodes[Math.max(0, Math.min(nodes.length - 1, to))];
    nodes.forEach((node) => node.setAttribute("tabindex", node === target ? "0" : "-1"));
    target.focus();
  };
  container.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const nodes = all();
    const at = nodes.indexOf(event.target.closest(selector));
    if (at < 0) return;
    if (event.key in step) move(at + step[event.key]);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(nodes.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return () => all().forEach((node, i) => node.setAttribute("tabindex", i === 0 ? "0" : "-1"));
}
