// The picture from browser to browser. Whoever sees offers a connection to whoever sends; the words go up by POST and down by the streams.
import { fill, page } from "./rows.js";
import { also } from "./room.js";
import { wrong } from "./acts.js";

const box = /** @type {HTMLElement} */ (page.querySelector("[data-peer]"));
const grid = /** @type {HTMLElement} */ (box.querySelector("[data-peers]"));
const says = /** @type {HTMLElement} */ (box.querySelector("[data-peer-says]"));
const tab = sessionStorage.getItem("orken-tab") || "";
/** @type {RTCConfiguration} */
const way = { iceServers: JSON.parse(document.getElementById("ice")?.textContent || "[]"), iceTransportPolicy: box.dataset.relayed ? "relay" : "all" };
const token = /** @type {HTMLInputElement | null} */ (page.querySelector('input[name="csrfmiddlewaretoken"]'))?.value || "";
const doing = box.dataset.doing || "";
// On the desk the picture comes when it is asked for: the room may stand open beside it.
const ask = /** @type {HTMLElement | null} */ (box.querySelector("[data-peer-ask]"));
const PATIENCE = 2000; // milliseconds that addresses are gathered for before an offer goes without the rest
const STAY = 25_000;
const SOON = 60_000; // milliseconds within which a page that comes again is the same visit
const [BACK, CAMERA] = ["orken-on-stage", "orken-camera"];

/** @type {"send" | "watch" | "full" | ""} */
let as = "";
/** @type {MediaStream | null} */
let own = null;
let onlySound = false;
/** Nothing is heard from here: she turned her microphone off, or a moderator did. */
let silent = false;
/** Connections from which we see, by the tab that sends. @type {Map<string, RTCPeerConnection>} */
const seen = new Map();
/** Connections by which we are seen, by the tab that sees. @type {Map<string, RTCPeerConnection>} */
const shown = new Map();
/** @type {any[]} */
let senders = [];

const word = (/** @type {string} */ name) => box.querySelector(`[data-word="${name}"]`)?.textContent || "";
const tool = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-peer-${name}]`));

/** @param {string} verb @param {Record<string, string>} values */
async function post(verb, values) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const answer = await fetch(`${doing}${verb}/`, { method: "POST", body, headers: { Accept: "application/json" } });
  return answer.json();
}

function tell() {
  const others = senders.filter((one) => one.tab !== tab).length;
  says.textContent = as === "watch" && !others ? word("nobody") : word(as || "nobody");
  tool("on").hidden = as === "send" || box.dataset.maySend !== "1";
  tool("listen").hidden = as === "send" || box.dataset.maySend !== "1";
  tool("off").hidden = as !== "send";
  tool("voice").hidden = as !== "send" || !own?.getAudioTracks().length;
  tool("voice").setAttribute("aria-pressed", String(silent));
  tool("screen").hidden = as !== "send" || !navigator.mediaDevices?.getDisplayMedia;
}

/** All addresses are in the description before it goes: one word there, one back. @param {RTCPeerConnection} link */
function gathered(link) {
  if (link.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE);
    link.addEventListener("icegatheringstatechange", () => {
      if (link.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/** @param {any} one */
async function see(one) {
  const link = new RTCPeerConnection(way);
  seen.set(one.tab, link);
  link.addTransceiver("audio", { direction: "recvonly" });
  if (!onlySound) link.addTransceiver("video", { direction: "recvonly" });
  const media = new MediaStream();
  const node = /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (box.querySelector("template")).content.firstElementChild?.cloneNode(true));
  node.dataset.tab = one.tab;
  fill(node, one);
  const video = /** @type {HTMLVideoElement} */ (node.querySelector("video"));
  video.srcObject = media;
  if (one.person === page.dataset.me) video.muted = true; // nobody hears herself
  grid.append(node);
  link.addEventListener("track", (event) => {
    media.addTrack(event.track);
    video.play().catch(() => {
      video.muted = true; // a browser that lets nothing sound before she has pressed something
      tool("sound").hidden = false;
      video.play().catch(() => {});
    });
  });
  link.addEventListener("connectionstatechange", () => {
    if (link.connectionState === "failed") {
      says.textContent = word("weak");
      unsee(one.tab);
      setTimeout(pull, 4000 + Math.random() * 4000);
    }
  });
  await link.setLocalDescription(await link.createOffer());
  await gathered(link);
  await post("signal", { tab, to: one.tab, text: JSON.stringify({ kind: "offer", sdp: link.localDescription?.sdp }) });
}

/** @param {string} name */
function unsee(name) {
  seen.get(name)?.close();
  seen.delete(name);
  grid.querySelector(`figure[data-tab="${name}"]`)?.remove();
}

/** See whoever sends and is not seen yet; let go of whoever does not any more. */
function pull() {
  if (as !== "send" && as !== "watch") return;
  const there = new Map(senders.map((one) => [one.tab, one]));
  for (const name of [...seen.keys()]) if (!there.has(name)) unsee(name);
  for (const one of senders) {
    if (one.tab === tab) {
      voice(one.muted);
      continue;
    }
    if (!seen.has(one.tab)) see(one).catch(() => unsee(one.tab));
    const node = grid.querySelector(`figure[data-tab="${one.tab}"]`);
    if (node) {
      fill(node, one);
      const media = /** @type {MediaStream | null} */ (/** @type {HTMLVideoElement} */ (node.querySelector("video")).srcObject);
      for (const track of media?.getAudioTracks() || []) track.enabled = !one.muted;
    }
  }
  tell();
}

/** A microphone that is off sends nothing: seventeen silences would cost as much as seventeen voices. @param {boolean} off */
function voice(off) {
  silent = off;
  const track = own?.getAudioTracks()[0] || null;
  for (const link of shown.values()) {
    const place = link.getTransceivers().find((one) => one.receiver.track.kind === "audio");
    place?.sender.replaceTrack(silent ? null : track).catch(() => {});
  }
}

/** @param {any} told */
function roster(told) {
  senders = told.senders;
  if (as === "send" && !senders.some((one) => one.tab === tab)) off(false); // the floor was taken back
  pull();
}

/** @param {any} told */
async function heard(told) {
  if (told.to !== tab) return;
  const data = told.data || {};
  if (data.kind === "offer" && own) {
    shown.get(told.from)?.close();
    const link = new RTCPeerConnection(way);
    shown.set(told.from, link);
    await link.setRemoteDescription({ type: "offer", sdp: data.sdp });
    for (const track of own.getTracks()) {
      const place = link.getTransceivers().find((one) => one.receiver.track.kind === track.kind && !one.sender.track);
      if (!place) continue;
      await place.sender.replaceTrack(silent && track.kind === "audio" ? null : track);
      place.direction = "sendonly";
    }
    await link.setLocalDescription(await link.createAnswer());
    await gathered(link);
    link.addEventListener("connectionstatechange", () => {
      if (["failed", "closed"].includes(link.connectionState) && shown.get(told.from) === link) shown.delete(told.from);
    });
    await post("signal", { tab, to: told.from, text: JSON.stringify({ kind: "answer", sdp: link.localDescription?.sdp }) });
  }
  if (data.kind === "answer") {
    const link = seen.get(told.from);
    if (link?.signalingState === "have-local-offer") await link.setRemoteDescription({ type: "answer", sdp: data.sdp });
  }
}

async function join(sends = false) {
  const told = await post("peer-join", { tab, sends: sends ? "1" : "" });
  if (told.error) {
    wrong(told.error);
    return false;
  }
  as = told.as;
  senders = told.senders;
  pull();
  tell();
  return true;
}

/** @param {boolean} camera */
async function on(camera) {
  try {
    own = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true }, video: camera ? { width: 640, height: 360, frameRate: 20 } : false });
  } catch {
    says.textContent = word("denied");
    return;
  }
  if (!(await join(true))) {
    stop();
    return;
  }
  const mine = document.createElement("figure");
  mine.dataset.tab = tab;
  const video = document.createElement("video");
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, srcObject: own });
  const name = document.createElement("figcaption");
  name.textContent = word("send");
  mine.append(video, name);
  grid.prepend(mine);
}

function stop() {
  for (const track of own?.getTracks() || []) track.stop();
  own = null;
  silent = false;
  for (const link of shown.values()) link.close();
  shown.clear();
  grid.querySelector(`figure[data-tab="${tab}"]`)?.remove();
}

/** @param {boolean} tells */
async function off(tells) {
  stop();
  as = "watch";
  if (tells) await join(false);
  tell();
}

tool("on").addEventListener("click", () => on(true));
tool("listen").addEventListener("click", () => on(false));
tool("off").addEventListener("click", () => off(true));
tool("voice").addEventListener("click", async () => {
  const told = await post("peer-voice", { tab, muted: silent ? "" : "1" });
  if (told.error) wrong(told.error);
  else roster(told);
});
tool("sound").addEventListener("click", () => {
  for (const video of grid.querySelectorAll("video")) if (video.closest("figure")?.dataset.tab !== tab) video.muted = false;
  tool("sound").hidden = true;
});
tool("only-sound").addEventListener("click", () => {
  onlySound = !onlySound;
  tool("only-sound").setAttribute("aria-pressed", String(onlySound));
  for (const name of [...seen.keys()]) unsee(name);
  pull();
});
tool("screen").addEventListener("click", async () => {
  try {
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 8 } });
    const [track] = screen.getVideoTracks();
    const camera = own?.getVideoTracks()[0];
    const swap = (/** @type {MediaStreamTrack | undefined} */ next) => {
      for (const link of shown.values()) for (const one of link.getSenders()) if (one.track?.kind === "video" && next) one.replaceTrack(next);
    };
    swap(track);
    if (camera) own?.removeTrack(camera);
    own?.addTrack(track);
    track.addEventListener("ended", () => {
      own?.removeTrack(track);
      if (camera) own?.addTrack(camera);
      swap(camera);
    });
  } catch {
    // she thought better of it
  }
});

also.push((_channel, kind, row) => {
  if (kind === "peers") roster(row);
  if (kind === "signal") heard(row).catch(() => {});
  if (kind === "floor" && !box.dataset.watches) {
    box.dataset.maySend = row.state === "floor" || page.dataset.speaks === "1" ? "1" : "";
    tell();
  }
});

if (tab && doing && "RTCPeerConnection" in window) {
  const begin = () => {
    ask?.remove();
    box.querySelector("[data-peer-tools]")?.removeAttribute("hidden");
    join().catch(() => {});
  };
  if (ask) {
    ask.hidden = false;
    says.textContent = "";
    ask.addEventListener("click", begin);
  } else begin();
  setInterval(async () => {
    if (!as || as === "full") return;
    try {
      const told = await post("peer-stay", { tab });
      if (told.known === false && as === "watch") await join();
      else if (told.senders) roster(told);
    } catch {
      // a weak line
    }
  }, STAY);
  // The page was loaded anew while she was on stage: she comes back to it by herself.
  const was = Number(sessionStorage.getItem(BACK));
  sessionStorage.removeItem(BACK);
  if (!ask && box.dataset.maySend === "1" && Date.now() - was < SOON) on(sessionStorage.getItem(CAMERA) === "1").catch(() => {});
  addEventListener("pagehide", () => {
    if (as === "send") {
      sessionStorage.setItem(BACK, String(Date.now()));
      sessionStorage.setItem(CAMERA, own?.getVideoTracks().length ? "1" : "");
    }
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("tab", tab);
    navigator.sendBeacon(`${doing}peer-leave/`, body);
  });
}
