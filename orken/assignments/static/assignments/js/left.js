// How many characters are left, while she writes. The number is seen at once and read out when she rests.
const REST = 1500; // milliseconds after the last key
const line = document.querySelector("[data-left]");
const text = document.querySelector("textarea[data-text]");

if (line instanceof HTMLElement && text instanceof HTMLTextAreaElement) {
  const most = Number(line.dataset.left);
  const words = JSON.parse(line.dataset.words ?? "{}");
  const shown = line.querySelector("[data-left-shown]");
  const told = line.querySelector("[data-left-told]");
  // Kazakh writes numbers as Russian does, and not every browser knows Kazakh.
  const number = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "ru");
  let rests = 0;

  /** As the centre counts: signs, not units of a code; spaces around are no part of the text. */
  const say = () => {
    const left = most - [...text.value.normalize("NFC").trim()].length;
    line.classList.toggle("err", left < 0);
    return (left < 0 ? words.over : words.left).replace("%(n)s", number.format(Math.abs(left)));
  };
  const count = () => {
    const says = say();
    if (shown) shown.textContent = says;
    window.clearTimeout(rests);
    rests = window.setTimeout(() => {
      if (told) told.textContent = says;
    }, REST);
  };

  if (shown) shown.textContent = say();
  line.hidden = false;
  text.addEventListener("input", count);
}
