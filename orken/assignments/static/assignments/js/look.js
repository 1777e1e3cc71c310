// Remarks are pinned by choosing words of the text or by pressing on a photograph; the fields beside it take the same by keys.
const SVG = "http://www.w3.org/2000/svg";
const box = document.querySelector("[data-remark]");

/** @param {string} name @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null} */
const field = (name) => box?.querySelector(`[name="${name}"]`) ?? null;

/** @param {string} name @param {string} value */
function put(name, value) {
  const one = field(name);
  if (one) one.value = value;
}

/** Only the fields of the chosen place are shown. */
function follow() {
  const place = field("place")?.value ?? "whole";
  const photo = document.querySelector(`svg[data-photo="${place}"]`) !== null;
  /** @type {Record<string, boolean>} */
  const shown = { quote: place === "text", left: photo, top: photo, page: place.startsWith("part-") && !photo };
  for (const [name, on] of Object.entries(shown)) {
    const one = box?.querySelector(`[data-for="${name}"]`);
    if (one instanceof HTMLElement) one.hidden = !on;
  }
  if (!photo) for (const old of document.querySelectorAll(".spot.new")) old.remove();
}

/** The words that are chosen in the text, and how far from its beginning they stand. */
function chosen() {
  const paper = document.querySelector("[data-paper]");
  const range = document.getSelection()?.rangeCount ? document.getSelection()?.getRangeAt(0) : null;
  if (!paper || !range || range.collapsed || !paper.contains(range.commonAncestorContainer)) return;
  const copy = range.cloneContents();
  for (const pin of copy.querySelectorAll(".pin")) pin.remove();
  const words = (copy.textContent ?? "").trim();
  if (!words) return;
  const before = document.createRange();
  before.setStart(paper, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const head = before.cloneContents();
  for (const pin of head.querySelectorAll(".pin")) pin.remove();
  put("place", "text");
  put("quote", words.slice(0, 500));
  put("near", String((head.textContent ?? "").length));
  follow();
}

/** A point or a box of a photograph, in per cent. @param {SVGSVGElement} picture */
function pressed(picture) {
  /** @type {{x: number, y: number} | null} */
  let from = null;
  /** @param {PointerEvent} event */
  const at = (event) => {
    const frame = picture.getBoundingClientRect();
    const part = (/** @type {number} */ value) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
    return { x: part((event.clientX - frame.left) / frame.width), y: part((event.clientY - frame.top) / frame.height) };
  };
  picture.addEventListener("pointerdown", (event) => {
    from = at(event);
  });
  picture.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = at(event);
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    const [wide, high] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const large = wide > 2 && high > 2;
    from = null;
    put("place", picture.dataset.photo ?? "whole");
    put("left", String(x));
    put("top", String(y));
    put("wide", large ? wide.toFixed(1) : "");
    put("high", large ? high.toFixed(1) : "");
    for (const old of document.querySelectorAll(".spot.new")) old.remove();
    const size = picture.viewBox.baseVal;
    const spot = document.createElementNS(SVG, "g");
    spot.setAttribute("class", "spot new");
    if (large) {
      const frame = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: (x / 100) * size.width, y: (y / 100) * size.height, width: (wide / 100) * size.width, height: (high / 100) * size.height })) frame.setAttribute(name, String(value));
      spot.append(frame);
    }
    const point = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: (x / 100) * size.width, cy: (y / 100) * size.height, r: Math.max(size.width, size.height) / 42 })) point.setAttribute(name, String(value));
    spot.append(point);
    picture.append(spot);
    follow();
    field("remark")?.focus({ preventScroll: false });
  });
}

if (box) {
  for (const hint of box.querySelectorAll("[data-hint]")) if (hint instanceof HTMLElement) hint.hidden = false;
  document.querySelector("[data-paper]")?.addEventListener("mouseup", chosen);
  document.querySelector("[data-paper]")?.addEventListener("touchend", () => window.setTimeout(chosen, 50));
  for (const picture of document.querySelectorAll("svg[data-photo]")) if (picture instanceof SVGSVGElement) pressed(picture);
  field("place")?.addEventListener("change", follow);
  follow();
}
