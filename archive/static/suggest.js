// Completes fields and their values in the search box. Without this file the box is a plain field.
// The pattern is the combobox of the ARIA Authoring Practices: the focus stays in the field.

const PAUSE_MS = 180;
const said = document.getElementById("said");
let boxes = 0;

for (const input of document.querySelectorAll("input[data-search]")) attach(input);

function attach(input) {
  const list = document.createElement("ul");
  list.id = `suggestions-${++boxes}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Fields and values");
  list.hidden = true;
  const frame = document.createElement("span");
  frame.className = "suggest-frame";
  input.before(frame);
  frame.append(input, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer, asked, found, chosen = -1;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = list.children[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const take = (index) => {
    const { insert } = found.items[index];
    const open = insert.endsWith(":");
    const after = input.value.slice(found.end);
    const text = open || after.startsWith(" ") ? insert : `${insert} `;
    input.value = input.value.slice(0, found.start) + text + after;
    const cursor = found.start + text.length;
    input.setSelectionRange(cursor, cursor);
    close();
    if (open) ask(); // a field was chosen: its values come next
  };

  const show = () => {
    list.replaceChildren(...found.items.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const code = document.createElement("code");
      code.textContent = item.insert;
      option.append(code, ` ${item.label}`);
      if (item.pages !== null) {
        const count = document.createElement("span");
        count.className = "count";
        count.textContent = `${item.pages.toLocaleString("en")} pages`;
        option.append(" ", count);
      }
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the field keeps the focus
        take(index);
      });
      return option;
    }));
    list.hidden = found.items.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (said && !list.hidden) said.textContent = `${found.items.length} suggestions`;
  };

  const ask = async () => {
    asked?.abort();
    const at = input.selectionStart;
    // Only fields and values are completed: a word alone asks nothing of the server until it may be one.
    if (!/(^|[\s(-])[a-z]{2,12}$|[a-z]{1,12}:("[^"]*|[^\s"()]*)$/i.test(input.value.slice(0, at))) return close();
    asked = new AbortController();
    const query = new URLSearchParams({ q: input.value, at: String(at) });
    try {
      const answer = await fetch(`${input.form.action}/suggest?${query}`, { signal: asked.signal });
      if (!answer.ok || document.activeElement !== input) return close();
      found = await answer.json();
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      show();
    } catch {
      // aborted by the next key, or offline: the field works as it is
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp") choose(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
    else return;
    event.preventDefault();
  });
}
