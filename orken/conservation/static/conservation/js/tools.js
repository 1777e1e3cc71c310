import { box, inside, lengthOf, newId } from "./shapes.js";

const KEYS = { h: "pan", r: "box", p: "polygon", o: "hole", l: "line", d: "point", m: "measure" };

/** The tools: by mouse or finger on the picture, by keyboard with a cross that arrows move. */
export class Tools {
  constructor(lab) {
    this.lab = lab;
    this.name = "pan";
    /** @type {number[][]} */
    this.points = [];
    this.cross = null;
    this.dragging = false;
    const surface = lab.overlay.svg;
    surface.addEventListener("pointerdown", (event) => this.down(event));
    surface.addEventListener("pointermove", (event) => this.move(event));
    surface.addEventListener("pointerup", (event) => this.up(event));
    surface.addEventListener("pointercancel", () => this.cancel());
    surface.addEventListener("dblclick", (event) => {
      event.preventDefault();
      this.finish();
    });
    surface.addEventListener("wheel", (event) => {
      if (this.name === "pan") return;
      event.preventDefault();
      lab.camera.zoom(event.deltaY < 0 ? 1.25 : 0.8, this.local(event));
    }, { passive: false });
    lab.camera.onClick((at) => {
      if (this.name === "pan") this.pick(at);
    });
  }

  static of(key) {
    return KEYS[key];
  }

  use(name) {
    this.cancel();
    this.name = name;
    this.lab.overlay.svg.classList.toggle("drawing", name !== "pan");
    for (const button of this.lab.root.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === name));
    }
  }

  local(event) {
    const frame = this.lab.overlay.svg.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  /** The point of the picture, kept on it. */
  point(event) {
    const [x, y] = this.lab.camera.toImage(...this.local(event));
    return this.onPicture(x, y);
  }

  onPicture(x, y) {
    const { width, height } = this.lab.data;
    return [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
  }

  pick([x, y]) {
    const reach = 6 / (this.lab.camera.view?.scale ?? 1);
    const hit = this.lab.marks.all.filter((one) => inside(one, x, y, reach));
    this.lab.marks.choose(hit.length ? hit[hit.length - 1].id : "");
  }

  down(event) {
    if (event.button || this.name === "pan") return;
    event.preventDefault();
    this.lab.stage.focus({ preventScroll: true });
    const at = this.point(event);
    this.cross = null;
    if (this.name === "box" || this.name === "measure") {
      this.dragging = true;
      this.points = [at];
      this.lab.overlay.svg.setPointerCapture(event.pointerId);
    } else {
      this.place(at);
    }
  }

  move(event) {
    if (this.name === "pan" || !this.points.length) return;
    this.preview(this.point(event));
  }

  up(event) {
    if (!this.dragging) return;
    this.dragging = false;
    const at = this.point(event);
    const far = Math.hypot(at[0] - this.points[0][0], at[1] - this.points[0][1]) * (this.lab.camera.view?.scale ?? 1);
    if (far < 4) {
      if (this.name === "measure") this.cancel();
      return; // two clicks instead of one drag: the next one sets the opposite corner
    }
    this.place(at);
  }

  /** Set a point where the pointer or the cross is. */
  place(at) {
    const start = this.points[0];
    if (this.name === "point") {
      this.lab.add({ kind: "point", rings: [[at]] });
    } else if (this.name === "box" || this.name === "measure") {
      if (!start) {
        this.points = [at];
        this.lab.say(this.lab.words.start);
      } else if (this.name === "box") {
        this.points = [];
        this.lab.add({ kind: "area", rings: [box(...start, ...at)] });
      } else {
        this.points = [start, at];
        const mm = (lengthOf(this.points) * this.lab.data.mmPerPx).toFixed(1);
        this.lab.overlay.draft([this.points], { cross: at, text: `${mm} ${this.lab.words.mm}` });
        this.lab.say(this.lab.words.length.replace("%s", mm));
        this.points = [];
        return;
      }
    } else {
      const near = start && this.points.length > 2 && Math.hypot(at[0] - start[0], at[1] - start[1]) * (this.lab.camera.view?.scale ?? 1) < 10;
      if (near && this.name !== "line") {
        this.finish();
        return;
      }
      this.points = [...this.points, at];
      this.lab.say(this.lab.words.point.replace("%s", String(this.points.length)));
    }
    this.preview(at);
  }

  preview(at) {
    const cross = this.cross;
    const open = this.points.length ? [...this.points, at] : [];
    if (!open.length) this.lab.overlay.draft([], { cross });
    else if (this.name === "box") this.lab.overlay.draft([box(...open[0], ...at)], { closed: true, cross });
    else if (this.name === "measure") {
      const mm = (lengthOf(open) * this.lab.data.mmPerPx).toFixed(1);
      this.lab.overlay.draft([open], { cross: at, text: `${mm} ${this.lab.words.mm}` });
    } else this.lab.overlay.draft([open], { closed: this.name !== "line" && open.length > 2, cross });
  }

  /** End a line, a polygon or a hole. */
  finish() {
    const points = this.points.filter((one, i, all) => !i || Math.hypot(one[0] - all[i - 1][0], one[1] - all[i - 1][1]) > 0.5);
    this.cancel();
    if (this.name === "line" && points.length > 1) this.lab.add({ kind: "line", rings: [points] });
    else if (this.name === "polygon" && points.length > 2) this.lab.add({ kind: "area", rings: [points] });
    else if (this.name === "hole" && points.length > 2) {
      const current = this.lab.marks.current;
      if (current?.kind === "area") this.lab.marks.put({ ...current, rings: [...current.rings, points] });
      else this.lab.say(this.lab.words.hole);
    }
  }

  cancel() {
    this.points = [];
    this.dragging = false;
    this.cross = null;
    this.lab.overlay.draft([]);
  }

  /** Arrows move the cross of a drawing tool: a millimetre, with Shift five. Answers whether it was used. */
  step(dx, dy, large) {
    if (this.name === "pan") return false;
    const { width, height, mmPerPx } = this.lab.data;
    const far = (large ? 5 : 1) / mmPerPx;
    const [x, y] = this.cross ?? this.points[this.points.length - 1] ?? [width / 2, height / 2];
    this.cross = this.cross ? this.onPicture(x + dx * far, y + dy * far) : this.onPicture(x, y);
    this.preview(this.cross);
    this.lab.say(this.lab.words.cross.replace("%s", this.lab.grid.name([...this.cross, ...this.cross])));
    return true;
  }

  /** Space sets a point under the cross. */
  press() {
    if (this.name === "pan") return false;
    this.cross ??= [this.lab.data.width / 2, this.lab.data.height / 2];
    this.place(this.cross);
    return true;
  }

  static region(part) {
    return { id: newId(), code: "", severity: 0, active: false, ...part };
  }
}
