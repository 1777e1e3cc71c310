// A page with long work on it looks again by itself while the work goes on; it slows down with time.
let wait = 1000;

async function again() {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const here = document.querySelector("[data-progress]");
    const there = page.querySelector("[data-progress]");
    if (!there || !here) {
      location.reload();
      return;
    }
    here.replaceWith(there);
  } catch {
    // A weak line: the next look may find it.
  }
  wait = Math.min(wait * 1.3, 8000);
  setTimeout(again, wait);
}

setTimeout(again, wait);
