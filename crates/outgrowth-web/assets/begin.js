// Loads the program, and keeps the page for when there is no network. Everything else is in the program.
"use strict";

(async () => {
    const program = "outgrowth_web_bg.wasm";
    const script = (address) => new Promise((loaded, failed) => {
        const element = document.createElement("script");
        element.src = address;
        element.onload = loaded;
        element.onerror = () => failed(new Error(`${address} is not here`));
        document.head.append(element);
    });
    try {
        // In a frame it may be a plugin of CODAP.
        if (window.parent !== window) {
            await script("iframe-phone.js").then(() => script("codap.js")).catch(console.warn);
        }
        if (location.protocol === "file:") {
            // From a stick nothing can be fetched: there the program lies in a script beside it as well.
            await script(`${program}.js`).catch((problem) => {
                throw new Error(`${problem.message}: open the page from the whole zip, unpacked`);
            });
            const bytes = Uint8Array.from(atob(globalThis.outgrowthProgram), (letter) => letter.charCodeAt(0));
            await wasm_bindgen({ module_or_path: bytes });
        } else {
            await wasm_bindgen({ module_or_path: globalThis.program ?? program });
            if ("serviceWorker" in navigator) navigator.serviceWorker.register("offline.js").catch(console.warn);
        }
    } catch (problem) {
        document.getElementById("notice").textContent = `This page could not start: ${problem}`;
        console.error(problem);
    }
})();
