// A lesson read block by block: what has stood before her eyes long enough is a line of the outbox, kept in this browser
// first and sent by itself. Notes go the same way. Without it the page has one button and plain forms.
import { Outbox, told } from "../../offline/js/outbox.js";
import { showQueue } from "../../offline/js/queue.js";
import { takeAlong } from "../../offline/js/take.js";
import { asks, showAsked } from "./asking.js";

const [SEEN, NOTE] = ["study.seen", "study.note"];
const LONG_ENOUGH = 1500; // milliseconds before the eyes, and then one more for every hundred and fifty letters, up to ten
const page = told();
const words = JSON.parse(document.getElementById("study")?.textContent ?? "{}");
const pieces = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-block]")]);
const says = document.querySelector("[data-says]");

/** What this device has read or noted already, also without a line, is shown over the page. @param {Outbox} box */
async function overlay(box) {
  for (const line of await box.lines()) {
    const piece = pieces.find((one) => one.dataset.block === line.payload.block && line.payload.run === words.run);
    if (!piece || line.state === "refused") continue;
    if (line.kind === SEEN) show(piece);
    if (line.kind === NOTE && (line.state === "waiting" || line.state === "loose" || Date.parse(line.at) > Date.parse(page.made))) fill(piece, line);
  }
  whole();
  await showAsked(box, words);
}

/** @param {HTMLElement} piece */
function show(piece) {
  piece.dataset.seen = "1";
  const mark = piece.querySelector("[data-was]");
  if (mark instanceof HTMLElement) mark.hidden = false;
}

/** @param {HTMLElement} piece @param {any} line */
function fill(piece, line) {
  const form = piece.querySelector("form[data-note]");
  if (!(form instanceof HTMLFormElement)) return;
  if (form.contains(document.activeElement)) return; // she is writing in it
  form.dataset.base = line.uid;
  /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text")).value = line.payload.text;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("marked")).checked = line.payload.marked;
  full(form);
}

/** @param {HTMLFormElement} form */
function full(form) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text")).value.trim();
  form.closest("details")?.toggleAttribute("data-full", Boolean(text) || /** @type {HTMLInputElement} */ (form.elements.namedItem("marked")).checked);
}

/** How much of the lesson is read, and a word when it is whole. */
function whole() {
  const read = pieces.filter((piece) => piece.dataset.seen).length;
  const bar = document.querySelector("progress[data-lesson]");
  if (bar instanceof HTMLProgressElement) bar.value = read;
  const over = read === pieces.length;
  for (const one of document.querySelectorAll("[data-over]")) if (one instanceof HTMLElement) one.hidden = !over;
  for (const one of document.querySelectorAll("[data-not-over]")) if (one instanceof HTMLElement) one.hidden = over;
}

/** @param {Outbox} box @param {HTMLElement} piece */
async function read(box, piece) {
  if (piece.dataset.seen) return;
  show(piece);
  whole();
  const name = document.querySelector("h1")?.textContent ?? "";
  const kept = await box.put({
    kind: SEEN, about: words.run, payload: { run: words.run, lesson: words.lesson, block: piece.dataset.block, says: words.read.replace("%(name)s", name) },
  });
  if (!kept && says) says.textContent = words.full;
}

/** @param {Outbox} box */
function watch(box) {
  /** @type {Map<Element, number>} */
  const timers = new Map();
  const eye = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const piece = /** @type {HTMLElement} */ (target);
        clearTimeout(timers.get(piece));
        if (!isIntersecting || piece.dataset.seen) continue;
        const long = LONG_ENOUGH + Math.min(10, (piece.textContent ?? "").length / 150) * 1000;
        timers.set(piece, window.setTimeout(() => document.visibilityState === "visible" && read(box, piece), long));
      }
    },
    // The end of a block has come into view: whoever has scrolled so far has passed the rest of it.
    { threshold: [0], rootMargin: "0px 0px -15% 0px" },
  );
  for (const piece of pieces) {
    const end = piece.querySelector("[data-end]");
    if (!piece.dataset.seen && end) {
      new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && eye.observe(piece)).observe(end);
    }
  }
}

/** @param {Outbox} box */
function notes(box) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.matches("[data-whole]") && (box.held || !navigator.onLine)) {
      // No line: the button keeps every block in this browser, and she goes on by the link below.
      event.preventDefault();
      for (const piece of pieces) await read(box, piece);
      if (says) says.textContent = words.lesson_read;
      return;
    }
    if (!form.matches("[data-note]")) return;
    event.preventDefault();
    const piece = /** @type {HTMLElement} */ (form.closest("[data-block]"));
    const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text")).value.trim();
    const marked = /** @type {HTMLInputElement} */ (form.elements.namedItem("marked")).checked;
    const uid = crypto.randomUUID();
    const kept = await box.put({
      kind: NOTE, about: words.run, base: form.dataset.base ?? "0", uid,
      payload: { run: words.run, lesson: words.lesson, block: piece.dataset.block, text, marked, says: words.noted.replace("%(name)s", text || words.marked) },
    });
    form.dataset.base = uid; // the next line over this note has seen this one
    full(form);
    const told = form.querySelector("[data-kept]");
    if (told) told.textContent = kept ? words.kept : words.full;
  });
}

const box = page && (await Outbox.open(page).catch(() => null)); // a browser that keeps nothing: the page's own button goes on
if (box) {
  await showQueue(box);
  await takeAlong(box);
  await overlay(box);
  asks(box, words);
  box.addEventListener("change", () => overlay(box));
  if (pieces.length) {
    watch(box);
    notes(box);
  }
  box.send();
}
