// The table: paste from a spreadsheet, arrows between rows, and only what was edited is sent.
// Without this file the form sends all rows.

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

const form = document.querySelector("[data-table]");
const changed = document.querySelector("[data-changed]");

function cells(row) {
  return [...row.querySelectorAll("input[type=text]")];
}

function isEdited(row) {
  return row.classList.contains("refused") || cells(row).some((cell) => cell.value !== cell.defaultValue);
}

function note(row) {
  row.classList.toggle("edited", isEdited(row));
  const count = form.querySelectorAll("tr.edited").length;
  changed.textContent = count ? `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} changed, not saved` : "";
}

function paste(cell, text) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const from = rows.indexOf(cell.closest("[data-row]"));
  const column = cells(rows[from]).indexOf(cell);
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  lines.forEach((values, down) => {
    const row = rows[from + down];
    if (!row) return;
    values.forEach((value, right) => {
      const target = cells(row)[column + right];
      if (target) target.value = value.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"');
    });
    note(row);
  });
  const left = lines.length - (rows.length - from);
  document.getElementById("said").textContent = left > 0 ? `Pasted; ${left} lines had no row.` : `Pasted ${lines.length} lines.`;
}

if (form) {
  let leaving = false;
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) note(row);
  });
  form.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-row] input[type=text]");
    const text = event.clipboardData.getData("text/plain");
    if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    paste(cell, text);
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-row] input[type=text]");
    if (!cell || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") event.preventDefault();
    const step = { Enter: event.shiftKey ? -1 : 1 }[event.key] ?? (event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0);
    if (!step) return;
    const row = cell.closest("[data-row]");
    const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (other) cells(other)[cells(row).indexOf(cell)].focus();
  });
  form.addEventListener("submit", (event) => {
    leaving = true;
    const fills = event.submitter?.value === "fill";
    for (const row of form.querySelectorAll("[data-row]")) {
      const wanted = isEdited(row) || (fills && row.querySelector("input[name=ticked]").checked);
      for (const input of row.querySelectorAll("input")) input.disabled = !wanted;
    }
  });
  addEventListener("pageshow", () => {
    leaving = false;
    for (const input of form.querySelectorAll("input:disabled")) input.disabled = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && form.querySelector("tr.edited")) event.preventDefault();
  });
  const all = form.querySelector("[data-ticks-all]");
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of form.querySelectorAll("input[name=ticked]")) tick.checked = all.checked;
  });
  for (const row of form.querySelectorAll("tr.refused")) note(row);
}
