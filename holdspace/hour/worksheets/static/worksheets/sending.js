// Sends what was typed, and asks what others wrote; both answer, and never throw.
const KINDS = { 401: "signed out", 403: "signed out", 404: "away", 423: "locked" };

export async function send(address, words, { token, leaving = false, fetch = globalThis.fetch } = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  const body = JSON.stringify(words);
  try {
    const response = await fetch(address, { method: "POST", body, headers, keepalive: leaving, redirect: "error", cache: "no-store" });
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    return { ...(isOurs ? await response.json() : {}), kind: KINDS[response.status] ?? "" };
  } catch {
    return { kind: "offline" };
  }
}

export async function ask(address, fetch = globalThis.fetch) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error", cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
