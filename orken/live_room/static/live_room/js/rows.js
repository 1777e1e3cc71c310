// Rows of a room: a template filled with what the streams tell, the same markup that the server wrote.

/** @type {{states: Record<string, [string, string]>, roles: Record<string, string>, polls: Record<string, string>, [word: string]: any}} */
export const words = JSON.parse(document.getElementById("room-words")?.textContent || "{}");
export const page = /** @type {HTMLElement} */ (document.querySelector("[data-room]"));
const ORDER = { kk: ["kk", "ru", "en"], ru: ["ru", "kk", "en"], en: ["en", "ru", "kk"] };
const language = /** @type {"kk" | "ru" | "en"} */ (document.documentElement.lang in ORDER ? document.documentElement.lang : "kk");
const clock = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Almaty" });

/** A text in the reader's language, or the next that is known. @param {any} value */
export function pick(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  return ORDER[language].map((code) => value[code]).find(Boolean) || "";
}

/** @param {string | null | undefined} at */
export const hour = (at) => (at ? clock.format(new Date(at)) : "");

/** Whether a row answers a condition: «answer», «!answer», «state=visible,stage». @param {any} row @param {string} asked */
function holds(row, asked) {
  const [name, values] = asked.split("=");
  if (values !== undefined) return values.split(",").includes(String(row[name]));
  const not = name.startsWith("!");
  const value = row[not ? name.slice(1) : name];
  const there = value && typeof value === "object" ? Boolean(pick(value)) : Boolean(value);
  return not ? !there : there;
}

/** Write a row into its markup. Only text is written: whatever somebody sent stays letters. @param {Element} node @param {any} row */
export function fill(node, row) {
  for (const one of node.querySelectorAll("[data-f]")) {
    const value = row[/** @type {HTMLElement} */ (one).dataset.f || ""];
    if (value !== undefined) one.textContent = pick(value);
  }
  for (const one of node.querySelectorAll("[data-t]")) one.textContent = hour(row[/** @type {HTMLElement} */ (one).dataset.t || ""]);
  for (const one of node.querySelectorAll("[data-lang]")) one.setAttribute("lang", row[/** @type {HTMLElement} */ (one).dataset.lang || ""] || language);
  if (node instanceof HTMLElement && node.dataset.lang) node.lang = row.lang || language;
  for (const one of node.querySelectorAll("[data-i]")) one.toggleAttribute("hidden", !holds(row, /** @type {HTMLElement} */ (one).dataset.i || ""));
  for (const one of node.querySelectorAll("[data-id]")) /** @type {HTMLInputElement} */ (one).value = String(row.id);
  for (const one of node.querySelectorAll("[data-v]")) /** @type {HTMLInputElement} */ (one).value = String(row[/** @type {HTMLElement} */ (one).dataset.v || ""] ?? "");
  for (const one of node.querySelectorAll("[data-s]")) {
    const [label, colour] = words.states[row.state] || ["", ""];
    const tag = document.createElement("span");
    tag.className = `tag ${colour}`;
    tag.textContent = label;
    one.replaceChildren(tag);
  }
  for (const one of node.querySelectorAll("[data-r]")) one.textContent = words.roles[row.role] || "";
  for (const one of node.querySelectorAll("[data-p]")) one.textContent = words.polls[row.state] || "";
  for (const one of node.querySelectorAll("[data-named]")) one.id = `m-${row.id}`;
  for (const one of node.querySelectorAll("label[data-for]")) /** @type {HTMLLabelElement} */ (one).htmlFor = `m-${row.id}`;
  for (const one of node.querySelectorAll("[data-left]")) /** @type {HTMLElement} */ (one).dataset.left = row.until || "";
  for (const one of node.querySelectorAll("[data-wait]")) /** @type {HTMLElement} */ (one).dataset.wait = row.state === "waiting" ? row.at : "";
  if (node instanceof HTMLElement) node.dataset.row = String(row.id);
}

/** The list of a kind. @param {string} name @returns {HTMLElement | null} */
export const list = (name) => page.querySelector(`[data-list="${name}"]`);

/** @param {string} name @param {any} row */
export function make(name, row) {
  const template = /** @type {HTMLTemplateElement | null} */ (page.querySelector(`template[data-of="${name}"]`));
  const node = /** @type {HTMLElement | undefined} */ (template?.content.firstElementChild?.cloneNode(true));
  if (node) fill(node, row);
  return node;
}

/** Put a row into its list: changed where it stands, added at the end (or first) otherwise.
 * @param {string} into @param {string} name @param {any} row @param {(node: HTMLElement) => void} [more] */
export function put(into, name, row, more) {
  const place = list(into);
  if (!place) return null;
  let node = /** @type {HTMLElement | null | undefined} */ (place.querySelector(`:scope > [data-row="${row.id}"]`));
  if (node) fill(node, row);
  else {
    node = make(name, row);
    if (!node) return null;
    place.append(node);
    node.classList.add("fresh");
  }
  more?.(node);
  count(into);
  return node;
}

/** @param {string} into @param {number | string} id */
export function drop(into, id) {
  list(into)?.querySelector(`:scope > [data-row="${id}"]`)?.remove();
  count(into);
}

/** @param {string} name */
export function count(name) {
  const many = list(name)?.children.length || 0;
  page.querySelector(`[data-empty="${name}"]`)?.toggleAttribute("hidden", many > 0);
  page.querySelector(`[data-some="${name}"]`)?.toggleAttribute("hidden", many === 0);
  const told = page.querySelector(`[data-count="${name}"]`);
  if (told) told.textContent = String(many);
}

/** Whoever reads at the end of a log stays there; whoever scrolled back is left in peace. @param {HTMLElement | null} log @param {() => void} add */
export function atEnd(log, add) {
  const near = log ? log.scrollHeight - log.scrollTop - log.clientHeight < 60 : false;
  add();
  if (log && near) log.scrollTop = log.scrollHeight;
}
