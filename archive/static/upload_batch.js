// How far the files of an upload are: asks every few seconds while something may change.

const EVERY_MS = 4000;
const SLOWEST_MS = 60_000;
const list = document.getElementById("lines");
const said = document.getElementById("said");
const SIGNS = { sending: "waiting", received: "received", reading: "reading", in_review: "in-review", published: "published", needs_you: "needs-you", already_here: "done-state" };

function show(file) {
  const line = list.querySelector(`[data-upload="${file.id}"]`);
  if (!line) return false;
  if (file.state === "needs_you" && line.dataset.state !== "needs_you") return false;
  const place = line.querySelector(".file-said");
  const state = place.querySelector(".state");
  if (state.textContent === file.words && line.dataset.state === file.state) return true;
  line.dataset.state = file.state;
  state.className = `state ${SIGNS[file.state]}`;
  state.textContent = file.words;
  if (file.document && !place.querySelector("a")) {
    const link = document.createElement("a");
    link.href = list.dataset.documents + file.document;
    link.textContent = "open it";
    place.append(" ", link);
  }
  return true;
}

async function look(pause) {
  let next = Math.min(SLOWEST_MS, pause * 1.3);
  try {
    const answer = await fetch(list.dataset.poll, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const batch = await answer.json();
      const isWriting = document.activeElement?.closest("textarea, input") !== null;
      // a line that asks for something has more in it than words: the page is made again
      if (!batch.files.map(show).every(Boolean) && !isWriting) return location.reload();
      const counts = document.getElementById("counts");
      if (counts.textContent !== batch.words) {
        counts.textContent = said.textContent = batch.words;
        next = EVERY_MS;
      }
      if (!batch.moving) return;
    }
  } catch {
    next = Math.min(SLOWEST_MS, pause * 2); // no connection: ask again later
  }
  setTimeout(() => look(next), next);
}

if (list && "moving" in list.dataset) setTimeout(() => look(EVERY_MS), EVERY_MS);
