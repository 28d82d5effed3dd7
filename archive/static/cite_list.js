// The page of a list: what is moved, taken off or noted is remembered. Without this file its buttons ask the server.

const { addToList, listAddress, readList, readNotes, removeFromList, writeList, writeNote } = await import(
  document.querySelector('script[src*="/passages.js"]').src // the same address: the same module
);
const said = document.getElementById("said");
const form = document.querySelector("[data-list]");
const opened = document.querySelector("[data-list-open]");

if (opened) openMine();
if (form) manage();

// Without numbers in the address, the list that this browser keeps is meant.
function openMine() {
  const ids = readList().map((one) => one.id);
  if (!ids.length) return;
  const address = listAddress(opened.getAttribute("action"), ids);
  if (address.includes("?")) {
    location.replace(address);
    return;
  }
  for (const id of ids) opened.append(Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: id }));
  opened.submit();
}

function manage() {
  const items = () => [...form.querySelectorAll("[data-list-item]")];
  const idsHere = () => [...form.querySelectorAll("input[name=id]")].map((one) => one.value);
  const passageOf = (item) => {
    const { listItem: id, words, title, label, url } = item.dataset;
    return { id, words, title, label, url };
  };

  const isMine = () => {
    const here = new Set(idsHere());
    const mine = new Set(readList().map((one) => one.id));
    // What is not shown now cannot be put on a list, and does not make this another one.
    return [...mine].every((id) => here.has(id)) && items().every((item) => mine.has(item.dataset.listItem));
  };

  function sayWhose() {
    const box = document.querySelector("[data-list-mine]");
    const keep = box.querySelector("[data-list-keep]");
    const mine = new Set(readList().map((one) => one.id));
    const missing = items().filter((item) => !mine.has(item.dataset.listItem));
    box.hidden = !missing.length && !isMine();
    keep.hidden = !missing.length;
    box.querySelector("[data-list-says]").textContent = missing.length
      ? "This list came with its address. "
      : "This is your list: this browser keeps it.";
    keep.onclick = () => {
      for (const item of missing) addToList(passageOf(item));
      said.textContent = "Added to your list";
      sayWhose();
      box.tabIndex = -1;
      box.focus();
    };
  }

  function renumber() {
    items().forEach((item, index, all) => {
      const number = index + 1;
      item.querySelector(".listed-number").textContent = number;
      item.querySelector("h2").textContent = `Passage ${number}`;
      const [up, down, off] = item.querySelectorAll("button[name=what]");
      up.setAttribute("aria-label", `Move up: passage ${number}`);
      down.setAttribute("aria-label", `Move down: passage ${number}`);
      off.setAttribute("aria-label", `Take off the list: passage ${number}`);
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
    });
  }

  function remember(wasMine) {
    const ids = idsHere();
    if (wasMine) {
      const place = new Map(ids.map((id, index) => [id, index]));
      writeList(readList().filter((one) => place.has(one.id)).sort((one, other) => place.get(one.id) - place.get(other.id)));
    }
    if (!ids.length) {
      location.replace(form.dataset.list);
      return;
    }
    const address = listAddress(form.dataset.list, ids);
    if (location.search) history.replaceState(null, "", address);
    const field = form.querySelector("[data-list-address]");
    if (field) field.value = new URL(address, location.href).href;
    renumber();
    sayWhose();
  }

  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[name=what]");
    if (!pressed) return;
    event.preventDefault();
    const [how, id] = pressed.value.split(":");
    const item = form.querySelector(`[data-list-item="${id}"]`);
    const wasMine = isMine();
    if (how === "up") item.previousElementSibling?.before(item);
    else if (how === "down") item.nextElementSibling?.after(item);
    else {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      removeFromList(id);
      next?.querySelector("button[name=what]:last-of-type")?.focus();
    }
    remember(wasMine);
    if (how !== "remove") (pressed.disabled ? item.querySelector("button[name=what]:not(:disabled)") : pressed)?.focus();
    const place = items().indexOf(item) + 1;
    said.textContent = how === "remove" ? "Taken off the list" : `Passage ${place} of ${items().length}`;
  });

  const notes = readNotes();
  for (const field of form.querySelectorAll("[data-list-note]")) {
    const id = field.closest("[data-list-item]").dataset.listItem;
    if (!field.value && notes[id]) field.value = notes[id];
    if (field.value) field.closest("details").open = true;
    field.addEventListener("input", () => writeNote(id, field.value));
  }

  const copy = form.querySelector("[data-list-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(form.querySelector("[data-list-address]").value);
      said.textContent = "Copied";
    });
  }
  sayWhose();
}
