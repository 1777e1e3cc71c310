// The service worker: what was taken along opens without a line, and nothing else is touched.
// A browser holds pages of one account: they go when she signs out, or when somebody else's name comes with a page.
// VERSION, SHELL, AWAY, OUT, HELLO and QUEUE are written before this text by the server; OUT signs out.
const STORE = `orken-shell-${VERSION}`;
const TAKEN = "orken-taken-";
const LEFT = "orken-out"; // she signed out without a line: the centre hears of it before any page is asked for
const PATIENCE = 6000; // milliseconds that a page which was taken along waits for a weak line
const HASHED = /\.[0-9a-f]{12}\.|\/[0-9a-f]{64}\./; // named by its content: what is kept is what would come
const KEPT = ["/static/", "/parts/"];
const PLAYED = /\.(?:webm|mp4|mov|mp3|m4a|ogg|wav)$/; // kept only where she took it along: it weighs too much to be kept by the way

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
  if (address.origin !== self.location.origin) return;
  if (asked.mode === "navigate" && asked.method === "POST" && OUT.includes(address.pathname)) event.respondWith(leaving(asked, address));
  if (asked.method !== "GET") return;
  if (asked.mode === "navigate") event.respondWith(page(asked, address));
  else if (KEPT.some((begin) => address.pathname.startsWith(begin))) event.respondWith(part(asked));
});

/** The stores of pages that were taken along; `but`: all that are not of this account. */
async function taken(but = "") {
  return (await caches.keys()).filter((name) => name.startsWith(TAKEN) && name !== TAKEN + but);
}

async function forget(but = "") {
  for (const name of await taken(but)) await caches.delete(name);
}

/** The store that holds this page, if it was taken along. */
async function holder(path) {
  for (const name of await taken()) {
    const store = await caches.open(name);
    if (await store.match(path)) return store;
  }
  return null;
}

/** She signs out. While lines of hers wait the queue is shown first; there she may sign out all the same. */
async function leaving(asked, address) {
  const language = languageOf(address);
  if (!address.searchParams.has("anyway") && (await waits())) return Response.redirect(`${inThe(language, QUEUE)}#h-leave`, 303);
  await forget();
  try {
    return await fetch(asked);
  } catch {
    await caches.open(LEFT);
    return Response.redirect(inThe(language, AWAY), 303);
  }
}

/** Whether a line of whoever took pages along, or read the centre last, waits here. */
async function waits() {
  for (const name of await taken()) {
    const base = await new Promise((resolve) => {
      const asked = indexedDB.open(`orken-${name.slice(TAKEN.length)}`);
      asked.onupgradeneeded = () => asked.transaction.abort(); // there was none: nothing is made
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    });
    if (!base) continue;
    const rows = await new Promise((resolve) => {
      const asked = base.transaction("lines").objectStore("lines").getAll();
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve([]);
    });
    base.close();
    if (rows.some((row) => row.state === "waiting")) return true;
  }
  return false;
}

/** Tell the centre that she signed out while there was no line. Fails when there is still none. */
async function heard(address) {
  if (!(await caches.has(LEFT))) return;
  const language = languageOf(address);
  const hello = await (await fetch(inThe(language, HELLO), { headers: { Accept: "application/json" } })).json();
  if (hello.account) {
    await fetch(inThe(language, OUT), { method: "POST", headers: { "X-CSRFToken": hello.token }, redirect: "manual" });
    const now = await (await fetch(inThe(language, HELLO), { headers: { Accept: "application/json" } })).json();
    if (now.account) throw new Error("still signed in");
  }
  await caches.delete(LEFT);
}

async function page(asked, address) {
  const store = await holder(address.pathname);
  const fresh = heard(address)
    .then(() => fetch(asked))
    .then(async (answer) => {
      const reader = answer.headers.get("X-Orken-Reader");
      if (reader) await forget(reader);
      // Only the page itself refreshes what was taken, never a way to the sign-in page, and only her own.
      if (store && answer.ok && !answer.redirected && !address.search && reader && (await caches.has(TAKEN + reader))) {
        await store.put(address.pathname, answer.clone()).catch(() => {}); // no room: what was taken stays
      }
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

const languageOf = (address) => address.pathname.split("/")[1];
const inThe = (language, paths) => paths.find((one) => one.startsWith(`/${language}/`)) ?? paths[0];

async function away(address) {
  return (await caches.match(inThe(languageOf(address), AWAY))) ?? Response.error();
}

async function part(asked) {
  if (HASHED.test(asked.url)) {
    const kept = await caches.match(asked, { ignoreVary: true });
    if (kept) return asked.headers.has("range") ? piece(asked, kept) : kept;
  }
  try {
    const answer = await fetch(asked);
    if (answer.status === 200 && !PLAYED.test(new URL(asked.url).pathname)) {
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

/** The part of a film that a player asks for, out of the whole that was taken along. */
async function piece(asked, kept) {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.get("range")) ?? [];
  const whole = await kept.blob();
  const begins = Number(first ?? 0);
  const ends = Math.min(last ? Number(last) : whole.size - 1, whole.size - 1);
  if (begins > ends) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = { "Content-Type": kept.headers.get("Content-Type") ?? "", "Content-Range": `bytes ${begins}-${ends}/${whole.size}`, "Accept-Ranges": "bytes" };
  return new Response(whole.slice(begins, ends + 1), { status: 206, headers });
}
