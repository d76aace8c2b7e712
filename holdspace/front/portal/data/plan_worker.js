// Answers for the plan out of its kept copy, first and at once; what is not kept comes by the network.
const KEPT = "plan";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  // A page that asks to be read anew goes by the network, and so does news.
  const kept = request.cache === "reload" ? undefined : await (await caches.open(KEPT)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}
