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
        // What WebGPU draws is not on the pictures of a browser without a screen.
        headless: false,
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

/** The share by which a number may be off: the standard library's sine and cosine are those of the system that a program runs on. */
const LAST_DIGITS = 1e-11;

/** Where two tables differ, cell by cell. */
function differences(found, expected) {
    const [rows, others] = [found, expected].map((table) => table.trimEnd().split("\n").map((line) => line.split(",")));
    const differing = rows.flatMap((row, line) =>
        row.map((cell, place) => [others[0][place], line, cell, others[line]?.[place]]).filter(([, , cell, other]) => cell !== other && !isNear(Number(cell), Number(other))),
    );
    return differing.slice(0, 20).map(([column, line, cell, other]) => `${column}, line ${line + 1}: ${cell} instead of ${other}`);
}

const isNear = (a, b) => Math.abs(a - b) <= LAST_DIGITS * Math.max(Math.abs(a), Math.abs(b));

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

/** Somebody with a mouse, and somebody with a keyboard alone. */
const HANDS = {
    mouse: {
        press: (page, selector) => page.click(selector),
        fill: (page, selector, text) => page.fill(selector, text),
    },
    keyboard: {
        async press(page, selector) {
            await reach(page, selector);
            const isChoice = await page.evaluate(() => document.activeElement.type === "radio");
            await page.keyboard.press(isChoice ? "Space" : "Enter");
        },
        async fill(page, selector, text) {
            await reach(page, selector);
            await page.keyboard.type(text);
        },
    },
};

/** Goes to a control by the tabulator alone. */
async function reach(page, selector) {
    for (let pressed = 0; pressed < 300; pressed++) {
        if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
        await page.keyboard.press("Tab");
    }
    assert.fail(`${selector} is not reached by the keyboard`);
}

/** Goes through the first lesson, to its last step. */
async function takeLesson(page, hand) {
    const { press, fill } = HANDS[hand];
    const is = (selector) => page.locator(selector).count().then((count) => count > 0);
    await press(page, "#lesson-finding-the-way");
    for (let step = 1; ; step++) {
        await until(`step ${step} is there`, async () => (await page.locator("#lesson").innerText()).includes(`Step ${step} of `));
        if (await is("form#predict")) {
            assert.ok(await page.locator("#play").isDisabled(), "nothing runs ahead of a prediction");
            await press(page, "#predict input");
            await press(page, "#predict-button");
        }
        await until(`step ${step} has run`, () => page.locator("#play").isDisabled());
        // The last step is there to be played with.
        if (await is("#lesson .outcome")) assert.match(await page.locator("#lesson .outcome").innerText(), /\d/);
        if (await is("form#answer")) {
            if (await is("#answer-number")) await fill(page, "#answer-number", "1");
            else await press(page, "#answer input");
            await press(page, "#answer-button");
            await until(`the answer of step ${step} is judged`, async () => (await page.locator("#answered").innerText()) !== "");
        }
        if (await page.locator("#next").isDisabled()) return step;
        await press(page, "#next");
    }
}

/** The page where the processor computes and paints. */
async function withoutGpu() {
    const { browser, page, complaints } = await open("processor", "?gpu=off");
    const text = (selector) => page.locator(selector).innerText();
    assert.equal(await text("#drawn-by"), "the processor, shown by WebGL");
    await grows(page);

    // Paused by keyboard, on by a record: the focus stays where it was.
    await page.locator("#play").focus();
    await page.keyboard.press("Enter");
    await until("it rests", async () => (await page.locator("#play").getAttribute("data-wish")) === "play");
    assert.equal(await page.evaluate(() => document.activeElement.id), "play");
    const rested = await text("#clock");
    await HANDS.keyboard.press(page, "#step");
    await until("a record is taken", async () => (await text("#clock")) !== rested);
    assert.deepEqual(await serious(page), [], "the front page");

    await page.selectOption("#speed", { index: 3 });
    await page.click("#restart");
    await until("the end is reached", () => page.locator("#play").isDisabled());
    assert.deepEqual(differences(await downloaded(page, "#csv"), headless), [], "the numbers of the page and of the headless run");
    await until("it is said", async () => /longest axons/.test(await text("#spoken")));

    // With a cut, and again from the link.
    await page.click("#restart");
    await page.click("#tools summary");
    await page.click('#tools form[data-wish="cut"] button');
    await until("it is cut", () => page.locator("#undo").count());
    await until("the end is reached", () => page.locator("#play").isDisabled());
    const cut = await downloaded(page, "#csv");
    assert.notDeepEqual(differences(cut, headless), []);
    await page.click("#link");
    await until("the link is there", async () => (await page.evaluate(() => location.hash)).startsWith("#v1."));
    await page.reload();
    await page.waitForSelector("#drawn-by");
    await page.selectOption("#speed", { index: 3 });
    await until("the end is reached", () => page.locator("#play").isDisabled());
    assert.deepEqual(differences(await downloaded(page, "#csv"), cut), [], "the numbers of the page and of its link");

    assert.ok((await takeLesson(page, "mouse")) > 2);
    assert.deepEqual(await serious(page), [], "a lesson");
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${address}?gpu=off`);
    await page.waitForSelector("#drawn-by");
    await page.selectOption("#speed", { index: 3 });
    assert.ok((await takeLesson(page, "keyboard")) > 2);
    const place = await text("#step-title");
    await page.goto(`${address}?gpu=off&lang=zh&lesson=finding-the-way`);
    await page.waitForSelector("#step-title");
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    assert.notEqual(await text("#step-title"), place);
    assert.ok(await page.locator("#next").isDisabled(), "it is taken up at the last step");
    assert.deepEqual(complaints, []);
    await browser.close();
}

/** The page where a graphics device computes and draws. */
async function withGpu() {
    const { browser, page, complaints } = await open("webgpu", "");
    assert.equal(await page.locator("#drawn-by").innerText(), "WebGPU");
    assert.doesNotMatch(await page.locator("#computed-by").innerText(), /thread/);
    await grows(page);
    assert.match(await downloaded(page, "#csv"), /medium and movement/);
    assert.deepEqual(complaints, []);
    await browser.close();
}

/** Axons grow: time, the canvas and the table go on. */
async function grows(page) {
    const text = (selector) => page.locator(selector).innerText();
    const picture = async () => (await page.locator("#dish").screenshot()).toString("base64");
    const nothing = await page.evaluate(() => document.getElementById("clock").innerText);
    await until("time goes on", async () => (await text("#clock")) !== nothing);
    const [seen, table] = [await picture(), await text("#table")];
    await until("the readouts have changed", async () => (await text("#table")) !== table);
    await until("axons have grown on the canvas", async () => (await picture()) !== seen);
}

try {
    for (const goThrough of [withoutGpu, withGpu]) {
        await goThrough();
        console.log(`${goThrough.name}: ok`);
    }
} finally {
    server.close();
}
