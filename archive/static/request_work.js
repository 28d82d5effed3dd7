// Forms of requests: only the fields that matter, the law that an agency's name suggests. All of it works without.

const eventForm = document.querySelector("[data-event-form]");
if (eventForm) {
  const kind = eventForm.querySelector("select[name='kind']");
  const fits = (node) => node.dataset.kinds.split(/\s+/).includes(kind.value);
  const show = () => {
    for (const part of eventForm.querySelectorAll("div[data-kinds]")) {
      part.hidden = !fits(part);
      for (const field of part.querySelectorAll("input, select")) field.disabled = part.hidden;
    }
    for (const row of eventForm.querySelectorAll(".row")) {
      const parts = [...row.children];
      row.hidden = parts.every((part) => part.matches("div[data-kinds]") && part.hidden);
    }
    for (const option of eventForm.querySelectorAll("option[data-kinds]")) {
      option.hidden = option.disabled = !fits(option);
      if (option.selected && option.disabled) option.closest("select").value = "";
    }
  };
  kind.addEventListener("change", show);
  show();
}

const newForm = document.querySelector("[data-request-new]");
if (newForm) {
  const agency = newForm.querySelector("input[name='agency']");
  const law = newForm.querySelector("select[name='law_id']");
  const said = newForm.querySelector("[data-law-said]");
  const plain = said.textContent;
  let chosenByHand = law.value !== "";
  law.addEventListener("change", () => {
    chosenByHand = law.value !== "";
    said.textContent = plain;
  });
  const guess = async () => {
    if (chosenByHand || !agency.value.trim()) return;
    const address = `${newForm.dataset.guess}?${new URLSearchParams({ agency: agency.value })}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || chosenByHand) return;
    const found = await answer.json();
    law.value = found.law_id;
    said.textContent = found.law_id
      ? "Chosen by the agency’s name. Change it if it is another one."
      : "The agency’s name does not say it: choose it.";
  };
  agency.addEventListener("change", guess);
  guess();
}

const choice = document.querySelector("[data-publish]");
if (choice) {
  choice.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") choice.querySelector("[data-stale]").hidden = false;
  });
}
