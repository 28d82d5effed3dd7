// Keys, copying, and nothing that the pages need: everything works without this file.

const said = document.getElementById("said");
const KEYS_OFF = "reading-room-keys-off"; // one word in localStorage, only after the reader turned keys off

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    said.textContent = "Copied";
    setTimeout(() => {
      button.textContent = label;
      said.textContent = "";
    }, 2000);
  });
}

const dialog = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");

function keysAreOff() {
  try {
    return localStorage.getItem(KEYS_OFF) !== null;
  } catch {
    return false; // storage refused by the browser: keys stay on
  }
}

if (dialog) {
  for (const button of document.querySelectorAll("[data-shows=keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  keysOn.checked = !keysAreOff();
  keysOn.addEventListener("change", () => {
    if (keysOn.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || keysAreOff()) return;
  if (event.key === "/") {
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "?" && dialog) {
    event.preventDefault();
    dialog.showModal();
  } else if (/^[a-z]$/.test(event.key)) {
    const link = document.querySelector(`a[data-key="${event.key}"]`);
    if (!link) return;
    event.preventDefault(); // else the letter is typed into the field that the link opens
    link.click();
  }
});
