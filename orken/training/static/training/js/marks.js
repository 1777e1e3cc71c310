// The grid of marks by keys: Enter and arrows lead from cell to cell, a column can be put in from a table, and what is
// no mark is told beside its cell before anything is sent. Without it the page is a plain form.
const form = document.querySelector("[data-marks]");
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

/** A whole number from 0 to 100, as people write it; an empty cell says nothing. */
const fits = (/** @type {string} */ text) => text === "" || (/^\d{1,3}([.,]0+)?$/.test(text) && parseInt(text, 10) <= 100);

function start(/** @type {HTMLFormElement} */ form) {
  /** @type {(HTMLInputElement | null)[][]} */
  const grid = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector("input")));
  const cells = grid.flat().filter((cell) => cell !== null);
  const reason = form.querySelector("[data-reason]");
  const says = form.querySelector("[data-says]");
  let sending = false;

  const place = (/** @type {EventTarget | null} */ cell) => {
    const row = grid.findIndex((one) => one.includes(/** @type {HTMLInputElement} */ (cell)));
    return row < 0 ? null : { row, column: grid[row].indexOf(/** @type {HTMLInputElement} */ (cell)) };
  };
  const go = (/** @type {HTMLInputElement | null | undefined} */ cell) => {
    if (!cell) return;
    cell.focus();
    cell.select();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  /** The next cell that can be written in, in that direction; the same one at the edge. */
  const step = (/** @type {{row: number, column: number}} */ from, /** @type {number} */ down, /** @type {number} */ right) => {
    const row = Math.min(Math.max(from.row + down, 0), grid.length - 1);
    for (let at = row, column = from.column + right; grid[at] && column >= 0 && column < grid[at].length; at += Math.sign(down), column += right) {
      const cell = grid[at][column];
      if (cell) return go(cell);
      if (!down && !right) return;
    }
  };
  const judge = (/** @type {HTMLInputElement} */ cell) => {
    const text = cell.value.trim();
    const good = fits(text);
    const why = document.getElementById(`${cell.id}-why`);
    const told = good ? "" : (form.dataset.wrong ?? "").replace("%(text)s", text);
    if (why) why.textContent = told;
    cell.closest("td")?.classList.toggle("stop", !good);
    if (good) cell.removeAttribute("aria-invalid");
    else cell.setAttribute("aria-invalid", "true");
    if (why) cell.setAttribute("aria-describedby", why.id);
    if (!good && says) says.textContent = told;
    return good;
  };
  // Why is asked only when something that stands would be changed.
  const stands = (/** @type {HTMLInputElement} */ cell) => cell.dataset.stands !== "" && cell.value.trim() !== "" && cell.value.trim() !== cell.dataset.stands;
  const changed = (/** @type {HTMLInputElement} */ cell) => cell.value.trim() !== (cell.dataset.stands ?? "");
  const ask = () => {
    if (reason instanceof HTMLElement) reason.hidden = !cells.some(stands);
  };

  form.addEventListener("keydown", (event) => {
    const at = place(event.target);
    if (!at || event.altKey || event.metaKey) return;
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey) return form.requestSubmit();
      return step(at, event.shiftKey ? -1 : 1, 0);
    }
    const move = MOVES[/** @type {keyof typeof MOVES} */ (event.key)];
    if (!move || event.ctrlKey || event.shiftKey) return;
    // Left and right move inside the number first, as long as there is something to pass.
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    if (event.key === "ArrowLeft" && !whole && cell.selectionStart !== 0) return;
    if (event.key === "ArrowRight" && !whole && cell.selectionEnd !== cell.value.length) return;
    event.preventDefault();
    step(at, move[0], move[1]);
  });
  form.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && place(event.target)) event.target.select();
  });
  form.addEventListener("change", (event) => {
    if (place(event.target)) judge(/** @type {HTMLInputElement} */ (event.target));
    ask();
  });
  form.addEventListener("input", (event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (place(cell) && cell.getAttribute("aria-invalid") && fits(cell.value.trim())) judge(cell);
  });
  form.addEventListener("paste", (event) => {
    const at = place(event.target);
    const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    for (const [down, line] of text.split(/\r?\n/).entries()) {
      for (const [right, word] of line.split("\t").entries()) {
        const cell = grid[at.row + down]?.[at.column + right];
        if (!cell || word.trim() === "") continue;
        cell.value = word.trim();
        judge(cell);
      }
    }
    ask();
  });
  form.addEventListener("submit", (event) => {
    const wrong = cells.filter((cell) => !judge(cell));
    if (wrong.length) {
      event.preventDefault();
      return go(wrong[0]);
    }
    const why = reason?.querySelector("input");
    if (cells.some(stands) && why && why.value.trim() === "") {
      event.preventDefault();
      if (reason instanceof HTMLElement) reason.hidden = false;
      why.focus();
      return;
    }
    sending = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!sending && cells.some(changed)) event.preventDefault();
  });
  const keys = form.querySelector("[data-keys]");
  if (keys instanceof HTMLElement) keys.hidden = !matchMedia("(hover: hover)").matches;
  ask();
  go(cells.find((cell) => cell.getAttribute("aria-invalid")) ?? null);
}

if (form instanceof HTMLFormElement) start(form);
