// The words of the queue on a page: what waits, when the centre was last reached, and what to do when there is no room.
import { ofOthers } from "./outbox.js";

/** Today's hour, or the day with the hour. @param {string} moment @param {boolean} whole with the day always */
export function clock(moment, whole = false) {
  const at = new Date(moment);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hour = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return !whole && at.toDateString() === new Date().toDateString() ? hour : `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()}, ${hour}`;
}

/** A sentence with a number, in the form that the language has for it. @param {Record<string, string>} forms @param {number} n */
export function counted(forms, n) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(n);
  return (forms[form] ?? forms.other).replace("%(n)s", String(n));
}

/** The words of the queue. @param {import("./outbox.js").Outbox} box */
export async function showQueue(box) {
  const place = document.querySelector("[data-queue]");
  const [says, when, more, line, well] = ["says", "when", "more", "line", "well"].map((name) => place?.querySelector(`[data-queue-${name}]`));
  const words = box.page.words;
  const others = await ofOthers(box.page.account);
  const room = noRoom(box);
  const show = async () => {
    const lines = await box.lines();
    const count = (/** @type {string} */ state) => lines.filter((line) => line.state === state).length;
    const text = [];
    if (count("waiting")) text.push(counted(words.waiting, count("waiting")));
    if (count("waiting") && box.held) text.push(words[box.held]);
    if (!count("waiting") && !count("loose")) text.push(box.held === "revoked" ? words.revoked : lines.length ? words.sent : words.nothing);
    if (!count("waiting") && box.held === "no_line") text.push(words.no_line);
    for (const state of ["differs", "refused"]) if (count(state)) text.push(counted(words[state], count(state)));
    if (others) text.push(counted(words.others, others));
    if (says && says.textContent !== text.join(" ")) says.textContent = text.join(" ");
    const reached = await box.meta("reached");
    if (when) when.textContent = reached ? words.reached.replace("%(when)s", clock(reached)) : box.held === "no_line" || !navigator.onLine ? words.never : "";
    const away = box.held === "no_line" || !navigator.onLine; // the crossed-out line stands only while there is none
    if (line instanceof HTMLElement) line.hidden = !away;
    if (well instanceof HTMLElement) well.hidden = away;
    if (more instanceof HTMLElement) more.hidden = !lines.length;
    place?.classList.toggle("wait", count("waiting") > 0);
    place?.classList.toggle("stop", count("refused") > 0 || box.held === "revoked");
    room(count("loose"));
  };
  box.addEventListener("change", show);
  return show();
}

/** The browser has no room: said at once, with the ways out. @param {import("./outbox.js").Outbox} box */
function noRoom(box) {
  const place = document.querySelector("[data-room]");
  const says = place?.querySelector("[data-room-says]");
  const words = box.page.words;
  const say = (/** @type {string} */ text) => says && says.textContent !== text && (says.textContent = text);
  place?.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.way === "send") {
      await box.send();
      if (box.held) say(words[box.held]);
    }
    if (button?.dataset.way === "file" && !(await save(box))) say(words.no_key);
    if (button?.dataset.way === "free" && !(await box.makeRoom())) say(words.still_full);
  });
  return (/** @type {number} */ count) => {
    if (!(place instanceof HTMLElement)) return;
    const was = place.dataset.count;
    place.hidden = !count;
    place.dataset.count = String(count);
    if (!count || was === place.dataset.count) return;
    say(counted(words.loose, count));
    if (!Number(was)) place.scrollIntoView({ block: "center" });
  };
}

/** Give the sealed file. False: this device has no key yet. @param {import("./outbox.js").Outbox} box */
export async function save(box) {
  const file = await box.sealed();
  if (!file) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${new Date().toISOString().slice(0, 10)}.orken`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return true;
}
