/** A row of tabs that is longer than a phone scrolls by itself: the tab of this page stands in its middle, and so
 *  does the one that the keyboard comes to. A browser leaves a tab that is half seen where it is. */
export function currentTab() {
  for (const row of document.querySelectorAll(".tabs")) {
    const show = (/** @type {EventTarget | null} */ tab) => {
      if (!(row instanceof HTMLElement) || !(tab instanceof HTMLElement)) return;
      row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
    };
    show(row.querySelector("[aria-current]"));
    row.addEventListener("focusin", (event) => {
      // Under a finger or a mouse nothing moves: the press would miss the tab.
      if (event.target instanceof Element && event.target.matches(":focus-visible")) show(event.target);
    });
  }
}
