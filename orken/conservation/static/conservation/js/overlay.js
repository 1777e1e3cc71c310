import { bounds, toPath } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";

export function node(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  parent?.append(made);
  return made;
}

/** Our own drawing over the picture: shapes in pixels of the canvas, moved as one group; numbers keep their size. */
export class Overlay {
  constructor(stage, camera, grid) {
    Object.assign(this, { stage, camera, grid });
    this.svg = node("svg", { class: "over", "aria-hidden": "true", focusable: "false" });
    this.group = node("g", {}, this.svg);
    this.gridLayer = node("g", { class: "cells", hidden: "" }, this.group);
    this.shapes = node("g", {}, this.group);
    this.draftLayer = node("g", { class: "draft" }, this.group);
    this.labels = node("g", { class: "labels" }, this.svg);
    this.gridLabels = node("g", { class: "celllabels", hidden: "" }, this.svg);
    this.bar = node("g", { class: "scale" }, this.svg);
    stage.append(this.svg);
    this.anchors = [];
    this.drawGrid();
    camera.onChange(() => this.follow());
    new ResizeObserver(() => this.follow()).observe(stage);
  }

  /** @param {{d: string, kind: string, n: number, at: number[], chosen?: boolean}[]} shapes */
  draw(shapes) {
    const paths = document.createDocumentFragment();
    const labels = document.createDocumentFragment();
    this.anchors = [];
    for (const one of shapes) {
      node("path", { d: one.d, class: `shape ${one.kind}${one.chosen ? " chosen" : ""}`, "fill-rule": "evenodd", "data-n": one.n }, paths);
      if (one.label === false) continue;
      const label = node("g", { class: `label ${one.kind}${one.chosen ? " chosen" : ""}`, "data-n": one.n }, labels);
      node("circle", { r: 11 }, label);
      node("text", { y: 4.5 }, label).textContent = String(one.n);
      this.anchors.push([label, one.at]);
    }
    this.shapes.replaceChildren(paths);
    this.labels.replaceChildren(labels);
    this.follow();
  }

  /** What is being drawn: points so far, the cross, a measured line. */
  draft(rings, { closed = false, cross = null, text = "" } = {}) {
    this.draftLayer.replaceChildren();
    const d = rings.map((ring) => toPath({ kind: closed ? "area" : "line", rings: [ring] })).join(" ");
    if (d) node("path", { d, class: "shape" }, this.draftLayer);
    this.cross = cross;
    this.draftText = text;
    this.follow();
  }

  drawGrid() {
    const { width, height, columns, rows, wide, high } = this.grid;
    let d = "";
    for (let i = 0; i <= columns.length; i++) d += `M${i * wide} 0V${height}`;
    for (let i = 0; i <= rows; i++) d += `M0 ${i * high}H${width}`;
    node("path", { d }, this.gridLayer);
    this.gridAnchors = [
      ...[...columns].map((letter, i) => [node("text", {}, this.gridLabels), (i + 0.5) * wide, 0, letter, 0, -8]),
      ...Array.from({ length: rows }, (_, i) => [node("text", {}, this.gridLabels), 0, (i + 0.5) * high, String(i + 1), -14, 4]),
    ];
    for (const [text, , , word] of this.gridAnchors) text.textContent = word;
  }

  showGrid(on) {
    this.gridLayer.toggleAttribute("hidden", !on);
    this.gridLabels.toggleAttribute("hidden", !on);
  }

  /** Follow the camera: one transform for all shapes, one for each number. */
  follow() {
    const view = this.camera.view;
    if (!view || !Number.isFinite(view.scale)) return;
    const { scale, x, y } = view;
    this.group.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${x} ${y})`);
    const placed = [];
    for (const [label, [ax, ay]] of this.anchors) {
      let [lx, ly] = [ax * scale + x, ay * scale + y];
      // Numbers that would lie on each other stand in a row.
      if (this.anchors.length <= 80) while (placed.some(([px, py]) => Math.hypot(px - lx, py - ly) < 22)) lx += 24;
      placed.push([lx, ly]);
      label.setAttribute("transform", `translate(${lx} ${ly})`);
    }
    for (const [text, ax, ay, , dx, dy] of this.gridAnchors) {
      text.setAttribute("x", String(Math.max(ax * scale + x, 16) + dx));
      text.setAttribute("y", String(Math.max(ay * scale + y, 20) + dy));
    }
    this.drawCross(scale, x, y);
    this.drawBar(scale);
    this.onFollow?.(scale);
  }

  drawCross(scale, x, y) {
    this.svg.querySelector(".cross")?.remove();
    if (!this.cross) return;
    const [cx, cy] = [this.cross[0] * scale + x, this.cross[1] * scale + y];
    const cross = node("g", { class: "cross", transform: `translate(${cx} ${cy})` }, this.svg);
    node("path", { d: "M-16 0H-4M4 0H16M0-16V-4M0 4V16" }, cross);
    if (this.draftText) node("text", { x: 14, y: -10 }, cross).textContent = this.draftText;
  }

  /** The ruler of the view: a round number of millimetres, between 60 and 160 pixels long. */
  drawBar(scale) {
    const perMm = scale / this.mmPerPx;
    const length = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((mm) => mm * perMm >= 60) ?? 500;
    const wide = length * perMm;
    const bottom = this.stage.clientHeight - 16;
    const text = `${length} ${this.mm}`;
    if (this.barKey === `${text} ${wide.toFixed(1)} ${bottom}`) return;
    this.barKey = `${text} ${wide.toFixed(1)} ${bottom}`;
    this.bar.replaceChildren();
    node("rect", { x: 10, y: bottom - 24, width: wide + 24, height: 34, rx: 4 }, this.bar);
    let d = `M22 ${bottom}h${wide}`;
    for (let i = 0; i <= 10; i++) d += `M${22 + (wide * i) / 10} ${bottom}v${i % 5 ? -5 : -9}`;
    node("path", { d }, this.bar);
    node("text", { x: 22, y: bottom - 11 }, this.bar).textContent = text;
  }
}

/** Where the number of a region stands: at the point of its outlines that is nearest to the upper left. */
export function anchor(region) {
  const [x0, y0] = bounds(region);
  let best = region.rings[0][0];
  let least = Infinity;
  for (const ring of region.rings) {
    for (const point of ring) {
      const far = Math.hypot(point[0] - x0, point[1] - y0);
      if (far < least) [best, least] = [point, far];
    }
  }
  return best;
}
