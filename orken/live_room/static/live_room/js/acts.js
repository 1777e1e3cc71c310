// What is pressed goes up as an ordinary POST; without this script the same form sends the same and the page comes again.
import { page } from "./rows.js";

const error = page.querySelector("[data-error]");
const said = page.querySelector("[data-said]");

/** It stands beside what was pressed, where she looks; rows of a queue come and go, there it stands under the queue.
 * @param {string} text @param {Element} [pressed] */
export function wrong(text, pressed) {
  if (!error) return;
  if (text && pressed) (pressed.closest('[data-list="hand"]') || pressed).after(error);
  error.textContent = text;
  error.toggleAttribute("hidden", !text);
  if (text && pressed) error.scrollIntoView({ block: "nearest" });
}

/** That the line did not carry something is true only until it is back; what she wrote stands in its field. */
export function lineIsBack() {
  if (error && !error.hasAttribute("hidden") && error.textContent === page.dataset.weak) wrong("");
}
addEventListener("online", lineIsBack);

/** Said politely, at most once in three seconds: a busy room does not flood a screen reader. */
let waiting = "";
let free = 0;
/** @param {string} text */
export function say(text) {
  if (!said || !text) return;
  const now = Date.now();
  if (now >= free) {
    said.textContent = text;
    free = now + 3000;
  } else {
    if (!waiting) {
      setTimeout(() => {
        const last = waiting;
        waiting = "";
        free = 0;
        say(last);
      }, free - now);
    }
    waiting = text;
  }
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button @param {(ok: boolean) => void} [done] */
export async function send(form, button, done) {
  const data = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  button?.setAttribute("aria-busy", "true");
  let ok = false;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (answer.headers.get("content-type")?.includes("json")) {
      const told = await answer.json();
      ok = Boolean(told.ok);
      wrong(told.error || "", form);
      if (ok) say(told.said);
    } else wrong(page.dataset.busy || "", form);
  } catch {
    wrong(page.dataset.weak || "", form);
  }
  button?.removeAttribute("aria-busy");
  if (ok && form.hasAttribute("data-clear")) {
    const keep = form.dataset.keep?.split(" ") || [];
    for (const field of form.querySelectorAll("textarea, input:not([type])")) {
      const input = /** @type {HTMLInputElement} */ (field);
      if (!keep.includes(input.name)) input.value = "";
    }
  }
  if (ok) {
    const press = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-press]"));
    if (press) press.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  }
  done?.(ok);
}

/** @param {(form: HTMLFormElement, ok: boolean, button: HTMLElement | null) => void} after */
export function listen(after) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-act")) return;
    event.preventDefault();
    const button = /** @type {HTMLElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    send(form, button, (ok) => after(form, ok, button));
  });
}
