// The page in Chromium, for the test and for the measurement: a server of its folder, and a browser with one of three drivers.

import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".png": "image/png" };

/** How Chromium is told to have WebGPU: without a graphics card, not at all but WebGL, and on the machine's card. */
export const DRIVERS = {
    webgpu: [
        "--use-angle=vulkan",
        "--use-vulkan=swiftshader",
        "--enable-features=Vulkan",
        "--disable-vulkan-surface",
        "--ignore-gpu-blocklist",
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
    ],
    processor: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
    card: ["--use-angle=vulkan", "--enable-features=Vulkan", "--disable-vulkan-surface", "--ignore-gpu-blocklist", "--enable-unsafe-webgpu"],
};

/** Serves a folder, compressed beforehand with brotli where that is asked for, and pages beside it. Returns its address and what closes it. */
export async function serve(folder, { compressed = false, pages = {} } = {}) {
    const made = new Map();
    if (compressed) {
        const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
        const files = names.filter((name) => statSync(name).isFile());
        files.forEach((file) => made.set(file, brotliCompressSync(readFileSync(file))));
    }
    const read = (file) => made.get(file) ?? readFileSync(file);
    const server = createServer((request, answer) => {
        const path = decodeURIComponent(new URL(request.url, "http://page").pathname);
        try {
            if (path in pages) return void answer.writeHead(200, { "content-type": "text/html" }).end(pages[path]);
            const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
            const bytes = read(file);
            const type = TYPES[extname(file)] ?? "application/octet-stream";
            answer.writeHead(200, { "content-type": type, ...(compressed ? { "content-encoding": "br" } : {}) }).end(bytes);
        } catch {
            answer.writeHead(404).end();
        }
    }).listen(0, "localhost");
    await new Promise((listening) => server.once("listening", listening));
    return { address: `http://localhost:${server.address().port}/`, close: () => (server.close(), server.closeAllConnections()) };
}

/** Opens Chromium: on a screen, for what WebGPU draws in software is not on the pictures of a browser without one; HEADLESS=1 needs none. */
export function launch(driver, { args = [] } = {}) {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        headless: process.env.HEADLESS === "1",
        args: ["--no-sandbox", ...DRIVERS[driver], ...args],
    });
}
