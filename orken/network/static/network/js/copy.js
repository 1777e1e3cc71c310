// A ready text goes to the clipboard by one press; without script it is selected by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy ?? "");
    const said = document.getElementById(button.getAttribute("aria-describedby") ?? "");
    const text = source instanceof HTMLTextAreaElement ? source.value : (source?.textContent ?? "");
    await navigator.clipboard.writeText(text);
    if (said) said.hidden = false;
  });
}
