/** Put the focus on the error summary when the page came back with one, and the page title tells it too. */
export function errorFocus() {
  const summary = document.querySelector(".errors[tabindex]");
  if (!(summary instanceof HTMLElement)) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const field = link && document.getElementById(decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
