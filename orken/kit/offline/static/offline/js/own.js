// The queue of this device line by line, sending by hand, and the sealed file.
import { Outbox, told } from "./outbox.js";
import { clock, save, showQueue } from "./queue.js";

const page = told();
const list = document.querySelector("[data-lines]");
const FAR = 10 * 60 * 1000; // milliseconds between two clocks that are worth a word

/** When: the centre's clock once the line is there, with this device's where it says something else. */
function moments(/** @type {import("./outbox.js").Line} */ line) {
  if (!line.at) return clock(line.made_at);
  const far = Math.abs(Date.parse(line.at) - Date.parse(line.made_at)) > FAR;
  return [clock(line.at), far && page.words.claimed.replace("%(when)s", clock(line.made_at, true))].filter(Boolean).join(" · ");
}

/** @param {import("./outbox.js").Line} line */
function row(line) {
  const item = document.createElement("li");
  const text = document.createElement("p");
  text.textContent = line.payload.says ?? line.payload.name ?? line.kind ?? page.words.closed;
  const small = document.createElement("small");
  small.textContent = [moments(line), line.says].filter(Boolean).join(" · ");
  text.append(small);
  const tag = document.createElement("span");
  tag.className = `tag ${{ waiting: "wait", loose: "stop", refused: "stop", differs: "wait" }[line.state] ?? "ok"}`;
  tag.textContent = page.words[`state_${line.state}`] ?? line.state;
  item.append(text, tag);
  return item;
}

async function start() {
  const box = await Outbox.open(page);
  await showQueue(box);
  const lines = async () => list?.replaceChildren(...(await box.lines()).reverse().slice(0, 200).map(row));
  box.addEventListener("change", lines);
  await lines();
  const mine = document.querySelector(`[data-device="${await box.meta("device")}"] b`);
  if (mine) mine.textContent += ` · ${page.words.this}`;
  document.querySelector("[data-send]")?.addEventListener("click", () => box.send());
  const says = document.querySelector("[data-file-says]");
  document.querySelector("[data-file]")?.addEventListener("click", async () => {
    const given = await save(box);
    if (says) says.textContent = given ? "" : page.words.no_key;
  });
  box.send();
}

if (page) start();
