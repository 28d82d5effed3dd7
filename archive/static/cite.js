// Select words on a page, press Cite. Without this file Cite leads to a form that does the same.

const MOST_PREFIX = 400;
const STYLE_KEY = "reading-room-style"; // one word in localStorage: the style that was copied last
const said = document.getElementById("said");
const button = document.querySelector("[data-cite-document]");
const panel = document.getElementById("cite-panel");

function sayAloud(text) {
  said.textContent = text;
  const in_panel = panel?.open ? panel.querySelector("[role=status]") : null;
  if (in_panel) in_panel.textContent = text; // what is outside of an open dialog is not read out
}

async function copy(pressed, text, html) {
  if (html && window.ClipboardItem) {
    const item = (type, body) => new Blob([body], { type });
    await navigator.clipboard.write([
      new ClipboardItem({ "text/plain": item("text/plain", text), "text/html": item("text/html", html) }),
    ]);
  } else {
    await navigator.clipboard.writeText(text);
  }
  const label = pressed.dataset.label ?? (pressed.dataset.label = pressed.textContent);
  pressed.textContent = "Copied";
  sayAloud("Copied");
  setTimeout(() => {
    pressed.textContent = label;
    sayAloud("");
  }, 2000);
}

for (const one of document.querySelectorAll("[data-cite-copy]")) {
  if (!navigator.clipboard) continue;
  one.hidden = false;
  one.addEventListener("click", () => copy(one, one.dataset.citeCopy, one.dataset.citeHtml));
}

// The reader's list, when this archive has one.

const listed = document.querySelector('script[src*="/passages.js"]')?.src; // the same address: the same module
const passages = listed ? import(listed).catch(() => null) : null;

async function addable(control, passage) {
  const list = await passages;
  if (!list?.addToList) return;
  control.hidden = false;
  control.onclick = () => {
    list.addToList(passage());
    control.textContent = "On my list";
    sayAloud("Added to my list");
  };
}

for (const one of document.querySelectorAll("[data-list-add]")) {
  const { listAdd: id, words, title, label, url } = one.dataset;
  addable(one, () => ({ id, words, title, label, url }));
}

// What is selected: in the words over the picture, or in the text beside it.

function blocksOf(area) {
  const lines = area.matches("svg") ? "text" : "p";
  return [...area.querySelectorAll(lines)];
}

function textWithin(area, range) {
  const pieces = [];
  for (const block of blocksOf(area)) {
    if (!range.intersectsNode(block)) continue;
    const part = document.createRange();
    part.selectNodeContents(block);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
    pieces.push(part.toString());
  }
  return pieces.join("\n").trim();
}

function selectedWords() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const area of document.querySelectorAll(".words, .page-text")) {
    if (!range.intersectsNode(area)) continue;
    const quote = textWithin(area, range);
    if (!quote) continue;
    const before = document.createRange();
    before.selectNodeContents(area);
    if (before.compareBoundaryPoints(Range.START_TO_START, range) < 0) before.setEnd(range.startContainer, range.startOffset);
    else before.collapse(true);
    return { quote, prefix: before.collapsed ? "" : textWithin(area, before).slice(-MOST_PREFIX) };
  }
  return null;
}

// The panel.

const part = (name) => panel.querySelector(`[data-cite-part=${name}]`);
const slot = (name) => panel.querySelector(`[data-cite=${name}]`);

function show(name) {
  for (const one of panel.querySelectorAll("[data-cite-part]")) one.hidden = one.dataset.citePart !== name;
  if (!panel.open) panel.showModal();
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function cite(wanted) {
  show("working");
  const sent = { document: button.dataset.citeDocument, page: button.dataset.citePage, ...wanted };
  let answer, told;
  try {
    answer = await fetch(button.dataset.citeTo, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-Form-Token": button.dataset.citeToken },
      body: JSON.stringify(sent),
    });
    told = await answer.json();
  } catch {
    told = { error: { message: "The archive does not answer.", help: "Check your connection, then press Cite again." } };
  }
  if (answer?.status === 201) showCited(told);
  else showTrouble(told, wanted);
}

function showTrouble(told, wanted) {
  const trouble = part("trouble");
  const choices = told.choices ?? [];
  const said_of_it = element("div", { className: "caution" });
  said_of_it.setAttribute("role", "alert");
  said_of_it.append(element("p", {}, element("strong", { textContent: told.error.message })));
  if (told.error.help) said_of_it.append(element("p", { textContent: told.error.help }));
  trouble.replaceChildren(said_of_it);
  if (told.nearest) {
    const nearest = element("blockquote", { className: "cited", dir: "auto", textContent: told.nearest });
    trouble.append(element("p", { textContent: "What comes closest here:" }), nearest);
  }
  for (const page of told.on_pages ?? []) trouble.append(again(`Cite them on page ${page}`, { ...wanted, page, prefix: "" }));
  const places = element("ol", { className: "places" });
  places.setAttribute("role", "list");
  for (const choice of choices) {
    const words = element("mark", { textContent: choice.words });
    const place = element("p", { className: "place", dir: "auto" }, `… ${choice.before} `, words, ` ${choice.after} …`);
    places.append(element("li", {}, place, again("Cite this one", { ...wanted, which: choice.which })));
  }
  if (choices.length) trouble.append(places);
  const typed = part("typed");
  show("trouble");
  typed.hidden = choices.length > 0;
  typed.querySelector("textarea").value = wanted.quote ?? "";
  (trouble.querySelector("button") ?? typed.querySelector("textarea")).focus();
}

function again(label, wanted) {
  const made = element("button", { type: "button", className: "copy", textContent: label });
  made.addEventListener("click", () => cite(wanted));
  return made;
}

function showCited(told) {
  const pages = told.page === told.last_page ? `Page ${told.page}` : `Pages ${told.page} to ${told.last_page}`;
  slot("words").textContent = told.words;
  slot("words").hidden = !told.words;
  slot("where").textContent = `${pages}${told.label === String(told.page) ? "" : `, ${told.label}`} of ${told.title}${told.words ? "" : ", as a whole"}`;
  slot("ocr").hidden = !(told.is_ocr && told.words);
  for (const name of ["url", "open"]) slot(name).href = told.path;
  slot("url").textContent = told.url;
  slot("copy-url").onclick = () => copy(slot("copy-url"), told.url);
  slot("copy-url").hidden = !navigator.clipboard;
  slot("list").textContent = "Add to my list";
  addable(slot("list"), () => ({ id: told.id, words: told.words, title: told.title, label: told.label, url: told.path }));
  showStyles(told.styles);
  show("cited");
  document.getElementById("cite-title").focus();
  sayAloud("Cited");
}

function showStyles(styles) {
  const legend = slot("styles").querySelector("legend");
  const liked = remembered();
  slot("styles").replaceChildren(legend);
  for (const style of styles) {
    const radio = element("input", { type: "radio", name: "cite-style", value: style.id });
    radio.checked = style.id === (styles.some((one) => one.id === liked) ? liked : styles[0].id);
    const body = element("div", { className: "style-said" }, saidIn(style));
    if (navigator.clipboard) {
      const pressed = element("button", { type: "button", className: "copy", textContent: "Copy" });
      pressed.setAttribute("aria-label", `Copy ${style.name}`);
      pressed.addEventListener("click", () => {
        remember(style.id);
        copy(pressed, style.text, style.html);
      });
      body.append(element("p", { className: "said-tools" }, pressed));
    }
    if (style.note) body.append(element("p", { className: "quiet note", textContent: style.note }));
    slot("styles").append(element("label", { className: "style-tab" }, radio, ` ${style.name}`), body);
  }
}

function saidIn(style) {
  if (!style.html) return element("p", { className: "said-citation", dir: "auto", textContent: style.text });
  const shown = element("p", { className: "said-citation", dir: "auto" });
  copyPlainly(new DOMParser().parseFromString(style.html, "text/html").body, shown);
  return shown;
}

// Italics, bold and links, and nothing else that markup can do.
function copyPlainly(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.textContent);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      const name = node.localName;
      let made = to;
      if (["i", "em", "b", "strong", "q"].includes(name)) made = element(name);
      else if (name === "a" && /^https?:$/.test(node.protocol)) made = element("a", { href: node.href });
      copyPlainly(node, made);
      if (made !== to) to.append(made);
    }
  }
}

function remembered() {
  try {
    return localStorage.getItem(STYLE_KEY);
  } catch {
    return null; // storage refused by the browser
  }
}

function remember(style) {
  try {
    localStorage.setItem(STYLE_KEY, style);
  } catch {
    // not remembered, then
  }
}

if (button && panel?.showModal) {
  let selected = null;
  // A finger that touches Cite takes the selection away before the click comes.
  button.addEventListener("pointerdown", () => (selected = selectedWords()));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const wanted = selectedWords() ?? selected;
    selected = null;
    if (wanted) cite(wanted);
    else {
      part("typed").querySelector("textarea").value = "";
      show("typed");
      part("typed").querySelector("textarea").focus();
    }
  });
  part("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    cite({ quote: part("typed").querySelector("textarea").value });
  });
  panel.querySelector("[data-cite-whole]").addEventListener("click", () => cite({ quote: "" }));
  panel.querySelector("[data-cite-close]").addEventListener("click", () => panel.close());
  panel.addEventListener("close", () => button.focus());
}
