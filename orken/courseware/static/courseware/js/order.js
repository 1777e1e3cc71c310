// Blocks of a lesson are drawn to another place by their bar. The buttons do the same without it.
const list = document.querySelector("[data-order]");
const token = list?.querySelector("input[name=csrfmiddlewaretoken]");

if (list instanceof HTMLElement && token instanceof HTMLInputElement) {
  /** @type {HTMLElement | null} */
  let drawn = null;
  const item = (/** @type {EventTarget | null} */ at) => (at instanceof Element ? at.closest("[data-block]") : null);
  for (const bar of list.querySelectorAll(".grip")) bar.setAttribute("draggable", "true");
  list.addEventListener("dragstart", (event) => {
    drawn = /** @type {HTMLElement | null} */ (item(event.target));
    event.dataTransfer?.setData("text/plain", drawn?.id ?? "");
  });
  list.addEventListener("dragover", (event) => {
    const over = item(event.target);
    if (!drawn || !over) return;
    event.preventDefault();
    for (const one of list.children) one.classList.toggle("over", one === over && one !== drawn);
  });
  list.addEventListener("drop", async (event) => {
    const over = item(event.target);
    if (!drawn || !over || over === drawn) return;
    event.preventDefault();
    const down = drawn.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    over[down ? "after" : "before"](drawn);
    over.classList.remove("over");
    const body = new FormData();
    for (const one of list.querySelectorAll("[data-block]")) body.append("block", /** @type {HTMLElement} */ (one).dataset.block ?? "");
    const answer = await fetch(list.dataset.order ?? "", { method: "POST", body, headers: { "X-CSRFToken": token.value } });
    if (!answer.ok) location.reload(); // somebody took the draft away: the page tells
  });
  list.addEventListener("dragend", () => {
    for (const one of list.children) one.classList.remove("over");
    drawn = null;
  });
}
