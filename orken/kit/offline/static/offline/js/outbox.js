// Lines are saved in this browser first and sent when there is a line to the centre. One outbox for each account.
const CHANGED = "orken-lines";
const CHUNK = 200;
const AGAIN = 20000; // milliseconds between tries while something waits
const DAYS = 30 * 24 * 3600 * 1000; // how long sent lines are kept to be shown

/** @typedef {{n: number, uid: string, sequence: number, kind: string, about: string, base: string, payload: Record<string, any>, made_at: string, state: string, says: string, at: string}} Line */

/** What the page told: who, where to send, the words. */
export function told() {
  const text = document.getElementById("offline")?.textContent;
  return text ? JSON.parse(text) : null;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} work @returns {Promise<void>} */
const over = (work) =>
  new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = work.onerror = () => reject(work.error);
  });

export class Outbox extends EventTarget {
  /** @param {any} page what `told` gave @param {IDBDatabase} base */
  constructor(page, base) {
    super();
    this.page = page;
    this.base = base;
    /** Why nothing is sent now: "", "no_line", "sign_in", "other" or "revoked". */
    this.held = "";
    this.calls = new BroadcastChannel(CHANGED);
    this.calls.onmessage = () => this.dispatchEvent(new Event("change"));
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
    setInterval(async () => (await this.waiting()).length && this.send(), AGAIN);
  }

  /** @param {any} page @returns {Promise<Outbox>} */
  static async open(page) {
    const asked = indexedDB.open(`orken-${page.account}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("lines", { keyPath: "n", autoIncrement: true });
      asked.result.createObjectStore("meta");
    };
    const box = new Outbox(page, await done(asked));
    await box.identify();
    return box;
  }

  /** The device gets its name once, in this browser. */
  async identify() {
    const work = this.base.transaction("meta", "readwrite");
    const meta = work.objectStore("meta");
    if (!(await done(meta.get("device")))) {
      meta.put(crypto.randomUUID(), "device");
      meta.put(1, "next");
    }
    await over(work);
  }

  /** @param {string} key */
  async meta(key) {
    return done(this.base.transaction("meta").objectStore("meta").get(key));
  }

  /** @param {string} key @param {any} value */
  async keep(key, value) {
    const work = this.base.transaction("meta", "readwrite");
    work.objectStore("meta").put(value, key);
    await over(work);
  }

  /** All lines in the order in which they were written. @returns {Promise<Line[]>} */
  async lines() {
    return done(this.base.transaction("lines").objectStore("lines").getAll());
  }

  async waiting() {
    return (await this.lines()).filter((line) => line.state === "waiting");
  }

  /** Save a line; it is on the disk when this resolves. Rejects when there is no room.
   * @param {{kind: string, about: string, base?: string, payload: Record<string, any>, uid?: string}} given */
  async put(given) {
    const work = this.base.transaction(["lines", "meta"], "readwrite", { durability: "strict" });
    const meta = work.objectStore("meta");
    const sequence = await done(meta.get("next"));
    const line = {
      uid: given.uid ?? crypto.randomUUID(), sequence, kind: given.kind, about: given.about, base: given.base ?? "",
      payload: given.payload, made_at: new Date().toISOString(), state: "waiting", says: "", at: "",
    };
    work.objectStore("lines").add(line);
    meta.put(sequence + 1, "next");
    await over(work);
    this.tell();
    this.send();
    return line;
  }

  tell() {
    this.calls.postMessage("changed");
    this.dispatchEvent(new Event("change"));
  }

  /** Send what waits; one tab at a time. */
  async send() {
    const name = `orken-send-${this.page.account}`;
    await (navigator.locks ? navigator.locks.request(name, () => this.round()) : this.round());
    this.tell();
  }

  async round() {
    for (let turn = 0; turn < 50; turn += 1) {
      const lines = (await this.waiting()).slice(0, CHUNK);
      if (turn && !lines.length) return;
      const answer = await this.post(lines);
      if (!answer) return;
      await this.settle(lines, answer);
      if (!lines.length) return;
    }
  }

  /** @param {Line[]} lines @returns {Promise<any>} the centre's answer, null when there was none */
  async post(lines) {
    try {
      const hello = await (await fetch(this.page.hello, { headers: { Accept: "application/json" } })).json();
      this.held = hello.account === this.page.account ? "" : hello.account ? "other" : "sign_in";
      if (this.held) return null;
      const answer = await fetch(this.page.send, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": hello.token, Accept: "application/json" },
        body: JSON.stringify(await this.packed(lines)),
      });
      if (answer.ok) return await answer.json();
      const problem = await answer.json().catch(() => ({}));
      this.held = problem.problem === "revoked" || problem.problem === "other" ? problem.problem : "no_line";
      if (this.held === "revoked") await forget(this.page.account);
    } catch {
      this.held = "no_line";
    }
    return null;
  }

  /** @param {Line[]} lines */
  async packed(lines) {
    return {
      account: this.page.account, device: await this.meta("device"), name: nameOf(this.page.words), clock: new Date().toISOString(),
      lines: lines.map(({ uid, sequence, kind, base, payload, made_at }) => ({ uid, sequence, kind, base, payload, made_at })),
    };
  }

  /** Note what became of each line. A line whose number does not fit gets another, in the same order. */
  async settle(/** @type {Line[]} */ sent, /** @type {any} */ answer) {
    const became = new Map(answer.answers.map((/** @type {any} */ one) => [one.uid, one]));
    const work = this.base.transaction(["lines", "meta"], "readwrite", { durability: "strict" });
    const [store, meta] = [work.objectStore("lines"), work.objectStore("meta")];
    meta.put(answer.at, "reached");
    meta.put(answer.key, "key");
    let misfit = false;
    for (const line of sent) {
      const one = became.get(line.uid);
      if (!one) continue;
      if (one.state === "early" || one.state === "renumber") misfit = true;
      else store.put({ ...line, state: one.state, says: one.says, at: answer.at });
    }
    const all = await done(store.getAll());
    if (misfit) {
      let next = answer.last + 1;
      for (const line of all) {
        if (line.state !== "waiting") continue;
        store.put({ ...line, sequence: next });
        next += 1;
      }
      meta.put(next, "next");
    } else if (!all.some((line) => line.state === "waiting")) meta.put(answer.last + 1, "next");
    for (const line of all) {
      if (line.at && Date.parse(answer.at) - Date.parse(line.at) > DAYS) store.delete(line.n);
    }
    await over(work);
  }

  /** The waiting lines as a file that only the centre can open. @returns {Promise<Blob | null>} */
  async sealed() {
    const key = await this.meta("key");
    if (!key) return null;
    const device = await this.meta("device");
    const bytes = (/** @type {string} */ text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const hex = device.replaceAll("-", "");
    const bound = Uint8Array.from({ length: 16 }, (_, place) => parseInt(hex.slice(place * 2, place * 2 + 2), 16));
    const secret = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const inside = new TextEncoder().encode(JSON.stringify(await this.packed(await this.waiting())));
    const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, secret, inside);
    let text = "";
    for (const one of [...nonce, ...new Uint8Array(closed)]) text += String.fromCharCode(one);
    return new Blob([JSON.stringify({ shape: "orken-lines-1", device, sealed: btoa(text) })], { type: "application/json" });
  }
}

/** How the device is called on the list. @param {Record<string, string>} words */
function nameOf(words) {
  const agent = navigator.userAgent;
  const browser = /Firefox|Edg|YaBrowser|OPR|Chrome|Safari/.exec(agent)?.[0] ?? "";
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "";
  return [/Mobi|Android|iPhone/.test(agent) ? words.phone : words.computer, system, browser].filter(Boolean).join(", ");
}

/** Pages that were taken along leave this browser. @param {string} account */
export async function forget(account) {
  if ("caches" in window) await caches.delete(`orken-taken-${account}`);
}

/** Pages that another account took along leave this browser: they hold names. @param {string} account */
export async function forgetOthers(account) {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith("orken-taken-") && name !== `orken-taken-${account}`) await caches.delete(name);
  }
}

/** Today's hour, or the day with the hour. @param {string} moment */
export function clock(moment) {
  const at = new Date(moment);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hour = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return at.toDateString() === new Date().toDateString() ? hour : `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()}, ${hour}`;
}

/** The words of the queue on a page. @param {Outbox} box */
export function showQueue(box) {
  const place = document.querySelector("[data-queue]");
  const [says, when, more] = ["says", "when", "more"].map((name) => place?.querySelector(`[data-queue-${name}]`));
  const words = box.page.words;
  const show = async () => {
    const lines = await box.lines();
    const count = (/** @type {string} */ state) => lines.filter((line) => line.state === state).length;
    const text = [];
    if (count("waiting")) text.push(words.waiting.replace("%(n)s", String(count("waiting"))));
    if (count("waiting") && box.held) text.push(words[box.held]);
    if (!count("waiting")) text.push(box.held === "revoked" ? words.revoked : lines.length ? words.sent : words.nothing);
    if (!count("waiting") && box.held === "no_line") text.push(words.no_line);
    for (const state of ["differs", "refused"]) {
      if (count(state)) text.push(words[state].replace("%(n)s", String(count(state))));
    }
    if (says && says.textContent !== text.join(" ")) says.textContent = text.join(" ");
    const reached = await box.meta("reached");
    if (when) when.textContent = reached ? words.reached.replace("%(when)s", clock(reached)) : words.never;
    if (more instanceof HTMLElement) more.hidden = !lines.length;
    place?.classList.toggle("wait", count("waiting") > 0);
    place?.classList.toggle("stop", count("refused") > 0 || box.held === "revoked");
  };
  box.addEventListener("change", show);
  return show();
}
