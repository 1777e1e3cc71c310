// Regions of a picture are drawn: pulled from corner to corner, or two presses on opposite corners. The four numbers of a row say the same by keys.
const SVG = "http://www.w3.org/2000/svg";
const NEAR = 8; // points of the screen within which a pull is a press

const picture = document.querySelector("svg[data-frames]");

/** @returns {HTMLInputElement[]} the four numbers of each row */
const rows = () => [...document.querySelectorAll("input")].filter((one) => one.name.endsWith("-corners"));

if (picture instanceof SVGSVGElement) {
  const size = picture.viewBox.baseVal;
  /** @type {HTMLInputElement | null} the row that she works in */
  let chosen = null;
  /** @type {{x: number, y: number} | null} */
  let corner = null;
  /** @type {{x: number, y: number, left: number, top: number} | null} */
  let from = null;

  /** @param {PointerEvent} event */
  const at = (event) => {
    const frame = picture.getBoundingClientRect();
    const part = (/** @type {number} */ value) => Math.min(1, Math.max(0, value));
    return { x: Math.round(part((event.clientX - frame.left) / frame.width) * size.width), y: Math.round(part((event.clientY - frame.top) / frame.height) * size.height) };
  };

  /** @param {string} name @param {Record<string, number>} places @param {Element} into */
  const drawn = (name, places, into) => {
    const one = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(places)) one.setAttribute(key, String(value));
    into.append(one);
    return one;
  };

  const show = () => {
    for (const old of picture.querySelectorAll("g")) old.remove();
    for (const [place, row] of rows().entries()) {
      const told = row.value.match(/\d+/g)?.map(Number) ?? [];
      if (told.length !== 4) continue;
      const group = drawn("g", {}, picture);
      if (row === chosen) group.setAttribute("data-on", "");
      const [x, y, width, height] = told;
      drawn("rect", { x, y, width, height }, group);
      drawn("circle", { cx: x + width / 2, cy: y + height / 2, r: 22 }, group);
      drawn("text", { x: x + width / 2, y: y + height / 2, dy: 10 }, group).textContent = String(place + 1);
    }
    if (corner) drawn("circle", { cx: corner.x, cy: corner.y, r: 10 }, drawn("g", {}, picture));
  };

  /** @param {{x: number, y: number}} one @param {{x: number, y: number}} two */
  const put = (one, two) => {
    const row = chosen ?? rows().find((each) => !each.value.trim());
    if (!row) return;
    row.value = [Math.min(one.x, two.x), Math.min(one.y, two.y), Math.abs(one.x - two.x), Math.abs(one.y - two.y)].join(", ");
    chosen = null;
  };

  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the row that she works in keeps the focus
    from = { ...at(event), left: event.clientX, top: event.clientY };
  });
  picture.addEventListener("pointercancel", () => {
    from = null; // the finger scrolls
  });
  picture.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = at(event);
    const pulled = Math.hypot(event.clientX - from.left, event.clientY - from.top) > NEAR;
    if (pulled) put(from, to);
    else if (corner) put(corner, to);
    corner = pulled || corner ? null : to;
    from = null;
    show();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target instanceof Element ? event.target.closest("fieldset")?.querySelector("input[name$='-corners']") : null;
    if (row instanceof HTMLInputElement) chosen = row;
    show();
  });
  document.addEventListener("input", show);
  show();
}
