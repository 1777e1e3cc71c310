// The sheet of an attempt: every change is sent at once, and where there is no line it waits in the outbox of this browser.
// A change names what it was written over, so that an old page never writes over a newer answer. Without it the page is a form.
import { Outbox, told } from "../../offline/js/outbox.js";
import { clock, showQueue } from "../../offline/js/queue.js";
import { keepPage, takeAlong } from "../../offline/js/take.js";
import { Handing } from "./handing.js";

const SAVE = "attempts.save";
const words = JSON.parse(document.getElementById("sheet")?.textContent ?? "{}");
const form = document.querySelector("[data-sheet]");
const PAUSE = 1200; // milliseconds after the last key of a text

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */
/** What stands in a field now. @param {Field} field */
const standing = (field) => field.value;
/** What the centre wrote into a field when it made the page. @param {Field} field */
const given = (field) => (field instanceof HTMLSelectElement ? ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "" : field.defaultValue);

/** What stands in the fields of a question, as its kind keeps it; null when nothing does. `first`: as the page was made.
 * @param {HTMLElement} item */
function read(item, first = false) {
  const name = `q${item.dataset.item}`;
  const value = first ? given : standing;
  const fields = [...item.querySelectorAll("input, select, textarea")].filter((one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement);
  const picked = fields.filter((one) => one.name === name && one instanceof HTMLInputElement && (first ? one.defaultChecked : one.checked)).map((one) => one.value);
  const table = Object.fromEntries(fields.filter((one) => one.name.startsWith(`${name}-`) && !one.name.startsWith("base-") && value(one).trim()).map((one) => [one.name.slice(name.length + 1), value(one)]));
  const many = Object.keys(table).length > 0;
  switch (item.dataset.kind) {
    case "question.choice":
    case "question.hotspot":
      return picked.length ? { key: picked[0] } : null;
    case "question.several":
      return picked.length ? { keys: picked } : null;
    case "question.truth":
      return picked.length ? { truth: picked[0] === "true" } : null;
    case "question.matching":
      return many ? { pairs: table } : null;
    case "question.ordering":
      return many ? { places: table } : null;
    case "question.gaps":
      return many ? { gaps: table } : null;
    case "question.sorting":
      return many ? { groups: table } : null;
    default: {
      const field = fields.find((one) => one.name === name);
      const text = field ? value(field) : "";
      return text.trim() ? { text } : null;
    }
  }
}

/** Put an answer back into the fields. @param {HTMLElement} item @param {any} answer */
function fill(item, answer) {
  const name = `q${item.dataset.item}`;
  const table = answer?.pairs ?? answer?.places ?? answer?.gaps ?? answer?.groups;
  for (const one of item.querySelectorAll("input, select, textarea")) {
    if (!(one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) || one.name.startsWith("base-")) continue;
    if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) {
      const chosen = answer?.keys ?? [answer?.key ?? (answer?.truth === undefined ? "" : String(answer.truth))];
      one.checked = chosen.includes(one.value);
    } else if (one.name === name) one.value = answer?.text ?? "";
    else if (one.name.startsWith(`${name}-`)) one.value = table?.[one.name.slice(name.length + 1)] ?? "";
  }
  item.dispatchEvent(new Event("filled"));
}

class Sheet {
  /** @param {Outbox} box @param {HTMLFormElement} form @param {Handing | null} handing */
  constructor(box, form, handing) {
    this.box = box;
    this.form = form;
    this.handing = handing;
    /** @type {Map<string, number>} */
    this.timers = new Map();
    /** @type {Promise<any>} Changes go one after another. */
    this.last = Promise.resolve();
    form.addEventListener("input", (event) => this.changed(event, PAUSE));
    form.addEventListener("change", (event) => this.changed(event, 0));
    form.addEventListener("submit", (event) => this.submitted(/** @type {SubmitEvent} */ (event)));
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
  }

  /** @param {Element} inside @returns {HTMLElement | null} */
  item(inside) {
    return inside.closest("[data-item]");
  }

  /** @param {Event} event @param {number} pause */
  changed(event, pause) {
    const item = event.target instanceof Element ? this.item(event.target) : null;
    if (!item) return;
    const position = item.dataset.item ?? "";
    clearTimeout(this.timers.get(position));
    this.timers.set(position, setTimeout(() => this.keep(item), pause));
  }

  flush() {
    for (const [position, timer] of this.timers) {
      clearTimeout(timer);
      const item = this.form.querySelector(`[data-item="${position}"]`);
      if (item instanceof HTMLElement) this.keep(item);
    }
  }

  /** Keep what stands in a question now. @param {HTMLElement} item @returns {Promise<any>} */
  keep(item) {
    this.timers.delete(item.dataset.item ?? "");
    const answer = read(item);
    const text = JSON.stringify(answer);
    if (item.dataset.kept === text) return this.last;
    item.dataset.kept = text;
    const uid = crypto.randomUUID();
    const base = item.dataset.base ?? "";
    item.dataset.base = uid; // the next change over this one has seen it
    this.say(item, words.saving);
    this.last = this.last.then(() => this.send(item, { uid, base, answer }));
    this.number(item, answer !== null);
    return this.last;
  }

  /** @param {HTMLElement} item @param {{uid: string, base: string, answer: any}} line */
  async send(item, line) {
    const position = Number(item.dataset.item);
    if (!(await this.waiting()).length) {
      const token = this.form.querySelector("[name=csrfmiddlewaretoken]");
      try {
        const answer = await fetch(words.save, {
          method: "POST", keepalive: true,
          headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "" },
          body: JSON.stringify({ op: line.uid, item: position, base: line.base, answer: line.answer }),
        });
        if (answer.ok || answer.status === 409 || answer.status === 413) {
          const became = await answer.json();
          this.say(item, became.state === "differs" ? words.differs : became.says || words.saved.replace("%(when)s", clock(new Date().toISOString())), became.state !== "done" && became.state !== "same");
          if (became.state === "refused") item.dataset.kept = "";
          else if (became.state !== "differs") await this.remember(item, { uid: line.uid, answer: line.answer, at: Date.parse(answer.headers.get("Date") ?? "") || Date.now() });
          return;
        }
      } catch {
        // No line: it waits in the outbox under the same number, so that it is written once whatever became of this try.
      }
    }
    const says = words.line.replace("%(n)s", String(position)).replace("%(what)s", brief(line.answer));
    const kept = await this.box.put({ kind: SAVE, about: words.attempt, base: line.base, uid: line.uid, payload: { attempt: words.attempt, item: position, answer: line.answer, says } });
    await this.remember(item, null); // the line in the outbox is newer
    this.say(item, kept ? words.kept : words.full, !kept);
  }

  /** What the centre took last: a page that this device kept is older than it. @param {HTMLElement} item @param {any} sent */
  remember(item, sent) {
    return this.box.keep(`sent:${words.attempt}:${item.dataset.item}`, sent).catch(() => {}); // no room: the next page has it
  }

  /** Answers that went straight to the centre after this page was made; the centre tells its time in whole seconds.
   * @param {Set<HTMLElement>} early */
  async recall(early) {
    for (const item of this.items()) {
      const sent = await this.box.meta(`sent:${words.attempt}:${item.dataset.item}`);
      if (!sent || sent.at + 999 < Date.parse(this.box.page.made)) continue;
      if (!early.has(item)) fill(item, sent.answer);
      item.dataset.base = sent.uid;
      item.dataset.kept = JSON.stringify(sent.answer);
      this.number(item, sent.answer !== null);
    }
  }

  async waiting() {
    return (await this.box.waiting()).filter((line) => line.about === words.attempt);
  }

  /** @param {HTMLElement} item @param {string} text */
  say(item, text, loud = false) {
    const place = item.querySelector("[data-item-said]");
    if (place) place.textContent = text;
    const aloud = document.querySelector("[data-said]");
    if (aloud && loud) aloud.textContent = text;
  }

  /** @param {HTMLElement} item @param {boolean} answered */
  number(item, answered) {
    const link = document.querySelector(`[data-number="${item.dataset.item}"]`);
    if (link instanceof HTMLElement) link.dataset.state = answered ? "answered" : "todo";
  }

  /** Handing in and checking go to the page itself; without a line she is asked here, and then handing in waits like any other line. @param {SubmitEvent} event */
  async submitted(event) {
    const button = event.submitter;
    event.preventDefault();
    for (const item of this.form.querySelectorAll("[data-item]")) if (item instanceof HTMLElement && item.querySelector("[name^='base-']")) this.keep(item);
    await this.last;
    await this.box.send();
    const finishing = button instanceof HTMLButtonElement && button.name === "finish";
    if (!(await this.waiting()).length && !(finishing && this.box.held === "no_line")) {
      for (const item of this.form.querySelectorAll("[data-item]")) await this.fresh(/** @type {HTMLElement} */ (item));
      if (button instanceof HTMLButtonElement && button.name === "check") {
        const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "check", value: button.value });
        this.form.append(hidden);
        const base = this.form.querySelector(`[name="base-q${button.value}"]`);
        const item = this.form.querySelector(`[data-item="${button.value}"]`);
        if (base instanceof HTMLInputElement && item instanceof HTMLElement) base.value = item.dataset.base ?? "";
        this.form.submit();
      } else if (finishing) location.href = `${location.pathname}finish/`;
      else location.reload();
      return;
    }
    const aloud = document.querySelector("[data-said]");
    if (finishing) this.handing?.ask();
    else if (aloud) aloud.textContent = words.kept;
  }

  /** The hidden fields of the plain form know what was sent meanwhile. @param {HTMLElement} item */
  async fresh(item) {
    const base = item.querySelector("[name^='base-']");
    if (base instanceof HTMLInputElement) base.value = item.dataset.base ?? base.value;
  }

  /** What this device wrote since the page was made is shown over it. On a slow line the page can be written in before
   * this script has come: what differs from the page as made is hers, newer than all of it, and is kept now. */
  async overlay() {
    const made = Date.parse(this.box.page.made);
    const lines = await this.box.lines();
    const early = new Set(this.items().filter((item) => JSON.stringify(read(item)) !== JSON.stringify(read(item, true))));
    await this.recall(early);
    for (const line of lines) {
      if (line.about !== words.attempt || line.kind !== SAVE || (line.at && Date.parse(line.at) < made)) continue;
      if (line.state === "differs" || line.state === "refused") continue;
      const item = this.form.querySelector(`[data-item="${line.payload.item}"]`);
      if (!(item instanceof HTMLElement)) continue;
      if (!early.has(item)) fill(item, line.payload.answer);
      item.dataset.base = line.uid;
      item.dataset.kept = JSON.stringify(line.payload.answer);
      this.number(item, line.payload.answer !== null);
      this.say(item, line.state === "waiting" ? words.kept : words.saved.replace("%(when)s", clock(line.at || line.made_at)));
    }
    const open = new Set(words.beside ?? []);
    const settled = lines.filter((line) => line.about === words.attempt && line.state === "differs" && Date.parse(line.at) < made && !open.has(Number(line.payload.item)));
    await this.box.decided(settled.map((line) => line.uid));
    for (const item of this.items()) {
      item.dataset.kept ??= JSON.stringify(read(item, true));
      if (early.has(item)) this.keep(item);
    }
  }

  /** @returns {HTMLElement[]} */
  items() {
    return [...this.form.querySelectorAll("[data-item]")].filter((one) => one instanceof HTMLElement);
  }

  /** What became of a change that waited is said under its question. */
  async settled() {
    for (const line of await this.box.lines()) {
      const item = line.about === words.attempt && line.kind === SAVE && this.items().find((one) => one.dataset.base === line.uid);
      if (!item || line.state === "waiting" || line.state === "loose") continue;
      if (line.state === "refused") item.dataset.kept = "";
      const became = { differs: words.differs, refused: line.says };
      this.say(item, became[/** @type {keyof typeof became} */ (line.state)] ?? words.saved.replace("%(when)s", clock(line.at)));
    }
  }
}

/** The beginning of an answer, for the list of lines. @param {any} answer */
const brief = (answer) => (answer?.text ? String(answer.text).slice(0, 60) : "…");

/** How much time is left, said at the last five minutes and the last one. A page that this device kept was made with more
 * time than there is now: the end by this device's clock is kept beside it. @param {Outbox} box */
async function countDown(box) {
  const place = document.querySelector("[data-left]");
  const aloud = document.querySelector("[data-said]");
  if (!place || !words.deadline) return;
  const key = `ends:${words.attempt}:${words.deadline}`;
  const own = Date.now() + Date.parse(words.deadline) - Date.parse(words.now);
  const known = await box.meta(key);
  const until = known ? Math.min(known, own) : own;
  await box.keep(key, until).catch(() => {});
  const ends = until - Date.now();
  const began = performance.now();
  let said = Infinity;
  const show = () => {
    const left = Math.max(0, Math.ceil((ends - (performance.now() - began)) / 60000));
    place.textContent = left ? words.minutes.replace("%(n)s", String(left)) : words.over;
    for (const mark of [5, 1, 0]) {
      if (left <= mark && said > mark) {
        said = mark;
        if (aloud) aloud.textContent = place.textContent;
      }
    }
  };
  show();
  setInterval(show, 5000);
}

const page = told();
if (page && form instanceof HTMLFormElement && "indexedDB" in window) {
  const box = await Outbox.open(page);
  const place = document.querySelector("[data-handing]");
  const handing = place instanceof HTMLElement ? new Handing(box, form, words, place) : null;
  const sheet = new Sheet(box, form, handing);
  await sheet.overlay();
  box.addEventListener("change", () => sheet.settled());
  await handing?.look();
  for (const button of document.querySelectorAll("[data-save]")) button.setAttribute("hidden", "");
  await showQueue(box);
  takeAlong(box);
  await countDown(box);
  box.send();
  keepPage(box);
}
