/** A row of tabs that is longer than a phone scrolls by itself: the tab of this page stands in its middle. */
export function currentTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    if (!(tab instanceof HTMLElement) || !(row instanceof HTMLElement)) continue;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}
