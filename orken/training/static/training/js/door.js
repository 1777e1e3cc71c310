// The code at the door, drawn anew every half minute.
const door = document.querySelector("[data-door]");

async function renew() {
  if (!(door instanceof HTMLElement)) return;
  try {
    const answer = await fetch(door.dataset.door ?? "");
    if (answer.ok && !answer.redirected) door.innerHTML = await answer.text();
  } catch {
    // A weak line: the old code is good for two minutes.
  }
}

setInterval(renew, Number(door instanceof HTMLElement ? door.dataset.every : 30) * 1000);
