// Keeps a copy of the plan in this browser where its owner chooses so, and shows later changes as suggestions.
const KEPT = "plan";
const root = document.querySelector("[data-plan]");

export async function keep(page, besides) {
  await navigator.serviceWorker.register(`${page}worker.js`, { scope: page });
  await navigator.serviceWorker.ready.catch(() => null);
  const store = await caches.open(KEPT);
  const fresh = await fetch(page, { cache: "reload", credentials: "same-origin" });
  if (!fresh.ok) throw new Error("not here");
  await Promise.all(besides.map(async (href) => store.put(href, await fetch(href))));
  await store.put(page, fresh);
}

export async function forget(page) {
  await caches.delete(KEPT);
  await (await navigator.serviceWorker.getRegistration(page))?.unregister();
}

const isKept = async (page) => Boolean(await (await caches.open(KEPT)).match(page, { ignoreVary: true }));

async function news(page, since) {
  try {
    const answer = await fetch(`${page}news?since=${since}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no network: the copy stands
  }
}

function tell(list, changes) {
  for (const { label, was, now } of changes) {
    const line = document.createElement("li");
    line.textContent = `${label}: ${was || "–"} → ${now || "–"}`;
    list.append(line);
  }
}

async function begin() {
  const { plan: page, version, besides } = root.dataset;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const show = async () => {
    const kept = await isKept(page);
    part("is-kept").hidden = !kept;
    part("is-not-kept").hidden = kept;
  };
  const now = (work) => async () => { await work().catch(() => { part("failed").hidden = false; }); await show(); };
  part("keep").addEventListener("click", now(() => keep(page, besides.split(" "))));
  part("forget").addEventListener("click", now(() => forget(page)));
  part("take").addEventListener("click", now(async () => { await keep(page, besides.split(" ")); location.reload(); }));
  part("leave").addEventListener("click", () => { part("suggested").hidden = true; });
  await show();
  const found = await isKept(page) ? await news(page, version) : null;
  if (!found || found.version <= Number(version)) return;
  tell(part("changes"), found.changes);
  part("suggested").hidden = false;
}

if (root && "serviceWorker" in navigator && "caches" in globalThis) {
  root.querySelector("[data-keeping]").hidden = false;
  begin();
}
