// The page as somebody uses it, in Chromium: `node page.mjs FOLDER PROGRAM`. FOLDER is what scripts/web.sh wrote, PROGRAM the command line, whose
// headless runs say which numbers are right. Goes through once with WebGPU, on a software driver, and once without.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, serve } from "./browser.mjs";

const [folder, program] = [resolve(process.argv[2]), resolve(process.argv[3])];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What a slow machine may take, ms: nothing here is a measurement. */
const PATIENCE = 180_000;

const { address, close } = await serve(folder);
const scratch = mkdtempSync(join(tmpdir(), "page-"));

/** The table of a headless run on the CPU engine: of a scenario's name or its text, with changes to it. */
function headless(scenario, changes = []) {
    const [file, out] = [join(scratch, "scenario.toml"), join(scratch, "out")];
    const isText = scenario.includes("\n");
    if (isText) writeFileSync(file, scenario);
    const asked = ["run", isText ? file : scenario, "--engine", "cpu", "--leave", "readouts", "--out", out, "--force", "--quiet"];
    execFileSync(program, [...asked, ...changes]);
    return readFileSync(join(out, "readouts.csv"), "utf8");
}

/** Opens the page with a driver, and gathers what it complains of. */
async function open(driver, query, viewport = { width: 1100, height: 800 }) {
    const browser = await launch(driver);
    const page = await browser.newPage({ viewport, acceptDownloads: true });
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

/** What comes once it stays as it is. */
async function settled(seen) {
    let last;
    await until("it stays as it is", async () => last === (last = await seen()));
    return last;
}

/** Where two tables differ, cell by cell. */
function differences(found, expected) {
    const [rows, others] = [found, expected].map((table) => table.trimEnd().split("\n").map((line) => line.split(",")));
    const differing = rows.flatMap((row, line) =>
        row.map((cell, place) => [others[0][place], line, cell, others[line]?.[place]]).filter(([, , cell, other]) => cell !== other),
    );
    return differing.slice(0, 20).map(([column, line, cell, other]) => `${column}, line ${line + 1}: ${cell} instead of ${other}`);
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

/** Goes through a lesson, to its last step or through so many; `hasRun` is called at each step once its plate has run. */
async function takeLesson(page, hand, { name = "finding-the-way", steps = Infinity, hasRun = async () => {} } = {}) {
    const { press, fill } = HANDS[hand];
    const is = (selector) => page.locator(selector).count().then((count) => count > 0);
    await press(page, `#lesson-${name}`);
    for (let step = 1; ; step++) {
        await until(`step ${step} is there`, async () => (await page.locator("#lesson").innerText()).includes(`Step ${step} of `));
        if (await is("form#predict")) {
            assert.ok(await page.locator("#play").isDisabled(), "nothing runs ahead of a prediction");
            if (await is("#predict-number")) await fill(page, "#predict-number", "1");
            else await press(page, "#predict input");
            await press(page, "#predict-button");
        }
        await until(`step ${step} of ${name} has run`, () => page.locator("#play").isDisabled());
        await hasRun(step);
        // The last step is there to be played with.
        if (await is("#lesson .outcome")) assert.match(await page.locator("#lesson .outcome").innerText(), /\d/);
        if (await is("form#answer")) {
            if (await is("#lesson details:not(.glossary)")) await press(page, "#lesson details:not(.glossary) summary");
            if (await is("#answer-number")) await fill(page, "#answer-number", "1");
            else await press(page, "#answer input");
            await press(page, "#answer-button");
            await until(`the answer of step ${step} is judged`, async () => (await page.locator("#answered").innerText()) !== "");
            // What is unfolded and typed stays.
            if (await is("#lesson details:not(.glossary)")) assert.ok(await is("#lesson details:not(.glossary)[open]"));
            if (await is("#answer-number")) assert.equal(await page.inputValue("#answer-number"), "1");
        }
        if (step === steps || !(await is("#next"))) return step;
        await press(page, "#next");
    }
}

/** The page where the processor computes and paints. */
async function withoutGpu() {
    const { browser, page, complaints } = await open("processor", "?gpu=off&plate=quick");
    const text = (selector) => page.locator(selector).innerText();
    assert.equal(await text("#drawn-by"), "the processor, shown by WebGL");
    await grows(page);

    // A button is pressed though the clock goes on between the press and the release.
    const { x, y } = await page.locator("#step").boundingBox();
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    const pressed = await text("#clock");
    await until("the clock has gone on", async () => (await text("#clock")) !== pressed);
    await page.mouse.up();
    await until("it rests", async () => (await page.locator("#play").getAttribute("data-wish")) === "play");
    await page.click("#play");
    await until("it plays", async () => (await page.locator("#play").getAttribute("data-wish")) === "pause");

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
    const quick = headless("quick");
    assert.deepEqual(differences(await downloaded(page, "#csv"), quick), [], "the numbers of the page and of the headless run");
    await until("it is said", async () => /longest axons/.test(await text("#spoken")));

    // Measured by numbers: the probe in the first well, and a length.
    await page.click("#tools summary");
    await page.click('#tools form[data-wish="probe"] button');
    await page.click('#tools form[data-wish="ruler"] button');
    const measured = await page.locator("#measures li").allInnerTexts();
    assert.match(measured[0], /^1 day: [1-9]\d* µm/);
    assert.match(measured[1], /^1 day: .*x \d+ µm.*; myokines [\d.]+ /);
    await page.click("#tools summary");

    // The wheel scrolls the page; the buttons look nearer, and at all of it again.
    const seen = () => page.locator("#dish").screenshot().then((picture) => picture.toString("base64"));
    await settled(seen);
    const all = await seen();
    await page.hover("#canvas");
    await page.mouse.wheel(0, 120);
    await until("the page has scrolled", () => page.evaluate(() => scrollY > 0));
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.move(0, 0);
    assert.equal(await settled(seen), all, "the wheel alone leaves the view as it is");
    await page.click("#nearer");
    await until("it is seen from nearer", async () => (await seen()) !== all);
    await page.click("#show-all");
    await page.mouse.move(0, 0);
    await until("all of it is seen again", async () => (await seen()) === all);

    // With a cut, and again from the link.
    await page.click("#restart");
    await page.click("#tools summary");
    await page.click('#tools form[data-wish="cut"] button');
    await until("it is cut", () => page.locator("#undo").count());
    await until("the end is reached", () => page.locator("#play").isDisabled());
    const cut = await downloaded(page, "#csv");
    assert.notDeepEqual(differences(cut, quick), []);
    await page.click("#link");
    await until("the link is there", async () => (await page.evaluate(() => location.hash)).startsWith("#v1."));
    await page.reload();
    await page.waitForSelector("#drawn-by");
    await page.selectOption("#speed", { index: 3 });
    await until("the end is reached", () => page.locator("#play").isDisabled());
    assert.deepEqual(differences(await downloaded(page, "#csv"), cut), [], "the numbers of the page and of its link");

    assert.ok((await takeLesson(page, "keyboard")) > 2);
    assert.deepEqual(await serious(page), [], "a lesson");

    // The last step's controls: another run, compared with the one before, while the list keeps the focus.
    const [outcome, tried] = [await text("#lesson .outcome"), page.locator("#lesson li", { hasText: "Signal at the left side" })];
    assert.equal(await tried.count(), 1);
    await page.locator("#control-left").focus();
    await page.selectOption("#control-left", { index: 3 });
    await until("the other run is there to be compared", async () => (await tried.count()) === 2);
    assert.notEqual(await text("#lesson .outcome"), outcome);
    assert.equal(await page.evaluate(() => document.activeElement.id), "control-left");
    const place = await text("#step-title");
    await page.goto(`${address}?gpu=off&lang=zh&lesson=finding-the-way`);
    await page.waitForSelector("#step-title");
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    assert.notEqual(await text("#step-title"), place);
    assert.ok(await page.locator("#start-over").isVisible(), "it is taken up at the last step");
    assert.match(await text("#lesson-finding-the-way"), /已完成/);
    await page.click("#start-over");
    await until("it begins anew", () => page.locator("#next").count());
    assert.deepEqual(complaints, []);
    await browser.close();
}

/** Every lesson, by the mouse, on the page's processor: the plate of each step has the numbers of a headless run. */
async function everyLesson() {
    // Where a processor shows the dish by WebGL that takes most of the time: here there is little to show.
    const { browser, page, complaints } = await open("processor", "?gpu=off", SMALL);
    await page.selectOption("#speed", { index: 3 });
    const names = await page.locator("#lessons button").evaluateAll((buttons) => buttons.map(({ value }) => value));
    assert.ok(names.length >= 7, names.join());
    const seen = new Set();
    for (const name of names) {
        await takeLesson(page, "mouse", {
            name,
            async hasRun(step) {
                const scenario = await downloaded(page, "#scenario");
                if (seen.has(scenario)) return;
                seen.add(scenario);
                assert.deepEqual(differences(await downloaded(page, "#csv"), headless(scenario)), [], `${name}, step ${step}`);
            },
        });
        await page.click("#leave");
    }
    console.log(`${names.length} lessons, ${seen.size} plates: the numbers of headless runs`);
    assert.deepEqual(complaints, []);
    await browser.close();
}

/** A page that holds the page in a frame, as CODAP does, and answers it through CODAP's own library. */
const AROUND = `<!doctype html><title>around</title><link rel="icon" href="data:,"><iframe src="/?gpu=off" width="900" height="700"></iframe><script src="/iframe-phone.js"></script>
<script>
globalThis.asked = [];
const frame = document.querySelector("iframe");
const answer = (request, reply) => (asked.push(request), reply({ success: true, values: {} }));
new iframePhone.IframePhoneRpcEndpoint(answer, "data-interactive", frame, location.origin);
</script>`;

/** The page without a network, from a stick, in CODAP, and on a phone. */
async function elsewhere() {
    // Without a network: the server is gone once the page has been there.
    const gone = await serve(folder);
    const { browser, page, complaints } = await open("processor", "?gpu=off");
    await page.goto(`${gone.address}?gpu=off`);
    await page.waitForSelector("#drawn-by");
    await page.evaluate(() => navigator.serviceWorker.ready);
    gone.close();
    await assert.rejects(fetch(gone.address), "nobody serves it any more");
    await page.goto(`${gone.address}?gpu=off&lesson=push-and-pull`);
    await page.waitForSelector("#step-title");
    await grows(page);

    // From a stick: unpacked, and opened as a file.
    const stick = join(scratch, "stick");
    execFileSync("python3", ["-m", "zipfile", "-e", `${folder}.zip`, stick]);
    await page.goto(`${pathToFileURL(join(stick, basename(folder), "index.html"))}?gpu=off`);
    await page.waitForSelector("#drawn-by");
    await grows(page);
    assert.deepEqual(complaints, []);

    // In CODAP: each finished run is handed over, a well a case, with the numbers of the table.
    const around = await serve(folder, { pages: { "/around": AROUND } });
    await page.goto(`${around.address}around`);
    const inside = page.frameLocator("iframe");
    await inside.locator("#codap").waitFor();
    await inside.locator("#speed").selectOption({ index: 3 });
    const handed = async () => (await page.evaluate(() => asked)).filter(({ resource }) => resource === "dataContext[outgrowth].item");
    for (const run of [1, 2]) {
        await until(`run ${run} is handed over`, async () => (await handed()).length === run);
        const wells = (await handed())[run - 1].values;
        const [names, ...rows] = headless("exercise-in-brief").trimEnd().split("\n").map((line) => line.split(","));
        const last = rows.filter((row) => row[names.indexOf("time_h")] === "48");
        const longest = last.map((row) => Number(row[names.indexOf("neurite_length_longest_um")]));
        assert.deepEqual(wells.map((well) => well.neurite_length_longest_um), longest);
        assert.ok(wells.every((well) => well.run === run && well.treatment));
        if (run === 1) await inside.locator("#restart").click();
    }
    const asked = (await page.evaluate(() => asked)).map(({ action, resource }) => `${action} ${resource}`);
    assert.deepEqual(asked.slice(0, 4), ["get interactiveFrame", "update interactiveFrame", "create dataContext", "create component"]);
    around.close();

    // On a phone: nothing sticks out, a tap plays and pauses, two fingers look from nearer.
    const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    const small = await phone.newPage();
    small.setDefaultTimeout(PATIENCE);
    await small.goto(`${address}?gpu=off&lesson=finding-the-way`);
    await small.waitForSelector("#drawn-by");
    assert.deepEqual(await small.evaluate(() => [document.documentElement.scrollWidth, innerWidth]), [360, 360]);
    await grows(small);
    await small.selectOption("#speed", { index: 0 });
    await small.tap("#restart");
    await small.tap("#play");
    await until("it rests", async () => (await small.locator("#play").getAttribute("data-wish")) === "play");
    const picture = () => small.locator("#dish").screenshot().then((seen) => seen.toString("base64"));
    const before = await settled(picture);
    const { x, y, width, height } = await small.locator("#canvas").boundingBox();
    const fingers = await phone.newCDPSession(small);
    const touch = (type, apart) => {
        const at = (side, id) => ({ x: x + width / 2 + side * apart, y: y + height / 2, id });
        return fingers.send("Input.dispatchTouchEvent", { type, touchPoints: apart === null ? [] : [at(-1, 0), at(1, 1)] });
    };
    await touch("touchStart", 30);
    for (const apart of [40, 50, 60, 70, 80]) await touch("touchMove", apart);
    await touch("touchEnd", null);
    await until("it is seen from nearer", async () => (await picture()) !== before);
    assert.deepEqual(await serious(small), [], "a phone");
    assert.deepEqual(complaints, []);
    await browser.close();
}

/** The page where a graphics device computes and draws: a software driver, or with DEVICE=card a graphics card. */
async function withGpu() {
    const { browser, page, complaints } = await open(process.env.DEVICE ?? "webgpu", "", SEEN);
    assert.equal(await page.locator("#drawn-by").innerText(), "WebGPU");
    assert.doesNotMatch(await page.locator("#computed-by").innerText(), /thread/);
    await grows(page);

    // A link that the command line makes, opened here and again from here.
    const short = [`duration=${HOURS} h`, "event=[]", "shows={}"].flatMap((change) => ["--set", change]);
    await page.goto(address + execFileSync(program, ["link", "quick", ...short], { encoding: "utf8" }).trim());
    await page.reload();
    await page.waitForSelector("#drawn-by");
    await page.selectOption("#speed", { index: 3 });
    await until("the end is reached", () => page.locator("#play").isDisabled());
    const computed = await downloaded(page, "#csv");
    assert.deepEqual(outliers(computed, SEEDS.map((seed) => headless("quick", [...short, "--seed", String(seed)]))), [], "the device against the processor");
    await page.click("#link");
    await until("the link is there", async () => /was copied|stands in/.test(await page.locator("#actions").innerText()));
    await page.reload();
    await page.waitForSelector("#drawn-by");
    await page.selectOption("#speed", { index: 3 });
    await until("the end is reached", () => page.locator("#play").isDisabled());
    assert.deepEqual(differences(await downloaded(page, "#csv"), computed), [], "the numbers of the device and of the link there");

    assert.ok((await takeLesson(page, "mouse")) > 2);
    await page.click("#leave");

    // A device that is lost in the middle of the work.
    await page.selectOption("#speed", { index: 1 });
    await page.click("#restart");
    await until("time goes on", async () => (await page.locator("#time progress").getAttribute("value")) !== "0");
    assert.deepEqual(complaints, []);
    const devtools = await browser.newBrowserCDPSession();
    await devtools.send("Browser.crashGpuProcess");
    await until("the processor goes on", async () => /thread|processor/.test(await page.locator("#computed-by").innerText()));
    await page.selectOption("#speed", { index: 3 });
    await until("the end is reached", () => page.locator("#play").isDisabled());
    await browser.close();
}

/** A window with little to draw, which is what software drivers take most of their time for. */
const SMALL = { width: 240, height: 320 };
/** Hours of the plate that is computed, and the window. */
const [HOURS, SEEN] = process.env.DEVICE === "card" ? [24, undefined] : [4, SMALL];
/** Seeds whose runs say how far a readout may lie from another of the same plate. */
const SEEDS = [1, 2, 3, 4, 5];
/** Standard deviations of those runs within which the device has to lie. */
const NEAR = 5;
const COMPARED = ["neurite_length_total_um", "outgrowth_radius_mean_um", "growth_rate_mean_um_per_h", "tips", "straightness_mean", "myokine_mean_myokines"];

/** Where a run on a device lies outside of the spread of runs with several seeds, or differs from the first before their ways part. */
function outliers(found, runs) {
    /** The values of a column; what was changed for a run stands in columns of its own. */
    const column = (text, name) => {
        const [names, ...rows] = text.trimEnd().split("\n").map((line) => line.split(","));
        return rows.map((row) => Number(row[names.indexOf(name)]));
    };
    const said = [];
    for (const name of COMPARED) {
        const others = runs.map((run) => column(run, name));
        column(found, name).forEach((value, line) => {
            const values = others.map((other) => other[line]);
            const mean = values.reduce((sum, value) => sum + value) / values.length;
            const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
            const far = Math.abs(value - mean) > NEAR * spread + 1e-4 * Math.abs(mean);
            // Both wells at the beginning, when rounding has not told yet.
            const parted = line < 2 && !(Math.abs(value - values[0]) <= 1e-5 * Math.abs(values[0]));
            if (far || parted) said.push(`${name}, line ${line + 2}: ${value} against ${values}`);
        });
    }
    return said;
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

/** Ways through the page that go on side by side, in each row one after another: a page without WebGPU has one thread. */
const ROWS = [[withGpu], [withoutGpu, everyLesson, elsewhere]];

const gone = await Promise.allSettled(
    ROWS.map(async (row) => {
        for (const goThrough of row.filter(({ name }) => (process.env.ONLY ?? name) === name)) {
            const began = Date.now();
            await goThrough();
            console.log(`${goThrough.name}: ok, ${Math.round((Date.now() - began) / 1000)} s`);
        }
    }),
);
close();
rmSync(scratch, { recursive: true });
const failures = gone.flatMap(({ reason }) => reason ?? []);
failures.forEach((failure) => console.error(failure));
process.exit(failures.length ? 1 : 0);
