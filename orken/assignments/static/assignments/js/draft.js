// The text of a draft is saved while she writes. The save names the revision that it was written over, so that another
// device is never written over; without this script the button saves. Without a line the text is one line of the outbox,
// the last one typed, and is sent by itself.
import { Outbox, told as page } from "../../offline/js/outbox.js";
import { clock, showQueue } from "../../offline/js/queue.js";
import { keepPage } from "../../offline/js/take.js";

const SAVE = "assignments.save";

const PAUSE = 2500; // milliseconds after the last key
const form = document.querySelector("[data-draft]");
const text = form?.querySelector("textarea[data-text]");
const revision = form?.querySelector("input[name=revision]");
const said = form?.querySelector("[data-said]");

if (form instanceof HTMLFormElement && text instanceof HTMLTextAreaElement && revision instanceof HTMLInputElement && said instanceof HTMLElement) {
  const words = JSON.parse(form.dataset.draft ?? "{}");
  const token = form.querySelector("input[name=csrfmiddlewaretoken]");
  let waits = 0;
  let stands = text.defaultValue; // on a slow line she writes before this script has come: what differs is hers
  let sending = false;
  let leaves = false;
  const context = page();
  const box = context && (await Outbox.open(context).catch(() => null));

  /** Her text on this device in the place of the one before, which is not sent any more. */
  const keep = async (/** @type {string} */ sent) => {
    if (!box) return false;
    const own = (await box.lines()).filter((line) => line.kind === SAVE && line.payload.work === words.work);
    let base = revision.value;
    for (const line of own) {
      if (line.state !== "waiting" && line.state !== "loose") continue;
      if (await box.takeBack(line.uid)) base = line.base;
    }
    const kept = await box.put({ kind: SAVE, about: words.work, base, payload: { work: words.work, text: sent, says: words.says } });
    stands = sent;
    return kept;
  };

  /** What the centre has. Typed over an older text before this script came, her words go as they are: the centre keeps
   * them beside. @param {string} saved @param {number} number */
  const adopt = (saved, number) => {
    if (stands === text.defaultValue && text.value !== stands) return;
    if (stands === text.defaultValue) text.value = stands = saved;
    revision.value = String(number);
  };

  /** What waits here is what she wrote last: it stands in the field. What the centre has taken gives its number. */
  const overlay = async () => {
    const own = (await box?.lines() ?? []).filter((line) => line.kind === SAVE && line.payload.work === words.work);
    const last = own.at(-1);
    if (!last) return;
    if (last.state === "waiting" || last.state === "loose") {
      if (document.activeElement !== text) text.value = stands = last.payload.text;
      said.textContent = last.state === "loose" ? words.full : words.kept;
    } else if (last.state === "done" && Date.parse(last.at) > Date.parse(context.made) && last.uid !== form.dataset.sent) {
      form.dataset.sent = last.uid;
      adopt(last.payload.text, Number(last.base) + 1);
      said.textContent = words.saved.replace("%(when)s", clock(last.at));
    } else if (last.state === "differs") said.textContent = words.beside;
    else if (last.state === "refused") said.textContent = last.says;
  };
  /** A page that was taken along is older than what this device saved after it: that stands in the field. */
  const later = async () => {
    const known = await box?.meta(`draft:${words.work}`);
    if (known && known.revision > Number(revision.value)) adopt(known.text, known.revision);
  };
  // Each letter stays on this device before it is sent: a page that goes in the middle of a word has it when it comes back.
  const typed = `typed:${words.work}`;
  const remember = () => box?.keep(typed, text.value === stands ? null : { text: text.value, revision: Number(revision.value) }).catch(() => {});
  const recall = async () => {
    const kept = await box?.meta(typed);
    if (!kept || kept.text === text.value || text.value !== stands) return;
    // Typed over an older text: it goes as it is, and the centre keeps it beside what stands.
    if (kept.revision === Number(revision.value)) text.value = kept.text;
    else await box?.put({ kind: SAVE, about: words.work, base: String(kept.revision), payload: { work: words.work, text: kept.text, says: words.says } });
    await box?.keep(typed, null);
  };
  if (box) {
    await showQueue(box);
    await later();
    await overlay();
    await recall();
    box.addEventListener("change", overlay);
    box.send();
    keepPage(box);
  }

  const save = async () => {
    if (sending || leaves || text.value === stands) return;
    sending = true;
    const sent = text.value;
    try {
      const answer = await fetch(words.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "" },
        body: JSON.stringify({ text: sent, revision: revision.value }),
      });
      const told = await answer.json();
      if (answer.ok) {
        revision.value = String(told.revision);
        stands = sent;
        await box?.keep(`draft:${words.work}`, { text: sent, revision: Number(told.revision) }).catch(() => {}); // no room: the page is loaded anew
        said.textContent = words.saved.replace("%(when)s", clock(new Date()));
      } else said.textContent = told.says;
    } catch {
      said.textContent = (await keep(sent)) ? words.kept : words.full;
    }
    sending = false;
    remember();
    if (text.value !== sent) waits = window.setTimeout(save, PAUSE);
  };

  text.addEventListener("input", () => {
    window.clearTimeout(waits);
    waits = window.setTimeout(save, PAUSE);
    remember();
  });
  text.addEventListener("blur", save);
  save();
  form.addEventListener("submit", async (event) => {
    if (!navigator.onLine && box) {
      // Without a line the button keeps the text; files and handing in wait for one.
      event.preventDefault();
      window.clearTimeout(waits);
      said.textContent = (await keep(text.value)) ? words.kept : words.full;
      return;
    }
    leaves = true;
    box?.keep(typed, null).catch(() => {}); // it goes with the form
    window.clearTimeout(waits);
  });
}
