// Sends words to the server, and says in one word what came of it.
const KINDS = { 200: "saved", 401: "signed out", 403: "signed out", 404: "away", 409: "elsewhere", 413: "refused", 422: "refused", 423: "locked" };
const MOST_WHEN_LEAVING = 60_000; // bytes a browser sends after a page has gone

export function kindOf(status) {
  return KINDS[status] ?? "offline";
}

export function cookie(name, cookies) {
  const found = cookies.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function fitsWhenLeaving(body) {
  return new TextEncoder().encode(body).length < MOST_WHEN_LEAVING;
}

// Answers { kind, ... } with what the server said; never throws.
export async function send(address, words, { token, leaving = false, fetch = globalThis.fetch } = {}) {
  const body = JSON.stringify(words);
  if (leaving && !fitsWhenLeaving(body)) return { kind: "offline" };
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  try {
    const response = await fetch(address, { method: "POST", body, headers, keepalive: leaving, redirect: "error", cache: "no-store" });
    const kind = kindOf(response.status);
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    return { ...(isOurs ? await response.json() : {}), kind };
  } catch {
    return { kind: "offline" };
  }
}

// The key of local drafts, or the reason why there is none now.
export async function askKey(address, fetch = globalThis.fetch) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error", cache: "no-store" });
    if (!response.ok) return { kind: kindOf(response.status) };
    return { kind: "key", key: (await response.json()).key };
  } catch {
    return { kind: "offline" };
  }
}
