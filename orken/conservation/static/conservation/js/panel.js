import { bounds, box, isBox, lengthOf, moved } from "./shapes.js";

const LIVE = ["B3", "B5"];

/** The list of marks and the form of the chosen one: the second way to everything that the picture offers. */
export class Panel {
  constructor(lab) {
    this.lab = lab;
    const find = (name) => lab.root.querySelector(`[data-${name}]`);
    this.list = find("list");
    this.form = find("form");
    this.cells = find("cells");
    this.code = find("code");
    this.severities = [...lab.root.querySelectorAll("[data-severity]")];
    this.active = find("active");
    this.activeRow = find("active-row");
    this.size = find("size");
    this.title = find("form-title");
    this.count = find("count");
    this.empty = find("empty");
    this.keptNote = find("kept");
    find("new")?.addEventListener("click", () => lab.fresh());
    find("done")?.addEventListener("click", () => {
      lab.marks.choose("");
      lab.root.querySelector("[data-new]")?.focus();
    });
    find("remove")?.addEventListener("click", () => lab.remove());
    this.names = new Map([...(this.code?.options ?? [])].map((one) => [one.value, one.textContent.replace(/ \([A-Z]\d+\)$/, "")]));
    this.code?.addEventListener("change", () => this.put({ code: this.code.value }));
    this.cells?.addEventListener("change", () => this.place());
    this.active?.addEventListener("change", () => this.put({ active: this.active.checked }));
    for (const one of this.severities) one.addEventListener("change", () => this.put({ severity: Number(one.value) }));
    // Enter in the form is no handing-in: too much would be lost by a slip.
    this.form?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.tagName !== "BUTTON") {
        event.preventDefault();
        event.target.dispatchEvent(new Event("change"));
      }
    });
  }

  put(part) {
    const current = this.lab.marks.current;
    if (current) this.lab.marks.put({ ...current, ...part });
  }

  /** The mark goes to the cells that were typed: a rectangle becomes them, another shape is moved there. */
  place() {
    const current = this.lab.marks.current;
    const wanted = this.lab.grid.parse(this.cells.value);
    if (!current) return;
    this.cells.setAttribute("aria-invalid", String(!wanted));
    if (!wanted) {
      this.lab.say(this.lab.words.cells);
      return;
    }
    const { width, height } = this.lab.data;
    if (isBox(current)) this.put({ rings: [box(...wanted)] });
    else {
      const [x0, y0] = bounds(current);
      this.lab.marks.put(moved(current, wanted[0] - x0, wanted[1] - y0, width, height));
    }
    this.lab.say(this.lab.words.moved.replace("%s", this.cells.value));
  }

  name(region) {
    return (region.code && this.names.get(region.code)) || this.lab.words.untyped;
  }

  measure(region) {
    const { mmPerPx } = this.lab.data;
    const mm = (pixels) => (pixels * mmPerPx).toFixed(pixels * mmPerPx < 10 ? 1 : 0);
    if (region.kind === "line") return `${mm(lengthOf(region.rings[0]))} ${this.lab.words.mm}`;
    if (region.kind === "point") return "";
    const [x0, y0, x1, y1] = bounds(region);
    return `${mm(x1 - x0)} × ${mm(y1 - y0)} ${this.lab.words.mm}`;
  }

  draw() {
    const { marks, words, grid } = this.lab;
    if (this.count) this.count.textContent = String(marks.all.length);
    if (this.empty) this.empty.hidden = marks.all.length > 0;
    if (this.list) this.list.replaceChildren(...marks.all.map((one, i) => this.item(one, i + 1, words, grid)));
    const current = marks.current;
    if (this.form) this.form.hidden = !current || this.lab.data.readonly;
    if (current && this.form) {
      const number = marks.all.indexOf(current) + 1;
      this.title.textContent = `${number}. ${this.name(current)}`;
      this.size.textContent = this.measure(current);
      if (document.activeElement !== this.cells) this.cells.value = grid.name(bounds(current));
      this.code.value = current.code;
      for (const one of this.severities) one.checked = Number(one.value) === current.severity;
      this.activeRow.hidden = !LIVE.includes(current.code);
      this.active.checked = current.active;
    }
  }

  item(region, number, words, grid) {
    const line = document.createElement("li");
    line.classList.toggle("on", region.id === this.lab.marks.chosen);
    const mark = document.createElement("b");
    mark.className = "num";
    mark.textContent = String(number);
    const middle = document.createElement("div");
    middle.append(this.name(region));
    const small = document.createElement("small");
    const severity = region.severity ? `${words.severity} ${region.severity}` : words.unrated;
    small.textContent = [grid.name(bounds(region)), severity, this.measure(region)].filter(Boolean).join(" · ");
    middle.append(small);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet";
    button.dataset.edit = region.id;
    button.textContent = words.edit;
    const hidden = document.createElement("span");
    hidden.className = "vh";
    hidden.textContent = `: ${number}`;
    button.append(hidden);
    button.addEventListener("click", () => this.lab.edit(region.id));
    const last = document.createElement("span");
    if (!region.code || !region.severity) {
      const tag = document.createElement("span");
      tag.className = "tag wait";
      tag.textContent = words.incomplete;
      last.append(tag);
    }
    if (!this.lab.data.readonly) last.append(button);
    line.append(mark, middle, last);
    return line;
  }

  kept() {
    if (!this.keptNote) return;
    this.keptNote.hidden = false;
    this.keptNote.textContent = this.lab.marks.savable ? this.lab.words.kept : this.lab.words.unkept;
  }
}
