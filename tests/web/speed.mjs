// Measures the page: `node speed.mjs FOLDER DRIVER [PICTURES]`, DRIVER one of browser.mjs. Prints one line for each figure; PICTURES is a
// folder for what the canvas shows. With HEADLESS=1 no screen is needed; PLATES names the plates, SECONDS how long each is watched.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch, serve } from "./browser.mjs";

const [folder, driver, pictures] = [resolve(process.argv[2]), process.argv[3] ?? "webgpu", process.argv[4]];
/** Plates, from the lightest to the reference. */
const PLATES = (process.env.PLATES ?? "quick exercise-2024").split(" ");
const SECONDS = Number(process.env.SECONDS ?? 10);
/** A line of 10 Mbit/s, bytes a second, and its latency, ms. */
const LINE = { offline: false, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6, latency: 40 };
/** With UNBOUND=1 frames come as fast as they are drawn, not as the screen shows them. */
const FRAMES = process.env.UNBOUND === "1" ? ["--disable-frame-rate-limit", "--disable-gpu-vsync"] : [];

/** Notes each frame of the page, when it began and how long it took, and keeps what the canvas showed last. */
function watch() {
    const frames = [];
    const request = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (callback) =>
        request((time) => {
            const began = performance.now();
            callback(time);
            frames.push([began, performance.now() - began]);
            if (globalThis.wantsPicture) {
                const canvas = document.getElementById("canvas");
                const copy = document.createElement("canvas");
                [copy.width, copy.height] = [canvas.width, canvas.height];
                copy.getContext("2d").drawImage(canvas, 0, 0);
                globalThis.picture = copy.toDataURL("image/png");
                globalThis.wantsPicture = false;
            }
        });
    globalThis.frames = frames;
}

const later = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
/** With WARM=1 the first picture is left out, for which all has to be compressed. */
const warm = process.env.WARM === "1";
const { address, close } = await serve(folder, { compressed: !warm });

/** From the address to the first picture of the dish, on a slow line with nothing kept. */
async function firstPicture() {
    const browser = await launch(driver);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(watch);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", LINE);
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForSelector("#drawn-by", { timeout: 120_000 });
    const hasGrown = () => document.querySelector("#time progress").value > 0;
    await page.waitForFunction(hasGrown, null, { timeout: 120_000 });
    const said = await page.evaluate(() => ({
        drawn: performance.getEntriesByName("first picture")[0]?.startTime,
        grows: performance.now(),
        text: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        program: performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"))?.responseEnd,
    }));
    const adapter = await page.evaluate(async () => {
        const found = await navigator.gpu?.requestAdapter();
        return found ? `${found.info.vendor} ${found.info.architecture} ${found.info.description}` : "no WebGPU";
    });
    console.log(`adapter: ${adapter}; the dish: ${await page.locator("#engine").innerText()}`);
    console.log(`first words ${said.text?.toFixed(0)} ms, program there ${said.program?.toFixed(0)} ms, first picture ${said.drawn?.toFixed(0)} ms, axons grow ${said.grows.toFixed(0)} ms at 10 Mbit/s`);
    await browser.close();
}

/** Frames and steps a second while a plate runs as fast as it can. */
async function speeds(plate) {
    const browser = await launch(driver, { args: FRAMES });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(watch);
    const complaints = [];
    page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${address}?plate=${plate}${driver === "processor" ? "&gpu=off" : ""}`);
    await page.waitForSelector("#drawn-by", { timeout: 120_000 });
    for (const [speed, words] of [[1, "2 h/s"], [3, "as fast as it can"]]) {
        await page.selectOption("#speed", { index: speed });
        await page.click("#restart");
        const isUnderWay = () => document.querySelector("#time progress").value > 0;
        await page.waitForFunction(isUnderWay, null, { timeout: 30_000 }).catch(() => console.log(`${plate}: no step in 30 s`));
        const before = await page.evaluate(() => [performance.now(), document.querySelector("#time progress").value, globalThis.frames.length]);
        const end = Date.now() + SECONDS * 1000;
        while (Date.now() < end && !(await page.locator("#play").isDisabled())) await later(50);
        const after = await page.evaluate(() => [performance.now(), document.querySelector("#time progress").value, globalThis.frames.length]);
        const frames = await page.evaluate(([from, to]) => globalThis.frames.slice(from, to), [before[2], after[2]]);
        const s = (after[0] - before[0]) / 1000;
        const gaps = frames.slice(1).map(([began], number) => began - frames[number][0]);
        const took = frames.map(([, took]) => took);
        console.log(
            `${plate}, ${words}: ${(frames.length / s).toFixed(1)} frames/s (between frames ${median(gaps).toFixed(1)} ms, longest ${Math.max(...gaps).toFixed(0)}; ` +
                `script ${median(took).toFixed(1)} ms), ${((after[1] - before[1]) / s).toFixed(1)} steps/s over ${s.toFixed(1)} s, to step ${after[1]}`,
        );
    }
    if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.evaluate(() => (globalThis.wantsPicture = true));
        await page.focus("#canvas");
        await page.keyboard.press("ArrowLeft");
        await page.waitForFunction(() => globalThis.picture, null, { timeout: 20_000 }).catch(() => console.log("no picture"));
        const picture = await page.evaluate(() => globalThis.picture);
        if (picture) writeFileSync(join(pictures, `${plate}-${driver}.png`), Buffer.from(picture.split(",")[1], "base64"));
        await page.screenshot({ path: join(pictures, `${plate}-${driver}-page.png`) });
    }
    if (complaints.length) console.log(complaints.join("\n"));
    await browser.close();
}

if (!warm) await firstPicture();
for (const plate of PLATES) await speeds(plate);
close();
