// Before the door: the page opens by itself, not for two thousand at once.
import { hear } from "../../live/js/stream.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-room]"));
const open = (/** @type {number} */ within) => setTimeout(() => location.reload(), Math.random() * within);
hear({
  address: page.dataset.live || "",
  token: page.dataset.token || "",
  after: Number(page.dataset.after),
  tick(_channel, kind) {
    if (kind === "door") open(5000);
    if (kind === "admitted") open(100);
  },
  lost: () => open(3000),
  shut: () => open(1000),
  attends: () => false, // whoever waits is not there yet
});
