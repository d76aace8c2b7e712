// Local drafts: kept in the browser sealed, under a key that lives in this page's memory alone.
const DATABASE = "holdspace";
const STORE = "drafts";
const NONCE_BYTES = 12;
const text = new TextEncoder();

const toBytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const toBase64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const place = (draft) => text.encode(`${draft.note}|${draft.tab}|${draft.base}`);

// The key as the server gives it (base64 of 32 bytes); it can be used, and not read out again.
export function keyFrom(base64, crypto = globalThis.crypto) {
  return crypto.subtle.importKey("raw", toBytes(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

// Seals what was typed (AES-256-GCM), bound to its note, tab and the version it began from.
export async function seal(key, draft, crypto = globalThis.crypto) {
  const { content, ...kept } = draft;
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const how = { name: "AES-GCM", iv: nonce, additionalData: place(draft) };
  const body = await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(content)));
  return { ...kept, id: `${draft.note}/${draft.tab}`, nonce: toBase64(nonce), body: toBase64(body) };
}

// What was typed, or nothing where it does not open: another member's, or damaged.
export async function open(key, sealed, crypto = globalThis.crypto) {
  const how = { name: "AES-GCM", iv: toBytes(sealed.nonce), additionalData: place(sealed) };
  try {
    const opened = await crypto.subtle.decrypt(how, key, toBytes(sealed.body));
    return { ...sealed, content: JSON.parse(new TextDecoder().decode(opened)) };
  } catch {
    return null;
  }
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function inDatabase(database) {
  const asked = (mode, ask) => {
    const change = database.transaction(STORE, mode, { durability: "strict" });
    const request = ask(change.objectStore(STORE));
    return new Promise((resolve, reject) => {
      change.oncomplete = () => resolve(request.result);
      change.onabort = () => reject(change.error);
    });
  };
  return {
    put: (sealed) => asked("readwrite", (store) => store.put(sealed)),
    remove: (id) => asked("readwrite", (store) => store.delete(id)),
    async of(note) {
      const all = await asked("readonly", (store) => store.getAll());
      return all.filter((one) => one.note === note);
    },
  };
}

// For browsers without a database: the same, under names of their own.
export function inLocalStorage(storage) {
  const name = (id) => `${STORE}/${id}`;
  return {
    put: async (sealed) => storage.setItem(name(sealed.id), JSON.stringify(sealed)),
    remove: async (id) => storage.removeItem(name(id)),
    async of(note) {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      return names.filter((one) => one.startsWith(name(`${note}/`))).map((one) => JSON.parse(storage.getItem(one)));
    },
  };
}

export async function openStore(databases = globalThis.indexedDB, storage = globalThis.localStorage) {
  try {
    const request = databases.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    return inDatabase(await done(request));
  } catch {
    return inLocalStorage(storage);
  }
}
