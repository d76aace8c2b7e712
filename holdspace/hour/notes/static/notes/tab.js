// A name for this tab that no other open tab has, also where the browser copied one tab into another.
const NAME = "tab";

function hold(name, locks) {
  return new Promise((resolve) => {
    const kept = locks.request(`${NAME} ${name}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : null;
    });
    kept.catch(() => resolve(false));
  });
}

export async function tabName(store, locks, fresh = () => globalThis.crypto.randomUUID()) {
  const kept = locks ? store.getItem(NAME) : null;
  if (kept && await hold(kept, locks)) return kept;
  const name = fresh();
  store.setItem(NAME, name);
  if (locks) await hold(name, locks);
  return name;
}

// The names of the tabs that are open now.
export async function openTabs(locks) {
  if (!locks) return new Set();
  const { held } = await locks.query();
  return new Set(held.map((lock) => lock.name).filter((name) => name.startsWith(`${NAME} `)).map((name) => name.slice(NAME.length + 1)));
}
