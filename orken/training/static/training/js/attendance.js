// The sheet by keys and by touch. Every change is a line of the outbox: saved here first, sent by itself.
import { Outbox, told } from "../../offline/js/outbox.js";
import { showQueue } from "../../offline/js/queue.js";
import { takeAlong } from "../../offline/js/take.js";

const KIND = "attendance.mark";
const GUEST = "attendance.walk_in";
const BACK = "attendance.back";
const page = told();
const words = JSON.parse(document.getElementById("sheet")?.textContent ?? "{}");
const dialog = document.querySelector("[data-ask]");
const says = document.querySelector("[data-says]");
let lastReason = "";

/** @typedef {{session: number, minutes: number, who: string, name: string, title: string, place: HTMLElement}} Cell */

const stateOf = (/** @type {string} */ state) => words.states.find((/** @type {any} */ one) => one.state === state);
const tell = (/** @type {string} */ text) => {
  if (says) says.textContent = text;
};

/** State and minutes in words. */
function inWords(/** @type {string} */ state, /** @type {number} */ minutes) {
  const label = stateOf(state)?.says ?? words.empty;
  return minutes ? words.minutes.replace("%(state)s", label).replace("%(minutes)s", String(minutes)) : label;
}

/** What is written of a cell, for the next hand over it; it is shown when it is kept. */
function note(/** @type {HTMLElement} */ place, /** @type {string} */ state, /** @type {number} */ minutes) {
  place.dataset.s = state;
  place.dataset.n = String(minutes || "");
}

/** What the sheet of the open page is made of: the grid, or one session. */
class Sheet {
  /** @param {Outbox} box */
  constructor(box) {
    this.box = box;
    this.grid = document.querySelector("[data-grid]");
    this.form = document.querySelector("[data-sheet]");
    /** @type {Set<string>} Lines on their way to the disk: what stands before them is not shown over them. */
    this.flying = new Set();
    /** @type {Map<HTMLElement, {s: string, n: number, m: string}>} What stands in a cell under what is on its way. */
    this.stands = new Map();
  }

  /** @param {HTMLElement} place @returns {Cell | null} */
  cell(place) {
    const row = place.closest("[data-who]");
    if (!(row instanceof HTMLElement)) return null;
    const head = this.form ?? this.grid?.querySelectorAll("thead th")[/** @type {HTMLTableCellElement} */ (place).cellIndex];
    if (!(head instanceof HTMLElement) || !head.dataset.session) return null;
    const name = row.querySelector("b, th")?.firstChild?.textContent?.trim() ?? "";
    const title = this.form instanceof HTMLElement ? (this.form.dataset.title ?? "") : (head.textContent?.trim() ?? "");
    return {
      session: Number(head.dataset.session), minutes: Number(head.dataset.minutes), who: row.dataset.who ?? "", name, title,
      place: this.form ? row : place,
    };
  }

  /** Where somebody's mark at a session stands on this page. @returns {HTMLElement | null} */
  find(/** @type {number} */ session, /** @type {string} */ who) {
    const row = document.querySelector(`[data-who="${CSS.escape(who)}"]`);
    if (!(row instanceof HTMLElement)) return null;
    if (this.form instanceof HTMLElement) return Number(this.form.dataset.session) === session ? row : null;
    const head = this.grid?.querySelector(`th[data-session="${session}"]`);
    return head instanceof HTMLTableCellElement ? /** @type {HTMLTableRowElement} */ (row).cells[head.cellIndex] : null;
  }

  /** Show a mark. `where`: "" at the centre, "waits" on this device, "loose" on this page alone. */
  paint(/** @type {HTMLElement} */ place, /** @type {string} */ state, /** @type {number} */ minutes, /** @type {"" | "waits" | "loose"} */ where) {
    note(place, state, minutes);
    const one = stateOf(state);
    if (this.form) {
      const radio = place.querySelector(`input[type=radio][value="${state}"]`);
      if (radio instanceof HTMLInputElement) radio.checked = true;
      let now = place.querySelector("[data-now]");
      if (!now) {
        now = document.createElement("small");
        now.setAttribute("data-now", "");
        place.querySelector("div")?.append(now);
      }
      now.textContent = inWords(state, minutes) + (where && ` · ${words[where]}`);
      return;
    }
    place.className = one?.shade ?? "";
    place.textContent = (state === "late" ? `+${minutes}` : (one?.sign ?? "")) + ({ waits: "…", loose: "!" }[where] ?? "");
    place.setAttribute("aria-label", inWords(state, minutes) + (where && `, ${words[where]}`));
  }

  /** What this device wrote since the page was made is shown over it. */
  async overlay() {
    const made = Date.parse(page.made);
    for (const line of await this.box.lines()) {
      if (line.about !== words.run || (line.at && Date.parse(line.at) < made)) continue;
      if (line.state === "refused") {
        if (line.kind === KIND) this.back(line);
        continue;
      }
      if (line.kind === GUEST) this.guest(line.uid, line.payload.name, line.payload.library);
      if (line.kind === BACK) this.gone(line);
      if (line.kind !== KIND) continue;
      const place = this.find(line.payload.session, line.payload.who);
      if (!place || this.flying.has(place.dataset.m ?? "")) continue;
      // What was laid aside waits for a decision: the page goes on showing what stands.
      if (line.state === "differs") {
        this.back(line);
        place.dataset.s ??= line.payload.state; // something stands that she has not seen: her next line says why
      } else this.paint(place, line.payload.state, line.payload.minutes, { waiting: "waits", loose: "loose" }[line.state] ?? "");
      if (line.state !== "same") place.dataset.m = line.uid;
      if (line.state === "done") this.stands.set(place, { s: line.payload.state, n: line.payload.minutes, m: line.uid });
    }
  }

  /** A line that could not be written, or is kept beside: its cell shows again what stands. @param {any} line */
  back(line) {
    const place = this.find(line.payload.session, line.payload.who);
    const was = place && this.stands.get(place);
    if (!place || !was || place.dataset.m !== line.uid) return;
    if (was.s) this.paint(place, was.s, was.n, "");
    else this.empty(place);
    place.dataset.m = was.m;
  }

  /** A note that was taken back: nothing stands there, unless somebody has written since. @param {any} line */
  gone(line) {
    const place = this.find(line.payload.session, line.payload.who);
    if (!place || place.dataset.m !== line.base) return;
    this.empty(place);
    this.stands.delete(place);
    delete place.dataset.m;
  }

  /** Take back what was written into empty cells by one press. @param {{cell: Cell, uid: string}[]} notes */
  async takeBack(notes) {
    for (const { cell, uid } of notes) {
      if (cell.place.dataset.m !== uid) continue; // written again since: that is corrected, with its reason
      const says = words.back.replace("%(name)s", `${cell.name} · ${cell.title}`);
      await this.box.put({ kind: BACK, about: words.run, base: uid, payload: { run: words.run, session: cell.session, who: cell.who, says } });
    }
    await this.overlay();
  }

  /** Nothing is noted. @param {HTMLElement} place */
  empty(place) {
    delete place.dataset.s;
    delete place.dataset.n;
    if (this.form) {
      for (const one of place.querySelectorAll("input[type=radio]")) /** @type {HTMLInputElement} */ (one).checked = false;
      place.querySelector("[data-now]")?.remove();
      return;
    }
    place.className = "";
    place.textContent = "";
    place.setAttribute("aria-label", words.empty);
  }

  /** Write a state into a cell; asks for minutes and for the reason of a correction where they are needed.
   * `then` is called as soon as it is known what is written, at once when nothing is asked: whoever types does not
   * wait for the disk. The cell does: it shows as kept what is kept. */
  async write(/** @type {Cell} */ cell, /** @type {string} */ state, then = () => {}) {
    const was = cell.place.dataset.s ?? "";
    const asked = { minutes: state === "late", reason: Boolean(was) && (was !== state || state === "late") };
    if (was === state && !asked.minutes) {
      then();
      return true;
    }
    let minutes = state === "present" ? cell.minutes : 0;
    let reason = "";
    if (asked.minutes || asked.reason) {
      const answer = await ask(cell, state, asked);
      if (!answer) return false;
      reason = answer.reason;
      if (asked.minutes) minutes = answer.minutes;
      if (was === state && minutes === Number(cell.place.dataset.n)) return true;
    }
    const text = words.line.replace("%(name)s", `${cell.name} · ${cell.title}`).replace("%(state)s", inWords(state, minutes));
    const base = cell.place.dataset.m;
    const uid = crypto.randomUUID();
    if (!this.stands.has(cell.place)) this.stands.set(cell.place, { s: was, n: Number(cell.place.dataset.n || 0), m: base ?? "" });
    cell.place.dataset.m = uid; // the next line over this cell has seen this one
    note(cell.place, state, minutes);
    this.flying.add(uid);
    then();
    const kept = await this.box.put({
      kind: KIND, about: words.run, base, uid,
      payload: { run: words.run, session: cell.session, who: cell.who, state, minutes, reason, says: text },
    });
    this.flying.delete(uid);
    await this.overlay();
    tell(kept ? text : words.full);
    return true;
  }

  /** Put somebody who walked in on the page. */
  guest(/** @type {string} */ uid, /** @type {string} */ name, /** @type {string} */ library) {
    if (document.querySelector(`[data-who="w${uid}"]`)) return;
    const model = document.querySelector("[data-people] > li, [data-grid] tbody tr");
    if (!(model instanceof HTMLElement)) return;
    const row = /** @type {HTMLElement} */ (model.cloneNode(true));
    const old = model.dataset.who ?? "";
    row.dataset.who = `w${uid}`;
    for (const one of row.querySelectorAll("[name]")) one.setAttribute("name", (one.getAttribute("name") ?? "").replace(old, `w${uid}`));
    for (const one of row.querySelectorAll("input[type=radio]")) /** @type {HTMLInputElement} */ (one).checked = false;
    for (const one of row.querySelectorAll("[data-now]")) one.remove();
    for (const one of row.querySelectorAll("legend, [data-late] .vh")) one.textContent = name;
    for (const one of [row, ...row.querySelectorAll("td")]) {
      const place = /** @type {HTMLElement} */ (one);
      delete place.dataset.m;
      delete place.dataset.s;
      delete place.dataset.n;
      if (place.tagName === "TD") {
        place.className = "";
        place.textContent = "";
        place.setAttribute("aria-label", words.empty);
      }
    }
    const head = row.querySelector("b, th");
    const small = row.querySelector("small");
    if (head?.firstChild) head.firstChild.textContent = name;
    if (small) small.textContent = library ?? "";
    model.parentElement?.append(row);
  }
}

/** Minutes of a late one, the reason of a correction. @returns {Promise<{minutes: number, reason: string} | null>} */
function ask(/** @type {Cell} */ cell, /** @type {string} */ state, /** @type {{minutes: boolean, reason: boolean}} */ asked) {
  return new Promise((resolve) => {
    if (!(dialog instanceof HTMLDialogElement)) return resolve(null);
    const field = (/** @type {string} */ name) => /** @type {HTMLElement} */ (dialog.querySelector(`[data-ask-${name}]`));
    const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (field(name).querySelector("input"));
    /** @type {HTMLElement} */ (dialog.querySelector("[data-ask-title]")).textContent = `${cell.name}: ${stateOf(state).says}`;
    for (const name of /** @type {const} */ (["minutes", "reason"])) {
      field(name).hidden = !asked[name];
      input(name).required = asked[name];
    }
    input("minutes").max = String(cell.minutes);
    input("minutes").value = cell.place.dataset.n && cell.place.dataset.s === "late" ? cell.place.dataset.n : "";
    input("reason").value = lastReason;
    dialog.returnValue = "";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return resolve(null);
      if (asked.reason) lastReason = input("reason").value.trim();
      resolve({ minutes: Number(input("minutes").value), reason: asked.reason ? lastReason : "" });
    };
    dialog.showModal();
    (asked.minutes ? input("minutes") : input("reason")).select();
  });
}

/** The keys are told where there are any: a finger has no arrows. */
function hint() {
  const keys = document.querySelector("[data-keys]");
  if (keys instanceof HTMLElement) keys.hidden = !matchMedia("(hover: hover)").matches;
}

/** The grid: one cell has the focus, arrows move it, keys write. */
function gridKeys(/** @type {Sheet} */ sheet) {
  const grid = /** @type {HTMLTableElement} */ (sheet.grid);
  grid.setAttribute("role", "grid");
  grid.parentElement?.removeAttribute("tabindex");
  hint();
  grid.setAttribute("aria-describedby", "keys");
  const columns = grid.querySelectorAll("thead [data-session]").length;
  const rows = () => [...grid.tBodies[0].rows];
  let at = rows()[0]?.cells[1];
  if (at) at.tabIndex = 0;
  const go = (/** @type {HTMLTableCellElement | undefined} */ cell) => {
    if (!cell) return;
    at.tabIndex = -1;
    at = cell;
    at.tabIndex = 0;
    at.focus();
    at.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const step = (/** @type {number} */ down, /** @type {number} */ right) => {
    const row = /** @type {HTMLTableRowElement} */ (at.parentElement);
    const column = Math.min(Math.max(at.cellIndex + right, 1), columns);
    const all = rows();
    go(all[Math.min(Math.max(all.indexOf(row) + down, 0), all.length - 1)].cells[column]);
  };
  grid.addEventListener("click", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("tbody td") : null;
    if (cell instanceof HTMLTableCellElement && cell.cellIndex <= columns) go(cell);
  });
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -999], End: [0, 999],
    PageUp: [-10, 0], PageDown: [10, 0],
  };
  grid.addEventListener("keydown", async (event) => {
    if (!(event.target instanceof HTMLTableCellElement) || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    const state = words.states.find((/** @type {any} */ one) => one.key === event.key)?.state;
    if (!move && !state) return;
    event.preventDefault();
    if (move) return step(move[0], move[1]);
    const cell = sheet.cell(at);
    const head = grid.querySelectorAll("thead th")[at.cellIndex];
    if (head instanceof HTMLElement && "coming" in head.dataset) return tell(words.coming);
    const here = at;
    if (cell && !(await sheet.write(cell, state, () => here === at && step(1, 0)))) here.focus();
  });
}

/** What was pressed on a slow line before this script had come, in the order of the page. @returns {HTMLInputElement[]} */
function pressedEarly() {
  const radios = [...document.querySelectorAll("[data-sheet] [data-who] input[type=radio]")];
  return radios.filter((one) => one instanceof HTMLInputElement && one.checked && !one.defaultChecked).map((one) => /** @type {HTMLInputElement} */ (one));
}

/** One session: a choice is saved at once; the button of the form is not needed then. */
async function sheetTouch(/** @type {Sheet} */ sheet, /** @type {HTMLInputElement[]} */ early) {
  const form = /** @type {HTMLFormElement} */ (sheet.form);
  const back = form.querySelector("[data-back]");
  let noting = false;
  for (const one of form.querySelectorAll("[data-plain]")) /** @type {HTMLElement} */ (one).hidden = true;
  const late = () => {
    for (const one of form.querySelectorAll("[data-late]")) /** @type {HTMLElement} */ (one).hidden = true;
  };
  late();
  hint();
  const press = async (/** @type {HTMLInputElement} */ radio) => {
    const cell = sheet.cell(radio);
    if (!cell || (await sheet.write(cell, radio.value))) return;
    for (const one of cell.place.querySelectorAll("input[type=radio]")) {
      const input = /** @type {HTMLInputElement} */ (one);
      input.checked = input.value === cell.place.dataset.s;
    }
    radio.focus();
  };
  // A press, not a change: pressing «late» once more asks for its minutes anew.
  form.addEventListener("click", (event) => event.target instanceof HTMLInputElement && event.target.type === "radio" && press(event.target));
  // Arrows only move here: a browser's own arrows would choose, and save, whatever they pass over.
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const radio = event.target;
    if (!(radio instanceof HTMLInputElement) || radio.type !== "radio") return;
    const rows = [...form.querySelectorAll("[data-people] > li")];
    const row = /** @type {HTMLElement} */ (radio.closest("li"));
    const own = [...row.querySelectorAll("input[type=radio]")];
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    const place = words.states.findIndex((/** @type {any} */ one) => one.key === event.key);
    if (!move && place < 0) return;
    event.preventDefault();
    if (place >= 0) return /** @type {HTMLInputElement} */ (own[place]).click();
    const to = rows[Math.min(Math.max(rows.indexOf(row) + move[0], 0), rows.length - 1)];
    const all = to.querySelectorAll("input[type=radio]");
    const next = all[Math.min(Math.max(own.indexOf(radio) + move[1], 0), all.length - 1)];
    /** @type {HTMLInputElement} */ (next).focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Enter in a row sends a form too: only the button itself speaks for everybody else.
    if (!(event.submitter instanceof HTMLButtonElement) || event.submitter.name !== "rest") return;
    if (noting) return; // pressed twice it is one press, and all of it can be taken back
    noting = true;
    /** @type {{cell: Cell, uid: string}[]} */
    const notes = [];
    for (const row of form.querySelectorAll("[data-who]")) {
      if (!(row instanceof HTMLElement) || row.dataset.s) continue;
      const cell = sheet.cell(row);
      if (cell && !(await sheet.write(cell, "present"))) break;
      if (cell) notes.push({ cell, uid: row.dataset.m ?? "" });
    }
    noting = false;
    if (!(back instanceof HTMLElement) || !notes.length) return;
    back.hidden = false;
    back.onclick = async () => {
      back.hidden = true;
      await sheet.takeBack(notes);
      tell(words.taken);
    };
  });
  const walk = document.querySelector("[data-walk]");
  walk?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (walk));
    const [name, library] = ["name", "library"].map((one) => String(data.get(one) ?? "").trim());
    if (!name) return walk.querySelector("input[name=name]")?.focus();
    const uid = crypto.randomUUID();
    await sheet.box.put({ kind: GUEST, about: words.run, uid, payload: { run: words.run, name, library, says: name } });
    sheet.guest(uid, name, library);
    late();
    const row = sheet.find(Number(form.dataset.session), `w${uid}`);
    const cell = row && sheet.cell(row);
    if (cell) await sheet.write(cell, "present");
    /** @type {HTMLFormElement} */ (walk).reset();
  });
  for (const radio of early) await press(radio);
}

async function start() {
  const box = await Outbox.open(page).catch(() => null);
  if (!box) {
    // A browser that keeps nothing: the form with its button goes on as without script.
    const place = document.querySelector("[data-queue-says]");
    if (place) place.textContent = page.words.cannot;
    return;
  }
  const sheet = new Sheet(box);
  const early = pressedEarly();
  await sheet.overlay();
  if (sheet.grid) gridKeys(sheet);
  if (sheet.form) sheetTouch(sheet, early);
  await showQueue(box);
  box.addEventListener("change", () => sheet.overlay());
  await takeAlong(box);
  box.send();
}

if (page) start();
