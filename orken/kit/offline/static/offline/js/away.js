// What was taken along, listed by its titles; after a sign-out without a line the word that it will be heard of.
import { ofOthers } from "./outbox.js";
import { counted } from "./queue.js";

const list = document.querySelector("[data-taken]");

async function show() {
  if (!(list instanceof HTMLElement) || !("caches" in window)) return;
  const out = document.querySelector("[data-out]");
  if (out instanceof HTMLElement) out.hidden = !(await caches.has("orken-out"));
  const language = document.documentElement.lang;
  for (const name of await caches.keys()) {
    if (!name.startsWith("orken-taken-")) continue;
    const store = await caches.open(name);
    for (const asked of await store.keys()) {
      const path = new URL(asked.url).pathname;
      if (!path.startsWith(`/${language}/`)) continue;
      const page = new DOMParser().parseFromString(await (await store.match(asked))?.text() ?? "", "text/html");
      const link = document.createElement("a");
      link.href = path;
      link.textContent = page.title.replace(/ · [^·]*$/, "");
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  }
  if (list.children.length) return;
  list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none }));
  const wait = document.querySelector("[data-wait]");
  const count = await ofOthers("");
  if (!(wait instanceof HTMLElement) || !count) return;
  wait.hidden = false;
  wait.textContent = counted(JSON.parse(wait.dataset.wait ?? "{}"), count);
}

show();
