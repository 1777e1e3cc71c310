// Matching, ordering and sorting by a finger or a mouse, above the lists that stay for keys and for whoever listens.
// Whatever is dropped is written into those lists, so that the form and the sheet know one answer only. A tap takes a
// piece up and a second tap puts it down: nobody has to hold a finger on a small screen.

const MOVED = 6; // points from which a press is a pull

/** @typedef {{key: string, text: string, lang: string}} Choice */

/** @param {ParentNode} root */
export function arrange(root) {
  for (const place of root.querySelectorAll("[data-ordering], [data-matching], [data-sorting]")) {
    if (!(place instanceof HTMLElement) || !lists(place).length || lists(place)[0].disabled) continue;
    if (place.dataset.ordering !== undefined) ordering(place);
    else if (place.dataset.matching !== undefined) matching(place);
    else sorting(place);
  }
}

/** @param {Element} place @returns {HTMLSelectElement[]} */
function lists(place) {
  return [...place.querySelectorAll("select")];
}

/** @param {HTMLSelectElement} list @param {string} value */
function choose(list, value) {
  if (list.value === value) return;
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {HTMLSelectElement} list @returns {Choice[]} */
function choices(list) {
  const found = [...list.options].filter((one) => one.value);
  return found.map((one) => ({ key: one.value, text: one.text, lang: one.querySelector("[lang]")?.getAttribute("lang") ?? "" }));
}

/** @param {string} name @param {string} [text] @param {string} [lang] */
function made(name, text = "", lang = "") {
  const one = document.createElement("div");
  one.className = name;
  one.textContent = text;
  if (lang) one.lang = lang;
  return one;
}

/** A board that only eyes and fingers meet: whatever is on it stands in the lists too. @param {HTMLElement} place */
function board(place) {
  const one = made("board");
  one.setAttribute("aria-hidden", "true");
  place.before(one);
  return one;
}

/** Call back whenever the lists say something else, whoever changed them. @param {HTMLElement} place @param {() => void} show */
function follow(place, show) {
  place.addEventListener("change", show);
  place.closest("[data-item]")?.addEventListener("filled", show); // what this device kept was put into the fields
  show();
}

/** Pull a piece, or tap it and then its place. @param {HTMLElement} piece @param {HTMLElement} within @param {(target: HTMLElement) => void} drop */
function pull(piece, within, drop) {
  let [x, y, far] = [0, 0, false];
  const under = (/** @type {PointerEvent} */ event) => {
    const hit = document.elementsFromPoint(event.clientX, event.clientY).find((one) => within.contains(one) && !piece.contains(one) && one.closest("[data-drop]"));
    return /** @type {HTMLElement | null} */ (hit?.closest("[data-drop]") ?? null);
  };
  const mark = (/** @type {Element | null} */ target) => {
    for (const one of within.querySelectorAll(".over")) if (one !== target) one.classList.remove("over");
    target?.classList.add("over");
  };
  piece.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    [x, y, far] = [event.clientX, event.clientY, false];
    piece.setPointerCapture(event.pointerId);
  });
  piece.addEventListener("pointermove", (event) => {
    if (!piece.hasPointerCapture(event.pointerId)) return;
    far ||= Math.hypot(event.clientX - x, event.clientY - y) > MOVED;
    if (!far) return;
    piece.classList.add("pulled");
    piece.style.transform = `translate(${event.clientX - x}px, ${event.clientY - y}px)`;
    mark(under(event));
  });
  const end = (/** @type {PointerEvent} */ event) => {
    if (!piece.hasPointerCapture(event.pointerId)) return;
    piece.releasePointerCapture(event.pointerId);
    const target = far && event.type === "pointerup" ? under(event) : null;
    piece.classList.remove("pulled");
    piece.style.transform = "";
    mark(null);
    if (target) drop(target);
    else if (!far) take(piece, within, drop);
  };
  piece.addEventListener("pointerup", end);
  piece.addEventListener("pointercancel", end);
}

/** @type {WeakMap<HTMLElement, {piece: HTMLElement, drop: (target: HTMLElement) => void}>} The piece that was tapped. */
const tapped = new WeakMap();

/** @param {HTMLElement} within */
function forget(within) {
  for (const one of within.querySelectorAll(".taken")) one.classList.remove("taken");
  tapped.delete(within);
}

/** A tap takes a piece up; where one is up already it is put down here. @param {HTMLElement} piece @param {HTMLElement} within @param {(target: HTMLElement) => void} drop */
function take(piece, within, drop) {
  const up = tapped.get(within);
  const target = /** @type {HTMLElement | null} */ (piece.closest("[data-drop]"));
  forget(within);
  if (up?.piece === piece) return;
  if (up && target && up.piece.parentElement !== target) return up.drop(target);
  piece.classList.add("taken");
  tapped.set(within, { piece, drop });
}

/** @param {HTMLElement} within */
function taps(within) {
  within.addEventListener("click", (event) => {
    const hit = event.target instanceof Element ? event.target : null;
    const target = hit?.closest("[data-drop]");
    const up = tapped.get(within);
    if (!(target instanceof HTMLElement) || !up || hit?.closest(".piece-of")) return;
    forget(within);
    up.drop(target);
  });
}

/** Lines that are pulled up and down; each gets the number of its place. @param {HTMLElement} place */
function ordering(place) {
  const one = board(place);
  const lines = lists(place).map((list) => ({ list, text: list.labels?.[0]?.textContent?.trim() ?? "" }));
  const tray = made("stack");
  one.append(tray);
  const pieces = lines.map(({ list, text }) => {
    const piece = made("piece-of", text);
    piece.dataset.drop = list.name;
    pull(piece, tray, (target) => {
      const now = [...tray.children];
      const before = now.indexOf(piece) > now.indexOf(target);
      if (before) target.before(piece);
      else target.after(piece);
      [...tray.children].forEach((each, n) => {
        const its = lines.find((line) => line.list.name === /** @type {HTMLElement} */ (each).dataset.drop);
        if (its) choose(its.list, String(n + 1));
      });
    });
    return { list, piece };
  });
  tray.append(...pieces.map(({ piece }) => piece));
  follow(place, () => {
    // Only a whole order is shown: while somebody chooses numbers one by one, lines do not jump about.
    const numbers = pieces.map(({ list }) => Number(list.value));
    const whole = new Set(numbers).size === numbers.length && !numbers.includes(0);
    tray.classList.toggle("whole", whole);
    if (!whole) return;
    for (const { piece } of [...pieces].sort((a, b) => Number(a.list.value) - Number(b.list.value))) tray.append(piece);
  });
}

/** Answers that are pulled onto the lines to which they belong. @param {HTMLElement} place */
function matching(place) {
  const one = board(place);
  const rows = lists(place).map((list) => {
    const row = made("pair");
    const at = made("slot");
    at.dataset.drop = list.name;
    row.append(made("of", list.labels?.[0]?.textContent?.trim() ?? ""), at);
    one.append(row);
    return { list, at };
  });
  const tray = made("tray");
  tray.dataset.drop = "";
  one.append(tray);
  taps(one);
  follow(place, () => {
    tray.replaceChildren();
    for (const { at } of rows) at.replaceChildren();
    for (const choice of choices(rows[0].list)) {
      const held = rows.filter(({ list }) => list.value === choice.key);
      for (const home of held.length ? held.map(({ at }) => at) : [tray]) {
        const piece = made("piece-of", choice.text, choice.lang);
        const from = rows.find(({ at }) => at === home);
        pull(piece, one, (target) => {
          const to = rows.find(({ at }) => at === target);
          if (from && from !== to) choose(from.list, "");
          if (to) choose(to.list, choice.key);
        });
        home.append(piece);
      }
    }
  });
}

/** Things that are pulled into their groups. @param {HTMLElement} place */
function sorting(place) {
  const one = board(place);
  const things = lists(place);
  const groups = choices(things[0]).map((choice) => {
    const box = made("group");
    box.dataset.drop = choice.key;
    box.append(made("of", choice.text, choice.lang));
    one.append(box);
    return { key: choice.key, box };
  });
  const tray = made("tray");
  tray.dataset.drop = "";
  one.append(tray);
  taps(one);
  const pieces = things.map((list) => {
    const piece = made("piece-of", list.labels?.[0]?.textContent?.trim() ?? "");
    pull(piece, one, (target) => choose(list, target.dataset.drop ?? ""));
    return { list, piece };
  });
  follow(place, () => {
    for (const { list, piece } of pieces) (groups.find(({ key }) => key === list.value)?.box ?? tray).append(piece);
  });
}
