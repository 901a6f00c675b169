// Pointing at a value lights its quotes; pointing at a quote lights its values. Enter goes from one to the other, Escape back.

function makeLight(scroller) {
  const values = [], quotes = [];
  let origin = null, waiting = 0;

  const meets = (a, b) => a.some((index) => b.has(index));

  function show(indices) {
    const lit = new Set(indices);
    for (const { node, items } of quotes) node.classList.toggle("lit", meets(items, lit));
    for (const { node, items } of values) node.classList.toggle("lit", items.length > 0 && meets(items, lit));
  }

  function reveal(indices) {
    const lit = new Set(indices);
    const target = quotes.find(({ items }) => meets(items, lit))?.node;
    const pane = scroller();
    if (!target || !pane || pane.scrollHeight <= pane.clientHeight + 4) return;
    const box = target.getBoundingClientRect(), frame = windowOf(pane);
    if (box.top < frame.top + 50 || box.bottom > frame.top + frame.height - 20) {
      pane.scrollTo({ top: pane.scrollTop + box.top - frame.top - frame.height / 3, behavior: calm() ? "auto" : "smooth" });
    }
  }

  function point(node, items, isValue) {
    const on = () => {
      clearTimeout(waiting);
      show(items);
      if (isValue) waiting = setTimeout(() => reveal(items), 140);
    };
    const off = () => { clearTimeout(waiting); show([]); };
    node.addEventListener("pointerenter", on);
    node.addEventListener("pointerleave", off);
    node.addEventListener("focus", on);
    node.addEventListener("blur", off);
  }

  function goToQuote(node, items) {
    const lit = new Set(items);
    const target = quotes.find((quote) => meets(quote.items, lit))?.node;
    if (!target) return;
    origin = node;
    target.focus({ preventScroll: true });
    reveal(items);
    target.scrollIntoView({ block: "nearest" });
    show(items);
  }

  function goToValue(items) {
    const lit = new Set(items);
    const target = origin || values.find((value) => meets(value.items, lit))?.node;
    origin = null;
    target?.focus();
  }

  return {
    // A long report opens at its first quote: what this incident rests on is on the screen.
    showFirst() {
      const first = quotes[0]?.node, pane = scroller();
      if (!first || pane.scrollHeight <= pane.clientHeight + 4) return;
      const frame = windowOf(pane), below = first.getBoundingClientRect().bottom - frame.top;
      if (below > frame.height * 0.8) pane.scrollTop = below - frame.height / 3;
    },
    value(node, items) {
      values.push({ node, items });
      if (!items.length) return node;
      point(node, items, true);
      node.addEventListener("click", () => goToQuote(node, items));
      return node;
    },
    quote(node, items) {
      quotes.push({ node, items });
      point(node, items, false);
      node.addEventListener("click", () => { origin = null; goToValue(items); });
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " " && event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        goToValue(items);
      });
    },
  };
}

// The part of a pane that is within the window: its lower end may lie below until the page is scrolled.
function windowOf(pane) {
  const { top, bottom } = pane.getBoundingClientRect();
  return { top, height: Math.max(80, Math.min(bottom, innerHeight) - top) };
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
