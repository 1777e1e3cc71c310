import { bounds, box, isBox, moved } from "./shapes.js";
import { Tools } from "./tools.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Keys of the lab. Letters count only while the picture or its tools hold the focus, so that typing stays typing. */
export function keys(lab) {
  lab.root.addEventListener("keydown", (event) => {
    if (event.key === "F6") {
      event.preventDefault();
      nextPane(lab, event.shiftKey);
      return;
    }
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      lab.marks.undo();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const onPicture = lab.stage.contains(event.target);
    if (used(lab, event, onPicture)) event.preventDefault();
  });
}

function used(lab, event, onPicture) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const arrow = ARROWS[event.key];
  if (arrow && onPicture) return arrows(lab, arrow, event.shiftKey);
  if (key === "+" || key === "=") return did(lab.camera.zoom(1.4));
  if (key === "-") return did(lab.camera.zoom(1 / 1.4));
  if (key === "0") return did(lab.camera.home());
  if (key === "g") return did(lab.toggleGrid());
  if (key === "m") return did(lab.tools.use("measure"));
  if (key === "Escape") return did(lab.tools.points.length ? lab.tools.cancel() : lab.escape());
  if (onPicture && key === " ") return lab.tools.press();
  if (onPicture && key === "Enter") return enter(lab);
  if (lab.data.readonly) return false;
  if (key === "n") return did(lab.fresh());
  if ((key === "Delete" || (key === "Backspace" && onPicture)) && lab.marks.current) return did(lab.remove());
  if (/^[1-4]$/.test(key) && lab.marks.current) return did(lab.marks.put({ ...lab.marks.current, severity: Number(key) }));
  const tool = Tools.of(key);
  return tool ? did(lab.tools.use(tool)) : false;
}

const did = () => true;

function enter(lab) {
  if (lab.tools.points.length) lab.tools.finish();
  else if (lab.marks.current) lab.panel.code?.focus();
  else return false;
  return true;
}

function arrows(lab, [dx, dy], large) {
  if (lab.tools.step(dx, dy, large)) return true;
  const current = lab.marks.current;
  if (!current || lab.data.readonly) return did(lab.camera.pan(dx * 60, dy * 60));
  const { width, height } = lab.data;
  const [stepX, stepY] = [lab.grid.wide / 4, lab.grid.high / 4];
  let next = moved(current, dx * stepX, dy * stepY, width, height);
  if (large && isBox(current)) {
    const [x0, y0, x1, y1] = bounds(current);
    next = {
      ...current,
      rings: [box(x0, y0, Math.min(width, Math.max(x0 + stepX, x1 + dx * stepX)), Math.min(height, Math.max(y0 + stepY, y1 + dy * stepY)))],
    };
  }
  lab.marks.put(next);
  lab.say(lab.words.moved.replace("%s", lab.grid.name(bounds(next))));
  return true;
}

/** F6: tools, picture, list, and round again. */
function nextPane(lab, back) {
  const stops = [
    lab.root.querySelector(".bench .btn"),
    lab.stage,
    lab.root.querySelector("[data-list] button, [data-new], .said-list .btn"),
  ].filter(Boolean);
  const panes = [".bench", ".pane.dark", ".pane:not(.dark)"].map((name) => lab.root.querySelector(name));
  const here = panes.findIndex((pane) => pane?.contains(document.activeElement));
  const step = back ? -1 : 1;
  stops[(here + step + stops.length) % stops.length]?.focus();
}
