// Lines are saved in this browser first and sent when there is a line to the centre. One outbox for each account.
// What a line says is closed with the key of its owner (lock.js); that it waits, and how many do, anybody may see.
import { Lock, sealedFile } from "./lock.js";

const CHANGED = "orken-lines";
const CHUNK = 200;
const FULL = 1_000_000; // letters of one sending: long answers go a few at a time
const AGAIN = 20000; // milliseconds between tries while something waits
const DAYS = 30 * 24 * 3600 * 1000; // how long sent lines are kept to be shown
const BEFORE = "orken-"; // of the names of the databases, one for each account

/** `state`: "waiting"; "loose" when there was no room and it stands on this page alone; else what became of it.
 * @typedef {{n: number, uid: string, sequence: number, kind: string, about: string, base: string, payload: Record<string, any>, made_at: string, state: string, says: string, at: string}} Line */

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
    this.lock = new Lock(page.keys);
    /** Why nothing is sent now: "", "no_line", "sign_in", "other" or "revoked". */
    this.held = "";
    /** @type {Line[]} What this browser has no room for: it stands on this page alone. */
    this.loose = [];
    /** What there was no room to note: the device, the next number, when the centre was reached. @type {Record<string, any>} */
    this.spare = { device: crypto.randomUUID(), next: 1 };
    /** @type {Map<string, any>} what the lines say, so that each is opened once */
    this.known = new Map();
    /** @type {Promise<any>} Lines are written one after another, in the order in which they were given. */
    this.last = Promise.resolve();
    this.calls = new BroadcastChannel(CHANGED);
    this.calls.onmessage = () => this.dispatchEvent(new Event("change"));
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => this.loose.some((line) => line.state === "loose") && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
    setInterval(async () => (await this.waiting()).length && this.send(), AGAIN);
  }

  /** @param {any} page @returns {Promise<Outbox>} */
  static async open(page) {
    const asked = indexedDB.open(`${BEFORE}${page.account}`, 1);
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
    try {
      const work = this.base.transaction("meta", "readwrite");
      const meta = work.objectStore("meta");
      if (!(await done(meta.get("device")))) {
        meta.put(this.spare.device, "device");
        meta.put(1, "next");
      }
      await over(work);
      this.spare = {};
    } catch {
      // No room: the name holds as long as this page stands.
    }
  }

  /** @param {string} key */
  async meta(key) {
    return this.spare[key] ?? (await done(this.base.transaction("meta").objectStore("meta").get(key)));
  }

  /** @param {string} key @param {any} value */
  async keep(key, value) {
    const work = this.base.transaction("meta", "readwrite");
    work.objectStore("meta").put(value, key);
    await over(work);
  }

  /** All lines in the order in which they were written. @returns {Promise<Line[]>} */
  async lines() {
    const rows = await done(this.base.transaction("lines").objectStore("lines").getAll());
    for (const row of rows) {
      if (!this.known.has(row.uid)) this.known.set(row.uid, row.closed ? await this.lock.open(row.uid, row.closed) : row);
    }
    return [...rows.map((row) => ({ ...row, payload: {}, ...what(this.known.get(row.uid)) })), ...this.loose];
  }

  /** What can be sent: a line that no key of hers opens is kept as it is. */
  async waiting() {
    return (await this.lines()).filter((line) => (line.state === "waiting" || line.state === "loose") && line.kind);
  }

  /** Save a line; it is on the disk when this answers true. False: there is no room, and it stands on this page alone.
   * @param {{kind: string, about: string, base?: string, payload: Record<string, any>, uid?: string}} given */
  async put(given) {
    const line = {
      uid: given.uid ?? crypto.randomUUID(), kind: given.kind, about: given.about, base: given.base ?? "", payload: given.payload,
      made_at: new Date().toISOString(), state: "waiting", says: "", at: "",
    };
    const kept = await (this.last = this.last.then(() => this.store(/** @type {Line} */ (line))));
    this.tell();
    this.send();
    return kept;
  }

  /** @param {Line} line */
  async store(line) {
    if (await this.gather()) {
      try {
        await this.write(line);
        return true;
      } catch {
        // No room: what the centre has already makes some.
      }
      try {
        await this.dropSent();
        await this.write(line);
        return true;
      } catch {
        // Still none: it is not lost silently, it stays on the page and says so.
      }
    }
    this.loose.push({ ...line, state: "loose" });
    return false;
  }

  /** @param {Line} line */
  async write(line) {
    const { uid, made_at, says, at } = line;
    const closed = await this.lock.close(uid, what(line));
    const work = this.base.transaction(["lines", "meta"], "readwrite", { durability: "strict" });
    const meta = work.objectStore("meta");
    const sequence = (await done(meta.get("next"))) ?? 1;
    work.objectStore("lines").add({ uid, sequence, closed, made_at, state: "waiting", says, at });
    meta.put(sequence + 1, "next");
    await over(work);
    this.known.set(uid, what(line));
  }

  /** Save what stood on the page alone, if there is room now. True when nothing is left there. */
  async gather() {
    for (const line of this.loose.filter((one) => one.state === "loose")) {
      try {
        await this.write(line);
        this.loose.splice(this.loose.indexOf(line), 1);
      } catch {
        return false;
      }
    }
    return true;
  }

  /** Make room: what the centre has need not stay here. */
  async dropSent() {
    const work = this.base.transaction("lines", "readwrite");
    const store = work.objectStore("lines");
    for (const row of await done(store.getAll())) if (row.state !== "waiting") store.delete(row.n);
    await over(work);
  }

  /** Make room: pages that were taken along leave this browser. True when every line found a place. */
  async makeRoom() {
    await forget(this.page.account);
    if ("caches" in window) await caches.delete("orken-parts");
    await (this.last = this.last.then(async () => (await this.dropSent().catch(() => {}), this.gather())));
    this.tell();
    return !this.loose.some((line) => line.state === "loose");
  }

  /** Take back a line that was not sent yet. False: it has gone, or was never here. @param {string} uid @returns {Promise<boolean>} */
  async takeBack(uid) {
    const name = `orken-send-${this.page.account}`;
    const work = () => (this.last = this.last.then(() => this.drop(uid)));
    const gone = await (navigator.locks ? navigator.locks.request(name, work) : work());
    this.tell();
    return gone;
  }

  /** The lines after it move up, so that those that wait stand without a gap. @param {string} uid */
  async drop(uid) {
    const place = this.loose.findIndex((line) => line.uid === uid && line.state === "loose");
    if (place >= 0) return this.loose.splice(place, 1).length > 0;
    const work = this.base.transaction(["lines", "meta"], "readwrite", { durability: "strict" });
    const [store, meta] = [work.objectStore("lines"), work.objectStore("meta")];
    const waiting = (await done(store.getAll())).filter((row) => row.state === "waiting");
    const row = waiting.find((one) => one.uid === uid);
    if (row) {
      store.delete(row.n);
      for (const later of waiting) if (later.sequence > row.sequence) store.put({ ...later, sequence: later.sequence - 1 });
      meta.put((await done(meta.get("next"))) - 1, "next");
    }
    await over(work);
    return Boolean(row);
  }

  /** What stood beside another line was decided on its page: it is no difference any more. @param {string[]} uids */
  async decided(uids) {
    if (!uids.length) return;
    const work = this.base.transaction("lines", "readwrite");
    const store = work.objectStore("lines");
    for (const row of await done(store.getAll())) if (row.state === "differs" && uids.includes(row.uid)) store.put({ ...row, state: "done" });
    await over(work);
    this.tell();
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
      const lines = fitting((await this.waiting()).slice(0, CHUNK));
      if (turn && !lines.length) return;
      const answer = await this.post(lines);
      if (!answer) return;
      await (this.last = this.last.then(() => this.settle(answer)));
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

  /** The lines that wait stand without a gap, so the first number gives all. @param {Line[]} lines */
  async packed(lines) {
    const first = this.spare.from ?? lines[0]?.sequence ?? (await this.meta("next"));
    return {
      account: this.page.account, device: await this.meta("device"), name: nameOf(this.page.words), clock: new Date().toISOString(),
      lines: lines.map(({ uid, kind, base, payload, made_at }, place) => ({ uid, sequence: first + place, kind, base, payload, made_at })),
    };
  }

  /** Note what became of each line. A line whose number does not fit gets another, in the same order. */
  async settle(/** @type {any} */ answer) {
    const became = new Map(answer.answers.map((/** @type {any} */ one) => [one.uid, one]));
    const outcome = (/** @type {any} */ row) => {
      const one = became.get(row.uid);
      return one && one.state !== "early" && one.state !== "renumber" ? { state: one.state, says: one.says, at: answer.at } : null;
    };
    Object.assign(this.spare, { reached: answer.at, key: answer.key });
    for (const line of this.loose) if (line.state === "loose") Object.assign(line, outcome(line));
    try {
      await this.noted(answer, outcome);
      for (const key of ["from", "reached", "key"]) delete this.spare[key];
    } catch {
      // No room to note it: what the centre has leaves, and is shown as long as this page stands.
      this.spare.from = answer.last + 1;
      const sent = (await this.lines()).filter((line) => line.n && outcome(line));
      const work = this.base.transaction("lines", "readwrite");
      for (const line of sent) work.objectStore("lines").delete(line.n);
      await over(work);
      this.loose.unshift(...sent.map((line) => ({ ...line, ...outcome(line), n: 0 })));
    }
  }

  /** @param {any} answer @param {(row: any) => any} outcome */
  async noted(answer, outcome) {
    const key = await this.lock.close("key", answer.key);
    const misfit = answer.answers.some((/** @type {any} */ one) => one.state === "early" || one.state === "renumber");
    const work = this.base.transaction(["lines", "meta"], "readwrite", { durability: "strict" });
    const [store, meta] = [work.objectStore("lines"), work.objectStore("meta")];
    meta.put(answer.at, "reached");
    meta.put(key, "closed_key");
    let [waits, next] = [false, answer.last + 1];
    for (const row of await done(store.getAll())) {
      const became = row.state === "waiting" && outcome(row);
      if (became) store.put({ ...row, ...became });
      else if (row.state === "waiting" && this.known.get(row.uid) !== null) {
        waits = true;
        if (misfit && row.sequence !== next) store.put({ ...row, sequence: next });
        next += 1;
      } else if (row.at && Date.parse(answer.at) - Date.parse(row.at) > DAYS) store.delete(row.n);
    }
    if (misfit || !waits) meta.put(next, "next");
    await over(work);
  }

  /** The waiting lines as a file that only the centre can open. @returns {Promise<Blob | null>} */
  async sealed() {
    const closed = await this.meta("closed_key");
    const key = this.spare.key ?? (closed && (await this.lock.open("key", closed)));
    return key ? sealedFile(key, await this.meta("device"), await this.packed(await this.waiting())) : null;
  }
}

/** As many of the first lines as one sending holds, one at least. @param {Line[]} lines */
function fitting(lines) {
  let size = 0;
  return lines.filter((line, place) => (size += JSON.stringify(line.payload).length) < FULL || !place);
}

/** What a line says. @param {any} line */
const what = (line) => (line ? { kind: line.kind, about: line.about, base: line.base, payload: line.payload } : {});

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

/** How many lines of others wait in this browser; what they say is closed. @param {string} account */
export async function ofOthers(account) {
  let count = 0;
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (!name?.startsWith(BEFORE) || name === `${BEFORE}${account}`) continue;
    const asked = indexedDB.open(name);
    const base = await done(asked).catch(() => null);
    if (base?.objectStoreNames.contains("lines")) {
      const rows = await done(base.transaction("lines").objectStore("lines").getAll());
      count += rows.filter((row) => row.state === "waiting").length;
    }
    base?.close();
  }
  return count;
}
