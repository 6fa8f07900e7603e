// Loads the program, and keeps the page for when there is no network. Everything else is in the program.
"use strict";

(async () => {
    const program = "outgrowth_web_bg.wasm";
    try {
        if (location.protocol === "file:") {
            // From a stick nothing can be fetched: there the program lies in a script beside it as well.
            await new Promise((loaded, failed) => {
                const script = document.createElement("script");
                script.src = `${program}.js`;
                script.onload = loaded;
                script.onerror = () => failed(new Error(`${script.src} is not here: open the page from the whole zip, unpacked`));
                document.head.append(script);
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
