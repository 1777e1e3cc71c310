// The page of the questions under a block: what is written in its form without a line waits in the outbox.
import { Outbox, told } from "../../offline/js/outbox.js";
import { showQueue } from "../../offline/js/queue.js";
import { asks, showAsked } from "./asking.js";

const page = told();
const words = JSON.parse(document.getElementById("study")?.textContent ?? "{}");
const place = document.querySelector("[data-ask-of]");
const box = page && (await Outbox.open(page).catch(() => null));
if (box && place instanceof HTMLElement) {
  const form = place.querySelector("form.lead");
  if (form instanceof HTMLFormElement) Object.assign(form.dataset, { ask: place.dataset.askOf, lesson: place.dataset.lesson });
  await showQueue(box);
  await showAsked(box, words);
  box.addEventListener("change", () => showAsked(box, words));
  asks(box, words);
  box.send();
}
