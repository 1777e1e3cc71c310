/** Close an open `details.drop` by Escape (focus goes back to its summary) or by a press elsewhere. */
export function dropdowns() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const box of open()) {
      box.open = false;
      if (box.contains(document.activeElement)) box.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const box of open()) {
      if (event.target instanceof Node && !box.contains(event.target)) box.open = false;
    }
  });
}

/** @returns {HTMLDetailsElement[]} */
function open() {
  return [...document.querySelectorAll("details.drop")].filter(
    /** @returns {box is HTMLDetailsElement} */ (box) => box instanceof HTMLDetailsElement && box.open,
  );
}
