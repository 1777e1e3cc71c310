// One tick chooses everybody who is shown, and how many are chosen stands beside the message.
const picks = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=to]")]);
const all = document.querySelector("[data-pick-all]");
const box = all?.querySelector("input");
const count = document.querySelector("[data-chosen]");

function show() {
  const chosen = picks.filter((pick) => pick.checked).length;
  if (count instanceof HTMLElement) Object.assign(count, { textContent: String(chosen), hidden: !chosen });
  if (box) Object.assign(box, { checked: chosen > 0 && chosen === picks.length, indeterminate: chosen > 0 && chosen < picks.length });
}

if (all instanceof HTMLElement && box) {
  all.hidden = false;
  box.addEventListener("change", () => {
    for (const pick of picks) pick.checked = box.checked;
    show();
  });
  for (const pick of picks) pick.addEventListener("change", show);
  show();
}
