// Handing in without a line: the same question first as with one, what is open by number, and a way back until it is sent.
const SUBMIT = "attempts.submit";

/** @typedef {"" | "ask" | "waits" | "sent"} Stand */

export class Handing {
  /** @param {import("../../offline/js/outbox.js").Outbox} box @param {HTMLFormElement} form @param {Record<string, string>} words @param {HTMLElement} place */
  constructor(box, form, words, place) {
    this.box = box;
    this.form = form;
    this.words = words;
    this.place = place;
    /** @type {Stand} */
    this.stand = "";
    place.addEventListener("click", (event) => this.pressed(event));
    box.addEventListener("change", () => this.look());
  }

  /** The last line of this device that hands this attempt in. */
  async line() {
    const lines = (await this.box.lines()).filter((line) => line.kind === SUBMIT && line.about === this.words.attempt && !("item" in line.payload));
    return lines.at(-1);
  }

  /** What became of it, at this page or at another that is open: a sheet that is handed in is no living one. */
  async look() {
    const line = await this.line();
    const waits = line?.state === "waiting" || line?.state === "loose";
    if (waits) this.show("waits");
    else if (line && line.state !== "refused") this.show("sent");
    else if (this.stand !== "ask") this.show("");
  }

  ask() {
    const empty = [...document.querySelectorAll("[data-number][data-state='todo']")].map((one) => (one instanceof HTMLElement ? (one.dataset.number ?? "") : ""));
    const all = document.querySelectorAll("[data-number]").length;
    const says = this.place.querySelector("[data-handing-says]");
    if (says) says.textContent = empty.length ? this.words.empty.replace("%(n)s", String(empty.length)).replace("%(all)s", String(all)) : this.words.whole;
    this.place.querySelector("[data-handing-empty]")?.replaceChildren(
      ...empty.map((position) => {
        const one = document.createElement("li");
        one.append(Object.assign(document.createElement("a"), { href: `#q${position}`, textContent: position }));
        return one;
      }),
    );
    this.show("ask");
  }

  /** @param {Stand} stand */
  show(stand) {
    if (stand === this.stand) return;
    this.stand = stand;
    const away = stand !== "";
    this.place.hidden = !away;
    for (const one of [this.form, document.querySelector("[data-numbers]")]) if (one instanceof HTMLElement) one.hidden = away;
    for (const one of this.place.querySelectorAll("[data-when]")) if (one instanceof HTMLElement) one.hidden = one.dataset.when !== stand;
    const head = this.place.querySelector("h2");
    if (away && head) {
      head.focus();
      this.place.scrollIntoView({ block: "center" });
    }
  }

  /** @param {Event} event */
  async pressed(event) {
    const one = event.target instanceof Element ? event.target.closest("button, a") : null;
    if (one instanceof HTMLAnchorElement && one.hash) this.show(""); // the browser goes on to the question itself
    if (!(one instanceof HTMLButtonElement)) return;
    if (one.dataset.way === "hand") {
      await this.box.put({ kind: SUBMIT, about: this.words.attempt, payload: { attempt: this.words.attempt, says: this.words.handing } });
      await this.look();
      return;
    }
    const line = this.stand === "waits" ? await this.line() : undefined;
    if (line && !(await this.box.takeBack(line.uid))) return this.look(); // it has gone meanwhile
    this.show("");
    const finish = this.form.querySelector("[data-finish]");
    if (finish instanceof HTMLElement) finish.focus();
  }
}
