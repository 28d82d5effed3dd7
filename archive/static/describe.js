// The page beside the form: a field in focus has its place marked. Every form works without this file.

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;

const form = document.querySelector("[data-describe]");
const paper = document.querySelector(".describe-paper");

function place(number) {
  return document.querySelector(`[data-place-of="${number}"]`);
}

function show(number) {
  for (const other of document.querySelectorAll(".places .here")) other.classList.remove("here");
  const found = place(number);
  if (!found) return;
  found.classList.add("here");
  const frame = found.getBoundingClientRect();
  const seen = paper.getBoundingClientRect();
  if (paper.scrollHeight > paper.clientHeight + 1 && (frame.top < seen.top || frame.bottom > seen.bottom)) {
    paper.scrollTop += frame.top - seen.top - paper.clientHeight / 3;
  }
}

function field(number) {
  return document.querySelector(`[data-field="${number}"]`);
}

form?.addEventListener("focusin", (event) => {
  const line = event.target.closest("[data-field]");
  if (line) show(line.dataset.field);
});

for (const link of document.querySelectorAll("[data-place]")) {
  link.addEventListener("click", (event) => {
    const found = place(link.dataset.place);
    if (!found) return;
    event.preventDefault();
    show(link.dataset.place);
    found.scrollIntoView({ block: "nearest" });
  });
}

for (const mark of document.querySelectorAll("[data-place-of]")) {
  mark.addEventListener("click", () => field(mark.dataset.placeOf)?.querySelector("input, select").focus());
}

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.altKey || event.shiftKey) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.querySelector("[data-done]")?.click();
    return;
  }
  if (!event.target.matches("input:not([type=hidden]), select")) return;
  event.preventDefault(); // else the first button of the form is pressed
  const line = event.target.closest("[data-field]");
  const confirm = line?.querySelector(".confirm");
  if (confirm) confirm.click();
  else field(Number(line.dataset.field) + 1)?.querySelector("input, select").focus();
});

// Where to begin: at the field after the one just confirmed, else at the first that is to be looked at.
const first = form?.querySelector("[aria-invalid=true], [autofocus]") ?? form?.querySelector(".is-open input, .is-open select");
if (first && !location.hash) {
  first.focus({ preventScroll: !first.matches("[aria-invalid=true], [autofocus]") });
  show(first.closest("[data-field]").dataset.field);
}
