// Keys and drawing on the review pages. Every form works without this file.

const KEYS_OFF = "reading-room-keys-off"; // as site.js has it
const said = document.getElementById("said");

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

// The finding to be decided: in view at the right, and on the paper.

const card = document.querySelector(".card.current");
if (card && location.hash === `#${card.id}`) card.focus({ preventScroll: false });

const paper = document.querySelector("[data-paper]");
const frame = paper?.querySelector(".finding.current .frame");
if (frame && paper.scrollHeight > paper.clientHeight) {
  const middle = frame.getBoundingClientRect().top - paper.getBoundingClientRect().top;
  paper.scrollTop += middle - paper.clientHeight / 3;
}

function openFindingAt(event) {
  const mark = document.elementsFromPoint(event.clientX, event.clientY).find((part) => part.closest("[data-finding]"));
  if (!mark) return;
  const number = mark.closest("[data-finding]").dataset.finding;
  document.getElementById(`finding-${number}`)?.scrollIntoView({ block: "center" });
}

// Keys: a decision about a finding can be undone and is made at once; one about the document is only
// reached by its key, and made with Enter.

function keysAreOff() {
  try {
    return localStorage.getItem(KEYS_OFF) !== null;
  } catch {
    return false;
  }
}

function reach(element) {
  const closed = element.closest("details:not([open])");
  if (closed) closed.open = true;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}

function open(summary) {
  summary.parentElement.open = true;
  reach(summary.parentElement.querySelector("textarea, input:not([type=hidden])") ?? summary);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox], [type=radio])")) return;
  if (document.querySelector("dialog[open]") || keysAreOff() || !/^[a-z0-9]$/.test(event.key)) return;
  const pressed = document.querySelector(`button[data-key="${event.key}"], input[data-key="${event.key}"]`);
  const reached = document.querySelector(`[data-focus-key="${event.key}"]`);
  const opened = document.querySelector(`[data-opens-key="${event.key}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
  } else if (reached) {
    event.preventDefault();
    reach(reached);
    if (reached.tagName === "BUTTON") said.textContent = `${reached.textContent.trim()}: press Enter`;
  } else if (opened) {
    event.preventDefault();
    open(opened);
  }
});

// Tick all documents of a window of the queue.

const all = document.querySelector("[data-ticks-all]");
if (all) {
  all.closest("label").hidden = false;
  const ticks = [...document.querySelectorAll("input[name=document]")];
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
  });
}

// Draw a box: with the mouse on the paper, or by typing its edges, which shows it there.

const drawing = document.querySelector("[data-drawing]");
const form = document.querySelector("[data-draws]");
const edges = Object.fromEntries([...document.querySelectorAll("[data-edge]")].map((edge) => [edge.dataset.edge, edge]));

function show() {
  const [x0, top, x1, bottom] = ["x0", "top", "x1", "bottom"].map((name) => Number(edges[name].value));
  drawing.setAttribute("x", Math.min(x0, x1));
  drawing.setAttribute("y", Math.min(top, bottom));
  drawing.setAttribute("width", Math.abs(x1 - x0));
  drawing.setAttribute("height", Math.abs(bottom - top));
}

if (drawing && form) {
  const svg = drawing.ownerSVGElement;
  const sheet = svg.parentElement;
  paper.classList.add("draws");
  for (const edge of Object.values(edges)) edge.addEventListener("input", show);

  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const inside = (part, whole) => Math.min(Math.max(part, 0), whole);
    return [
      inside(((event.clientX - box.left) / box.width) * svg.dataset.width, Number(svg.dataset.width)),
      inside(((event.clientY - box.top) / box.height) * svg.dataset.height, Number(svg.dataset.height)),
    ];
  };
  let from = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = at(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    const ends = { x0: Math.min(from[0], to[0]), top: Math.min(from[1], to[1]), x1: Math.max(from[0], to[0]), bottom: Math.max(from[1], to[1]) };
    for (const [name, value] of Object.entries(ends)) edges[name].value = value.toFixed(1);
    show();
  });
  sheet.addEventListener("pointerup", (event) => {
    const drawn = from && Number(drawing.getAttribute("width")) > 2 && Number(drawing.getAttribute("height")) > 2;
    from = null;
    if (!drawn) {
      openFindingAt(event);
      return;
    }
    form.open = true;
    form.querySelector("select").focus();
    said.textContent = "A box is drawn. Choose the reason, then press Draw the box.";
  });
}
