// The grid of marks by keys: Enter and arrows lead from cell to cell, a column can be put in from a table, and what is
// no mark is told beside its cell before anything is sent. Each mark is a line of the outbox: saved in this browser first,
// sent by itself. Without it the page is a plain form.
import { Outbox, told } from "../../offline/js/outbox.js";
import { showQueue } from "../../offline/js/queue.js";
import { takeAlong } from "../../offline/js/take.js";

const KIND = "result.mark";
const page = told();
const words = JSON.parse(document.getElementById("marks")?.textContent ?? "{}");
const form = document.querySelector("[data-marks]");
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

/** A whole number from 0 to 100, as people write it; an empty cell says nothing. */
const fits = (/** @type {string} */ text) => text === "" || (/^\d{1,3}([.,]0+)?$/.test(text) && parseInt(text, 10) <= 100);

/** Marks in the outbox and on the page. */
class Kept {
  /** @param {Outbox} box @param {(text: string) => void} tell */
  constructor(box, tell) {
    this.box = box;
    this.tell = tell;
    /** @type {Set<string>} Lines on their way to the disk: what stands before them is not shown over them. */
    this.flying = new Set();
    /** @type {Map<string, {value: string, m: string}>} What stands in a cell under what is on its way. */
    this.stands = new Map();
  }

  /** Keep what is written in a cell. @param {HTMLInputElement} cell @param {string} reason */
  async keep(cell, reason) {
    const place = cell.name.lastIndexOf("-");
    const value = parseInt(cell.value.trim(), 10);
    const text = words.line.replace("%(name)s", cell.getAttribute("aria-label") ?? "").replace("%(state)s", String(value));
    const base = cell.dataset.m ?? "";
    const uid = crypto.randomUUID();
    this.remember(cell);
    cell.dataset.m = uid; // the next line over this cell has seen this one
    cell.dataset.stands = cell.value.trim();
    this.flying.add(uid);
    const kept = await this.box.put({
      kind: KIND, about: words.run, base, uid,
      payload: { run: words.run, enrolment: Number(cell.name.slice(place + 1)), component: cell.name.slice(0, place), value, reason, says: text },
    });
    this.flying.delete(uid);
    await this.overlay();
    this.tell(kept ? text : words.full);
  }

  /** @param {HTMLInputElement} cell */
  remember(cell) {
    if (!this.stands.has(cell.name)) this.stands.set(cell.name, { value: cell.dataset.stands ?? "", m: cell.dataset.m ?? "" });
  }

  /** What this device wrote since the page was made is shown over it. */
  async overlay() {
    const made = Date.parse(page.made);
    /** @type {Map<string, any>} */
    const last = new Map();
    for (const line of await this.box.lines()) {
      if (line.about !== words.run || line.kind !== KIND || (line.at && Date.parse(line.at) < made)) continue;
      last.set(`${line.payload.component}-${line.payload.enrolment}`, line);
    }
    for (const [name, line] of last) {
      const cell = document.getElementById(name);
      if (!(cell instanceof HTMLInputElement) || this.flying.has(cell.dataset.m ?? "")) continue;
      this.remember(cell);
      const free = cell.value.trim() === (cell.dataset.stands ?? ""); // else she is writing in it
      const aside = line.state === "differs" || line.state === "refused";
      const under = this.stands.get(name);
      const value = aside ? (under?.value ?? "") : String(line.payload.value);
      if (!aside || cell.dataset.m === line.uid) {
        cell.dataset.stands = value;
        if (free) cell.value = value;
      }
      if (line.state === "refused" && cell.dataset.m === line.uid) cell.dataset.m = under?.m ?? "";
      if (line.state === "waiting" || line.state === "loose" || line.state === "done" || line.state === "differs") cell.dataset.m = line.uid;
      if (line.state === "differs") cell.dataset.beside = "1"; // something stands that she has not seen: her next line says why
      else delete cell.dataset.beside;
      if (line.state === "done") this.stands.set(name, { value, m: line.uid });
      const why = document.getElementById(`${name}-why`);
      const note = { waiting: words.waits, loose: words.loose, refused: line.says, differs: words.differs.replace("%(value)s", line.payload.value) };
      if (why && !cell.getAttribute("aria-invalid")) why.textContent = note[/** @type {keyof typeof note} */ (line.state)] ?? "";
    }
  }
}

function start(/** @type {HTMLFormElement} */ form) {
  /** @type {(HTMLInputElement | null)[][]} */
  const grid = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector("input")));
  const cells = grid.flat().filter((cell) => cell !== null);
  const reason = form.querySelector("[data-reason]");
  const says = form.querySelector("[data-says]");
  let sending = false;
  /** @type {Kept | null} */
  let kept = null;
  /** @type {Promise<any>} */
  let keeping = Promise.resolve();

  const place = (/** @type {EventTarget | null} */ cell) => {
    const row = grid.findIndex((one) => one.includes(/** @type {HTMLInputElement} */ (cell)));
    return row < 0 ? null : { row, column: grid[row].indexOf(/** @type {HTMLInputElement} */ (cell)) };
  };
  const go = (/** @type {HTMLInputElement | null | undefined} */ cell) => {
    if (!cell) return;
    cell.focus();
    cell.select();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  /** The next cell that can be written in, in that direction; the same one at the edge. */
  const step = (/** @type {{row: number, column: number}} */ from, /** @type {number} */ down, /** @type {number} */ right) => {
    const row = Math.min(Math.max(from.row + down, 0), grid.length - 1);
    for (let at = row, column = from.column + right; grid[at] && column >= 0 && column < grid[at].length; at += Math.sign(down), column += right) {
      const cell = grid[at][column];
      if (cell) return go(cell);
      if (!down && !right) return;
    }
  };
  const judge = (/** @type {HTMLInputElement} */ cell) => {
    const text = cell.value.trim();
    const good = fits(text);
    const why = document.getElementById(`${cell.id}-why`);
    const told = good ? "" : (form.dataset.wrong ?? "").replace("%(text)s", text);
    if (why) why.textContent = told;
    cell.closest("td")?.classList.toggle("stop", !good);
    if (good) cell.removeAttribute("aria-invalid");
    else cell.setAttribute("aria-invalid", "true");
    if (why) cell.setAttribute("aria-describedby", why.id);
    if (!good && says) says.textContent = told;
    return good;
  };
  // Why is asked only when something that stands would be changed.
  const over = (/** @type {HTMLInputElement} */ cell) => Boolean(cell.dataset.stands || cell.dataset.beside);
  const stands = (/** @type {HTMLInputElement} */ cell) => over(cell) && cell.value.trim() !== "" && cell.value.trim() !== cell.dataset.stands;
  const changed = (/** @type {HTMLInputElement} */ cell) => cell.value.trim() !== (cell.dataset.stands ?? "");
  const ask = () => {
    if (reason instanceof HTMLElement) reason.hidden = !cells.some(stands);
  };

  form.addEventListener("keydown", (event) => {
    const at = place(event.target);
    if (!at || event.altKey || event.metaKey) return;
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey) return form.requestSubmit();
      return step(at, event.shiftKey ? -1 : 1, 0);
    }
    const move = MOVES[/** @type {keyof typeof MOVES} */ (event.key)];
    if (!move || event.ctrlKey || event.shiftKey) return;
    // Left and right move inside the number first, as long as there is something to pass.
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    if (event.key === "ArrowLeft" && !whole && cell.selectionStart !== 0) return;
    if (event.key === "ArrowRight" && !whole && cell.selectionEnd !== cell.value.length) return;
    event.preventDefault();
    step(at, move[0], move[1]);
  });
  form.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && place(event.target)) event.target.select();
  });
  /** A mark where none stands is kept at once; one over another waits for its reason. */
  const keepNew = (/** @type {HTMLInputElement} */ cell) => {
    const box = kept;
    if (box && cell.value.trim() !== "" && !over(cell) && judge(cell)) keeping = keeping.then(() => box.keep(cell, ""));
  };
  form.addEventListener("change", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (place(cell) && judge(cell)) keepNew(cell);
    ask();
  });
  form.addEventListener("input", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (place(cell) && cell.getAttribute("aria-invalid") && fits(cell.value.trim())) judge(cell);
  });
  form.addEventListener("paste", (event) => {
    const at = place(event.target);
    const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    for (const [down, line] of text.split(/\r?\n/).entries()) {
      for (const [right, word] of line.split("\t").entries()) {
        const cell = grid[at.row + down]?.[at.column + right];
        if (!cell || word.trim() === "") continue;
        cell.value = word.trim();
        if (judge(cell)) keepNew(cell);
      }
    }
    ask();
  });
  form.addEventListener("submit", (event) => {
    const wrong = cells.filter((cell) => !judge(cell));
    if (wrong.length) {
      event.preventDefault();
      return go(wrong[0]);
    }
    const why = reason?.querySelector("input");
    if (cells.some(stands) && why && why.value.trim() === "") {
      event.preventDefault();
      if (reason instanceof HTMLElement) reason.hidden = false;
      why.focus();
      return;
    }
    if (kept) {
      event.preventDefault();
      return all(kept, why?.value.trim() ?? "");
    }
    sending = true;
  });
  /** Keep what is still to be kept, send it, and lead on when the centre has everything. */
  const all = async (/** @type {Kept} */ box, /** @type {string} */ reason) => {
    await keeping;
    for (const cell of cells) {
      if (cell.value.trim() === "") cell.value = cell.dataset.stands ?? ""; // an empty cell says nothing
      else if (changed(cell)) await box.keep(cell, over(cell) ? reason : "");
    }
    const why = reason === "" ? null : form.querySelector("#reason");
    if (why instanceof HTMLInputElement) why.value = "";
    ask();
    await box.box.send();
    const lines = (await box.box.lines()).filter((line) => line.about === words.run && line.kind === KIND);
    const open = lines.some((line) => line.state === "waiting" || line.state === "loose");
    const told = lines.some((line) => (line.state === "refused" || line.state === "differs") && Date.parse(line.at) >= Date.parse(page.made));
    if (!open && !told) location.assign(form.dataset.done ?? "");
  };
  addEventListener("beforeunload", (event) => {
    if (!sending && cells.some(changed)) event.preventDefault();
  });
  const keys = form.querySelector("[data-keys]");
  if (keys instanceof HTMLElement) keys.hidden = !matchMedia("(hover: hover)").matches;
  ask();
  go(cells.find((cell) => cell.getAttribute("aria-invalid")) ?? null);

  const open = async () => {
    const box = await Outbox.open(page).catch(() => null);
    if (!box) return; // a browser that keeps nothing: the form with its button goes on as without script
    const marks = new Kept(box, (text) => says && (says.textContent = text));
    await marks.overlay();
    kept = marks;
    cells.filter(changed).forEach(keepNew); // what she typed meanwhile
    ask();
    await showQueue(box);
    box.addEventListener("change", () => marks.overlay());
    await takeAlong(box);
    box.send();
  };
  if (page) open();
}

if (form instanceof HTMLFormElement) start(form);
