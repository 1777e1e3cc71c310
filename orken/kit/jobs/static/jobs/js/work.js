// The progress of background work: asked every second, and the page is loaded again when the work is over.
const page = document.querySelector("[data-work]");
const bar = page?.querySelector("progress");
const count = page?.querySelector(".num");

async function ask() {
  if (!(page instanceof HTMLElement) || !page.dataset.work) return;
  try {
    const answer = await fetch(page.dataset.work, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const work = await answer.json();
    if (work.over) {
      location.reload();
      return;
    }
    if (bar && work.total) {
      bar.max = work.total;
      bar.value = work.done;
    }
    if (count) count.textContent = work.total ? `${work.done} / ${work.total}` : String(work.done);
  } catch {
    // A weak line: the next second asks again.
  }
  setTimeout(ask, 1000);
}

setTimeout(ask, 1000);
