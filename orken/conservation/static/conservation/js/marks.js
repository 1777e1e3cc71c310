import { fromAnnotation, toAnnotation } from "./shapes.js";

/** The marks of one picture: kept on this device at every change, each change can be undone. */
export class Marks extends EventTarget {
  constructor(data) {
    super();
    this.data = data;
    this.source = `urn:canvas:${data.key}`;
    /** @type {any[]} */
    this.all = [];
    this.chosen = "";
    this.past = [];
    this.savable = true;
  }

  get current() {
    return this.all.find((one) => one.id === this.chosen) ?? null;
  }

  /** What the server sent, or what this device kept. Answers whether the device had something. */
  open() {
    const sent = this.data.marks.map(fromAnnotation).filter(Boolean);
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(this.data.key) ?? "[]").map(fromAnnotation).filter(Boolean);
    } catch {
      this.savable = false;
    }
    const mine = kept.length > 0 && !this.data.readonly;
    this.all = mine ? kept : sent;
    this.tell();
    return mine;
  }

  change(make) {
    this.past.push(JSON.stringify([this.all, this.chosen]));
    if (this.past.length > 100) this.past.shift();
    make();
    this.keep();
    this.tell();
  }

  add(region) {
    this.change(() => {
      this.all = [...this.all, region];
      this.chosen = region.id;
    });
  }

  put(region) {
    this.change(() => {
      this.all = this.all.map((one) => (one.id === region.id ? region : one));
    });
  }

  remove(id) {
    this.change(() => {
      this.all = this.all.filter((one) => one.id !== id);
      if (this.chosen === id) this.chosen = "";
    });
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    [this.all, this.chosen] = JSON.parse(last);
    this.keep();
    this.tell();
  }

  choose(id) {
    this.chosen = id;
    this.tell();
  }

  keep() {
    try {
      localStorage.setItem(this.data.key, JSON.stringify(this.all.map((one) => toAnnotation(one, this.source))));
      this.savable = true;
    } catch {
      this.savable = false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.data.key);
    } catch {
      // a device that keeps nothing has nothing to forget
    }
  }

  get document() {
    const { width, height, mmPerPx } = this.data;
    return {
      canvas: { width, height, mm_per_px: mmPerPx },
      annotations: this.all.map((one) => toAnnotation(one, this.source)),
    };
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}
