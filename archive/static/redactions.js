// Marking on the page what was withheld and not found. The form works without this file.

const paper = document.querySelector(".paper");
const marking = document.querySelector("[data-draws]");
const drawn = document.querySelector(".withheld-boxes .drawn");
const edges = Object.fromEntries([...document.querySelectorAll("[data-edge]")].map((edge) => [edge.dataset.edge, edge]));

function show() {
  const [x0, top, x1, bottom] = ["x0", "top", "x1", "bottom"].map((name) => Number(edges[name].value));
  drawn.setAttribute("x", Math.min(x0, x1));
  drawn.setAttribute("y", Math.min(top, bottom));
  drawn.setAttribute("width", Math.abs(x1 - x0));
  drawn.setAttribute("height", Math.abs(bottom - top));
}

function pointAt(event) {
  const svg = drawn.ownerSVGElement;
  const place = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  const within = (part, whole) => Math.min(Math.max(part, 0), whole);
  return [
    within(((event.clientX - place.left) / place.width) * width, width),
    within(((event.clientY - place.top) / place.height) * height, height),
  ];
}

if (paper && marking && drawn) {
  let from = null;
  for (const edge of Object.values(edges)) edge.addEventListener("input", show);
  marking.addEventListener("toggle", () => paper.classList.toggle("draws", marking.open));
  paper.addEventListener("pointerdown", (event) => {
    if (!marking.open || event.button !== 0 || event.pointerType === "touch") return;
    from = pointAt(event);
    paper.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  paper.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = pointAt(event);
    const ends = { x0: Math.min(from[0], to[0]), top: Math.min(from[1], to[1]), x1: Math.max(from[0], to[0]), bottom: Math.max(from[1], to[1]) };
    for (const [name, value] of Object.entries(ends)) edges[name].value = value.toFixed(1);
    show();
  });
  paper.addEventListener("pointerup", () => {
    if (from) document.getElementById("new-codes").focus();
    from = null;
  });
}
