// What is kept in this browser is closed to whoever sits here next: the key stands only on pages of its owner.
const NONCE = 12;

const bytesOf = (/** @type {string} */ text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** @param {Uint8Array} key @param {Uint8Array} bound @param {any} what @returns {Promise<Uint8Array>} nonce, then text */
export async function close(key, bound, what) {
  const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const inside = new TextEncoder().encode(JSON.stringify(what));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, secret, inside);
  return Uint8Array.from([...iv, ...new Uint8Array(closed)]);
}

export class Lock {
  /** @param {string[]} keys of the account, the newest first: a centre that changed its secret still opens what is older */
  constructor(keys) {
    this.keys = keys.map(bytesOf);
  }

  /** @param {string} name what the text belongs to @param {any} what */
  async close(name, what) {
    return close(this.keys[0], new TextEncoder().encode(name), what);
  }

  /** @param {string} name @param {Uint8Array} closed @returns {Promise<any>} null when no key of hers opens it */
  async open(name, closed) {
    const additionalData = new TextEncoder().encode(name);
    for (const key of this.keys) {
      try {
        const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
        const kind = { name: "AES-GCM", iv: closed.slice(0, NONCE), additionalData };
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(kind, secret, closed.slice(NONCE))));
      } catch {
        // The next key, if there is one.
      }
    }
    return null;
  }
}

/** Lines as a file that only the centre can open. @param {string} key of the device @param {string} device @param {any} what */
export async function sealedFile(key, device, what) {
  const hex = device.replaceAll("-", "");
  const bound = Uint8Array.from({ length: 16 }, (_, place) => parseInt(hex.slice(place * 2, place * 2 + 2), 16));
  let text = "";
  for (const one of await close(bytesOf(key), bound, what)) text += String.fromCharCode(one);
  return new Blob([JSON.stringify({ shape: "orken-lines-1", device, sealed: btoa(text) })], { type: "application/json" });
}
