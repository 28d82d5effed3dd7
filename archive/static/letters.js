// A letter in its form: each gap is found with one click, and counted while it is filled in.

const box = document.querySelector("[data-gaps]");
const sheet = document.querySelector("[data-letter]");

if (box && sheet) {
  const fields = [...sheet.querySelectorAll("textarea, input")];
  const heading = box.querySelector("h2");
  const items = [...box.querySelectorAll("[data-gap]")];

  const place = (words) => {
    for (const field of fields) {
      const found = gapPattern(words).exec(field.value);
      if (found) return { field, start: found.index, end: found.index + found[0].length };
    }
    return null;
  };

  // Words of a gap may have been broken over lines.
  const gapPattern = (words) =>
    new RegExp(`\\[${words.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+")}\\]`);

  const show = (words) => {
    const found = place(words);
    if (!found) return;
    found.field.focus();
    found.field.setSelectionRange(found.start, found.end);
    scrollToLine(found.field, found.start);
  };

  // A text area that grows with its text has nothing to scroll inside: bring the line into the window.
  const scrollToLine = (field, start) => {
    const whole = field.value.length || 1;
    const box = field.getBoundingClientRect();
    const line = (start / whole) * field.scrollHeight;
    if (field.scrollHeight > field.clientHeight) field.scrollTop = Math.max(0, line - field.clientHeight / 3);
    else window.scrollBy({ top: box.top + line - window.innerHeight / 3 });
  };

  const count = () => {
    let open = 0;
    for (const item of items) {
      item.hidden = place(item.dataset.gap) === null;
      if (!item.hidden) open += 1;
    }
    const said = open === 0 ? "No gaps" : `${open} ${open === 1 ? "gap" : "gaps"} to fill`;
    if (heading.textContent !== said) {
      heading.textContent = said;
      document.getElementById("said").textContent = said;
    }
  };

  for (const item of items) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gap-find";
    button.textContent = item.dataset.gap;
    button.addEventListener("click", () => show(item.dataset.gap));
    item.replaceChildren(button);
  }
  for (const field of fields) field.addEventListener("input", count);
}
