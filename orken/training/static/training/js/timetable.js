// The timetable moved by hand or by the arrows. Without it each session has its form.
const grid = document.querySelector("[data-grid]");
const says = document.querySelector("[data-says]");
const QUARTER = 15; // minutes of one row, which is drawn one rem high

/** @param {string} text */
const tell = (text) => {
  if (says) says.textContent = text;
};

/** Draw the box at its rows. It is as high as it is long; whoever points at it or chooses it sees all its words. */
function place(/** @type {HTMLElement} */ box) {
  box.style.top = `${Number(box.dataset.row) - 1}rem`;
  box.style.setProperty("--h", `${box.dataset.rows}rem`);
}

/** Minutes between the begin and the quarter that it is drawn at: a session of 15:10 stays one of ten past. */
const beside = (/** @type {HTMLElement} */ box) => Number((box.dataset.start ?? "").slice(14)) % QUARTER;

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
const clock = (/** @type {number} */ minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

/** Sessions of one time stand side by side: none hides another. */
function besideEachOther(/** @type {Element} */ day) {
  const boxes = /** @type {HTMLElement[]} */ ([...day.querySelectorAll(".plan-box")]);
  const top = (/** @type {HTMLElement} */ box) => Number(box.dataset.row);
  const end = (/** @type {HTMLElement} */ box) => top(box) + Number(box.dataset.rows);
  boxes.sort((one, other) => top(one) - top(other));
  /** @type {HTMLElement[]} */
  let together = [];
  const draw = () => {
    /** @type {number[]} */
    const ends = [];
    const lanes = together.map((box) => {
      const free = ends.findIndex((row) => row <= top(box));
      const lane = free < 0 ? ends.length : free;
      ends[lane] = end(box);
      return lane;
    });
    together.forEach((box, place) => {
      const share = 100 / ends.length;
      box.style.setProperty("inset-inline", `${lanes[place] * share}% ${100 - (lanes[place] + 1) * share}%`);
    });
  };
  for (const box of boxes) {
    if (together.length && top(box) >= Math.max(...together.map(end))) {
      draw();
      together = [];
    }
    together.push(box);
  }
  draw();
}

/** @param {HTMLElement} box */
const dayOf = (box) => /** @type {HTMLElement} */ (box.closest("[data-day]"));

/** The begin that the box stands at now, as the server reads it. */
function begin(/** @type {HTMLElement} */ box) {
  const first = Number(/** @type {HTMLElement} */ (grid).dataset.first) * 60;
  const minutes = first + (Number(box.dataset.row) - 1) * QUARTER + beside(box);
  return `${dayOf(box).dataset.day}T${clock(minutes)}`;
}

/** Move by rows and days on the screen; nothing is saved yet. */
function shift(/** @type {HTMLElement} */ box, /** @type {number} */ rows, /** @type {number} */ days) {
  const all = Number(/** @type {HTMLElement} */ (grid).dataset.rows);
  const row = Number(box.dataset.row) + rows;
  if (row >= 1 && row + Number(box.dataset.rows) - 1 <= all) box.dataset.row = String(row);
  if (days) {
    const columns = [...document.querySelectorAll("[data-day]")];
    const target = columns[columns.indexOf(dayOf(box)) + days];
    const item = box.closest("li");
    if (target && item) {
      target.querySelector("ol")?.append(item);
      box.focus();
    }
  }
  place(box);
  box.classList.add("moving");
  const time = box.querySelector("[data-time]");
  if (time) {
    const start = begin(box).slice(11);
    const end = Number(start.slice(0, 2)) * 60 + Number(start.slice(3)) + Number(box.dataset.minutes);
    time.textContent = `${start}–${clock(end)}`;
  }
}

async function save(/** @type {HTMLElement} */ box) {
  if (begin(box) === box.dataset.start) return;
  const token = document.querySelector("[data-token] input");
  const body = new FormData();
  body.set("starts_at", begin(box));
  body.set("sequence", box.dataset.sequence ?? "0");
  try {
    const answer = await fetch(box.dataset.move ?? "", {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "", Accept: "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) {
      tell(told.problem);
      setTimeout(() => location.reload(), 2500);
      return;
    }
    box.dataset.start = begin(box);
    box.dataset.sequence = String(told.sequence);
    box.classList.remove("moving");
    tell(told.says);
    document.querySelectorAll("[data-day]").forEach(besideEachOther);
    if (told.clashes) location.reload();
  } catch {
    location.reload();
  }
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

for (const box of document.querySelectorAll(".plan-box")) {
  if (!(box instanceof HTMLElement)) continue;
  place(box);
  if (!box.dataset.move) continue; // the run is over: it is only shown
  box.addEventListener("keydown", (event) => {
    if (event.target !== box) return;
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (step) {
      event.preventDefault();
      shift(box, step[0], step[1]);
    } else if (event.key === "Enter") save(box);
    else if (event.key === "Escape") location.reload();
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) return;
    // A finger that glides over the page scrolls it: only a session that was chosen by a tap before is dragged.
    if (event.pointerType === "touch" && document.activeElement !== box) return;
    // A chosen session is as high as its words need; the hand moves it by the rows of the column all the same.
    const height = parseFloat(getComputedStyle(document.documentElement).fontSize);
    // Days that do not fit beside each other stand in rows below: each column is measured from its own first hour.
    const top = (/** @type {Element} */ day) => day.querySelector("ol")?.getBoundingClientRect().top ?? 0;
    const grip = event.clientY - top(dayOf(box));
    const startRow = Number(box.dataset.row);
    let moved = false;
    box.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ now) => {
      const under = document.elementsFromPoint(now.clientX, now.clientY).find((one) => one.matches("[data-day]"));
      const rows = Math.round((now.clientY - top(under ?? dayOf(box)) - grip) / height) + startRow - Number(box.dataset.row);
      const columns = [...document.querySelectorAll("[data-day]")];
      const days = under ? columns.indexOf(under) - columns.indexOf(dayOf(box)) : 0;
      if (rows || days) {
        moved = true;
        shift(box, rows, days);
      }
    };
    const end = () => {
      box.removeEventListener("pointermove", move);
      box.removeEventListener("pointerup", end);
      box.removeEventListener("pointercancel", end);
      if (moved) save(box);
    };
    box.addEventListener("pointermove", move);
    box.addEventListener("pointerup", end);
    box.addEventListener("pointercancel", end);
  });
}

// The columns reach from the first hour to the last, and as far as the words of a late session do when it is chosen.
for (const day of document.querySelectorAll("[data-day]")) {
  besideEachOther(day);
  const list = day.querySelector("ol");
  if (!list) continue;
  const boxes = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".plan-box")]);
  const reach = Math.max(0, ...boxes.map((box) => box.offsetTop + box.scrollHeight));
  list.style.height = `max(${/** @type {HTMLElement} */ (grid).dataset.rows}rem, ${reach}px)`;
}
