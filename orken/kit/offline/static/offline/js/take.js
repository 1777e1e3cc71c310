// «Take along»: the pages of a set and everything they are made of are kept in this browser, until she signs out.
import { clock } from "./queue.js";

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
  const set = `taken:${button.dataset.set}`;
  const was = await box.meta(set);
  if (was && (await caches.has(`orken-taken-${account}`))) say(words.taken.replace("%(n)s", was.n).replace("%(when)s", clock(was.at)));
  button.addEventListener("click", async () => {
    say(words.taking);
    button.setAttribute("aria-busy", "true");
    const pages = JSON.parse(button.dataset.take ?? "[]");
    /** @type {string[]} */
    const fresh = [];
    try {
      await navigator.serviceWorker.register(worker);
      await navigator.serviceWorker.ready;
      await navigator.storage?.persist?.();
      const store = await caches.open(`orken-taken-${account}`);
      for (const path of pages) {
        const answer = await fetch(path, { cache: "no-store" });
        if (!answer.ok || answer.redirected) throw new Error(path);
        await parts(await answer.clone().text());
        if (!(await store.match(path))) fresh.push(path);
        await store.put(path, answer);
      }
      await box.send(); // the device gets its key
      const now = { n: pages.length, at: new Date().toISOString() };
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

/** Styles with their fonts, scripts with what they import and pictures of a page. @param {string} html */
async function parts(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = new Set();
  for (const one of page.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon]")) found.add(one.getAttribute("href"));
  for (const one of page.querySelectorAll("script[src], img[src]")) found.add(one.getAttribute("src"));
  for (const one of performance.getEntriesByType("resource")) {
    const address = new URL(one.name);
    if (address.origin === location.origin && address.pathname.startsWith("/static/")) found.add(address.pathname);
  }
  const store = await caches.open("orken-parts");
  const seen = new Set();
  const queue = [...found].filter((path) => path?.startsWith("/static/"));
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
