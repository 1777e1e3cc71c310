import "./captions.js";
// The check before the day: speed of the line, camera, microphone, sound. Nothing of it leaves the browser but the result.
const page = /** @type {HTMLElement} */ (document.querySelector("[data-check]"));
const of = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (page.querySelector(name));

/** @param {string} name @param {boolean} good */
function found(name, good) {
  const input = /** @type {HTMLInputElement | null} */ (page.querySelector(`[data-found="${name}"] input[value="${good ? "yes" : "no"}"]`));
  if (input) input.checked = true;
}

const measure = of("[data-measure]");
measure?.removeAttribute("hidden");
measure?.addEventListener("click", async () => {
  measure.setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    const answer = await fetch(page.dataset.speed || "", { cache: "no-store" });
    const bytes = (await answer.arrayBuffer()).byteLength;
    const kbits = Math.round((bytes * 8) / (performance.now() - began));
    const kept = /** @type {HTMLInputElement | null} */ (page.querySelector("[data-kbits]"));
    if (kept) kept.value = String(kbits);
    const says = kbits >= 600 ? "good" : kbits >= 100 ? "fair" : "weak";
    const line = of("[data-line-says]");
    if (line) line.textContent = `${kbits.toLocaleString(document.documentElement.lang)} ${of("[data-unit]")?.textContent ?? "kbit/s"}. ${of(`[data-says="${says}"]`)?.textContent || ""}`;
  } catch {
    const line = of("[data-line-says]");
    if (line) line.textContent = of('[data-says="weak"]')?.textContent || "";
  }
  measure.removeAttribute("aria-busy");
});

const devices = of("[data-devices]");
if (navigator.mediaDevices) devices?.removeAttribute("hidden");
devices?.addEventListener("click", async () => {
  try {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const video = /** @type {HTMLVideoElement} */ (of("[data-video]"));
    video.srcObject = media;
    video.hidden = false;
    await video.play();
    found("camera", media.getVideoTracks().length > 0);
    found("microphone", media.getAudioTracks().length > 0);
    hears(media);
  } catch {
    of("[data-no-devices]")?.removeAttribute("hidden");
    found("camera", false);
    found("microphone", false);
  }
});

/** @param {MediaStream} media */
function hears(media) {
  const sound = new AudioContext();
  const ear = sound.createAnalyser();
  sound.createMediaStreamSource(media).connect(ear);
  const samples = new Uint8Array(ear.fftSize);
  const level = /** @type {HTMLMeterElement} */ (of("[data-level]"));
  of("[data-level-row]")?.removeAttribute("hidden");
  setInterval(() => {
    ear.getByteTimeDomainData(samples);
    level.value = Math.min(100, Math.max(...samples.map((one) => Math.abs(one - 128))) * 1.5);
  }, 200);
}

const tone = of("[data-tone]");
tone?.removeAttribute("hidden");
tone?.addEventListener("click", () => {
  const sound = new AudioContext();
  const source = sound.createOscillator();
  const loud = sound.createGain();
  loud.gain.value = 0.2;
  source.frequency.value = 440;
  source.connect(loud).connect(sound.destination);
  source.start();
  source.stop(sound.currentTime + 1);
});
