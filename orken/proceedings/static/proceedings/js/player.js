// A recording: chapters and lines jump to their moment, and what was played is told to the centre.
const player = document.querySelector("video.player");
const says = document.querySelector("[data-watched]");
const EVERY = 30; // seconds between two lines

/** @type {{uid: string, begins: number, ends: number}[]} */
let waiting = [];
let from = -1;
let last = 0;
let sending = false;

function close() {
  if (from >= 0 && last - from >= 1) {
    waiting.push({ uid: crypto.randomUUID(), begins: Math.floor(from), ends: Math.ceil(last) });
    waiting = waiting.slice(-40);
  }
  from = -1;
}

async function send() {
  if (!(player instanceof HTMLVideoElement) || !player.dataset.watch || !waiting.length || sending) return;
  sending = true;
  const lines = waiting;
  try {
    const answer = await fetch(player.dataset.watch, {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json", "X-CSRFToken": player.dataset.csrf ?? "" },
      body: JSON.stringify({ lines }),
    });
    if (answer.ok) {
      waiting = waiting.filter((one) => !lines.includes(one));
      const told = await answer.json();
      if (says) says.textContent = (says.textContent ?? "").replace(/\d+(?=\s?%)/, String(told.percent));
    }
  } catch {
    // A weak line: the lines wait and go with the next ones.
  }
  sending = false;
}

if (player instanceof HTMLVideoElement) {
  const video = player;
  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    if (video.paused || video.seeking) return;
    if (from < 0 || now < last || now - last > 3) { // begun, or jumped
      close();
      from = now;
    }
    last = now;
    mark(now);
    if (last - from >= EVERY) {
      const till = last;
      close();
      from = till;
      send();
    }
  });
  for (const name of ["pause", "ended", "seeking"]) video.addEventListener(name, () => { close(); send(); });
  addEventListener("pagehide", () => { close(); send(); });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-at]") : null;
    if (!(button instanceof HTMLElement)) return;
    video.currentTime = Number(button.dataset.at);
    video.play().catch(() => undefined);
  });
}

const lines = [...document.querySelectorAll(".transcript button[data-at]")];

/** @param {number} now */
function mark(now) {
  const at = lines.findLast((one) => one instanceof HTMLElement && Number(one.dataset.at) <= now);
  for (const one of lines) one.closest("li")?.toggleAttribute("aria-current", one === at);
}
