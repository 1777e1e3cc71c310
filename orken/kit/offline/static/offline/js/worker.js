// The service worker: what was taken along opens without a line, and nothing else is touched.
// VERSION, SHELL and AWAY are written before this text by the server.
const STORE = `orken-shell-${VERSION}`;
const PATIENCE = 6000; // milliseconds that a page which was taken along waits for a weak line
const HASHED = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(STORE)
      // Nobody's name is on these pages: they are asked for without saying who asks.
      .then((store) => Promise.all([...SHELL, ...AWAY].map((path) => store.add(new Request(path, { credentials: "omit" })))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("orken-shell-") && name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const asked = event.request;
  const address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  if (asked.mode === "navigate") event.respondWith(page(asked, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(asked));
});

/** The store that holds this page, if it was taken along. */
async function holder(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith("orken-taken-")) continue;
    const store = await caches.open(name);
    if (await store.match(path)) return store;
  }
  return null;
}

async function page(asked, address) {
  const store = await holder(address.pathname);
  const fresh = fetch(asked).then(async (answer) => {
    // Only the page itself refreshes what was taken, never a way to the sign-in page.
    if (store && answer.ok && !answer.redirected && !address.search) await store.put(address.pathname, answer.clone());
    return answer;
  });
  if (!store) return fresh.catch(() => away(address));
  let waited;
  const late = new Promise((resolve) => {
    waited = setTimeout(resolve, PATIENCE);
  });
  try {
    const answer = await Promise.race([fresh, late]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // No line: what was taken along is shown.
  } finally {
    clearTimeout(waited);
  }
  fresh.catch(() => {});
  return (await store.match(address.pathname)) ?? fresh;
}

async function away(address) {
  const language = address.pathname.split("/")[1];
  const path = AWAY.find((one) => one.startsWith(`/${language}/`)) ?? AWAY[0];
  return (await caches.match(path)) ?? Response.error();
}

async function part(asked) {
  if (HASHED.test(asked.url)) {
    const kept = await caches.match(asked, { ignoreVary: true });
    if (kept) return kept;
  }
  try {
    const answer = await fetch(asked);
    if (answer.ok) {
      const store = await caches.open(STORE);
      await store.put(asked, answer.clone()).catch(() => {});
    }
    return answer;
  } catch (problem) {
    const kept = await caches.match(asked, { ignoreVary: true });
    if (kept) return kept;
    throw problem;
  }
}
