// A page that waits for a check: asks every second and a half how far it is, shows it, and opens the report when it is there.
const box = document.querySelector("[data-progress]");
const bar = box?.querySelector("progress");
const count = box?.querySelector(".num");

async function ask() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { accept: "application/json" } });
    if (!answer.ok) return later(6000);
    const work = await answer.json();
    if (work.over) return location.reload();
    if (bar && work.total) {
      bar.max = work.total;
      bar.value = work.done;
    }
    if (count) count.textContent = work.total ? `${work.done} / ${work.total}` : String(work.done);
    later(1500);
  } catch {
    later(6000); // a weak line: the check goes on without us
  }
}

function later(wait) {
  setTimeout(ask, wait);
}

if (box) later(1000);
