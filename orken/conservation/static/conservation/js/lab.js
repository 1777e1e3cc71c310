// The lab: a picture in depth, regions drawn on it by mouse, finger or keyboard, a list of them beside it.
import { camera } from "./camera.js";
import { Grid } from "./grid.js";
import { keys } from "./keys.js";
import { Marks } from "./marks.js";
import { Overlay, anchor } from "./overlay.js";
import { Panel } from "./panel.js";
import { bounds, box, fromPath, toPath } from "./shapes.js";
import { Tools } from "./tools.js";

class Lab {
  constructor(root) {
    this.root = root;
    this.data = JSON.parse(root.dataset.lab);
    this.words = this.data.words;
    this.stage = root.querySelector("[data-stage]");
    this.said = root.querySelector("[data-said]");
    this.feedback = this.data.marks.some((one) => "n" in one);
    for (const one of root.querySelectorAll("[data-script]")) one.hidden = false;
    for (const one of root.querySelectorAll("[data-plain-name]")) one.hidden = true;
    root.querySelector("[data-plain]")?.remove();
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-label", root.querySelector("img").alt);
    this.grid = new Grid(this.data.width, this.data.height, this.data.columns, this.data.rows);
    this.camera = camera(this.stage, this.data);
    this.overlay = new Overlay(this.stage, this.camera, this.grid);
    this.overlay.mmPerPx = this.data.mmPerPx;
    this.overlay.mm = this.words.mm;
    this.overlay.onFollow = (scale) => this.scaled(scale);
    this.marks = new Marks(this.feedback ? { ...this.data, marks: [] } : this.data);
    this.panel = new Panel(this);
    this.tools = new Tools(this);
    this.buttons();
    keys(this);
    // What was handed in is with the server now: the next try begins with a clean leaf.
    if (this.data.readonly) this.marks.forget();
    if (this.feedback) this.layers("agreement");
    else this.begin();
    root.dataset.ready = "true";
  }

  begin() {
    this.marks.addEventListener("change", () => this.draw());
    if (this.marks.open()) this.say(this.words.restored);
    const form = this.root.closest("form");
    form?.addEventListener("submit", (event) => this.handIn(event));
  }

  draw() {
    this.overlay.draw(
      this.marks.all.map((one, i) => ({
        d: toPath(one), kind: `mine ${one.kind}`, n: i + 1, at: anchor(one), chosen: one.id === this.marks.chosen,
      })),
    );
    this.panel.draw();
    if (this.marks.past.length) this.panel.kept();
  }

  /** Only complete marks are handed in: the server would refuse the rest with the same words. */
  handIn(event) {
    const draft = event.submitter?.dataset.keep !== undefined;
    const open = this.marks.all.filter((one) => !one.code || !one.severity);
    if (open.length && !draft) {
      event.preventDefault();
      const numbers = open.map((one) => this.marks.all.indexOf(one) + 1).join(", ");
      this.say(this.words.finish.replace("%s", numbers), true);
      this.edit(open[0].id);
      return;
    }
    const sent = draft ? { ...this.marks.document, annotations: this.marks.document.annotations.filter((one) => one.body.length) } : this.marks.document;
    const text = JSON.stringify(sent);
    const file = this.root.querySelector("[data-document-file]");
    const large = text.length > 500_000; // a field may hold 2.5 megabytes of the whole form, a file has its own limit
    if (large && file) {
      const held = new DataTransfer();
      held.items.add(new File([text], "marks.json", { type: "application/json" }));
      file.files = held.files;
    }
    this.root.querySelector("[data-document]").value = large && file ? "" : text;
  }

  add(part) {
    if (this.marks.all.length >= this.data.most) {
      this.say(this.words.most, true);
      return;
    }
    const region = Tools.region(part);
    this.marks.add(region);
    this.say(this.words.added.replace("%s", this.grid.name(bounds(region))));
  }

  /** A mark from the grid: the cell in the middle of what is seen. */
  fresh() {
    const [x, y] = this.camera.toImage(this.stage.clientWidth / 2, this.stage.clientHeight / 2);
    const { wide, high } = this.grid;
    const column = Math.min(this.data.columns.length - 1, Math.max(0, Math.floor(x / wide)));
    const row = Math.min(this.data.rows - 1, Math.max(0, Math.floor(y / high)));
    this.tools.use("pan");
    this.toggleGrid(true);
    this.add({ kind: "area", rings: [box(column * wide, row * high, (column + 1) * wide, (row + 1) * high)] });
    this.stage.focus();
  }

  edit(id) {
    this.marks.choose(id);
    const current = this.marks.current;
    if (current) this.camera.show(bounds(current));
    this.panel.code?.focus();
    this.say(this.words.chosen.replace("%s", String(this.marks.all.indexOf(current) + 1)));
  }

  remove() {
    if (!this.marks.current) return;
    this.marks.remove(this.marks.chosen);
    this.say(this.words.removed);
    this.stage.focus();
  }

  escape() {
    this.marks.choose("");
    this.tools.use("pan");
  }

  toggleGrid(on) {
    const button = this.root.querySelector("[data-grid]");
    const next = on ?? button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(next));
    this.overlay.showGrid(next);
  }

  buttons() {
    for (const button of this.root.querySelectorAll("[data-tool]")) {
      button.addEventListener("click", () => this.tools.use(button.dataset.tool));
    }
    for (const button of this.root.querySelectorAll("[data-light]")) {
      button.addEventListener("click", () => {
        press(this.root, "light", button);
        this.camera.light(this.data.lights.find((one) => one.light === button.dataset.light));
      });
    }
    for (const button of this.root.querySelectorAll("[data-layer]")) {
      button.addEventListener("click", () => this.layers(button.dataset.layer));
    }
    for (const button of this.root.querySelectorAll("[data-zoom]")) {
      const factor = { in: 1.6, out: 1 / 1.6 }[button.dataset.zoom];
      button.addEventListener("click", () => (factor ? this.camera.zoom(factor) : this.camera.home()));
    }
    for (const button of this.root.querySelectorAll("[data-show]")) {
      button.addEventListener("click", () => this.show(Number(button.dataset.show)));
    }
    this.root.querySelector("[data-grid]").addEventListener("click", () => this.toggleGrid());
  }

  // --- feedback: mine, expert, agreement ---

  layers(name) {
    this.layer = name;
    press(this.root, "layer", this.root.querySelector(`[data-layer="${name}"]`));
    const wanted = { mine: (kind) => kind === "mine", expert: (kind) => ["found", "partly", "missed"].includes(kind), agreement: (kind) => kind !== "mine" }[name];
    const shown = this.data.marks.filter((one) => wanted(one.kind));
    const behind = name === "agreement" ? this.data.marks.filter((one) => one.kind === "mine") : [];
    this.overlay.draw([
      ...behind.map((one) => ({ ...one, kind: "mine faint", at: one.box, label: false })),
      ...shown.map((one) => ({ ...one, at: anchor(fromPath(one.d) ?? { rings: [[one.box]] }), chosen: one.n === this.shown })),
    ]);
  }

  show(number) {
    this.shown = number;
    const found = this.data.marks.find((one) => one.n === number && one.kind !== "mine") ?? this.data.marks.find((one) => one.n === number);
    if (found) this.camera.show(found.box);
    this.layers(this.layer);
    for (const line of this.root.querySelectorAll("[data-region]")) line.classList.toggle("on", Number(line.dataset.region) === number);
  }

  scaled(scale) {
    const label = this.root.querySelector("[data-scale]");
    if (label) label.textContent = `${Math.round(scale * 100 * (window.devicePixelRatio || 1))} %`;
  }

  say(text, loud = false) {
    this.said.textContent = text;
    this.said.classList.toggle("vh", !loud);
    this.said.classList.toggle("err", loud);
  }
}

function press(root, name, button) {
  for (const one of root.querySelectorAll(`[data-${name}]`)) one.setAttribute("aria-pressed", String(one === button));
}

for (const root of document.querySelectorAll("[data-lab]")) root.lab = new Lab(root);
