// The upload page: drop or choose files, and see each of them arrive. Without this file the form sends them.

import { Refused, Stopped, ask, sendFile } from "./tus.js";

const AT_ONCE = 3;
const SAY_EVERY_MS = 5000;

const form = document.getElementById("upload");
const token = form.querySelector("[name=form_token]").value;
const said = document.getElementById("said");
const byId = (id) => document.getElementById(id);
const lines = []; // each: file, name, state, element and its parts, and while it is sent: controller
let lastSaid = 0;

function bytesInWords(count) {
  if (count < 1000) return `${count} bytes`;
  const [size, unit] = count < 999_500 ? [count / 1e3, "KB"] : count < 999_500_000 ? [count / 1e6, "MB"] : [count / 1e9, "GB"];
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size).toLocaleString("en")} ${unit}`;
}

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

// Choosing

function addFiles(found) {
  const known = new Set(lines.map((line) => `${line.name}\n${line.file.size}`));
  for (const { file, name } of found) {
    if (known.has(`${name}\n${file.size}`)) continue;
    known.add(`${name}\n${file.size}`);
    lines.push(makeLine(file, name));
  }
  showSum();
}

function fromInput(input) {
  const chosen = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  addFiles(input.webkitdirectory ? chosen.filter(({ name }) => /\.pdf$/i.test(name)) : chosen);
  input.value = ""; // or the form would send them, too, and the same could not be chosen again
}

async function fromDrop(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.());
  if (!entries.length || entries.some((entry) => !entry)) {
    return [...transfer.files].map((file) => ({ file, name: file.name }));
  }
  const found = [];
  for (const entry of entries) await walk(entry, entry.isFile, found);
  return found;
}

/** What lies in a folder: the PDFs alone; a file that was dropped itself is taken whatever it is. */
async function walk(entry, isChosen, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    const name = entry.fullPath.replace(/^\//, "");
    if (isChosen || /\.pdf$/i.test(name)) found.push({ file, name });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return; // a browser hands over a hundred at a time
    for (const inner of some) await walk(inner, false, found);
  }
}

// A line a file

function makeLine(file, name) {
  const element = make("li", "file-line is-live");
  const bar = document.createElement("progress");
  bar.max = Math.max(1, file.size);
  bar.value = 0;
  bar.setAttribute("aria-label", `How much of ${name} has arrived`);
  const words = make("span", "file-said");
  const button = make("button", "quiet");
  button.type = "button";
  const nameElement = make("span", "file-name breaks", name);
  nameElement.dir = "auto";
  element.append(nameElement, make("span", "file-size", bytesInWords(file.size)), bar, words, button);
  const line = { file, name, element, bar, words, button, state: "", sent: 0, batch: "", address: null };
  button.addEventListener("click", () => press(line));
  setState(line, "waiting", "ready to send");
  byId("lines").append(element);
  return line;
}

function setState(line, state, words, documentId = null) {
  line.state = state;
  line.element.dataset.state = state;
  const sign = { done: "done-state", refused: "failed", stopped: "waiting", waiting: "waiting" }[state] ?? "reading";
  line.words.replaceChildren(make("span", `state ${sign}`, words));
  if (documentId) {
    const link = make("a", "", "open it");
    link.href = form.dataset.documents + documentId;
    line.words.append(" ", link);
  }
  const label = { waiting: "Remove", sending: "Stop", stopped: "Try again", refused: "Try again" }[state];
  line.button.hidden = !label;
  line.button.textContent = label ?? "";
  line.button.setAttribute("aria-label", `${label ?? ""}: ${line.name}`);
}

function press(line) {
  if (line.state === "sending") {
    line.controller.abort();
  } else if (line.state === "waiting") {
    const next = line.element.nextElementSibling?.querySelector("button") ?? byId("files");
    lines.splice(lines.indexOf(line), 1);
    line.element.remove();
    next.focus();
    showSum();
  } else {
    setState(line, "queued", "waits for its turn");
    run(line.batch);
  }
}

function showSum() {
  const inState = (...states) => lines.filter((line) => states.includes(line.state));
  const total = lines.reduce((sum, line) => sum + line.file.size, 0);
  const sent = lines.reduce((sum, line) => sum + (line.state === "done" ? line.file.size : line.sent), 0);
  const [done, refused, stopped] = [inState("done"), inState("refused"), inState("stopped")];
  const moving = inState("sending", "queued");
  const waiting = inState("waiting");
  const begun = lines.length - waiting.length;
  const words = begun ? [`${done.length} of ${begun} files are in`, `${bytesInWords(sent)} of ${bytesInWords(total)} sent`] : [];
  if (waiting.length) words.push(`${waiting.length} ${waiting.length === 1 ? "file is" : "files are"} ready, ${bytesInWords(waiting.reduce((sum, line) => sum + line.file.size, 0))}: press Send`);
  if (refused.length) words.push(`${refused.length} not taken`);
  if (stopped.length) words.push(`${stopped.length} stopped`);
  byId("sending").hidden = !lines.length;
  byId("sending-sum").textContent = words.join(" · ");
  byId("again").hidden = moving.length > 0 || !(refused.length + stopped.length);
  byId("again").textContent = `Try ${refused.length + stopped.length} again`;
  byId("stop").hidden = !moving.length;
  byId("clear").hidden = moving.length > 0 || !done.length;
  byId("send").textContent = waiting.length ? `Send ${waiting.length} ${waiting.length === 1 ? "file" : "files"}` : "Send";
  announce(words.join(", "), begun > 0 && !moving.length);
}

/** Aloud at most every few seconds, and at the end. */
function announce(words, isEnd) {
  if (!isEnd && Date.now() - lastSaid < SAY_EVERY_MS) return;
  lastSaid = Date.now();
  if (words && said.textContent !== words) said.textContent = words;
}

// Sending

async function unfinished() {
  const answer = await ask("GET", form.dataset.unfinished);
  return answer.status === 200 ? JSON.parse(answer.responseText) : [];
}

/** How many bytes are there, if they are those of this file wherever they are sampled; null when it is another, or finished. */
async function bytesThere(line, address) {
  const answer = await ask("GET", address);
  if (answer.status !== 200) return null;
  const { state, samples, received_bytes: received } = JSON.parse(answer.responseText);
  if (state !== "sending") return null;
  for (const { at, bytes } of samples) {
    const theirs = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
    const ours = new Uint8Array(await line.file.slice(at, at + theirs.length).arrayBuffer());
    if (ours.length !== theirs.length || !ours.every((byte, index) => byte === theirs[index])) return null;
  }
  return received;
}

async function matchBegun(waiting) {
  const begun = await unfinished();
  for (const line of waiting) {
    const index = begun.findIndex((upload) => upload.file === line.name && upload.bytes === line.file.size);
    if (index < 0) continue;
    const [upload] = begun.splice(index, 1);
    const address = `${form.dataset.files}/${upload.id}`;
    if (!(await bytesThere(line, address))) continue; // none is as good as another's: nothing to know it by
    line.address = address;
    line.batch = upload.batch ?? "";
  }
}

async function openBatch() {
  const headers = { Accept: "application/json", "X-Form-Token": token };
  const answer = await ask("POST", form.dataset.batches, { headers, body: new FormData(form) });
  if (answer.status === 201) return JSON.parse(answer.responseText).id;
  let words = "The server did not take the details. Load this page again, sign in, and try once more.";
  if ((answer.getResponseHeader("Content-Type") ?? "").includes("json")) {
    const { message, help } = JSON.parse(answer.responseText);
    words = `${message} ${help}`;
  }
  throw new Refused(answer.status, words);
}

async function send() {
  const waiting = lines.filter((line) => line.state === "waiting");
  byId("problem")?.remove();
  if (!waiting.length) return complain("No file was chosen. Choose one file or several, then send them.");
  byId("send").disabled = true;
  try {
    await matchBegun(waiting);
    const fresh = waiting.filter((line) => !line.address);
    const batch = fresh.length ? await openBatch() : "";
    for (const line of fresh) line.batch = batch;
    for (const line of waiting) setState(line, "queued", "waits for its turn");
    run(batch || waiting[0].batch);
    byId("sending-head").focus();
  } catch (error) {
    complain(error instanceof Refused ? error.message : "The server does not answer. Check the connection and press Send again.");
  } finally {
    byId("send").disabled = false;
  }
}

function complain(words) {
  const box = make("div", "caution");
  box.id = "problem";
  box.setAttribute("role", "alert");
  box.append(make("p", "", words));
  form.before(box);
  box.scrollIntoView({ block: "nearest" });
}

let running = 0;
function run(batch) {
  byId("next").hidden = true;
  while (running < AT_ONCE) {
    const line = lines.find((one) => one.state === "queued");
    if (!line) break;
    running += 1;
    sendLine(line).finally(() => {
      running -= 1;
      run(batch);
      if (!running) finish(batch);
    });
  }
  showSum();
}

async function sendLine(line) {
  line.controller = new AbortController();
  setState(line, "sending", "being sent");
  const progress = (sent) => {
    line.sent = sent;
    line.bar.value = sent;
    if (line.words.textContent !== "being sent") setState(line, "sending", "being sent");
    showSum();
  };
  try {
    // Stopped before the server's first answer came, a file has a place there that we do not know of.
    if (line.tried && !line.address) line.address = await findBegun(line).catch(() => null);
    line.tried = true;
    const address = await sendFile({
      file: line.file,
      name: line.name,
      batch: line.batch,
      token,
      endpoint: form.dataset.files,
      address: line.address,
      isOurs: line.isOurs,
      confirm: (address) => bytesThere(line, address),
      signal: line.controller.signal,
      find: () => findBegun(line),
      onAddress: (made) => Object.assign(line, { address: made, isOurs: true }),
      onProgress: progress,
      onPause: (seconds) => setState(line, "sending", `no connection; trying again in ${seconds} s`),
    });
    progress(line.file.size);
    await showOutcome(line, address);
  } catch (error) {
    if (error instanceof Stopped) setState(line, "stopped", "stopped");
    else setState(line, "refused", error instanceof Refused ? error.message : "Something went wrong on this page.");
  }
}

async function findBegun(line) {
  const found = (await unfinished()).find((one) => one.file === line.name && one.bytes === line.file.size && (one.batch ?? "") === line.batch);
  return found ? `${form.dataset.files}/${found.id}` : null;
}

async function showOutcome(line, address) {
  const answer = await ask("GET", address).catch(() => null);
  if (answer?.status !== 200) return setState(line, "done", "received");
  const { state, words, sentence, help, document: documentId } = JSON.parse(answer.responseText);
  if (state === "needs_you") {
    Object.assign(line, { address: null, isOurs: false });
    setState(line, "refused", `${words}: ${sentence} ${help}`);
  } else {
    setState(line, "done", words, documentId);
  }
}

function finish(batch) {
  showSum();
  const done = lines.filter((line) => line.state === "done").length;
  if (!done) return;
  byId("next").hidden = false;
  byId("next-say").textContent = `${done} ${done === 1 ? "file is" : "files are"} in the archive's keeping. They are read now, then an editor decides. You may close this page.`;
  byId("next-link").href = `${form.dataset.batches}/${batch || "alone"}`;
}

function begin() {
  const drop = byId("drop");
  byId("drop-say").hidden = false;
  byId("folder-row").hidden = !("webkitdirectory" in document.createElement("input"));
  for (const id of ["files", "folder"]) byId(id).addEventListener("change", () => fromInput(byId(id)));
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    addFiles(await fromDrop(event.dataTransfer));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  byId("stop").addEventListener("click", () => {
    for (const line of lines) {
      if (line.state === "queued") setState(line, "stopped", "stopped");
      else if (line.state === "sending") line.controller.abort();
    }
    showSum();
  });
  byId("again").addEventListener("click", () => {
    const failed = lines.filter((line) => ["refused", "stopped"].includes(line.state));
    for (const line of failed) setState(line, "queued", "waits for its turn");
    run(failed[0]?.batch ?? "");
  });
  byId("clear").addEventListener("click", () => {
    for (const line of lines.filter((one) => one.state === "done")) {
      lines.splice(lines.indexOf(line), 1);
      line.element.remove();
    }
    byId("next").hidden = true;
    showSum();
    byId("files").focus();
  });
  window.addEventListener("beforeunload", (event) => {
    if (lines.some((line) => ["sending", "queued"].includes(line.state))) event.preventDefault();
  });
}

begin();
