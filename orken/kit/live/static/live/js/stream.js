// An open page hears what happens: streams down, signs of life up. Comes back by itself where it was.
// hear({address, token, after, tick, lost, shut, state, beats}) → {stop}
const EVERY = 30_000; // milliseconds between two signs of life
const QUIET = 18_000; // without a byte for so long the line hangs: the server gives a sign of life each eight seconds

const name = () => {
  const kept = sessionStorage.getItem("orken-tab");
  if (kept) return kept;
  const made = crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem("orken-tab", made);
  return made;
};

/** @param {{address: string, token: string, after: number, tick: (channel: string, kind: string, payload: any) => void,
 *  lost: () => void, shut: () => void, state?: (open: boolean) => void, attends?: () => boolean}} asked */
export function hear(asked) {
  const tab = name();
  const query = `token=${encodeURIComponent(asked.token)}&tab=${tab}`;
  let last = asked.after;
  /** @type {EventSource | null} */
  let source = null;
  let stopped = false;
  let timer = 0;
  let heard = Date.now();

  function open() {
    if (stopped) return;
    source = new EventSource(`${asked.address}?${query}&after=${last}`);
    heard = Date.now();
    source.addEventListener("alive", () => (heard = Date.now()));
    source.addEventListener("open", () => {
      heard = Date.now();
      asked.state?.(true);
      beat();
    });
    source.addEventListener("tick", (event) => {
      heard = Date.now();
      if (event.lastEventId) last = Number(event.lastEventId) || last;
      const told = JSON.parse(event.data);
      for (const change of told.changes) {
        if (change.kind === "shut") {
          stop();
          asked.shut();
          return;
        }
        asked.tick(told.channel, change.kind, change.payload);
      }
    });
    source.addEventListener("reset", () => {
      stop();
      asked.lost();
    });
    source.addEventListener("error", () => {
      asked.state?.(false);
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      // A refusal, or a server that is not there: the browser gives up, we do not. Not all at once.
      source.close();
      timer = window.setTimeout(check, 1500 + Math.random() * 3500);
    });
  }

  /** A token that is not good any more is asked for anew with the page; anything else is a weak line. */
  async function check() {
    try {
      const answer = await fetch(`${asked.address}beat/?${query}`, { method: "POST", signal: AbortSignal.timeout(8000) });
      const shut = answer.status === 403;
      if (shut) {
        stop();
        asked.shut();
        return;
      }
    } catch {
      // nobody answers: again
    }
    open();
  }

  /** A line that is open and brings nothing is no line: the page says so, and comes back where it was. */
  function watch() {
    if (stopped || !source || source.readyState === EventSource.CLOSED || Date.now() - heard < QUIET) return;
    source.close();
    asked.state?.(false);
    clearTimeout(timer);
    timer = window.setTimeout(check, 500 + Math.random() * 1500);
  }

  async function beat() {
    if (stopped || source?.readyState !== EventSource.OPEN || !(asked.attends?.() ?? !document.hidden)) return;
    try {
      await fetch(`${asked.address}beat/?${query}`, { method: "POST", keepalive: true });
    } catch {
      // A weak line: the next one.
    }
  }

  function next() {
    window.setTimeout(() => {
      beat();
      if (!stopped) next();
    }, EVERY * (0.85 + Math.random() * 0.3));
  }

  function stop() {
    stopped = true;
    clearTimeout(timer);
    clearInterval(watching);
    source?.close();
  }

  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => source?.close());
  const watching = window.setInterval(watch, 2000);
  open();
  next();
  return { stop, tab };
}
