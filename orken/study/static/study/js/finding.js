// Search without a line: the lessons that were taken along are looked through on the device. With a line the centre has answered.
const place = document.querySelector("[data-search]");
const ROUND = 220; // letters around what was found

/** Letters of a word that a Kazakh or Russian ending does not change. @param {string} word */
const stem = (word) => word.slice(0, Math.max(4, word.length - 3));

/** @param {string} text @returns {string[]} */
const split = (text) => text.toLowerCase().replaceAll("ё", "е").match(/[\p{L}\p{N}]+/gu) ?? [];

/** @param {Document} page @param {string[]} wanted @returns {{at: string, text: string}[]} blocks in which every word stands */
function blocks(page, wanted) {
  const found = [];
  for (const block of page.querySelectorAll("[data-block]")) {
    for (const one of block.querySelectorAll(".foot-of, [data-asked]")) one.remove();
    const text = (block.textContent ?? "").replace(/\s+/g, " ").trim();
    const known = split(text);
    if (!wanted.every((begin) => known.some((word) => word.startsWith(begin)))) continue;
    const from = Math.max(text.toLowerCase().replaceAll("ё", "е").indexOf(wanted[0]) - ROUND / 3, 0);
    found.push({ at: block.id, text: (from ? "…" : "") + text.slice(from, from + ROUND) + (from + ROUND < text.length ? "…" : "") });
  }
  return found;
}

/** @param {string} begins of the addresses of lessons @param {string[]} wanted */
async function look(begins, wanted) {
  const rows = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("orken-taken-")) continue;
    const store = await caches.open(name);
    for (const asked of await store.keys()) {
      const path = new URL(asked.url).pathname;
      if (!path.startsWith(begins)) continue;
      const page = new DOMParser().parseFromString(await (await store.match(asked))?.text() ?? "", "text/html");
      const title = page.querySelector("h1")?.textContent ?? "";
      rows.push(...blocks(page, wanted).map((one) => ({ ...one, path, title })));
    }
  }
  return rows.slice(0, 30);
}

if (place instanceof HTMLElement) {
  const asked = new URLSearchParams(location.search).get("q")?.trim().slice(0, 100) ?? "";
  // The page that stands here was made for other words: it was taken along, and there is no line.
  if (asked && asked !== place.dataset.search && "caches" in window) {
    const field = document.getElementById("q");
    if (field instanceof HTMLInputElement) field.value = asked;
    const wanted = split(asked).map(stem);
    const rows = wanted.length ? await look(`${place.dataset.course}lesson/`, wanted) : [];
    const says = document.createElement("p");
    says.textContent = (rows.length ? place.dataset.here : place.dataset.none) ?? "";
    const list = document.createElement("ul");
    list.className = "todo";
    for (const row of rows) {
      const [item, box, link, text] = ["li", "div", "a", "p"].map((name) => document.createElement(name));
      link.setAttribute("href", `${row.path}#${row.at}`);
      link.textContent = row.title;
      text.textContent = row.text;
      box.append(link, text);
      item.append(box);
      list.append(item);
    }
    place.replaceChildren(says, ...(rows.length ? [list] : []));
  }
}
