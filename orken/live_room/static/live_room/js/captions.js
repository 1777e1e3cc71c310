// How captions look is a matter of each device: size and colours are kept in this browser.
for (const [kind, usual] of [
  ["size", "1"],
  ["colours", "dark"],
]) {
  const choice = /** @type {HTMLSelectElement | null} */ (document.querySelector(`[data-cc-${kind}]`));
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-room], [data-check]"));
  if (!choice || !box) continue;
  const shown = () => {
    if (kind === "size") box.style.setProperty("--cc", choice.value);
    else box.dataset.cc = choice.value;
  };
  choice.value = localStorage.getItem(`orken-cc-${kind}`) || usual;
  if (!choice.value) choice.value = usual; // what an older page kept and this one does not know
  choice.addEventListener("change", () => {
    shown();
    localStorage.setItem(`orken-cc-${kind}`, choice.value);
  });
  shown();
}

// Kazakh letters in the Russian captions: whoever types hears of it before she sends.
const typing = /** @type {HTMLInputElement | null} */ (document.querySelector("#caption"));
const other = document.querySelector("[data-other-tongue]");
typing?.addEventListener("input", () => {
  if (typing.value) other?.toggleAttribute("hidden", !/[әғқңөұүһі]/i.test(typing.value));
});
