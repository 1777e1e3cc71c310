// What was taken along, listed by its titles.
const list = document.querySelector("[data-taken]");

async function show() {
  if (!(list instanceof HTMLElement) || !("caches" in window)) return;
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
  if (!list.children.length) list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none }));
}

show();
