/**
 * Regions in pixels of the canvas: the same shapes that the server reads.
 * A region is { id, kind: "area" | "line" | "point", rings: [[[x, y], …], …], code, severity, active }.
 * The first ring of an area is its outline, the others are holes (even-odd).
 */

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** The `d` of a path. */
export function toPath(region) {
  if (region.kind === "point") {
    const [x, y] = region.rings[0][0];
    return `M${short(x)} ${short(y)}`;
  }
  const close = region.kind === "area" ? "Z" : "";
  return region.rings.map((ring) => "M" + ring.map(([x, y]) => `${short(x)} ${short(y)}`).join("L") + close).join(" ");
}

export function bounds(region) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of region.rings) {
    for (const [x, y] of ring) {
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
  }
  return [x0, y0, x1, y1];
}

/** Whether the region is a plain rectangle: then arrows resize it and the grid can place it. */
export function isBox(region) {
  if (region.kind !== "area" || region.rings.length !== 1 || region.rings[0].length !== 4) return false;
  const [x0, y0, x1, y1] = bounds(region);
  return region.rings[0].every(([x, y]) => (x === x0 || x === x1) && (y === y0 || y === y1));
}

export function box(x0, y0, x1, y1) {
  const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
  const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

/** Moved by dx, dy, but kept on the canvas. */
export function moved(region, dx, dy, width, height) {
  const [x0, y0, x1, y1] = bounds(region);
  const x = Math.min(Math.max(dx, -x0), width - x1);
  const y = Math.min(Math.max(dy, -y0), height - y1);
  return { ...region, rings: region.rings.map((ring) => ring.map(([px, py]) => [px + x, py + y])) };
}

export function inside(region, x, y, reach) {
  if (region.kind === "area") {
    let odd = false;
    for (const ring of region.rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[i];
        const [bx, by] = ring[j];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
      }
    }
    return odd;
  }
  return region.rings.some((ring) => ring.some((point, i) => distance(point, ring[Math.max(0, i - 1)], x, y) <= reach));
}

function distance([ax, ay], [bx, by], x, y) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

export function lengthOf(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += Math.hypot(ring[i][0] - ring[i - 1][0], ring[i][1] - ring[i - 1][1]);
  return sum;
}

/** As a W3C Web Annotation. Creator and time are the server's to set. */
export function toAnnotation(region, source) {
  const body = [];
  if (region.code) body.push({ type: "TextualBody", purpose: "classifying", value: region.code });
  if (region.severity) body.push({ type: "TextualBody", purpose: "assessing", value: `severity:${region.severity}` });
  if (region.active) body.push({ type: "TextualBody", purpose: "tagging", value: "active" });
  const value = `<svg xmlns='http://www.w3.org/2000/svg'><path fill-rule='evenodd' d='${toPath(region)}'/></svg>`;
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    type: "Annotation",
    id: region.id,
    motivation: "classifying",
    body,
    target: { source, selector: { type: "SvgSelector", value } },
  };
}

/** A region of an annotation that our own server or our own store wrote; null for anything else. */
export function fromAnnotation(annotation) {
  const selector = annotation?.target?.selector;
  const found = /\bd=['"]([^'"]+)['"]/.exec(selector?.value ?? "");
  let parsed = found && fromPath(found[1]);
  const fragment = /xywh=pixel:([\d.]+),([\d.]+),([\d.]+),([\d.]+)/.exec(selector?.value ?? "");
  if (fragment) {
    const [x, y, w, h] = fragment.slice(1).map(Number);
    parsed = { kind: "area", rings: [box(x, y, x + w, y + h)] };
  }
  if (!parsed) return null;
  const said = (purpose) => (annotation.body ?? []).find((one) => one.purpose === purpose)?.value ?? "";
  return {
    ...parsed,
    id: typeof annotation.id === "string" && annotation.id ? annotation.id : newId(),
    code: said("classifying"),
    severity: Number(said("assessing").replace("severity:", "")) || 0,
    active: said("tagging") === "active",
  };
}

export function fromPath(d) {
  const rings = [];
  let closed = false;
  for (const part of d.split("M").slice(1)) {
    closed ||= part.includes("Z");
    const ring = part.replace(/Z/g, " ").split("L").map((pair) => pair.trim().split(/[\s,]+/).map(Number));
    if (ring.some((pair) => pair.length < 2 || !pair.every(Number.isFinite))) return null;
    rings.push(ring.map(([x, y]) => [x, y]));
  }
  if (!rings.length) return null;
  const kind = closed ? "area" : rings[0].length === 1 ? "point" : "line";
  return { kind, rings };
}

let count = 0;
export function newId() {
  count += 1;
  return `m${Date.now().toString(36)}${count}`;
}
