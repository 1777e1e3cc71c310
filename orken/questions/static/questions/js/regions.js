// Regions of a picture are drawn on it: a press on one corner, a pull to the other. The four numbers in the form follow, and
// whoever has no mouse writes them.
const NS = "http://www.w3.org/2000/svg";
const SMALL = 8; // points: less is a press that slipped
const figure = document.querySelector("[data-draw]");
const svg = figure?.querySelector("svg");
const which = figure?.querySelector("[data-which]");
const inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name^='regions-'][name$='-corners']")]);

if (figure instanceof HTMLElement && svg instanceof SVGSVGElement && which instanceof HTMLElement && inputs.length) {
  const { width, height } = svg.viewBox.baseVal;
  let chosen = Math.max(0, inputs.findIndex((one) => !boxOf(one)));
  const buttons = inputs.map((_input, n) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn", textContent: `${n + 1}` });
    button.setAttribute("aria-label", `${figure.dataset.region} ${n + 1}`);
    button.addEventListener("click", () => choose(n));
    return button;
  });
  which.append(...buttons);
  which.hidden = false;
  const shapes = inputs.map((input, n) => {
    const shape = document.createElementNS(NS, "g");
    shape.append(...["rect", "circle", "text"].map((name) => document.createElementNS(NS, name)));
    svg.append(shape);
    input.addEventListener("input", draw);
    input.addEventListener("focus", () => choose(n));
    return shape;
  });

  /** @param {number} n */
  function choose(n) {
    chosen = n;
    draw();
  }

  function draw() {
    inputs.forEach((input, n) => {
      const box = boxOf(input);
      const [rect, circle, text] = shapes[n].children;
      shapes[n].toggleAttribute("hidden", !box);
      shapes[n].toggleAttribute("data-on", n === chosen);
      buttons[n].setAttribute("aria-pressed", String(n === chosen));
      if (!box) return shapes[n].setAttribute("display", "none");
      shapes[n].removeAttribute("display");
      const [x, y, wide, high] = box;
      put(rect, { x, y, width: wide, height: high });
      put(circle, { cx: x + wide / 2, cy: y + high / 2, r: 22 });
      put(text, { x: x + wide / 2, y: y + high / 2, dy: 10 });
      text.textContent = String(n + 1);
    });
  }

  /** Where in the picture she presses, in its own points. @param {PointerEvent} event @returns {[number, number]} */
  function at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    return [Math.round(Math.min(width, Math.max(0, point.x))), Math.round(Math.min(height, Math.max(0, point.y)))];
  }

  /** @type {[number, number] | null} */
  let from = null;
  let before = "";
  svg.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    from = at(event);
    before = inputs[chosen].value;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    const [wide, high] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    const drawn = wide >= SMALL && high >= SMALL;
    inputs[chosen].value = drawn ? [Math.min(from[0], to[0]), Math.min(from[1], to[1]), wide, high].join(", ") : before;
    draw();
  });
  const end = () => {
    if (!from) return;
    from = null;
    const next = inputs.findIndex((one) => !boxOf(one));
    if (inputs[chosen].value !== before && next >= 0) chosen = next;
    draw();
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  draw();
}

/** Left, top, width, height that stand in a field; null when they are no four numbers. @param {HTMLInputElement} input */
function boxOf(input) {
  const found = input.value.match(/\d+/g)?.map(Number) ?? [];
  return found.length === 4 ? found : null;
}

/** @param {Element} node @param {Record<string, number>} values */
function put(node, values) {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, String(value));
}
