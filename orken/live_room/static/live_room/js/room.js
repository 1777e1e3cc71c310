// The page of the room and the desk: what the streams tell is put into the rows that stand there.
import { hear } from "../../live/js/stream.js";
import "./captions.js";
import { lineIsBack, listen, say, wrong } from "./acts.js";
import { atEnd, count, drop, fill, hour, list, make, page, pick, put, words } from "./rows.js";

const desk = page.dataset.page === "desk";
const me = page.dataset.me || "";
const line = page.querySelector("[data-line]");
const tongue = /** @type {HTMLSelectElement | null} */ (page.querySelector("[data-cc-language]"));
let chosen = false; // the language of captions, by her own hand
const MOST = 200; // lines of a log that stay on the page
/** @type {Set<number>} */
const taken = new Set();

/** @param {string} name @param {any} row @param {string} of */
function log(name, row, of) {
  const place = list(name);
  atEnd(place, () => put(name, of, row));
  while (place && place.children.length > MOST) place.firstElementChild?.remove();
}

/** Questions stand by their votes. */
function order() {
  const place = list("question");
  if (!place || place.contains(document.activeElement)) return; // nothing moves under her hand
  const rows = /** @type {HTMLElement[]} */ ([...place.children]);
  const sorted = [...rows].sort((one, other) => Number(other.dataset.votes) - Number(one.dataset.votes));
  if (sorted.some((row, n) => row !== rows[n])) place.append(...sorted);
}

/** A line of a result: the answer, how many chose it, their share. @param {any} one */
function share(one) {
  const tr = document.createElement("tr");
  const th = document.createElement("th");
  th.scope = "row";
  th.textContent = pick(one.text);
  const td = document.createElement("td");
  td.className = "n";
  td.textContent = String(one.n ?? "");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = one.share;
  bar.setAttribute("aria-label", document.documentElement.lang === "en" ? `${one.share}%` : `${one.share} %`);
  const last = document.createElement("td");
  last.append(bar);
  tr.append(th, td, last);
  return tr;
}

/** The result that was shown last stands on stage, where everybody looks. @param {any} row @param {number} id */
function result(row, id) {
  const box = /** @type {HTMLElement | null} */ (page.querySelector("[data-stage-result]"));
  if (!box || (!row && box.dataset.stageResult !== String(id))) return;
  box.hidden = !row;
  box.dataset.stageResult = row ? String(id) : "";
  if (!row) return;
  const title = box.querySelector("b");
  if (title) title.textContent = pick(row.text);
  box.querySelector("tbody")?.replaceChildren(...row.options.map(share));
  say(`${words.result}: ${pick(row.text)}. ${row.options.map((/** @type {any} */ one) => `${pick(one.text)} ${one.n ?? 0}`).join(", ")}`);
}

/** @param {any} row */
function poll(row) {
  const gone = row.state === "archived" || (!desk && row.state === "closed" && !row.shown);
  if (gone) drop("poll", row.id);
  else {
    row.taken = row.state === "open" && taken.has(row.id);
    row.open = row.state === "open" && !row.taken;
    row.foreign = !row.text[document.documentElement.lang];
    put("poll", "poll", row, (node) => {
      const options = node.querySelector("[data-options]");
      if (options && !options.children.length) {
        for (const one of row.options) {
          const label = document.createElement("label");
          label.className = "pick";
          const input = document.createElement("input");
          Object.assign(input, { type: row.many ? "checkbox" : "radio", name: "option", value: String(one.id) });
          const text = document.createElement("span");
          text.textContent = pick(one.text);
          label.append(input, text);
          options.append(label);
        }
      }
      const result = node.querySelector("[data-result]");
      if (result && row.counted) result.replaceChildren(...row.options.map(share));
    });
    if (!desk) say(pick(row.text));
  }
  result(gone || !row.counted || !row.shown ? null : row, row.id);
  page.querySelector("#polls")?.toggleAttribute("hidden", !desk && !list("poll")?.children.length);
}

/** Whether words stand in a field that were not sent. */
function writes() {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (page.querySelectorAll("form[data-clear] textarea, form[data-clear] input.in"));
  return [...fields].some((one) => one.value.trim() && one.value !== one.defaultValue);
}

function doorsOpen() {
  page.querySelector("[data-green]")?.remove();
  const tag = page.querySelector("header .tag");
  if (tag) [tag.textContent, tag.className] = [words.open[0], `tag ${words.open[1]}`];
  say(words.open[0]);
}

let slideKey = "";
/** @param {any} told */
function stage(told) {
  // From the green room on the page stays as it is: whoever is on stage there is on stage when the doors open.
  const opens = page.dataset.state === "green" && told.state === "open" && !desk;
  if (opens) doorsOpen();
  else if (told.state !== page.dataset.state && page.dataset.state) {
    // What she is writing when the meeting ends stands on, to be copied or written into the discussion.
    if (told.state === "over" && writes()) {
      wrong(words.ended);
      for (const one of /** @type {NodeListOf<HTMLButtonElement>} */ (page.querySelectorAll("form[data-act] button"))) one.disabled = true;
    } else location.reload();
  }
  page.dataset.state = told.state;
  const now = page.querySelector("[data-stage-now]");
  now?.toggleAttribute("hidden", !told.now);
  page.querySelector("[data-stage-nothing]")?.toggleAttribute("hidden", Boolean(told.now || told.question));
  const asked = /** @type {HTMLElement | null} */ (page.querySelector("[data-on-stage]"));
  page.querySelector("[data-stage-question]")?.toggleAttribute("hidden", !told.question);
  if (asked && told.question) {
    asked.textContent = told.question.text;
    asked.lang = told.question.language;
  }
  if (told.now) {
    const title = page.querySelector('[data-now="title"]');
    if (title && title.textContent !== pick(told.now.title)) {
      title.textContent = pick(told.now.title);
      say(pick(told.now.title));
    }
    const who = page.querySelector('[data-now="speakers"]');
    if (who) who.textContent = told.now.speakers.map((/** @type {any} */ one) => [one.name, one.position, one.institution].map(pick).filter(Boolean).join(", ")).join("; ");
  }
  for (const row of page.querySelectorAll("[data-place]")) row.classList.toggle("on", /** @type {HTMLElement} */ (row).dataset.place === told.now?.uid);
  page.querySelector("[data-stage-next]")?.toggleAttribute("hidden", !told.next);
  if (told.next) {
    const title = page.querySelector('[data-next="title"]');
    if (title) title.textContent = pick(told.next.title);
    const at = page.querySelector('[data-next="at"]');
    if (at) at.textContent = hour(told.next.at);
  }
  const floor = page.querySelector("[data-floor]");
  floor?.toggleAttribute("hidden", !told.floor);
  if (told.floor) {
    const name = floor?.querySelector("[data-floor-name]");
    if (name) name.textContent = pick(told.floor.name);
    const left = /** @type {HTMLElement | null | undefined} */ (floor?.querySelector("[data-left]"));
    if (left) left.dataset.left = told.floor.until;
  }
  const mine = page.querySelector("[data-my-floor]");
  mine?.toggleAttribute("hidden", told.floor?.person !== me);
  if (told.floor?.person === me) hers(""); // her place in the queue is no more
  const left = /** @type {HTMLElement | null | undefined} */ (mine?.querySelector("[data-left]"));
  if (left) left.dataset.left = told.floor?.person === me ? told.floor.until : "";
  page.querySelector("[data-slow]")?.toggleAttribute("hidden", !told.slow);
  const slow = page.querySelector("[data-slow-n]");
  if (slow) slow.textContent = String(told.slow);
  slide(told.slide);
}

/** @param {any} told */
function slide(told) {
  const figure = /** @type {HTMLElement | null} */ (page.querySelector("#slide"));
  figure?.toggleAttribute("hidden", !told);
  const turn = /** @type {HTMLElement | null} */ (page.querySelector("[data-turn]"));
  if (turn) turn.hidden = !told || !(turn.dataset.turn === "all" || turn.dataset.turn?.split(" ").includes(String(told.talk)));
  if (!figure || !told) return;
  const key = `${told.text}|${told.n}/${told.of}`;
  if (key !== slideKey) {
    slideKey = key;
    const img = /** @type {HTMLImageElement | null} */ (figure.querySelector("[data-slide]"));
    if (img) {
      img.width = told.width;
      img.height = told.height;
      img.alt = `${words.slide} ${told.n}`;
      // Not two thousand at once, and the small one where the line is weak or asked to be spared.
      const spare = figure.dataset.light || /** @type {any} */ (navigator).connection?.saveData;
      setTimeout(() => (img.src = spare ? told.small : told.large), Math.random() * 300);
      img.onerror = () => (img.src = told.small);
    }
    const text = figure.querySelector("[data-slide-text]");
    if (text) text.textContent = told.text;
  }
  for (const [name, value] of [["n", told.n], ["of", told.of]]) {
    const node = figure.querySelector(`[data-slide-${name}]`);
    if (node) node.textContent = String(value);
  }
  for (const button of page.querySelectorAll("[data-step]")) {
    const step = Number(/** @type {HTMLElement} */ (button).dataset.step);
    const to = told.n + step;
    /** @type {HTMLButtonElement} */ (button).value = String(Math.max(1, Math.min(told.of, to)));
  }
}

/** @type {Record<string, (row: any) => void>} */
const kinds = {
  stage,
  poll,
  question(row) {
    if (row.state === "archived") return drop("question", row.id);
    const known = list("question")?.querySelector(`:scope > [data-row="${row.id}"]`);
    put("question", "question", row, (node) => (node.dataset.votes = String(row.votes)));
    order();
    if (!known) say(row.text);
    if (row.state === "stage") say(`${words.states.stage[0]}: ${row.text}`);
  },
  votes(told) {
    const node = /** @type {HTMLElement | null | undefined} */ (list("question")?.querySelector(`:scope > [data-row="${told.id}"]`));
    if (!node) return;
    node.dataset.votes = String(told.votes);
    for (const one of node.querySelectorAll('[data-f="votes"]')) one.textContent = String(told.votes);
    order();
  },
  mine(row) {
    const waits = row.state === "submitted" || row.state === "held";
    if (waits) put("mine", "mine", row);
    else drop("mine", row.id);
    page.querySelector("[data-mine]")?.toggleAttribute("hidden", !list("mine")?.children.length);
  },
  hands(told) {
    const place = list("hand");
    if (!place) return;
    const minutes = new Map([...place.querySelectorAll("select")].map((one) => [one.id, one.value]));
    const focused = document.activeElement instanceof HTMLElement && place.contains(document.activeElement) ? document.activeElement.closest("[data-row]")?.getAttribute("data-row") : "";
    place.replaceChildren(...told.rows.map((/** @type {any} */ row) => make("hand", row)).filter(Boolean));
    for (const [id, value] of minutes) {
      const select = /** @type {HTMLSelectElement | null} */ (document.getElementById(id));
      if (select) select.value = value;
    }
    if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[data-row="${focused}"] button`))?.focus();
    const holds = told.rows.find((/** @type {any} */ one) => one.state === "floor")?.id ?? "";
    for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input[name=over]"))) one.value = String(holds);
    count("hand");
    const at = told.rows.findIndex((/** @type {any} */ one) => one.person === me);
    page.querySelector("[data-hand-up]")?.toggleAttribute("hidden", at >= 0);
    page.querySelector("[data-hand-down]")?.toggleAttribute("hidden", at < 0);
    if (at >= 0) hers(told.rows[at].state === "waiting" ? `${words.place} ${at + 1}` : "");
    waits();
  },
  floor(row) {
    if (row.state === "floor") say(words.floor);
    else if (row.state === "done") hers(words.spoken);
  },
  opinion(row) {
    if (row.gone) drop("opinion", row.id);
    else put("opinion", "opinion", row);
  },
  chat(row) {
    const known = list("chat")?.querySelector(`:scope > [data-row="${row.id}"]`);
    log("chat", row, "chat");
    if (!known && row.person !== me && row.text) say(`${pick(row.name)}: ${row.text}`);
  },
  caption(row) {
    page.querySelector('[data-empty="captions"]')?.toggleAttribute("hidden", true);
    log(`caption-${row.lang}`, row, "caption");
    const own = tongue && list(`caption-${tongue.value}`);
    if (tongue && row.lang !== tongue.value && !chosen && !own?.children.length) tongues(row.lang);
    else goes(row.lang);
  },
  reactions(told) {
    for (const [kind, many] of Object.entries(told)) {
      const node = page.querySelector(`[data-reaction="${kind}"]`);
      if (node) node.textContent = String(many);
    }
  },
  prompt(told) {
    const box = page.querySelector("[data-prompt]");
    if (!box) return;
    const id = /** @type {HTMLInputElement | null} */ (box.querySelector("[data-prompt-id]"));
    if (id) id.value = String(told.id);
    asks(true);
    setTimeout(() => asks(false), new Date(told.until).getTime() - Date.now());
  },
  confirmed: () => asks(false),
  person(row) {
    for (const name of ["waiting", "inside", "removed"]) if (name !== row.state) drop(name, row.id);
    put(row.state, "person", row);
  },
  taken(told) {
    const node = list("poll")?.querySelector(`:scope > [data-row="${told.id}"] [data-f="answered"]`);
    if (node) node.textContent = String(told.answered);
  },
  again: () => location.reload(),
  admitted: () => location.reload(),
  door(told) {
    if (told.again) setTimeout(() => location.reload(), Math.random() * 3000);
  },
};

const title = document.title;
/** The prompt, wherever she has scrolled to; the tab says it too. @param {boolean} stands */
function asks(stands) {
  const box = page.querySelector("[data-prompt]");
  box?.toggleAttribute("hidden", !stands);
  document.title = stands ? `(!) ${box?.querySelector("b")?.textContent ?? ""} ${title}` : title;
}

/** What has become of her hand, under the button. @param {string} text */
function hers(text) {
  const place = page.querySelector("[data-hand-says]");
  if (place) place.textContent = text;
}

/** @type {((channel: string, kind: string, row: any) => void)[]} */
export const also = [];

function tick(/** @type {string} */ channel, /** @type {string} */ kind, /** @type {any} */ row) {
  // The desk hears of questions and polls twice: what it may see is what is told to the desk.
  if (desk && (kind === "question" || kind === "poll") && !channel.endsWith(":desk")) return;
  if (!desk && channel.endsWith(":desk")) return;
  kinds[kind]?.(row);
  for (const one of also) one(channel, kind, row);
}

if (page.dataset.live) {
  hear({
    address: page.dataset.live || "",
    token: page.dataset.token || "",
    after: Number(page.dataset.after),
    tick,
    lost: () => location.reload(),
    shut: () => setTimeout(() => location.reload(), 300 + Math.random() * 1500),
    state(open) {
      if (line) line.textContent = open ? "" : words.line;
      if (open) lineIsBack();
      if (open) wrong("");
    },
    attends: () => !document.hidden || [...document.querySelectorAll("video")].some((one) => !one.paused && !one.muted),
  });
}

listen((form, ok, button) => {
  if (!ok) return;
  if (form.hasAttribute("data-poll")) {
    const row = form.closest("[data-row]");
    taken.add(Number(row?.getAttribute("data-row")));
    form.hidden = true;
    row?.querySelector('[data-i="taken"]')?.toggleAttribute("hidden", false);
  }
  const back = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-back]"));
  if (back) {
    back.value = back.value ? "" : "1";
    button?.setAttribute("aria-pressed", back.value ? "true" : "false");
  }
  if (form.closest("[data-prompt]")) form.closest("[data-prompt]")?.toggleAttribute("hidden", true);
});

// --- countdowns and waiting times ---

function waits() {
  const now = Date.now();
  for (const node of page.querySelectorAll("[data-left]")) {
    const until = /** @type {HTMLElement} */ (node).dataset.left;
    if (!until) continue;
    const left = Math.round((new Date(until).getTime() - now) / 1000);
    node.textContent = `${left < 0 ? "−" : ""}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
  }
  for (const node of page.querySelectorAll("[data-wait]")) {
    const at = /** @type {HTMLElement} */ (node).dataset.wait;
    node.textContent = at ? ` (${Math.max(0, Math.floor((now - new Date(at).getTime()) / 60000))} ${words.min})` : "";
  }
}
setInterval(waits, 1000);
waits();

// --- captions: their language ---

/** Captions that go in another language than the one she reads are told of beside them. @param {string} code */
function goes(code) {
  for (const one of page.querySelectorAll("[data-goes]")) one.toggleAttribute("hidden", one.getAttribute("data-goes") !== code || code === tongue?.value);
}
/** @param {string} code */
function tongues(code) {
  if (tongue) tongue.value = code;
  for (const one of page.querySelectorAll("#captions [data-code]")) one.toggleAttribute("hidden", /** @type {HTMLElement} */ (one).dataset.code !== code);
  goes("");
}
tongue?.addEventListener("change", () => {
  chosen = true;
  tongues(tongue.value);
});
for (const one of page.querySelectorAll("[data-goes-to]")) {
  one.addEventListener("click", (event) => {
    event.preventDefault();
    chosen = true;
    tongues(/** @type {HTMLElement} */ (one).dataset.goesTo || "");
    tongue?.focus();
  });
}
for (const one of page.querySelectorAll(".log")) one.scrollTop = one.scrollHeight;
for (const node of page.querySelectorAll('[data-list="poll"] > [data-row]')) {
  if (!desk && !node.querySelector('[data-i="taken"]')?.hasAttribute("hidden")) taken.add(Number(node.getAttribute("data-row")));
}
slideKey = `${page.querySelector("[data-slide-text]")?.textContent}|${page.querySelector("[data-slide-n]")?.textContent}/${page.querySelector("[data-slide-of]")?.textContent}`;
export { fill };
