// Keeps the page for when there is no network: asks the network first, so that a new version is taken at once, and keeps what
// came. scripts/web.sh puts the version and the list of files in the place of the two names.
const VERSION = "@VERSION@";
const FILES = ["@FILES@"];

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(VERSION).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    const others = caches.keys().then((names) => names.filter((name) => name !== VERSION));
    event.waitUntil(others.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
    const request = event.request;
    if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
    event.respondWith(caches.open(VERSION).then(async (kept) => {
        try {
            const fresh = await fetch(request);
            if (fresh.ok) kept.put(request, fresh.clone());
            return fresh;
        } catch (unreachable) {
            return (await kept.match(request, { ignoreSearch: true })) ?? Promise.reject(unreachable);
        }
    }));
});
