// Buttons on the pages fill in the plain fields of the forms. Without this file the fields are typed.

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

const ranges = document.querySelector("[data-ranges]");
const order = document.querySelector("[data-order]");
const turns = [...document.querySelectorAll("[data-turn]")];
const total = Number(ranges?.dataset.pages ?? 0);
const pages = [...document.querySelectorAll("[data-grid] [data-page]")];
const said = document.getElementById("said");

function numbers(text) {
  const found = [];
  for (const piece of text.split(/[,;\n]/)) {
    const range = /^\s*(\d+)(?:\s*[-\u2013]\s*(\d+))?\s*$/.exec(piece);
    if (range) for (let n = Number(range[1]); n <= Math.min(Number(range[2] ?? range[1]), total); n += 1) found.push(n);
  }
  return found;
}

function written(list) {
  const runs = [];
  for (const n of list) {
    const run = runs.at(-1);
    if (run && n === run[1] + 1) run[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`)).join(", ");
}

// The first pages of the parts: a break stands before each.
function starts() {
  return new Set(ranges.value.split(/[,;\n]/).map((piece) => parseInt(piece, 10)).filter((n) => n > 1 && n <= total));
}

function setStarts(breaks) {
  const first = [1, ...[...breaks].sort((a, b) => a - b)];
  ranges.value = first.map((n, i) => written(Array.from({ length: (first[i + 1] ?? total + 1) - n }, (_, k) => n + k))).join(", ");
}

function turnOf(page) {
  return Number(turns.find((field) => numbers(field.value).includes(page))?.dataset.turn ?? 0);
}

function setTurn(page, degrees) {
  for (const field of turns) {
    const list = numbers(field.value).filter((n) => n !== page);
    if (Number(field.dataset.turn) === degrees) list.push(page);
    field.value = written(list.sort((a, b) => a - b));
  }
}

function move(page, step) {
  const list = order.value.trim() ? numbers(order.value) : Array.from({ length: total }, (_, k) => k + 1);
  const at = list.indexOf(page);
  if (at < 0 || at + step < 0 || at + step >= list.length) return;
  list.splice(at + step, 0, ...list.splice(at, 1));
  order.value = written(list);
  said.textContent = `Page ${page} is now at place ${at + step + 1}`;
}

function draw() {
  const breaks = starts();
  for (const item of pages) {
    const page = Number(item.dataset.page);
    item.classList.toggle("starts", breaks.has(page));
    item.querySelector("[data-breaks]")?.setAttribute("aria-pressed", String(breaks.has(page)));
    for (const degrees of [90, 180, 270]) item.classList.toggle(`turn-${degrees}`, turnOf(page) === degrees);
  }
}

function button(words, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => {
    act();
    draw();
  });
  return made;
}

if (ranges && order) {
  for (const item of pages) {
    const page = Number(item.dataset.page);
    const tools = document.createElement("div");
    tools.className = "page-tools";
    if (page > 1) {
      const breaks = button("New record here", `New record here, at page ${page}`, () => {
        const known = starts();
        if (!known.delete(page)) known.add(page);
        setStarts(known);
      });
      breaks.dataset.breaks = "";
      tools.append(breaks);
    }
    tools.append(
      button("Turn", `Turn page ${page} to the right`, () => setTurn(page, (turnOf(page) + 90) % 360)),
      button("Move earlier", `Move earlier, page ${page}`, () => move(page, -1)),
    );
    item.append(tools);
  }
  for (const field of [ranges, ...turns]) field.addEventListener("input", draw);
  draw();
}
