// The queue of this device line by line, sending by hand, and the sealed file.
import { Outbox, clock, showQueue, told } from "./outbox.js";

const page = told();
const list = document.querySelector("[data-lines]");

/** @param {import("./outbox.js").Line} line */
function row(line) {
  const item = document.createElement("li");
  const text = document.createElement("p");
  text.textContent = line.payload.says ?? line.payload.name ?? line.kind;
  const small = document.createElement("small");
  small.textContent = [clock(line.made_at), line.says].filter(Boolean).join(" · ");
  text.append(small);
  const tag = document.createElement("span");
  tag.className = `tag ${{ waiting: "wait", refused: "stop", differs: "wait" }[line.state] ?? "ok"}`;
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
  document.querySelector("[data-file]")?.addEventListener("click", async () => {
    const file = await box.sealed();
    if (!file) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${new Date().toISOString().slice(0, 10)}.orken`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
  box.send();
}

if (page) start();
