// The page as somebody uses it, in Chromium: `node page.mjs FOLDER READOUTS.csv`. FOLDER is what scripts/web.sh wrote, READOUTS.csv the
// table of a headless run of the front page's plate on the CPU engine. Goes through once with WebGPU, on a software driver, and
// once without.

import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const [folder, headless] = [resolve(process.argv[2]), readFileSync(process.argv[3], "utf8")];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".png": "image/png" };
/** How Chromium is told to have WebGPU without a graphics card, and WebGL where WebGPU is off. */
const DRIVERS = {
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
};
/** What a slow machine may take, ms: nothing here is a measurement. */
const PATIENCE = 180_000;

const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://page").pathname);
    try {
        const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
        const bytes = readFileSync(file);
        answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
        answer.writeHead(404).end();
    }
}).listen(0, "localhost");
await new Promise((listening) => server.once("listening", listening));
const address = `http://localhost:${server.address().port}/`;

/** Opens the page with a driver, and gathers what it complains of. */
async function open(driver, query) {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", ...DRIVERS[driver]],
    });
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 }, acceptDownloads: true });
    page.setDefaultTimeout(PATIENCE);
    const complaints = [];
    page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(address + query);
    await page.waitForSelector("#drawn-by");
    return { browser, page, complaints };
}

/** Waits until something is so. */
async function until(what, is) {
    const end = Date.now() + PATIENCE;
    while (!(await is())) {
        assert.ok(Date.now() < end, `waited in vain until ${what}`);
        await new Promise((later) => setTimeout(later, 100));
    }
}

/** What a control downloads. */
async function downloaded(page, selector) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
    return readFileSync(await download.path(), "utf8");
}

const serious = async (page) => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
};

async function goThrough(driver) {
    const without = driver === "processor";
    const { browser, page, complaints } = await open(driver, without ? "?gpu=off" : "");
    const text = (selector) => page.locator(selector).innerText();
    const picture = async () => (await page.locator("#dish").screenshot()).toString("base64");

    assert.equal(await text("#drawn-by"), without ? "the processor, shown by WebGL" : "WebGPU");
    await until("time goes on", async () => (await text("#clock")) !== "0 h");
    const [seen, table] = [await picture(), await text("#table")];
    await until("axons have grown on the canvas", async () => (await picture()) !== seen);
    await until("the readouts have changed", async () => (await text("#table")) !== table);

    // By keyboard alone: paused, on by a record, from the beginning.
    await page.locator("#play").focus();
    await page.keyboard.press("Enter");
    await until("it rests", async () => (await page.locator("#play").getAttribute("data-wish")) === "play");
    assert.equal(await page.evaluate(() => document.activeElement.id), "play", "the focus stays where it was");
    const rested = await text("#clock");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until("a step is done", async () => (await text("#clock")) !== rested);
    assert.deepEqual(await serious(page), []);

    await page.selectOption("#speed", { index: 3 });
    await page.click("#restart");
    await until("the end is reached", async () => page.locator("#play").isDisabled());
    const csv = await downloaded(page, "#csv");
    if (without) {
        assert.equal(csv, headless, "the numbers of the page and of the headless run");
    } else {
        assert.equal(csv.split("\n").length, headless.split("\n").length);
    }
    await until("it is said", async () => /longest axons/.test(await text("#spoken")));

    await page.click("#language-zh");
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    assert.match(await text("#controls"), /下载/);
    assert.deepEqual(complaints, []);
    await browser.close();
    console.log(`${driver}: ok`);
}

try {
    for (const driver of ["processor", "webgpu"]) await goThrough(driver);
} finally {
    server.close();
}
