// Finishes the folder of the page: the list of files that are kept offline, the sizes of what is loaded, and the zip. Usage:
// node folder.mjs FOLDER

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** Bytes with brotli that the page may have. */
const MOST = 3_000_000;
const PROGRAM = "outgrowth_web_bg.wasm";

const folder = resolve(process.argv[2]);
const files = readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => relative(folder, file))
    .sort();

const version = createHash("sha256");
files.forEach((file) => version.update(file).update(readFileSync(join(folder, file))));
const offline = join(folder, "offline.js");
const kept = files.filter((file) => file !== "offline.js" && file !== "index.html");
const worker = readFileSync(offline, "utf8")
    .replace("@VERSION@", version.digest("hex").slice(0, 16))
    .replace('"@FILES@"', ["./", ...kept].map((file) => JSON.stringify(file)).join(", "));
writeFileSync(offline, worker);

const brotli = (bytes) =>
    brotliCompressSync(bytes, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_LGWIN]: 24,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    }).length;
let all = 0;
for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    const small = brotli(bytes);
    all += small;
    if (!file.startsWith("thumbnails/")) console.log(`${String(bytes.length).padStart(9)} ${String(small).padStart(9)}  ${file}`);
}
console.log(`${(all / 1e6).toFixed(2)} MB with brotli, pictures of the plates among them; at most ${MOST / 1e6} MB are allowed`);
if (all > MOST) {
    console.error("the page is too large");
    process.exit(1);
}

// From a stick nothing can be fetched: in the zip the program lies in a script as well.
const script = join(folder, `${PROGRAM}.js`);
const zip = `${folder}.zip`;
writeFileSync(script, `globalThis.outgrowthProgram = "${readFileSync(join(folder, PROGRAM)).toString("base64")}";\n`);
rmSync(zip, { force: true });
execFileSync("python3", ["-m", "zipfile", "-c", zip, basename(folder)], { cwd: dirname(folder) });
rmSync(script);
console.log(`${statSync(zip).size} bytes: ${zip}`);
