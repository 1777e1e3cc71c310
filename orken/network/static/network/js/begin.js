// A code that came with the address (after «#», so that no server ever sees it in an address) goes into the field.
const field = document.querySelector("[data-code]");
const figures = decodeURIComponent(location.hash.slice(1)).replace(/\D/g, "");
if (field instanceof HTMLInputElement && figures.length === 16) {
  field.value = figures.replace(/(\d{4})(?=\d)/g, "$1 ");
  history.replaceState(null, "", location.pathname + location.search);
}
