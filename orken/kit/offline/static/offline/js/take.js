// «Take along»: the pages of a set and everything they are made of are kept in this browser, until she signs out.
import { clock } from "./queue.js";

const KEPT = ["/static/", "/parts/"]; // files of the house, and what lessons show: named by their content
const HEAVY = "video[src], audio[src]"; // taken along only by whoever says so, who sees how much they weigh

/** @param {import("./outbox.js").Outbox} box */
export async function takeAlong(box) {
  const button = document.querySelector("[data-take]");
  const says = document.querySelector("[data-take-says]");
  const { words, account, worker } = box.page;
  const say = (/** @type {string} */ text) => {
    if (says) says.textContent = text;
  };
  if (!(button instanceof HTMLButtonElement)) return;
  if (!("serviceWorker" in navigator) || !("caches" in window)) {
    say(words.cannot);
    return;
  }
  button.hidden = false;
  const choice = document.querySelector("[data-take-heavy]");
  const tick = choice?.querySelector("input");
  if (choice instanceof HTMLElement) choice.hidden = false;
  const set = `taken:${button.dataset.set}`;
  const was = await box.meta(set);
  if (was?.heavy && tick) tick.checked = true;
  if (was && (await caches.has(`orken-taken-${account}`))) say(words.taken.replace("%(n)s", was.n).replace("%(when)s", clock(was.at)));
  button.addEventListener("click", async () => {
    say(words.taking);
    button.setAttribute("aria-busy", "true");
    const pages = JSON.parse(button.dataset.take ?? "[]");
    /** @type {string[]} */
    const fresh = [];
    const heavy = Boolean(tick?.checked);
    try {
      await navigator.serviceWorker.register(worker);
      await navigator.serviceWorker.ready;
      await navigator.storage?.persist?.();
      if (heavy && !(await roomFor(Number(choice instanceof HTMLElement ? choice.dataset.takeHeavy : 0)))) throw new DOMException("", "QuotaExceededError");
      const store = await caches.open(`orken-taken-${account}`);
      for (const path of pages) {
        const answer = await fetch(path, { cache: "no-store" });
        if (!answer.ok || answer.redirected) throw new Error(path);
        const html = await answer.clone().text();
        await parts(html);
        for (const film of heavy ? films(html) : []) {
          if (await store.match(film)) continue;
          fresh.push(film); // it leaves with the pages: at the sign-out, or when there is no room for the rest
          const whole = await fetch(`${film}?whole`, { cache: "no-store" });
          if (!whole.ok) throw new Error(film);
          await store.put(film, whole);
        }
        if (!(await store.match(path))) fresh.push(path);
        await store.put(path, answer);
      }
      await box.send(); // the device gets its key
      const now = { n: pages.length, at: new Date().toISOString(), heavy };
      await box.keep(set, now);
      say(words.taken.replace("%(n)s", String(now.n)).replace("%(when)s", clock(now.at)));
    } catch (problem) {
      const full = problem instanceof DOMException && problem.name === "QuotaExceededError";
      say(full ? words.no_room : words.not_taken);
      // Half a set is none: what was new in it leaves, so that its room is there for lines.
      const store = await caches.open(`orken-taken-${account}`);
      for (const path of fresh) await store.delete(path);
      if (!(await store.keys()).length) await caches.delete(`orken-taken-${account}`);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

/** The page that stands here, kept without being asked: a sitting or a draft that was begun goes on when the line is gone and
 * the page with it. @param {import("./outbox.js").Outbox} box */
export async function keepPage(box) {
  if (!("serviceWorker" in navigator) || !("caches" in window) || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register(box.page.worker);
    await navigator.serviceWorker.ready;
    const store = await caches.open(`orken-taken-${box.page.account}`);
    if (await store.match(location.pathname)) return; // whenever it is opened, the worker keeps it as it is then
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    await parts(await answer.clone().text());
    await store.put(location.pathname, answer);
  } catch {
    // No line or no room: the page works as long as it stands.
  }
}

/** Whether the browser says that so many bytes find room; one that says nothing is believed to have it. @param {number} bytes */
async function roomFor(bytes) {
  const told = await navigator.storage?.estimate?.().catch(() => null);
  return !told?.quota || told.quota - (told.usage ?? 0) > bytes * 1.1;
}

/** Addresses of the films and sounds of a page. @param {string} html @returns {string[]} */
function films(html) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll(HEAVY);
  return [...found].map((one) => one.getAttribute("src") ?? "").filter((path) => path.startsWith("/parts/"));
}

/** Styles with their fonts, scripts with what they import and pictures of a page. @param {string} html */
async function parts(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = new Set();
  for (const one of page.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon]")) found.add(one.getAttribute("href"));
  for (const one of page.querySelectorAll("script[src], img[src], track[src]")) found.add(one.getAttribute("src"));
  for (const one of page.querySelectorAll("img[srcset]")) {
    for (const width of one.getAttribute("srcset")?.split(",") ?? []) found.add(width.trim().split(" ")[0]); // the browser chooses later
  }
  for (const one of performance.getEntriesByType("resource")) {
    const address = new URL(one.name);
    if (address.origin === location.origin && address.pathname.startsWith("/static/")) found.add(address.pathname);
  }
  const store = await caches.open("orken-parts");
  const seen = new Set();
  const queue = [...found].filter((path) => KEPT.some((begin) => path?.startsWith(begin)));
  while (queue.length) {
    const path = queue.pop();
    if (!path || seen.has(path)) continue;
    seen.add(path);
    if (await store.match(path)) continue;
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(path);
    await store.put(path, answer.clone());
    const names = { js: /from\s*["'](\.[^"']+)["']/g, css: /url\(["']?([^"')]+)["']?\)/g }[path.split(".").pop() ?? ""];
    for (const [, name] of names ? (await answer.text()).matchAll(names) : []) {
      const address = new URL(name, new URL(path, location.href));
      if (address.pathname.startsWith("/static/")) queue.push(address.pathname);
    }
  }
}
