// A question under a block, or an answer to a post there, that is typed without a line: a line of the outbox. It stands
// under its block until it is sent, and is sent once.
const ASK = "study.ask";

/** @typedef {import("../../offline/js/outbox.js").Outbox} Outbox */

/** Whether the centre cannot be asked now. @param {Outbox} box */
export const away = (box) => Boolean(box.held) || !navigator.onLine;

/** Keep a question. True: it is on the disk of this device. @param {Outbox} box @param {Record<string, string>} words @param {{lesson: string, block: string, text: string, parent?: string, uid?: string}} given */
function keep(box, words, given) {
  const payload = {
    run: words.run, lesson: given.lesson, block: given.block, text: given.text, parent: given.parent ?? "", language: document.documentElement.lang,
    says: (given.parent ? words.answered : words.asked).replace("%(name)s", given.text.slice(0, 80)),
  };
  return box.put({ kind: ASK, about: words.run, payload, uid: given.uid });
}

/** Under each block what was asked from this device since the page was made. @param {Outbox} box @param {Record<string, string>} words */
export async function showAsked(box, words) {
  const lines = (await box.lines()).filter((line) => line.kind === ASK && line.payload.run === words.run);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-asked]"))) {
    const hers = lines.filter((line) => line.payload.block === place.dataset.asked && fresh(line, box.page.made));
    place.replaceChildren(...hers.map((line) => said(line, words)));
    place.hidden = !hers.length;
  }
}

/** What was sent before the page was made stands in the discussion already. @param {any} line @param {string} made */
const fresh = (line, made) => line.state !== "done" || Date.parse(line.at) > Date.parse(made);

/** @param {any} line @param {Record<string, string>} words */
function said(line, words) {
  const item = document.createElement("li");
  const text = document.createElement("p");
  text.textContent = line.payload.text;
  const state = document.createElement("small");
  const [sent, kept] = line.payload.parent ? [words.answer_sent, words.answer_kept] : [words.ask_sent, words.ask_kept];
  state.textContent = { done: sent, same: sent, refused: line.says, loose: words.full }[/** @type {string} */ (line.state)] ?? kept;
  item.append(text, state);
  return item;
}

/** The links and the form of a page: without a line they write into the outbox, with one they are what they were.
 * @param {Outbox} box @param {Record<string, string>} words */
export function asks(box, words) {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-block] a[href*='/ask/'], a[data-answer]") : null;
    const piece = link?.closest("[data-block], [data-ask-of] li");
    if (!(link instanceof HTMLAnchorElement) || !(piece instanceof HTMLElement) || !away(box)) return;
    event.preventDefault();
    follow(link, piece);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-ask]")) return;
    if (!form.hasAttribute("data-once") && !away(box)) return; // the page's own form goes to the centre
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    const press = form.elements.namedItem("press");
    const text = field.value.trim();
    if (!text) return field.focus();
    // The press of the page's own form is the line's id: what the centre has of it already is not asked again.
    const uid = press instanceof HTMLInputElement ? press.value : undefined;
    await keep(box, words, { lesson: form.dataset.lesson ?? words.lesson, block: form.dataset.ask ?? "", text, parent: form.dataset.parent, uid });
    if (press instanceof HTMLInputElement) press.value = crypto.randomUUID();
    field.value = "";
    await showAsked(box, words);
    if (form.hasAttribute("data-once")) form.remove();
  });
}

/** Questions that were taken along are read; else the form opens where she is. @param {HTMLAnchorElement} link @param {HTMLElement} piece */
async function follow(link, piece) {
  if (!link.dataset.answer && (await caches?.match(new URL(link.href).pathname))) location.assign(link.href);
  else open(piece, link.dataset.answer);
}

/** The form under a block or a post, made when it is needed. @param {HTMLElement} piece @param {string} [parent] the post that is answered */
function open(piece, parent) {
  const standing = piece.querySelector(":scope > form[data-ask]");
  const model = document.getElementById("ask-here");
  if (!standing && model instanceof HTMLTemplateElement) {
    const form = /** @type {HTMLFormElement} */ (model.content.firstElementChild?.cloneNode(true));
    if (parent) form.dataset.parent = parent;
    else form.dataset.ask = piece.dataset.block;
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    field.id = `a-${parent ?? piece.dataset.block}`;
    form.querySelector("label")?.setAttribute("for", field.id);
    piece.append(form);
  }
  /** @type {HTMLElement | null} */ (piece.querySelector(":scope > form[data-ask] textarea"))?.focus();
}
