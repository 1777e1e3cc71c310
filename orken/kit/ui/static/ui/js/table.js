/** A filter form sends only what was answered, so that addresses stay short enough to be read and sent. */
export function shortAddresses() {
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("submit", () => {
      for (const input of form.querySelectorAll("input, select")) {
        if ((input instanceof HTMLInputElement || input instanceof HTMLSelectElement) && !input.value) input.disabled = true;
      }
    });
  }
  // Coming back by the browser's button finds the form as it was, so the answers are open again.
  window.addEventListener("pageshow", () => {
    for (const input of document.querySelectorAll("form.filters :disabled")) input.removeAttribute("disabled");
  });
}

/** Choosing rows: the bulk bar appears with its count, chosen rows are marked, one tick chooses the page. */
export function chosenRows() {
  const bar = document.querySelector("form.bulk");
  if (!(bar instanceof HTMLFormElement)) return;
  const picks = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=pick]")]);
  const all = document.querySelector("[data-pick-all]");
  const allBox = all?.querySelector("input");
  const count = bar.querySelector("[data-chosen]");
  const show = () => {
    const chosen = picks.filter((pick) => pick.checked).length;
    bar.hidden = chosen === 0;
    if (count) count.textContent = String(chosen);
    if (allBox) {
      allBox.checked = chosen === picks.length;
      allBox.indeterminate = chosen > 0 && chosen < picks.length;
    }
    for (const pick of picks) pick.closest("tr")?.classList.toggle("on", pick.checked);
  };
  if (all instanceof HTMLElement) all.hidden = false;
  allBox?.addEventListener("change", () => {
    for (const pick of picks) pick.checked = allBox.checked;
    show();
  });
  for (const pick of picks) pick.addEventListener("change", show);
  show();
}

/** Where there is room the filters stand open; a phone shows the list first and what is chosen above it. */
export function openFilters() {
  if (!matchMedia("(min-width: 60rem)").matches) return;
  for (const box of document.querySelectorAll("details.sift")) box.setAttribute("open", "");
}
