// Questions a little nicer: a press on a picture chooses its region, pieces are pulled to their places. Everything works without it.

import { arrange } from "./drag.js";

/** @param {ParentNode} root */
export function dress(root) {
  arrange(root);
  for (const place of root.querySelectorAll("[data-hotspot]")) hotspot(place);
}

/** @param {Element} place */
function hotspot(place) {
  const show = () => {
    for (const input of place.querySelectorAll("input[type=radio]")) {
      const region = place.querySelector(`[data-region="${input instanceof HTMLInputElement ? input.value : ""}"]`);
      if (input instanceof HTMLInputElement) region?.toggleAttribute("data-on", input.checked);
    }
  };
  for (const region of place.querySelectorAll("[data-region]")) {
    const input = place.querySelector(`input[value="${region.getAttribute("data-region")}"]`);
    if (!(input instanceof HTMLInputElement) || input.disabled) continue;
    region.setAttribute("data-press", "");
    region.addEventListener("click", () => {
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  place.addEventListener("change", show);
  show();
}

dress(document);
