// The reader's list: it is kept in this browser alone. Everything works without this file, but nothing is remembered.

const LIST = "reading-room-list";
const NOTES = "reading-room-list-notes";
const MOST = 500;
const MOST_ADDRESS = 8000;
const ID = /^[a-z2-7]{16}$/;

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // refused by the browser, or nonsense
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

function passageOf(one) {
  return {
    id: one.id,
    words: text(one.words, 300),
    title: text(one.title, 300),
    label: text(one.label, 100),
    url: text(one.url, 300),
    added: text(one.added, 40),
  };
}

export function readList() {
  const list = stored(LIST);
  if (!Array.isArray(list)) return [];
  const seen = new Set();
  const good = list.filter((one) => one && typeof one === "object" && ID.test(one.id) && !seen.has(one.id) && seen.add(one.id));
  return good.slice(0, MOST).map(passageOf);
}

export function writeList(list) {
  const kept = store(LIST, list.slice(0, MOST).map(passageOf));
  showLink();
  return kept;
}

export function addToList(passage) {
  const list = readList();
  if (!ID.test(passage.id)) return false;
  if (list.some((one) => one.id === passage.id)) return true;
  if (list.length >= MOST) return false;
  return writeList([...list, { ...passage, added: new Date().toISOString() }]);
}

export function removeFromList(id) {
  writeList(readList().filter((one) => one.id !== id));
  writeNote(id, "");
}

export function readNotes() {
  const notes = stored(NOTES);
  if (!notes || typeof notes !== "object" || Array.isArray(notes)) return {};
  return Object.fromEntries(Object.entries(notes).filter(([id, note]) => ID.test(id) && typeof note === "string").slice(-MOST));
}

export function writeNote(id, note) {
  const { [id]: _, ...others } = readNotes();
  store(NOTES, note.trim() ? { ...others, [id]: note.slice(0, 2000) } : others);
}

// Where a list with these numbers is; without them when the address would be too long.
export function listAddress(path, ids) {
  const address = `${path}?${ids.map((id) => `id=${id}`).join("&")}`;
  return ids.length && address.length <= MOST_ADDRESS ? address : path;
}

const link = document.querySelector("[data-my-list]");

function showLink() {
  if (!link) return;
  const ids = readList().map((one) => one.id);
  link.hidden = !ids.length;
  link.textContent = `My list (${ids.length})`;
  link.href = listAddress(link.dataset.myList, ids);
}

showLink();
addEventListener("storage", showLink); // changed in another window
addEventListener("pageshow", showLink); // gone back to
